/** Plain mails that came as replies to those of a referral (CP-54). What they say stays where they came in: it is asked for each time. */
import { Inject, Injectable } from '@nestjs/common'
import { ReferralReplies, type ReferralReply } from '@tirek/contract/unmatched-mail'
import type { Who } from '@tirek/platform/auth'
import { ProblemError } from '@tirek/platform/problem'
import type { ServiceCaller } from '@tirek/platform/service-tokens'
import { Trail } from '@tirek/platform/trail'
import { Decisions } from '@tirek/proceedings/decisions'
import { Store } from '@tirek/proceedings/store'

export class Replies {
  readonly #url: string
  readonly #caller: ServiceCaller

  constructor(notificationsUrl: string, caller: ServiceCaller) {
    this.#url = new URL('/internal/replies', notificationsUrl).href
    this.#caller = caller
  }

  /** The newest first. Throws `unavailable`. */
  async to(referral: string): Promise<ReferralReply[]> {
    const answer = await this.#caller.call('notifications', this.#url, { referral }, 5_000).catch(() => {
      throw new ProblemError('unavailable')
    })
    return ReferralReplies.parse(answer).items
  }
}

@Injectable()
export class RepliesService {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(Replies) private readonly replies: Replies,
  ) {}

  /** For who sees the referral: a reply is part of its correspondence. */
  async list(id: string, who: Who): Promise<ReferralReplies> {
    const caseId = await this.store.caseOf(id)
    if (!caseId) throw new ProblemError('not-found')
    const decision = await this.decisions.mustSee(who, caseId)
    const items = await this.replies.to(id)
    await this.trail.record([{ who, what: 'read-referral-replies', why: decision.relations[0], caseId, about: id }])
    return { items }
  }
}
