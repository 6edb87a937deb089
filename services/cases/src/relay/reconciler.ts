/** Finds cases whose workflow is missing or behind the record, and has them told again. Nothing is believed but the record. */
import type { Clock } from '@tirek/platform/clock'
import type { Database } from '@tirek/platform/database'
import type { Log } from '@tirek/platform/log'
import { within, type TemporalClient } from '@tirek/platform/temporal'
import { caseWorkflowId, FACTS_SENT_AGAIN, urgentWorkflowId } from '@tirek/workflows/messages'
import { randomUUID } from 'node:crypto'
import { factsChanged, hourStart, type OutboxRow } from '../record/outbox.ts'

export type ReconcilerTools = { db: Database; clock: Clock; log: Log; temporal: TemporalClient }

const INSERT = `INSERT INTO cases.outbox (id, kind, lane, case_id, name, version, hour, payload, not_before, made_at)
  SELECT $1, $2, $3, $4, $5, $6, $7, NULL, $8, $8 WHERE NOT EXISTS (SELECT 1 FROM cases.outbox WHERE case_id = $4 AND kind = $2 AND hour IS NOT DISTINCT FROM $7)`

/** No row of the outbox is about to tell the workflow of it. */
const NO_FACTS_WAIT = `NOT EXISTS (SELECT 1 FROM cases.outbox o WHERE o.case_id = c.id AND o.kind = 'facts')`
const NO_HOUR_WAITS = `NOT EXISTS (SELECT 1 FROM cases.outbox o WHERE o.case_id = d.case_id AND o.kind = 'hour-start' AND o.hour = d.hour)`

export class Reconciler {
  readonly #tools: ReconcilerTools
  #from = '00000000-0000-0000-0000-000000000000'

  constructor(tools: ReconcilerTools) {
    this.#tools = tools
  }

  /** Compares versions in the record, and asks Temporal for the next `ask` cases whether their workflow is there. Returns repairs queued. */
  async turn(ask = 50): Promise<number> {
    return (await this.#behind()) + (await this.#missing(ask))
  }

  /** By the record alone: what no workflow has confirmed and no row of the outbox is about to tell. */
  async #behind(): Promise<number> {
    const { db, clock } = this.#tools
    const cases = await db.query(
      `SELECT c.id, c.version FROM cases."case" c
        WHERE c.erased_at IS NULL AND (NOT c.ended OR EXISTS (SELECT 1 FROM cases.deadline d WHERE d.case_id = c.id AND d.state = 'open'))
          AND ${NO_FACTS_WAIT}
          AND NOT EXISTS (SELECT 1 FROM cases.workflow_ack a WHERE a.case_id = c.id AND a.hour IS NULL AND a.version >= c.version)
        LIMIT 200`,
    )
    for (const row of cases) await this.#queue(row['id'] as string, factsChanged(FACTS_SENT_AGAIN, row['version'] as number, clock.now()))
    const hours = await db.query(
      `SELECT d.case_id, d.hour, c.version FROM cases.deadline d JOIN cases."case" c ON c.id = d.case_id
        WHERE c.erased_at IS NULL AND d.state = 'open' AND d.run_by = 'urgent' AND NOT EXISTS (SELECT 1 FROM cases.workflow_ack a WHERE a.case_id = d.case_id AND a.hour = d.hour AND a.open)
          AND ${NO_HOUR_WAITS} LIMIT 200`,
    )
    for (const row of hours)
      await this.#queue(row['case_id'] as string, hourStart(row['hour'] as number, row['version'] as number, clock.now()))
    return cases.length + hours.length
  }

  /**
   * By asking: a workflow ended by hand, or lost with the disk of Temporal. The hours are asked first, every time. Of whom a row of the outbox
   * is about to tell is not asked: its workflow may not be there yet.
   */
  async #missing(ask: number): Promise<number> {
    const { db, clock, log, temporal } = this.#tools
    const hours = await db.query(
      `SELECT d.case_id AS id, d.hour, c.version FROM cases.deadline d JOIN cases."case" c ON c.id = d.case_id WHERE c.erased_at IS NULL AND d.state = 'open' AND d.run_by = 'urgent'
          AND ${NO_HOUR_WAITS} LIMIT 100`,
    )
    const cases = await db.query(
      `SELECT c.id, NULL::int AS hour, c.version FROM cases."case" c
        WHERE NOT c.ended AND c.id > $1 AND ${NO_FACTS_WAIT} ORDER BY c.id LIMIT $2`,
      [this.#from, ask],
    )
    this.#from = cases.length < ask ? '00000000-0000-0000-0000-000000000000' : (cases.at(-1)!['id'] as string)
    if (hours.length + cases.length === 0) return 0
    const client = await temporal.get()
    let repaired = 0
    for (const row of [...hours, ...cases]) {
      const caseId = row['id'] as string
      const hour = row['hour'] as number | null
      const workflowId = hour === null ? caseWorkflowId(caseId) : urgentWorkflowId(caseId, hour)
      const isThere = await within(client, 3_000, () => client.workflow.getHandle(workflowId).describe())
        .then((found) => found.status.name === 'RUNNING')
        .catch((error: unknown) => {
          if ((error as Error).name === 'WorkflowNotFoundError') return false
          throw error
        })
      if (isThere) continue
      log.warn({ case: caseId, hour }, 'its workflow was missing and is started again')
      await db.query('DELETE FROM cases.workflow_ack WHERE workflow_id = $1', [workflowId])
      const at = clock.now()
      repaired += await this.#queue(
        caseId,
        hour === null ? factsChanged(FACTS_SENT_AGAIN, row['version'] as number, at) : hourStart(hour, row['version'] as number, at),
      )
    }
    return repaired
  }

  async #queue(caseId: string, row: OutboxRow): Promise<number> {
    await this.#tools.db.query(INSERT, [randomUUID(), row.kind, row.lane, caseId, row.name, row.version, row.hour, row.made_at])
    await this.#tools.db.query(`SELECT pg_notify('cases_outbox', $1)`, [row.lane === 'urgent' ? 'urgent' : ''])
    return 1
  }
}
