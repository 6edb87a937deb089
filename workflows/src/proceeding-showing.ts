/** What administrators see of any proceeding in the Temporal UI. */
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow'
import type { Trouble } from './known-case.ts'
import type { ProceedingStep } from './known-proceeding.ts'
import type { AboutCase } from './messages.ts'
import { SEARCH, type SearchValue } from './search-attributes.ts'
import { localTime } from './showing.ts'

/** A step in a few words, for summaries of timers and activities. */
export const stepInWords = ({ row, do: what, whom, at }: ProceedingStep): string => `${row}: ${what} ${whom}, ${localTime(at)}`

/** The first line: where its page is, and how it stands. */
export const headOf = (about: AboutCase, id: string, standing: string): string => {
  const name = about.number ?? id
  return `**${about.link ? `[${name}](${about.link})` : name}** · ${standing}`
}

export const troubleOf = (trouble: Trouble | undefined): string[] =>
  trouble ? [`> **In trouble** since ${localTime(trouble.since)}, tried ${trouble.tries} times: ${trouble.what}\n`] : []

export const nextOf = ([next]: readonly ProceedingStep[]): string => (next ? `Next: ${stepInWords(next)}` : 'Only people are awaited.')

/** `waitingFor` in one word; null: nothing is awaited. */
export function upsertChanged(about: AboutCase, open: readonly ProceedingStep[], waitingFor: string | null, isOverdue: boolean) {
  const wanted: SearchValue[] = [
    { key: SEARCH.organisation, value: about.organisation ?? null },
    { key: SEARCH.manager, value: about.manager ?? null },
    { key: SEARCH.waitingFor, value: waitingFor },
    { key: SEARCH.nextDeadlineAt, value: open[0] ? new Date(open[0].at) : null },
    { key: SEARCH.overdue, value: isOverdue },
  ]
  const known = workflowInfo().typedSearchAttributes
  const textOf = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value ?? null))
  const changed = wanted.filter(({ key, value }) => textOf(known.get(key)) !== textOf(value))
  if (changed.length > 0) upsertSearchAttributes(changed)
}
