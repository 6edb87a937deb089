/** From the facts of a meeting to what is to be done, when and by whom. Pure. */
import type { Calendar } from '../calendar.ts'
import { addDays, addLength, addWorkingDays, dayOf, isWorkingDay, MINUTE, startOfDay, type Day, type Instant } from '../time.ts'
import { morningsFrom } from '../mornings.ts'
import { isOver, missing, standingOf, type Invitee, type MeetingFacts } from './facts.ts'
import type { MeetingRow, MeetingRules } from './rows.ts'

/** Taken once: `key` is the same however often it is computed, and holds nothing personal. */
export type MeetingStep = {
  /** `<row>/<sequence>`, with the id of the invitee, or the number of the repeat. */
  key: string
  row: MeetingRow
  at: Instant
  do: 'mail' | 'tell'
  whom: 'invitee' | 'case-manager' | 'supervisor'
  invitee?: string
}

/** Everything to be done by these facts, taken or not, in order. What an answer, a moving or an end made needless is not there. */
export function meetingStepsOf(facts: MeetingFacts, rules: MeetingRules, calendar: Calendar): MeetingStep[] {
  if (isOver(facts)) return []
  const steps =
    facts.state === 'draft'
      ? stepsOfDraft(facts, rules, calendar)
      : facts.state === 'called'
        ? [...stepsOfAsking(facts, rules, calendar), ...stepsAfterEnd(facts, rules, calendar)]
        : stepsOfProtocol(facts, rules)
  return steps.toSorted((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
}

/** The steps that are not taken; those due are the ones with `at` up to now. */
export const openMeetingSteps = (facts: MeetingFacts, rules: MeetingRules, calendar: Calendar, taken: ReadonlySet<string>): MeetingStep[] =>
  meetingStepsOf(facts, rules, calendar).filter(({ key }) => !taken.has(key))

/**
 * Of the steps that are due, those that still help. What was to come before the meeting helps nobody once it has begun; of several reminders that
 * were held up, the last one is enough. The others count as taken.
 */
export function stepsThatHelp(due: readonly MeetingStep[], facts: MeetingFacts, rules: MeetingRules, now: Instant): MeetingStep[] {
  const inTime = due.filter(({ row }) => rules.rows[row].when.kind !== 'before' || now < facts.startsAt)
  return inTime.filter(
    (one) => one.do !== 'mail' || !inTime.some((other) => other.do === 'mail' && other.invitee === one.invitee && other.at > one.at),
  )
}

function stepsOfDraft(facts: MeetingFacts, rules: MeetingRules, calendar: Calendar): MeetingStep[] {
  const late = beforeStart('confirm-late', facts, facts.since, rules, calendar)
  return [step('confirm-next', facts, facts.since, rules), ...(late === undefined ? [] : [step('confirm-late', facts, late, rules)])]
}

function stepsOfAsking(facts: MeetingFacts, rules: MeetingRules, calendar: Calendar): MeetingStep[] {
  return [...facts.invitees.flatMap((one) => stepsOfInvitee(one, facts, rules, calendar)), ...stepsOfQuorum(facts, rules, calendar)]
}

function stepsOfInvitee(one: Invitee, facts: MeetingFacts, rules: MeetingRules, calendar: Calendar): MeetingStep[] {
  const standing = standingOf(one)
  if (standing === 'declined' && one.needed) return [step('needed-declined', facts, one.answer!.at, rules, one.id)]
  if (standing === 'bounced') return [step('unreachable', facts, one.bouncedAt!, rules, one.id)]
  if (standing !== 'silent') return []
  if (one.reach === 'phone') return [step('unreachable', facts, one.askedAt, rules, one.id)]
  const first = reminderDay('remind-3-days', facts, rules, calendar)
  const last = reminderDay('remind-1-day', facts, rules, calendar)
  const steps: MeetingStep[] = []
  // On one morning one reminder is enough; one whose time was past when they were asked would only repeat the invitation.
  if (first < last && first > one.askedAt) steps.push(step('remind-3-days', facts, first, rules, one.id))
  if (last > one.askedAt) steps.push(step('remind-1-day', facts, last, rules, one.id))
  const phone = beforeStart('phone', facts, one.askedAt, rules, calendar)
  if (phone !== undefined) steps.push(step('phone', facts, phone, rules, one.id))
  return steps
}

function stepsOfQuorum(facts: MeetingFacts, rules: MeetingRules, calendar: Calendar): MeetingStep[] {
  if (missing(facts.invitees).length === 0) return []
  const at = beforeStart('quorum', facts, facts.since, rules, calendar)
  return at === undefined ? [] : [step('quorum', facts, at, rules)]
}

function stepsAfterEnd(facts: MeetingFacts, rules: MeetingRules, calendar: Calendar): MeetingStep[] {
  const late = rules.rows['held-late'].when
  const n = late.kind === 'after-end' ? late : { workingDays: 1, times: 1 }
  return [
    step('held-asked', facts, facts.endsAt, rules),
    ...morningsFrom(addWorkingDays(dayOf(facts.endsAt), n.workingDays, calendar), n.times, calendar).map((at, k) =>
      step('held-late', facts, at, rules, `${k + 1}`),
    ),
  ]
}

const stepsOfProtocol = (facts: MeetingFacts, rules: MeetingRules): MeetingStep[] =>
  (facts.protocol?.recipients ?? [])
    .filter(({ state, reach }) => state === 'failed' || (state === 'waiting' && reach === 'phone'))
    .map(({ id, since }) => ({
      ...step('protocol-failed', facts, since, rules, id),
      key: `protocol-failed/v${facts.protocol!.version}/${id}`,
    }))

/** Instant of a row that counts back from the day of the meeting. */
function reminderDay(row: MeetingRow, facts: MeetingFacts, rules: MeetingRules, calendar: Calendar): Instant {
  const { when } = rules.rows[row]
  if (when.kind !== 'before') throw new RangeError(`${row} does not count back from the meeting`)
  const start = dayOf(facts.startsAt)
  const day =
    'workingDays' in when.length
      ? addWorkingDays(start, -when.length.workingDays, calendar)
      : lastWorkingDay(addLength(start, when.length, calendar, -1), calendar)
  return startOfDay(day) + when.clock * MINUTE
}

/** The same, later for whoever was asked when it was past; nothing when that is not before the meeting. */
function beforeStart(row: MeetingRow, facts: MeetingFacts, askedAt: Instant, rules: MeetingRules, calendar: Calendar): Instant | undefined {
  const at = Math.max(reminderDay(row, facts, rules, calendar), askedAt + rules.lateAfter.minutes * MINUTE)
  return at < facts.startsAt ? at : undefined
}

/** The day itself, or the last working day before it. */
function lastWorkingDay(day: Day, calendar: Calendar): Day {
  let found = day
  while (!isWorkingDay(found, calendar)) found = addDays(found, -1)
  return found
}

function step(row: MeetingRow, { sequence }: MeetingFacts, at: Instant, rules: MeetingRules, of?: string): MeetingStep {
  const rule = rules.rows[row]
  const isInvitee = of !== undefined && of.length === 36
  return { key: `${row}/${sequence}${of ? `/${of}` : ''}`, row, at, do: rule.do, whom: rule.whom, ...(isInvitee ? { invitee: of } : {}) }
}
