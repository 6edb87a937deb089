/** Mail of a referral: sent once, to its body alone, and what became of it told. */
import { beforeEach, expect, test } from 'vitest'
import { report } from '../inbound/bounce.fixture.ts'
import { letterOf } from '../inbound/reply.fixture.ts'
import { fileOf, link, tokensIn } from '../mails/meeting.fixture.ts'
import { client, clock, get, mail, news, NOON, notifications, post, said, useWorld } from '../world.fixture.ts'
import {
  ADDRESS,
  answerToken,
  askReferral,
  decide,
  mailsToBody,
  REFERRAL,
  referralMail,
  sendReferral,
  tokensOfMail,
  WHO,
} from './referral.fixture.ts'
import { referrals } from './referrals-service.fixture.ts'

useWorld()

const HOUR = 3_600_000
const rows = async (table: string) => (await client.query(`SELECT * FROM notifications.${table}`)).rows
const states = () => referrals.news.map(({ state }) => state)
const packet = fileOf(Buffer.from('%PDF-1.7 пакет'), 'Пакет_№15-2026_2026-11-25.pdf')
const CODE = '305172'
const FILE = '0190e000-0000-7000-8000-0000000000f1'

beforeEach(() => void (news.length = 0))

test('the packet is attached, its hash told; the subject holds a case number and who asks', async () => {
  await sendReferral(referralMail({ attachments: [packet] }))
  const [one] = mailsToBody()
  expect(one!.receivers).toEqual([ADDRESS])
  expect(one!.mail.subject).toBe('Направление: случай П1-2026-7, Поликлиника № 3')
  expect(one!.mail.from).toEqual({ name: 'Поликлиника № 3', address: 'tirek@example.org' })
  expect(one!.mail.attachments.map(({ filename, content }) => [filename, Buffer.from(content as ArrayBuffer).toString()])).toEqual([
    ['Пакет_№15-2026_2026-11-25.pdf', '%PDF-1.7 пакет'],
  ])
  expect(one!.mail.text).toContain(packet.sha256)
  expect(one!.mail.text).toContain('Ответ ждут до: 09.12.2026')
  expect(tokensOfMail()).toHaveLength(2)
  expect(tokensIn(one!.mail.text)).toEqual(tokensIn(one!.mail.html))
  expect(referrals.news).toMatchObject([{ mail: expect.stringMatching(/^referral\//), referral: REFERRAL, state: 'accepted', copies: 1 }])
  // The meetings service hears nothing of it.
  expect(news).toEqual([])
  expect((await rows('mail'))[0]).toMatchObject({ meeting: null, referral: REFERRAL, sending: 1, content: null })
})

test('known by its key it changes nothing; other bytes than its hash says are refused; meetings may not ask for one', async () => {
  const one = referralMail({ attachments: [packet] })
  expect(await askReferral(one)).toEqual({ read: 'taken' })
  expect((await Promise.all(Array.from({ length: 8 }, () => askReferral(one)))).map(({ read }) => read)).toEqual(Array(8).fill('known'))
  await notifications.tick()
  expect(mailsToBody()).toHaveLength(1)
  await post('/internal/referral-mails', referralMail({ attachments: [{ ...packet, sha256: 'a'.repeat(64) }] }), 400, 'referrals')
  await expect(post('/internal/referral-mails', referralMail(), 202, 'meetings')).rejects.toThrow('403')
})

test('a bounce is news of the referral', async () => {
  await sendReferral(referralMail())
  const id = (await rows('letter'))[0].id as string
  expect(await post('/internal/inbound', { raw: report(id, '').toString('base64') })).toEqual({ read: 'bounced' })
  await notifications.tick()
  expect(states()).toEqual(['accepted', 'bounced'])
})

test('a reply to its mail belongs to its case: whoever leads it is told, nobody else reads what it says, and it goes with the case', async () => {
  await sendReferral(referralMail())
  const [{ message_id: id }] = await rows('letter')
  const reply = (header: string) => letterOf('Ребёнок Тайный', [header], ADDRESS, 'tirek@example.org').toString('base64')
  for (const header of [`In-Reply-To: ${id}`, `References: <a@b>\r\n ${id}`])
    expect(await post('/internal/inbound', { raw: reply(header) })).toEqual({ read: 'of-referral' })
  expect(await post('/internal/inbound', { raw: reply(`In-Reply-To: ${id}`) })).toEqual({ read: 'known' })
  expect(await post('/internal/inbound', { raw: reply('In-Reply-To: <other@agency.example>') })).toEqual({ read: 'no-meeting' })
  const automatic = letterOf('Меня нет', [`In-Reply-To: ${id}`, 'Auto-Submitted: auto-replied'], ADDRESS, 'tirek@example.org')
  expect(await post('/internal/inbound', { raw: automatic.toString('base64') })).toEqual({ read: 'automatic' })
  await notifications.tick()
  expect(referrals.replies).toEqual(Array(2).fill({ what: 'reply', key: expect.stringMatching(/^reply\//), referral: REFERRAL, at: NOON }))
  expect(news).toMatchObject([
    { what: 'unmatched', reason: 'no-meeting' },
    { what: 'unmatched', reason: 'automatic' },
  ])
  expect((await post('/internal/replies', { referral: REFERRAL }, 200, 'referrals')).items).toMatchObject(
    Array(2).fill({ at: NOON, from: ADDRESS, text: 'Ребёнок Тайный' }),
  )
  expect((await post('/internal/replies', { referral: FILE }, 200, 'referrals')).items).toEqual([])
  const { caseId, organisation } = referralMail()
  expect((await rows('unmatched')).slice(0, 2)).toMatchObject(Array(2).fill({ case_id: caseId, organisation, comment: 'Ребёнок Тайный' }))
  // Whoever is out of office has said nothing: it is seen in the list of the organisation, without its words, and is no reply.
  expect((await rows('unmatched')).find(({ reason }) => reason === 'automatic')).toMatchObject({
    case_id: caseId,
    organisation,
    referral: null,
    comment: null,
  })
  expect(JSON.stringify((await get('admin', 'administrator', '/api/mail/unmatched')).body)).not.toMatch(/Тайный|Re: meeting/)
  await post('/internal/cases/erase', { caseId }, 200)
  expect((await rows('unmatched')).map(({ reason }) => reason)).toEqual(['no-meeting'])
})

test('news wait while the referrals service is away, and hold nothing else up', async () => {
  referrals.isAway = true
  await sendReferral(referralMail())
  expect(states()).toEqual([])
  expect(mailsToBody()).toHaveLength(1)
  referrals.isAway = false
  clock.set(NOON + HOUR)
  await notifications.tick()
  expect(states()).toEqual(['accepted'])
})

test('a receipt is confirmed once, told and recorded; the answer’s link is another one', async () => {
  await sendReferral(referralMail())
  const [receipt, answer] = tokensOfMail() as [string, string]
  expect(await link('look', { token: receipt })).toMatchObject({ state: 'open', purpose: 'referral-receipt' })
  for (let n = 0; n < 3; n++) expect((await link('use', { token: receipt })).state).toBe(n === 0 ? 'done' : 'used')
  await notifications.tick()
  expect(states()).toEqual(['accepted', 'confirmed'])
  expect((await rows('trail')).filter(({ what }) => what === 'referral-mail-confirmed')).toMatchObject([
    { who: REFERRAL, why: 'one-time-link' },
  ])
  expect(await link('look', { token: answer })).toMatchObject({ state: 'open', purpose: 'decision' })
  expect(await link('use', { token: answer })).toMatchObject({ state: 'open', purpose: 'decision' })
})

test('the packet behind a code: no mail holds it, the right code opens the same bytes, the fifth wrong one closes it and is told', async () => {
  referrals.files.set(FILE, packet)
  await sendReferral(referralMail({ file: { id: FILE, code: CODE, sha256: packet.sha256 } }))
  const [one] = mailsToBody()
  expect(one!.mail.attachments).toEqual([])
  expect(one!.mail.text).toContain(packet.sha256)
  expect(
    JSON.stringify(await Promise.all(['letter', 'mail', 'asking', 'news'].map(rows))) + said.join('') + one!.raw.toString(),
  ).not.toContain(CODE)
  const [file] = tokensOfMail() as [string]
  expect((await link('file', { token: file, code: '305-172' })).file).toEqual(packet)
  for (let n = 0; n < 5; n++) await link('file', { token: file, code: '000000' })
  expect((await link('file', { token: file, code: CODE })).answer.problem).toBe('locked')
  await notifications.tick()
  expect(states()).toEqual(['accepted', 'opened', 'locked'])
  expect((await rows('trail')).map(({ what }) => what)).toEqual(
    expect.arrayContaining(['referral-packet-opened', 'referral-packet-locked']),
  )
})

test('the next sending goes on paper: links of the mails before it are closed and say so, until it goes by mail again', async () => {
  referrals.files.set(FILE, packet)
  await sendReferral(referralMail({ file: { id: FILE, code: CODE } }))
  const { referral, caseId, organisation, to, about } = referralMail()
  const onPaper = { referral, caseId, organisation, to, about, sending: 2 }
  for (const fresh of [true, false]) expect(await post('/internal/referral-mails/on-paper', onPaper, 200, 'referrals')).toEqual({ fresh })
  const before = tokensOfMail(0)
  expect(before).toHaveLength(3)
  for (const token of before) expect(await link('look', { token })).toMatchObject({ state: 'revoked', instead: 'paper' })
  expect((await link('file', { token: before[0]!, code: CODE })).file).toBeUndefined()
  // A reminder of the mail before, that was asked for earlier and comes later, goes out no more.
  await sendReferral(referralMail({ kind: 'referral-reminded' }))
  expect(mailsToBody()).toHaveLength(1)
  await sendReferral(referralMail({ sending: 3 }))
  expect((await link('look', { token: tokensOfMail(1).at(-1)! })).state).toBe('open')
  expect((await link('look', { token: before[0]! })).instead).toBeUndefined()
})

test('sent once more, perhaps to a corrected address: nothing of the former mail acts any more, and only the newer one is answered', async () => {
  for (const id of [FILE, FILE.replace('f1', 'f2')]) referrals.files.set(id, packet)
  await sendReferral(referralMail({ file: { id: FILE, code: CODE } }))
  await sendReferral(referralMail({ sending: 2, about: { isMore: true }, file: { id: FILE.replace('f1', 'f2'), code: CODE } }))
  const [before, now] = [tokensOfMail(0), tokensOfMail(1)]
  expect(before).toHaveLength(3)
  for (const token of before) expect((await link('look', { token })).state).toBe('revoked')
  expect((await link('file', { token: before[0]!, code: CODE })).answer.state).toBe('revoked')
  expect((await decide({ token: before.at(-1)!, form: { answer: 'received', ...WHO } })).state).toBe('revoked')
  expect((await link('file', { token: now[0]!, code: CODE })).file).toEqual(packet)
  expect(await decide({ token: now.at(-1)!, form: { answer: 'received', ...WHO } })).toMatchObject({ state: 'done' })
  expect(referrals.answers).toMatchObject([{ sending: 2 }])
})

test('not yet with the wrong mailbox when it is sent once more: neither the packet nor a reminder goes there', async () => {
  mail.fault = () => ({ refuse: 451, at: 'receiver' })
  const wrong = { name: 'Чужой', address: 'stranger@elsewhere.example', lang: 'ru' as const }
  await sendReferral(referralMail({ to: wrong, attachments: [packet] }), referralMail({ kind: 'referral-reminded', to: wrong }))
  mail.fault = () => 'take'
  await askReferral(referralMail({ sending: 2 }))
  clock.set(NOON + HOUR)
  await notifications.tick()
  expect(mail.taken.map(({ receivers }) => receivers)).toEqual([[ADDRESS]])
  expect((await rows('mail')).filter(({ sending }) => sending === 1).every(({ content }) => content === null)).toBe(true)
})

test('of a former sending and carried late: not queued, and it takes nothing of the newer one back', async () => {
  referrals.files.set(FILE, packet)
  await sendReferral(referralMail({ sending: 2, file: { id: FILE, code: CODE } }))
  for (const late of [referralMail({ attachments: [packet] }), referralMail({ kind: 'referral-reminded' })])
    expect(await askReferral(late)).toEqual({ read: 'overtaken' })
  await notifications.tick()
  expect(mail.taken).toHaveLength(1)
  expect(await rows('mail')).toHaveLength(1)
  for (const token of tokensOfMail()) expect((await link('look', { token })).state).toBe('open')
})

test('taken back: its links work no more, a reminder that waits is not sent, and nothing opens it again', async () => {
  referrals.files.set(FILE, packet)
  await sendReferral(referralMail({ file: { id: FILE, code: CODE } }))
  await askReferral(referralMail({ kind: 'referral-reminded', sendAt: NOON + HOUR }))
  await sendReferral(referralMail({ kind: 'referral-withdrawn' }))
  expect(mailsToBody().at(-1)!.mail.subject).toContain('Направление отозвано')
  expect(tokensOfMail()).toEqual([])
  for (const token of tokensOfMail(0)) expect((await link('look', { token })).state).toBe('revoked')
  clock.set(NOON + HOUR)
  await sendReferral(referralMail({ kind: 'referral-reminded' }))
  expect(mail.taken).toHaveLength(2)
  expect((await rows('asking'))[0].is_over).toBe(true)
})

test('a reminder brings a link of its own, for as long as it is awaited', async () => {
  await sendReferral(referralMail())
  await sendReferral(referralMail({ kind: 'referral-reminded' }))
  expect(tokensOfMail()).toHaveLength(1)
  expect((await link('look', { token: answerToken() })).state).toBe('open')
  referrals.asking.state = 'decided'
  expect((await link('look', { token: answerToken() })).state).toBe('closed')
})

test('erased with its case: no address, no name, no link', async () => {
  await sendReferral(referralMail())
  const token = answerToken()
  await post('/internal/cases/erase', { caseId: referralMail().caseId }, 200)
  expect(JSON.stringify(await Promise.all(['letter', 'mail', 'asking', 'news'].map(rows)))).not.toMatch(/secretary@|Секретарь/)
  expect((await link('look', { token })).state).toBe('revoked')
})
