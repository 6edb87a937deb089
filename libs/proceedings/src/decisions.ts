/** Who may see and do what with a case: the cases service says so, each time anew. */
import { CaseDecisions, type CaseDecision } from '@tirek/contract/proceedings'
import { REFUSALS } from '@tirek/contract/refusals'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { refusedOn } from '@tirek/platform/asking'
import type { Who } from '@tirek/platform/auth'
import { ProblemError, RefusalError } from '@tirek/platform/problem'
import type { ServiceCaller } from '@tirek/platform/service-tokens'
import type { Part } from '@tirek/policy/parts'

export class Decisions {
  readonly #url: string
  readonly #caller: ServiceCaller
  readonly #part: Part

  /** `part` of the case that its proceedings of this kind belong to: who sees it sees them. */
  constructor(casesUrl: string, caller: ServiceCaller, part: Part) {
    this.#url = casesUrl
    this.#caller = caller
    this.#part = part
  }

  async of({ person }: Pick<Who, 'person'>, caseIds: readonly string[]): Promise<CaseDecision[]> {
    const asked = { who: { person }, caseIds }
    const answer = await this.#caller.call('cases', new URL('/internal/decisions', this.#url).href, asked, 5_000).catch(() => {
      // Without the one who decides nobody is let in.
      throw new ProblemError('unavailable')
    })
    return CaseDecisions.parse(answer).items
  }

  /** The decision on one case whose proceedings this person sees. A case that is not theirs to see is not there. */
  async mustSee(who: Who, caseId: string): Promise<CaseDecision> {
    // The path of a proceeding does not name its case: whatever is refused from here on stands in the trail of that case.
    refusedOn(caseId)
    const [decision] = await this.of(who, [caseId])
    if (!decision) throw new ProblemError('not-found')
    if (!decision.parts.includes(this.#part)) throw new ProblemError('not-allowed')
    return decision
  }
}

/** `act`: the act of the case that stands for what is done here. */
export const mayAct = (decision: CaseDecision, act: ActKind): boolean => decision.acts.includes(act)

/** RT-03: is this kind of addressee told nothing now, since the family refuses? */
export const isWithheld = ({ withheld }: CaseDecision, kind: string | undefined): boolean => kind !== undefined && withheld.includes(kind)

/** Throws where this kind of addressee is told nothing now. */
export function mustShareWith(decision: CaseDecision, kind: string): void {
  if (isWithheld(decision, kind)) throw new RefusalError({ code: 'sharing-refused', rule: 'RT-03', text: REFUSALS['sharing-refused']! })
}
