/** Entries that acts make in the journals by themselves: visitors (CP-08, CP-80), unconfirmed requests (CP-16, CP-81), requests sent and received (CP-118). */
import type { RecordedAct } from '@tirek/procedure/case'
import { randomUUID } from 'node:crypto'
import type { KnownFacts } from './facts.ts'

export type JournalEntry = {
  id: string
  name: 'visitors' | 'unconfirmed' | 'requests'
  at: number
  by: string
  act: string
  entry: Record<string, unknown>
}

export function journalEntryOf(
  act: RecordedAct,
  form: unknown,
  before: KnownFacts | undefined,
  after: KnownFacts,
  number: string,
): JournalEntry[] {
  const entry = (name: JournalEntry['name'], more: Record<string, unknown>): JournalEntry[] => [
    { id: randomUUID(), name, at: act.happenedAt, by: act.by, act: act.id, entry: { request: number, ...more } },
  ]
  if (act.kind === 'help-request-registered' && (act.fact as { oneOffHelp: boolean }).oneOffHelp) {
    const { child, asker, ground, helpGiven } = form as { child: unknown; asker: unknown; ground: string; helpGiven?: string }
    return entry('visitors', { child, visitor: asker, question: ground, level: 'low', work: helpGiven, result: 'self-help' })
  }
  if (act.kind === 'primary-assessment-done' && (act.fact as { outcome: string }).outcome === 'not-confirmed') {
    const { reason, asked, askerTold } = form as { reason: string; asked?: string; askerTold?: string }
    return entry('unconfirmed', {
      levelAtRegistration: before?.riskLevel ?? after.riskLevel,
      why: reason,
      asked,
      askerTold,
      decidedAt: act.happenedAt,
    })
  }
  if (act.kind === 'request-sent' || act.kind === 'request-received' || act.kind === 'request-answered')
    return [
      {
        id: randomUUID(),
        name: 'requests',
        at: act.happenedAt,
        by: act.by,
        act: act.id,
        entry: { ...(form as object), kind: act.kind, case: number },
      },
    ]
  return []
}
