/** Whether mail to a meeting's own address is an answer, and whose. Whatever is not plainly one is for a person to look at. Pure. */
import type { MailNews, MeetingAnswer } from '@tirek/contract/mails'
import type { Instant } from '@tirek/procedure/time'
import type { Answered, Invitation } from '../mails/invitation.ts'
import type { CalendarReply } from './calendar-reply.ts'
import type { ReadMail } from './read-mail.ts'

export type Reason = Extract<MailNews, { what: 'unmatched' }>['reason']
export type Judged =
  | { kind: 'unmatched'; reason: Reason }
  /** It says less than what is known already: a copy, or one that was overtaken on its way. */
  | { kind: 'overtaken' }
  | { kind: 'answer'; invitation: Invitation; before: Answered | undefined; answer: MeetingAnswer; at: Instant; comment?: string }

const PARTSTAT: Partial<Record<string, MeetingAnswer>> = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' }
const unmatched = (reason: Reason): Judged => ({ kind: 'unmatched', reason })
const seconds = (at: Instant) => Math.floor(at / 1_000)

/**
 * `invited`: everybody who was asked to the meeting whose address it came to. No DMARC is asked for: calendars of large providers answer from
 * addresses that do not align. Who answers must be who was asked, and must have sent the mail.
 */
export function judge(
  { mail, reply, invited, now }: { mail: ReadMail; reply: CalendarReply | undefined; invited: readonly Invitation[]; now: Instant },
  latest: (invitation: Invitation) => Answered | undefined,
): Judged {
  if (mail.isAutomatic) return unmatched('automatic')
  if (invited.length === 0) return unmatched('no-meeting')
  if (!reply) return unmatched('unreadable')
  if (!invited.some(({ uid }) => uid === reply.uid)) return unmatched('other-meeting')
  if (reply.method === 'COUNTER') return unmatched('countered')
  if (reply.method !== 'REPLY') return unmatched('unreadable')
  if (reply.delegate || reply.partstat === 'DELEGATED') return unmatched('delegated')
  const own = invited.filter(({ address, uid }) => address.toLowerCase() === reply.attendee && uid === reply.uid)
  // Taken back and invited again, an address has an invitation that is over as well.
  const invitation = own.find(({ state }) => state === 'open') ?? own[0]
  if (!invitation) return unmatched('not-invited')
  if (mail.from !== reply.attendee) return unmatched('forged')
  if (reply.sequence < invitation.sequence) return unmatched('older-sequence')
  const answer = PARTSTAT[reply.partstat]
  if (!answer) return unmatched('unreadable')
  // A clock that is ahead would silence every later answer.
  const at = Math.min(reply.stamp ?? now, now)
  if (invitation.state !== 'open' || (invitation.answerUntil !== null && at >= invitation.answerUntil)) return unmatched('late')
  const before = latest(invitation)
  if (before && seconds(at) < seconds(before.at)) return { kind: 'overtaken' }
  return { kind: 'answer', invitation, before, answer, at, ...(reply.comment ? { comment: reply.comment } : {}) }
}
