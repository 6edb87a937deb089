import { isWorkingDay, type Day } from '@tirek/procedure/time'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differences, standingOf, toggled, weeksOf } from './calendar-year.ts'

const none = { holidays: [], workingWeekends: [] }
const days = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

test('a weekday becomes a holiday, a weekend a day of work, and each is itself again by a second press', () => {
  expect(standingOf('2026-12-16', toggled('2026-12-16', none))).toBe('holiday')
  expect(standingOf('2026-12-19', none)).toBe('off')
  expect(standingOf('2026-12-19', toggled('2026-12-19', none))).toBe('moved')
  // A holiday that falls on a Sunday.
  const sunday = { holidays: ['2026-08-30'], workingWeekends: [] }
  expect(standingOf('2026-08-30', sunday)).toBe('holiday')
  expect(standingOf('2026-08-30', toggled('2026-08-30', sunday))).toBe('off')
  fc.assert(
    fc.property(days, (day) => {
      expect(toggled(day, toggled(day, none))).toEqual(none)
    }),
  )
})

test('what is drawn as work is what the procedure counts as work', () => {
  fc.assert(
    fc.property(fc.array(days, { maxLength: 12 }), days, (pressed, day) => {
      const made = pressed.reduce(
        (calendar, one) => toggled(one, calendar),
        none as { holidays: readonly Day[]; workingWeekends: readonly Day[] },
      )
      expect(['work', 'moved'].includes(standingOf(day, made))).toBe(isWorkingDay(day, { version: 'test', ...made }))
    }),
  )
})

test('differences name each changed day once; a month has its days in their places', () => {
  expect(differences(none, toggled('2026-12-19', toggled('2026-12-16', none)))).toEqual(['2026-12-16', '2026-12-19'])
  const december = weeksOf(2026, 11)
  expect(december[0]).toEqual([undefined, '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-05', '2026-12-06'])
  expect(december.flat().filter(Boolean)).toHaveLength(31)
  expect(weeksOf(2028, 1).flat().filter(Boolean)).toHaveLength(29)
})
