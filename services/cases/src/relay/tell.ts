/** Tells the workflows of a case the newest facts of the record. Ids are readable and hold nothing personal. */
import { WithStartWorkflowOperation } from '@temporalio/client'
import type { Database } from '@tirek/platform/database'
import { isGone, within, type TemporalClient } from '@tirek/platform/temporal'
import {
  caseWorkflowId,
  TASK_QUEUES,
  told,
  urgentWorkflowId,
  type AboutCase,
  type CaseStart,
  type UrgentStart,
} from '@tirek/workflows/messages'
import type { KnownRow } from '../steps/people.ts'

/** Any call to Temporal ends within this. */
const LONGEST_CALL_MS = 5_000

export class Tell {
  readonly #db: Database
  readonly #temporal: TemporalClient
  readonly #link: string

  constructor(db: Database, temporal: TemporalClient, link: string) {
    this.#db = db
    this.#temporal = temporal
    this.#link = link
  }

  /** Starts the workflow of an hour; one that runs already is left alone. */
  async startHour(caseId: string, hour: number): Promise<void> {
    const found = await this.#read(caseId)
    if (!found) return
    const { row, taken } = found
    const workflowId = urgentWorkflowId(caseId, hour)
    const client = await this.#temporal.get()
    const start: UrgentStart = { caseId, hour, facts: row.facts, taken, about: this.#about(row) }
    await within(client, LONGEST_CALL_MS, () =>
      client.workflow.start('urgentResponse', {
        workflowId,
        taskQueue: TASK_QUEUES.urgent,
        args: [start],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        staticSummary: `${row.number}: hour ${hour}`,
      }),
    )
    await this.#acknowledge(caseId, workflowId, hour, row.facts.version, true)
  }

  /** Sends the newest facts to the case's workflow, starting it where there is none, and to the hours that run. Returns the version told. */
  async facts(caseId: string, name: string, updateId: string): Promise<number> {
    const found = await this.#read(caseId)
    if (!found) return 0
    const { row, taken, hours, isIdle } = found
    const client = await this.#temporal.get()
    const { version } = row.facts
    const about = this.#about(row)
    for (const { workflow_id: workflowId, hour } of hours) {
      const isOver = row.facts.hours[hour]?.closedAt !== undefined || row.facts.hours[hour]?.withdrawnAt !== undefined
      await within(client, LONGEST_CALL_MS, () =>
        client.workflow.getHandle(workflowId).executeUpdate(told(name), { args: [row.facts, about], updateId }),
      ).catch(async (error: unknown) => {
        if (!isGone(error)) throw error
        // It ended by itself, or was ended by hand: an hour without evidence is started again.
        if (!isOver) await this.startHour(caseId, hour)
      })
      await this.#acknowledge(caseId, workflowId, hour, version, !isOver)
    }
    const workflowId = caseWorkflowId(caseId)
    const start: CaseStart = { caseId, facts: row.facts, taken, about }
    // A case that has ended with nothing awaited needs no workflow made anew to end at once.
    const tellOnly = isIdle
    try {
      if (tellOnly)
        await within(client, LONGEST_CALL_MS, () =>
          client.workflow.getHandle(workflowId).executeUpdate(told(name), { args: [row.facts, about], updateId }),
        )
      else
        await within(client, LONGEST_CALL_MS, () =>
          client.workflow.executeUpdateWithStart(told(name), {
            args: [row.facts, about],
            updateId,
            startWorkflowOperation: new WithStartWorkflowOperation('caseWorkflow', {
              workflowId,
              taskQueue: TASK_QUEUES.caseWorkflows,
              args: [start],
              workflowIdConflictPolicy: 'USE_EXISTING',
              workflowIdReusePolicy: 'ALLOW_DUPLICATE',
              staticSummary: row.number,
            }),
          }),
        )
    } catch (error) {
      if (!(tellOnly && isGone(error))) throw error
    }
    await this.#acknowledge(caseId, workflowId, null, version, !tellOnly)
    return version
  }

  /** Ends what still runs of an erased case: nobody can read what it was told. */
  async end(caseId: string): Promise<void> {
    const open = await this.#db.query('SELECT workflow_id FROM cases.workflow_ack WHERE case_id = $1 AND open', [caseId])
    if (open.length === 0) return
    const client = await this.#temporal.get()
    for (const { workflow_id: workflowId } of open)
      await within(client, LONGEST_CALL_MS, () => client.workflow.getHandle(workflowId as string).terminate('the case is erased')).catch(
        (error: unknown) => {
          if (!isGone(error)) throw error
        },
      )
    await this.#db.query('UPDATE cases.workflow_ack SET open = false WHERE case_id = $1', [caseId])
  }

  /** Nothing where there is no such case, or it is erased: a row that told of it has nothing to tell. */
  async #read(
    caseId: string,
  ): Promise<{ row: KnownRow; taken: string[]; hours: { workflow_id: string; hour: number }[]; isIdle: boolean } | undefined> {
    const [row] = await this.#db.query(
      `SELECT c.*, (SELECT coalesce(jsonb_agg(s.key), '[]') FROM cases.step s JOIN cases.deadline d ON d.case_id = s.case_id AND d.key = s.deadline_key WHERE s.case_id = c.id AND d.state = 'open') AS taken,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('workflow_id', a.workflow_id, 'hour', a.hour)), '[]') FROM cases.workflow_ack a WHERE a.case_id = c.id AND a.hour IS NOT NULL AND a.open) AS hours,
              c.ended AND NOT EXISTS (SELECT 1 FROM cases.deadline d WHERE d.case_id = c.id AND d.state = 'open' AND d.run_by = 'case') AS idle
         FROM cases."case" c WHERE c.id = $1 AND c.erased_at IS NULL`,
      [caseId],
      'read-for-tell',
    )
    if (!row) return undefined
    return {
      row: row as unknown as KnownRow,
      taken: row['taken'] as string[],
      hours: row['hours'] as { workflow_id: string; hour: number }[],
      isIdle: row['idle'] as boolean,
    }
  }

  #about(row: KnownRow): AboutCase {
    return {
      number: row.number,
      organisation: row.organisation,
      ...(row.manager ? { manager: row.manager } : {}),
      link: `${this.#link}/cases/${row.id}`,
    }
  }

  async #acknowledge(caseId: string, workflowId: string, hour: number | null, version: number, open: boolean): Promise<void> {
    await this.#db.query(
      `INSERT INTO cases.workflow_ack (case_id, workflow_id, hour, version, open) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (workflow_id) DO UPDATE SET version = greatest(cases.workflow_ack.version, excluded.version), open = excluded.open`,
      [caseId, workflowId, hour, version, open],
      'acknowledge',
    )
  }
}
