/** A meeting in time: from its calling to the day when everybody has its protocol. */
import { CURRENT_CALENDAR } from '@tirek/procedure/calendar'
import type { Invitee, MeetingFacts } from '@tirek/procedure/meetings/facts'
import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { World } from '../testing/world.ts'

const local = (text: string) => Date.parse(`${text}+05:00`)
/** Monday; every meeting of these tests is called later than the one before. */
const START = local('2026-11-16T10:00:00')
const ID = (n: number) => `00000000-0000-4000-8000-00000000000${n}`

let world: World
beforeAll(async () => void (world = await World.open(START)))
afterAll(() => world?.close())

const invitee = (n: number, askedAt: number, more: Partial<Invitee> = {}): Invitee => ({
  id: ID(n),
  needed: n === 1,
  askedAt,
  reach: 'mail',
  ...more,
})
const called = (
  since: number,
  startsAt: number,
  invitees: readonly Invitee[],
  more: Partial<MeetingFacts> = {},
): Omit<MeetingFacts, 'version'> => ({
  kind: 'interagency',
  state: 'called',
  calendar: CURRENT_CALENDAR,
  since,
  startsAt,
  endsAt: startsAt + 5_400_000,
  sequence: 0,
  invitees,
  ...more,
})
const taken = ({ steps }: ReturnType<World['newMeeting']>) =>
  steps.map(({ row, takenAt }) => `${new Date(takenAt + 18_000_000).toISOString().slice(0, 16)} ${row}`)

test('the silent are reminded and phoned; moved, all are asked anew; held, its protocol is awaited until everybody has it', async () => {
  const meeting = world.newMeeting()
  const now = await world.now()
  await meeting.told(called(now, local('2026-11-26T15:00:00'), [invitee(1, now), invitee(2, now)]))
  await world.until(local('2026-11-24T12:00:00'))
  expect(taken(meeting)).toEqual(['2026-11-23T09:00 remind-3-days', '2026-11-23T09:00 remind-3-days', '2026-11-24T09:00 quorum'])

  const moved = await world.now()
  const to = local('2026-12-03T15:00:00')
  const answered = { answer: { answer: 'accepted' as const, at: moved } }
  await meeting.told(called(moved, to, [invitee(1, moved, answered), invitee(2, moved)], { sequence: 1 }))
  await world.until(local('2026-12-03T14:00:00'))
  expect(taken(meeting).slice(3)).toEqual(['2026-11-30T09:00 remind-3-days', '2026-12-02T09:00 remind-1-day', '2026-12-02T14:00 phone'])
  expect(await meeting.details()).toContain('| all 2 | 1 | 0 | 0 | 1 | 0 |')
  expect(await meeting.details()).not.toContain(ID(1))

  await world.until(local('2026-12-04T12:00:00'))
  expect(taken(meeting).slice(6)).toEqual(['2026-12-03T16:30 held-asked', '2026-12-04T09:00 held-late'])
  const held = { ...called(moved, to, [], { sequence: 1 }), state: 'held' as const, heldAt: to }
  await meeting.told(held)
  await world.until(local('2026-12-10T12:00:00'))
  expect([taken(meeting).length, await meeting.isOver()]).toEqual([8, false])

  const approvedAt = await world.now()
  const protocol = (state: 'waiting' | 'failed' | 'delivered') => ({
    ...held,
    protocol: { approvedAt, version: 1, recipients: [{ id: ID(1), reach: 'mail' as const, state, since: approvedAt }] },
  })
  await meeting.told(protocol('waiting'))
  expect(await meeting.details()).toContain('Protocol, version 1: 0 of 1 have it, 1 waiting, 0 failed')
  await meeting.told(protocol('failed'))
  await expect.poll(() => taken(meeting).at(-1), { timeout: 10_000 }).toContain('protocol-failed')
  await meeting.told(protocol('delivered'))
  await expect.poll(() => meeting.isOver(), { timeout: 10_000 }).toBe(true)
})

test('a boundary: a second before the reminder nothing, at it and no later it goes; an answer in that second holds it back', async () => {
  const meeting = world.newMeeting()
  const now = await world.now()
  await meeting.told(called(now, local('2026-12-24T15:00:00'), [invitee(1, now), invitee(2, now)]))
  await world.until(local('2026-12-21T08:59:58'))
  expect(taken(meeting)).toEqual([])
  await meeting.told(
    called(now, local('2026-12-24T15:00:00'), [invitee(1, now, { answer: { answer: 'accepted', at: now } }), invitee(2, now)]),
  )
  await world.until(local('2026-12-21T09:00:01'))
  expect(meeting.steps.map(({ row, takenAt, at }) => [row, takenAt - at < 1_000])).toEqual([['remind-3-days', true]])
  await meeting.told({ ...called(now, local('2026-12-24T15:00:00'), []), state: 'cancelled' })
  await expect.poll(() => meeting.isOver(), { timeout: 10_000 }).toBe(true)
})

test('the record away: it is said in the details, and the steps are taken when it is back', async () => {
  const meeting = world.newMeeting()
  const now = await world.now()
  let left = 3
  world.meetings.failures.set(meeting.id, () => (left-- > 0 ? ApplicationFailure.nonRetryable('away', 'RecordAway') : undefined))
  await meeting.told(called(now, local('2027-01-21T15:00:00'), [invitee(1, now, { reach: 'phone', needed: false })]))
  await expect.poll(() => meeting.details(), { timeout: 10_000 }).toContain('In trouble')
  await world.until((await world.now()) + 600_000)
  expect(taken(meeting).map((one) => one.split(' ')[1])).toEqual(['unreachable'])
  expect(await meeting.details()).not.toContain('In trouble')
})

test('many answers: it goes on in new runs and loses nothing', async () => {
  const meeting = world.newMeeting()
  const now = await world.now()
  const startsAt = now + 60 * 86_400_000
  for (let n = 0; n < 60; n++)
    await meeting.told(
      called(now, startsAt, [
        invitee(1, now, { answer: { answer: n % 2 ? 'accepted' : 'tentative', at: now + n } }),
        invitee(2, now, { reach: 'phone' }),
      ]),
    )
  await expect
    .poll(
      async () =>
        (await meeting.workflow().describe()).raw.workflowExecutionInfo?.firstRunId === (await meeting.workflow().describe()).runId,
      { timeout: 10_000 },
    )
    .toBe(false)
  expect(taken(meeting).map((one) => one.split(' ')[1])).toEqual(['unreachable'])
  expect(await meeting.details()).toContain('version 60')
})
