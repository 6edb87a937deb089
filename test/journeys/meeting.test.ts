/**
 * A meeting on the whole system with the clock moved: invited by real mail, answered by calendars, a link and a phone, moved once, held, its
 * protocol sent to all who took part, and the next one made.
 */
import type { MeetingPage } from '@tirek/contract/meetings'
import { createTransport } from 'nodemailer'
import ical from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openClinic, type Clinic } from '../world/clinic.ts'
import type { Letter } from '../world/smtp.ts'
import { World } from '../world/world.ts'

const local = (text: string) => Date.parse(`${text}:00+05:00`)
/** Monday. */
const START = local('2026-11-16T10:00')
const AGENCIES = ['police', 'guardianship', 'school', 'clinic', 'akimat', 'ngo'] as const
type Agency = (typeof AGENCIES)[number]

let world: World
let clinic: Clinic
beforeAll(async () => {
  world = await World.open(START)
  clinic = await openClinic(world)
})
afterAll(() => world?.close())

const lettersTo = (agency: Agency): Letter[] => world.post.letters.filter(({ to }) => to === `${agency}@agency.test`)
const last = (agency: Agency): Letter => lettersTo(agency).at(-1)!
/** The entry of a calendar as an independent library reads it. */
function entryOf(letter: Letter) {
  const calendar = new ical.Component(ical.parse(letter.calendar!) as never)
  const event = calendar.getFirstSubcomponent('vevent')!
  const text = (name: string) => String(event.getFirstPropertyValue(name))
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    uid: text('uid'),
    sequence: Number(text('sequence')),
    organizer: text('organizer').replace('mailto:', ''),
  }
}

/** What a calendar sends when somebody presses a button: real mail to the meeting's own address. */
async function replies(agency: Agency, partstat: 'ACCEPTED' | 'DECLINED'): Promise<void> {
  const { uid, sequence, organizer } = entryOf(last(agency))
  const stamp = new Date(world.clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const from = `${agency}@agency.test`
  const calendar = [
    'BEGIN:VCALENDAR',
    'PRODID:-//Example//Calendar//EN',
    'VERSION:2.0',
    'METHOD:REPLY',
    'BEGIN:VEVENT',
    `DTSTAMP:${stamp}`,
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `ATTENDEE;PARTSTAT=${partstat}:mailto:${from}`,
    `ORGANIZER:mailto:${organizer}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n')
  await sendIn(from, organizer, { subject: 'Re: meeting', text: 'Answer', icalEvent: { method: 'REPLY', content: calendar } })
}

async function sendIn(from: string, to: string, mail: object): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: world.inboundPort, secure: false, ignoreTLS: true })
  await transport.sendMail({ envelope: { from, to }, from, to, ...mail })
  transport.close()
}

/** A mail server far away says, minutes later, that there is no such address. */
async function bounces(agency: Agency): Promise<void> {
  const { messageId } = last(agency)
  const raw = [
    'From: MAILER-DAEMON@mx.agency.test',
    'To: tirek@tirek.test',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain',
    '',
    'No such address.',
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.agency.test',
    '',
    `Final-Recipient: rfc822; ${agency}@agency.test`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such address',
    '',
    '--b1',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    '',
    '--b1--',
    '',
  ].join('\r\n')
  await sendIn('', 'tirek@tirek.test', { raw })
}

/** Somebody opens the link to the file of their mail and types the code that they were told by phone. */
async function opensFile(agency: Agency, code: string): Promise<{ sha256: string; content: string } | undefined> {
  for (const [, token] of last(agency).text.matchAll(/\/l\/([A-Za-z0-9_-]{43})/g)) {
    const answer = await fetch(`${world.urlOf('notifications')}/api/links/file`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, code }),
    })
    const { file } = (await answer.json()) as { file?: { sha256: string; content: string } }
    if (file) return file
  }
  return undefined
}

/** Somebody opens the link of their mail and presses a button. */
async function answersByLink(agency: Agency, answer: 'accepted' | 'declined'): Promise<void> {
  const token = /\/l\/([A-Za-z0-9_-]{43})/.exec(last(agency).text)![1]
  const url = `${world.urlOf('notifications')}/api/links`
  const ask = async (what: string, body: object) =>
    (await (
      await fetch(`${url}/${what}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    ).json()) as any
  const { meeting } = await ask('look', { token })
  expect((await ask('use', { token, answer, shownAt: meeting.startsAt })).state).toBe('done')
}

test('six agencies are invited, answer in their ways, are moved once, meet, and have the protocol; the next meeting is made', async () => {
  const { worker, supervisor } = clinic.staff
  const admin = await world.asAdmin()
  const ok = <T = any>(path: string, body?: object): Promise<T> => world.ok('meetings', body ? 'POST' : 'GET', path, worker, body)
  const agencies: string[] = []
  for (const name of AGENCIES) {
    const contacts = [{ name: `Contact of ${name}`, email: `${name}@agency.test`, lang: 'en' }]
    agencies.push((await world.ok('directory', 'POST', '/api/agencies', admin, { kind: 'ngo', territory: 'Алматы', name, contacts })).id)
  }
  const registered = await world.ok('cases', 'POST', '/api/cases', worker, {
    child: { name: 'Алия Тестова', birthDate: '2024-03-05', sex: 'female' },
    asker: { notNamed: true },
    ground: 'Соседи слышат крики',
    channel: 'phone',
    source: 'public',
    reportedAt: new Date(START).toISOString(),
    criteria: ['M1'],
    level: 'medium',
  })
  const caseId = registered.summary.id as string
  await world.ok('cases', 'POST', `/api/cases/${caseId}/acts/primary-assessment-done`, worker, {
    happenedAt: new Date(START).toISOString(),
    version: registered.summary.version,
    form: { outcome: 'confirmed', reason: 'Подтвердилось' },
  })
  const called: MeetingPage = await ok('/api/meetings', {
    caseId,
    kind: 'interagency',
    agenda: ['Жилье'],
    place: 'Кабинет 214',
    startsAt: '2026-11-26T15:00:00+05:00',
    endsAt: '2026-11-26T16:00:00+05:00',
    agreement: { supervisor: supervisor.person, day: '2026-11-16' },
    invitees: agencies.map((agency, n) => ({ who: 'agency', agency, role: AGENCIES[n]!, needed: n < 2 })),
  })
  const page = (): Promise<MeetingPage> => ok(`/api/meetings/${called.id}`)
  const standings = async () => Object.fromEntries((await page()).invitees.map(({ role, standing }) => [role, standing]))
  await world.quiet()
  const first = entryOf(last('police'))
  expect(first).toMatchObject({ method: 'REQUEST', sequence: 0 })
  for (const agency of AGENCIES) expect(entryOf(last(agency))).toEqual(first)

  await world.letPassUntil(local('2026-11-17T11:00'))
  await replies('police', 'ACCEPTED')
  await replies('guardianship', 'ACCEPTED')
  await answersByLink('school', 'accepted')
  await replies('clinic', 'DECLINED')
  await bounces('akimat')
  await world.quiet()
  const answered = {
    police: 'accepted',
    guardianship: 'accepted',
    school: 'accepted',
    clinic: 'declined',
    akimat: 'bounced',
    ngo: 'silent',
  }
  expect(await standings()).toEqual(answered)

  // The one that is silent is reminded twice, then whoever leads the case is told to call; nobody else is.
  await world.letPassUntil(local('2026-11-25T15:00'))
  expect(
    world.post.letters.filter(({ to, at }) => to.endsWith('@agency.test') && at > local('2026-11-17T12:00')).map(({ to, at }) => [to, at]),
  ).toEqual([
    ['ngo@agency.test', local('2026-11-23T09:00')],
    ['ngo@agency.test', local('2026-11-25T09:00')],
  ])
  const toWorker = () => world.post.letters.filter(({ to }) => to === 'worker@alm.test').map(({ subject }) => subject)
  expect(toWorker().filter((subject) => subject.includes('invitee is silent'))).toHaveLength(1)
  expect(toWorker().filter((subject) => subject.includes('did not arrive'))).toHaveLength(1)
  expect((await page()).invitees.filter(({ callThem }) => callThem).map(({ role }) => role)).toEqual(['akimat', 'ngo'])

  // Moved: the same entry of every calendar, and everybody is asked anew.
  const moved: MeetingPage = await ok(`/api/meetings/${called.id}/moved`, {
    version: called.version,
    form: { startsAt: '2026-12-03T15:00:00+05:00', endsAt: '2026-12-03T16:00:00+05:00', place: 'Кабинет 214', reason: 'Полиция не может' },
  })
  await world.quiet()
  for (const agency of AGENCIES) expect(entryOf(last(agency))).toEqual({ ...first, sequence: 1 })
  expect(new Set(Object.values(await standings()))).toEqual(new Set(['silent']))
  for (const agency of ['police', 'guardianship', 'school', 'clinic'] as const) await replies(agency, 'ACCEPTED')
  await ok(`/api/meetings/${called.id}/answered`, { version: 1, form: { invitee: moved.invitees[4]!.id, answer: 'accepted' } })
  await ok(`/api/meetings/${called.id}/answered`, { version: 1, form: { invitee: moved.invitees[5]!.id, answer: 'declined' } })
  await world.quiet()
  expect((await page()).counts).toMatchObject({ accepted: 5, declined: 1, silent: 0 })

  // Held; nobody wrote it down that day, so it is asked for.
  await world.letPassUntil(local('2026-12-04T10:00'))
  expect(toWorker().filter((subject) => subject.includes('Was the meeting held'))).toHaveLength(1)
  const { version } = await page()
  const held: MeetingPage = await ok(`/api/meetings/${called.id}/held`, {
    version,
    form: {
      heldAt: '2026-12-03T15:05:00+05:00',
      attendance: moved.invitees.map(({ id }, n) => ({ invitee: id, came: n < 4 })),
      needs: ['Постоянное жилье'],
      measures: [{ action: 'Оформить пособие', invitee: moved.invitees[0]!.id, due: '2026-12-20' }],
      dissent: [{ invitee: moved.invitees[1]!.id, reasons: 'Семья справится', demands: 'birth-family' }],
      next: { startsAt: '2027-01-14T15:00:00+05:00', endsAt: '2027-01-14T16:00:00+05:00' },
    },
  })
  const approved: MeetingPage = await ok(`/api/meetings/${called.id}/protocol-approved`, { version: held.version, form: {} })
  await world.quiet()
  for (const agency of ['police', 'guardianship', 'school', 'clinic'] as const) expect(last(agency).calendar).toBeUndefined()
  const done = await page()
  expect(done.invitees.map(({ protocol }) => protocol)).toEqual(['delivered', 'delivered', 'delivered', 'delivered', undefined, undefined])
  expect(
    (await world.admin.query(`SELECT kind FROM cases.act WHERE case_id = $1 ORDER BY version`, [caseId])).rows
      .map(({ kind }) => kind)
      .slice(-2),
  ).toEqual(['meeting-held', 'protocol-approved'])
  expect(await world.isRunning(`case/${caseId}/meeting/${called.id}`)).toBe(false)
  // Nobody marked their addresses: the file lies behind a link, and opens with the code alone.
  const { code } = done.invitees[0]!
  expect(await opensFile('police', code === '111111' ? '222222' : '111111')).toBeUndefined()
  const opened = await opensFile('police', code!)
  expect(opened?.sha256).toBe(done.protocol!.files[0]!.sha256)
  expect(Buffer.from(opened!.content, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
  await world.quiet()
  expect((await page()).invitees[0]).toMatchObject({
    protocol: 'delivered',
    mails: expect.arrayContaining([expect.objectContaining({ state: 'opened' })]),
  })
  const next: MeetingPage = await ok(`/api/meetings/${approved.next}`)
  expect(next).toMatchObject({ state: 'draft', startsAt: local('2027-01-14T15:00'), previous: called.id })
  expect(await world.isRunning(`case/${caseId}/meeting/${next.id}`)).toBe(true)

  // One mail for each cause, and nothing of the child in any of them.
  const mails = world.post.letters.filter(({ to }) => to.endsWith('@agency.test'))
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(mails.length)
  expect(JSON.stringify(mails)).not.toMatch(/Алия|Соседи|Полиция не может|пособие|справится/)
})
