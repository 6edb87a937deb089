/** Who may see and do what with a case: the cases service says so, each time anew. */
import { CaseDecisions, type CaseDecision } from '@tirek/contract/meetings'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { refusedOn } from '@tirek/platform/asking'
import type { Who } from '@tirek/platform/auth'
import { ProblemError } from '@tirek/platform/problem'
import type { ServiceCaller } from '@tirek/platform/service-tokens'

/** The act of a case that stands for an act of its meeting. */
export const STANDS_FOR: Readonly<Record<'meeting' | 'protocol', ActKind>> = { meeting: 'meeting-held', protocol: 'protocol-approved' }

export class Decisions {
  readonly #url: string
  readonly #caller: ServiceCaller

  constructor(casesUrl: string, caller: ServiceCaller) {
    this.#url = casesUrl
    this.#caller = caller
  }

  async of({ person }: Pick<Who, 'person'>, caseIds: readonly string[]): Promise<CaseDecision[]> {
    const asked = { who: { person }, caseIds }
    const answer = await this.#caller.call('cases', new URL('/internal/decisions', this.#url).href, asked, 5_000).catch(() => {
      // Without the one who decides nobody is let in.
      throw new ProblemError('unavailable')
    })
    return CaseDecisions.parse(answer).items
  }

  /** The decision on one case whose meetings this person sees. A case that is not theirs to see is not there. */
  async mustSee(who: Who, caseId: string): Promise<CaseDecision> {
    // A meeting's path does not name its case: whatever is refused from here on stands in the trail of that case.
    refusedOn(caseId)
    const [decision] = await this.of(who, [caseId])
    if (!decision) throw new ProblemError('not-found')
    if (!decision.parts.includes('meetings')) throw new ProblemError('not-allowed')
    return decision
  }
}

export const mayAct = (decision: CaseDecision, what: keyof typeof STANDS_FOR): boolean => decision.acts.includes(STANDS_FOR[what])
