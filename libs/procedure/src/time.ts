/**
 * How time is counted, for every programme. Pure: no machine clock, no `Intl`.
 *
 * A day is a calendar day in Asia/Almaty: UTC+6 before 1 March 2024, UTC+5 from then on (the clocks went back from
 * 24:00 on 29 February 2024, so that day had 25 hours).
 */
import type { Calendar } from './calendar.ts'

/** Milliseconds since 1970, UTC. */
export type Instant = number

/** A calendar day in Asia/Almaty, `YYYY-MM-DD`. */
export type Day = string

/** A length of a term, as plain data: rule rows travel to the workflow as JSON. */
export type Length = { minutes: number } | { workingDays: number } | { days: number } | { weeks: number } | { months: number }

export const minutes = (n: number) => ({ minutes: n })
export const days = (n: number) => ({ days: n })
export const weeks = (n: number) => ({ weeks: n })
export const months = (n: number) => ({ months: n })
export const workingDays = (n: number) => ({ workingDays: n })

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const CLOCKS_WENT_BACK: Instant = Date.UTC(2024, 1, 29, 18)
const NINE_O_CLOCK = 9 * HOUR

const offsetAt = (instant: Instant) => (instant < CLOCKS_WENT_BACK ? 6 * HOUR : 5 * HOUR)

// Whole-number arithmetic of the Gregorian calendar, counted in eras of 400 years from 1 March: every deadline of every case
// goes through here, and `Date` is ten times slower.
const DAYS_OF_ERA = 146_097
const DAYS_TO_1970 = 719_468

const numberOf = (year: number, month: number, date: number): number => {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  return era * DAYS_OF_ERA + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - DAYS_TO_1970
}

const partsOf = (day: Day): [number, number, number] => [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))]

const two = (n: number) => (n < 10 ? `0${n}` : String(n))
const dayFrom = (year: number, month: number, date: number): Day => `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const lastOf = (year: number, month: number) => (month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31)

/** Days since 1970 of a day, without time zone. */
export const dayNumber = (day: Day): number => numberOf(...partsOf(day))

const dayOfNumber = (n: number): Day => {
  const days = n + DAYS_TO_1970
  const era = Math.floor(days / DAYS_OF_ERA)
  const dayOfEra = days - era * DAYS_OF_ERA
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / (DAYS_OF_ERA - 1))) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  return dayFrom(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1)
}

/** The local day that an instant lies in. */
export const dayOf = (instant: Instant): Day => dayOfNumber(Math.floor((instant + offsetAt(instant)) / DAY))

/** The first instant of a day. */
export const startOfDay = (day: Day): Instant => {
  const now = dayNumber(day) * DAY - 5 * HOUR
  return now >= CLOCKS_WENT_BACK ? now : now - HOUR
}

/** 24:00 of a day: the first instant of the next. A term that ends on this day is overdue from here on. */
export const endOfDay = (day: Day): Instant => startOfDay(addDays(day, 1))

/** 09:00 of a day: when day-level notices go out. */
export const at0900 = (day: Day): Instant => startOfDay(day) + NINE_O_CLOCK

/** Minutes since local midnight, 0-1439. */
export const minuteOfDay = (instant: Instant): number => Math.floor((instant + offsetAt(instant)) / MINUTE) % (24 * 60)

export const addDays = (day: Day, n: number): Day => dayOfNumber(dayNumber(day) + n)

/** Whole days from one day to another. */
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from)

/** Same day of the month n months on, cut to the month's last day. Always counted from the event, never from the result before. */
export const addMonths = (day: Day, n: number): Day => {
  const [year, month, date] = partsOf(day)
  const count = year * 12 + month - 1 + n
  const [toYear, toMonth] = [Math.floor(count / 12), (count % 12) + 1]
  return dayFrom(toYear, toMonth, Math.min(date, lastOf(toYear, toMonth)))
}

/** Whole months from one day to another (0 when `to` is earlier). */
export const monthsBetween = (from: Day, to: Day): number => {
  let n = 0
  while (addMonths(from, n + 1) <= to) n++
  return n
}

type DaysOff = { holidays: ReadonlySet<Day>; workingWeekends: ReadonlySet<Day> }
const known = new WeakMap<Calendar, DaysOff>()
const daysOffOf = (calendar: Calendar): DaysOff => {
  let sets = known.get(calendar)
  if (!sets) known.set(calendar, (sets = { holidays: new Set(calendar.holidays), workingWeekends: new Set(calendar.workingWeekends) }))
  return sets
}

export const isWeekend = (day: Day): boolean => {
  const weekday = (dayNumber(day) + 4) % 7 // 1 January 1970 was a Thursday
  return weekday === 0 || weekday === 6
}

export const isWorkingDay = (day: Day, calendar: Calendar): boolean => {
  const { holidays, workingWeekends } = daysOffOf(calendar)
  if (holidays.has(day)) return false
  return !isWeekend(day) || workingWeekends.has(day)
}

/** The n-th working day after a day (before it when n is negative). Day 0 is the event, be it a working day or not. */
export const addWorkingDays = (day: Day, n: number, calendar: Calendar): Day => {
  const step = n < 0 ? -1 : 1
  let left = Math.abs(n)
  let at = day
  while (left > 0) {
    at = addDays(at, step)
    if (isWorkingDay(at, calendar)) left--
  }
  return at
}

/** The first working day after a day. */
export const nextWorkingDay = (day: Day, calendar: Calendar): Day => addWorkingDays(day, 1, calendar)

/** The day itself, or the working day before if it is a day off: when a notice for that day goes out. */
export const noticeDay = (day: Day, calendar: Calendar): Day => (isWorkingDay(day, calendar) ? day : addWorkingDays(day, -1, calendar))

/** 09:00 of the notice day. */
export const noticeAt = (day: Day, calendar: Calendar): Instant => at0900(noticeDay(day, calendar))

/** When a term is said to have passed: 09:00 of the first working day after its due day. */
export const passedAt = (dueDay: Day, calendar: Calendar): Instant => at0900(nextWorkingDay(dueDay, calendar))

/** A day plus n times a length (a negative n goes back). Minutes have no day: they throw. */
export const addLength = (day: Day, length: Length, calendar: Calendar, n = 1): Day => {
  if ('workingDays' in length) return addWorkingDays(day, length.workingDays * n, calendar)
  if ('days' in length) return addDays(day, length.days * n)
  if ('weeks' in length) return addDays(day, length.weeks * 7 * n)
  if ('months' in length) return addMonths(day, length.months * n)
  throw new RangeError('minutes are counted from an instant, not from a day')
}

export const earlier = (a: Day, b: Day): Day => (a < b ? a : b)
export const later = (a: Day, b: Day): Day => (a > b ? a : b)
