/** From a rule row and a period to a deadline with its steps. */
import type { Calendar } from '../../calendar.ts'
import type { Deadline, DeadlineState, Step, StepRepeats, ToldRole } from '../../deadline.ts'
import { isLate, repeatAt } from '../../next-step.ts'
import { addLength, at0900, dayOf, endOfDay, noticeAt, noticeDay, passedAt, type Day, type Instant, type Length } from '../../time.ts'
import type { RepeatRule, StepRule } from '../row-steps.ts'

/** The length of a row as the organisation set it. */
export function lengthAs(term: { length: Length; setting?: string }, terms: Readonly<Record<string, number>>): Length {
  const set = term.setting === undefined ? undefined : terms[term.setting]
  if (set === undefined) return term.length
  const [unit] = Object.keys(term.length) as [keyof Length]
  return { [unit]: set } as unknown as Length
}

/** How a closed period is called. */
export function stateOf(period: { due?: Instant; dueDay?: Day; closedAt?: Instant; endedAt?: Instant }): DeadlineState {
  if (period.closedAt !== undefined) return isLate(period, period.closedAt) ? 'kept-late' : 'kept'
  if (period.endedAt !== undefined) return isLate(period, period.endedAt) ? 'missed' : 'lapsed'
  return 'open'
}

export type Ladder = { key: string; from: Instant; bornAt: Instant; dueDay?: Day; paper?: boolean; calendar: Calendar }

/** The steps of a day-level row. */
export function ladder(of: Ladder, rules: readonly StepRule[], again: RepeatRule | undefined): Pick<Deadline, 'steps' | 'repeats'> {
  const steps = rules.map((rule): Step => ({
    key: `${of.key}/${rule.id}/${rule.whom.join('+')}/0`,
    at: stepAt(of, rule.when),
    do: rule.do,
    whom: rule.whom,
    repeat: 0,
  }))
  const repeats = again && repeatsFrom(of, again, steps)
  return bornLate(steps, repeats, of.bornAt, of.paper === true)
}

function stepAt({ from, dueDay, calendar }: Ladder, when: StepRule['when']): Instant {
  if (typeof when === 'object' && 'after' in when) return noticeAt(addLength(dayOf(from), when.after, calendar), calendar)
  if (dueDay === undefined) throw new RangeError('a step counted from the due day needs one')
  if (when === 'passed') return passedAt(dueDay, calendar)
  if (when === 'due-day') return at0900(noticeDay(dueDay, calendar))
  return noticeAt(addLength(dueDay, when.before, calendar, -1), calendar)
}

function repeatsFrom(of: Ladder, again: RepeatRule, steps: readonly Step[]): StepRepeats {
  const passed = of.dueDay === undefined ? undefined : steps.find((step) => step.at === passedAt(of.dueDay!, of.calendar))
  return {
    key: `${of.key}/${again.id}/${again.whom.join('+')}`,
    do: again.do,
    whom: again.whom,
    every: again.every,
    base: of.dueDay === undefined ? of.from : at0900(of.dueDay),
    first: 1,
    ...(passed && { after: passed.at }),
    calendar: of.calendar,
  }
}

/**
 * A deadline recorded when steps of it were past already tells each receiver only the latest of those. Taken over from
 * paper: what was past is neither asked nor told.
 */
export function bornLate(
  steps: readonly Step[],
  repeats: StepRepeats | undefined,
  bornAt: Instant,
  paper: boolean,
): Pick<Deadline, 'steps' | 'repeats'> {
  const inOrder = [...steps].sort((a, b) => a.at - b.at)
  const told = new Set<ToldRole>()
  let first = 1
  if (repeats) {
    while (repeatAt(repeats, first) <= bornAt) first++
    // The latest repeat that is past is told still, the ones before it are not.
    if (first > 1 && !paper) {
      first--
      repeats.whom.forEach((role) => told.add(role))
    }
  }
  const kept: Step[] = []
  for (const step of inOrder.reverse()) {
    const isPast = step.at <= bornAt
    if (!isPast) kept.unshift(step)
    else if (!paper && step.whom.some((role) => !told.has(role))) kept.unshift(step)
    if (isPast) step.whom.forEach((role) => told.add(role))
  }
  return { steps: kept, ...(repeats && { repeats: { ...repeats, first } }) }
}

/** A day-level deadline. */
export function dayDeadline(
  period: {
    rule: string
    row: string
    of: string
    from: Instant
    bornAt: Instant
    dueDay?: Day
    closedAt?: Instant
    endedAt?: Instant
    paper?: boolean
  },
  rule: { waitsFor: ToldRole; steps: readonly StepRule[]; again?: RepeatRule },
  calendar: Calendar,
): Deadline {
  const key = `${period.rule}/${period.of}`
  const due = period.dueDay === undefined ? {} : { dueDay: period.dueDay, due: endOfDay(period.dueDay) }
  const state = stateOf({ ...due, closedAt: period.closedAt, endedAt: period.endedAt })
  const closedAt = period.closedAt ?? period.endedAt
  return {
    key,
    rule: period.rule,
    row: period.row,
    of: period.of,
    from: period.from,
    bornAt: period.bornAt,
    ...due,
    runBy: 'case',
    state,
    ...(closedAt !== undefined && { closedAt }),
    waitsFor: rule.waitsFor,
    ...(state === 'open' ? ladder({ ...period, key, calendar }, rule.steps, rule.again) : { steps: [] }),
  }
}

/** Taken over from paper: due at the earliest the day after it was entered. */
export const notBefore = (day: Day, period: { bornAt: Instant; paper?: boolean }, calendar: Calendar): Day => {
  if (!period.paper) return day
  const dayAfter = addLength(dayOf(period.bornAt), { days: 1 }, calendar)
  return day < dayAfter ? dayAfter : day
}
