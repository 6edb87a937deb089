/** The file behind a link: it opens with the code alone, few tries are given, and the bytes are kept nowhere here. */
import { expect, test } from 'vitest'
import { around, client, clock, files, mail, news, NOON, notifications, post, said, useWorld } from '../world.fixture.ts'
import { fileOf, invitees, link, MEETING, protocolFor, send, tokensIn } from '../mails/meeting.fixture.ts'

useWorld()

const FILE = '0190e000-0000-7000-8000-0000000000f1'
const CODE = '30517264'
const pdf = fileOf(Buffer.from('%PDF-1.7 хаттама'), 'протокол-12.pdf')
const rows = async (table: string) => (await client.query(`SELECT * FROM notifications.${table}`)).rows
const states = () => news.flatMap((one) => (one.what === 'state' && one.state !== 'accepted' ? [one.state] : []))
async function token(): Promise<string> {
  files.set(FILE, pdf)
  await send(protocolFor('police', { receipt: false, file: { id: FILE, code: CODE } }))
  return tokensIn(mail.taken.at(-1)!.mail.text)[0]!
}
const open = async (of: string, code: string) => {
  const answer = await link('file', { token: of, code })
  await notifications.tick()
  return answer
}

test('the mail tells where to get the code and never holds it; nothing kept here does', async () => {
  const of = await token()
  const { raw, mail: got } = mail.taken.at(-1)!
  expect(got.text).toContain('Нужен код: его вам скажут по телефону или дадут на бумаге.')
  expect(got.attachments).toEqual([])
  const kept = JSON.stringify(await Promise.all(['letter', 'mail', 'link', 'news', 'trail'].map(rows))) + said.join('') + raw.toString()
  expect(kept).not.toContain(CODE)
  expect(kept).not.toContain(Buffer.from(CODE).toString('base64').slice(0, 10))
  expect(await link('look', { token: of })).toEqual({ status: 200, state: 'open', purpose: 'file', number: expect.any(String), lang: 'ru' })
})

test('the right code, typed as people type it, opens it as often as wanted; that it was opened is told once and recorded each time', async () => {
  const of = await token()
  for (const code of [CODE, ' 3051-7264 ', CODE]) expect(await open(of, code)).toMatchObject({ answer: { state: 'open' }, file: pdf })
  expect(states()).toEqual(['opened'])
  expect((await rows('trail')).filter(({ what }) => what === 'mail-file-opened')).toMatchObject(
    Array(3).fill({ who: invitees.police, why: 'one-time-link' }),
  )
  expect(await link('use', { token: of })).toMatchObject({ state: 'open' })
})

test('wrong codes are counted down, a right one between gives the tries back, the fifth closes it for good and is told', async () => {
  const of = await token()
  for (const left of [4, 3, 2, 1]) expect(await open(of, '000000')).toMatchObject({ answer: { problem: 'wrong-code', left } })
  expect((await open(of, CODE)).file).toEqual(pdf)
  for (const left of [4, 3, 2, 1]) expect(await open(of, `${CODE}1`)).toMatchObject({ answer: { problem: 'wrong-code', left } })
  expect(await open(of, '')).toMatchObject({ answer: { problem: 'locked' } })
  const late = await open(of, CODE)
  expect([late.answer.problem, late.file]).toEqual(['locked', undefined])
  expect((await link('look', { token: of })).problem).toBe('locked')
  expect(states()).toEqual(['opened', 'locked'])
  expect((await rows('trail')).filter(({ what }) => what === 'mail-file-locked')).toMatchObject([{ outcome: 'refused' }])
})

test('fifty guesses at once are five tries', async () => {
  const of = await token()
  const all = await Promise.all(Array.from({ length: 50 }, (_, n) => link('file', { token: of, code: String(100_000 + n) })))
  expect((await rows('file_code'))[0].tries).toBe(5)
  // Of tries with one link thirty a minute are looked at.
  const looked = all.filter(({ code }) => code !== 'too-many-tries')
  expect(looked).toHaveLength(30)
  for (const { answer } of looked) expect(['wrong-code', 'locked']).toContain(answer.problem)
  expect(all.some(({ file }) => file)).toBe(false)
  await notifications.tick()
  expect(states()).toEqual(['locked'])
})

test.each([
  ['is away', () => void (around.meetingsAnswer = 503)],
  ['has no such file', () => files.clear()],
  ['gives other bytes than its hash says', () => files.set(FILE, { ...pdf, content: Buffer.from('other').toString('base64') })],
])('the meetings service %s: the page says so and no try is lost', async (_, become) => {
  const of = await token()
  become()
  for (let n = 0; n < 7; n++) expect(await open(of, CODE)).toMatchObject({ answer: { problem: 'no-file' } })
  around.meetingsAnswer = 204
  files.set(FILE, pdf)
  expect((await open(of, CODE)).file).toEqual(pdf)
})

test('late, taken back or of a former version it opens nothing, whatever the code; a token of another purpose neither', async () => {
  const of = await token()
  await send(protocolFor('police', { kind: 'protocol-corrected', receipt: true, file: { id: FILE, code: '111111' } }))
  expect(await open(of, CODE)).toMatchObject({ answer: { state: 'revoked' } })
  const [file, receipt] = tokensIn(mail.taken.at(-1)!.mail.text) as [string, string]
  expect((await open(file, CODE)).answer.problem).toBe('wrong-code')
  expect((await open(receipt, '111111')).file).toBeUndefined()
  await post('/internal/mails/revoke', { meeting: MEETING }, 200, 'meetings')
  expect(await open(file, '111111')).toMatchObject({ answer: { state: 'revoked' } })
  const fresh = await token()
  clock.set(NOON + 90 * 86_400_000)
  expect(await open(fresh, CODE)).toMatchObject({ answer: { state: 'late' } })
  expect(await link('file', { token: 'A'.repeat(43), code: CODE })).toEqual({ status: 200, answer: { state: 'unknown' } })
})
