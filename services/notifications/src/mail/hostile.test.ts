/** Whatever stands in a name, an address or a number: through the whole service to a real mail server a letter has one receiver and our headers only. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { client, clock, hour, mail, notifications, people, post, states, useWorld } from '../world.fixture.ts'

useWorld()

const HEADERS = [
  'auto-submitted',
  'content-transfer-encoding',
  'content-type',
  'date',
  'from',
  'importance',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-msmail-priority',
  'x-priority',
  'x-tirek-letter',
]
const PIECES = [
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  '\r\n.\r\n',
  '\r\nRCPT TO:<x@evil.example>\r\n',
  '\r\nBcc: x@evil.example',
  'Bcc: x@evil.example',
  '=?utf-8?Q?=0D=0ABcc:x@evil.example?=',
  'x@evil.example',
  ',',
  ';',
  ':',
  '<',
  '>',
  '"',
  '\\',
  '(',
  ')',
  ' ',
  '\t',
  '\u2028',
  '\u0085',
  '\u202e',
  '{link-of-receipt}',
  '{number-of-letter}',
  '$&',
  '<script>alert(1)</script>',
  '</p><img src=x onerror=1>',
  '--boundary',
  'Әйгерім',
  'a',
]
const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
  // Postgres keeps no NUL and no half of a pair: the forms refuse both.
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((one) => !one.includes('\0') && one.isWellFormed()),
)
const name = text.map((one) => one.slice(0, 300))
/** As if they had come past the check of the directory: each has its own beginning, by which it is found again. */
const address = fc.oneof(
  { weight: 1, arbitrary: fc.constant('@example.org') },
  { weight: 2, arbitrary: text.map((one) => `${one}@example.org`.slice(0, 240)) },
  { weight: 1, arbitrary: text.map((one) => `@example.org${one}`.slice(0, 240)) },
)
const STAFF = ['head', 'next', 'supervisor', 'duty'] as const
const WHOM = { head: 'head', next: 'next-in-line', supervisor: 'supervisor', duty: 'duty-list' } as const

test('hostile names, addresses and numbers: no header more, no receiver more, one receiver for each letter', async () => {
  let n = 0
  let taken = 0
  let refused = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(name, { minLength: 4, maxLength: 4 }),
      fc.array(address, { minLength: 4, maxLength: 4 }),
      text,
      async (names, addresses, number) => {
        await client.query('TRUNCATE notifications.letter CASCADE')
        mail.taken.length = 0
        clock.set(clock.now() + 60_000)
        const known = STAFF.map((login, i) => ({ login, name: names[i]!, address: `t${n++}-${addresses[i]!}` }))
        for (const { login, name: called, address: at } of known)
          await client.query('UPDATE directory.person SET name = $2, email = $3 WHERE id = $1', [people[login], called, at])
        await post('/internal/notices', hour(Object.values(WHOM), { caseNumber: number.slice(0, 60), deadlineKey: `CP-10/${n}` }))
        await notifications.tick()

        // What cannot be sent is shown to a person as a task, which is no letter.
        const all = (await states()).filter(({ state }) => state !== 'shown')
        expect(all.length).toBeGreaterThanOrEqual(4)
        for (const { state } of all) expect(['accepted', 'failed']).toContain(state)
        taken += all.filter(({ state }) => state === 'accepted').length
        refused += all.filter(({ state }) => state === 'failed').length
        expect(mail.taken).toHaveLength(all.filter(({ state }) => state === 'accepted').length)
        for (const letter of mail.taken) {
          expect(letter.receivers).toHaveLength(1)
          const of = known.find(({ address: at }) => at === letter.to || at.trim() === letter.to)
          expect(of, `sent to ${JSON.stringify(letter.to)}`).toBeDefined()
          // The header quotes what it must and spells a domain in ASCII: whose it is stays.
          expect(letter.mail.to?.map(({ address: at }) => /^"?(t\d+-)/.exec(at ?? '')?.[1])).toEqual([/^t\d+-/.exec(letter.to)![0]])
          expect([letter.mail.cc, letter.mail.bcc, letter.mail.replyTo]).toEqual([undefined, undefined, undefined])
          const keys = letter.mail.headers.map(({ key }) => key)
          expect(keys.filter((key) => !HEADERS.includes(key))).toEqual([])
          expect(new Set(keys).size).toBe(keys.length)
          expect(letter.mail.attachments).toEqual([])
          expect(letter.mail.html).not.toMatch(/<script|<img/i)
          for (const line of letter.raw.toString('latin1').split('\r\n\r\n')[0]!.split('\r\n')) expect(line.length).toBeLessThan(999)
        }
      },
    ),
    { numRuns: 60, seed: 11, endOnFailure: true },
  )
  // Both ends were met: else the test would have looked at nothing.
  expect(taken).toBeGreaterThan(60)
  expect(refused).toBeGreaterThan(10)
  mail.taken.length = 0
})
