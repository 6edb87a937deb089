/** What the cases service says of a case now: whose it is, who leads it, whether it has ended. */
import type { ServiceCaller } from '@tirek/platform/service-tokens'

export type CaseNow = { caseId: string; organisation: string; manager: string | null; firstPerson: string; ended: boolean }

export class CasesNow {
  readonly #url: string
  readonly #caller: ServiceCaller

  constructor(casesUrl: string, caller: ServiceCaller) {
    this.#url = `${casesUrl}/internal/cases/people`
    this.#caller = caller
  }

  /** Nothing where it is erased. Throws while the cases service is away. */
  async of(caseId: string): Promise<CaseNow | undefined> {
    return (await this.all([caseId]))[0]
  }

  /** At most 200. */
  async all(caseIds: readonly string[]): Promise<CaseNow[]> {
    if (caseIds.length === 0) return []
    return ((await this.#caller.call('cases', this.#url, { caseIds })) as { items: CaseNow[] }).items
  }
}
