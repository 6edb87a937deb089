import { describe, expect, test } from 'vitest'
import { isOverdue, stepsUntil } from '../../next-step.ts'
import { endOfDay } from '../../time.ts'
import { local, shown, Told } from '../case.fixture.ts'

const due = (told: Told, row = 'contact-home') => told.the(row).dueDay

describe('CP-40: with parents, weekly in the first month, then monthly', () => {
  test('the worked example of 12 November 2026', () => {
    const told = Told.planned('2026-11-12')
    expect(due(told)).toBe('2026-11-19')
    told.visited('2026-11-17')
    expect(due(told)).toBe('2026-11-24')
    for (const day of ['2026-11-24', '2026-12-01', '2026-12-08']) told.visited(day)
    expect(due(told)).toBe('2027-01-08')
    expect(told.closed('contact-home').slice(-4)).toEqual(['kept 2026-11-19', 'kept 2026-11-24', 'kept 2026-12-01', 'kept 2026-12-08'])
  })

  test('due 8 January 2027, monthly: told 11 January, 9 February, 9 March', () => {
    const told = Told.planned('2026-11-12')
    for (const day of ['2026-11-17', '2026-11-24', '2026-12-01', '2026-12-08']) told.visited(day)
    expect(stepsUntil(told.the('contact-home'), local('2027-03-10')).map((step) => shown(step.at))).toEqual([
      '2027-01-11 09:00',
      '2027-02-09 09:00',
      '2027-03-09 09:00',
    ])
  })

  test('weekly: told the first working day after, then every 7 days', () => {
    const told = Told.planned('2026-11-12')
    expect(stepsUntil(told.the('contact-home'), local('2026-12-05')).map((step) => `${shown(step.at)} ${step.whom}`)).toEqual([
      '2026-11-20 09:00 supervisor',
      '2026-11-27 09:00 supervisor',
      '2026-12-04 09:00 supervisor',
    ])
  })

  test('last + 7 days exactly on the day anchor + 1 month is weekly still', () => {
    const told = Told.planned('2026-11-12')
    told.visited('2026-12-05')
    expect(due(told)).toBe('2026-12-12')
    told.visited('2026-12-06')
    expect(due(told)).toBe('2027-01-06')
  })

  test('a visit made by the last second of the due day is kept', () => {
    for (const [at, state] of [
      ['2026-11-19 23:59:59', 'kept 2026-11-19'],
      ['2026-11-20 00:00', 'kept-late 2026-11-19'],
      ['2026-11-20 00:00:01', 'kept-late 2026-11-19'],
    ] as const) {
      const told = Told.planned('2026-11-12')
      told.visited(at)
      expect(told.closed('contact-home').at(-1)).toBe(state)
    }
  })

  test('overdue from 24:00 of the due day on', () => {
    const deadline = Told.planned('2026-11-12').the('contact-home')
    const midnight = endOfDay('2026-11-19')
    expect([midnight - 1000, midnight, midnight + 1000].map((now) => isOverdue(deadline, now))).toEqual([false, true, true])
  })

  test('whole intervals late: due 19 November, visit 10 December, weekly: 3', () => {
    const told = Told.planned('2026-11-12')
    told.visited('2026-12-10')
    expect(told.history().filter((deadline) => deadline.state === 'kept-late')).toMatchObject([
      { dueDay: '2026-11-19', state: 'kept-late', intervalsLate: 3 },
    ])
  })

  test('monthly from 31 January: cut to the month, counted from each visit', () => {
    const told = Told.planned('2026-11-12')
    told.visited('2027-01-31')
    expect(due(told)).toBe('2027-02-28')
  })

  test('monthly over a leap day', () => {
    const told = Told.planned('2026-11-12')
    told.visited('2028-01-31')
    expect(due(told)).toBe('2028-02-29')
  })
})

describe('typed late, withdrawn, older', () => {
  test('counts by its happened day, kept although recorded late', () => {
    const told = Told.planned('2026-11-12')
    told.visited('2026-11-17', '2026-11-25 10:00')
    expect(due(told)).toBe('2026-11-24')
    expect(told.closed('contact-home').at(-1)).toBe('kept 2026-11-19')
  })
  test('an older contact than the last changes nothing', () => {
    const told = Told.planned('2026-11-12')
    told.visited('2026-11-17')
    const before = told.the('contact-home')
    told.visited('2026-11-14', '2026-11-18')
    expect(told.the('contact-home')).toEqual(before)
  })
  test('withdrawn: the period opens again with its old due and key', () => {
    const told = Told.planned('2026-11-12')
    const before = told.the('contact-home')
    const visit = told.visited('2026-11-17')
    told.withdrawn(visit, '2026-11-18')
    expect(told.the('contact-home')).toEqual(before)
  })
  test('CP-48: a visit at which the child was not seen is an attempt', () => {
    const told = Told.planned('2026-11-12')
    told.act('contact-made', { by: 'home-visit', childSeen: false }, '2026-11-13')
    expect(due(told)).toBe('2026-11-17')
  })
  test('a call is no home contact', () => {
    const told = Told.planned('2026-11-12')
    told.called('2026-11-13')
    expect(due(told)).toBe('2026-11-19')
  })
})

describe('CP-45: attempted', () => {
  test('due Friday 27, attempt Monday 23 November: due Wednesday 25', () => {
    const told = Told.planned('2026-11-20')
    expect(due(told)).toBe('2026-11-27')
    told.attempted('2026-11-23')
    expect(due(told)).toBe('2026-11-25')
  })
  test.each([
    ['2026-11-26 12:00', '2026-11-27', undefined], // two working days later is past the due day
    ['2026-11-27 12:00', '2026-11-27', '2026-12-01'],
    ['2026-11-28 12:00', '2026-11-27', '2026-12-01'],
  ])('attempt %s: due %s, try again by %s', (at, dueDay, again) => {
    const told = Told.planned('2026-11-20')
    told.attempted(at)
    expect(told.the('contact-home')).toMatchObject({ dueDay })
    expect(told.the('contact-home').tryAgainBy).toBe(again)
  })
  test('an attempt of before the last contact is past', () => {
    const told = Told.planned('2026-11-20')
    told.visited('2026-11-24')
    told.attempted('2026-11-23')
    expect(due(told)).toBe('2026-12-01')
  })
})

describe('CP-41: extended family', () => {
  test('the worked example of 3 December 2026', () => {
    const told = Told.planned('2026-12-03', 'extended-family')
    expect(due(told)).toBe('2027-01-03')
    told.visited('2027-01-05')
    expect(told.closed('contact-home').at(-1)).toBe('kept-late 2027-01-03')
    expect(due(told)).toBe('2027-02-05')
    told.visited('2027-02-05')
    expect(due(told)).toBe('2027-03-03')
    told.visited('2027-03-01')
    expect(told.rows()).not.toContain('contact-home')
    told.act('next-contact-set', { day: '2027-04-20' }, '2027-03-01 15:00')
    expect(due(told)).toBe('2027-04-20')
    told.visited('2027-04-19')
    expect(told.rows()).not.toContain('contact-home')
  })
  test.each([
    ['2027-02-16', '2027-03-03'], // 15 days before the end of three months
    ['2027-02-17', undefined], // 14 days
    ['2027-02-18', undefined],
  ])('last contact %s: next %s', (last, next) => {
    const told = Told.planned('2026-12-03', 'extended-family')
    told.visited(last)
    expect(told.open().find((deadline) => deadline.row === 'contact-home')?.dueDay).toBe(next)
  })
  test('a relative who is guardian follows CP-41; the supervisor may set CP-40', () => {
    expect(Told.planned('2026-12-03', 'relative-guardian').the('contact-home').rule).toBe('CP-41')
    const told = Told.planned('2026-12-03')
    told.act('placement-recorded', { placement: 'relative-guardian', asParents: true }, '2026-12-04')
    expect(told.the('contact-home')).toMatchObject({ rule: 'CP-40', dueDay: '2026-12-11' })
  })
})
