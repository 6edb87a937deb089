import fc from 'fast-check'
import { startOfDay } from '@tirek/procedure/time'
import { expect, test } from 'vitest'
import { forecastOf, weekEnds, type OpenTerm } from './forecast.ts'

/** A Thursday in Almaty. */
const NOW = Date.parse('2026-11-26T12:00:00+05:00')
const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
const term = (row: string, day: string | null, from = '2026-11-19', manager = 'a'): OpenTerm => ({
  manager,
  row,
  from_at: startOfDay(from),
  due: day === null ? null : startOfDay(dayAfter(day)),
  due_day: day,
})
const weeksOf = (terms: OpenTerm[], now = NOW) => forecastOf(terms, now).get('a')!

test('weeks end on Sundays: on a Sunday the first one is that day', () => {
  expect(weekEnds(NOW)).toEqual(['2026-11-29', '2026-12-06', '2026-12-13', '2026-12-20'])
  expect(weekEnds(Date.parse('2026-11-29T23:59:59.999+05:00'))[0]).toBe('2026-11-29')
  expect(weekEnds(Date.parse('2026-11-30T00:00:00+05:00'))[0]).toBe('2026-12-06')
})

test.each([
  ['yesterday', '2026-11-25', { overdue: 1, in: [0, 0, 0, 0] }],
  ['today', '2026-11-26', { overdue: 0, in: [1, 0, 0, 0] }],
  ['the Sunday of this week', '2026-11-29', { overdue: 0, in: [1, 0, 0, 0] }],
  ['the Monday after', '2026-11-30', { overdue: 0, in: [0, 1, 0, 0] }],
  ['the last Sunday', '2026-12-20', { overdue: 0, in: [0, 0, 0, 1] }],
  ['the day after it', '2026-12-21', { overdue: 0, in: [0, 0, 0, 0] }],
])('a review due %s', (_, day, expected) => {
  const { overdue, weeks } = weeksOf([term('review', day)])
  expect({ overdue, in: weeks.map(({ reviews }) => reviews) }).toEqual(expected)
})

test('a term of a day is late from 24:00 on, to the millisecond; an instant is late after itself', () => {
  const end = startOfDay('2026-11-26')
  expect([-1, 0].map((ms) => weeksOf([term('assessment', '2026-11-25')], end + ms).overdue)).toEqual([0, 1])
  const hour: OpenTerm = { manager: 'a', row: 'urgent-measures', from_at: NOW - 3_600_000, due: NOW, due_day: null }
  expect([0, 1].map((ms) => weeksOf([hour], NOW + ms).overdue)).toEqual([0, 1])
})

test('contacts come again by their present period, one that is overdue from today on; what does not repeat stands once', () => {
  // Weekly, next on Saturday the 28th.
  expect(weeksOf([term('contact-home', '2026-11-28', '2026-11-21')]).weeks.map(({ contacts }) => contacts)).toEqual([1, 1, 1, 1])
  // Monthly: once.
  expect(weeksOf([term('contact-phone', '2026-12-10', '2026-11-10')]).weeks.map(({ contacts }) => contacts)).toEqual([0, 0, 1, 0])
  const late = weeksOf([term('contact-home', '2026-11-24', '2026-11-17')])
  expect(late.overdue).toBe(1)
  expect(late.weeks.map(({ contacts }) => contacts)).toEqual([0, 1, 1, 1])
  // A period of no days cannot be carried on.
  expect(weeksOf([term('contact-home', '2026-11-27', '2026-11-27')]).weeks.map(({ contacts }) => contacts)).toEqual([1, 0, 0, 0])
  expect(weeksOf([term('primary-assessment', '2026-11-27')]).weeks[0]).toEqual({ contacts: 0, reviews: 0, assessments: 1, others: 0 })
})

test('a term that waits for another day is counted nowhere, and its worker is there', () => {
  expect(weeksOf([term('measure', null)])).toEqual({
    overdue: 0,
    weeks: Array.from({ length: 4 }, () => ({ contacts: 0, reviews: 0, assessments: 0, others: 0 })),
  })
})

test('whatever stands in the record: the forecast ends, each term is overdue, in a week, or beyond', () => {
  const day = fc.integer({ min: -60, max: 60 }).map((n) => new Date(Date.parse('2026-11-26') + n * 86_400_000).toISOString().slice(0, 10))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('contact-home', 'review', 'measure', 'unknown-row'), day, day)), (rows) => {
      const terms = rows.map(([row, due, from]) => term(row, due, from))
      const found = forecastOf(terms, NOW).get('a')
      const single = terms.filter(({ row }) => row !== 'contact-home')
      const once = found ? found.weeks.reduce((sum, { reviews, assessments, others }) => sum + reviews + assessments + others, 0) : 0
      expect(once).toBe(single.filter(({ due_day: due }) => due! >= '2026-11-26' && due! <= '2026-12-20').length)
      expect(found?.overdue ?? 0).toBe(terms.filter(({ due_day: due }) => due! < '2026-11-26').length)
    }),
  )
})
