import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarOf } from '../calendar.ts'
import { dayOf, isWorkingDay, MINUTE } from '../time.ts'
import { unusualTimes } from './unusual-time.ts'

const calendar = { ...calendarOf('kz-2026-1'), workingWeekends: ['2026-12-19'] }
const at = (text: string) => Date.parse(`${text}+05:00`)
const of = (from: string, to: string) => unusualTimes({ startsAt: at(from), endsAt: at(to) }, calendar)

test.each([
  ['2026-12-07T08:00:00', '2026-12-07T20:00:00', []],
  ['2026-12-07T07:59:59', '2026-12-07T09:00:00', [{ what: 'hours', day: '2026-12-07' }]],
  ['2026-12-07T19:00:00', '2026-12-07T20:01:00', [{ what: 'hours', day: '2026-12-07' }]],
  ['2026-12-07T20:00:00', '2026-12-07T21:00:00', [{ what: 'hours', day: '2026-12-07' }]],
  // A Saturday, a holiday on a Wednesday, a Saturday that is worked.
  ['2026-12-12T10:00:00', '2026-12-12T11:00:00', [{ what: 'day-off', day: '2026-12-12' }]],
  ['2026-12-16T10:00:00', '2026-12-16T11:00:00', [{ what: 'day-off', day: '2026-12-16' }]],
  ['2026-12-19T10:00:00', '2026-12-19T11:00:00', []],
  // From a Friday evening into a Saturday; one that ends at midnight is not on the next day.
  [
    '2026-12-11T23:00:00',
    '2026-12-12T01:00:00',
    [
      { what: 'day-off', day: '2026-12-12' },
      { what: 'hours', day: '2026-12-11' },
    ],
  ],
  ['2026-12-11T19:00:00', '2026-12-12T00:00:00', [{ what: 'hours', day: '2026-12-11' }]],
])('%s to %s', (from, to, expected) => {
  expect(of(from, to)).toEqual(expected)
})

test('whatever the time: days that it names are off, and within the hours of working days it names none', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: at('2026-01-01T00:00:00'), max: at('2027-12-01T00:00:00') }),
      fc.integer({ min: 1, max: 720 }),
      (s, m) => {
        const span = { startsAt: s, endsAt: s + m * MINUTE }
        for (const one of unusualTimes(span, calendar))
          if (one.what === 'day-off') expect(isWorkingDay(one.day, calendar)).toBe(false)
          else expect(one.day).toBe(dayOf(s))
      },
    ),
  )
})
