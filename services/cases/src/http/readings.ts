/** Who read a case or acted on it, out of the trails of all services whose rows belong to cases. */
import { CASE_TRAILS, type CaseReader, type CaseTrail } from '@tirek/contract/trail'
import type { CaseReadings, Reading } from '@tirek/platform/case-readings'
import type { CalledService, ServiceCaller } from '@tirek/platform/service-tokens'

const TRAILS = Object.keys(CASE_TRAILS) as CaseTrail[]
type OtherTrail = Exclude<CaseTrail, 'cases'> & CalledService

/** The row before which a page begins: rows are ordered by instant, then as TRAILS are, then by their number in the chain. */
export type Before = { at: number; of: CaseTrail; n: number }
export const textOf = ({ at, of, n }: Before): string => `${at}.${of}.${n}`
/** Undefined: no text of ours. */
export function beforeOf(text: string): Before | undefined {
  const [, at, of, n] = /^(\d{1,15})\.([a-z]{1,20})\.(\d{1,15})$/.exec(text) ?? []
  return of !== undefined && Object.hasOwn(CASE_TRAILS, of) ? { at: Number(at), of: of as CaseTrail, n: Number(n) } : undefined
}

export class Readings {
  readonly #own: CaseReadings
  readonly #urls: Readonly<Partial<Record<OtherTrail, string | undefined>>>
  readonly #caller: ServiceCaller

  /** `urls`: where the other services are; one that has none is not there. */
  constructor(own: CaseReadings, urls: Readonly<Partial<Record<OtherTrail, string | undefined>>>, caller: ServiceCaller) {
    this.#own = own
    this.#urls = urls
    this.#caller = caller
  }

  /** Newest first. `away`: services that could not be asked; what they know is missing. */
  async page(
    caseId: string,
    before: Before | undefined,
    limit: number,
  ): Promise<{ items: CaseReader[]; before?: Before; away: CaseTrail[] }> {
    const away: CaseTrail[] = []
    const found = await Promise.all(
      TRAILS.map(async (of) => {
        const rows = await this.#of(of, caseId, before && { at: before.at, n: lastOf(of, before) }, limit + 1).catch((error: unknown) => {
          if (of === 'cases') throw error
          away.push(of)
          return []
        })
        return rows.map((row): CaseReader => ({ ...row, of }))
      }),
    )
    const all = found.flat().toSorted(byTime)
    const items = all.slice(0, limit)
    const last = items.at(-1)
    return { items, ...(last && all.length > limit ? { before: { at: last.at, of: last.of, n: last.n } } : {}), away }
  }

  /** All rows of one service, newest first. Throws when it is away. */
  async *all(of: CaseTrail, caseId: string): AsyncGenerator<Reading> {
    for (let before: { at: number; n: number } | undefined; ;) {
      const rows = await this.#of(of, caseId, before, 500)
      yield* rows
      const last = rows.at(-1)
      if (!last || rows.length < 500) return
      before = { at: last.at, n: last.n }
    }
  }

  async #of(of: CaseTrail, caseId: string, before: { at: number; n: number } | undefined, limit: number): Promise<Reading[]> {
    if (of === 'cases') return this.#own.of({ caseId, before, limit })
    const url = this.#urls[of]
    if (!url) return []
    const answer = await this.#caller.call(of, `${url}/internal/cases/readings`, { caseId, before, limit }, 5_000)
    return (answer as { items: Reading[] }).items
  }
}

/** Of a trail that is ordered behind, all rows of that instant come still; of one before, none. */
const lastOf = (of: CaseTrail, before: Before): number =>
  of === before.of ? before.n : TRAILS.indexOf(of) > TRAILS.indexOf(before.of) ? Number.MAX_SAFE_INTEGER : 0

const byTime = (one: CaseReader, other: CaseReader): number =>
  other.at - one.at || TRAILS.indexOf(one.of) - TRAILS.indexOf(other.of) || other.n - one.n
