/** What each kind of mail about a referral says in each language, and its bytes. */
import { ReferralMailKind } from '@tirek/contract/referral-mails'
import { Lang } from '@tirek/contract/roles'
import { describe, expect, test } from 'vitest'
import { LINK_MARK, NUMBER_MARK } from '../letters/compose.ts'
import { bytesOf, messageIdOf } from '../mail/bytes.ts'
import { ANSWER_MARK, FILE_MARK } from '../mails/compose.ts'
import { composeReferralMail, type ToWrite } from './compose.ts'

const AT = Date.parse('2026-11-25T09:00:00Z')
const MAIL_FROM = 'tirek@example.org'
const SHA256 = 'a1b2c3d4'.repeat(8)
/** Kinds of the contract, a sending of what had been asked for, and one to an address that may not receive files. */
const CASES = [...ReferralMailKind.options, 'referral-more-sent', 'referral-sent-behind-code', 'referral-answered-last'] as const

function mailOf(of: (typeof CASES)[number], lang: Lang): ToWrite & { key: string } {
  const kind = ReferralMailKind.safeParse(of).data ?? (of.startsWith('referral-answered') ? 'referral-answered' : 'referral-sent')
  const isSent = kind === 'referral-sent'
  return {
    key: `${of}/${lang}`,
    kind,
    caseId: '0190e000-0000-7000-8000-000000000001',
    to: { name: 'Ыбыраев Қанат', address: 'secretary@commission.example', lang },
    about: {
      caseNumber: 'П1-2026-7',
      organisationName: 'Поликлиника № 3',
      agencyName: 'Комиссия города Тараз',
      body: 'commission',
      question: 'removal',
      dueDay: '2026-12-09',
      isMore: of === 'referral-more-sent',
    },
    answers: kind !== 'referral-withdrawn' && of !== 'referral-answered-last',
    attachments: isSent && of !== 'referral-sent-behind-code' ? [{ name: 'Пакет_№15-2026_2026-11-25.pdf', sha256: SHA256 }] : [],
    ...(of === 'referral-sent-behind-code' && { file: { sha256: SHA256 } }),
    ...(kind === 'referral-answered' && { given: of === 'referral-answered-last' ? 'recommended' : 'postponed' }),
  }
}

describe.each(CASES)('%s', (of) => {
  test.each(Lang.options)('in %s', (lang) => {
    const { subject, text, html, items } = composeReferralMail(mailOf(of, lang))
    expect(`${subject}\n\n${text}`).toMatchSnapshot()
    expect(items).toMatchObject([{ caseNumber: 'П1-2026-7', rule: 'CP-54' }])
    // The same words and links in both parts.
    const words = html
      .replace(/^.*?<\/h1>/s, '')
      .replaceAll(/<a href="([^"]+)"[^>]*>([^<]*)<\/a>/g, '$2:\n$1')
      .replaceAll('</p>', '\n\n')
      .replaceAll('<br>', '\n')
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    expect(words.trim()).toBe(text.trim())
    // A case number and who asks: nothing else in a subject.
    expect(subject).not.toMatch(/Ыбыраев|Комиссия города|https?:|отделение|бөлу|taking/)
    expect(text.includes(SHA256)).toBe(of.startsWith('referral-sent') || of === 'referral-more-sent')
  })

  test('its bytes are as before', async () => {
    const mail = mailOf(of, 'ru')
    const { subject, text, html } = composeReferralMail(mail)
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
        attachments: mail.attachments.map(({ name }) => ({ name, type: 'application/pdf', content: Buffer.from('%PDF-1.7') })),
      })
    const bytes = await make()
    expect((await make()).equals(bytes)).toBe(true)
    await expect(bytes.toString('latin1')).toMatchFileSnapshot(`golden/${of}.eml`)
  })
})

test('words of hostile people stay words', () => {
  const mail = mailOf('referral-sent', 'ru')
  mail.about.organisationName = 'Клиника\r\nBcc: evil@example.org<b>'
  mail.about.agencyName = '<script>alert(1)</script>'
  expect(composeReferralMail(mail).html).not.toMatch(/<script|<b>/)
})
