/** What the steps of a referral depend on: codes and times, nothing personal. The whole set travels with every message, newest version wins. */
import type { Day, Instant } from '../time.ts'

export type ReferralBody = 'pmpk' | 'commission' | 'guardianship-body'
export type ReferralQuestion = 'removal' | 'longer-stay' | 'form-of-care' | 'examination'
export type ReferralState =
  | 'prepared'
  | 'sent'
  | 'received'
  | 'more-asked-for'
  | 'postponed'
  | 'recommended'
  | 'returned'
  | 'decided'
  | 'withdrawn'
export type ReferralAnswer = 'received' | 'more-asked-for' | 'postponed' | 'recommended' | 'returned' | 'decided'

/** What became of the packet as it went out last. `since` is when this began; `phone`: there is no address to write to. */
export type Delivery = { reach: 'mail' | 'paper' | 'phone'; state: 'waiting' | 'delivered' | 'failed'; since: Instant }

export type ReferralFacts = {
  /** Grows with every change. */
  version: number
  body: ReferralBody
  state: ReferralState
  /** Version of the working calendar. */
  calendar: string
  preparedAt: Instant
  /** When the state that stands began. */
  since: Instant
  /** How often it has gone out. */
  sendings: number
  /** How many answers came in. */
  answers: number
  /** `link`: the latest answer was given by the body itself, so whoever leads the case has not seen it yet. */
  answeredBy?: 'link' | 'person'
  /** No body to turn to is set for the territory (CP-56). */
  isNobodySet: boolean
  delivery?: Delivery
  /** The body confirmed that it has the packet. */
  receivedAt?: Instant
  /** The day by which the case awaits the answer. The case tells when it has passed. */
  dueDay?: Day
  /** A later referral goes on from this one, or somebody wrote down that nothing follows. */
  isFollowed: boolean
  /** Where the child lives after what was decided: `waiting` until somebody confirms it in the case. */
  placement: 'none' | 'waiting' | 'recorded'
}

/** The body has it and owes an answer. */
export const isAwaited = (state: ReferralState): boolean => ['sent', 'received', 'more-asked-for', 'postponed'].includes(state)

/** Once its case has ended somebody must withdraw it. */
export const outlivesCase = ({ state }: Pick<ReferralFacts, 'state'>): boolean => state === 'prepared' || isAwaited(state)

/** The body itself wrote the last word, and nobody of ours has said that they saw it: nothing came in between. */
export const isUnseen = ({ state, answeredBy, isFollowed, placement }: ReferralFacts): boolean =>
  state === 'decided' && answeredBy === 'link' && placement === 'none' && !isFollowed

/** Nothing is awaited of it any more. */
export const isOver = (facts: ReferralFacts): boolean => {
  switch (facts.state) {
    case 'withdrawn':
      return true
    case 'returned':
    case 'recommended':
      return facts.isFollowed
    case 'decided':
      return facts.placement !== 'waiting' && !isUnseen(facts)
    default:
      return false
  }
}
