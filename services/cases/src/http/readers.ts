/** Who read a case, for those who work with it. This reading is one more row. */
import type { CaseReaders } from '@tirek/contract/trail'
import type { Who } from '@tirek/platform/auth'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import type { CaseNumbers } from '@tirek/platform/trail-table'
import { ACCESS, mustMay, type AsPerson } from '../record/as-person.ts'
import type { CaseRow } from '../record/pages.ts'
import { beforeOf, textOf, type Readings } from './readings.ts'

/** The trail names cases by their numbers, for auditors, who see nothing else of a case. */
export const NUMBERS: CaseNumbers = { numberOf: 'cases.number_of(t.case_id)', caseNumbered: 'SELECT cases.case_numbered(upper($1)) AS id' }

export class Readers {
  readonly #trail: Trail
  readonly #asPerson: AsPerson
  readonly #readings: Readings

  constructor(trail: Trail, asPerson: AsPerson, readings: Readings) {
    this.#trail = trail
    this.#asPerson = asPerson
    this.#readings = readings
  }

  /** Who read or acted on a case, in whatever service, newest first, and whom it was refused: for everybody who sees the case. */
  async readers(caseId: string, who: Who, { before, limit }: { before?: string | undefined; limit: number }): Promise<CaseReaders> {
    const from = before === undefined ? undefined : beforeOf(before)
    if (before !== undefined && !from)
      throw new ProblemError('bad-input', { issues: [{ code: 'custom', path: ['before'], message: 'invalid' }] })
    const { standing, db } = await this.#asPerson.of(who)
    const [row] = await db.query(`SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = $1`, [caseId], 'case-for-readers')
    const decision = mustMay(standing, row as CaseRow | undefined, 'read-readers')
    await this.#trail.record([{ who, what: 'read-readers', why: decision.why('read-readers'), caseId }])
    const { items, before: next, away } = await this.#readings.page(caseId, from, limit)
    return { items, ...(next ? { before: textOf(next) } : {}), away }
  }
}
