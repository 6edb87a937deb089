import { migrateKeys } from '@tirek/platform/keys/schema'
import { newKey } from '@tirek/platform/keys/key-ring'
import { startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { createLog } from '@tirek/platform/log'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys } from './data-keys.mjs'

let postgres: ScratchPostgres
let admin: pg.Pool
let running: DataKeys
const folder = mkdtempSync(join(tmpdir(), 'tirek-keys-'))
const ringFile = join(folder, 'encryption-keys')

beforeAll(async () => {
  postgres = await startScratchPostgres()
  await migrateKeys(postgres.adminUrl, postgres.urlOf('tirek_keys'))
  admin = new pg.Pool({ connectionString: postgres.adminUrl, max: 1 })
  admin.on('error', () => {})
  await admin.query(
    `CREATE SCHEMA cases; CREATE TABLE cases."case" (id uuid, ended boolean); CREATE TABLE cases.deadline (case_id uuid, state text)`,
  )
  writeFileSync(ringFile, newKey('first'), { mode: 0o600 })
  const config = { ENCRYPTION_KEYS_FILE: ringFile, KEYS_DATABASE_URL: postgres.urlOf('tirek_keys'), TEMPORAL_NAMESPACE: 'tirek' }
  running = new DataKeys({ config, log: createLog('test', 'silent'), steady: () => (clock += 60_000) })
})
afterAll(async () => {
  await running?.close()
  await admin?.end()
  await postgres?.stop()
  rmSync(folder, { recursive: true })
})

/** Every key is old at once: each question goes to the database. */
let clock = 0
async function run(...command: string[]) {
  const said: string[] = []
  const place = {
    adminUrl: postgres.adminUrl,
    ringFile,
    ring: { NODE_ENV: 'test', ENCRYPTION_KEYS: undefined, ENCRYPTION_KEYS_FILE: ringFile },
    temporalAddress: undefined,
    namespace: 'tirek',
    isProduction: true,
  }
  const well = await keys(command, place, (line: string) => said.push(line))
  return { well, said: said.join('\n') }
}

test('new, rotate, retire while a service runs: it reads everything at every step', async () => {
  const owners = Array.from({ length: 20 }, () => `case/${randomUUID()}`)
  for (const owner of owners) await running.of(owner)
  const readAll = () => Promise.all(owners.map((owner) => running.of(owner)))

  expect((await run('retire', 'first').catch((error: Error) => ({ said: error.message }))).said).toMatch(/first is the current key/)
  expect((await run('new')).said).toMatch(/^\d{4}-\d\d-\d\d is the current key now/)
  expect(statSync(ringFile).mode & 0o777).toBe(0o600)
  await readAll()
  expect((await run('retire', 'first').catch((error: Error) => ({ said: error.message }))).said).toBe(
    'first still wraps 20 data keys: npm run keys -- rotate',
  )
  expect((await run('rotate')).said).toMatch(/^20 data keys are wrapped by \d/)
  await readAll()
  expect((await run('retire', 'first')).well).toBe(true)
  expect(readFileSync(ringFile, 'utf8')).not.toContain('first')
  await readAll()
  expect(await run('status')).toMatchObject({ well: true, said: expect.stringMatching(/20 readable, 0 unreadable, 0 erased/) })
})

test('a key is missing: status says which, and is not well', async () => {
  const kept = readFileSync(ringFile, 'utf8')
  writeFileSync(ringFile, newKey('other'))
  const { well, said } = await run('status')
  writeFileSync(ringFile, kept)
  expect(well).toBe(false)
  expect(said).toContain(`MISSING from the ring: ${kept.split(':')[0]}`)
})

test('only what an ended case left is erased', async () => {
  const [open, waiting, ended] = [randomUUID(), randomUUID(), randomUUID()]
  await admin.query(`INSERT INTO cases."case" VALUES ($1, false), ($2, true), ($3, true)`, [open, waiting, ended])
  await admin.query(`INSERT INTO cases.deadline VALUES ($1, 'open'), ($2, 'closed')`, [waiting, ended])
  for (const id of [open, waiting, ended]) await running.of(`case/${id}`)
  for (const id of [open, waiting]) await expect(run('erase', id)).rejects.toThrow(/this case is open/)
  await expect(run('erase', 'all')).rejects.toThrow(/of which case/)
  expect((await run('erase', ended)).said).toMatch(/^erased/)
  await expect(running.of(`case/${ended}`)).rejects.toMatchObject({ why: 'erased' })
  await expect(running.of(`case/${waiting}`)).resolves.toMatchObject({ owner: `case/${waiting}` })
})
