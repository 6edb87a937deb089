/** Rows of the outbox: what others are to be told, written in the transaction of its cause. */
import type { ActForPerson } from '@tirek/contract/meetings'
import type { MailInput } from '@tirek/contract/mails'
import type { NoticeInput } from '@tirek/contract/notices'
import type { AgendaView } from '@tirek/documents/agenda'
import type { Sql } from '@tirek/platform/database'
import { randomUUID } from 'node:crypto'

export type Told =
  /** `files`: what is attached, by the ids of its files; the bytes are read, and the agenda is printed, when it is carried. */
  | { kind: 'mail'; payload: MailInput; files?: readonly string[]; agenda?: AgendaView }
  | { kind: 'act'; payload: ActForPerson }
  | { kind: 'notice'; payload: NoticeInput }
  | { kind: 'facts' }

/** Writes them in order and wakes the relay when the transaction is there. */
export async function tell(
  sql: Sql,
  of: { meeting: string; caseId: string; version: number; now: number },
  all: readonly Told[],
): Promise<void> {
  if (all.length === 0) return
  const rows = all.map((one) => ({
    id: randomUUID(),
    kind: one.kind,
    payload:
      one.kind === 'mail' ? { mail: one.payload, files: one.files ?? [], agenda: one.agenda } : 'payload' in one ? one.payload : null,
    not_before: 'payload' in one && one.kind === 'mail' ? Math.max(one.payload.sendAt, of.now) : of.now,
  }))
  await sql(
    `INSERT INTO meetings.outbox (id, kind, meeting, case_id, version, payload, not_before, made_at)
     SELECT (o.r->>'id')::uuid, o.r->>'kind', $2, $3, $4, nullif(o.r->'payload', 'null'), (o.r->>'not_before')::bigint, $5
       FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS o(r, n) ORDER BY o.n`,
    [JSON.stringify(rows), of.meeting, of.caseId, of.version, of.now],
  )
  await sql(`SELECT pg_notify('meetings_outbox', '')`)
}
