import type { Clock } from '@tirek/platform/clock'
import type { Database } from '@tirek/platform/database'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** Figures of the record. Returns what the relay calls for each row it delivered. */
export function addGauges(registers: Registry, db: Database, clock: Clock): (kind: string, lagMs: number) => void {
  const registry = [registers]
  const gauge = (name: string, help: string, sql: string, needsNow = false) =>
    new Gauge({
      name,
      help,
      registers: registry,
      async collect() {
        const [row] = await db.query(sql, needsNow ? [clock.now()] : []).catch(() => [])
        this.set(Number(row?.['n'] ?? Number.NaN))
      },
    })
  gauge('tirek_outbox_rows', 'Rows not delivered yet', 'SELECT count(*) AS n FROM cases.outbox')
  gauge(
    'tirek_outbox_oldest_ms',
    'Age of the oldest row that is due',
    'SELECT coalesce(max($1::bigint - greatest(made_at, not_before)), 0) AS n FROM cases.outbox WHERE not_before <= $1',
    true,
  )
  gauge('tirek_deadlines_open', 'Open deadlines', `SELECT count(*) AS n FROM cases.deadline WHERE state = 'open'`)
  gauge(
    'tirek_deadlines_overdue',
    'Open deadlines after their due',
    `SELECT count(*) AS n FROM cases.deadline WHERE state = 'open' AND due < $1`,
    true,
  )
  gauge('tirek_hours_open', 'Hours without evidence', `SELECT count(*) AS n FROM cases.deadline WHERE state = 'open' AND run_by = 'urgent'`)
  gauge(
    'tirek_steps_late',
    'Steps due and not taken for a minute',
    `SELECT count(*) AS n FROM cases.deadline WHERE state = 'open' AND next_step_at < $1::bigint - 60000`,
    true,
  )
  const lag = new Histogram({
    name: 'tirek_relay_lag_seconds',
    help: 'From being due to being delivered',
    labelNames: ['kind'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60],
    registers: registry,
  })
  return (kind, lagMs) => lag.observe({ kind }, Math.max(0, lagMs) / 1_000)
}

/** Returns what is called when the reconciler has ended a turn. A turn that fails is none: the age goes on growing. */
export function addReconcilerMetrics(registers: Registry): (repaired: number) => void {
  const registry = [registers]
  let endedAt = performance.now()
  new Gauge({
    name: 'tirek_reconciler_age_seconds',
    help: 'Since the reconciler ended its last turn; before the first one, since the start',
    registers: registry,
    collect() {
      this.set((performance.now() - endedAt) / 1_000)
    },
  })
  const repairs = new Counter({
    name: 'tirek_reconciler_repairs_total',
    help: 'Cases and hours that were told again',
    registers: registry,
  })
  return (repaired) => {
    endedAt = performance.now()
    repairs.inc(repaired)
  }
}
