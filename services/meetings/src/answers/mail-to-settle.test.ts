/** Mail that nobody could match: who reads it, and what a person makes of it, once. */
import { UNMATCHED_REASONS } from '@tirek/contract/forms/meeting-codes'
import type { MeetingPage } from '@tirek/contract/meetings'
import { HOUR } from '@tirek/procedure/time'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { MeetingsWorld } from '../meetings.fixture.ts'

let world: MeetingsWorld
let file: { id: string; number: string }
let meeting: MeetingPage
beforeAll(async () => {
  world = await MeetingsWorld.open()
})
afterAll(() => world?.close())
beforeEach(async () => {
  world.goOn()
  world.notificationsStatus = 202
  world.unmatched.length = 0
  file = await world.caseWithPlan()
  meeting = await world.call(file.id)
  world.clock.set(world.clock.now() + HOUR)
})

/** It came in now. */
async function came(reason: keyof typeof UNMATCHED_REASONS, said: object = {}): Promise<string> {
  const id = randomUUID()
  const at = world.clock.now()
  world.unmatched.unshift({ id, at, reason, bytes: 900, meeting: meeting.id, caseId: file.id, ...said })
  await world.news({ what: 'unmatched', key: `unmatched/${id}`, meeting: meeting.id, reason, at })
  return id
}
const list = (login: string) => world.ask(login, 'GET', `/api/meetings/${meeting.id}/mail`)
const code = async (act: 'mail-answered' | 'mail-set-aside', form: object, login = 'aigul') => {
  const { status, body } = await world.tryAct(meeting, act, form, login)
  return status === 200 ? 'done' : `${status} ${body.errors?.[0]?.code ?? body.code}`
}

test('every kind of it is there with what it says, for who leads the case and who supervises; others see that it came, or nothing', async () => {
  const ofMeetings = (Object.keys(UNMATCHED_REASONS) as (keyof typeof UNMATCHED_REASONS)[]).filter(
    (reason) => reason !== 'no-meeting' && reason !== 'of-referral',
  )
  for (const reason of ofMeetings) await came(reason, { from: `${reason}@secret.example`, comment: 'Тайное слово' })
  for (const login of ['aigul', 'saule']) {
    const { status, body } = await list(login)
    expect([status, body.items.length]).toEqual([200, ofMeetings.length])
    expect(body.items[0]).toMatchObject({ reason: 'too-big', from: 'too-big@secret.example', comment: 'Тайное слово' })
  }
  await world.actOnCase('aigul', file.id, 'participant-invited', { person: world.id('dana'), parts: ['meetings'], reason: 'Помогает' })
  expect((await list('dana')).status).toBe(403)
  const page = await world.page(meeting, 'dana')
  expect(page.unmatched).toHaveLength(ofMeetings.length)
  expect(JSON.stringify(page)).not.toMatch(/secret|Тайное/)
  expect([(await list('nurlan')).status, (await list('astana')).status, (await list('erlan')).status]).toEqual([403, 404, 404])
  expect(
    await world.rows(`SELECT who, outcome FROM meetings.trail WHERE what = 'read-unmatched-mail' AND case_id = $1 ORDER BY seq`, [file.id]),
  ).toEqual(
    ['aigul', 'saule', 'dana', 'nurlan', 'astana', 'erlan'].map((login, n) => ({
      who: world.id(login),
      outcome: n < 2 ? 'done' : 'refused',
    })),
  )
  world.notificationsStatus = 503
  expect((await list('aigul')).body.code).toBe('unavailable')
})

test('it is an answer: written down with its source and who read it, as given when it came in; what was said after it counts before it', async () => {
  const declined = await came('forged', { comment: 'Не смогу' })
  const mailAt = world.clock.now()
  const [first, second] = meeting.invitees
  world.clock.set(mailAt + HOUR)
  expect(await code('mail-answered', { mail: declined, invitee: first!.id, answer: 'declined', comment: 'Не смогу' })).toBe('done')
  const page = await world.page(meeting)
  expect(page.invitees[0]).toMatchObject({ standing: 'declined', answer: { by: 'mail', at: mailAt, comment: 'Не смогу' } })
  expect(page.unmatched).toMatchObject([{ reason: 'forged', settled: 'answer' }])
  expect(page.allowedActs).not.toContain('mail-answered')
  expect(await world.rows('SELECT by, recorded_by, at FROM meetings.answer WHERE meeting = $1', [meeting.id])).toEqual([
    { by: 'mail', recorded_by: world.id('aigul'), at: mailAt },
  ])
  expect((await list('saule')).body.items[0].settled).toEqual({ as: 'answer', by: world.id('aigul'), at: mailAt + HOUR })
  expect(await world.rows(`SELECT who FROM meetings.trail WHERE what = 'meeting-mail-answered' AND case_id = $1`, [file.id])).toEqual([
    { who: world.id('aigul') },
  ])
  // The second one has answered by link since: an older mail changes nothing of it.
  const older = await came('not-invited')
  world.clock.set(world.clock.now() + HOUR)
  await world.answer(meeting, 1, 'accepted', { by: 'link', sequence: 0 })
  expect(await code('mail-answered', { mail: older, invitee: second!.id, answer: 'declined' })).toBe('done')
  expect((await world.page(meeting)).invitees[1]!.answer!.by).toBe('link')
})

test('each once: whoever comes second is told; one of another meeting, or of nobody invited, is none of this one', async () => {
  const mail = await came('countered')
  const invitee = meeting.invitees[0]!.id
  expect((await world.page(meeting)).allowedActs).toEqual(expect.arrayContaining(['mail-answered', 'mail-set-aside']))
  const both = await Promise.all([code('mail-set-aside', { mail }), code('mail-answered', { mail, invitee, answer: 'accepted' }, 'saule')])
  expect(both.toSorted()).toEqual(['400 mail-not-open', 'done'])
  const other = await came('late')
  expect(await code('mail-answered', { mail: other, invitee: randomUUID(), answer: 'accepted' })).toBe('400 not-of-meeting')
  expect(await code('mail-set-aside', { mail: randomUUID() })).toBe('400 mail-not-open')
  meeting = await world.call(file.id)
  expect(await code('mail-set-aside', { mail: other })).toBe('400 mail-not-open')
})

test('it came before everybody was asked anew: it is no answer to the time of now, and stays open', async () => {
  const mail = await came('unreadable')
  world.clock.set(world.clock.now() + 1)
  await world.act(meeting, 'moved', { startsAt: world.when(17, '15:00'), endsAt: world.when(17, '16:00'), place: 'Зал', reason: 'Ремонт' })
  const form = { mail, invitee: meeting.invitees[0]!.id, answer: 'accepted' }
  expect(await code('mail-answered', form)).toBe('400 mail-of-before')
  expect((await world.page(meeting)).unmatched).toEqual([{ reason: 'unreadable', at: expect.any(Number) }])
  // Set aside also when the meeting is over, where an answer is none any more.
  await world.act(meeting, 'cancelled', { reason: 'Семья переехала' })
  expect(await code('mail-answered', form)).toBe('409 meeting-state')
  expect(await code('mail-set-aside', { mail })).toBe('done')
})
