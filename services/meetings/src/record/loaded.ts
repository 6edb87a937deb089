/** A meeting with all that belongs to it, as one transaction reads it, and the facts that its terms depend on. */
import { answerThatCounts, type Invitee, type MeetingFacts, type Recipient } from '@tirek/procedure/meetings/facts'
import { IsNull, type EntityManager } from 'typeorm'
import { AnswerEntity } from '../answers/answer.entity.ts'
import { MailEntity } from '../answers/mail.entity.ts'
import { InviteeEntity } from '../calling/invitee.entity.ts'
import { MeetingEntity } from '../calling/meeting.entity.ts'
import { ProtocolEntity } from '../protocol/protocol.entity.ts'

export type Loaded = {
  meeting: MeetingEntity
  /** Those who are invited still. */
  invitees: InviteeEntity[]
  answers: AnswerEntity[]
  mails: MailEntity[]
  /** The newest version. */
  protocol?: ProtocolEntity
}

/** Nothing where these rows are not there for who asks. `lock`: nobody else changes it until the end of the transaction. */
export async function load(tx: EntityManager, id: string, lock = false): Promise<Loaded | undefined> {
  const meeting = await tx.findOne(MeetingEntity, { where: { id }, ...(lock && { lock: { mode: 'pessimistic_write' as const } }) })
  if (!meeting) return undefined
  const where = { meeting: id }
  const invitees = await tx.find(InviteeEntity, { where: { ...where, uninvitedAt: IsNull() }, order: { position: 'ASC' } })
  const answers = await tx.find(AnswerEntity, { where })
  const mails = await tx.find(MailEntity, { where, order: { askedAt: 'ASC' } })
  const protocol = await tx.findOne(ProtocolEntity, { where, order: { version: 'DESC' } })
  return { meeting, invitees, answers, mails, ...(protocol && { protocol }) }
}

const FAILED: readonly string[] = ['failed', 'bounced', 'locked']
const ARRIVED: readonly string[] = ['accepted', 'opened', 'confirmed']
/** Mails that ask somebody to come. */
const ASKING: readonly string[] = ['meeting-invited', 'meeting-changed', 'meeting-not-held']

export const askedAtOf = ({ since }: MeetingEntity, { addedAt }: InviteeEntity): number => Math.max(since, addedAt)

/** The answer of somebody that counts for the date that stands. */
export const answerOf = ({ meeting, answers }: Loaded, one: InviteeEntity): AnswerEntity | undefined => {
  const own = answers.filter(({ invitee }) => invitee === one.id)
  const counts = answerThatCounts(
    own.map(({ sequence, ...answer }) => ({ ...answer, ...(sequence === null ? {} : { sequence }) })),
    { sequence: meeting.sequence, askedAt: askedAtOf(meeting, one) },
  )
  return own.find(({ key }) => key === counts?.key)
}

export function factsOf(loaded: Loaded): MeetingFacts {
  const { meeting, invitees, protocol } = loaded
  return {
    version: meeting.factsVersion,
    kind: meeting.kind,
    state: meeting.state,
    calendar: meeting.calendar,
    since: meeting.since,
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    sequence: meeting.sequence,
    invitees: invitees.map((one) => inviteeOf(loaded, one)),
    ...(meeting.heldAt !== null && { heldAt: meeting.heldAt }),
    ...(protocol?.approvedAt
      ? { protocol: { approvedAt: protocol.approvedAt, version: protocol.version, recipients: recipientsOf(loaded, protocol) } }
      : {}),
  }
}

export function inviteeOf(loaded: Loaded, one: InviteeEntity): Invitee {
  const { meeting, mails } = loaded
  const asked = mails.filter((mail) => mail.invitee === one.id && mail.sequence === meeting.sequence && ASKING.includes(mail.kind)).at(-1)
  const answer = answerOf(loaded, one)
  return {
    id: one.id,
    needed: one.needed,
    askedAt: askedAtOf(meeting, one),
    reach: one.email === null ? 'phone' : 'mail',
    ...(asked && FAILED.includes(asked.state) ? { bouncedAt: asked.at } : {}),
    ...(answer && { answer: { answer: answer.answer, at: answer.recordedAt } }),
  }
}

/** Where the protocol is with each who gets it. */
export function recipientsOf({ invitees, mails }: Loaded, protocol: ProtocolEntity): Recipient[] {
  return protocol.recipients.map(({ invitee, handed }) => {
    const reach = invitees.find(({ id }) => id === invitee)?.email === null ? 'phone' : 'mail'
    if (handed) return { id: invitee, reach, state: 'delivered', since: handed.at }
    const mail = mails.find((one) => one.invitee === invitee && one.protocolVersion === protocol.version)
    if (!mail) return { id: invitee, reach, state: 'waiting', since: protocol.approvedAt! }
    const state = FAILED.includes(mail.state) ? 'failed' : ARRIVED.includes(mail.state) ? 'delivered' : 'waiting'
    return { id: invitee, reach, state, since: mail.at }
  })
}
