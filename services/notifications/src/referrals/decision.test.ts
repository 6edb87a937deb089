/** What a body answers by the link of a mail: once, with what belongs to the answer, and with a way to answer again while more is awaited. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { link } from '../mails/meeting.fixture.ts'
import { client, clock, mail, NOON, notifications, said, useWorld } from '../world.fixture.ts'
import { answerToken, decide, mailsToBody, REFERRAL, referralMail, sendReferral, tokensOfMail, WHO } from './referral.fixture.ts'
import { referrals } from './referrals-service.fixture.ts'

useWorld()

const DAY = 86_400_000
const rows = async (table: string) => (await client.query(`SELECT * FROM notifications.${table}`)).rows
const fileOf = (text: string, name = 'Решение №5.pdf') => ({
  name,
  claimed: 'application/pdf',
  content: Buffer.from(text).toString('base64'),
})
const PDF = '%PDF-1.7\n%%EOF'
const recommended = { answer: 'recommended', recommended: 'foster-family', documentNumber: '5', documentDay: '2026-12-02', ...WHO }

test('opening shows what is asked, by whom and until when, and records nothing', async () => {
  await sendReferral(referralMail())
  for (let n = 0; n < 3; n++)
    expect(await link('look', { token: answerToken() })).toEqual({
      status: 200,
      state: 'open',
      purpose: 'decision',
      number: expect.any(String),
      lang: 'ru',
      referral: {
        caseNumber: 'П1-2026-7',
        organisationName: 'Поликлиника № 3',
        agencyName: 'Комиссия города Тараз',
        body: 'commission',
        question: 'removal',
        dueDay: '2026-12-09',
        offered: ['received', 'more-asked-for', 'postponed', 'returned', 'recommended'],
      },
    })
  expect(referrals.answers).toEqual([])
  expect((await rows('link')).every(({ used_at }) => used_at === null)).toBe(true)
})

test('an answer is told with its file and recorded; the link is spent, and the mail that says so asks nothing more', async () => {
  await sendReferral(referralMail())
  const token = answerToken()
  const done = await decide({ token, form: recommended, file: fileOf(PDF) })
  expect(done).toMatchObject({ state: 'done', purpose: 'decision', goesOn: false })
  const [file] = [...referrals.uploads.values()]
  expect(referrals.answers).toEqual([
    {
      key: `link/${createHash('sha256').update(token).digest('hex')}`,
      referral: REFERRAL,
      sending: 1,
      at: NOON,
      form: { ...recommended, files: [file!.id] },
    },
  ])
  expect(Buffer.from(file!.content, 'base64').toString()).toBe(PDF)
  expect(file!.name).toBe('Решение-5.pdf')
  expect((await rows('trail')).filter(({ what }) => what === 'referral-answered-by-link')).toMatchObject([
    { who: REFERRAL, why: 'one-time-link', case_id: referralMail().caseId },
  ])
  expect(await decide({ token, form: { answer: 'returned', reasons: 'x', ...WHO } })).toMatchObject({ state: 'used' })
  await notifications.tick()
  const told = mailsToBody().at(-1)!.mail
  expect(told.subject).toBe('Ваш ответ на направление записан: случай П1-2026-7, Поликлиника № 3')
  expect(told.text).toContain('Ответ: дана рекомендация')
  expect(tokensOfMail()).toEqual([])
  expect(told.text).not.toMatch(/Ыбыраев|патронат/)
})

test.each([
  ['received', {}],
  ['more-asked-for', { text: 'Справка о доходах' }],
  ['postponed', { newDay: '2027-01-20', reasons: 'Нет кворума' }],
])('%s: more is awaited, so the next mail brings the next link, and only that one works', async (answer, more) => {
  await sendReferral(referralMail())
  const [first, second] = [answerToken(), (await sendReferral(referralMail({ kind: 'referral-reminded' })), answerToken())]
  expect(await decide({ token: first, form: { answer, ...more, ...WHO } })).toMatchObject({ state: 'done', goesOn: true })
  await notifications.tick()
  expect((await link('look', { token: first })).state).toBe('used')
  expect((await link('look', { token: second })).state).toBe('revoked')
  expect(mailsToBody()).toHaveLength(3)
  if (answer === 'postponed') expect(mailsToBody().at(-1)!.mail.text).toContain('Ответ ждут до: 20.01.2027')
  expect(await decide({ token: answerToken(), form: recommended })).toMatchObject({ state: 'done', goesOn: false })
  expect(referrals.answers.map(({ form }) => form.answer)).toEqual([answer, 'recommended'])
})

test('what is missing is named field by field, and nothing is noted', async () => {
  await sendReferral(referralMail())
  const token = answerToken()
  const issuesOf = async (form: Record<string, string>) => {
    const { state, problem, issues } = await decide({ token, form })
    expect([state, problem]).toEqual(['open', 'not-whole'])
    return Object.fromEntries((issues as { field: string; code: string }[]).map(({ field, code }) => [field, code]))
  }
  expect(await issuesOf({})).toEqual({ answer: 'choice', name: 'required' })
  expect(await issuesOf({ answer: 'postponed', ...WHO })).toEqual({ newDay: 'required' })
  expect(await issuesOf({ answer: 'postponed', newDay: '31.12.2026', ...WHO })).toEqual({ newDay: 'day' })
  expect(await issuesOf({ answer: 'more-asked-for', ...WHO })).toEqual({ text: 'required' })
  expect(await issuesOf({ answer: 'returned', text: 'не туда', name: '  ' })).toEqual({ name: 'required' })
  expect(await issuesOf({ answer: 'returned', ...WHO })).toEqual({ reasons: 'required' })
  // Not this body's to give.
  const decided = { answer: 'decided', decision: 'granted', documentNumber: '1', documentDay: '2026-12-01', ...WHO }
  expect(await issuesOf(decided)).toEqual({ answer: 'choice' })
  expect(await issuesOf({ answer: 'recommended', recommended: 'the-moon', ...WHO })).toEqual({ recommended: 'choice' })
  expect(await issuesOf({ answer: 'received', name: 'x'.repeat(301) })).toEqual({ name: 'long' })
  expect(referrals.answers).toEqual([])
  referrals.refuses = { newDay: 'in-past' }
  expect(await issuesOf({ answer: 'postponed', newDay: '2026-11-01', ...WHO })).toEqual({ newDay: 'in-past' })
  referrals.refuses = undefined
  expect(await decide({ token, form: { answer: 'received', ...WHO } })).toMatchObject({ state: 'done' })
})

test('fields of other answers say nothing', async () => {
  await sendReferral(referralMail())
  await decide({ token: answerToken(), form: { answer: 'received', newDay: 'junk', reasons: 'r', recommended: 'own-family', ...WHO } })
  expect(referrals.answers[0]!.form).toEqual({ answer: 'received', files: [], ...WHO })
})

test('a file that was taken is not lost with an answer that was not; sent again it is kept once', async () => {
  await sendReferral(referralMail())
  const token = answerToken()
  const first = await decide({ token, form: { answer: 'postponed', ...WHO }, file: fileOf(PDF) })
  expect(first).toMatchObject({ state: 'open', issues: [{ field: 'newDay' }], handedIn: [{ name: 'Решение-5.pdf', size: PDF.length }] })
  await decide({ token, form: { answer: 'postponed', ...WHO }, file: fileOf(PDF), handedIn: first.handedIn })
  expect(referrals.uploads.size).toBe(1)
  const form = { answer: 'postponed', newDay: '2027-01-20', ...WHO }
  expect(await decide({ token, form, handedIn: first.handedIn })).toMatchObject({ state: 'done' })
  expect(referrals.answers[0]!.form.files).toEqual([first.handedIn[0].id])
})

test.each([
  ['MZ a program', 'decision.exe', 'file-type'],
  [PDF, 'decision.png', 'file-not-as-named'],
  ['', 'empty.pdf', 'file-empty'],
  ['%PDF-1.7 cut off', 'cut.pdf', 'file-broken'],
])('%s as %s is refused as %s: the link stays, nothing is noted', async (content, name, code) => {
  await sendReferral(referralMail())
  const token = answerToken()
  const refused = await decide({ token, form: recommended, file: { name, content: Buffer.from(content).toString('base64') } })
  expect(refused).toMatchObject({ state: 'open', problem: 'not-whole', issues: [{ field: 'file', code }], handedIn: [] })
  expect(referrals.answers).toEqual([])
  expect(await decide({ token, form: recommended })).toMatchObject({ state: 'done' })
})

test('ten taps at once are one answer', async () => {
  await sendReferral(referralMail())
  const token = answerToken()
  const all = await Promise.all(Array.from({ length: 10 }, () => decide({ token, form: recommended })))
  expect(all.filter(({ state }) => state === 'done')).toHaveLength(1)
  expect(all.every(({ state }) => ['done', 'used', 'closed'].includes(state))).toBe(true)
  expect(referrals.answers).toHaveLength(1)
  await notifications.tick()
  expect(mailsToBody()).toHaveLength(2)
})

test('the referrals service is away: 503, nothing is noted, the same pressed again is', async () => {
  await sendReferral(referralMail())
  const token = answerToken()
  referrals.isAway = true
  expect((await decide({ token, form: recommended })).status).toBe(503)
  expect((await link('look', { token })).status).toBe(503)
  referrals.isAway = false
  expect(await decide({ token, form: recommended })).toMatchObject({ state: 'done' })
  expect(said.join('')).not.toContain('Ыбыраев')
})

test('an answer whose reply was lost stands: another one by the same link is told that it was answered, and the next sending goes', async () => {
  await sendReferral(referralMail())
  const token = answerToken()
  referrals.losesAnswer = true
  const form = { answer: 'postponed', newDay: '2027-01-20', reasons: 'Нет кворума', ...WHO }
  expect((await decide({ token, form })).status).toBe(503)
  expect(await decide({ token, form: recommended })).toMatchObject({ state: 'used' })
  expect(referrals.answers).toMatchObject([{ form: { answer: 'postponed' } }])
  await notifications.tick()
  const told = mailsToBody().at(-1)!.mail
  expect(told.text).toContain('Ответ: отложено')
  expect(told.text).toContain('Ответ ждут до: 20.01.2027')
  expect(tokensOfMail()).toHaveLength(1)
  await sendReferral(referralMail({ sending: 2, about: { isMore: true } }))
  expect(mailsToBody()).toHaveLength(3)
})

test('decided otherwise meanwhile: the page closes and writes nothing', async () => {
  await sendReferral(referralMail())
  const token = answerToken()
  referrals.asking.state = 'withdrawn'
  expect(await decide({ token, form: recommended })).toMatchObject({ state: 'closed' })
  expect(await link('look', { token })).not.toHaveProperty('referral')
  expect(referrals.answers).toEqual([])
})

test('ended between the page and the answer: whoever notices first, nothing is noted and the page closes', async () => {
  await sendReferral(referralMail())
  const token = answerToken()
  // Awaited when it was asked, and not any more when the answer came.
  referrals.endsAtAnswer = true
  expect(await decide({ token, form: recommended, file: fileOf(PDF) })).toMatchObject({ state: 'closed' })
  expect(await decide({ token, form: recommended })).toMatchObject({ state: 'closed' })
  expect(referrals.answers).toEqual([])
  expect((await rows('link')).every(({ used_at }) => used_at === null)).toBe(true)
})

test('late, foreign, of another purpose or taken back it answers nothing', async () => {
  await sendReferral(referralMail())
  const [receipt, token] = tokensOfMail() as [string, string]
  expect(await decide({ token: 'A'.repeat(43), form: recommended })).toEqual({ status: 200, state: 'unknown' })
  expect(await decide({ token: receipt, form: recommended })).toMatchObject({ state: 'open', purpose: 'referral-receipt' })
  clock.set(NOON + 400 * DAY - 1)
  expect(await link('look', { token })).toMatchObject({ state: 'open' })
  clock.set(NOON + 400 * DAY)
  expect(await decide({ token, form: recommended })).toMatchObject({ state: 'late' })
  await sendReferral(referralMail({ kind: 'referral-reminded' }))
  const fresh = answerToken()
  await sendReferral(referralMail({ kind: 'referral-withdrawn' }))
  expect(await decide({ token: fresh, form: recommended })).toMatchObject({ state: 'revoked' })
  expect(referrals.answers).toEqual([])
  expect(mail.taken).toHaveLength(3)
})
