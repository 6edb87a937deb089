/** CP-57: review decision, then PMPK when the child has special needs, then the commission's recommendation, then the guardianship body. */
import type { ReferralAnswer, ReferralBody, ReferralQuestion, ReferralState } from './facts.ts'

export type Asked = {
  body: ReferralBody
  question: ReferralQuestion
  /** A meeting of the case decided that it is to be put to a commission, or its review to separate or to extend the stay. */
  isDecided: boolean
  /** The child has special needs. */
  specialNeeds: boolean
  /** The territory has no commission that takes such questions (CP-56). */
  hasNoCommission: boolean
  /** Referrals of the same case since that decision. */
  earlier: readonly { body: ReferralBody; state: ReferralState }[]
}

/** What is to be done first. `mayOverride`: with a reason it may be left out, since the text does not order it or it cannot be had. */
export type OutOfOrder = { first: 'review' | 'pmpk' | 'commission'; mayOverride: boolean }

/** An examination by the PMPK is asked for whenever it is needed; every other question follows the order. */
export function outOfOrder({ body, question, isDecided, specialNeeds, hasNoCommission, earlier }: Asked): OutOfOrder | undefined {
  if (question === 'examination') return undefined
  // Stage 3: the meeting decides. The text names no other beginning.
  if (!isDecided) return { first: 'review', mayOverride: false }
  if (body === 'pmpk') return undefined
  // That PMPK comes before the others is practice; what it said, it has said, in whatever way.
  if (specialNeeds && !hasAnswered('pmpk', earlier)) return { first: 'pmpk', mayOverride: true }
  // Stage 3: the guardianship body decides "considering the recommendation"; where no commission is, none can be had.
  if (body === 'guardianship-body' && !hasAnswered('commission', earlier)) return { first: 'commission', mayOverride: hasNoCommission }
  return undefined
}

const hasAnswered = (body: ReferralBody, earlier: Asked['earlier']): boolean =>
  earlier.some((one) => one.body === body && (one.state === 'recommended' || one.state === 'decided'))

/** The next body in the order; nothing after the last. */
export const nextBody = ({ body, question }: Pick<Asked, 'body' | 'question'>): ReferralBody | undefined =>
  question === 'examination' ? undefined : body === 'pmpk' ? 'commission' : body === 'commission' ? 'guardianship-body' : undefined

/** What each body can answer. Who decides on a longer stay the text does not say: whoever decides is written down with the document. */
export function answersOf(body: ReferralBody, question: ReferralQuestion): readonly ReferralAnswer[] {
  const either = ['received', 'more-asked-for', 'postponed', 'returned'] as const
  if (body === 'guardianship-body') return [...either, 'decided']
  return body === 'commission' && question === 'longer-stay' ? [...either, 'recommended', 'decided'] : [...either, 'recommended']
}
