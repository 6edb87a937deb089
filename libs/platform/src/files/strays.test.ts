/** Files that no row knows, in a real folder: what a killed process left goes after a day, whatever else lies there stays. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { FolderStore, pathOf } from './file-store.ts'
import { removeStrays } from './strays.ts'

const home = mkdtempSync(join(tmpdir(), 'tirek-strays-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
const DAY = 24 * 3_600_000
const NOW = Date.now()
const log = pino({ level: 'silent' })

function newStore() {
  const folder = join(home, randomUUID())
  const store = new FolderStore(folder)
  /** Put so long before now, ms. */
  const put = async (ago: number, key: string = randomUUID()) => {
    const { id } = await store.put(Buffer.from(key), { type: 'application/pdf', key })
    utimesSync(join(folder, pathOf(id)), new Date(NOW - ago), new Date(NOW - ago))
    return id
  }
  return { folder, store, put, ids: async () => (await Array.fromAsync(store.list())).map(({ id }) => id).toSorted() }
}
const knowing =
  (...ids: string[]) =>
  async () =>
    new Set(ids)

test('a day old and in no row: gone; a millisecond younger, or in a row: it stays, in this store and in the one beside it', async () => {
  const [one, other] = [newStore(), newStore()]
  const [known, young, stray, waiting] = [await one.put(9 * DAY), await one.put(DAY - 1), await one.put(DAY), await other.put(2 * DAY)]
  expect(await removeStrays({ stores: [one.store, other.store], known: knowing(known), log }, NOW)).toBe(2)
  expect(await one.ids()).toEqual([known, young].toSorted())
  expect(await other.ids()).toEqual([])
  expect([stray, waiting].map((id) => statSync(join(one.folder, pathOf(id)), { throwIfNoEntry: false }))).toEqual([undefined, undefined])
  expect(await removeStrays({ stores: [one.store, other.store], known: knowing(known), log }, NOW)).toBe(0)
})

test('sent again a stray is young again; what is half-written, of another service or of nobody is not touched', async () => {
  const { folder, store, put, ids } = newStore()
  const key = randomUUID()
  await put(5 * DAY, key)
  const again = await store.put(Buffer.from(key), { type: 'application/pdf', key })
  const paths = ['.incoming/half', 'referrals/ab/cd', 'ab/cd/ef', 'readme.txt', `ff/${'0'.repeat(64)}/${key}`]
  for (const path of paths) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), 'x')
    utimesSync(join(folder, path), new Date(0), new Date(0))
  }
  const within = new FolderStore(join(folder, 'referrals'))
  const { id } = await within.put(Buffer.from('packet'), { type: 'application/pdf' })
  utimesSync(join(folder, 'referrals', pathOf(id)), new Date(0), new Date(0))
  expect(await removeStrays({ stores: [store], known: knowing(), log }, NOW)).toBe(0)
  expect(await ids()).toEqual([again.id])
  for (const path of paths) expect(statSync(join(folder, path)).size, path).toBe(1)
  expect(await within.sizeOf(id)).toBe(6)
})

test('asked in parts, each file once; where no row knows any of many it is not the database of these files, and none goes', async () => {
  const { store, put, ids } = newStore()
  const made: string[] = []
  for (let n = 0; n < 21; n++) made.push(await put(2 * DAY))
  expect(await removeStrays({ stores: [store], known: knowing(), log }, NOW)).toBe(0)
  expect(await ids()).toHaveLength(21)
  const asked: string[] = []
  const known = async (some: readonly string[]) => (asked.push(...some), new Set([made[0]!]))
  expect(await removeStrays({ stores: [store], known, log }, NOW)).toBe(20)
  expect(asked.toSorted()).toEqual(made.toSorted())
  expect(await removeStrays({ stores: [new FolderStore(join(home, 'none'))], known: knowing(), log }, NOW)).toBe(0)
})
