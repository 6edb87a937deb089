/**
 * What figures tell those who may not see the cases behind them: no small number, and none so exact that two of them tell a third. No source
 * names a number: practice, and changed here alone. Pure.
 */
import { addMonths, addDays, type Day } from '@tirek/procedure/time'
import type { Standing } from './standing.ts'

export const WHOSE = ['mine', 'team', 'organisation'] as const
/** Of cases one leads or stands in for; of the team one supervises; of the whole organisation. */
export type Whose = (typeof WHOSE)[number]

/** Fewer than this is not told as a number; others are told to the nearest `step`, and by whole months only. */
export const SMALL = { fewest: 5, step: 5 } as const

/** `undefined`: fewer than `fewest`, and not none. */
export const told = (n: number): number | undefined =>
  n === 0 ? 0 : n < SMALL.fewest ? undefined : Math.round(n / SMALL.step) * SMALL.step

/** The whole months that these days lie in: of single days the numbers could be told by taking one time from another. */
export const wholeMonths = (from: Day, to: Day): { from: Day; to: Day } => ({
  from: `${from.slice(0, 7)}-01`,
  to: addDays(addMonths(`${to.slice(0, 7)}-01`, 1), -1),
})

/** Of whose cases a person is shown figures, the first by default. Of a supervisor's own team there are none for others. */
export function figuresFor(standing: Standing): [Whose, ...Whose[]] {
  if (standing.leads) return ['organisation']
  if (standing.roles.has('supervisor')) return ['team', 'organisation']
  return ['mine', 'organisation']
}

/** Whoever may list every case that is counted is told the number as it is. */
export const isExact = (standing: Standing, whose: Whose): boolean => whose !== 'organisation' || standing.leads
