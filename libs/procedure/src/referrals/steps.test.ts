import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarOf, CURRENT_CALENDAR } from '../calendar.ts'
import { DAY, dayOf, endOfDay, HOUR, isWorkingDay } from '../time.ts'
import { isOver, type ReferralFacts, type ReferralState } from './facts.ts'
import { REFERRAL_RULES } from './rows.ts'
import { openReferralSteps, referralStepsOf, referralStepsThatHelp, type ReferralStep } from './steps.ts'

const calendar = calendarOf(CURRENT_CALENDAR)
const at = (text: string) => Date.parse(`${text}+05:00`)
/** Sent on Tuesday, 1 December 2026; awaited until Tuesday, 15 December. Independence Day is Wednesday, 16 December. */
const SENT = at('2026-12-01T11:00:00')
const referral = (more: Partial<ReferralFacts> = {}): ReferralFacts => ({
  version: 3,
  body: 'commission',
  state: 'sent',
  calendar: CURRENT_CALENDAR,
  preparedAt: at('2026-12-01T10:00:00'),
  since: SENT,
  sendings: 1,
  answers: 0,
  isNobodySet: false,
  delivery: { reach: 'mail', state: 'delivered', since: SENT },
  dueDay: '2026-12-15',
  isFollowed: false,
  placement: 'none',
  ...more,
})
const stepsOf = (facts: ReferralFacts) => referralStepsOf(facts, REFERRAL_RULES, calendar)
const short = ({ row, at: instant, whom }: ReferralStep) => `${new Date(instant + 5 * HOUR).toISOString().slice(0, 16)} ${row} ${whom}`
const told = (facts: ReferralFacts) => stepsOf(facts).map(short)
const rows = (facts: ReferralFacts) => [...new Set(stepsOf(facts).map(({ row }) => row))]

test('CP-54: sent and silent: the sender calls for the receipt, is reminded before the day, then the body', () => {
  expect(told(referral())).toEqual([
    '2026-12-04T09:00 receipt-phone case-manager',
    '2026-12-10T09:00 remind-sender case-manager',
    '2026-12-14T09:00 remind-body body',
  ])
  expect(stepsOf(referral())[0]).toEqual({
    key: 'receipt-phone/1.0',
    row: 'receipt-phone',
    at: at('2026-12-04T09:00:00'),
    do: 'tell',
    whom: 'case-manager',
  })
})

test('a confirmed receipt ends the call, an answer ends the reminders; nothing tells that the day has passed: the case does', () => {
  const received = referral({ state: 'received', receivedAt: SENT + HOUR, since: SENT + HOUR, answers: 1 })
  expect(rows(received)).toEqual(['remind-sender', 'remind-body'])
  expect(rows(referral({ state: 'recommended' }))).toEqual(['go-on', 'go-on-late'])
  expect(Math.max(...stepsOf(referral()).map((one) => one.at))).toBeLessThan(endOfDay('2026-12-15'))
})

test('prepared: not sent in two working days, then the supervisor on five mornings and weekly without end', () => {
  const facts = referral({ state: 'prepared', sendings: 0, delivery: undefined as never })
  delete (facts as { delivery?: unknown }).delivery
  expect(told(facts).slice(0, 3)).toEqual([
    '2026-12-03T09:00 not-sent case-manager',
    '2026-12-08T09:00 not-sent-late supervisor',
    '2026-12-09T09:00 not-sent-late supervisor',
  ])
  const late = told(facts).filter((one) => one.includes('not-sent-late'))
  // 16 December 2026 is a holiday, and the year after next there is still a Monday on which it is told.
  expect(late.slice(4, 8)).toEqual([
    '2026-12-14T09:00 not-sent-late supervisor',
    '2026-12-21T09:00 not-sent-late supervisor',
    '2026-12-28T09:00 not-sent-late supervisor',
    '2027-01-05T09:00 not-sent-late supervisor',
  ])
  expect(late.some((one) => one.startsWith('2028-11-'))).toBe(true)
})

test('CP-56: no commission set: the supervisor is told at once', () => {
  const facts = referral({ state: 'prepared', sendings: 0, isNobodySet: true })
  expect(stepsOf(facts)[0]).toMatchObject({ key: 'no-body-set/0.0', whom: 'supervisor', at: facts.preparedAt })
  expect(rows(referral({ state: 'prepared', sendings: 0 }))).not.toContain('no-body-set')
})

test('a packet that did not arrive, and a body without an address, are a task at once; nobody writes to it', () => {
  const failed = referral({ delivery: { reach: 'mail', state: 'failed', since: SENT + HOUR } })
  expect(told(failed)[0]).toBe('2026-12-01T12:00 not-delivered case-manager')
  expect(rows(failed)).toEqual(['not-delivered', 'not-delivered-late', 'remind-sender'])
  expect(told(failed).filter((one) => one.includes('not-delivered-late'))[0]).toBe('2026-12-03T09:00 not-delivered-late supervisor')
  expect(rows(referral({ delivery: { reach: 'phone', state: 'waiting', since: SENT } }))).toEqual([
    'not-delivered',
    'not-delivered-late',
    'remind-sender',
  ])
  expect(rows(referral({ delivery: { reach: 'paper', state: 'delivered', since: SENT } }))).toEqual(['receipt-phone', 'remind-sender'])
})

test('more is asked for: whoever leads the case at once, three working days later the supervisor; the body is not reminded meanwhile', () => {
  expect(told(referral({ state: 'more-asked-for', answers: 1, since: at('2026-12-11T16:00:00') })).slice(0, 3)).toEqual([
    '2026-12-11T16:00 more-asked case-manager',
    '2026-12-17T09:00 more-late supervisor',
    '2026-12-18T09:00 more-late supervisor',
  ])
})

test('postponed: reminders go by the new day; an answer by link is told', () => {
  const facts = referral({ state: 'postponed', answers: 2, answeredBy: 'link', since: at('2026-12-14T15:00:00'), dueDay: '2027-01-20' })
  expect(told(facts)).toEqual([
    '2026-12-14T15:00 answered case-manager',
    '2027-01-15T09:00 remind-sender case-manager',
    '2027-01-19T09:00 remind-body body',
  ])
  expect(rows({ ...facts, answeredBy: 'person' })).toEqual(['remind-sender', 'remind-body'])
})

test('a reminder before the day, one second before, at and after its time: the body is left alone for a day, the sender is not told at once', () => {
  const sent = (since: number) => rows(referral({ since })).filter((row) => row.startsWith('remind'))
  const [sender, body] = [at('2026-12-10T09:00:00'), at('2026-12-14T09:00:00')]
  expect(sent(sender - 1)).toEqual(['remind-sender', 'remind-body'])
  expect(sent(sender)).toEqual(['remind-body'])
  expect(sent(body - DAY)).toEqual(['remind-body'])
  expect(sent(body - DAY + 1)).toEqual([])
  expect(sent(body - DAY - 1)).toEqual(['remind-body'])
})

test('CP-57: recommended and returned wait until somebody goes on, decided until it is recorded where the child lives', () => {
  for (const state of ['recommended', 'returned'] as const) {
    const facts = referral({ state, since: at('2026-12-15T17:00:00') })
    expect(told(facts)[0]).toBe('2026-12-18T09:00 go-on case-manager')
    expect(told(facts)[1]).toBe('2026-12-23T09:00 go-on-late supervisor')
    expect(isOver(facts)).toBe(false)
    expect([isOver({ ...facts, isFollowed: true }), told({ ...facts, isFollowed: true })]).toEqual([true, []])
  }
  const decided = referral({ state: 'decided', since: at('2026-12-15T17:00:00'), placement: 'waiting' })
  expect(told(decided).slice(0, 2)).toEqual(['2026-12-15T17:00 placement-asked case-manager', '2026-12-17T09:00 placement-late supervisor'])
  expect(isOver({ ...decided, placement: 'recorded' })).toBe(true)
  expect(isOver({ ...decided, placement: 'none' })).toBe(true)
  expect(told(referral({ state: 'withdrawn' }))).toEqual([])
})

test('CP-54: decided by its link, with nothing to record of where the child lives: it waits until somebody says that they saw it', () => {
  const unseen = referral({ state: 'decided', answeredBy: 'link', answers: 1, since: at('2026-12-15T17:00:00') })
  expect(told(unseen).slice(0, 3)).toEqual([
    '2026-12-15T17:00 answered case-manager',
    '2026-12-18T09:00 go-on case-manager',
    '2026-12-23T09:00 go-on-late supervisor',
  ])
  expect(isOver(unseen)).toBe(false)
  for (const seen of [{ isFollowed: true }, { answeredBy: 'person' }, { placement: 'recorded' }] as const)
    expect([isOver({ ...unseen, ...seen }), told({ ...unseen, ...seen })]).toEqual([true, []])
})

test('rows that a running workflow did not begin with are left out, and nothing breaks', () => {
  const { 'not-delivered-late': _, ...rows } = REFERRAL_RULES.rows
  const failed = referral({ delivery: { reach: 'mail', state: 'failed', since: SENT + HOUR } })
  const known = referralStepsOf(failed, { ...REFERRAL_RULES, rows } as never, calendar)
  expect(known.map(({ row }) => row)).toEqual(['not-delivered', 'remind-sender'])
})

test('what was held up: the last of one row is enough, and no reminder comes when the day has passed', () => {
  const all = stepsOf(referral())
  const lastInstant = endOfDay('2026-12-15')
  const helps = (now: number) =>
    referralStepsThatHelp(
      all.filter((one) => one.at <= now),
      referral(),
      REFERRAL_RULES,
      now,
    ).map(({ row }) => row)
  expect(helps(lastInstant - 1)).toEqual(['receipt-phone', 'remind-sender', 'remind-body'])
  expect(helps(lastInstant)).toEqual(['receipt-phone'])
  const late = referral({ state: 'recommended', since: SENT })
  const due = stepsOf(late).filter((one) => one.at <= at('2026-12-11T10:00:00'))
  expect(due.map(({ key }) => key)).toEqual(['go-on/1.0', 'go-on-late/1.0/1', 'go-on-late/1.0/2', 'go-on-late/1.0/3', 'go-on-late/1.0/4'])
  expect(referralStepsThatHelp(due, late, REFERRAL_RULES, at('2026-12-11T10:00:00')).map(({ key }) => key)).toEqual([
    'go-on/1.0',
    'go-on-late/1.0/4',
  ])
})

const facts: fc.Arbitrary<ReferralFacts> = fc
  .record({
    state: fc.constantFrom<ReferralState[]>(
      'prepared',
      'sent',
      'received',
      'more-asked-for',
      'postponed',
      'recommended',
      'returned',
      'decided',
      'withdrawn',
    ),
    from: fc.integer({ min: 0, max: 400 * 24 }),
    late: fc.integer({ min: 0, max: 60 * 24 }),
    due: fc.option(fc.integer({ min: 0, max: 90 })),
    sendings: fc.nat(4),
    answers: fc.nat(4),
    reach: fc.constantFrom('mail', 'paper', 'phone'),
    delivery: fc.constantFrom('waiting', 'delivered', 'failed'),
    by: fc.option(fc.constantFrom('link', 'person')),
    isFollowed: fc.boolean(),
    isNobodySet: fc.boolean(),
    placement: fc.constantFrom('none', 'waiting', 'recorded'),
  })
  .map(({ from, late, due, reach, delivery, by, ...one }) => {
    const preparedAt = at('2026-01-05T00:00:00') + from * HOUR
    const since = preparedAt + late * HOUR
    return {
      ...one,
      version: 1,
      body: 'commission',
      calendar: CURRENT_CALENDAR,
      preparedAt,
      since,
      delivery: { reach, state: delivery, since },
      ...(by !== null && { answeredBy: by }),
      ...(due !== null && { dueDay: dayOf(since + due * DAY) }),
    }
  })

test('whatever the facts: each key once, nothing before its cause, what is not at once at 09:00 of a working day', () =>
  fc.assert(
    fc.property(facts, (one) => {
      const steps = stepsOf(one)
      expect(new Set(steps.map(({ key }) => key)).size).toBe(steps.length)
      for (const { row, at: instant } of steps) {
        expect(instant).toBeGreaterThanOrEqual(one.preparedAt)
        if (REFERRAL_RULES.rows[row].when.kind === 'at-once') continue
        expect((instant + 5 * HOUR) % DAY).toBe(9 * HOUR)
        expect(isWorkingDay(dayOf(instant), calendar)).toBe(true)
      }
      const taken = new Set(steps.map(({ key }) => key))
      expect(openReferralSteps(one, REFERRAL_RULES, calendar, taken)).toEqual([])
      expect(isOver(one) ? steps : []).toEqual([])
    }),
  ))
