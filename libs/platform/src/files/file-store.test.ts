import fc from 'fast-check'
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { FileDamaged, FolderStore, isFileId, NoSuchFile, TooManyBytes } from './file-store.ts'

const home = mkdtempSync(join(tmpdir(), 'tirek-files-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
const PDF = { type: 'application/pdf' }
const newStore = () => {
  const folder = join(home, randomUUID())
  return { folder, store: new FolderStore(folder) }
}
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

test('what is put is got back, by bytes or by stream, under the hash of its bytes; what is removed is gone, others of the same bytes stay', async () => {
  const { store, folder } = newStore()
  const bytes = Buffer.from('протокол ₸')
  async function* parts() {
    yield bytes.subarray(0, 3)
    yield bytes.subarray(3)
  }
  const one = await store.put(bytes, PDF)
  const other = await store.put(parts(), PDF)
  expect(one).toMatchObject({ sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length, type: 'application/pdf' })
  expect(other.sha256).toBe(one.sha256)
  expect(other.id).not.toBe(one.id)
  expect(await store.get(other.id)).toEqual(bytes)
  await store.remove(one.id)
  await store.remove(one.id)
  await expect(store.get(one.id)).rejects.toThrow(NoSuchFile)
  expect(await store.sizeOf(one.id)).toBeUndefined()
  expect(await store.get(other.id)).toEqual(bytes)
  await store.remove(other.id)
  expect(filesIn(folder)).toEqual([])
  expect(readdirSync(join(folder, one.sha256.slice(0, 2)))).toEqual([])
})

test('sent again with its key it is the same file, also twice at once', async () => {
  const { store, folder } = newStore()
  const key = randomUUID()
  const put = () => store.put(Buffer.from('x'), { ...PDF, key })
  const kept = await Promise.all([put(), put(), put()])
  expect(new Set(kept.map(({ id }) => id)).size).toBe(1)
  expect(filesIn(folder)).toEqual([key])
  await expect(store.put(Buffer.from('x'), { ...PDF, key: '../x' })).rejects.toThrow(TypeError)
})

test('what breaks off or grows too big leaves nothing; what a killed process left aside is cleared', async () => {
  const { store, folder } = newStore()
  async function* broken() {
    yield Buffer.from('half')
    throw new Error('line dropped')
  }
  await expect(store.put(broken(), PDF)).rejects.toThrow('line dropped')
  await expect(store.put(Buffer.alloc(11), { ...PDF, most: 10 })).rejects.toThrow(TooManyBytes)
  expect((await store.put(Buffer.alloc(10), { ...PDF, most: 10 })).size).toBe(10)
  expect(filesIn(folder)).toHaveLength(1)
  writeFileSync(join(folder, '.incoming', 'half'), 'half')
  await store.clearAside()
  expect(filesIn(folder)).toHaveLength(1)
})

test('bytes that are not those that were put are never given out', async () => {
  const { store, folder } = newStore()
  const { id, sha256 } = await store.put(Buffer.from('as signed'), PDF)
  writeFileSync(join(folder, sha256.slice(0, 2), sha256, id.split('.')[1]!), 'as changed')
  await expect(store.get(id)).rejects.toThrow(FileDamaged)
})

test.skipIf(process.platform === 'win32')('nobody else on the machine reads it', async () => {
  const { store, folder } = newStore()
  const { sha256, id } = await store.put(Buffer.from('x'), PDF)
  const path = join(folder, sha256.slice(0, 2), sha256)
  expect(statSync(join(path, id.split('.')[1]!)).mode & 0o077).toBe(0)
  expect(statSync(path).mode & 0o077).toBe(0)
})

test('no id leads out of the folder, whatever it is', async () => {
  const { store, folder } = newStore()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(home, 'secret'), 'secret')
  const hash = 'a'.repeat(64)
  const id = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.constantFrom(
      '../secret',
      `${hash}.../../secret`,
      `${hash}/../../../secret`,
      `${hash}.${randomUUID()}/../../../../secret`,
      `${hash.toUpperCase()}.${randomUUID()}`,
      `${hash}.${randomUUID()}\0`,
      `${hash}.${randomUUID()}\n`,
    ),
  )
  await fc.assert(
    fc.asyncProperty(id, async (asked) => {
      expect(isFileId(asked)).toBe(false)
      await expect(store.get(asked)).rejects.toThrow(NoSuchFile)
      await expect(store.remove(asked)).rejects.toThrow(NoSuchFile)
    }),
  )
})
