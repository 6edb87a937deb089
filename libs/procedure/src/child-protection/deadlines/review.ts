/** Reviews and the report before them (CP-50, CP-52). */
import type { Calendar } from '../../calendar.ts'
import type { Deadline } from '../../deadline.ts'
import { addLength, dayOf, earlier, type Day, type Instant } from '../../time.ts'
import type { ChildProtectionCase, Review } from '../facts.ts'
import type { Rules } from '../rows.ts'
import { dayDeadline, lengthAs, notBefore } from './build.ts'

/** A review with one day: agreeing another ends it and begins the next. */
type Period = { row: 'review' | 'review-day'; of: string; from: Instant; bornAt: Instant; dueDay: Day; endedAt?: Instant; paper?: boolean }

export const reviewDeadlines = (facts: ChildProtectionCase, rules: Rules, calendar: Calendar): Deadline[] =>
  facts.reviews.flatMap((review) =>
    periodsOf(review, facts, rules, calendar).flatMap((period) => deadlinesOf(review, period, facts, rules, calendar)),
  )

function periodsOf(review: Review, facts: ChildProtectionCase, rules: Rules, calendar: Calendar): Period[] {
  const length = (row: 'review' | 'review-day') => lengthAs(rules.terms[row].term!, facts.settings.terms)
  const paper = review.paper === true
  const latest = notBefore(addLength(dayOf(review.from), length('review'), calendar), review, calendar)
  const periods: Period[] = [
    { row: 'review', of: review.of, from: review.from, bornAt: review.bornAt, dueDay: latest, ...(paper && { paper }) },
  ]
  for (const change of review.changes) {
    const standing = periods.at(-1)!
    const byDefault = change.day === undefined
    const wanted = change.day ?? addLength(dayOf(change.at), length('review-day'), calendar)
    // A day may be agreed earlier than the norm, never later; the default of an hour moves nothing back.
    const dueDay = earlier(wanted, byDefault ? standing.dueDay : latest)
    if (dueDay === standing.dueDay && !(standing.row === 'review-day' && !byDefault)) continue
    // Agreed with the event itself (the meeting names the next day): there was no other period before it.
    if (change.at <= standing.from && periods.length === 1) periods.pop()
    else standing.endedAt = change.at
    periods.push({
      row: byDefault ? 'review-day' : 'review',
      of: `${review.of}.${change.of}`,
      from: review.from,
      bornAt: change.recordedAt,
      dueDay,
    })
    if (byDefault) periods.at(-1)!.from = change.at
  }
  return periods
}

function deadlinesOf(review: Review, period: Period, facts: ChildProtectionCase, rules: Rules, calendar: Calendar): Deadline[] {
  const ended = period.endedAt ?? review.endedAt
  const held = period.endedAt === undefined ? review.heldAt : undefined
  const rule = rules.terms[period.row]
  const meeting = dayDeadline(
    { ...period, rule: rule.rule, ...(held !== undefined ? { closedAt: held } : ended !== undefined && { endedAt: ended }) },
    rule,
    calendar,
  )
  const report = reportDeadline(review, period, held ?? ended, facts, rules, calendar)
  const asked = withoutSpared(meeting, review)
  return report ? [asked, report] : [asked]
}

/** Left out last: "born late" has chosen by then, so that a report handed in brings back no step that was passed over. */
const withoutSpared = (meeting: Deadline, { spared = [] }: Review): Deadline => ({
  ...meeting,
  steps: meeting.steps.filter((step) => !spared.some((id) => step.key.startsWith(`${meeting.key}/${id}/`))),
})

function reportDeadline(
  review: Review,
  period: Period,
  until: Instant | undefined,
  facts: ChildProtectionCase,
  rules: Rules,
  calendar: Calendar,
): Deadline | undefined {
  const { reportAt } = review
  const rule = rules.terms['review-report']
  // Handed in before this day was agreed: nothing more to ask.
  if (reportAt !== undefined && reportAt < period.bornAt && period.of !== review.of) return undefined
  const inTime = reportAt !== undefined && (until === undefined || reportAt <= until)
  const dueDay = notBefore(addLength(period.dueDay, lengthAs(rule.term!, facts.settings.terms), calendar), period, calendar)
  return dayDeadline(
    {
      ...period,
      rule: rule.rule,
      row: 'review-report',
      dueDay,
      ...(inTime ? { closedAt: reportAt } : until !== undefined && { endedAt: until }),
    },
    rule,
    calendar,
  )
}
