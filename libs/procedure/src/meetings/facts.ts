/** What the terms of a meeting depend on: ids, codes and times, nothing personal. The whole set travels with every message, newest version wins. */
import type { Instant } from '../time.ts'

export type Answer = 'accepted' | 'declined' | 'tentative'

/** One answer as it came in, by whatever way. */
export type GivenAnswer = {
  /** Unique: the same answer told twice is one. */
  key: string
  answer: Answer
  /** When it was given: the latest counts. */
  at: Instant
  /** When we learned of it. */
  recordedAt: Instant
  /** Which asking it answers; absent: the one that stood when it was given. */
  sequence?: number
}

/** Who is asked to come. */
export type Invitee = {
  /** uuid */
  id: string
  /** Without them nothing can be decided. */
  needed: boolean
  /** When they were asked for the date that stands now. */
  askedAt: Instant
  /** `phone`: there is no address to write to. */
  reach: 'mail' | 'phone'
  /** A mail of this asking came back or could not be sent. */
  bouncedAt?: Instant
  /** What counts of their answers; absent: silent. `at` is when we learned of it. */
  answer?: { answer: Answer; at: Instant }
}

/** Who gets the protocol. `since` is when this state began. */
export type Recipient = { id: string; reach: 'mail' | 'phone'; state: 'waiting' | 'delivered' | 'failed'; since: Instant }

/** `draft`: made by the meeting before it, and not confirmed yet: nobody was asked. */
export type MeetingState = 'draft' | 'called' | 'held' | 'cancelled'

export type MeetingFacts = {
  /** Grows with every change. */
  version: number
  kind: 'interagency' | 'review' | 'team'
  state: MeetingState
  /** Version of the working calendar. */
  calendar: string
  /** When it was made, for a draft; when everybody was asked last, for one that is called. */
  since: Instant
  startsAt: Instant
  endsAt: Instant
  /** Raised whenever everybody is asked anew. */
  sequence: number
  invitees: readonly Invitee[]
  heldAt?: Instant
  protocol?: { approvedAt: Instant; version: number; recipients: readonly Recipient[] }
}

/**
 * The answer that counts: the latest by when it was given, of those to the date that stands now. The order in which they came in, and how
 * often, changes nothing.
 */
export function answerThatCounts(answers: readonly GivenAnswer[], asked: { sequence: number; askedAt: Instant }): GivenAnswer | undefined {
  return answers
    .filter((one) => isForThis(one, asked))
    .toSorted(byInstant)
    .at(-1)
}

const isForThis = ({ sequence, at }: GivenAnswer, asked: { sequence: number; askedAt: Instant }): boolean =>
  sequence === undefined ? at >= asked.askedAt : sequence === asked.sequence

/** Two of one instant: the one learned of later, then any one, but always the same. */
const byInstant = (a: GivenAnswer, b: GivenAnswer): number =>
  a.at - b.at || a.recordedAt - b.recordedAt || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)

export type Standing = 'accepted' | 'declined' | 'tentative' | 'bounced' | 'silent'
/** Where an invitee stands: an answer says more than a mail that came back. */
export const standingOf = ({ answer, bouncedAt }: Invitee): Standing =>
  answer ? answer.answer : bouncedAt === undefined ? 'silent' : 'bounced'

/** Those without whom nothing can be decided and who have not said that they come. */
export const missing = (invitees: readonly Invitee[]): Invitee[] => invitees.filter((one) => one.needed && standingOf(one) !== 'accepted')

/** The protocol has reached everybody. */
export const isDistributed = ({ protocol }: MeetingFacts): boolean =>
  protocol !== undefined && protocol.recipients.every(({ state }) => state === 'delivered')

/** Once its case has ended somebody must call it off: people are asked, or soon will be. */
export const outlivesCase = ({ state }: Pick<MeetingFacts, 'state'>): boolean => state === 'draft' || state === 'called'

/** Nothing is awaited of it any more. */
export const isOver = (facts: MeetingFacts): boolean => facts.state === 'cancelled' || (facts.state === 'held' && isDistributed(facts))
