/** The record of meetings in memory: does for one test what the meetings service does, so that time can be tried without a database. */
import { calendarOf, CURRENT_CALENDAR } from '@tirek/procedure/calendar'
import type { MeetingFacts } from '@tirek/procedure/meetings/facts'
import { MEETING_RULES } from '@tirek/procedure/meetings/rows'
import { meetingStepsOf, stepsThatHelp } from '@tirek/procedure/meetings/steps'
import type { Instant } from '@tirek/procedure/time'
import type { MeetingActivities, TakeMeetingSteps } from '../src/activities.ts'

export class MeetingRecordInMemory implements MeetingActivities {
  readonly steps: { meetingId: string; row: string; at: Instant; takenAt: Instant }[] = []
  /** Set to make the activities fail; by meeting. */
  readonly failures = new Map<string, () => Error | undefined>()
  private readonly meetings = new Map<string, { facts: MeetingFacts; taken: Set<string> }>()
  private readonly now: () => Promise<Instant>

  constructor(now: () => Promise<Instant>) {
    this.now = now
  }

  save(meetingId: string, facts: MeetingFacts) {
    this.meetings.set(meetingId, { facts, taken: this.meetings.get(meetingId)?.taken ?? new Set() })
  }

  takeMeetingSteps = async ({ meetingId, stepKeys }: TakeMeetingSteps) => {
    const failure = this.failures.get(meetingId)?.()
    if (failure) throw failure
    const { facts, taken } = this.meetings.get(meetingId)!
    const now = await this.now()
    const asked = meetingStepsOf(facts, MEETING_RULES, calendarOf(facts.calendar)).filter(
      ({ key }) => stepKeys.includes(key) && !taken.has(key),
    )
    const due = asked.filter(({ at }) => at <= now + 1_000)
    const early = asked.find(({ at }) => at > now + 1_000)
    for (const { key } of due) taken.add(key)
    for (const { row, at } of stepsThatHelp(due, facts, MEETING_RULES, now)) this.steps.push({ meetingId, row, at, takenAt: now })
    return { facts, about: {}, taken: stepKeys.filter((key) => taken.has(key)), ...(early && { notYet: early.at }) }
  }

  loadMeetingRules = async ({ calendar }: { calendar: string }) => ({
    rules: MEETING_RULES,
    calendar: { ...calendarOf(CURRENT_CALENDAR), version: calendar },
  })
}
