/** From the facts of a referral to what is to be done, when and by whom. Pure. */
import type { Calendar } from '../calendar.ts'
import { addWorkingDays, at0900, DAY, dayOf, endOfDay, type Instant } from '../time.ts'
import { morningsFrom } from '../mornings.ts'
import { isOver, isUnseen, type ReferralFacts } from './facts.ts'
import type { ReferralRow, ReferralRules } from './rows.ts'

/** Taken once: `key` is the same however often it is computed, and holds nothing personal. */
export type ReferralStep = {
  /** `<row>/<sendings>.<answers>`, with the number of the repeat where it comes more than once. */
  key: string
  row: ReferralRow
  at: Instant
  do: 'mail' | 'tell'
  whom: 'body' | 'case-manager' | 'supervisor'
}

/** Everything to be done by these facts, taken or not, in order. What an answer, a sending or an end made needless is not there. */
export function referralStepsOf(facts: ReferralFacts, rules: ReferralRules, calendar: Calendar): ReferralStep[] {
  if (isOver(facts)) return []
  return (
    rowsOf(facts)
      // A running workflow keeps the rows that it began with: one that is newer is not among them.
      .filter(([row]) => row in rules.rows)
      .flatMap(([row, from]) =>
        instantsOf(row, from, facts, rules, calendar).map((at, k, all) => step(row, at, facts, rules, all.length > 1 ? k + 1 : undefined)),
      )
      .toSorted((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
  )
}

/** The steps that are not taken; those due are the ones with `at` up to now. */
export const openReferralSteps = (
  facts: ReferralFacts,
  rules: ReferralRules,
  calendar: Calendar,
  taken: ReadonlySet<string>,
): ReferralStep[] => referralStepsOf(facts, rules, calendar).filter(({ key }) => !taken.has(key))

/**
 * Of the steps that are due, those that still help. When the day of the answer has passed the case tells it, and reminders of before help nobody;
 * of one row that was held up on several days, the last is enough. The others count as taken.
 */
export function referralStepsThatHelp(
  due: readonly ReferralStep[],
  facts: ReferralFacts,
  rules: ReferralRules,
  now: Instant,
): ReferralStep[] {
  const isPast = facts.dueDay !== undefined && now >= endOfDay(facts.dueDay)
  const inTime = due.filter(({ row }) => !isPast || rules.rows[row].when.kind !== 'before-due')
  return inTime.filter((one) => !inTime.some((other) => other.row === one.row && other.at > one.at))
}

/** The rows of a state, each with the instant of its cause. */
function rowsOf(facts: ReferralFacts): readonly [ReferralRow, Instant][] {
  const { state, since, preparedAt, answeredBy } = facts
  const seen: [ReferralRow, Instant][] = answeredBy === 'link' ? [['answered', since]] : []
  const inState = (...rows: ReferralRow[]) => rows.map((row): [ReferralRow, Instant] => [row, since])
  switch (state) {
    case 'prepared':
      return [
        ...(facts.isNobodySet ? [['no-body-set', preparedAt] as [ReferralRow, Instant]] : []),
        ['not-sent', preparedAt],
        ['not-sent-late', preparedAt],
      ]
    case 'more-asked-for':
      return inState('more-asked', 'more-late')
    case 'recommended':
    case 'returned':
      return [...seen, ...inState('go-on', 'go-on-late')]
    case 'decided':
      return [
        ...seen,
        ...(facts.placement === 'waiting'
          ? inState('placement-asked', 'placement-late')
          : isUnseen(facts)
            ? inState('go-on', 'go-on-late')
            : []),
      ]
    case 'postponed':
      return [...seen, ...rowsOfWaiting(facts)]
    case 'sent':
    case 'received':
      return rowsOfWaiting(facts)
    default:
      return []
  }
}

function rowsOfWaiting(facts: ReferralFacts): [ReferralRow, Instant][] {
  const { delivery, since, state, receivedAt } = facts
  const rows: [ReferralRow, Instant][] = []
  const isLost =
    state === 'sent' &&
    delivery !== undefined &&
    (delivery.state === 'failed' || (delivery.reach === 'phone' && delivery.state === 'waiting'))
  if (isLost) rows.push(['not-delivered', delivery.since], ['not-delivered-late', delivery.since])
  else if (state === 'sent' && receivedAt === undefined) rows.push(['receipt-phone', since])
  rows.push(['remind-sender', since])
  if (delivery?.reach === 'mail' && delivery.state !== 'failed') rows.push(['remind-body', since])
  return rows
}

function instantsOf(row: ReferralRow, from: Instant, facts: ReferralFacts, rules: ReferralRules, calendar: Calendar): Instant[] {
  const { when, do: does } = rules.rows[row]
  if (when.kind === 'at-once') return [from]
  if (when.kind === 'after') return morningsFrom(addWorkingDays(dayOf(from), when.workingDays, calendar), when.times, calendar)
  if (facts.dueDay === undefined) return []
  const at = at0900(addWorkingDays(facts.dueDay, -when.workingDays, calendar))
  // Whoever was written to just now needs no reminder; a day that comes so soon is not told of twice.
  return at >= from + (does === 'mail' ? rules.quietFor.days * DAY : 1) ? [at] : []
}

const step = (
  row: ReferralRow,
  at: Instant,
  { sendings, answers }: ReferralFacts,
  rules: ReferralRules,
  repeat?: number,
): ReferralStep => ({
  key: `${row}/${sendings}.${answers}${repeat === undefined ? '' : `/${repeat}`}`,
  row,
  at,
  do: rules.rows[row].do,
  whom: rules.rows[row].whom,
})
