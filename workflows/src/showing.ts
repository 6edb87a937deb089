/** What administrators see of a case in the Temporal UI. No personal data: all of it is readable by everybody who may see the list. */
import type { BaseFacts } from '@tirek/procedure/case'
import type { Deadline, Step } from '@tirek/procedure/deadline'
import { isOverdue } from '@tirek/procedure/next-step'
import { dayOf, minuteOfDay, type Instant } from '@tirek/procedure/time'
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow'
import { now } from './clock.ts'
import type { KnownCase, NextStep, Trouble } from './known-case.ts'
import { SEARCH, type SearchValue } from './search-attributes.ts'

/** A step in a few words, for summaries of timers and activities. */
export const inWords = (deadline: Deadline, step: Step): string =>
  `${deadline.rule} ${deadline.row}: ${step.do} ${step.whom.join(', ')}${step.repeat > 0 ? ` (repeat ${step.repeat})` : ''}, ${localTime(step.at)}`

/** Shows where the case stands: a live table of its open deadlines, and the search attributes that changed. */
export function show(known: KnownCase, open: readonly Deadline[]) {
  const next = known.nextStep(open)
  setCurrentDetails(detailsOf(known, open, next))
  upsertChanged(known, open, next)
}

/** Markdown. A deadline says its rule, what is awaited, of whom and until when. */
export function detailsOf(known: KnownCase, open: readonly Deadline[], next: NextStep | undefined): string {
  const { facts, about } = known
  const name = about.number ?? known.caseId
  const rows = open.toSorted((a, b) => (a.due ?? Infinity) - (b.due ?? Infinity)).map((deadline) => row(known, deadline))
  return [
    `**${about.link ? `[${name}](${about.link})` : name}** · ${facts.programme} · stage ${facts.stage} · risk ${facts.riskLevel} · version ${facts.version}`,
    '',
    ...[...known.troubles.values()].map(inTrouble),
    next ? `Next: ${inWords(next.deadline, next.step)}` : 'Only evidence is awaited.',
    '',
    '| Rule | Deadline | Due | Waits for | Next step |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

function row(known: KnownCase, deadline: Deadline): string {
  const next = known.nextStep([deadline])
  const due = deadline.dueDay ?? (deadline.due === undefined ? 'no term' : localTime(deadline.due))
  const late = isOverdue(deadline, now()) ? ' **overdue**' : ''
  const step = next ? `${next.step.do} ${next.step.whom.join(', ')} ${localTime(next.step.at)}` : ''
  return `| ${deadline.rule} | ${deadline.row} | ${due}${late} | ${deadline.waitsFor} | ${step} |`
}

const inTrouble = ({ what, since, tries }: Trouble): string => `> **In trouble** since ${localTime(since)}, tried ${tries} times: ${what}\n`

/** `2026-11-24 09:00`, local. */
export const localTime = (instant: Instant): string => {
  const minute = minuteOfDay(instant)
  return `${dayOf(instant)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
const two = (n: number) => String(n).padStart(2, '0')

function upsertChanged({ facts, about }: KnownCase, open: readonly Deadline[], next: NextStep | undefined) {
  const wanted: SearchValue[] = [
    { key: SEARCH.stage, value: facts.stage },
    { key: SEARCH.risk, value: facts.riskLevel },
    { key: SEARCH.programme, value: facts.programme },
    { key: SEARCH.organisation, value: about.organisation ?? null },
    { key: SEARCH.manager, value: managerOf(facts) ?? about.manager ?? null },
    { key: SEARCH.waitingFor, value: next?.deadline.waitsFor ?? null },
    { key: SEARCH.nextDeadlineAt, value: earliestDue(open) },
    { key: SEARCH.overdue, value: open.some((deadline) => isOverdue(deadline, now())) },
    { key: SEARCH.emergency, value: !facts.ended && facts.hours.some((hour) => hour.closedAt === undefined) },
  ]
  const known = workflowInfo().typedSearchAttributes
  const changed = wanted.filter(({ key, value }) => textOf(known.get(key)) !== textOf(value))
  if (changed.length > 0) upsertSearchAttributes(changed)
}

const textOf = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value ?? null))

/** Programmes whose facts name the case manager say so themselves. */
const managerOf = (facts: BaseFacts): string | undefined =>
  'manager' in facts && typeof facts.manager === 'string' ? facts.manager : undefined

const earliestDue = (open: readonly Deadline[]): Date | null => {
  const dues = open.flatMap((deadline) => deadline.due ?? [])
  return dues.length > 0 ? new Date(Math.min(...dues)) : null
}
