/** The cases behind a figure of terms or of hours: a condition on the case `c` of a list, which shows no more than one may see anyway. */
import { HOURS_BEHIND, TERMS_BEHIND } from '@tirek/contract/figures-behind'
import { relationsThat } from '@tirek/policy/policy'
import { anyOf } from '@tirek/policy/relations'
import { endOfDay, startOfDay, type Day } from '@tirek/procedure/time'
import { z } from 'zod'

/** Of the days `from` to `to`, both included: terms that end then, of a row and in a state; hours that begin then. */
export const BehindAsked = {
  row: z.string().max(60).optional(),
  term: z.enum(TERMS_BEHIND).optional(),
  hour: z.enum(HOURS_BEHIND).optional(),
}
export type BehindAsked = {
  row?: string | undefined
  term?: (typeof TERMS_BEHIND)[number] | undefined
  hour?: (typeof HOURS_BEHIND)[number] | undefined
  from?: Day | undefined
  to?: Day | undefined
}

/** That of a day ends with the day: its instant is the next day's first. */
const ENDS = 'd.due - (d.due_day IS NOT NULL)::int'
const OPEN = `d.state = 'open'`
const ANSWERED = `d.state IN ('kept', 'kept-late')`

/** `now`: ms UTC. Values go to the end of `values`. Nothing where no figure of terms is asked for. */
export function behind({ row, term, hour, from, to }: BehindAsked, now: number, values: unknown[]): string | undefined {
  if (term === undefined && hour === undefined) return undefined
  const put = (value: unknown) => `$${values.push(value)}`
  const also: string[] = []
  const within = (instant: string) => {
    if (from !== undefined) also.push(`${instant} >= ${put(startOfDay(from))}::bigint`)
    if (to !== undefined) also.push(`${instant} < ${put(endOfDay(to))}::bigint`)
  }
  if (hour !== undefined) {
    also.push(`d.run_by = 'urgent' AND d."row" = 'urgent-measures' AND d.state <> 'lapsed'`)
    within('d.from_at')
    if (hour === 'answered') also.push(ANSWERED)
    if (hour === 'within') also.push(`${ANSWERED} AND d.closed_at <= d.due`)
    if (hour === 'slower') also.push(`((${ANSWERED} AND d.closed_at > d.due) OR (${OPEN} AND d.due < ${put(now)}::bigint))`)
  } else {
    if (row !== undefined) also.push(`d."row" = ${put(row)}`)
    within(ENDS)
    if (term === 'late') also.push(`${OPEN} AND ${ENDS} < ${put(now)}::bigint`)
    else if (term === 'running') also.push(`${OPEN} AND ${ENDS} >= ${put(now)}::bigint`)
    else also.push(`d.state = ${put(term === 'keptLate' ? 'kept-late' : term)}`)
  }
  // Whoever takes part sees the case, and not which of its terms were missed.
  return `(${anyOf(relationsThat('read-deadlines'))}) AND EXISTS (SELECT 1 FROM cases.deadline d WHERE d.case_id = c.id AND ${also.join(' AND ')})`
}
