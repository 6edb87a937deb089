/** From deadlines to the next thing to do: what is due now, and when to wake next. Pure. */
import type { Deadline, Step, StepRepeats } from './deadline.ts'
import { addLength, at0900, dayOf, MINUTE, nextWorkingDay, type Instant } from './time.ts'

/** Instant of the k-th repeat (k ≥ 1). */
export function repeatAt(repeats: StepRepeats, k: number): Instant {
  const { every, base, calendar } = repeats
  if ('minutes' in every) return base + k * every.minutes * MINUTE
  const day = addLength(dayOf(base), every, calendar, k)
  return at0900('workingDays' in every ? day : nextWorkingDay(day, calendar))
}

/** The k-th repeat as a step, or nothing when it falls on the same morning as the one before it. */
function repeatStep(repeats: StepRepeats, k: number): Step | undefined {
  const at = repeatAt(repeats, k)
  const before = k === 1 ? repeats.after : repeatAt(repeats, k - 1)
  if (before !== undefined && at <= before) return undefined
  return { key: `${repeats.key}/${k}`, at, do: repeats.do, whom: repeats.whom, repeat: k }
}

/** The repeats of a deadline in order, without end. */
export function* repeatsOf(deadline: Deadline): Generator<Step> {
  if (!deadline.repeats) return
  for (let k = deadline.repeats.first; ; k++) {
    const step = repeatStep(deadline.repeats, k)
    if (step) yield step
  }
}

/** Every step of an open deadline up to an instant, taken or not, in order. */
export function stepsUntil(deadline: Deadline, until: Instant): Step[] {
  const steps = deadline.steps.filter((step) => step.at <= until)
  for (const step of repeatsOf(deadline)) {
    if (step.at > until) break
    steps.push(step)
  }
  return steps.sort((a, b) => a.at - b.at)
}

/** All steps due by now and not taken yet, per open deadline; deadlines with none are left out. */
export function stepsDue(
  deadlines: readonly Deadline[],
  taken: ReadonlySet<string>,
  now: Instant,
): { deadline: Deadline; steps: Step[] }[] {
  return deadlines
    .filter((deadline) => deadline.state === 'open')
    .map((deadline) => ({ deadline, steps: stepsUntil(deadline, now).filter((step) => !taken.has(step.key)) }))
    .filter(({ steps }) => steps.length > 0)
}

/** The instant of the earliest step of one deadline that is not taken; in the past when it is due already. */
export function nextStepOf(deadline: Deadline, taken: ReadonlySet<string>): Step | undefined {
  if (deadline.state !== 'open') return undefined
  let next: Step | undefined
  for (const step of deadline.steps) if (!taken.has(step.key) && (!next || step.at < next.at)) next = step
  for (const step of repeatsOf(deadline)) {
    if (next && step.at >= next.at) break
    if (!taken.has(step.key)) return step
  }
  return next
}

/** When to wake next: the earliest step not taken of all open deadlines. `undefined`: nothing but evidence is awaited. */
export function nextStepAt(deadlines: readonly Deadline[], taken: ReadonlySet<string>): Instant | undefined {
  let next: Instant | undefined
  for (const deadline of deadlines) {
    const at = nextStepOf(deadline, taken)?.at
    if (at !== undefined && (next === undefined || at < next)) next = at
  }
  return next
}

/** Open after its due. An hour is not overdue at exactly +60:00.000; a day-level one is from 24:00 of its day on. */
export function isOverdue(deadline: Deadline, now: Instant): boolean {
  if (deadline.state !== 'open' || deadline.due === undefined) return false
  return isLate(deadline, now)
}

/** Was something that happened at this instant too late? */
export const isLate = (deadline: Pick<Deadline, 'due' | 'dueDay'>, happenedAt: Instant): boolean =>
  deadline.due !== undefined && (deadline.dueDay === undefined ? happenedAt > deadline.due : happenedAt >= deadline.due)
