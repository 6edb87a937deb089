/** A meeting, its mails and its links, for tests. */
import type { MailInput } from '@tirek/contract/mails'
import { createHash, randomUUID } from 'node:crypto'
import { CASE, clock, local, mail, notifications, post } from '../world.fixture.ts'

export const MEETING = '0190e000-0000-7000-8000-0000000000a1'
export const AGENT = 'm-5f3a9c0b1d2e4f60718293a4b5c6d7e8'
export const UID = `meeting-${MEETING}@example.org`
export const STARTS = local('2026-12-01T14:00')
const HOUR = 3_600_000
/** Who is asked to come, by the name before the @ of their address. */
export const invitees = { police: randomUUID(), clerk: randomUUID(), doctor: randomUUID(), school: randomUUID() } as const
export type Invitee = keyof typeof invitees
const LANGS = { police: 'ru', clerk: 'kk', doctor: 'en', school: 'ru' } as const
let organisation = '0190e000-0000-7000-8000-0000000000b1'
/** Whose organisation invites, from here on. */
export const invitedBy = (id: string) => void (organisation = id)

let n = 0
export function mailTo(
  invitee: Invitee,
  more: Partial<Omit<MailInput, 'about'>> & { about?: Partial<MailInput['about']> } = {},
): MailInput {
  const { about, ...rest } = more
  return {
    key: `${MEETING}/invited/${invitee}/${n++}`,
    kind: 'meeting-invited',
    meeting: MEETING,
    caseId: CASE,
    organisation,
    invitee: invitees[invitee],
    to: { name: `Участник ${invitee}`, address: `${invitee}@agency.example`, lang: LANGS[invitee] },
    calendar: { method: 'REQUEST', uid: UID, sequence: 0, agent: AGENT },
    answerUntil: about?.startsAt ?? STARTS,
    sendAt: clock.now(),
    ...rest,
    about: {
      caseNumber: 'П1-2026-7',
      organisationName: 'Поликлиника № 3',
      meetingKind: 'interagency',
      startsAt: STARTS,
      endsAt: (about?.startsAt ?? STARTS) + HOUR,
      place: 'каб. 5',
      phone: '+7 727 300 10 20',
      ...about,
    },
  }
}

export const movedTo = (invitee: Invitee, startsAt: number, sequence = 1): MailInput =>
  mailTo(invitee, {
    kind: 'meeting-changed',
    about: { startsAt, was: { startsAt: STARTS, endsAt: STARTS + HOUR, place: 'каб. 5' } },
    calendar: { method: 'REQUEST', uid: UID, sequence, agent: AGENT },
  })

export function cancelled(invitee: Invitee, sequence = 1): MailInput {
  const { answerUntil: _, ...mail } = mailTo(invitee, {
    kind: 'meeting-cancelled',
    calendar: { method: 'CANCEL', uid: UID, sequence, agent: AGENT },
  })
  return mail
}

export function protocolFor(invitee: Invitee, more: Partial<MailInput> = {}): MailInput {
  const {
    answerUntil: _,
    calendar: __,
    ...mail
  } = mailTo(invitee, {
    kind: 'protocol',
    about: { protocol: { number: 'П-12/2026', version: 1 } },
    receipt: true,
  })
  return { ...mail, ...more }
}

export const fileOf = (content: Buffer, name = 'protocol-12.pdf') => ({
  name,
  type: 'application/pdf' as const,
  sha256: createHash('sha256').update(content).digest('hex'),
  content: content.toString('base64'),
})

export const ask = (body: MailInput): Promise<{ read: string }> => post('/internal/mails', body, 202, 'meetings')
/** Sends what may be sent. */
export async function send(...mails: MailInput[]): Promise<void> {
  for (const one of mails) await ask(one)
  await notifications.tick()
}

export const mailsOf = (invitee: Invitee) => mail.to(`${invitee}@agency.example`)
export const tokensIn = (text: string | undefined) =>
  [...(text ?? '').matchAll(/\/l\/([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/g)].map(([, token]) => token!)
export const tokenOf = (invitee: Invitee, at = -1, nth = 0) => tokensIn(mailsOf(invitee).at(at)?.mail.text)[nth]!

export async function link(what: 'look' | 'use' | 'file', body: Record<string, unknown>): Promise<any> {
  const answer = await fetch(`${notifications.url}/api/links/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, ...((await answer.json()) as object) }
}
