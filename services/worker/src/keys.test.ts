/** Keys of what Temporal keeps, changed and destroyed under workflows that run on real servers (infra/decisions/0040). */
import { Client } from '@temporalio/client'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { newKey, parseKeys } from '@tirek/platform/keys/key-ring'
import { dataConverterOf } from '@tirek/platform/keys/payload-codec'
import { migrateKeys } from '@tirek/platform/keys/schema'
import { createLog } from '@tirek/platform/log'
import { startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { quiet } from '@tirek/workflows/testing/quiet'
import { openRealServer } from '@tirek/workflows/testing/server'
import { minutes } from '@tirek/workflows/testing/words'
import { World } from '@tirek/workflows/testing/world'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keys } from '../../../infra/dev/data-keys.mjs'

const folder = mkdtempSync(join(tmpdir(), 'tirek-keys-'))
const ringFile = join(folder, 'encryption-keys')
let postgres: ScratchPostgres
let admin: pg.Pool
beforeAll(async () => {
  quiet()
  postgres = await startScratchPostgres()
  await migrateKeys(postgres.adminUrl, postgres.urlOf('tirek_keys'))
  admin = new pg.Pool({ connectionString: postgres.adminUrl, max: 1 })
  admin.on('error', () => {})
  await admin.query(
    `CREATE SCHEMA cases; CREATE TABLE cases."case" (id uuid, ended boolean); CREATE TABLE cases.deadline (case_id uuid, state text)`,
  )
})
afterAll(async () => {
  await admin?.end()
  await postgres?.stop()
  rmSync(folder, { recursive: true })
})
beforeEach(() => writeFileSync(ringFile, newKey('a'), { mode: 0o600 }))

const HIGH = { criteria: ['H1'], level: 'high', takenByOther: false, oneOffHelp: false } as const

/** The keys as one process knows them: it asks the database again for each. */
function keysOfProcess(namespace: string) {
  let clock = 0
  return new DataKeys({
    config: { ENCRYPTION_KEYS_FILE: ringFile, KEYS_DATABASE_URL: postgres.urlOf('tirek_keys'), TEMPORAL_NAMESPACE: namespace },
    log: createLog('test', 'silent'),
    steady: () => (clock += 60_000),
  })
}

/** `npm run keys -- …` */
async function run(command: string[], more: { temporalAddress?: string; namespace?: string } = {}) {
  const said: string[] = []
  const place = {
    adminUrl: postgres.adminUrl,
    ringFile,
    ring: { NODE_ENV: 'test', ENCRYPTION_KEYS: undefined, ENCRYPTION_KEYS_FILE: ringFile },
    temporalAddress: undefined,
    namespace: 'default',
    isProduction: true,
    ...more,
  }
  await keys(command, place, (line: string) => said.push(line))
  return said.join('\n')
}

test('a case and its hour run on while the key is changed, all is wrapped anew, the old key is gone and the workers come up anew', async () => {
  const before = keysOfProcess('default')
  await before.ready()
  const world = await World.real(dataConverterOf(before))
  const file = world.newCase()
  // Reported so long ago that its supervisor is told in some seconds.
  const received = (await world.now()) - minutes(45) + 6_000
  await file.act('help-request-registered', { ...HIGH, reportedAt: received }, received)
  await file.startHour(0)
  // Outside of working hours whoever is on duty is told at once.
  const told = () =>
    file.steps.filter(({ rule, at }) => rule === 'CP-10' && at > received).map(({ at, whom }) => `+${(at - received) / minutes(1)} ${whom}`)
  await expect.poll(told, { timeout: 20_000 }).toEqual(['+30 case-manager'])

  expect(await run(['new'])).toMatch(/is the current key now/)
  expect(await run(['rotate'])).toMatch(/^2 data keys are wrapped by \d/)
  expect(await run(['retire', 'a'])).toMatch(/^a is out of the ring/)
  expect(parseKeys(readFileSync(ringFile, 'utf8')).map(({ id }) => id)).toHaveLength(1)

  await world.stopWorkers()
  const after = keysOfProcess('default')
  await after.ready()
  await world.startWorkers(dataConverterOf(after))
  await expect.poll(told, { timeout: 20_000 }).toEqual(['+30 case-manager', '+45 supervisor'])

  // To the end of both.
  const at = await world.now()
  await file.saved('urgent-measures-evidenced', {
    hour: 0,
    measuresAgreedAt: at,
    lawEnforcementInformedAt: at,
    juvenileInspectionInformedAt: at,
  })
  await file.tellHour(0, 'urgent-measures-evidenced')
  await expect.poll(() => file.isOver(file.hour(0)), { timeout: 20_000 }).toBe(true)
  await file.act('merged-into', { otherCase: 'another' })
  await expect.poll(() => file.isOver(file.workflow()), { timeout: 20_000 }).toBe(true)
  await world.close()
  await before.close()
  await after.close()
})

test('erased: what runs of the case on a real server is ended, of no other case; then its key is gone', async () => {
  const temporal = await openRealServer({ namespace: 'tirek' })
  const known = keysOfProcess('tirek')
  await known.ready()
  const client = new Client({ connection: temporal.connection, namespace: 'tirek', dataConverter: dataConverterOf(known) })
  const [erased, other, open] = [randomUUID(), randomUUID(), randomUUID()]
  await admin.query(`INSERT INTO cases."case" VALUES ($1, true), ($2, true), ($3, false)`, [erased, other, open])
  const ids = [`case/${erased}`, `case/${erased}/urgent/0`, `case/${other}`, `case/${open}`]
  for (const workflowId of ids)
    await client.workflow.start('caseWorkflow', { workflowId, taskQueue: 'nobody-works-here', args: [{ facts: 'sealed' }] })
  const states = () => Promise.all(ids.map(async (id) => (await client.workflow.getHandle(id).describe()).status.name))
  // What is listed comes a moment after what was started.
  await expect.poll(async () => (await client.workflow.count()).count, { timeout: 15_000 }).toBe(4)

  const place = { temporalAddress: temporal.address, namespace: 'tirek' }
  await expect(run(['erase', open], place)).rejects.toThrow(/this case is open/)
  expect(await states()).toEqual(['RUNNING', 'RUNNING', 'RUNNING', 'RUNNING'])
  expect(await run(['erase', erased], place)).toMatch(/^erased/)
  expect(await states()).toEqual(['TERMINATED', 'TERMINATED', 'RUNNING', 'RUNNING'])
  await expect(known.of(`case/${erased}`)).rejects.toMatchObject({ why: 'erased' })
  await expect(known.of(`case/${other}`)).resolves.toMatchObject({ owner: `case/${other}` })
  // Repeated, as after a kill in between.
  expect(await run(['erase', erased], place)).toMatch(/erased before/)
  await known.close()
  await temporal.teardown()
})
