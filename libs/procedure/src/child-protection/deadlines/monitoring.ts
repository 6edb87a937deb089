/** Looks after closure (CP-62): monthly, the last one on the end day. */
import type { Calendar } from '../../calendar.ts'
import type { Deadline } from '../../deadline.ts'
import { addLength, dayOf, earlier, later, monthsBetween, type Day, type Instant } from '../../time.ts'
import type { ChildProtectionCase, Monitoring } from '../facts.ts'
import type { Rules } from '../rows.ts'
import { dayDeadline, lengthAs, notBefore } from './build.ts'

export const monitoringDeadlines = (facts: ChildProtectionCase, rules: Rules, calendar: Calendar): Deadline[] =>
  facts.monitoring.flatMap((monitoring) => looksOf(monitoring, facts, rules, calendar))

/** The last day of monitoring: as chosen at closure, else the shortest that the procedure knows. */
export const endDayOf = (monitoring: Monitoring, rules: Rules, calendar: Calendar): Day =>
  monitoring.endDay ??
  addLength(dayOf(monitoring.from), monitoring.months === undefined ? rules.monitoring.shortest : { months: monitoring.months }, calendar)

/** Where monitoring stands: the look that comes is the `nth` of `of`; `isLast`: it may draw the conclusion (CP-62, CP-65). */
export type MonitoringNow = { from: Instant; until: Day; nth: number; of: number; isLast: boolean }

/** Of the monitoring that runs; `today`: the day of the look. Nothing where none runs. */
export function monitoringNow(facts: ChildProtectionCase, rules: Rules, calendar: Calendar, today: Day): MonitoringNow | undefined {
  const monitoring = facts.monitoring.find((one) => one.endedAt === undefined)
  if (!monitoring) return undefined
  const every = rules.terms['monitoring-look'].term!.length
  const until = endDayOf(monitoring, rules, calendar)
  const { looks, from } = monitoring
  const left = (day: Day): number => (day >= until ? 0 : 1 + left(addLength(day, every, calendar)))
  const periods = left(dayOf(looks.at(-1)?.at ?? from))
  const nth = looks.length + 1
  return { from, until, nth, of: looks.length + Math.max(1, periods), isLast: periods <= 1 || today >= until }
}

function looksOf(monitoring: Monitoring, facts: ChildProtectionCase, rules: Rules, calendar: Calendar): Deadline[] {
  const rule = rules.terms['monitoring-look']
  const every = lengthAs(rule.term!, facts.settings.terms)
  const end = endDayOf(monitoring, rules, calendar)
  const { looks } = monitoring
  return [undefined, ...looks].flatMap((last, i) => {
    const closedBy = looks[i]
    if (last?.last || closedBy?.paper) return []
    const since = last ?? { at: monitoring.from, recordedAt: monitoring.bornAt, paper: monitoring.paper }
    const paper = since.paper === true
    // A look on or past the end day that brought no conclusion: the conclusion is asked for at once.
    const natural = later(earlier(addLength(dayOf(since.at), every, calendar), end), dayOf(since.at))
    const dueDay = notBefore(natural, { bornAt: since.recordedAt, paper }, calendar)
    const deadline = dayDeadline(
      {
        rule: rule.rule,
        row: 'monitoring-look',
        of: `${monitoring.of}.${last?.id ?? 'start'}`,
        from: since.at,
        bornAt: since.recordedAt,
        dueDay,
        paper,
        ...(closedBy ? { closedAt: closedBy.at } : monitoring.endedAt !== undefined && { endedAt: monitoring.endedAt }),
      },
      rule,
      calendar,
    )
    const late = deadline.state === 'kept-late' ? { intervalsLate: monthsBetween(dueDay, dayOf(closedBy!.at)) } : {}
    return [{ ...deadline, ...late }]
  })
}
