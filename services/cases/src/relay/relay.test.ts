/** The relay and the reconciler beside a Temporal that is not there, and beside notifications that answer badly. */
import { Database } from '@tirek/platform/database'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { createLog } from '@tirek/platform/log'
import { TemporalClient } from '@tirek/platform/temporal'
import { scratchKeyOf } from '@tirek/platform/scratch-service-keys'
import { ServiceCaller, ServiceRefusal } from '@tirek/platform/service-tokens'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'
import { workUrlOf } from '../migrations.ts'
import { heard } from '../record/outbox.ts'
import { Pulse } from './pulse.ts'
import { Relay } from './relay.ts'
import { Tell } from './tell.ts'

let world: CasesWorld
beforeAll(async () => {
  world = await CasesWorld.open()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.admin.query('DELETE FROM cases.outbox')
  world.notices.splice(0)
  world.notificationsStatus = 202
})

const rowsOf = (caseId: string) =>
  world.rows<{ kind: string; attempts: number; not_before: string }>(
    'SELECT kind, attempts, not_before FROM cases.outbox WHERE case_id = $1 ORDER BY seq',
    [caseId],
  )
/** A withdrawal of evidence: the act that tells somebody at once. */
async function reopened(): Promise<string> {
  const page = await world.register('aigul', { criteria: ['H1'], level: 'high' })
  const { id } = page.summary
  await world.act('aigul', id, 'urgent-measures-evidenced', {
    hour: 0,
    measuresAgreed: { at: world.at(), by: 'Супервизор' },
    lawEnforcement: { at: world.at(), reference: '1' },
    juvenileInspection: { at: world.at(), reference: '2' },
  })
  const { id: act } = await world.one(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'urgent-measures-evidenced'`, [id])
  await world.act('aigul', id, 'withdrawn', { act, reason: 'Ошибка' })
  return id
}

test('Temporal away: nothing of its rows is lost, and letters go out all the same', async () => {
  const caseId = await reopened()
  await world.relay.tick()
  expect(world.notices.map((notice) => notice.event)).toEqual(['hour-reopened'])
  expect((await rowsOf(caseId)).map((row) => row.kind)).toEqual(['hour-start', 'facts', 'facts', 'hour-start', 'facts'])
})

test('notifications away: the notice stays, is tried again, and arrives once', async () => {
  const caseId = await reopened()
  await world.admin.query(`DELETE FROM cases.outbox WHERE kind <> 'notice'`)
  world.notificationsStatus = 503
  await world.relay.tick()
  expect(await rowsOf(caseId)).toMatchObject([{ kind: 'notice', attempts: 1 }])
  world.notificationsStatus = 202
  await expect.poll(async () => (await world.relay.tick(), world.notices.length), { timeout: 5_000, interval: 200 }).toBe(1)
  await world.relay.tick()
  expect(world.notices).toHaveLength(1)
  expect(await rowsOf(caseId)).toEqual([])
})

test('a killed relay leaves its rows leased; they are free again when the lease is over', async () => {
  const caseId = await reopened()
  await world.admin.query(`DELETE FROM cases.outbox WHERE kind <> 'notice'`)
  await world.admin.query(`UPDATE cases.outbox SET leased_until = clock_timestamp() + interval '20 seconds'`)
  await world.relay.tick()
  expect(world.notices).toHaveLength(0)
  await world.admin.query(`UPDATE cases.outbox SET leased_until = clock_timestamp() - interval '1 ms'`)
  await world.relay.tick()
  expect(world.notices).toHaveLength(1)
  expect(await rowsOf(caseId)).toEqual([])
})

test('an act that makes nothing earlier may wait a minute; one that changes the stage may not', async () => {
  const { id } = (await world.register('aigul')).summary
  await world.act('aigul', id, 'noted', { what: 'sheet-given', text: 'x' })
  await world.act('aigul', id, 'primary-assessment-done', { outcome: 'confirmed', reason: 'Да' })
  expect((await rowsOf(id)).map((row) => Number(row.not_before) - world.clock.now())).toEqual([0, 60_000, 0])
  expect(await world.relay.nextInstant()).toBe(world.clock.now())
})

test('the reconciler finds by the record alone what no workflow has confirmed, and queues it once', async () => {
  const { id } = (await world.register('aigul', { criteria: ['H1'], level: 'high' })).summary
  await world.admin.query('DELETE FROM cases.outbox')
  // Temporal is away: nobody asks it of whom a row is about to tell, or this would fail.
  expect(await world.relay.reconcile()).toBeGreaterThanOrEqual(2)
  expect(await world.relay.reconcile()).toBe(0)
  expect((await rowsOf(id)).map((row) => row.kind).toSorted()).toEqual(['facts', 'hour-start'])
  await world.admin.query('DELETE FROM cases.outbox')
  await world.admin.query(
    `INSERT INTO cases.workflow_ack VALUES ($1::uuid, 'case/' || $1::text, NULL, 1, true), ($1::uuid, 'case/' || $1::text || '/urgent/0', 0, 1, true)`,
    [id],
  )
  await expect(world.relay.reconcile(), 'what is confirmed is asked for').rejects.toThrow()
  expect(await rowsOf(id)).toEqual([])
})

test('while forms come in fast the facts walk, one case at a time, and the hours do not', async () => {
  for (let n = 0; n < 4; n++) await world.register('aigul', { criteria: ['H1'], level: 'high', anotherChild: true })
  const log = createLog('test', 'silent')
  const db = await Database.open(workUrlOf(world.postgres.urlOf('tirek_cases')), 'test', 2)
  const keys = new DataKeys({ config: world.config(), log })
  const temporal = new TemporalClient(`127.0.0.1:${world.temporalPort}`, keys, log)
  const tried = async (kind: string) =>
    (await world.rows<{ attempts: number }>('SELECT attempts FROM cases.outbox WHERE kind = $1 ORDER BY seq', [kind])).map(
      (row) => row.attempts,
    )
  for (const [isBusy, facts] of [
    [true, [1, 0, 0, 0]],
    [false, [2, 1, 1, 1]],
  ] as const) {
    const tell = new Tell(db, temporal, 'http://localhost')
    const relay = new Relay({
      db,
      clock: world.clock,
      log,
      tell,
      notificationsUrl: '',
      caller: new ServiceCaller('relay', scratchKeyOf('relay')),
      isBusy: () => isBusy,
    })
    await relay.turn('facts')
    expect(await tried('facts')).toEqual(facts)
    if (isBusy) await relay.turn('hour-start')
    expect(await tried('hour-start')).toEqual([1, 1, 1, 1])
  }
  await temporal.close()
  await keys.close()
  await db.close()
})

test('an erased case: while its meetings are not erased, its letters are not either, or meetings would write them anew', async () => {
  const { id } = (await world.register('aigul', { anotherChild: true })).summary
  await world.admin.query('DELETE FROM cases.outbox')
  await world.admin.query(
    `INSERT INTO cases.outbox (id, kind, lane, case_id, name, version, payload, not_before, made_at) VALUES (gen_random_uuid(), 'erase', 'ordinary', $1, 'erase', 0, '{}', 0, 0)`,
    [id],
  )
  const db = await Database.open(workUrlOf(world.postgres.urlOf('tirek_cases')), 'test', 2)
  const asked: string[] = []
  const caller = {
    call: async (to: string) => (asked.push(to), Promise.reject(new ServiceRefusal('meetings', 503))),
  } as unknown as ServiceCaller
  const tell = new Tell(db, {} as TemporalClient, 'http://localhost')
  const tools = {
    db,
    clock: world.clock,
    log: createLog('test', 'silent'),
    tell,
    notificationsUrl: '',
    meetingsUrl: 'http://meetings',
    caller,
  }
  await new Relay(tools).turn('erase')
  await db.close()
  expect(asked).toEqual(['meetings'])
  expect((await rowsOf(id)).map(({ kind }) => kind)).toEqual(['erase'])
})

test('a form that is saved says so to the relay, and whether it is urgent; what is queued anew is no form', async () => {
  const client = new pg.Client({ connectionString: workUrlOf(world.postgres.urlOf('tirek_cases')) })
  await client.connect()
  const said: string[] = []
  client.on('notification', ({ payload }) => said.push(payload ?? ''))
  await client.query('LISTEN cases_outbox')
  const { id } = (await world.register('aigul')).summary
  await world.register('aigul', { criteria: ['H1'], level: 'high', anotherChild: true })
  await world.act('aigul', id, 'noted', { what: 'sheet-given', text: 'x' })
  await world.admin.query('DELETE FROM cases.outbox')
  await world.relay.reconcile().catch(() => {}) // queues anew; asking Temporal itself fails where an earlier case was confirmed
  await expect.poll(() => said.filter((one) => !heard(one).isAct).length).toBeGreaterThan(0)
  await client.end()
  expect(said.map(heard).filter(({ isAct }) => isAct)).toEqual([
    { isAct: true, isUrgent: false },
    { isAct: true, isUrgent: true },
    { isAct: true, isUrgent: false },
  ])
})

test('health says whether Temporal, keys and database are there; what waits is told by metrics', async () => {
  await world.register('aigul', { criteria: ['H1'], level: 'high', anotherChild: true })
  const answer = await fetch(`${world.relay.url}/health`)
  expect([answer.status, await answer.json()]).toEqual([503, { status: 'unwell', parts: { database: 'ok', temporal: 'away', keys: 'ok' } }])
  const metrics = await (await fetch(`${world.relay.url}/metrics`)).text()
  expect(metrics).toMatch(/tirek_outbox_rows\{.*\} 2/)
  expect(metrics).toMatch(/tirek_hours_open\{.*\} \d/)
  expect(await (await fetch(`${world.cases.url}/metrics`)).text()).not.toContain('tirek_outbox_rows')
})

test('a pulse is fast while that many came within a second', async () => {
  const pulse = new Pulse(3)
  pulse.beat()
  pulse.beat()
  expect(pulse.isFast()).toBe(false)
  pulse.beat()
  expect(pulse.isFast()).toBe(true)
})
