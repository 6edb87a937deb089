/** Against a real server of S3: `VERSITYGW`, or `versitygw` on the PATH (`go install github.com/versity/versitygw/cmd/versitygw@v1.8.0`). */
import { AwsClient } from 'aws4fetch'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { FileDamaged, NoSuchFile, TooManyBytes } from './file-store.ts'
import { S3Store } from './s3-store.ts'
import { removeStrays } from './strays.ts'
import { pino } from 'pino'

const program = process.env['VERSITYGW'] ?? 'versitygw'
const isThere = spawnSync(program, ['--version']).status === 0
const PDF = { type: 'application/pdf' }
const SECRET = randomUUID()
const DAY = 24 * 3_600_000
const QUIET = { log: pino({ level: 'silent' }) }
const bytes = Buffer.from('протокол ₸')

describe.skipIf(!isThere)(isThere ? 'a bucket' : 'a bucket: not tried, there is no versitygw on this machine', () => {
  const home = mkdtempSync(join(tmpdir(), 'tirek-s3-'))
  let server: ChildProcess
  let endpoint: string
  const storeOf = (more = {}) =>
    new S3Store({ bucket: 'tirek', folder: 'clinic/', region: 'us-east-1', endpoint, keyId: 'tirek', secret: SECRET, ...more })

  beforeAll(async () => {
    const port = await freePort()
    endpoint = `http://127.0.0.1:${port}`
    mkdirSync(join(home, 'data', 'tirek'), { recursive: true })
    mkdirSync(join(home, 'versions'))
    server = spawn(
      program,
      [
        '--access',
        'tirek',
        '--secret',
        SECRET,
        '--port',
        `127.0.0.1:${port}`,
        'posix',
        '--versioning-dir',
        join(home, 'versions'),
        join(home, 'data'),
      ],
      { stdio: 'ignore' },
    )
    await vi.waitFor(() => storeOf().check(), { timeout: 10_000 })
  })
  afterAll(() => {
    server.kill()
    rmSync(home, { recursive: true, force: true })
  })

  test('what is put is got back, by bytes or by stream, under the hash of its bytes; sent again with its key it is the same file', async () => {
    const store = storeOf()
    async function* parts() {
      yield bytes.subarray(0, 3)
      yield bytes.subarray(3)
    }
    const key = randomUUID()
    const one = await store.put(bytes, { ...PDF, key })
    expect(one).toMatchObject({ sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length, type: 'application/pdf' })
    expect(await store.put(parts(), { ...PDF, key })).toEqual(one)
    expect(await store.get(one.id)).toEqual(bytes)
    expect(await store.sizeOf(one.id)).toBe(bytes.length)
    const folder = join(home, 'data', 'tirek', 'clinic', one.sha256.slice(0, 2), one.sha256)
    expect(readdirSync(folder)).toEqual([key])
    writeFileSync(join(folder, key), 'as changed')
    await expect(store.get(one.id)).rejects.toThrow(FileDamaged)
    await store.remove(one.id)
    await store.remove(one.id)
    await expect(store.get(one.id)).rejects.toThrow(NoSuchFile)
    expect(await store.sizeOf(one.id)).toBeUndefined()
  })

  test('what is listed is what was put into this folder, page by page, and what lies there besides is nobody’s', async () => {
    const store = storeOf({ folder: 'listed/' })
    const before = Date.now()
    const ids = (await Promise.all(Array.from({ length: 1_005 }, (_, n) => store.put(Buffer.from(`${n}`), PDF)))).map(({ id }) => id)
    await storeOf({ folder: 'listed/within/' }).put(bytes, PDF)
    writeFileSync(join(home, 'data', 'tirek', 'listed', 'a & b.txt'), 'x')
    const found = new Map((await Array.fromAsync(store.list())).map(({ id, at }) => [id, at]))
    expect(found.size).toBe(1_005)
    expect(ids.every((id) => found.has(id))).toBe(true)
    for (const at of found.values()) expect(Math.abs(at - before)).toBeLessThan(60_000)
    expect(await removeStrays({ ...QUIET, stores: [store], known: async () => new Set(ids.slice(1)) }, Date.now() + DAY)).toBe(1)
    expect(await Array.fromAsync(store.list())).toHaveLength(1_004)
    expect(await Array.fromAsync(storeOf({ folder: 'none/' }).list())).toEqual([])
  })

  test('a bucket that keeps versions is refused: an erasure would erase nothing', async () => {
    const admin = new AwsClient({ accessKeyId: 'tirek', secretAccessKey: SECRET, region: 'us-east-1', service: 's3' })
    mkdirSync(join(home, 'data', 'keeping'))
    const set = (status: string) =>
      admin.fetch(`${endpoint}/keeping?versioning`, {
        method: 'PUT',
        body: `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`,
      })
    const keeping = storeOf({ bucket: 'keeping' })
    await keeping.check()
    for (const status of ['Enabled', 'Suspended']) {
      expect((await set(status)).status).toBe(200)
      await expect(keeping.check(), status).rejects.toThrow(/keeps versions/)
    }
  })

  test('too many bytes, a wrong key, a bucket that is not there, a server that is away: an error, and no bytes', async () => {
    await expect(storeOf().put(Buffer.alloc(11), { ...PDF, most: 10 })).rejects.toThrow(TooManyBytes)
    await expect(storeOf().put(bytes, { ...PDF, key: '../x' })).rejects.toThrow(TypeError)
    await expect(storeOf({ secret: 'wrong' }).put(bytes, PDF)).rejects.toThrow(/PUT with 403 SignatureDoesNotMatch/)
    const elsewhere = storeOf({ bucket: 'nowhere' })
    await expect(elsewhere.put(bytes, PDF)).rejects.toThrow(/404 NoSuchBucket/)
    await expect(elsewhere.get(`${'a'.repeat(64)}.${randomUUID()}`)).rejects.toThrow(/404 NoSuchBucket/)
    await expect(elsewhere.check()).rejects.toThrow(/404/)
    await expect(storeOf({ endpoint: `http://127.0.0.1:${await freePort()}` }).check()).rejects.toThrow()
  })
})

const freePort = () =>
  new Promise<number>((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => found(port))
    })
  })
