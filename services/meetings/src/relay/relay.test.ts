/** What Temporal is told of meetings on a real server: the newest facts, whatever was tried before. The watch holds up nobody. */
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { CasePayloadCodec, dataConverterOf } from '@tirek/platform/keys/payload-codec'
import { createLog } from '@tirek/platform/log'
import { startTemporalWorker, type RunningWorker } from '@tirek/platform/temporal-worker'
import { loadWorkflows } from '@tirek/workflows/load'
import { meetingTold, meetingWorkflowId, TASK_QUEUES } from '@tirek/workflows/messages'
import { quiet } from '@tirek/workflows/testing/quiet'
import { openRealServer } from '@tirek/workflows/testing/server'
import { bundleWithShiftedClock } from '@tirek/workflows/testing/shifted-bundle'
import { Client } from '@temporalio/client'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import { DAY } from '@tirek/procedure/time'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { MeetingsWorld } from '../meetings.fixture.ts'

let world: MeetingsWorld
let temporal: TestWorkflowEnvironment
let keys: DataKeys
let client: Client
let worker: RunningWorker
let file: { id: string; number: string }

beforeAll(async () => {
  quiet()
  world = await MeetingsWorld.open()
  temporal = await openRealServer({ port: world.temporalPort, namespace: 'tirek' })
  const log = createLog('test', 'silent')
  keys = new DataKeys({ config: world.config(), log })
  await keys.ready()
  client = new Client({ connection: temporal.connection, namespace: 'tirek', dataConverter: dataConverterOf(keys) })
  const { code } = await bundleWithShiftedClock(world.clock.now() - Date.now())
  worker = await startTemporalWorker({
    ...{ log, port: 0, host: '127.0.0.1', address: temporal.address, name: 'worker' },
    keys: new DataKeys({ config: world.config(), log }),
    taskQueue: TASK_QUEUES.caseWorkflows,
    workflows: await loadWorkflows('tirek-cases', code),
  })
})
afterAll(async () => {
  await worker?.close()
  await keys?.close()
  await temporal?.teardown()
  await world?.close()
})
beforeEach(async () => {
  await world.rows('UPDATE meetings.meeting SET next_step_at = NULL')
  await world.rows('DELETE FROM meetings.outbox')
  world.goOn()
  file = await world.caseWithPlan()
})

/** Facts of no version change nothing: it answers what it knows. */
const knownOf = async (id: string) =>
  (await client.workflow.getHandle(meetingWorkflowId(file.id, id)).executeUpdate(meetingTold, { args: [{ version: 0 } as never] })).version
const versionOf = async (id: string) => (await world.rows('SELECT facts_version AS v FROM meetings.meeting WHERE id = $1', [id]))[0]!['v']
async function carry(): Promise<void> {
  await world.rows('DELETE FROM cases.outbox')
  await expect.poll(async () => (await world.meetings.tick(), world.rows('SELECT 1 FROM meetings.outbox')), { timeout: 30_000 }).toEqual([])
}

test('a message that came through although its sender gave it up: told again it carries what was learned since', async () => {
  const meeting = await world.call(file.id)
  const [row] = await world.rows(`SELECT * FROM meetings.outbox WHERE kind = 'facts'`)
  await carry()
  expect(await knownOf(meeting.id)).toBe(1)
  await world.answer(meeting, 0, 'accepted')
  // As a sender that heard no answer left it.
  await world.rows(
    `INSERT INTO meetings.outbox (seq, id, kind, meeting, case_id, version, not_before, made_at, attempts) OVERRIDING SYSTEM VALUE VALUES ($1, $2, 'facts', $3, $4, $5, 0, 0, 1)`,
    ['seq', 'id', 'meeting', 'case_id', 'version'].map((column) => row![column]),
  )
  await carry()
  expect(await knownOf(meeting.id)).toBe(await versionOf(meeting.id))
})

test('a workflow that is behind the record is told again, though nothing waits in the outbox', async () => {
  const meeting = await world.call(file.id)
  await carry()
  expect(await world.meetings.reconcile()).toBe(0)
  await world.answer(meeting, 0, 'accepted')
  await world.rows('DELETE FROM meetings.outbox')
  expect(await knownOf(meeting.id)).toBe(1)
  expect(await world.meetings.reconcile()).toBe(1)
  await carry()
  expect(await knownOf(meeting.id)).toBe(2)
  expect(await world.meetings.reconcile()).toBe(0)
})

test('the watch: a meeting that fails holds up no other, one without anything late is put right and not looked at again', async () => {
  const [bad, behind, good] = [await world.call(file.id), await world.call(file.id), await world.call(file.id)]
  await world.rows('DELETE FROM meetings.outbox')
  await world.rows('UPDATE meetings.meeting SET next_step_at = 1, calendar = $2 WHERE id = $1', [bad.id, 'nowhere'])
  const next = async (id: string) =>
    Number((await world.rows('SELECT next_step_at AS at FROM meetings.meeting WHERE id = $1', [id]))[0]!['at'])
  const isBehind = () => world.rows('UPDATE meetings.meeting SET next_step_at = 2 WHERE id = $1', [behind.id])
  // Somebody without an address is to be phoned at once; after that nothing is due.
  await isBehind()
  await world.meetings.tick()
  const due = await next(behind.id)
  expect(due).toBeGreaterThan(world.clock.now())
  await isBehind()
  await world.meetings.tick()
  expect(await next(behind.id)).toBe(due)
  world.clock.set(due + DAY)
  await world.meetings.tick()
  const steps = await world.rows('SELECT DISTINCT meeting, taken_by FROM meetings.step WHERE meeting = ANY($1)', [
    [bad.id, behind.id, good.id],
  ])
  expect(steps.map(({ meeting }) => meeting).toSorted()).toEqual([behind.id, good.id].toSorted())
  expect(new Set(steps.map(({ taken_by }) => taken_by))).toEqual(new Set(['watch']))
})

test('RT-30: what Temporal keeps of a meeting is of its case: with the case its workflow ends and nobody reads it any more', async () => {
  const meeting = await world.call(file.id)
  await carry()
  const handle = temporal.client.workflow.getHandle(meetingWorkflowId(file.id, meeting.id))
  const started = (await handle.fetchHistory()).events![0]!.workflowExecutionStartedEventAttributes!
  const [payload] = started.input!.payloads!
  // The codec server notes the case of who was looked into by this.
  expect((await new CasePayloadCodec(keys).open(payload!)).owner).toBe(`case/${file.id}`)
  await world.rows(`UPDATE cases."case" SET ended = true, erased_at = 1, erased_rule = 'RET-01' WHERE id = $1`, [file.id])
  await world.rows('SELECT keys.erase_of_case($1)', [file.id])
  expect(await world.erase(file.id, 200)).toEqual({ meetings: 1 })
  expect((await handle.describe()).status.name).toBe('TERMINATED')
  expect(await world.rows('SELECT 1 FROM meetings.ending')).toEqual([])
  const others = new DataKeys({ config: world.config(), log: createLog('test', 'silent') })
  await others.ready()
  await expect(new CasePayloadCodec(others).open(payload!)).rejects.toMatchObject({ why: 'erased' })
  await others.close()
})
