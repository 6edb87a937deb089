/** Asked before a morning's letters go out: what still waits for evidence. A step that is not told after all was not taken. */
import type { Database, Row } from '@tirek/platform/database'
import type { Calendar } from '@tirek/procedure/calendar'
import { programmeOf, rulesOf } from '@tirek/procedure/programmes'
import { z } from 'zod'
import type { KnownFacts } from '../record/facts.ts'

/** Keys of deadlines (`<case>/<deadline key>`), and of the steps about to be told (`<case>/<step key>`). */
export type AskedOpen = { keys: readonly string[]; steps: readonly string[] }
/** The deadlines that are open, and the steps that evidence has spared though their deadline waits on. */
export type Open = { open: string[]; spared: string[] }
type Query = (text: string, values: unknown[], name?: string) => Promise<Row[]>

/** Rows of which evidence takes one step and leaves the others (CP-50: the report is there before the review). */
const SPARING = ['review']

const caseOf = (key: string) => key.slice(0, 36)
const isOfCase = (key: string) => z.uuid().safeParse(caseOf(key)).success && !key.includes('\0')

export class OpenSteps {
  readonly #db: Database
  readonly #calendarOf: (version: string) => Promise<Calendar>

  constructor(db: Database, calendarOf: (version: string) => Promise<Calendar>) {
    this.#db = db
    this.#calendarOf = calendarOf
  }

  async ask(asked: AskedOpen): Promise<Open> {
    const keys = asked.keys.filter(isOfCase)
    const seen = await this.#open((...query) => this.#db.query(...query), { keys, steps: asked.steps })
    // Always in the same order, and one at a time: nobody waits for two cases.
    const cases = [...new Set(untold({ keys, steps: asked.steps }, seen).map(caseOf))].toSorted()
    for (const caseId of cases) {
      const now = await this.#untake(caseId, {
        keys: keys.filter((key) => caseOf(key) === caseId),
        steps: asked.steps.filter((step) => caseOf(step) === caseId),
      })
      seen.open = [...seen.open.filter((key) => caseOf(key) !== caseId), ...now.open]
      seen.spared = [...seen.spared.filter((step) => caseOf(step) !== caseId), ...now.spared]
    }
    return seen
  }

  /**
   * Taken early in the morning and not told, since evidence came: should that evidence be withdrawn, the step is due again. Under the
   * lock of the case, so that a withdrawal at the same moment finds the step either told or to be taken.
   */
  #untake(caseId: string, asked: AskedOpen): Promise<Open> {
    return this.#db.transaction(async (sql) => {
      await sql('SELECT 1 FROM cases."case" WHERE id = $1 FOR UPDATE', [caseId], 'lock-to-untake')
      const now = await this.#open(sql, asked)
      await sql('DELETE FROM cases.step WHERE case_id = $1 AND key = ANY($2)', [
        caseId,
        untold(asked, now).map((step) => step.slice(`${caseId}/`.length)),
      ])
      return now
    })
  }

  async #open(query: Query, { keys, steps }: AskedOpen): Promise<Open> {
    const rows = await query(
      `SELECT d.case_id || '/' || d.key AS open, d."row" FROM unnest($1::uuid[], $2::text[]) AS a(case_id, key) JOIN cases.deadline d ON d.case_id = a.case_id AND d.key = a.key WHERE d.state = 'open'`,
      [keys.map(caseOf), keys.map((key) => key.slice(37))],
      'still-open',
    )
    const sparing = rows.filter((row) => SPARING.includes(row['row'])).map((row) => row['open'] as string)
    return { open: rows.map((row) => row['open'] as string), spared: await this.#spared(query, sparing, steps) }
  }

  async #spared(query: Query, open: readonly string[], steps: readonly string[]): Promise<string[]> {
    const asked = open
      .map((key) => ({ key, steps: steps.filter((step) => step.startsWith(`${key}/`)) }))
      .filter((one) => one.steps.length > 0)
    if (asked.length === 0) return []
    const cases = await query('SELECT id, facts FROM cases."case" WHERE id = ANY($1)', [asked.map(({ key }) => caseOf(key))])
    const facts = new Map(cases.map((row) => [row['id'] as string, row['facts'] as KnownFacts]))
    const spared: string[] = []
    for (const { key, steps: told } of asked) {
      const known = facts.get(caseOf(key))!
      const deadlines = programmeOf(known.programme).deadlinesOf(
        known,
        rulesOf(known.programme, known.edition),
        await this.#calendarOf(known.calendar),
      )
      const deadline = deadlines.find((one) => one.key === key.slice(37))
      // Repeats are never spared: they are told for as long as the deadline is open.
      const stand = new Set(deadline?.steps.map((step) => step.key))
      const repeats = deadline?.repeats?.key
      spared.push(...told.filter((step) => !stand.has(step.slice(37)) && !(repeats && step.slice(37).startsWith(`${repeats}/`))))
    }
    return spared
  }
}

/** Steps of the deadlines asked of that go out in no letter. */
function untold({ keys, steps }: AskedOpen, { open, spared }: Open): string[] {
  const asked = new Set(keys)
  const stillOpen = new Set(open)
  const left = new Set(spared)
  return steps.filter((step) => {
    const key = deadlineOf(step, asked)
    return key !== undefined && (!stillOpen.has(key) || left.has(step))
  })
}

/** The longest of these keys that the step's begins with. */
function deadlineOf(step: string, keys: ReadonlySet<string>): string | undefined {
  for (let at = step.lastIndexOf('/'); at > 36; at = step.lastIndexOf('/', at - 1))
    if (keys.has(step.slice(0, at))) return step.slice(0, at)
  return undefined
}
