/** The workers of the hour and of the cases on a real Temporal server and a real Postgres; a report in the past brings the step near. */
import { calendarOf, CURRENT_CALENDAR } from '@tirek/procedure/calendar'
import type { BaseFacts, RecordedAct } from '@tirek/procedure/case'
import { currentEdition, programmeOf, rulesOf } from '@tirek/procedure/programmes'
import { addDays, DAY, dayOf, MINUTE } from '@tirek/procedure/time'
import { Database, type Row } from '@tirek/platform/database'
import { createLog } from '@tirek/platform/log'
import { startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { startTemporalWorker, type RunningWorker } from '@tirek/platform/temporal-worker'
import { bundleWorkflows } from '@tirek/workflows/bundle'
import { loadWorkflows } from '@tirek/workflows/load'
import { caseWorkflowId, TASK_QUEUES, urgentWorkflowId } from '@tirek/workflows/messages'
import { quiet } from '@tirek/workflows/testing/quiet'
import { openRealServer } from '@tirek/workflows/testing/server'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateCases } from '../migrations.ts'
import { rowOf } from '../record/deadline-rows.ts'
import { startSteps, startUrgent } from './workers.ts'

let postgres: ScratchPostgres
let temporal: TestWorkflowEnvironment
let db: Database
let workers: RunningWorker[]

beforeAll(async () => {
  quiet()
  ;[postgres, temporal] = await Promise.all([startScratchPostgres(), openRealServer()])
  await migrateCases(postgres.adminUrl, postgres.urlOf('tirek_cases'))
  db = await Database.open(postgres.adminUrl, 'test')
  const { code } = await bundleWorkflows()
  const config = {
    DATABASE_URL: postgres.urlOf('tirek_cases'),
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: 'default',
    SERVICE_PORT: 0,
    SERVICE_HOST: '127.0.0.1',
    WEB_URL: 'http://localhost:3000',
  }
  const log = createLog('test', 'fatal')
  const ofCases = {
    name: 'worker',
    address: temporal.address,
    namespace: 'default',
    taskQueue: TASK_QUEUES.caseWorkflows,
    workflows: await loadWorkflows('tirek-cases', code),
    log,
    port: 0,
    host: '127.0.0.1',
  }
  workers = await Promise.all([startUrgent({ config, log, code }), startSteps({ config, log }), startTemporalWorker(ofCases)])
})

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()))
  await db.close()
  await Promise.all([temporal.teardown(), postgres.stop()])
})

/** A case as the record keeps it after these acts. */
async function recorded(acts: RecordedAct[]): Promise<{ id: string; facts: BaseFacts }> {
  const [id, child, organisation, by] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const edition = currentEdition('child-protection', dayOf(Date.now())).id
  const context = {
    edition,
    calendar: CURRENT_CALENDAR,
    version: acts.length,
    settings: { terms: {}, contactsBeforePlan: true, quarantine: [] },
  }
  const facts = programmeOf('child-protection').factsOf(acts, context) as BaseFacts
  await db.query(`INSERT INTO cases.child (id, organisation, family, sex) VALUES ($1, $2, $3, 'unknown')`, [
    child,
    organisation,
    randomUUID(),
  ])
  await db.query(
    `INSERT INTO cases."case" (id, number, organisation, territory, programme, edition, child, version, facts, stage, risk, ended, first_person, file_opened, opened_at, changed_at)
     VALUES ($1, $2, $3, 'almaty', 'child-protection', $4, $5, $6, $7, $8, $9, false, $10, true, 0, 0)`,
    [id, id, organisation, edition, child, acts.length, JSON.stringify(facts), facts.stage, facts.riskLevel, by],
  )
  for (const deadline of programmeOf('child-protection').deadlinesOf(
    facts,
    rulesOf('child-protection', edition),
    calendarOf(CURRENT_CALENDAR),
  )) {
    const row = rowOf(deadline, new Set())
    await db.query(
      `INSERT INTO cases.deadline (case_id, key, rule, row, state, run_by, hour, due, next_step_at, sort_at, organisation) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [id, row.key, row.rule, row.row, row.state, row.run_by, row.hour, row.due, row.next_step_at, row.sort_at, organisation],
    )
  }
  return { id, facts }
}

const act = (kind: string, happenedAt: number, fact: unknown, recordedAt = happenedAt): RecordedAct => ({
  id: randomUUID(),
  kind,
  happenedAt,
  recordedAt,
  by: randomUUID(),
  fact,
})

/** The steps taken of a case, once one of them is the awaited one. */
async function stepsOf(caseId: string, awaited: (step: Row) => boolean = () => true) {
  for (let left = 100; ; left--) {
    const steps = await db.query('SELECT * FROM cases.step WHERE case_id = $1 ORDER BY at', [caseId])
    if (steps.some(awaited) || left === 0) return steps
    await new Promise((again) => setTimeout(again, 100))
  }
}

test('all three are heard by the server, and say so', async () => {
  for (const worker of workers) {
    const health = async () => (await fetch(`${worker.url}/health`)).json()
    await expect.poll(health, { timeout: 10_000 }).toMatchObject({ status: 'ok', parts: { temporal: 'ok' } })
    expect(await (await fetch(`${worker.url}/metrics`)).text()).toMatch(/tirek_worker_poll_age_seconds\{.*\} \d/)
  }
})

test('the hour: its step of +30 is taken at its minute, once, with one row for the letters', async () => {
  const receivedAt = Date.now() - 30 * MINUTE + 2_000
  const { id, facts } = await recorded([
    act('help-request-registered', receivedAt, {
      reportedAt: receivedAt,
      criteria: ['H1'],
      level: 'high',
      takenByOther: false,
      oneOffHelp: false,
    }),
  ])
  const start = { taskQueue: TASK_QUEUES.urgent, workflowId: urgentWorkflowId(id, 0), args: [{ caseId: id, hour: 0, facts, taken: [] }] }
  await temporal.client.workflow.start('urgentResponse', start)
  const isOfThirty = (step: Row) => step['at'] === receivedAt + 30 * MINUTE
  const inTime = (await stepsOf(id, isOfThirty)).find(isOfThirty)
  expect(inTime).toMatchObject({ taken_by: 'workflow', do: 'remind' })
  expect(inTime!['taken_at'] - inTime!['at']).toBeGreaterThanOrEqual(-1_000)
  expect(inTime!['taken_at'] - inTime!['at']).toBeLessThan(2_000)
  const notices = await db.query(`SELECT lane, payload FROM cases.outbox WHERE case_id = $1 AND kind = 'notice'`, [id])
  expect(notices.flatMap(({ payload }) => payload.steps.map((step: { at: number }) => step.at))).toContain(receivedAt + 30 * MINUTE)
  expect(new Set(notices.map(({ lane }) => lane))).toEqual(new Set(['urgent']))
})

test('a case with a contact overdue: its steps are taken at once, the search attributes say where it stands', async () => {
  const planDay = addDays(dayOf(Date.now()), -20)
  const at = Date.now() - 19 * DAY
  const fact = {
    stage: 'implementation',
    level: 'medium',
    registeredDay: addDays(planDay, -30),
    placement: 'with-parents',
    placementSince: addDays(planDay, -30),
    planDay,
  }
  const { id, facts } = await recorded([act('taken-over-from-paper', at, fact)])
  const workflowId = caseWorkflowId(id)
  await temporal.client.workflow.start('caseWorkflow', {
    taskQueue: TASK_QUEUES.caseWorkflows,
    workflowId,
    args: [{ caseId: id, facts, taken: [] }],
  })
  expect((await stepsOf(id)).map((step) => step['deadline_key'])).toContainEqual(expect.stringMatching(/^CP-40/))
  const handle = temporal.client.workflow.getHandle(workflowId)
  await expect
    .poll(async () => (await handle.describe()).searchAttributes, { timeout: 10_000 })
    .toMatchObject({ CaseStage: ['implementation'], Overdue: [true] })
  const { events } = await handle.fetchHistory()
  expect(JSON.stringify(events)).not.toContain('ACTIVITY_TASK_FAILED')
})

test('a case that the record does not hold: the failure is shown by its kind, its text stays in the log', async () => {
  const { facts } = await recorded([
    act('help-request-registered', Date.now() - 30 * MINUTE, {
      reportedAt: Date.now() - 30 * MINUTE,
      criteria: ['H1'],
      level: 'high',
      takenByOther: false,
      oneOffHelp: false,
    }),
  ])
  const lost = randomUUID()
  const workflowId = urgentWorkflowId(lost, 0)
  await temporal.client.workflow.start('urgentResponse', {
    taskQueue: TASK_QUEUES.urgent,
    workflowId,
    args: [{ caseId: lost, hour: 0, facts, taken: [] }],
  })
  const handle = temporal.client.workflow.getHandle(workflowId)
  const details = async () => (await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails
  await expect.poll(details, { timeout: 30_000, interval: 500 }).toContain('In trouble')
  expect(JSON.stringify(await handle.fetchHistory())).not.toContain('no such case')
})
