/** The hour: four facts within sixty minutes of the report, one more person told at each step (CP-10, CP-11). */
import type { Calendar } from '../../calendar.ts'
import type { Hour } from '../../case.ts'
import type { Deadline, Step, StepRepeats, ToldRole } from '../../deadline.ts'
import { dayOf, isWorkingDay, MINUTE, minuteOfDay, type Instant } from '../../time.ts'
import type { ChildProtectionCase } from '../facts.ts'
import type { HourRule, HourStep, Rules } from '../rows.ts'
import { bornLate, stateOf } from './build.ts'

export const hourDeadlines = (facts: ChildProtectionCase, rules: Rules, calendar: Calendar): Deadline[] =>
  facts.hours.map((hour) => hourDeadline(hour, facts, rules.hour, calendar))

function hourDeadline(hour: Hour, facts: ChildProtectionCase, rule: HourRule, calendar: Calendar): Deadline {
  const key = `${rule.rule}/${hour.n}`
  const due = hour.receivedAt + rule.length.minutes * MINUTE
  const entered = hour.withdrawnAt === undefined
  const endedAt = facts.end === 'child-died' ? facts.endedAt : undefined
  const state = entered ? stateOf({ due, closedAt: hour.closedAt, endedAt }) : 'lapsed'
  const closedAt = entered ? (hour.closedAt ?? endedAt) : hour.withdrawnAt
  return {
    key,
    rule: rule.rule,
    row: 'urgent-measures',
    of: String(hour.n),
    from: hour.receivedAt,
    bornAt: hour.recordedAt,
    due,
    runBy: 'urgent',
    hour: hour.n,
    state,
    ...(closedAt !== undefined && { closedAt }),
    waitsFor: facts.withFirstPerson ? 'first-person' : rule.waitsFor,
    ...(state === 'open' ? steps(key, hour, facts, rule, calendar) : { steps: [] }),
  }
}

function steps(
  key: string,
  hour: Hour,
  facts: ChildProtectionCase,
  rule: HourRule,
  calendar: Calendar,
): Pick<Deadline, 'steps' | 'repeats'> {
  // Until a social worker takes it over, whoever took the report is told.
  const told = (whom: readonly ToldRole[]) => whom.map((role) => (role === 'case-manager' && facts.withFirstPerson ? 'first-person' : role))
  const step = (one: HourStep): Step => ({
    key: `${key}/${one.id}/${one.whom.join('+')}/0`,
    at: hour.receivedAt + one.after.minutes * MINUTE,
    do: one.do,
    whom: told(one.whom),
    repeat: 0,
  })
  const all = [...(inWorkingHours(hour.receivedAt, rule, calendar) ? [] : [rule.outside]), ...rule.steps].map(step)
  const last = all.at(-1)!
  const repeats: StepRepeats = {
    key: `${key}/${rule.again.id}/${rule.again.whom.join('+')}`,
    do: rule.again.do,
    whom: told(rule.again.whom),
    every: rule.again.every,
    base: last.at,
    first: 1,
    calendar,
  }
  const ladder = bornLate(all, repeats, hour.recordedAt, false)
  if (hour.reopenedAt === undefined) return ladder
  // Withdrawn evidence tells the supervisor at once.
  const reopened: Step = {
    key: `${key}/reopened-${hour.reopenedAt}/supervisor/0`,
    at: hour.reopenedAt,
    do: 'escalate',
    whom: ['supervisor'],
    repeat: 0,
  }
  return { ...ladder, steps: [...ladder.steps, reopened].sort((a, b) => a.at - b.at) }
}

export const inWorkingHours = (at: Instant, { workingHours }: Pick<HourRule, 'workingHours'>, calendar: Calendar): boolean =>
  isWorkingDay(dayOf(at), calendar) && minuteOfDay(at) >= workingHours.from && minuteOfDay(at) < workingHours.to
