import { describe, expect, test } from 'vitest'
import { calendarOf, CALENDARS, CURRENT_CALENDAR, UNCONFIRMED } from './calendar.ts'
import {
  addDays,
  addLength,
  addMonths,
  addWorkingDays,
  at0900,
  dayNumber,
  dayOf,
  daysBetween,
  endOfDay,
  isWeekend,
  isWorkingDay,
  minuteOfDay,
  monthsBetween,
  noticeAt,
  noticeDay,
  passedAt,
  startOfDay,
} from './time.ts'

const calendar = calendarOf(CURRENT_CALENDAR)
const utc = (text: string) => Date.parse(text)

describe('days of Asia/Almaty', () => {
  test('UTC+5 now: the day begins at 19:00 UTC', () => {
    expect(startOfDay('2026-11-24')).toBe(utc('2026-11-23T19:00:00Z'))
    expect(dayOf(utc('2026-11-23T18:59:59.999Z'))).toBe('2026-11-23')
    expect(dayOf(utc('2026-11-23T19:00:00Z'))).toBe('2026-11-24')
  })

  test('UTC+6 before 1 March 2024', () => {
    expect(startOfDay('2024-02-28')).toBe(utc('2024-02-27T18:00:00Z'))
    expect(dayOf(utc('2024-02-28T17:59:59.999Z'))).toBe('2024-02-28')
    expect(dayOf(utc('2024-02-28T18:00:00Z'))).toBe('2024-02-29')
  })

  test('29 February 2024 had 25 hours: the clocks went back at its end', () => {
    expect(startOfDay('2024-02-29')).toBe(utc('2024-02-28T18:00:00Z'))
    expect(endOfDay('2024-02-29')).toBe(utc('2024-02-29T19:00:00Z'))
    expect(dayOf(utc('2024-02-29T17:59:59Z'))).toBe('2024-02-29')
    expect(dayOf(utc('2024-02-29T18:59:59Z'))).toBe('2024-02-29')
    expect(dayOf(utc('2024-02-29T19:00:00Z'))).toBe('2024-03-01')
    expect(minuteOfDay(utc('2024-02-29T18:30:00Z'))).toBe(23 * 60 + 30)
  })

  test('24:00 of a day is 00:00 of the next, 09:00 is 04:00 UTC', () => {
    expect(endOfDay('2026-12-31')).toBe(startOfDay('2027-01-01'))
    expect(at0900('2026-11-24')).toBe(utc('2026-11-24T04:00:00Z'))
    expect(minuteOfDay(at0900('2026-11-24'))).toBe(540)
  })
})

test('days agree with the calendar of the machine, for two hundred years', () => {
  for (let n = -30_000; n < 50_000; n++) {
    const day = new Date(n * 86_400_000).toISOString().slice(0, 10)
    if (addDays('1970-01-01', n) !== day || dayNumber(day) !== n) throw new Error(day)
  }
  for (let n = -600; n < 1200; n++) expect(addMonths('1970-01-01', n)).toBe(new Date(Date.UTC(1970, n, 1)).toISOString().slice(0, 10))
})

describe('months', () => {
  test('monthly from 31 January is cut to the month, each counted from the event', () => {
    expect([1, 2, 3].map((n) => addMonths('2026-01-31', n))).toEqual(['2026-02-28', '2026-03-31', '2026-04-30'])
  })
  test('a leap year has 29 February', () => {
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29')
    expect(addMonths('2028-02-29', 12)).toBe('2029-02-28')
  })
  test('six months from 31 August: 28 February', () => expect(addMonths('2026-08-31', 6)).toBe('2027-02-28'))
  test('over the turn of the year and back', () => {
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28')
    expect(addMonths('2027-03-31', -1)).toBe('2027-02-28')
  })
  test('whole months between two days', () => {
    expect(monthsBetween('2026-11-19', '2026-12-18')).toBe(0)
    expect(monthsBetween('2026-11-19', '2026-12-19')).toBe(1)
    expect(monthsBetween('2026-01-31', '2026-02-28')).toBe(1)
  })
})

describe('working days', () => {
  test('from Monday 14 December 2026, 3 working days: Friday 18 December', () => {
    expect(addWorkingDays('2026-12-14', 3, calendar)).toBe('2026-12-18')
  })
  test('10 working days from 10 December 2026: 25 December, day 7: 22 December', () => {
    expect(addWorkingDays('2026-12-10', 10, calendar)).toBe('2026-12-25')
    expect(addWorkingDays('2026-12-10', 7, calendar)).toBe('2026-12-22')
  })
  test('an event on a day off counts from that day', () => expect(addWorkingDays('2026-11-28', 1, calendar)).toBe('2026-11-30'))
  test('backwards', () => expect(addWorkingDays('2026-12-18', -1, calendar)).toBe('2026-12-17'))
  test('a weekend day declared a working day counts', () => {
    const moved = { ...calendar, version: 'test', holidays: [...calendar.holidays, '2026-11-27'], workingWeekends: ['2026-11-28'] }
    expect(isWorkingDay('2026-11-28', moved)).toBe(true)
    expect(addWorkingDays('2026-11-26', 1, moved)).toBe('2026-11-28')
  })
  test('notice: the day itself, or the working day before', () => {
    expect(noticeDay('2026-11-27', calendar)).toBe('2026-11-27')
    expect(noticeDay('2026-11-28', calendar)).toBe('2026-11-27')
    expect(noticeDay('2027-03-24', calendar)).toBe('2027-03-19')
    expect(noticeAt('2026-11-29', calendar)).toBe(at0900('2026-11-27'))
  })
  test('passed: 09:00 of the first working day after the due day', () => {
    expect(passedAt('2026-11-27', calendar)).toBe(at0900('2026-11-30'))
    expect(passedAt('2026-11-26', calendar)).toBe(at0900('2026-11-27'))
  })
  test('a calendar term that ends on a day off stays there', () =>
    expect(addLength('2026-11-21', { weeks: 1 }, calendar)).toBe('2026-11-28'))
  test('minutes have no day', () => expect(() => addLength('2026-11-21', { minutes: 60 }, calendar)).toThrow(RangeError))
})

describe('the calendar of Kazakhstan', () => {
  // oxfmt-ignore
  const off2026 = ['2026-01-01', '2026-01-02', '2026-01-07', '2026-03-09', '2026-03-23', '2026-03-24', '2026-03-25', '2026-05-01', '2026-05-07', '2026-05-11', '2026-05-27', '2026-07-06', '2026-08-31', '2026-10-26', '2026-12-16']
  // oxfmt-ignore
  const off2027 = ['2027-01-01', '2027-01-04', '2027-01-07', '2027-03-08', '2027-03-22', '2027-03-23', '2027-03-24', '2027-05-03', '2027-05-07', '2027-05-10', '2027-07-06', '2027-08-30', '2027-10-25', '2027-12-16']
  const weekdaysOff = (year: number) => {
    const off: string[] = []
    for (let day = `${year}-01-01`; day < `${year + 1}-01-01`; day = addDays(day, 1))
      if (!isWeekend(day) && !isWorkingDay(day, calendar)) off.push(day)
    return off
  }
  test('2026: exactly the weekdays off of the published list', () => expect(weekdaysOff(2026)).toEqual(off2026))
  test('2027: the holidays and the days they move', () => expect(weekdaysOff(2027)).toEqual(off2027))
  test('2026 has 246 working days', () => {
    const all = Array.from({ length: daysBetween('2026-01-01', '2027-01-01') }, (_, n) => addDays('2026-01-01', n))
    expect(all.filter((day) => isWorkingDay(day, calendar))).toHaveLength(246)
  })
  test('every fixed holiday is off in every year', () => {
    const fixed = [
      '01-01',
      '01-02',
      '01-07',
      '03-08',
      '03-21',
      '03-22',
      '03-23',
      '05-01',
      '05-07',
      '05-09',
      '07-06',
      '08-30',
      '10-25',
      '12-16',
    ]
    for (const year of [2024, 2025, 2026, 2027, 2028]) for (const day of fixed) expect(calendar.holidays).toContain(`${year}-${day}`)
  })
  test('each year says what could not be confirmed', () => {
    expect(Object.keys(UNCONFIRMED)).toEqual(['2024', '2025', '2026', '2027', '2028'])
    expect(UNCONFIRMED[2027]!.map(({ en }) => en).join()).toContain('Kurban')
  })
  test('each version knows its name; an unknown one throws', () => {
    for (const [name, one] of Object.entries(CALENDARS)) expect(one.version).toBe(name)
    expect(() => calendarOf('none')).toThrow(RangeError)
  })
})
