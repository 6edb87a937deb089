/** Rows of the outbox: what Temporal and people are to be told, written in the transaction of its cause. */
import type { NoticeInput } from '@tirek/contract/notices'
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
