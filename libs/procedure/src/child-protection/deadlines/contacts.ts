/** When the child is to be seen next (CP-40...CP-49): one open deadline per schedule. */
import type { Calendar } from '../../calendar.ts'
import type { CaseSettings } from '../../case.ts'
import type { Deadline } from '../../deadline.ts'
import { addLength, dayOf, daysBetween, earlier, monthsBetween, type Day, type Instant, type Length } from '../../time.ts'
import type { Anchor, ChildProtectionCase, Contact } from '../facts.ts'
import type { ContactNorm, ContactRule } from '../contact-rows.ts'
import type { Rules } from '../rows.ts'
import { dayDeadline, lengthAs, notBefore } from './build.ts'

/** The time of one placement under one anchor. */
type Segment = { anchor: Anchor; anchorDay: Day; until?: Anchor; untilDay?: Day }

export function contactDeadlines(facts: ChildProtectionCase, rules: Rules, calendar: Calendar): Deadline[] {
  return segmentsOf(facts).flatMap((segment) =>
    schedulesOf(segment.anchor, rules).flatMap((rule) => periodsOf(segment, rule, facts, rules, calendar)),
  )
}

const schedulesOf = ({ placement, asParents }: Anchor, rules: Rules): readonly ContactRule[] =>
  placement === undefined ? [] : asParents ? rules.asParents : rules.contacts[placement]

/** Anchors by day; rearranged twice on one day, the last one counts. */
function segmentsOf({ contacts, settings }: ChildProtectionCase): Segment[] {
  const counted = contacts.anchors.filter((anchor) => settings.contactsBeforePlan || !anchor.beforePlan || anchor.kind === 'stop')
  const last = counted.filter((anchor, i) => i === counted.length - 1 || dayOf(counted[i + 1]!.at) > dayOf(anchor.at))
  return last.flatMap((anchor, i) => {
    if (anchor.kind === 'stop') return []
    const until = last[i + 1]
    return [{ anchor, anchorDay: dayOf(anchor.at), ...(until && { until, untilDay: dayOf(until.at) }) }]
  })
}

/** Is this a contact, or an attempt at one, of this schedule in this segment? Contacts of before the anchor belong to the former placement. */
function touches(contact: Contact, segment: Segment, rule: ContactRule, settings: CaseSettings): boolean {
  const day = dayOf(contact.at)
  if (day < segment.anchorDay) return false
  if (segment.untilDay !== undefined && (segment.until!.kind === 'stop' ? contact.at > segment.until!.at : day >= segment.untilDay))
    return false
  return rule.by.includes(contact.by) || (rule.remoteInQuarantine && contact.by === 'remote' && inQuarantine(day, settings))
}

/** CP-45, RS-01: by its happened day; when quarantine ends, what was counted stays. */
const inQuarantine = (day: Day, { quarantine }: CaseSettings) =>
  quarantine.some(({ from, to }) => from <= day && (to === undefined || day <= to))

/** CP-48: nobody seen, or not the child, is an attempt. */
const counts = (contact: Contact, rule: ContactRule) => contact.made && (!rule.childSeen || contact.childSeen)

function periodsOf(segment: Segment, rule: ContactRule, facts: ChildProtectionCase, rules: Rules, calendar: Calendar): Deadline[] {
  const mine = facts.contacts.all
    .filter((contact) => touches(contact, segment, rule, facts.settings))
    // Those of one millisecond stay as the facts have them: by their versions.
    .sort((a, b) => a.at - b.at || a.recordedAt - b.recordedAt)
  const made = mine.filter((contact) => counts(contact, rule))
  const tried = mine.filter((contact) => !counts(contact, rule))
  const starts: { last?: Contact }[] = [{}, ...made.map((last) => ({ last }))]
  return starts.flatMap(({ last }, i) => {
    const period = { segment, rule, facts, rules, calendar, ...(last && { last }), ...(made[i] && { closedBy: made[i] }) }
    const deadline = periodDeadline(period, tried)
    return deadline ? [deadline] : []
  })
}

type Period = {
  segment: Segment
  rule: ContactRule
  facts: ChildProtectionCase
  rules: Rules
  calendar: Calendar
  last?: Contact
  closedBy?: Contact
}

function periodDeadline(period: Period, tried: readonly Contact[]): Deadline | undefined {
  const { segment, rule, facts, rules, calendar, last, closedBy } = period
  const { anchor } = segment
  // Closed on paper before the case was entered: not told of.
  if (closedBy?.paper) return undefined
  const lastDay = last ? dayOf(last.at) : segment.anchorDay
  const norm = normAs(rule.norm, facts.settings)
  const since = last ?? anchor
  const setDay = facts.contacts.set.filter((set) => set.at >= since.at && (!closedBy || set.at <= closedBy.at)).at(-1)
  const next = nextDue(norm, segment.anchorDay, lastDay, calendar) ?? (setDay && { day: setDay.day, every: lastEvery(norm) })
  if (!next) return undefined

  const bornAt = Math.max(since.recordedAt, setDay && next.day === setDay.day ? setDay.recordedAt : 0)
  const paper = since.paper === true
  const attempts = tried.filter((attempt) => attempt.at >= since.at && (!closedBy || attempt.at <= closedBy.at))
  const { dueDay, tryAgainBy } = afterAttempts(
    notBefore(next.day, { bornAt, paper }, calendar),
    attempts,
    rules.contactSteps.retry,
    calendar,
  )

  const { again, steps, waitsFor } = rules.contactSteps
  const deadline = dayDeadline(
    {
      rule: rule.rule,
      row: rule.row,
      of: `${rule.row.replace('contact-', '')}.${anchor.id}.${last?.id ?? 'start'}`,
      from: since.at,
      bornAt,
      dueDay,
      paper,
      ...(closedBy ? { closedAt: closedBy.at } : segment.until && { endedAt: segment.until.at }),
    },
    { waitsFor, steps, again: { ...again, every: next.every } },
    calendar,
  )
  const intervalsLate = lateBy(dueDay, closedBy?.at ?? segment.until?.at, next.every, deadline.state)
  return {
    ...deadline,
    ...(deadline.state === 'open' && tryAgainBy && { tryAgainBy }),
    ...(intervalsLate !== undefined && { intervalsLate }),
  }
}

const normAs = (norm: ContactNorm, { terms }: CaseSettings): ContactNorm =>
  norm.kind === 'every' && norm.setting !== undefined
    ? { ...norm, every: lengthAs({ length: norm.every, setting: norm.setting }, terms) }
    : norm

const lastEvery = (norm: ContactNorm): Length => (norm.kind === 'first-later' ? norm.later : norm.every)

/** The next due day counted from the last contact, and the norm it stands under. */
function nextDue(norm: ContactNorm, anchorDay: Day, lastDay: Day, calendar: Calendar): { day: Day; every: Length } | undefined {
  if (norm.kind === 'every') return { day: addLength(lastDay, norm.every, calendar), every: norm.every }
  const limit = addLength(anchorDay, norm.for, calendar)
  if (norm.kind === 'first-later') {
    const soon = addLength(lastDay, norm.first, calendar)
    return soon <= limit ? { day: soon, every: norm.first } : { day: addLength(lastDay, norm.later, calendar), every: norm.later }
  }
  const stillNeeded = lastDay < addLength(limit, norm.enoughBefore, calendar, -1)
  return stillNeeded ? { day: earlier(addLength(lastDay, norm.every, calendar), limit), every: norm.every } : undefined
}

/** CP-45: an attempt before the due day pulls it to two working days later, never past it; on or after it, it moves nothing. */
function afterAttempts(natural: Day, attempts: readonly Contact[], retry: Length, calendar: Calendar): { dueDay: Day; tryAgainBy?: Day } {
  let dueDay = natural
  let tryAgainBy: Day | undefined
  for (const attempt of attempts) {
    const day = dayOf(attempt.at)
    const again = addLength(day, retry, calendar)
    if (day < dueDay) {
      dueDay = earlier(dueDay, again)
      tryAgainBy = undefined
    } else tryAgainBy = again
  }
  return { dueDay, ...(tryAgainBy && { tryAgainBy }) }
}

/** Whole intervals late: due 19 November, visit 10 December, weekly: 3. */
function lateBy(dueDay: Day, closedAt: Instant | undefined, every: Length, state: Deadline['state']): number | undefined {
  if (closedAt === undefined || (state !== 'kept-late' && state !== 'missed')) return undefined
  const day = dayOf(closedAt)
  if ('months' in every) return Math.floor(monthsBetween(dueDay, day) / every.months)
  const length = 'weeks' in every ? every.weeks * 7 : 'days' in every ? every.days : 1
  return Math.floor(daysBetween(dueDay, day) / length)
}
