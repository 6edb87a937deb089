/** What a meeting decided, asked of the meetings service: its demands and its protocol go with the referral (CP-58). */
import { MeetingDecided } from '@tirek/contract/referrals'
import { ProblemError } from '@tirek/platform/problem'
import type { Demand } from '../record/referral.entity.ts'
import { ServiceRefusal, type ServiceCaller } from '@tirek/platform/service-tokens'

export class Decided {
  readonly #url: string
  readonly #caller: ServiceCaller

  constructor(meetingsUrl: string, caller: ServiceCaller) {
    this.#url = meetingsUrl
    this.#caller = caller
  }

  /** Nothing where this case has no such meeting, or it was not held. */
  async by(meeting: string, caseId: string): Promise<MeetingDecided | undefined> {
    const url = new URL('/internal/meetings/decided', this.#url).href
    const answer = await this.#caller.call('meetings', url, { meeting, caseId }, 5_000).catch((error: unknown) => {
      if (error instanceof ServiceRefusal && error.status === 404) return undefined
      throw new ProblemError('unavailable')
    })
    return answer === undefined ? undefined : MeetingDecided.parse(answer)
  }
}

/** Does it say that a commission is to be turned to (CP-53, CP-54)? */
export const asksForCommission = ({ decision, toCommission }: Pick<MeetingDecided, 'decision' | 'toCommission'>): boolean =>
  toCommission || decision === 'separate' || decision === 'extend-stay'

/** CP-58: what the protocol that stands demands, then what was added by hand. Before it is approved it demands nothing. */
export const withDemandsOf = (decided: Pick<MeetingDecided, 'demands'> | undefined, demands: readonly Demand[]): Demand[] => [
  ...(decided?.demands ?? []).map((one): Demand => ({ ...one, from: 'protocol' })),
  ...demands.filter(({ from }) => from === 'added'),
]
