/** Invitations through the service beside the same ones through nodemailer's pooled transport alone: the same server, as many connections. */
import type { MailInput } from '@tirek/contract/mails'
import { agentAddress, calendarText } from '@tirek/notifications/mails/calendar'
import { composeMail } from '@tirek/notifications/mails/compose'
import { ServiceCaller } from '@tirek/platform/service-tokens'
import { createTransport } from 'nodemailer'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { until } from '../world/running.ts'
import { KEEP_MS, type Bed } from './bed.ts'
import { byClients } from './loops.ts'

export type InvitationsSize = { mails: number; leadMs: number }

/** Of the lane of letters that are no hour. */
const CONNECTIONS = 3
const CLIENTS = 8
const MAIL_FROM = 'tirek@localhost'

export async function invitations(bed: Bed, { mails, leadMs }: InvitationsSize): Promise<void> {
  bed.figures.begin(`${mails} invitations`)
  const meeting = randomUUID()
  // All come due together once they are handed in: what is measured is sending.
  const sendAt = Date.now() + leadMs
  const asked = Array.from({ length: mails }, (_, n) => invitationOf(bed, meeting, n, sendAt))
  const bare = await bareRate(bed, asked)
  const { serviceKeys } = JSON.parse(readFileSync(join(bed.system.home, 'secrets.json'), 'utf8')) as {
    serviceKeys: Record<string, { secret: string }>
  }
  const caller = new ServiceCaller('meetings', serviceKeys['meetings']!.secret)
  const url = `${bed.system.at.notificationsUrl}/internal/mails`
  await byClients(CLIENTS, mails, async (n) => void (await caller.call('notifications', url, asked[n], 30_000)))
  const sent = `FROM notifications.letter l JOIN notifications.mail m ON m.letter = l.id WHERE m.meeting = $1 AND l.state = 'accepted'`
  await until(
    'all invitations are sent',
    async () => ((await bed.count(`SELECT count(*) ${sent}`, [meeting])) >= mails ? true : undefined),
    300,
  )
  // From the first to the last: when the lane looked is not counted.
  const took = await bed.count(`SELECT max(l.settled_at) - min(l.settled_at) ${sent}`, [meeting])
  const rate = (mails - 1) / (Math.max(1, took) / 1_000)
  bed.figures.note(
    `invitations to a mail server that takes ${KEEP_MS} ms to keep one`,
    `${rate.toFixed(0)}/s (bare pooled transport ${bare.toFixed(0)}/s, ${((100 * rate) / bare).toFixed(0)} %)`,
    '≥ 85 %',
    rate >= 0.85 * bare,
  )
}

function invitationOf(bed: Bed, meeting: string, n: number, sendAt: number): MailInput {
  const startsAt = sendAt + 7 * 86_400_000
  return {
    key: `bench/${meeting}/${n}`,
    kind: 'meeting-invited',
    meeting,
    caseId: meeting,
    organisation: bed.who.organisation,
    invitee: randomUUID(),
    to: { name: `Участник ${n}`, address: `bench-${n}@agency.example`, lang: 'ru' },
    about: {
      caseNumber: 'П1-2026-7',
      organisationName: 'Поликлиника № 3',
      meetingKind: 'interagency',
      startsAt,
      endsAt: startsAt + 3_600_000,
      place: 'каб. 5',
    },
    calendar: { method: 'REQUEST', uid: `meeting-${meeting}@localhost`, sequence: 0, agent: `m-${meeting}` },
    answerUntil: startsAt,
    sendAt,
  }
}

/** Mails a second, each composed by the transport from the same words. */
async function bareRate(bed: Bed, asked: readonly MailInput[]): Promise<number> {
  const { hostname, port } = new URL(bed.smtpUrl)
  const transport = createTransport({
    host: hostname,
    port: Number(port),
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: Infinity,
    ignoreTLS: true,
  })
  const send = ({ receipt = false, attachments = [], ...mail }: MailInput) => {
    const { subject, text, html } = composeMail({ ...mail, receipt, attachments })
    const content = calendarText({ ...mail, calendar: mail.calendar! }, { mailFrom: MAIL_FROM, stamp: mail.sendAt })
    return transport.sendMail({
      from: { name: mail.about.organisationName, address: MAIL_FROM },
      to: { name: mail.to.name, address: mail.to.address },
      replyTo: agentAddress(mail.calendar!, MAIL_FROM),
      subject,
      text,
      html,
      icalEvent: { method: 'REQUEST', filename: 'invite.ics', content },
    })
  }
  try {
    // The connections stand, and the code is warm, before the clock runs.
    await Promise.all(asked.slice(0, 10 * CONNECTIONS).map(send))
    const began = performance.now()
    await Promise.all(asked.map(send))
    return asked.length / ((performance.now() - began) / 1_000)
  } finally {
    transport.close()
  }
}
