/** Limits on tries, in memory and in a table of Postgres that outlives the process and is shared by its copies. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Database, migrate } from './database.ts'
import { createTries, Tries } from './limits.ts'
import { startScratchPostgres, type ScratchPostgres } from './scratch-postgres.ts'

let postgres: ScratchPostgres
let db: Database
beforeAll(async () => {
  postgres = await startScratchPostgres()
  await migrate(postgres.adminUrl, 'proof', [], [{ name: '0001', sql: `CREATE ROLE tirek_proof; ${createTries('tirek_proof')}` }])
  db = await Database.open(postgres.adminUrl, 'proof', 2)
})
afterAll(async () => {
  await db?.close()
  await postgres?.stop()
})
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: Date.now() }))
afterEach(async () => {
  vi.useRealTimers()
  await db.query('TRUNCATE proof.tries')
})

const NINE = { most: 9, seconds: 60 }
const said = (work: Promise<void>) =>
  work.then(
    () => 'may',
    (error: { code: string; params: { seconds: number } }) => `${error.code} ${error.params.seconds}`,
  )

test.each([
  ['memory', () => new Tries(NINE)],
  ['Postgres', () => new Tries(NINE, { db, schema: 'proof', name: 'one' })],
] as const)('in %s: the ninth failure is the last in a minute; another address goes on, success uses nothing up', async (_, make) => {
  const limit = make()
  for (let i = 0; i < 100; i++) expect(await said(limit.mayTry('clinic'))).toBe('may')
  for (let i = 0; i < 9; i++) {
    expect(await said(limit.mayTry('clinic'))).toBe('may')
    await limit.failed('clinic')
  }
  expect(await said(limit.mayTry('clinic'))).toBe('too-many-tries 60')
  expect(await said(limit.mayTry('home'))).toBe('may')
  vi.advanceTimersByTime(59_999)
  expect(await said(limit.mayTry('clinic'))).toBe('too-many-tries 1')
  vi.advanceTimersByTime(1)
  expect(await said(limit.mayTry('clinic'))).toBe('may')
})

test('a restart and a second copy forget nothing; limits of other names are others; nobody reads an address there', async () => {
  const table = { db, schema: 'proof', name: 'sign-in' }
  for (let i = 0; i < 9; i++) await new Tries(NINE, table).failed('203.0.113.5')
  expect(await said(new Tries(NINE, table).mayTry('203.0.113.5'))).toBe('too-many-tries 60')
  expect(await said(new Tries(NINE, { ...table, name: 'links' }).mayTry('203.0.113.5'))).toBe('may')
  expect(JSON.stringify(await db.query('SELECT * FROM proof.tries'))).not.toContain('203')
})

test('tries at the same moment are all counted', async () => {
  const copies = [0, 1].map(() => new Tries(NINE, { db, schema: 'proof', name: 'token' }))
  const all = await Promise.all(Array.from({ length: 40 }, (_, n) => said(copies[n % 2]!.take('one'))))
  expect(all.filter((one) => one === 'may')).toHaveLength(9)
})

test('while the database is away they are counted in memory; what ended an hour ago is swept', async () => {
  const away = new Tries(NINE, { db: { query: () => Promise.reject(new Error('away')) }, schema: 'proof', name: 'away' })
  for (let i = 0; i < 9; i++) await away.failed('clinic')
  expect(await said(away.mayTry('clinic'))).toBe('too-many-tries 60')
  const limit = new Tries(NINE, { db, schema: 'proof', name: 'swept' })
  await limit.failed('clinic')
  expect(await db.query('SELECT 1 FROM proof.tries')).toHaveLength(1)
  vi.setSystemTime(Date.now() + 3_600_000 + 60_001)
  vi.advanceTimersByTime(300_000)
  await vi.waitFor(async () => expect(await db.query('SELECT 1 FROM proof.tries')).toEqual([]))
})
