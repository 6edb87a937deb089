import type { Day } from './time.ts'

/** The working calendar of Kazakhstan as data: Saturdays and Sundays are off but for `workingWeekends`; `holidays` are off. */
export type Calendar = { version: string; holidays: readonly Day[]; workingWeekends: readonly Day[] }
