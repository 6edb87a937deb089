/** A time that a meeting can have and seldom should: people of agencies are not at work then. It warns and stops nobody. */
import type { Calendar } from '../calendar.ts'
import { dayOf, isWorkingDay, minuteOfDay, type Day, type Instant } from '../time.ts'

/** Minutes of the local day. */
export const USUAL_HOURS = { from: 8 * 60, to: 20 * 60, source: 'practice' } as const

export type UnusualTime = { what: 'day-off'; day: Day } | { what: 'hours'; day: Day }

/** Without an end it is judged by its beginning. */
export function unusualTimes({ startsAt, endsAt = startsAt }: { startsAt: Instant; endsAt?: Instant }, calendar: Calendar): UnusualTime[] {
  const lastMoment = Math.max(endsAt - 1, startsAt)
  const [first, last] = [dayOf(startsAt), dayOf(lastMoment)]
  const isEarly = minuteOfDay(startsAt) < USUAL_HOURS.from || minuteOfDay(startsAt) >= USUAL_HOURS.to
  const isLate = last !== first || minuteOfDay(lastMoment) >= USUAL_HOURS.to
  return [
    ...[...new Set([first, last])].filter((day) => !isWorkingDay(day, calendar)).map((day) => ({ what: 'day-off' as const, day })),
    ...(isEarly || isLate ? [{ what: 'hours' as const, day: first }] : []),
  ]
}
