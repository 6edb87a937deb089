/** Sealing with the watchdog's own role: it reads heads and no row, says when it is late, and production does not start without a key. */
import { newKey } from '@tirek/platform/checkpoints'
import { createLog } from '@tirek/platform/log'
import { createMetrics } from '@tirek/platform/metrics'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'
import { createSealing, type SealingConfig } from './sealing.ts'

const HOUR = 3_600_000
const folder = mkdtempSync(join(tmpdir(), 'tirek-sealing-'))
let world: CasesWorld
beforeAll(async () => {
  world = await CasesWorld.open()
})
afterAll(async () => {
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

const sealing = (config: SealingConfig, schemas = ['cases'], metrics = createMetrics('watchdog')) => ({
  metrics,
  ...createSealing({ db: world.watchdogDb, clock: world.clock, log: createLog('test', 'silent'), metrics }, config, schemas)!,
})

test('every hour of the Clock one checkpoint without names; later than two hours is an alarm', async () => {
  await world.register('aigul')
  writeFileSync(join(folder, 'key'), newKey())
  const { sealer, ticker, isLate, metrics } = sealing({ TRAIL_KEY_FILE: join(folder, 'key'), TRAIL_CHECKPOINTS: join(folder, 'sealed') })
  await ticker.tick()
  expect(sealer.said).toMatchObject({ checkpoint: 1 })
  expect(readFileSync(join(folder, 'sealed', 'trail-2026-11.jsonl'), 'utf8')).not.toContain(world.id('dana'))
  world.clock.set(world.clock.now() + 2 * HOUR)
  expect(isLate()).toBe(false)
  expect(await metrics.metrics()).toContain('tirek_trail_checkpoint_age_seconds{service="watchdog"} 7200')
  world.clock.set(world.clock.now() + 1)
  expect(isLate()).toBe(true)
  await ticker.tick()
  expect(isLate()).toBe(false)
  expect(sealer.said).toMatchObject({ checkpoint: 2 })
})

test('the watchdog sees heads and no row', async () => {
  await world.watchdogDb.query('SELECT n FROM cases.trail_head LIMIT 1')
  await expect(world.watchdogDb.query('SELECT n FROM cases.trail LIMIT 1')).rejects.toThrow('permission denied')
  await expect(world.watchdogDb.query('DELETE FROM cases.trail_head')).rejects.toThrow('permission denied')
})

test('a trail that cannot be read leaves no half checkpoint', async () => {
  const { ticker, sealer } = sealing({ TRAIL_KEY: newKey(), TRAIL_CHECKPOINTS: join(folder, 'none') }, ['cases', 'nowhere'])
  await expect(ticker.tick()).rejects.toThrow('nowhere')
  expect(sealer.lastAt).toBeUndefined()
})

test('production refuses to start without a key, or without a folder; elsewhere it is said', () => {
  for (const config of [{}, { TRAIL_KEY: newKey() }, { TRAIL_CHECKPOINTS: folder }]) {
    expect(() => sealing({ ...config, NODE_ENV: 'production' })).toThrow('TRAIL_KEY')
    expect(sealing({ ...config, NODE_ENV: 'development' }).sealer).toBeUndefined()
  }
})
