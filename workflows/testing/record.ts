/** The record in memory: does for one test what the cases service does, so that time can be tried without a database. */
import { calendarOf } from '@tirek/procedure/calendar'
import type { BaseFacts } from '@tirek/procedure/case'
import { stepsUntil } from '@tirek/procedure/next-step'
import { programmeOf } from '@tirek/procedure/programmes'
import { dayOf, HOUR, startOfDay, type Instant } from '@tirek/procedure/time'
import type { StepActivities, TakeSteps } from '../src/activities.ts'

/** What was taken, in the words of the procedure. */
export type Taken = { caseId: string; rule: string; row: string; do: string; whom: string; repeat: number; at: Instant; takenAt: Instant }

const TOLERANCE = 1_000
const OPENS_BEFORE_NINE = 3 * HOUR

export class RecordInMemory implements StepActivities {
  readonly steps: Taken[] = []
  readonly asked: TakeSteps[] = []
  loads = 0
  /** Set to make the activities fail; by case, or all. */
  failure?: () => Error | undefined
  readonly failures = new Map<string, () => Error | undefined>()
  /** How far the record's clock is behind Temporal's, in milliseconds. */
  clockSlowBy = 0
  private readonly cases = new Map<string, { facts: BaseFacts; taken: Set<string> }>()
  private readonly now: () => Promise<Instant>
  private readonly rules: unknown

  constructor(now: () => Promise<Instant>, rules: unknown) {
    this.now = now
    this.rules = rules
  }

  save(caseId: string, facts: BaseFacts) {
    this.cases.set(caseId, { facts, taken: this.cases.get(caseId)?.taken ?? new Set() })
  }

  factsOf(caseId: string): BaseFacts {
    return this.find(caseId).facts
  }

  takeSteps = async (input: TakeSteps) => {
    this.asked.push(input)
    this.failNow(input.caseId)
    const { facts, taken } = this.find(input.caseId)
    const now = (await this.now()) - this.clockSlowBy
    const open = programmeOf(facts.programme).deadlinesOf(facts, this.rules, calendarOf(facts.calendar))
    const deadline = open.find(({ key }) => key === input.deadlineKey)
    const steps = deadline ? stepsUntil(deadline, now + 24 * HOUR).filter(({ key }) => input.stepKeys.includes(key)) : []
    const early = steps
      .map(({ at }) => opensAt(at, deadline?.dueDay !== undefined || deadline?.runBy === 'case'))
      .filter((at) => at > now + TOLERANCE)
    if (early.length > 0) return { facts, taken: [], notYet: Math.min(...early) }
    for (const step of steps.filter(({ key }) => !taken.has(key))) {
      taken.add(step.key)
      const { rule, row } = deadline!
      this.steps.push({
        caseId: input.caseId,
        rule,
        row,
        do: step.do,
        whom: step.whom.join('+'),
        repeat: step.repeat,
        at: step.at,
        takenAt: now,
      })
    }
    return { facts, taken: input.stepKeys.filter((key) => taken.has(key)) }
  }

  loadProcedure = async ({ calendar }: { calendar: string }) => {
    this.failNow()
    this.loads++
    return { rules: this.rules, calendar: calendarOf(calendar) }
  }

  private find(caseId: string) {
    const found = this.cases.get(caseId)
    if (!found) throw new Error('the record holds no such case')
    return found
  }

  private failNow(caseId = '') {
    const failure = this.failure?.() ?? this.failures.get(caseId)?.()
    if (failure) throw failure
  }
}

/** Day-level steps of 09:00 may be taken from 06:00 of their day on. */
const opensAt = (at: Instant, dayLevel: boolean): Instant =>
  dayLevel && at - startOfDay(dayOf(at)) === 9 * HOUR ? at - OPENS_BEFORE_NINE : at
