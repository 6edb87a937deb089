/** What a form for a new referral begins with: what was decided, whom the territory has, whose turn it is (CP-56, CP-57). */
import { Inject, Injectable } from '@nestjs/common'
import { REFERRAL_BODIES } from '@tirek/contract/forms/referral-codes'
import type { ReferralOffer } from '@tirek/contract/referrals'
import type { Who } from '@tirek/platform/auth'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import type { ReferralBody, ReferralQuestion } from '@tirek/procedure/referrals/facts'
import { Decisions, mayAct } from '@tirek/proceedings/decisions'
import { sqlOf, Store } from '@tirek/proceedings/store'
import { Agencies } from '../addressing/agencies.ts'
import { Decided } from '../preparing/decided.ts'
import { orderOf } from '../preparing/order.ts'
import { STANDS_FOR } from '../record/kind.ts'

/** What was decided, as a question to a commission. */
const QUESTIONS: Readonly<Record<string, ReferralQuestion>> = { separate: 'removal', 'extend-stay': 'longer-stay' }

@Injectable()
export class OfferService {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Agencies) private readonly agencies: Agencies,
    @Inject(Decided) private readonly decided: Decided,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  async of(caseId: string, meeting: string | undefined, who: Who): Promise<ReferralOffer> {
    const decision = await this.decisions.mustSee(who, caseId)
    // It tells what meetings and reviews decided: for who may refer, not for everybody who sees the correspondence.
    if (!mayAct(decision, STANDS_FOR.referral)) throw new ProblemError('not-allowed')
    const decided = meeting === undefined ? undefined : await this.decided.by(meeting, caseId)
    if (meeting !== undefined && !decided) throw new ProblemError('not-found')
    const question = QUESTIONS[decided?.decision ?? decision.reviewDecision ?? '']
    const specialNeeds = decided?.pmpk ?? false
    const commissions = await this.agencies.of('commission', decision.territory)
    return this.store.asPerson(who.person, [caseId], async (tx) => {
      await this.trail.record([{ who, what: 'read-referral-offer', why: decision.relations[0], caseId }], sqlOf(tx))
      const bodies: ReferralOffer['bodies'] = []
      for (const body of Object.keys(REFERRAL_BODIES) as ReferralBody[]) {
        const wanted = { decision, decided, body, question: question ?? 'removal', specialNeeds }
        const order = await orderOf(tx, { ...wanted, hasNoCommission: commissions.length === 0 })
        const mayOverride = order?.mayOverride ?? false
        bodies.push({ body, agencies: await this.#agencies(body, decision.territory), ...(order && { first: order.first }), mayOverride })
      }
      return {
        caseId,
        ...(meeting && { meeting }),
        ...(question && { question }),
        specialNeeds,
        demands: decided?.demands ?? [],
        bodies,
      }
    })
  }

  async #agencies(body: ReferralBody, territory: string): Promise<ReferralOffer['bodies'][number]['agencies']> {
    const found: ReferralOffer['bodies'][number]['agencies'] = []
    for (const { id, kind, name, powers } of await this.agencies.of(body, territory)) {
      const contacts = (await this.agencies.contactsOf(id)).map((one) => ({
        id: one.id,
        name: one.name,
        ...(one.email !== null && { email: one.email }),
        ...(one.phone !== null && { phone: one.phone }),
      }))
      found.push({ id, kind, name, ...(powers !== null && { powers }), contacts })
    }
    return found
  }
}
