/**
 * Carries the outbox to Temporal and to the notifications service, each kind of row by itself: the start of an hour and its letters
 * never wait behind anything, letters never behind a Temporal that is away. Rows are leased, so that a killed relay loses nothing; a repeated delivery changes nothing at the receiver.
 */
import type { Clock } from '@tirek/platform/clock'
import type { Database, Row } from '@tirek/platform/database'
import type { Log } from '@tirek/platform/log'
import { describe } from '@tirek/platform/ticker'
import { ServiceRefusal, type ServiceCaller } from '@tirek/platform/service-tokens'
import { Tell } from './tell.ts'

export type RelayTools = {
  db: Database
  clock: Clock
  log: Log
  tell: Tell
  notificationsUrl: string
  /** Absent where there are no meetings or no referrals. */
  meetingsUrl?: string | undefined
  referralsUrl?: string | undefined
  caller: ServiceCaller
  /** Forms are coming in fast: Temporal, which costs a hundred times as much per case, is told at a walk meanwhile. */
  isBusy?(): boolean
  onDelivered?(kind: string, lagMs: number): void
}

/** A lease ends by the machine's clock: it is about this process living, not about a due. */
const LEASE = '20 seconds'
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000]
/** A receiver that does not answer at all is left alone for so long, and its rows wait without being tried one by one. */
const AWAY_MS = 1_000

/** What is carried, most urgent first. */
export const CARGO = {
  'hour-start': { kind: 'hour-start', lane: 'urgent', limit: 50, atOnce: 16 },
  'urgent-notice': { kind: 'notice', lane: 'urgent', limit: 50, atOnce: 16 },
  notice: { kind: 'notice', lane: 'ordinary', limit: 100, atOnce: 8 },
  facts: { kind: 'facts', lane: 'ordinary', limit: 40, atOnce: 8 },
  erase: { kind: 'erase', lane: 'ordinary', limit: 20, atOnce: 2 },
} as const
export type Cargo = keyof typeof CARGO

/** Facts while forms come in fast: one case in so many ms. */
const WALK_MS = 300

export class Relay {
  readonly #tools: RelayTools
  /** Not before these machine instants, by row: back-off of failures. */
  readonly #later = new Map<number, number>()
  /** Not before these machine instants, by kind of row: its receiver is away. */
  readonly #away = new Map<string, number>()
  /** Machine instant of the last turn with facts. */
  #toldAt = 0

  constructor(tools: RelayTools) {
    this.#tools = tools
  }

  /** One turn of one kind of row; returns how many were delivered. */
  async turn(cargo: Cargo): Promise<number> {
    const { db, clock } = this.#tools
    const { kind, lane, limit, atOnce } = CARGO[cargo]
    if ((this.#away.get(kind) ?? 0) > performance.now()) return 0
    const walks = cargo === 'facts' && (this.#tools.isBusy?.() ?? false)
    if (walks && performance.now() - this.#toldAt < WALK_MS) return 0
    if (cargo === 'facts') this.#toldAt = performance.now()
    const now = clock.now()
    const waiting = [...this.#later].filter(([, until]) => until > performance.now()).map(([seq]) => seq)
    const rows = await db.query(
      `UPDATE cases.outbox SET leased_until = clock_timestamp() + interval '${LEASE}', attempts = attempts + 1
        WHERE seq IN (SELECT o.seq FROM cases.outbox o WHERE o.lane = $1 AND o.kind = $5 AND o.not_before <= $2 AND (o.leased_until IS NULL OR o.leased_until < clock_timestamp()) AND NOT (o.seq = ANY($4))
          AND (o.kind <> 'facts' OR NOT EXISTS (SELECT 1 FROM cases.outbox e WHERE e.case_id = o.case_id AND e.kind = 'facts' AND e.seq < o.seq AND e.not_before <= $2))
          ORDER BY o.seq FOR UPDATE SKIP LOCKED LIMIT $3)
        RETURNING seq, id, kind, case_id, name, version, hour, payload, attempts, made_at, not_before`,
      [lane, now, walks ? 1 : limit, waiting, kind],
      'lease',
    )
    rows.sort((a, b) => a['seq'] - b['seq'])
    const delivered = await inParallel(rows, atOnce, (row) => this.#deliver(row))
    return delivered.filter(Boolean).length
  }

  async #deliver(row: Row): Promise<boolean> {
    const { db, clock, log, tell, onDelivered } = this.#tools
    const seq = row['seq'] as number
    const kind = row['kind'] as string
    try {
      if ((this.#away.get(kind) ?? 0) > performance.now()) throw new Error('its receiver is away')
      if (row['kind'] === 'notice') {
        await this.#tools.caller.call('notifications', `${this.#tools.notificationsUrl}/internal/notices`, row['payload'])
        await db.query('DELETE FROM cases.outbox WHERE seq = $1', [seq])
      } else if (row['kind'] === 'erase') {
        const { meetingsUrl, referralsUrl } = this.#tools
        // These first: what they still had to send would come back into letters that are erased already.
        const erased = { caseId: row['case_id'] }
        if (referralsUrl) await this.#tools.caller.call('referrals', `${referralsUrl}/internal/cases/erase`, erased)
        if (meetingsUrl) await this.#tools.caller.call('meetings', `${meetingsUrl}/internal/cases/erase`, erased)
        await this.#tools.caller.call('notifications', `${this.#tools.notificationsUrl}/internal/cases/erase`, {
          caseId: row['case_id'],
        })
        await tell.end(row['case_id'] as string)
        await db.query('DELETE FROM cases.outbox WHERE seq = $1', [seq])
      } else if (row['kind'] === 'hour-start') {
        await tell.startHour(row['case_id'] as string, row['hour'] as number)
        await db.query('DELETE FROM cases.outbox WHERE seq = $1', [seq])
      } else {
        const version = await tell.facts(row['case_id'] as string, row['name'] as string, row['id'] as string)
        // Whatever older rows wait of this case, the newest facts carried it.
        await db.query(`DELETE FROM cases.outbox WHERE case_id = $1 AND kind = 'facts' AND (seq = $2 OR (version <= $3 AND seq < $2))`, [
          row['case_id'],
          seq,
          version,
        ])
      }
      this.#later.delete(seq)
      this.#away.delete(kind)
      onDelivered?.(row['kind'] as string, clock.now() - Math.max(row['made_at'] as number, row['not_before'] as number))
      return true
    } catch (error) {
      if (isReceiverAway(error)) this.#away.set(kind, performance.now() + AWAY_MS)
      const pause = BACK_OFF_MS[Math.min((row['attempts'] as number) - 1, BACK_OFF_MS.length - 1)]!
      // Of a receiver that is away every row would wait longer and longer: they are tried again when it is back.
      this.#later.set(seq, performance.now() + (this.#away.has(kind) ? Math.min(pause, AWAY_MS) : pause))
      await db.query('UPDATE cases.outbox SET leased_until = NULL WHERE seq = $1', [seq]).catch(() => {})
      log.warn(
        { outbox: row['kind'], case: row['case_id'], attempts: row['attempts'], error: describe(error) },
        'not delivered yet, tried again',
      )
      return false
    }
  }
}

/** What a service, or whoever stands before it, answers while it is away. */
const GATE = new Set([502, 503, 504])
/** Not this row's fault: nobody answers there. */
function isReceiverAway(error: unknown): boolean {
  const { name, message, code } = describe(error)
  return (
    name === 'TypeError' ||
    name === 'TimeoutError' ||
    code === '14' ||
    (error instanceof ServiceRefusal && GATE.has(error.status)) ||
    /UNAVAILABLE|Failed to connect|fetch failed/.test(message) ||
    (error as { code?: unknown }).code === 14
  )
}

async function inParallel<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const queue = [...items]
  await Promise.all(
    Array.from({ length: Math.min(width, queue.length) }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) results.push(await work(item))
    }),
  )
  return results
}
