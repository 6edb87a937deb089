import { newKey } from '@tirek/platform/keys/key-ring'
import { migrateKeys } from '@tirek/platform/keys/schema'
import { freePort, startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { createLog } from '@tirek/platform/log'
import { bundleWorkflows } from '@tirek/workflows/bundle'
import { quiet } from '@tirek/workflows/testing/quiet'
import { openRealServer, openTimeSkipping } from '@tirek/workflows/testing/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorker } from './worker.ts'

const log = createLog('test', 'silent')
const { code } = await bundleWorkflows()
let postgres: ScratchPostgres
beforeAll(async () => {
  postgres = await startScratchPostgres()
  await migrateKeys(postgres.adminUrl, postgres.urlOf('tirek_keys'))
})
afterAll(() => postgres?.stop())

const RING = newKey('test')
const settings = (address: string, port: number) => ({
  TEMPORAL_ADDRESS: address,
  TEMPORAL_NAMESPACE: 'default',
  SERVICE_PORT: port,
  SERVICE_HOST: '127.0.0.1',
  KEYS_DATABASE_URL: postgres.urlOf('tirek_keys'),
  ENCRYPTION_KEYS: RING,
})
const health = async (port: number) => (await fetch(`http://127.0.0.1:${port}/health`)).status

test('started before Temporal: it says so, waits, and is well once the server hears it', async () => {
  quiet()
  const [port, temporalPort] = [await freePort(), await freePort()]
  const starting = startWorker({ config: settings(`127.0.0.1:${temporalPort}`, port), log, code })
  await expect.poll(() => health(port).catch(() => 0), { timeout: 5_000 }).toBe(503)
  const temporal = await openRealServer({ port: temporalPort })
  const worker = await starting
  await expect.poll(() => health(port), { timeout: 15_000 }).toBe(200)
  expect(worker.url).toBe(`http://127.0.0.1:${port}`)
  await worker.close()
  await expect(health(port)).rejects.toThrow()
  await temporal.teardown()
})

test('the time-skipping server lists no pollers: there the worker goes by its own state', async () => {
  quiet()
  const temporal = await openTimeSkipping()
  const worker = await startWorker({ config: settings(temporal.address, 0), log, code })
  expect(await health(Number(new URL(worker.url).port))).toBe(200)
  await worker.close()
  await temporal.teardown()
})

test('Temporal taken away: unwell within seconds, and the worker lives on', async () => {
  quiet()
  const temporal = await openRealServer()
  let failed = false
  const worker = await startWorker({ config: settings(temporal.address, 0), log, code, onFailure: () => (failed = true) })
  const port = Number(new URL(worker.url).port)
  await expect.poll(() => health(port), { timeout: 15_000 }).toBe(200)
  await temporal.teardown()
  await expect.poll(() => health(port), { timeout: 15_000, interval: 500 }).toBe(503)
  expect(failed).toBe(false)
  await worker.close()
}, 90_000)
