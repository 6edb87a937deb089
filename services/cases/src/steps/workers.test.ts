/**
 * From the form to the notice on a real Temporal server and a real Postgres: the relay tells, the workflows sleep, the steps are taken.
 * A report time in the past brings a step near; all clocks are the machine's, moved to the day of the other tests.
 */
import type { HelpRequestInput } from '@tirek/contract/forms/help-request'
import { MINUTE } from '@tirek/procedure/time'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { dataConverterOf } from '@tirek/platform/keys/payload-codec'
import { createLog } from '@tirek/platform/log'
import { startTemporalWorker, type RunningWorker } from '@tirek/platform/temporal-worker'
import { loadWorkflows } from '@tirek/workflows/load'
import { caseWorkflowId, TASK_QUEUES, urgentWorkflowId } from '@tirek/workflows/messages'
import { opened } from '@tirek/workflows/testing/opened'
import { findings, readable } from '@tirek/workflows/testing/personal'
import { quiet } from '@tirek/workflows/testing/quiet'
import { openRealServer } from '@tirek/workflows/testing/server'
import { bundleWithShiftedClock } from '@tirek/workflows/testing/shifted-bundle'
import { Client } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'
import { startSteps, startUrgent } from './workers.ts'

let world: CasesWorld
let temporal: TestWorkflowEnvironment
let keys: DataKeys
/** Speaks as the services do: sealed. */
let client: Client
let workers: RunningWorker[] = []
let clock: { now(): number }

beforeAll(async () => {
  quiet()
  world = await CasesWorld.open()
  temporal = await openRealServer({ port: world.temporalPort, namespace: 'tirek' })
  const shift = world.clock.now() - Date.now()
  clock = { now: () => Date.now() + shift }
  const { code } = await bundleWithShiftedClock(shift)
  const log = createLog('test', 'silent')
  keys = new DataKeys({ config: world.config(), log })
  await keys.ready()
  client = new Client({ connection: temporal.connection, namespace: 'tirek', dataConverter: dataConverterOf(keys) })
  const place = { log, port: 0, host: '127.0.0.1', address: temporal.address }
  workers = await Promise.all([
    startUrgent({ config: world.config(), clock, log, code }),
    startSteps({ config: world.config(), clock, log }),
    startTemporalWorker({
      ...place,
      name: 'worker',
      keys: new DataKeys({ config: world.config(), log }),
      taskQueue: TASK_QUEUES.caseWorkflows,
      workflows: await loadWorkflows('tirek-cases', code),
    }),
  ])
})

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()))
  await keys?.close()
  await temporal?.teardown()
  await world?.close()
})

/** Registers a request first heard of some time ago, and lets the relay tell it. */
async function reported(ago: number, form: Partial<HelpRequestInput>): Promise<string> {
  world.clock.set(clock.now())
  const page = await world.register('aigul', { reportedAt: new Date(clock.now() - ago).toISOString(), ...form })
  await world.relay.tick()
  return page.summary.id
}

const ofUi = { 'x-namespace': 'tirek' }
type Step = { at: number; taken_at: number; taken_by: string; do: string; deadline_key: string }
const stepsOf = (caseId: string) => world.rows<Step>('SELECT * FROM cases.step WHERE case_id = $1 ORDER BY at', [caseId])

test('all three are heard by the server, and say so', async () => {
  for (const worker of workers) {
    const health = async () => (await fetch(`${worker.url}/health`)).json()
    await expect.poll(health, { timeout: 10_000 }).toMatchObject({ status: 'ok', parts: { temporal: 'ok' } })
    expect(await (await fetch(`${worker.url}/metrics`)).text()).toMatch(/tirek_worker_poll_age_seconds\{.*\} \d/)
  }
})

test('CP-10: the relay starts the hour, its step of +30 is taken at its minute, and the notice is posted', async () => {
  const caseId = await reported(30 * MINUTE - 4_000, { criteria: ['H1'], level: 'high' })
  const hour = await world.one<{ due: number }>(`SELECT due FROM cases.deadline WHERE case_id = $1 AND run_by = 'urgent'`, [caseId])
  const at = hour.due - 30 * MINUTE
  await expect
    .poll(() => stepsOf(caseId), { timeout: 15_000 })
    .toContainEqual(expect.objectContaining({ at, do: 'remind', taken_by: 'workflow' }))
  const step = (await stepsOf(caseId)).find((one) => one.at === at)!
  expect(step.taken_at - at).toBeGreaterThanOrEqual(-1_000)
  expect(step.taken_at - at).toBeLessThan(2_000)
  world.clock.set(clock.now())
  await world.relay.tick()
  const told = world.notices.filter((notice) => notice.caseId === caseId).flatMap((notice) => notice.steps.map((one) => one.at))
  expect(told).toContain(at)
  expect(await client.workflow.getHandle(urgentWorkflowId(caseId, 0)).describe()).toMatchObject({ status: { name: 'RUNNING' } })
})

test('a case that came due meanwhile: its step is taken at once, and the search attributes say where it stands', async () => {
  const caseId = await reported(9 * 24 * 60 * MINUTE, { criteria: ['M1'], level: 'medium' })
  await expect
    .poll(() => stepsOf(caseId), { timeout: 15_000 })
    .toContainEqual(expect.objectContaining({ deadline_key: expect.stringMatching(/^CP-116/), taken_by: 'workflow' }))
  const handle = client.workflow.getHandle(caseWorkflowId(caseId))
  const shown = {
    CaseStage: ['primary-assessment'],
    RiskLevel: ['medium'],
    Overdue: [true],
    CaseManager: [world.id('aigul')],
    Organisation: [world.organisation],
  }
  await expect.poll(async () => (await handle.describe()).searchAttributes, { timeout: 10_000 }).toMatchObject(shown)
})

test('histories of real cases are sealed, and what is sealed in them holds nothing of what was typed', async () => {
  const child = {
    name: 'Әсел Тестова',
    iin: '240305600124',
    birthDate: '2024-03-05',
    sex: 'female',
    phone: '+77011234567',
    address: 'Алматы, Абай 10',
  } as const
  const caseId = await reported(31 * MINUTE, { criteria: ['H1'], level: 'high', child, ground: 'Neighbours hear screams' } as never)
  await expect.poll(async () => (await stepsOf(caseId)).length, { timeout: 15_000 }).toBeGreaterThan(0)
  for (const workflowId of [urgentWorkflowId(caseId, 0), caseWorkflowId(caseId)]) {
    const sealed = historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory())
    expect(readable(sealed)).not.toMatch(/receivedAt|criteria|"H1"|dueDay/)
    const decode = async (payloads: object[]) => (await world.ask('admin', 'POST', '/api/codec/decode', { payloads }, ofUi)).body.payloads
    const history = readable(JSON.stringify(await opened(JSON.parse(sealed), decode)))
    expect(history).toContain('"receivedAt"')
    expect(findings(history, ['240305600124', '7011234567', 'screams', '2024-03-05'])).toEqual([])
  }
})

test('a case that the record does not hold: the failure is shown by its kind, its text stays in the log', async () => {
  const caseId = await reported(MINUTE, { criteria: ['H1'], level: 'high' })
  const { facts } = await world.one<{ facts: object }>('SELECT facts FROM cases."case" WHERE id = $1', [caseId])
  const lost = randomUUID()
  const past = JSON.parse(JSON.stringify(facts), (key, value: unknown) => (key === 'receivedAt' ? (value as number) - 31 * MINUTE : value))
  const workflowId = urgentWorkflowId(lost, 0)
  await client.workflow.start('urgentResponse', {
    taskQueue: TASK_QUEUES.urgent,
    workflowId,
    args: [{ caseId: lost, hour: 0, facts: past, taken: [] }],
  })
  const handle = client.workflow.getHandle(workflowId)
  const details = async () => (await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails
  await expect.poll(details, { timeout: 30_000, interval: 500 }).toContain('In trouble')
  const history = readable(historyToJSON(await handle.fetchHistory()))
  expect(history).toContain('Encoded failure')
  expect(history).not.toMatch(/no such case|see the log/)
})
