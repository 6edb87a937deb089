/** Who read a case, for those who work with it. This reading is one more row. */
import type { CaseReaders } from '@tirek/contract/trail'
import type { Who } from '@tirek/platform/auth'
import type { Database } from '@tirek/platform/database'
import type { Trail } from '@tirek/platform/trail'
import { readerOf, type CaseNumbers } from '@tirek/platform/trail-table'
import { ofCase } from '@tirek/platform/trail-wall'
import { ACCESS, mustMay, type AsPerson } from '../record/as-person.ts'
import type { CaseRow } from '../record/pages.ts'

/** The trail names cases by their numbers, for auditors, who see nothing else of a case. */
export const NUMBERS: CaseNumbers = { numberOf: 'cases.number_of(t.case_id)', caseNumbered: 'SELECT cases.case_numbered(upper($1)) AS id' }

export class Readers {
  readonly #db: Database
  readonly #trail: Trail
  readonly #asPerson: AsPerson

  constructor(db: Database, trail: Trail, asPerson: AsPerson) {
    this.#db = db
    this.#trail = trail
    this.#asPerson = asPerson
  }

  /** Who read or acted on a case, newest first, and whom it was refused: for everybody who sees the case. */
  async readers(caseId: string, who: Who, { before, limit }: { before?: number | undefined; limit: number }): Promise<CaseReaders> {
    const { standing, db } = await this.#asPerson.of(who)
    const [row] = await db.query(`SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = $1`, [caseId], 'case-for-readers')
    const decision = mustMay(standing, row as CaseRow | undefined, 'read-readers')
    await this.#trail.record([{ who, what: 'read-readers', why: decision.why('read-readers'), caseId }])
    const rows = await this.#db.as(ofCase(caseId)).query(
      `SELECT t.n, t.at, t.who, t.role, t.what, t.why, t.outcome, p.name FROM cases.trail t LEFT JOIN directory.person_view p ON p.id = t.who
        WHERE t.chain = $1 AND t.n < $2 ORDER BY t.n DESC LIMIT $3`,
      [caseId, before ?? Number.MAX_SAFE_INTEGER, limit + 1],
      'readers-of-case',
    )
    const items = rows.slice(0, limit).map(readerOf)
    return { items, ...(rows.length > limit ? { before: items.at(-1)!.n } : {}) }
  }
}
