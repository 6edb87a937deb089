/** The mails of a meeting: what the notifications service is asked to send to each invitee. No name of a child, no reason; the agenda as a file. */
import type { MailInput, MailKind } from '@tirek/contract/mails'
import type { AgendaView } from '@tirek/documents/agenda'
import type { Lang } from '@tirek/contract/roles'
import { MailEntity } from '../answers/mail.entity.ts'
import type { Changing } from '../record/kind.ts'
import { agendaOf } from './agenda.ts'
import type { InviteeEntity } from './invitee.entity.ts'
import type { MeetingEntity } from './meeting.entity.ts'

export type MailOf = {
  kind: MailKind
  /** What makes this mail another one than the last of its kind to the same invitee. */
  nth: string
  method?: 'REQUEST' | 'CANCEL'
  /** It holds a link by which they answer. */
  asks?: boolean
  receipt?: boolean
  was?: { startsAt: number; endsAt: number; place?: string }
  protocol?: { number: string; version: number }
  /** Attached, by the ids of the files. */
  files?: readonly string[]
  /** Behind a link that opens with the code. */
  file?: NonNullable<MailInput['file']>
}

export function mailTo(
  meeting: MeetingEntity,
  one: InviteeEntity,
  names: Readonly<Record<Lang, string>>,
  { kind, nth, method, asks = false, receipt = false, was, protocol, file }: MailOf,
  sendAt: number,
): MailInput {
  return {
    key: `meeting/${meeting.id}/${kind}/${nth}/${one.id}`,
    kind,
    meeting: meeting.id,
    caseId: meeting.caseId,
    organisation: meeting.organisation,
    invitee: one.id,
    to: { name: one.name, address: one.email!, lang: one.lang },
    about: {
      caseNumber: meeting.caseNumber,
      organisationName: names[one.lang],
      meetingKind: meeting.kind,
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      ...(meeting.place !== null && { place: meeting.place }),
      ...(meeting.video !== null && { video: meeting.video }),
      ...(meeting.phone !== null && { phone: meeting.phone }),
      ...(protocol && { protocol }),
      ...(was && { was }),
    },
    ...(method && { calendar: { method, uid: meeting.uid, sequence: meeting.sequence + one.calendarAhead, agent: meeting.agent } }),
    ...(asks && { answerUntil: meeting.startsAt }),
    receipt,
    ...(file && { file }),
    sendAt,
  }
}

/** What the outbox keeps of a mail. `files`: what is attached, by their ids; the bytes are read, and the agenda is printed, when it is carried. */
export type MailRow = { mail: MailInput; files: readonly string[]; agenda?: AgendaView }

/** Asks for a mail to each of these who has an address, and notes it as queued. */
export async function mailAll(
  { tx, told, loaded, now }: Pick<Changing, 'tx' | 'told' | 'loaded' | 'now'>,
  names: Readonly<Record<Lang, string>>,
  to: readonly InviteeEntity[],
  of: MailOf | ((one: InviteeEntity) => MailOf),
): Promise<void> {
  const { meeting } = loaded
  const reached = to.filter(({ email }) => email !== null)
  const asked = reached.map((one) => ({ one, of: typeof of === 'function' ? of(one) : of }))
  const mails = asked.map((each) => mailTo(meeting, each.one, names, each.of, now))
  const rows = mails.map((mail): MailEntity => ({
    key: mail.key,
    meeting: meeting.id,
    caseId: meeting.caseId,
    invitee: mail.invitee,
    kind: mail.kind,
    sequence: meeting.sequence,
    protocolVersion: mail.about.protocol?.version ?? null,
    state: 'queued',
    at: now,
    copies: 1,
    askedAt: now,
  }))
  if (rows.length > 0) await tx.insert(MailEntity, rows)
  loaded.mails.push(...rows)
  for (const [n, payload] of mails.entries()) {
    const { one, of: each } = asked[n]!
    // A reminder says no more than what was sent before.
    const hasAgenda = each.method === 'REQUEST' && one.mayReceiveFiles
    told.push({
      kind: 'mail',
      payload: {
        mail: payload,
        files: each.files ?? [],
        ...(hasAgenda && { agenda: agendaOf(loaded, names, one.lang, now) }),
      } satisfies MailRow,
      sendAt: payload.sendAt,
    })
  }
}
