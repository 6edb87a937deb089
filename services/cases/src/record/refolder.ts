/** What facts are made with changed (a setting, the calendar, a quarantine): the facts of open cases are made again, little by little. No form and no child is read for it. */
import type { Clock } from '@tirek/platform/clock'
import type { Database } from '@tirek/platform/database'
import type { Log } from '@tirek/platform/log'
import { describe } from '@tirek/platform/ticker'
import type { RecordedAct } from '@tirek/procedure/case'
import type { Contexts } from './contexts.ts'
import { changesBetween } from './deadline-rows.ts'
import type { Procedure } from './facts.ts'
import { factsChanged } from './outbox.ts'
import type { CaseRow } from './pages.ts'
import { LOCK_FOR_REFOLD, REFOLD_CASE, WAIT_FOR_CASE } from './statements.ts'
import { isSame } from './telling.ts'

const AT_ONCE = 50
const FIRST = '00000000-0000-0000-0000-000000000000'

type Locked = CaseRow & { acts: RecordedAct[]; taken: string[] }

/** Notes the open cases of an organisation, of a territory, or all: their facts are made again. Returns how many. */
export async function noteForRefold(
  db: Database,
  of: { organisation?: string | undefined; territory?: string | undefined },
): Promise<number> {
  const rows = await db.query(
    `INSERT INTO cases.refold (case_id) SELECT id FROM cases."case" WHERE NOT ended AND ($1::uuid IS NULL OR organisation = $1) AND ($2::text IS NULL OR territory = $2) ON CONFLICT DO NOTHING RETURNING 1`,
    [of.organisation ?? null, of.territory ?? null],
  )
  return rows.length
}

export class Refolder {
  readonly #db: Database
  readonly #clock: Clock
  readonly #contexts: Contexts
  readonly #procedure: Procedure
  readonly #log: Log
  #after = FIRST

  constructor(db: Database, clock: Clock, contexts: Contexts, procedure: Procedure, log: Log) {
    this.#db = db
    this.#clock = clock
    this.#contexts = contexts
    this.#procedure = procedure
    this.#log = log
  }

  /** One turn; returns how many cases were made again. One that fails is tried again after all others. */
  async turn(): Promise<number> {
    const rows = await this.#db.query('SELECT case_id FROM cases.refold WHERE case_id > $1 ORDER BY case_id LIMIT $2', [
      this.#after,
      AT_ONCE,
    ])
    // On to those that come after, then from the first again: cases that always fail hold up no other.
    this.#after = rows.length < AT_ONCE ? FIRST : (rows.at(-1)!['case_id'] as string)
    let did = 0
    for (const { case_id: caseId } of rows as { case_id: string }[])
      try {
        await this.#refold(caseId)
        did++
      } catch (error) {
        this.#log.warn({ case: caseId, error: describe(error) }, 'facts were not made again yet')
      }
    return did
  }

  /** The version stays, since no act happened. What was noted is done with this transaction: a killed process leaves the note. */
  async #refold(caseId: string): Promise<void> {
    await this.#db.transaction(async (sql) => {
      await sql(WAIT_FOR_CASE, [caseId], 'wait-for-case')
      await sql('DELETE FROM cases.refold WHERE case_id = $1', [caseId])
      // A change noted from here on waits for the note's end and stays; one noted before is there to be read, if nothing older is kept.
      this.#contexts.forget()
      const [found] = await sql(LOCK_FOR_REFOLD, [caseId], 'lock-for-refold')
      if (!found) return
      const row = found as unknown as Locked
      const now = this.#clock.now()
      const context = await this.#contexts.of(row.organisation)
      const state = await this.#procedure.stateOf(row.programme, row.acts, row.edition, row.version, context)
      if (isSame(state.facts, row.facts)) return
      const { write, remove } = changesBetween(await this.#procedure.historyOf(row.facts), state.history, new Set(row.taken))
      await sql(
        REFOLD_CASE,
        [
          JSON.stringify({
            case: {
              ...row,
              from: row.version,
              facts: state.facts,
              stage: state.facts.stage,
              risk: state.facts.riskLevel,
              ended: state.facts.ended,
              end: state.facts.end ?? null,
              changed_at: now,
            },
            remove,
            deadlines: write,
            outbox: [factsChanged('facts-sent-again', row.version, now)],
          }),
        ],
        'refold-case',
      )
    })
  }
}
