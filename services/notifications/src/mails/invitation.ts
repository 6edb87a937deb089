/** Who is asked to come to what, as the latest mail said it. */
import type { Mail, MailKind, MeetingAnswer } from '@tirek/contract/mails'
import type { Row, Sql } from '@tirek/platform/database'
import type { Instant } from '@tirek/procedure/time'

export type Invitation = {
  meeting: string
  invitee: string
  caseId: string
  organisation: string
  name: string
  address: string
  about: Mail['about']
  agent: string | null
  uid: string | null
  sequence: number
  answerUntil: Instant | null
  state: 'open' | 'cancelled' | 'not-held' | 'taken-back'
}
export type Answered = { answer: MeetingAnswer; at: Instant; comment: string | null; by: 'link' | 'calendar' }

/** What each kind of mail makes of the invitation; a protocol and a reminder change none. One that was not held and has a new time asks for it. */
const stateAfter = ({ kind, answerUntil }: Mail): Invitation['state'] | undefined =>
  kind === 'meeting-not-held' && answerUntil !== undefined ? 'open' : BECOMES[kind]
const BECOMES: Partial<Record<MailKind, Invitation['state']>> = {
  'meeting-invited': 'open',
  'meeting-changed': 'open',
  'meeting-cancelled': 'cancelled',
  'meeting-uninvited': 'taken-back',
  'meeting-not-held': 'not-held',
}

const invitationOf = (row: Row): Invitation => ({
  meeting: row['meeting'],
  invitee: row['invitee'],
  caseId: row['case_id'],
  organisation: row['organisation'],
  name: row['name'],
  address: row['address'],
  about: row['about'],
  agent: row['agent'],
  uid: row['uid'],
  sequence: row['sequence'],
  answerUntil: row['answer_until'],
  state: row['state'],
})

/** Notes what a mail says; one that was made before the latest, by its sequence, changes nothing. Returns the invitation when it changed. */
export async function noteInvitation(sql: Sql, mail: Mail): Promise<Invitation | undefined> {
  const state = stateAfter(mail)
  const { calendar } = mail
  const [row] = await sql(
    `INSERT INTO notifications.invitation AS i (meeting, invitee, case_id, organisation, name, address, lang, about, agent, uid, sequence, answer_until, state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, coalesce($11, 0), $12, coalesce($13, 'open'))
     ON CONFLICT (meeting, invitee) DO UPDATE SET organisation = excluded.organisation, name = excluded.name, address = excluded.address, lang = excluded.lang, about = excluded.about,
       agent = coalesce(excluded.agent, i.agent), uid = coalesce(excluded.uid, i.uid), sequence = coalesce($11, i.sequence),
       answer_until = coalesce(excluded.answer_until, i.answer_until), state = excluded.state
     WHERE $13::text IS NOT NULL AND coalesce($11, i.sequence) >= i.sequence RETURNING *`,
    [
      mail.meeting,
      mail.invitee,
      mail.caseId,
      mail.organisation,
      mail.to.name,
      mail.to.address,
      mail.to.lang,
      JSON.stringify(mail.about),
      calendar?.agent ?? null,
      calendar?.uid ?? null,
      calendar?.sequence ?? null,
      mail.answerUntil ?? null,
      state ?? null,
    ],
  )
  return row && invitationOf(row)
}

/**
 * Was something newer said to who gets this mail, so that it must not come after it? By the calendar's sequence; of one sequence by the time that it
 * names, or by asking for an answer that is not wanted any more. A protocol tells what was. A query for a statement; `letter`: an expression of it.
 */
export const superseded = (letter: string): string =>
  `SELECT 1 FROM notifications.mail m JOIN notifications.invitation i ON i.meeting = m.meeting AND i.invitee = m.invitee
     CROSS JOIN LATERAL (SELECT coalesce((m.content->'calendar'->>'sequence')::int, i.sequence) AS sequence) own
   WHERE m.letter = ${letter} AND m.kind LIKE 'meeting-%' AND (own.sequence < i.sequence OR (own.sequence = i.sequence
     AND ((m.content->'about'->>'startsAt')::bigint <> (i.about->>'startsAt')::bigint OR (m.content ? 'answerUntil' AND i.state <> 'open'))))`

/** `lock`: nobody else answers for this invitee meanwhile. */
export async function invitationFor(sql: Sql, meeting: string, invitee: string, lock = false): Promise<Invitation | undefined> {
  const [row] = await sql(`SELECT * FROM notifications.invitation WHERE meeting = $1 AND invitee = $2${lock ? ' FOR UPDATE' : ''}`, [
    meeting,
    invitee,
  ])
  return row && invitationOf(row)
}

/** Everybody who was asked to the meeting whose own address this is; nobody else answers for them meanwhile. */
export const invitationsOfAgent = async (sql: Sql, agent: string): Promise<Invitation[]> =>
  (await sql('SELECT * FROM notifications.invitation WHERE agent = $1 ORDER BY invitee FOR UPDATE', [agent])).map(invitationOf)

/** The answer that counts. */
export async function latestAnswer(sql: Sql, { meeting, invitee }: Pick<Invitation, 'meeting' | 'invitee'>): Promise<Answered | undefined> {
  const [row] = await sql(
    'SELECT answer, at, comment, by FROM notifications.answer WHERE meeting = $1 AND invitee = $2 ORDER BY at DESC, received_at DESC LIMIT 1',
    [meeting, invitee],
  )
  return row as Answered | undefined
}
