/** Answers by link: looked at they do nothing, pressed they are noted and told; the latest counts. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { client, clock, local, NOON, news, notifications, post, said, useWorld } from '../world.fixture.ts'
import { cancelled, invitees, link, mailsOf, mailTo, MEETING, movedTo, protocolFor, send, STARTS, tokenOf } from './meeting.fixture.ts'

useWorld()

const answers = () => news.filter((one) => one.what === 'answer')
const rows = async (table: string) => (await client.query(`SELECT * FROM notifications.${table}`)).rows

test('a scanner that opens it ten times answers nothing; whoever presses is told so, as often as they like, and the latest counts', async () => {
  await send(mailTo('police'))
  const token = tokenOf('police')
  for (let n = 0; n < 10; n++) expect((await link('look', { token })).state).toBe('open')
  expect(await rows('answer')).toEqual([])
  const first = await link('use', { token, answer: 'accepted', comment: '  Буду на 10 минут позже.\r\nСпасибо\u0000 ', shownAt: STARTS })
  expect(first).toMatchObject({ status: 200, state: 'done', meeting: { answered: { answer: 'accepted', at: NOON } } })
  clock.set(NOON + 60_000)
  expect((await link('use', { token, answer: 'declined', shownAt: STARTS })).meeting.answered).toEqual({
    answer: 'declined',
    at: clock.now(),
  })
  await notifications.tick()
  expect(answers()).toMatchObject([
    {
      meeting: MEETING,
      invitee: invitees.police,
      by: 'link',
      answer: 'accepted',
      comment: 'Буду на 10 минут позже.\nСпасибо',
      sequence: 0,
      at: NOON,
    },
    { answer: 'declined', at: NOON + 60_000 },
  ])
  expect(answers()[1]).not.toHaveProperty('comment')
  expect((await rows('trail')).filter(({ what }) => what === 'meeting-answered')).toMatchObject([
    { who: invitees.police, role: 'system', why: 'one-time-link', case_id: mailTo('police').caseId },
    {},
  ])
  expect(said.join('')).not.toMatch(/10 минут/)
})

test('pressed twice at once it is noted once', async () => {
  await send(mailTo('police'))
  const said = { token: tokenOf('police'), answer: 'accepted', comment: 'да', shownAt: STARTS }
  const both = await Promise.all([link('use', said), link('use', said)])
  expect(both.map(({ state }) => state)).toEqual(['done', 'done'])
  expect(await rows('answer')).toHaveLength(1)
})

test.each([
  [-1, 'done'],
  [0, 'late'],
  [1, 'late'],
])('%i ms from its beginning it is %s', async (off, state) => {
  await send(mailTo('police'))
  const token = tokenOf('police')
  clock.set(STARTS + off)
  const answer = await link('use', { token, answer: 'accepted', shownAt: STARTS })
  expect(answer.state).toBe(state)
  // Whoever finds an old letter learns nothing of a meeting.
  expect('meeting' in answer).toBe(state === 'done')
  expect(await rows('answer')).toHaveLength(state === 'done' ? 1 : 0)
})

test('moved: the former link shows the new time, takes no answer about the old one, and ends with the new beginning', async () => {
  await send(mailTo('police'))
  const token = tokenOf('police')
  const later = local('2026-12-08T10:00')
  await send(movedTo('police', later))
  expect(await link('look', { token })).toMatchObject({ state: 'open', meeting: { startsAt: later, was: { startsAt: STARTS } } })
  expect(await link('use', { token, answer: 'accepted', shownAt: STARTS })).toMatchObject({ state: 'open', problem: 'moved' })
  expect(await rows('answer')).toEqual([])
  clock.set(STARTS + 60_000)
  expect(await link('use', { token, answer: 'accepted', shownAt: later })).toMatchObject({ state: 'done' })
  await notifications.tick()
  expect(answers()).toMatchObject([{ sequence: 1 }])
  clock.set(later)
  expect((await link('look', { token })).state).toBe('late')
  expect((await link('look', { token: tokenOf('police') })).state).toBe('late')
})

test('moved to an earlier time: the former link ends earlier too', async () => {
  await send(mailTo('police'))
  const earlier = NOON + 3_600_000
  await send(movedTo('police', earlier))
  clock.set(earlier)
  expect((await link('use', { token: tokenOf('police', 0), answer: 'accepted', shownAt: earlier })).state).toBe('late')
})

test('cancelled: every link of who was told says so, at once and before the mail is out; asked again, a new link works', async () => {
  await send(mailTo('police'), mailTo('clerk'))
  await post('/internal/mails', { ...cancelled('police'), sendAt: NOON + 3_600_000 }, 202, 'meetings')
  const token = tokenOf('police')
  for (const what of ['look', 'use'] as const)
    expect(await link(what, { token, ...(what === 'use' ? { answer: 'accepted' } : {}) })).toMatchObject({
      state: 'revoked',
      over: 'cancelled',
    })
  expect((await link('look', { token: tokenOf('clerk') })).state).toBe('open')
  await send(mailTo('police', { calendar: { ...mailTo('police').calendar!, sequence: 2 } }))
  expect((await link('use', { token: tokenOf('police'), answer: 'tentative' })).state).toBe('done')
  expect((await link('look', { token })).state).toBe('revoked')
})

test('not held and put off: the new date is asked for, and both links take its answer; not held and no date: neither does', async () => {
  await send(mailTo('police'))
  const later = local('2026-12-08T10:00')
  const putOff = { ...movedTo('police', later), kind: 'meeting-not-held' as const }
  clock.set(STARTS - 1)
  await send(putOff)
  expect(mailsOf('police')[1]!.mail.text).toMatch(/Не состоялось и перенесено[^]*08\.12\.2026, 10:00/)
  for (const nth of [0, 1]) {
    const token = tokenOf('police', nth)
    expect(await link('look', { token })).toMatchObject({ state: 'open', meeting: { startsAt: later, was: { startsAt: STARTS } } })
    expect((await link('use', { token, answer: nth ? 'accepted' : 'declined', shownAt: later })).state).toBe('done')
  }
  await send({ ...cancelled('police', 2), kind: 'meeting-not-held' })
  expect(await link('use', { token: tokenOf('police', 1), answer: 'accepted' })).toMatchObject({ state: 'revoked', over: 'not-held' })
  expect(await link('look', { token: tokenOf('police', 1) })).not.toHaveProperty('meeting')
})

test('asked no more: their mail and link say that they need not come, not that the meeting is cancelled; others are asked as before', async () => {
  await send(mailTo('police'), mailTo('school'))
  await send({ ...cancelled('police'), kind: 'meeting-uninvited' })
  const { mail: told } = mailsOf('police').at(-1)!
  expect(told.subject).toMatch(/^Вам не нужно приходить/)
  expect(`${told.text}`).toContain('Само совещание не отменено')
  expect(`${told.subject}${told.text}`).not.toMatch(/[Оо]тменено:|Совещание отменено/)
  expect(await link('use', { token: tokenOf('police', 0), answer: 'accepted' })).toMatchObject({ state: 'revoked', over: 'taken-back' })
  expect(await link('use', { token: tokenOf('school'), answer: 'accepted' })).toMatchObject({ state: 'done' })
})

test('handed over to another organisation, the invitation is of the new one', async () => {
  const before = mailTo('police')
  const organisation = randomUUID()
  await send(before)
  await send({ ...movedTo('police', STARTS + 1), organisation })
  expect(await rows('invitation')).toMatchObject([{ organisation }])
})

test('mail that comes late changes nothing of what is known: an older sequence, a reminder after a cancellation', async () => {
  await send(mailTo('police'))
  await send(cancelled('police', 2))
  await send(movedTo('police', STARTS + 1, 1), mailTo('police', { kind: 'meeting-reminded' }))
  expect((await rows('invitation'))[0]).toMatchObject({ state: 'cancelled', sequence: 2 })
  const answer = await link('use', { token: tokenOf('police', 0), answer: 'accepted' })
  expect(answer).toMatchObject({ state: 'revoked', over: 'cancelled' })
  expect(answer).not.toHaveProperty('meeting')
  expect(await rows('answer')).toEqual([])
})

test('taken back from one or from all', async () => {
  await send(mailTo('police'), mailTo('clerk'), protocolFor('doctor'))
  const revoke = (more: object) => post('/internal/mails/revoke', { meeting: MEETING, ...more }, 200, 'meetings')
  expect(await revoke({ invitee: invitees.police })).toEqual({ links: 1 })
  expect(await link('look', { token: tokenOf('police') })).toMatchObject({ state: 'revoked', over: 'taken-back' })
  expect((await link('look', { token: tokenOf('clerk') })).state).toBe('open')
  expect(await revoke({})).toEqual({ links: 2 })
  for (const one of ['clerk', 'doctor'] as const) expect((await link('look', { token: tokenOf(one) })).state).toBe('revoked')
  expect(await revoke({ meeting: randomUUID() })).toEqual({ links: 0 })
})

test.each([
  [1_000, 'done', undefined],
  [1_001, 'open', 'comment-too-long'],
])('a message of %i signs is %s', async (length, state, problem) => {
  await send(mailTo('police'))
  const answer = await link('use', { token: tokenOf('police'), answer: 'accepted', comment: 'ә'.repeat(length) })
  expect([answer.status, answer.state, answer.problem]).toEqual([200, state, problem])
  expect(await rows('answer')).toHaveLength(problem ? 0 : 1)
})

test('without an answer it asks for one; words that are no answer are refused', async () => {
  await send(mailTo('police'))
  expect(await link('use', { token: tokenOf('police'), comment: 'приду' })).toMatchObject({ state: 'open', problem: 'choose' })
  expect((await link('use', { token: tokenOf('police'), answer: 'maybe' })).status).toBe(400)
  expect(await link('use', { token: 'A'.repeat(43), answer: 'accepted' })).toEqual({ status: 200, state: 'unknown' })
})

test('minutes: their receipt is confirmed once, told once and recorded', async () => {
  await send(protocolFor('clerk'))
  const token = tokenOf('clerk')
  expect(mailsOf('clerk')[0]!.mail.subject).toMatch(/хаттамасы/)
  expect(await link('look', { token })).toMatchObject({ state: 'open', purpose: 'mail-receipt' })
  const both = await Promise.all([link('use', { token }), link('use', { token })])
  expect(both.map(({ state }) => state).sort()).toEqual(['done', 'used'])
  await notifications.tick()
  expect(news.filter((one) => one.what === 'state' && one.state === 'confirmed')).toMatchObject([{ invitee: invitees.clerk, at: NOON }])
  expect((await rows('trail')).filter(({ what }) => what === 'mail-confirmed')).toHaveLength(1)
})

test('neither a database nor a log holds a token', async () => {
  await send(mailTo('police'), protocolFor('clerk'))
  const kept = JSON.stringify(await Promise.all(['letter', 'mail', 'link', 'news', 'attempt', 'trail'].map(rows))) + said.join('')
  for (const token of [tokenOf('police'), tokenOf('clerk')]) expect(kept).not.toContain(token)
})
