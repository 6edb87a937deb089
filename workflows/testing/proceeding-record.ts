/** The record of meetings and referrals in memory: does for one test what their services do, so that time can be tried without a database. */
import { calendarOf, CURRENT_CALENDAR, type Calendar } from '@tirek/procedure/calendar'
import type { Instant } from '@tirek/procedure/time'
import type { ProceedingFacts, ProceedingStep } from '../src/known-proceeding.ts'

export type RecordOf<F, S> = {
  stepsOf(facts: F, calendar: Calendar): S[]
  helping(due: readonly S[], facts: F, now: Instant): S[]
}

export class ProceedingRecordInMemory<F extends ProceedingFacts, S extends ProceedingStep> {
  readonly steps: { id: string; row: string; at: Instant; takenAt: Instant }[] = []
  /** Set to make the activities fail; by proceeding. */
  readonly failures = new Map<string, () => Error | undefined>()
  private readonly known = new Map<string, { facts: F; taken: Set<string> }>()
  private readonly of: RecordOf<F, S>
  private readonly now: () => Promise<Instant>

  constructor(of: RecordOf<F, S>, now: () => Promise<Instant>) {
    this.of = of
    this.now = now
  }

  save(id: string, facts: F) {
    this.known.set(id, { facts, taken: this.known.get(id)?.taken ?? new Set() })
  }

  async take(id: string, stepKeys: readonly string[]) {
    const failure = this.failures.get(id)?.()
    if (failure) throw failure
    const { facts, taken } = this.known.get(id)!
    const now = await this.now()
    const asked = this.of.stepsOf(facts, calendarOf(facts.calendar)).filter(({ key }) => stepKeys.includes(key) && !taken.has(key))
    const due = asked.filter(({ at }) => at <= now + 1_000)
    const early = asked.find(({ at }) => at > now + 1_000)
    for (const { key } of due) taken.add(key)
    for (const { row, at } of this.of.helping(due, facts, now)) this.steps.push({ id, row, at, takenAt: now })
    return { facts, about: {}, taken: stepKeys.filter((key) => taken.has(key)), ...(early && { notYet: early.at }) }
  }

  calendar = (version: string): Calendar => ({ ...calendarOf(CURRENT_CALENDAR), version })
}
