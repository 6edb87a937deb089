/** A referral in time: from its preparation to the day when it is recorded where the child lives. */
import { CURRENT_CALENDAR } from '@tirek/procedure/calendar'
import type { ReferralFacts } from '@tirek/procedure/referrals/facts'
import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { World } from '../testing/world.ts'

const local = (text: string) => Date.parse(`${text}+05:00`)
/** Tuesday; every referral of these tests is prepared later than the one before. */
const START = local('2026-12-01T10:00:00')

let world: World
beforeAll(async () => void (world = await World.open(START)))
afterAll(() => world?.close())

const prepared = (now: number, more: Partial<ReferralFacts> = {}): Omit<ReferralFacts, 'version'> => ({
  body: 'commission',
  state: 'prepared',
  calendar: CURRENT_CALENDAR,
  preparedAt: now,
  since: now,
  sendings: 0,
  answers: 0,
  isNobodySet: false,
  isFollowed: false,
  placement: 'none',
  ...more,
})
const sent = (now: number, dueDay: string, more: Partial<ReferralFacts> = {}) =>
  prepared(now, { state: 'sent', sendings: 1, delivery: { reach: 'mail', state: 'delivered', since: now }, dueDay, ...more })
const taken = ({ steps }: ReturnType<World['newReferral']>) =>
  steps.map(({ row, takenAt }) => `${new Date(takenAt + 18_000_000).toISOString().slice(0, 16)} ${row}`)

test('prepared and forgotten, sent, called about, reminded of, postponed, recommended, gone on from: it ends', async () => {
  const referral = world.newReferral()
  const now = await world.now()
  await referral.told(prepared(now, { isNobodySet: true }))
  await world.until(local('2026-12-03T12:00:00'))
  expect(taken(referral).map((one) => one.split(' ')[1])).toEqual(['no-body-set', 'not-sent'])
  const sentAt = await world.now()
  await referral.told(sent(sentAt, '2026-12-18'))
  expect(await referral.details()).toContain('| 1 | mail delivered | - | 0 | 2026-12-18 | none |')
  await world.until(local('2026-12-17T12:00:00'))
  expect(taken(referral).slice(2)).toEqual([
    '2026-12-08T09:00 receipt-phone',
    '2026-12-14T09:00 remind-sender',
    '2026-12-17T09:00 remind-body',
  ])
  await world.until(local('2026-12-19T00:00:01'))
  const postponed = await world.now()
  const later = { state: 'postponed' as const, answers: 1, answeredBy: 'link' as const, since: postponed }
  await referral.told(sent(sentAt, '2027-01-20', later))
  await world.until(local('2027-01-19T12:00:00'))
  expect(taken(referral).slice(5)).toEqual(['2026-12-19T00:00 answered', '2027-01-15T09:00 remind-sender', '2027-01-19T09:00 remind-body'])
  const answered = { state: 'recommended' as const, answers: 2, answeredBy: 'person' as const, since: await world.now() }
  await referral.told(sent(sentAt, '2027-01-20', answered))
  await world.until(local('2027-01-21T12:00:00'))
  expect(taken(referral).at(-1)).toBe('2027-01-21T09:00 go-on')
  expect(await referral.isOver()).toBe(false)
  await referral.told(sent(sentAt, '2027-01-20', { ...answered, isFollowed: true }))
  await expect.poll(() => referral.isOver(), { timeout: 10_000 }).toBe(true)
})

test('decided: until it is recorded where the child lives somebody is told each working day', async () => {
  const referral = world.newReferral()
  const now = await world.now()
  const decided = {
    state: 'decided' as const,
    body: 'guardianship-body' as const,
    answers: 1,
    answeredBy: 'link' as const,
    placement: 'waiting' as const,
  }
  await referral.told(sent(now, '2027-02-10', decided))
  await world.until(local('2027-01-25T12:00:00'))
  expect(taken(referral).map((one) => one.split(' ')[1])).toEqual(['answered', 'placement-asked', 'placement-late', 'placement-late'])
  await referral.told(sent(now, '2027-02-10', { ...decided, placement: 'recorded' }))
  await expect.poll(() => referral.isOver(), { timeout: 10_000 }).toBe(true)
})

test('a boundary: a second before the reminder nothing, at it and no later it goes; an answer in that second holds it back', async () => {
  const [one, other] = [world.newReferral(), world.newReferral()]
  const now = await world.now()
  const facts = sent(now, '2027-02-10', { state: 'received', receivedAt: now })
  await Promise.all([one.told(facts), other.told(facts)])
  await world.until(local('2027-02-05T08:59:58'))
  expect([taken(one), taken(other)]).toEqual([[], []])
  await other.told({ ...facts, state: 'withdrawn' })
  await world.until(local('2027-02-05T09:00:01'))
  expect(one.steps.map(({ row, takenAt, at }) => [row, takenAt - at < 1_000])).toEqual([['remind-sender', true]])
  expect([taken(other), await other.isOver()]).toEqual([[], true])
  await one.told({ ...facts, state: 'withdrawn' })
})

test('the record away: it is said in the details, and the steps are taken when it is back', async () => {
  const referral = world.newReferral()
  const now = await world.now()
  let left = 3
  world.referrals.failures.set(referral.id, () => (left-- > 0 ? ApplicationFailure.nonRetryable('away', 'RecordAway') : undefined))
  await referral.told(sent(now, '2027-03-20', { delivery: { reach: 'phone', state: 'waiting', since: now } }))
  await expect.poll(() => referral.details(), { timeout: 10_000 }).toContain('In trouble')
  await world.until((await world.now()) + 600_000)
  expect(taken(referral).map((one) => one.split(' ')[1])).toEqual(['not-delivered'])
  expect(await referral.details()).not.toContain('In trouble')
  await referral.told({ ...sent(now, '2027-03-20'), state: 'withdrawn' })
})
