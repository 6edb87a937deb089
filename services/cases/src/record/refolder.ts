/** What facts are made with changed (a setting, the calendar, a quarantine): the facts of open cases are made again, little by little. */
import type { Database } from '@tirek/platform/database'
import type { Log } from '@tirek/platform/log'
import { describe } from '@tirek/platform/ticker'
import type { Record as CaseRecord } from './record.ts'

const AT_ONCE = 50

export class Refolder {
  readonly #db: Database
  readonly #record: CaseRecord
  readonly #log: Log

  constructor(db: Database, record: CaseRecord, log: Log) {
    this.#db = db
    this.#record = record
    this.#log = log
  }

  /** Notes the open cases of an organisation, of a territory, or all. Returns how many. */
  async note(of: { organisation?: string | undefined; territory?: string | undefined }): Promise<number> {
    const rows = await this.#db.query(
      `INSERT INTO cases.refold (case_id) SELECT id FROM cases."case" WHERE NOT ended AND ($1::uuid IS NULL OR organisation = $1) AND ($2::text IS NULL OR territory = $2) ON CONFLICT DO NOTHING RETURNING 1`,
      [of.organisation ?? null, of.territory ?? null],
    )
    return rows.length
  }

  /** One turn; returns how many cases were made again. One that fails is tried at the next. */
  async turn(): Promise<number> {
    const rows = await this.#db.query('SELECT case_id FROM cases.refold LIMIT $1', [AT_ONCE])
    let did = 0
    for (const { case_id: caseId } of rows as { case_id: string }[])
      try {
        await this.#db.query('DELETE FROM cases.refold WHERE case_id = $1', [caseId])
        await this.#record.refold(caseId)
        did++
      } catch (error) {
        await this.#db.query('INSERT INTO cases.refold (case_id) VALUES ($1) ON CONFLICT DO NOTHING', [caseId])
        this.#log.warn({ case: caseId, error: describe(error) }, 'facts were not made again yet')
      }
    return did
  }
}
