/** The working calendar as a person edits it: which days are off, and what one press changes. Pure. */
import { addDays, type Day } from '@tirek/procedure/time'
import { weekdayOf } from './when.ts'

export type DaysOff = { holidays: readonly Day[]; workingWeekends: readonly Day[] }

const isWeekend = (day: Day): boolean => weekdayOf(day) % 6 === 0

/** `holiday` by the list, `off` as a weekend, `moved`: a weekend on which people work. */
export function standingOf(day: Day, { holidays, workingWeekends }: DaysOff): 'work' | 'off' | 'holiday' | 'moved' {
  if (holidays.includes(day)) return 'holiday'
  if (!isWeekend(day)) return 'work'
  return workingWeekends.includes(day) ? 'moved' : 'off'
}

/** A weekday becomes a holiday or work again; a weekend works or is off again. A holiday on a weekend becomes an ordinary one first. */
export function toggled(day: Day, days: DaysOff): DaysOff {
  const other = (list: readonly Day[]) => (list.includes(day) ? list.filter((one) => one !== day) : [...list, day].toSorted())
  return days.holidays.includes(day) || !isWeekend(day)
    ? { ...days, holidays: other(days.holidays) }
    : { ...days, workingWeekends: other(days.workingWeekends) }
}

/** Days that two calendars count differently, in order. */
export function differences(before: DaysOff, after: DaysOff): Day[] {
  const all = new Set([...before.holidays, ...before.workingWeekends, ...after.holidays, ...after.workingWeekends])
  return [...all].filter((day) => standingOf(day, before) !== standingOf(day, after)).toSorted()
}

/** A month as weeks of seven places from Monday; empty places hold nothing. `month` from 0. */
export function weeksOf(year: number, month: number): (Day | undefined)[][] {
  const first: Day = `${year}-${String(month + 1).padStart(2, '0')}-01`
  const places: (Day | undefined)[] = Array.from({ length: (weekdayOf(first) + 6) % 7 })
  for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = addDays(day, 1)) places.push(day)
  while (places.length % 7 > 0) places.push(undefined)
  return Array.from({ length: places.length / 7 }, (_, week) => places.slice(week * 7, week * 7 + 7))
}
