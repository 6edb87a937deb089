/**
 * Carries the outbox to Temporal and to the notifications service. Two lanes: the hour (its start and its letters) never waits behind
 * the ordinary one. Rows are leased, so that a killed relay loses nothing; a repeated delivery changes nothing at the receiver.
 */
import { callService } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Database, Row } from '@tirek/platform/database'
import type { Log } from '@tirek/platform/log'
import { describe } from '@tirek/platform/ticker'
import { Tell } from './tell.ts'

export type RelayTools = { db: Database; clock: Clock; log: Log; tell: Tell; notificationsUrl: string; serviceSecret: string; onDelivered?(kind: string, lagMs: number): void }

/** A lease ends by the machine's clock: it is about this process living, not about a due. */
const LEASE = '20 seconds'
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000]

export class Relay {
  readonly #tools: RelayTools
  /** Not before these machine instants, by row: back-off of failures. */
  readonly #later = new Map<number, number>()

  constructor(tools: RelayTools) {
    this.#tools = tools
  }

  /** One turn of a lane; returns how many rows were delivered. */
  async turn(lane: 'urgent' | 'ordinary', limit = lane === 'urgent' ? 50 : 40): Promise<number> {
    const { db, clock } = this.#tools
    const now = clock.now()
    const waiting = [...this.#later].filter(([, until]) => until > performance.now()).map(([seq]) => seq)
    const rows = await db.query(
      `UPDATE cases.outbox SET leased_until = clock_timestamp() + interval '${LEASE}', attempts = attempts + 1
        WHERE seq IN (SELECT o.seq FROM cases.outbox o WHERE o.lane = $1 AND o.not_before <= $2 AND (o.leased_until IS NULL OR o.leased_until < clock_timestamp()) AND NOT (o.seq = ANY($4))
          AND (o.kind <> 'facts' OR NOT EXISTS (SELECT 1 FROM cases.outbox e WHERE e.case_id = o.case_id AND e.kind = 'facts' AND e.seq < o.seq AND e.not_before <= $2))
          ORDER BY (o.kind = 'hour-start') DESC, o.seq FOR UPDATE SKIP LOCKED LIMIT $3)
        RETURNING seq, id, kind, case_id, name, version, hour, payload, attempts, made_at, not_before`,
      [lane, now, limit, waiting],
    )
    const delivered = await inParallel(rows, lane === 'urgent' ? 16 : 8, (row) => this.#deliver(row))
    return delivered.filter(Boolean).length
  }

  async #deliver(row: Row): Promise<boolean> {
    const { db, clock, log, tell, onDelivered } = this.#tools
    const seq = row['seq'] as number
    try {
      if (row['kind'] === 'notice') {
        await callService(this.#tools.serviceSecret, 'notifications', `${this.#tools.notificationsUrl}/internal/notices`, row['payload'])
        await db.query('DELETE FROM cases.outbox WHERE seq = $1', [seq])
      } else if (row['kind'] === 'hour-start') {
        await tell.startHour(row['case_id'] as string, row['hour'] as number)
        await db.query('DELETE FROM cases.outbox WHERE seq = $1', [seq])
      } else {
        const version = await tell.facts(row['case_id'] as string, row['name'] as string, row['id'] as string)
        // Whatever older rows wait of this case, the newest facts carried it.
        await db.query(`DELETE FROM cases.outbox WHERE case_id = $1 AND kind = 'facts' AND (seq = $2 OR (version <= $3 AND seq < $2))`, [row['case_id'], seq, version])
      }
      this.#later.delete(seq)
      onDelivered?.(row['kind'] as string, clock.now() - Math.max(row['made_at'] as number, row['not_before'] as number))
      return true
    } catch (error) {
      const pause = BACK_OFF_MS[Math.min((row['attempts'] as number) - 1, BACK_OFF_MS.length - 1)]!
      this.#later.set(seq, performance.now() + pause)
      await db.query('UPDATE cases.outbox SET leased_until = NULL WHERE seq = $1', [seq]).catch(() => {})
      log.warn({ outbox: row['kind'], case: row['case_id'], attempts: row['attempts'], error: describe(error) }, 'not delivered yet, tried again')
      return false
    }
  }
}

async function inParallel<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const queue = [...items]
  await Promise.all(Array.from({ length: Math.min(width, queue.length) }, async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) results.push(await work(item))
  }))
  return results
}
