/** What each kind of mail says in each language, and its bytes. */
import { MailKind, type Mail } from '@tirek/contract/mails'
import { Lang } from '@tirek/contract/roles'
import { describe, expect, test } from 'vitest'
import { LINK_MARK, NUMBER_MARK } from '../letters/compose.ts'
import { bytesOf, messageIdOf } from '../mail/bytes.ts'
import { agentAddress, calendarText } from './calendar.ts'
import { ANSWER_MARK, composeMail, FILE_MARK, spanText } from './compose.ts'

const AT = Date.parse('2026-11-24T09:00:00Z')
const STARTS = Date.parse('2026-12-01T09:00:00Z')
const HOUR = 3_600_000
const MAIL_FROM = 'tirek@example.org'
const KINDS = MailKind.options

/** What goes with it where files may go. */
const fileOf = (kind: MailKind): string | undefined =>
  ({ protocol: 'protocol-12.pdf', 'meeting-invited': 'Повестка_П1-2026-7_2026-12-01.pdf' })[kind as string]

function mailOf(kind: MailKind, lang: Lang): Mail {
  const isProtocol = kind.startsWith('protocol')
  const isCancelled = kind === 'meeting-cancelled' || kind === 'meeting-uninvited'
  const sequence = kind === 'meeting-changed' || isCancelled ? 1 : 0
  return {
    key: `${kind}/${lang}`,
    kind,
    meeting: '0190e000-0000-7000-8000-0000000000a1',
    caseId: '0190e000-0000-7000-8000-000000000001',
    organisation: '0190e000-0000-7000-8000-0000000000b1',
    invitee: '0190e000-0000-7000-8000-0000000000c1',
    to: { name: 'Ахметова Гүлнәр', address: 'clerk@agency.example', lang },
    about: {
      caseNumber: 'П1-2026-7',
      organisationName: 'Поликлиника № 3',
      meetingKind: kind === 'meeting-reminded' ? 'review' : 'interagency',
      startsAt: STARTS,
      endsAt: STARTS + 1.5 * HOUR,
      place: 'ул. Абая 10, каб. 5',
      video: 'https://video.example/rooms/42',
      phone: '+7 727 300 10 20',
      ...(isProtocol ? { protocol: { number: 'П-12/2026', version: kind === 'protocol' ? 1 : 2 } } : {}),
      ...(kind === 'meeting-changed' ? { was: { startsAt: STARTS - 24 * HOUR, endsAt: STARTS - 23 * HOUR, place: 'каб. 7' } } : {}),
    },
    ...(isProtocol || kind === 'meeting-not-held' || kind === 'meeting-reminded'
      ? {}
      : {
          calendar: {
            method: isCancelled ? 'CANCEL' : 'REQUEST',
            uid: 'meeting-0190e000@example.org',
            sequence,
            agent: 'm-5f3a9c0b1d2e4f60718293a4b5c6d7e8',
          },
        }),
    ...(isProtocol || isCancelled || kind === 'meeting-not-held' ? {} : { answerUntil: STARTS }),
    receipt: isProtocol,
    attachments: fileOf(kind) ? [{ name: fileOf(kind)!, type: 'application/pdf', sha256: '', content: '' }] : [],
    ...(kind === 'protocol-corrected' ? { file: { id: '0190e000-0000-7000-8000-0000000000f1', code: '123456' } } : {}),
    sendAt: AT,
  }
}

describe.each(KINDS)('%s', (kind) => {
  test.each(Lang.options)('in %s', (lang) => {
    const { subject, text, html, items } = composeMail(mailOf(kind, lang))
    expect(`${subject}\n\n${text}`).toMatchSnapshot()
    expect(items.map(({ caseNumber }) => caseNumber)).toEqual(['П1-2026-7'])
    // The same words and links in both parts.
    const words = html
      .replace(/^.*?<\/h1>/s, '')
      .replaceAll(/<a href="([^"]+)"[^>]*>([^<]*)<\/a>/g, '$2:\n$1')
      .replaceAll('</p>', '\n\n')
      .replaceAll('<br>', '\n')
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    expect(words.trim()).toBe(text.trim())
    // Place, names and links: in the text alone.
    expect(subject).not.toMatch(/Абая|каб|Ахметова|https?:/)
  })

  test('its bytes are as before', async () => {
    const mail = mailOf(kind, 'ru')
    const { subject, text, html } = composeMail(mail)
    const fill = (words: string) =>
      words
        .replaceAll(NUMBER_MARK, '12')
        .replaceAll(ANSWER_MARK, 'https://tirek.example/l/answer')
        .replaceAll(LINK_MARK, 'https://tirek.example/l/receipt')
        .replaceAll(FILE_MARK, 'https://tirek.example/l/file')
    const make = () =>
      bytesOf({
        id: '0190e000-0000-7000-8000-0000000000d1',
        messageId: messageIdOf(`mail/${mail.key}`, MAIL_FROM),
        subject,
        text: fill(text),
        html: fill(html),
        at: AT,
        urgent: false,
        from: { name: mail.about.organisationName, address: MAIL_FROM },
        to: mail.to,
        ...(mail.calendar
          ? {
              replyTo: agentAddress(mail.calendar, MAIL_FROM),
              calendar: {
                method: mail.calendar.method,
                text: calendarText({ ...mail, calendar: mail.calendar }, { mailFrom: MAIL_FROM, stamp: AT }),
              },
            }
          : {}),
        attachments: mail.attachments.map(({ name, type }) => ({ name, type, content: Buffer.from('%PDF-1.7') })),
      })
    const bytes = await make()
    expect((await make()).equals(bytes)).toBe(true)
    await expect(bytes.toString('latin1')).toMatchFileSnapshot(`golden/${kind}.eml`)
  })
})

test.each([
  ['2024-02-29T17:59:00Z', 'четверг, 29.02.2024, 23:59 – пятница, 01.03.2024, 00:29'],
  ['2024-02-29T19:00:00Z', 'пятница, 01.03.2024, 00:00–01:30'],
  ['2026-11-24T09:00:00Z', 'вторник, 24.11.2026, 14:00–15:30'],
  ['2026-11-24T18:30:00Z', 'вторник, 24.11.2026, 23:30 – среда, 25.11.2026, 01:00'],
])('%s is %s', (from, words) => {
  const startsAt = Date.parse(from)
  expect(spanText({ startsAt, endsAt: startsAt + 1.5 * HOUR }, 'ru')).toBe(words)
})

test('words of hostile people stay words: no header, no tag, no line of a calendar', () => {
  const mail = mailOf('meeting-invited', 'ru')
  mail.about.organisationName = 'Клиника\r\nBcc: evil@example.org\u2028<b>"; ATTENDEE:mailto:evil@example.org'
  mail.about.place = '<script>alert(1)</script>'
  mail.to.name = '"evil@example.org", x\r\nATTENDEE:mailto:evil@example.org'
  const { html } = composeMail(mail)
  expect(html).not.toMatch(/<script|<b>/)
  const calendar = calendarText({ ...mail, calendar: mail.calendar! }, { mailFrom: MAIL_FROM, stamp: AT })
  expect(calendar.replaceAll('\r\n ', '').match(/^ATTENDEE/gm)).toHaveLength(1)
  expect(calendar).not.toMatch(/^Bcc/m)
})
