/** A journal given out as a table: the lines and columns of its page, whole. How often one person takes one away is limited by the trail's own rows. */
import { officialCaptionsOf, JOURNALS, rowOf, sheetRowOf, type JournalItem, type JournalName } from '@tirek/contract/journals'
import type { Lang } from '@tirek/contract/roles'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { csvStream } from '@tirek/platform/csv'
import type { Database } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import { ofPerson } from '@tirek/platform/trail-wall'
import { xlsxOf } from '@tirek/platform/xlsx'
import { EXPORTS } from '@tirek/policy/searches'
import type { Readable } from 'node:stream'
import type { JournalAsked } from './journal-rows.ts'
import type { Journals } from './journals.ts'

export const TABLE_ENDINGS = ['csv', 'xlsx'] as const
export type TableEnding = (typeof TABLE_ENDINGS)[number]
type Asked = Omit<JournalAsked, 'cursor'>

export class JournalExports {
  readonly #db: Database
  readonly #clock: Clock
  readonly #trail: Trail
  readonly #journals: Journals

  constructor(db: Database, clock: Clock, trail: Trail, journals: Journals) {
    this.#db = db
    this.#clock = clock
    this.#trail = trail
    this.#journals = journals
  }

  /** Throws `too-many-exports`, and `journal-too-long` for a workbook that would not fit into memory. What it throws it throws before a byte is sent. */
  async table(name: JournalName, ending: TableEnding, asked: Asked, who: Who, lang: Lang): Promise<Readable | Buffer> {
    await this.#note(name, who)
    const names = await this.#names(who)
    const nameOf = (person: string) => names.get(person) ?? ''
    const items = this.#journals.whole(name, who, asked)
    const captions = officialCaptionsOf(name, lang)
    if (ending === 'xlsx') {
      const all = await mostOf(items, EXPORTS.rowsOfSheet)
      return xlsxOf(
        JOURNALS[name].title[lang],
        captions,
        all.map((item) => sheetRowOf(name, item, lang, nameOf)),
      )
    }
    const first = await items.next()
    const lines = (async function* () {
      if (first.done) return
      yield rowOf(name, first.value, lang, nameOf)
      for await (const item of items) yield rowOf(name, item, lang, nameOf)
    })()
    return csvStream(captions, lines, lang === 'en' ? ',' : ';')
  }

  async #names(who: Who): Promise<Map<string, string>> {
    const rows = await this.#db.query('SELECT id, name FROM directory.person_view WHERE organisation = $1', [who.organisation])
    return new Map(rows.map((row) => [row['id'] as string, row['name'] as string]))
  }

  /** Writes the row of an export, or of its refusal. */
  async #note(name: JournalName, who: Who): Promise<void> {
    const wait = await this.#db.as(ofPerson(who.person)).transaction(async (sql) => {
      // Asked for together they are counted one after the other.
      await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`exports/${who.person}`])
      const now = this.#clock.now()
      const rows = await sql(
        `SELECT at, outcome FROM cases.trail WHERE who = $1 AND at > $2 AND what LIKE 'exported-journal-%' AND case_id IS NULL ORDER BY at DESC, seq DESC`,
        [who.person, now - EXPORTS.windowMs],
      )
      const what = `exported-journal-${name}`
      const oldest = rows.filter((row) => row['outcome'] === 'done')[EXPORTS.most - 1]
      if (oldest === undefined) {
        await this.#trail.record([{ who, what, at: now }], sql)
        return 0
      }
      // One row tells it: whoever goes on asking must not fill the trail.
      if (!rows.some((row) => row['outcome'] === 'refused'))
        await this.#trail.record([{ who, what, why: 'too-many-exports', outcome: 'refused', at: now }], sql)
      return (oldest['at'] as number) + EXPORTS.windowMs - now
    })
    if (wait > 0)
      throw new ProblemError('too-many-exports', {
        params: { minutes: Math.ceil(wait / 60_000) },
        more: { retryAfter: Math.ceil(wait / 1_000) },
      })
  }
}

async function mostOf(items: AsyncIterable<JournalItem>, most: number): Promise<JournalItem[]> {
  const all: JournalItem[] = []
  for await (const item of items) {
    if (all.length === most) throw new ProblemError('journal-too-long', { params: { most } })
    all.push(item)
  }
  return all
}
