/** What people without an account do by link: say whether they come, confirm a receipt. In the transaction that notes the use of the link. */
import type { MeetingAnswer } from '@tirek/contract/mails'
import type { LinkAnswer, LinkUse } from '@tirek/contract/links'
import type { Sql } from '@tirek/platform/database'
import { LinkRevoked, type Link } from '@tirek/platform/links'
import type { Trail } from '@tirek/platform/trail'
import type { Instant } from '@tirek/procedure/time'
import { randomUUID } from 'node:crypto'
import { plain } from '../mail/plain-text.ts'
import { invitationFor, latestAnswer, type Answered, type Invitation } from './invitation.ts'
import { queueNews, tellOf } from './news.ts'

type Known = Exclude<LinkAnswer, { state: 'unknown' }>

/** The page had shown another time: what was pressed there says nothing of this one. */
export class MeetingMoved extends Error {}

type Told = { answer: MeetingAnswer; comment?: string | undefined; by: 'link' | 'calendar'; at: Instant; now: Instant }

/** Notes an answer and its news. Later than the one that counts, always: who calls has looked whether it is. */
export async function noteAnswer(sql: Sql, invitation: Invitation, before: Answered | undefined, told: Told): Promise<void> {
  const { meeting, invitee, sequence, caseId } = invitation
  const id = randomUUID()
  // Calendars know seconds only: of two in one second the one that came later counts.
  const at = Math.max(told.at, before ? before.at + 1 : 0)
  await sql(
    'INSERT INTO notifications.answer (id, meeting, invitee, by, answer, comment, sequence, at, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [id, meeting, invitee, told.by, told.answer, told.comment ?? null, sequence, at, told.now],
  )
  const { answer, by, comment } = told
  await queueNews(
    sql,
    { what: 'answer', key: `answer/${id}`, meeting, invitee, by, answer, ...(comment ? { comment } : {}), sequence, at },
    told.now,
    caseId,
  )
}

/** The act of an answer's link. The same pressed twice is noted once. */
export async function answerByLink(
  sql: Sql,
  { subject, recipient }: Pick<Link<'answer'>, 'subject' | 'recipient'>,
  { answer, comment, shownAt }: LinkUse,
  trail: Trail,
  now: Instant,
): Promise<void> {
  const invitation = await invitationFor(sql, subject, recipient, true)
  if (!invitation || invitation.state !== 'open' || !answer) throw new LinkRevoked()
  if (shownAt !== undefined && shownAt !== invitation.about.startsAt) throw new MeetingMoved()
  const said = plain(comment ?? '') || undefined
  const before = await latestAnswer(sql, invitation)
  if (before?.by === 'link' && before.answer === answer && (said === undefined || said === before.comment)) {
    // Said again of a meeting that was moved meanwhile, it is another answer.
    const [same] = await sql('SELECT 1 FROM notifications.answer WHERE meeting = $1 AND invitee = $2 AND at = $3 AND sequence = $4', [
      subject,
      recipient,
      before.at,
      invitation.sequence,
    ])
    if (same) return
  }
  await noteAnswer(sql, invitation, before, { answer, comment: said, by: 'link', at: now, now })
  await trail.record([{ ...byLink(invitation), what: 'meeting-answered', caseId: invitation.caseId, at: now }], sql)
}

/** The act of the link that confirms a receipt, of a protocol or of a referral. */
export async function confirmMail(sql: Sql, { subject }: Pick<Link<string>, 'subject'>, trail: Trail, now: Instant): Promise<void> {
  const [mail] = await sql(
    `UPDATE notifications.mail m SET confirmed_at = coalesce(confirmed_at, $2) FROM notifications.letter l WHERE m.letter = $1 AND l.id = m.letter
     RETURNING m.invitee, m.case_id, m.referral, l.organisation`,
    [subject, now],
  )
  if (!mail) throw new LinkRevoked()
  await tellOf(sql, subject, 'confirmed', { at: now, now, n: 0 })
  await trail.record(
    [
      {
        ...byLink({ invitee: mail['invitee'], organisation: mail['organisation'] }),
        what: mail['referral'] === null ? 'mail-confirmed' : 'referral-mail-confirmed',
        caseId: mail['case_id'],
        about: subject,
        at: now,
      },
    ],
    sql,
  )
}

/** Somebody who was asked to come and has no account, hence no role here: the row says that a link let them in. */
export const byLink = ({ invitee, organisation }: Pick<Invitation, 'invitee' | 'organisation'>) => ({
  who: { person: invitee, role: 'system' as const, organisation },
  why: 'one-time-link',
})

/** What the page may show of the meeting: all that the mail said while an answer is asked for, else only why it is not. */
export async function meetingOf(
  sql: Sql,
  { subject, recipient }: Pick<Link<'answer'>, 'subject' | 'recipient'>,
  isAsked: boolean,
): Promise<Pick<Known, 'meeting' | 'over'>> {
  const invitation = await invitationFor(sql, subject, recipient)
  if (!invitation) return {}
  if (invitation.state !== 'open') return { over: invitation.state }
  if (!isAsked) return {}
  const { protocol: _, ...about } = invitation.about
  const before = await latestAnswer(sql, invitation)
  return { meeting: { ...about, ...(before ? { answered: { answer: before.answer, at: before.at } } : {}) } }
}
