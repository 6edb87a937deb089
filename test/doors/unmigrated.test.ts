/** A database that the job `migrate` has not made ready: each service says so in one line and does not start; none can do the job's work. */
import { CASES_NEEDS, startCases } from '@tirek/cases/app'
import { RELAY_NEEDS, startRelay } from '@tirek/cases/relay/relaying'
import { startWatchdog } from '@tirek/cases/steps/watching'
import { startSteps } from '@tirek/cases/steps/workers'
import { DIRECTORY_NEEDS, startDirectory } from '@tirek/directory/app'
import { MEETINGS_NEEDS, startMeetings } from '@tirek/meetings/app'
import { REFERRALS_NEEDS, startReferrals } from '@tirek/referrals/app'
import { NOTIFICATIONS_NEEDS, startNotifications } from '@tirek/notifications/app'
import { machineClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { newKey } from '@tirek/platform/keys/key-ring'
import { createLog } from '@tirek/platform/log'
import { scratchKeyOf, scratchPublicKeys } from '@tirek/platform/scratch-service-keys'
import { startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { describe } from '@tirek/platform/ticker'
import { TRAILS } from '@tirek/platform/trail-seal'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateAll } from '../../infra/dev/migrate.ts'

const home = mkdtempSync(join(tmpdir(), 'tirek-unmigrated-'))
const log = createLog('test', 'silent')
let postgres: ScratchPostgres
let admin: pg.Client

beforeAll(async () => {
  postgres = await startScratchPostgres()
  admin = new pg.Client({ connectionString: postgres.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin?.end()
  await postgres?.stop()
  rmSync(home, { recursive: true, force: true })
})

const env = (role: string, service: Parameters<typeof scratchKeyOf>[0] = 'cases') => ({
  // As on a machine where somebody set it: no service takes it.
  DATABASE_ADMIN_URL: postgres.adminUrl,
  DATABASE_URL: postgres.urlOf(role),
  KEYS_DATABASE_URL: postgres.urlOf('tirek_keys'),
  ENCRYPTION_KEYS: newKey('test'),
  TEMPORAL_ADDRESS: '127.0.0.1:1',
  SMTP_URL: 'smtp://127.0.0.1:1',
  ISSUER_URL: 'http://127.0.0.1:1',
  CASES_URL: 'http://127.0.0.1:1',
  MEETINGS_URL: 'http://127.0.0.1:1',
  NOTIFICATIONS_URL: 'http://127.0.0.1:1',
  SERVICE_KEY: scratchKeyOf(service),
  SERVICE_PUBLIC_KEYS: scratchPublicKeys,
  TIREK_HOME: home,
})
const common = { log, loops: false }
const withTemporal = ['DATABASE_URL', 'KEYS_DATABASE_URL'] as const
const STARTS: Record<string, () => Promise<{ close(): Promise<void> }>> = {
  directory: () =>
    startDirectory({ ...common, clock: machineClock, config: readConfig(env('tirek_directory', 'directory'), DIRECTORY_NEEDS) }),
  cases: () => startCases({ ...common, clock: machineClock, config: readConfig(env('tirek_cases'), CASES_NEEDS) }),
  relay: () => startRelay({ ...common, config: readConfig(env('tirek_cases', 'relay'), RELAY_NEEDS) }),
  notifications: () =>
    startNotifications({
      ...common,
      clock: machineClock,
      config: readConfig(env('tirek_notifications', 'notifications'), NOTIFICATIONS_NEEDS),
    }),
  meetings: () =>
    startMeetings({ ...common, clock: machineClock, steps: false, config: readConfig(env('tirek_meetings', 'meetings'), MEETINGS_NEEDS) }),
  referrals: () =>
    startReferrals({
      ...common,
      clock: machineClock,
      steps: false,
      config: readConfig(env('tirek_referrals', 'referrals'), REFERRALS_NEEDS),
    }),
  steps: () => startSteps({ log, config: readConfig(env('tirek_cases'), withTemporal) }),
  watchdog: () => startWatchdog({ ...common, config: readConfig(env('tirek_watchdog'), ['DATABASE_URL']) }),
}
/** What the log of its process would say. */
const refusal = async (name: string): Promise<string> => {
  const started = await STARTS[name]!().catch((error: unknown) => describe(error).message)
  if (typeof started === 'string') return started
  await started.close()
  return 'it started'
}

test.each(Object.keys(STARTS))('%s on an empty database names its role and the job, and makes nothing', async (name) => {
  expect(await refusal(name)).toMatch(/^the database lets tirek_\w+ in by no such password\. The job `migrate` brings it there/)
  const { rows } = await admin.query(
    `SELECT 1 FROM pg_namespace WHERE nspname IN ('cases', 'directory', 'notifications', 'meetings', 'referrals', 'keys')`,
  )
  expect(rows).toEqual([])
})

test('the job makes all, and a second run finds nothing to do; roles without their schema are told apart', async () => {
  await admin.query(`CREATE ROLE tirek_directory LOGIN PASSWORD 'tirek_directory'`)
  expect(await refusal('directory')).toMatch(/^the schema directory is not made yet\. The job `migrate`/)
  const first = await migrateAll(postgres.adminUrl, postgres.urlOf)
  expect(Object.values(first).every((applied) => applied.length > 0)).toBe(true)
  expect(Object.values(await migrateAll(postgres.adminUrl, postgres.urlOf)).flat()).toEqual([])
  for (const name of ['directory', 'cases', 'relay', 'notifications', 'meetings', 'referrals', 'watchdog'])
    expect(await refusal(name)).toBe('it started')
  // A trail that nobody seals could be written anew.
  const { rows } = await admin.query(`SELECT table_schema AS schema FROM information_schema.tables WHERE table_name = 'trail_head'`)
  expect(rows.map(({ schema }) => schema).toSorted()).toEqual([...TRAILS].toSorted())
  const watchdog = new pg.Client({ connectionString: postgres.urlOf('tirek_watchdog') })
  await watchdog.connect()
  for (const schema of TRAILS) await watchdog.query(`SELECT n FROM ${schema}.trail_head LIMIT 1`)
  await watchdog.end()
})

test.each([
  ['cases', 'cases', 'row-security-'],
  ['cases', 'cases', '0007-'],
  ['relay', 'cases', '0007-'],
  ['steps', 'cases', '0007-'],
  ['watchdog', 'cases', '0007-'],
  ['directory', 'directory', '0001-'],
  ['notifications', 'notifications', '0001-'],
  ['meetings', 'meetings', '0001-'],
  ['referrals', 'referrals', '0001-'],
])('%s on a schema %s without %s names what is missing', async (name, schema, migration) => {
  const { rows } = await admin.query(`DELETE FROM ${schema}.migration WHERE name LIKE $1 RETURNING name`, [`${migration}%`])
  expect(rows).toHaveLength(1)
  expect(await refusal(name)).toMatch(
    new RegExp(`^the schema ${schema} is older than this service needs: it lacks ${migration}\\S+\\. The job`),
  )
  await admin.query(`INSERT INTO ${schema}.migration (name) VALUES ($1)`, [rows[0].name])
  if (name !== 'steps') expect(await refusal(name)).toBe('it started')
})

test('a worker whose keys are not made yet says so instead of waiting', async () => {
  await admin.query('ALTER TABLE keys.data_key RENAME TO data_key_later')
  const { DataKeys } = await import('@tirek/platform/keys/data-keys')
  const keys = new DataKeys({ config: { ...readConfig(env('tirek_cases'), ['KEYS_DATABASE_URL']) }, log })
  await expect(keys.ready()).rejects.toThrow('the schema keys is not made yet')
  await keys.close()
})
