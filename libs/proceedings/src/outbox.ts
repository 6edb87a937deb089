/** Rows of the outbox: what others are to be told, written in the transaction of its cause. */
import type { NoticeInput } from '@tirek/contract/notices'
import type { ToldAct } from '@tirek/contract/proceedings'
import type { Sql } from '@tirek/platform/database'
import { randomUUID } from 'node:crypto'
import type { Place } from './kind.ts'

export type Told =
  /** What a mail is made of: the service says how, when it is carried. Not before `sendAt`. */
  | { kind: 'mail'; payload: object; sendAt: number }
  | { kind: 'act'; payload: ToldAct }
  | { kind: 'notice'; payload: NoticeInput }
  | { kind: 'facts' }

export type Telling = { id: string; caseId: string; version: number; now: number }

/** Writes them in order and wakes the relay when the transaction is there. */
export async function tell(sql: Sql, { schema, of }: Place, { id, caseId, version, now }: Telling, all: readonly Told[]): Promise<void> {
  if (all.length === 0) return
  const rows = all.map((one) => ({
    id: randomUUID(),
    kind: one.kind,
    payload: 'payload' in one ? one.payload : null,
    not_before: one.kind === 'mail' ? Math.max(one.sendAt, now) : now,
  }))
  await sql(
    `INSERT INTO ${schema}.outbox (id, kind, ${of}, case_id, version, payload, not_before, made_at)
     SELECT (o.r->>'id')::uuid, o.r->>'kind', $2, $3, $4, nullif(o.r->'payload', 'null'), (o.r->>'not_before')::bigint, $5
       FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS o(r, n) ORDER BY o.n`,
    [JSON.stringify(rows), id, caseId, version, now],
  )
  await sql(`SELECT pg_notify('${schema}_outbox', '')`)
}
