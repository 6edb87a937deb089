/** Entries that acts make in the journals by themselves: visitors (CP-08, CP-80), unconfirmed requests (CP-16, CP-81), requests sent and received (CP-118). */
import type { Sql } from '@tirek/platform/database'
import type { RecordedAct } from '@tirek/procedure/case'
import { randomUUID } from 'node:crypto'
import { childOfCase } from './corrections.ts'
import type { KnownFacts } from './facts.ts'

export type JournalEntry = {
  id: string
  name: 'visitors' | 'unconfirmed' | 'requests'
  at: number
  by: string
  act: string
  entry: Record<string, unknown>
}

/** CP-81: what the journal of unconfirmed requests says of the request: from its form, and the child as it is known now. */
export type RequestSaid = { reportedAt?: string; child: Record<string, unknown>; asker?: unknown; channel?: string; ground?: string }

const isNotConfirmed = ({ kind, fact }: RecordedAct) =>
  kind === 'primary-assessment-done' && (fact as { outcome: string }).outcome === 'not-confirmed'

/** The last request of the case that stands, for an act that does not confirm it. */
export async function requestSaid(sql: Sql, caseId: string, act: RecordedAct): Promise<RequestSaid | undefined> {
  if (!isNotConfirmed(act)) return undefined
  const [request] = await sql(
    `SELECT a.form FROM cases.act a WHERE a.case_id = $1 AND a.kind IN ('help-request-registered', 'relapse')
        AND NOT EXISTS (SELECT 1 FROM cases.act w WHERE w.case_id = a.case_id AND w.kind = 'withdrawn' AND w.fact->>'act' = a.id::text)
      ORDER BY a.version DESC LIMIT 1`,
    [caseId],
  )
  const { reportedAt, asker, channel, ground } = (request?.['form'] ?? {}) as Omit<RequestSaid, 'child'>
  const { name, birth_date: birthDate, age, address } = await childOfCase(sql, caseId)
  const child = Object.fromEntries(Object.entries({ name, birthDate, age, address }).filter(([, value]) => value !== null))
  return { child, ...(reportedAt && { reportedAt }), ...(asker ? { asker } : {}), ...(channel && { channel }), ...(ground && { ground }) }
}

/** `said`: of the request, for an act that does not confirm it. */
export function journalEntryOf(
  act: RecordedAct,
  form: unknown,
  before: KnownFacts | undefined,
  after: KnownFacts,
  number: string,
  said?: RequestSaid,
): JournalEntry[] {
  const entry = (name: JournalEntry['name'], more: Record<string, unknown>): JournalEntry[] => [
    { id: randomUUID(), name, at: act.happenedAt, by: act.by, act: act.id, entry: { request: number, ...more } },
  ]
  if (act.kind === 'help-request-registered' && (act.fact as { oneOffHelp: boolean }).oneOffHelp) {
    const { child, asker, ground, helpGiven } = form as { child: unknown; asker: unknown; ground: string; helpGiven?: string }
    return entry('visitors', { child, visitor: asker, question: ground, level: 'low', work: helpGiven, result: 'self-help' })
  }
  if (isNotConfirmed(act)) {
    const { reason, asked, askerTold } = form as { reason: string; asked?: string; askerTold?: string }
    return entry('unconfirmed', {
      ...said,
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
