import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { bytesOf, messageIdOf, oneLine } from './bytes.ts'

const LETTER = {
  id: '0190e000-0000-7000-8000-000000000001',
  messageId: messageIdOf('k', 'tirek@example.org'),
  subject: 'S',
  text: 'T',
  html: '<p>T</p>',
  at: 0,
  urgent: false,
  from: { name: 'Tirek', address: 'tirek@example.org' },
  to: { name: 'A', address: 'a@example.org' },
}
const ALLOWED = [
  'auto-submitted',
  'content-transfer-encoding',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-tirek-letter',
]

test('no name or subject adds a header, a receiver or a part', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          '\r\n',
          '\n',
          '\r',
          'Bcc: x@evil.tld',
          'x@evil.tld,',
          '"',
          '<',
          '>',
          ',',
          ';',
          ':',
          ' ',
          '\u2028',
          '\0',
          'Имя',
          '=?utf-8?Q?=0D=0ABcc:x?=',
          '--boundary',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  )
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, async (name, subject, text) => {
      const raw = await bytesOf({ ...LETTER, subject, text, to: { name, address: 'a@example.org' } })
      const mail = await PostalMime.parse(raw as never)
      const keys = mail.headers.map(({ key }) => key)
      expect(keys.filter((key) => !ALLOWED.includes(key))).toEqual([])
      expect(new Set(keys).size).toBe(keys.length)
      expect(mail.to?.map(({ address }) => address)).toEqual(['a@example.org'])
      expect([mail.cc, mail.bcc]).toEqual([undefined, undefined])
      expect(mail.attachments).toEqual([])
    }),
    { numRuns: 300, seed: 7 },
  )
})

test('a letter carries its own id, stands up for itself as automatic and keeps Kazakh and Russian words', async () => {
  const raw = await bytesOf({
    ...LETTER,
    subject: 'Шұғыл: П1-2026-7',
    text: 'Баланың қауіпсіздігі',
    to: { name: 'Әйгерім Ұ.', address: 'a@example.org' },
  })
  const mail = await PostalMime.parse(raw as never)
  expect(mail).toMatchObject({
    subject: 'Шұғыл: П1-2026-7',
    messageId: LETTER.messageId,
    text: expect.stringContaining('Баланың қауіпсіздігі'),
    to: [{ name: 'Әйгерім Ұ.', address: 'a@example.org' }],
  })
  expect(mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
})

test('the same business key always gives the same Message-ID', () => {
  expect(messageIdOf('a', 't@example.org')).toBe(messageIdOf('a', 't@example.org'))
  expect(messageIdOf('a', 't@example.org')).not.toBe(messageIdOf('b', 't@example.org'))
  expect(messageIdOf('a', 'T <t@example.org>')).toMatch(/^<[0-9a-f]{40}@example\.org>$/)
})

test('a line stays a line', () => {
  expect(oneLine(' a\r\nb\u2028c\0 ')).toBe('a b c')
})
