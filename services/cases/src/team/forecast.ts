/** What the open terms of a team ask of each week to come. Pure. */
import type { Load } from '@tirek/contract/team'
import type { DeadlineRow } from '@tirek/procedure/child-protection/rows'
import { isLate } from '@tirek/procedure/next-step'
import { addDays, dayOf, daysBetween, type Day, type Instant } from '@tirek/procedure/time'

export const WEEKS = 4

/** Of which kind of work a term is. A row forgotten does not compile. */
const KIND_OF = {
  'urgent-measures': 'others',
  'level-decision': 'assessments',
  'take-over': 'others',
  'child-safe': 'others',
  'form-of-care': 'others',
  'primary-assessment': 'assessments',
  assessment: 'assessments',
  plan: 'others',
  'family-signature': 'others',
  measure: 'others',
  'contact-home': 'contacts',
  'contact-phone': 'contacts',
  'contact-hospital': 'contacts',
  review: 'reviews',
  'review-day': 'reviews',
  'review-report': 'reviews',
  'review-plan': 'others',
  'review-plan-signature': 'others',
  'review-referral': 'others',
  'review-closure': 'others',
  protocol: 'others',
  referral: 'others',
  'closure-approval': 'others',
  'monitoring-look': 'contacts',
  'request-answer': 'others',
} as const satisfies Record<DeadlineRow, keyof Load>

/** An open deadline as the record keeps it: instants in ms, days as text. */
export type OpenTerm = { manager: string; row: string; from_at: Instant; due: Instant | null; due_day: Day | null }

export type Forecast = { overdue: number; weeks: Load[] }

const EMPTY: Load = { contacts: 0, reviews: 0, assessments: 0, others: 0 }

/** The Sundays that end this week and the next ones. */
export function weekEnds(now: Instant): Day[] {
  const today = dayOf(now)
  // 0 is Sunday.
  const first = addDays(today, (7 - new Date(`${today}T00:00:00Z`).getUTCDay()) % 7)
  return Array.from({ length: WEEKS }, (_, week) => addDays(first, 7 * week))
}

/**
 * By worker. What is overdue has a number of its own. A contact comes again: it is counted as often as its present period falls into the weeks, one that
 * is overdue from today on. A term beyond the last week, or without a day, is counted nowhere.
 */
export function forecastOf(terms: readonly OpenTerm[], now: Instant): Map<string, Forecast> {
  const ends = weekEnds(now)
  const workers = new Map<string, Forecast>()
  const today = dayOf(now)
  for (const { manager, row, from_at: from, due, due_day: dueDay } of terms) {
    let one = workers.get(manager)
    if (!one) workers.set(manager, (one = { overdue: 0, weeks: ends.map(() => ({ ...EMPTY })) }))
    const day = dueDay ?? (due === null ? undefined : dayOf(due))
    if (day === undefined) continue
    const kind = (KIND_OF as Record<string, keyof Load>)[row] ?? 'others'
    const late = isLate({ ...(due !== null && { due }), ...(dueDay !== null && { dueDay }) }, now)
    if (late) one.overdue++
    const every = kind === 'contacts' ? daysBetween(dayOf(from), day) : 0
    for (let at: Day = late ? addDays(today, every) : day; at <= ends.at(-1)!; at = addDays(at, every)) {
      if (late && every <= 0) break
      one.weeks[ends.findIndex((end) => at <= end)]![kind]++
      if (every <= 0) break
    }
  }
  return workers
}
