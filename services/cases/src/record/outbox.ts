/** Rows of the outbox: what Temporal and people are to be told, written in the transaction of its cause. */
import type { NoticeInput } from '@tirek/contract/notices'
import type { Sql } from '@tirek/platform/database'
import { randomUUID } from 'node:crypto'

export type OutboxRow = {
  id: string
  kind: 'hour-start' | 'facts' | 'notice'
  lane: 'urgent' | 'ordinary'
  name: string
  version: number
  hour: number | null
  payload: NoticeInput | null
  not_before: number
  made_at: number
}

export const hourStart = (hour: number, version: number, at: number): OutboxRow => ({
  id: randomUUID(),
  kind: 'hour-start',
  lane: 'urgent',
  name: 'hour',
  version,
  hour,
  payload: null,
  not_before: at,
  made_at: at,
})

/** The newest facts for the workflows of a case; `name` is the kind of act that changed them. */
export const factsChanged = (name: string, version: number, at: number, notBefore = at): OutboxRow => ({
  id: randomUUID(),
  kind: 'facts',
  lane: 'ordinary',
  name,
  version,
  hour: null,
  payload: null,
  not_before: notBefore,
  made_at: at,
})

export const notice = (payload: NoticeInput, version: number, at: number): OutboxRow => ({
  id: randomUUID(),
  kind: 'notice',
  lane: payload.urgent ? 'urgent' : 'ordinary',
  name: payload.event ?? 'steps',
  version,
  hour: payload.hour ?? null,
  payload,
  not_before: at,
  made_at: at,
})

/** What a message on the channel `cases_outbox` says: a form was saved, something of an hour waits. */
export const heard = (message: string): { isAct: boolean; isUrgent: boolean } => ({
  isAct: message.startsWith('act'),
  isUrgent: message.endsWith('urgent'),
})

/** Writes a notice that no act of the case brought about, and wakes the relay. */
export async function writeNotice(sql: Sql, caseId: string, row: OutboxRow): Promise<void> {
  const { id, kind, lane, name, version, hour, payload, not_before, made_at } = row
  await sql(
    `INSERT INTO cases.outbox (id, kind, lane, case_id, name, version, hour, payload, not_before, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [id, kind, lane, caseId, name, version, hour, JSON.stringify(payload), not_before, made_at],
  )
  await sql(`SELECT pg_notify('cases_outbox', $1)`, [lane === 'urgent' ? 'urgent' : ''])
}
