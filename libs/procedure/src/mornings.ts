/** Mornings on which somebody is told again what is not done yet. */
import type { Calendar } from './calendar.ts'
import { addDays, addWorkingDays, at0900, isWorkingDay, type Day, type Instant } from './time.ts'

/** How long somebody is told once a week: longer than any case lies still. A list with an end keeps what is computed from facts alone finite. */
const WEEKS = 520

/** 09:00 of working days from the first on: so many in a row, then once a week without end. `inARow` 1: that one morning alone. */
export function morningsFrom(first: Day, inARow: number, calendar: Calendar): Instant[] {
  const days = Array.from({ length: inARow }, (_, k) => (k === 0 ? first : addWorkingDays(first, k, calendar)))
  if (inARow === 1) return days.map(at0900)
  const last = days.at(-1)!
  return [...days, ...Array.from({ length: WEEKS }, (_, k) => workingDayFrom(addDays(last, 7 * (k + 1)), calendar))].map(at0900)
}

const workingDayFrom = (day: Day, calendar: Calendar): Day => (isWorkingDay(day, calendar) ? day : addWorkingDays(day, 1, calendar))
