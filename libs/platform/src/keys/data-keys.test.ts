/** The keys on a real Postgres, by the role that services have. */
import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { freePort, startScratchPostgres, type ScratchPostgres } from '../scratch-postgres.ts'
import { DataKeys, LIFE_MS } from './data-keys.ts'
import { failureConverter } from './failure-converter.ts'
import { KeyKeeper } from './keeping.ts'
import { KeyRing, newKey } from './key-ring.ts'
import { CasePayloadCodec, isEncrypted } from './payload-codec.ts'
import { migrateKeys } from './schema.ts'

const log = createLog('test', 'silent')
const OLD = newKey('old')
const NEW = newKey('new')
let postgres: ScratchPostgres
let admin: pg.Pool
let now = 0
const opened: DataKeys[] = []

beforeAll(async () => {
  postgres = await startScratchPostgres()
  await migrateKeys(postgres.adminUrl, postgres.urlOf('tirek_keys'))
  admin = new pg.Pool({ connectionString: postgres.adminUrl, max: 2 })
  admin.on('error', () => {})
})
beforeEach(async () => {
  await admin.query('TRUNCATE keys.data_key')
})
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()))
  await admin?.end()
  await postgres?.stop()
})

/** A process of its own: it knows no more than the database and its ring. */
function process(ring = OLD, url = postgres.urlOf('tirek_keys'), namespace = 'tirek') {
  const config = { ENCRYPTION_KEYS: ring, KEYS_DATABASE_URL: url, TEMPORAL_NAMESPACE: namespace }
  const keys = new DataKeys({ config, log, steady: () => now, patience: 500 })
  opened.push(keys)
  return { keys, codec: new CasePayloadCodec(keys) }
}
const contextOf = (workflowId: string) => ({ type: 'workflow', namespace: 'tirek', workflowId }) as const
const newCase = () => `case/${randomUUID()}`
const facts = (): Payload => defaultPayloadConverter.toPayload({ riskLevel: 'high', criteria: ['H1'] })!
const read = (payload: Payload | undefined) => defaultPayloadConverter.fromPayload(payload!)
async function keeper<T>(ring: string, work: (keeper: KeyKeeper) => Promise<T>): Promise<T> {
  const one = new KeyKeeper(postgres.adminUrl, new KeyRing({ ENCRYPTION_KEYS: ring }))
  return work(one).finally(() => one.close())
}

test('what one process seals another opens; a case and its hours have one key, each case its own', async () => {
  const [one, other] = [process(), process()]
  const [first, second] = [newCase(), newCase()]
  const [sealed] = await one.codec.encode([facts()], contextOf(first))
  const [ofHour] = await one.codec.encode([facts()], contextOf(`${first}/urgent/0`))
  const [ofOther] = await one.codec.encode([facts()], contextOf(second))
  for (const payload of [sealed, ofHour, ofOther]) {
    expect(isEncrypted(payload!)).toBe(true)
    expect(Buffer.from(payload!.data!).includes('riskLevel')).toBe(false)
  }
  expect(sealed!.metadata!['encryption-key-id']).toEqual(ofHour!.metadata!['encryption-key-id'])
  expect(sealed!.metadata!['encryption-key-id']).not.toEqual(ofOther!.metadata!['encryption-key-id'])
  expect(read((await other.codec.decode([sealed!], contextOf(first)))[0])).toEqual({ riskLevel: 'high', criteria: ['H1'] })
  // The Temporal UI names no workflow.
  expect(read((await other.codec.decode([ofOther!]))[0])).toEqual({ riskLevel: 'high', criteria: ['H1'] })
})

test('two processes that meet a new case at once agree on one key', async () => {
  const owner = newCase()
  const made = await Promise.all(Array.from({ length: 8 }, () => process().keys.of(owner)))
  expect(new Set(made.map(({ id }) => id)).size).toBe(1)
  expect(new Set(made.map(({ key }) => key.toString('hex'))).size).toBe(1)
})

test('refused: plain, changed, of an unknown format or key, of another case, of another namespace', async () => {
  const { codec, keys } = process()
  await keys.ready()
  const [mine, foreign] = [newCase(), newCase()]
  const [sealed] = await codec.encode([facts()], contextOf(mine))
  const changed = { ...sealed!, data: Uint8Array.from(sealed!.data!, (byte, at) => (at === 20 ? byte ^ 1 : byte)) }
  const named = (metadata: Record<string, string>) => ({
    ...sealed!,
    metadata: {
      ...sealed!.metadata,
      ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value)])),
    },
  })
  const why = (payload: Payload, workflowId = mine, by = codec) =>
    by.decode([payload], contextOf(workflowId)).then(
      () => 'opened',
      (error: { why?: string }) => error.why,
    )
  expect(await why(sealed!)).toBe('opened')
  expect(await why(facts())).toBe('plain')
  expect(await why({})).toBe('plain')
  expect(await why(changed)).toBe('damaged')
  expect(await why(named({ 'encryption-format': '2' }))).toBe('damaged')
  expect(await why(named({ 'encryption-key-id': 'x' }))).toBe('damaged')
  expect(await why(named({ 'encryption-key-id': randomUUID() }))).toBe('lost')
  expect(await why(sealed!, foreign)).toBe('foreign')
  expect(await why(sealed!, 'not-of-a-case')).toBe('foreign')
  expect(await why(sealed!, mine, process(OLD, undefined, 'elsewhere').codec)).toBe('damaged')
  // What belongs to no case has the key of the namespace, and is no case's.
  const [general] = await codec.encode([facts()], contextOf('not-of-a-case'))
  expect(await why(general!, 'not-of-a-case')).toBe('opened')
  expect(await why(general!, mine)).toBe('foreign')
})

test('an erased key: nobody opens what it sealed a minute later, none is made anew, and a failure can still be reported', async () => {
  const { codec, keys } = process()
  await keys.ready()
  const owner = newCase()
  const [sealed] = await codec.encode([facts()], contextOf(owner))
  expect(await keeper(OLD, (one) => one.erase(owner))).toBe(true)
  expect(await keeper(OLD, (one) => one.erase(owner))).toBe(false)
  now += LIFE_MS - 1
  await expect(codec.decode([sealed!], contextOf(owner))).resolves.toHaveLength(1)
  now += 1
  await expect(codec.decode([sealed!], contextOf(owner))).rejects.toMatchObject({ why: 'erased' })
  await expect(codec.encode([facts()], contextOf(owner))).rejects.toMatchObject({ why: 'erased' })
  await expect(process().codec.decode([sealed!])).rejects.toMatchObject({ why: 'erased' })
  expect((await admin.query('SELECT wrapped FROM keys.data_key WHERE owner = $1', [owner])).rows).toEqual([{ wrapped: null }])

  const { encodedAttributes } = failureConverter.errorToFailure(new Error('of what failed'), defaultPayloadConverter)
  const [report] = await codec.encode([encodedAttributes!], contextOf(owner))
  expect(isEncrypted(report!)).toBe(true)
  expect(read((await codec.decode([report!], contextOf(owner)))[0])).toMatchObject({ message: 'of what failed' })
  const metrics = new Registry()
  keys.register(metrics)
  expect(await metrics.metrics()).toMatch(/tirek_payloads_refused_total\{why="erased"\} [1-9]/)
})

test('failures carry neither message nor stack in clear, also those of their causes', () => {
  const failure = failureConverter.errorToFailure(new Error('outer secret', { cause: new Error('inner secret') }), defaultPayloadConverter)
  const clear = JSON.stringify(failure, (key, value: unknown) => (key === 'encodedAttributes' ? undefined : value))
  expect(clear).not.toMatch(/secret|data-keys\.test/)
  expect(failureConverter.failureToError(failure, defaultPayloadConverter)).toMatchObject({
    message: 'outer secret',
    cause: { message: 'inner secret' },
  })
})

test('the ring is changed while all run: old, both, new; nothing is unreadable at any time', async () => {
  const owners = Array.from({ length: 603 }, newCase)
  const before = process(`${OLD}`)
  const sealed = await Promise.all(
    owners.map(async (owner) => ({ owner, payload: (await before.codec.encode([facts()], contextOf(owner)))[0]! })),
  )
  const during = process(`${NEW},${OLD}`)
  const unreadable = async (by: CasePayloadCodec, from: number, step: number) => {
    let bad = 0
    for (let at = from; at < sealed.length; at += step)
      await by.decode([sealed[at]!.payload], contextOf(sealed[at]!.owner)).catch(() => bad++)
    return bad
  }
  const [rotated, bad] = await Promise.all([
    keeper(`${NEW},${OLD}`, (one) => one.rotate()),
    unreadable(during.codec, 0, 3),
    // A process that still goes by the old ring makes a key meanwhile.
    before.codec.encode([facts()], contextOf(newCase())),
  ])
  expect(bad).toBe(0)
  expect(rotated.left).toBe(0)
  await keeper(`${NEW},${OLD}`, (one) => one.rotate())
  expect(await keeper(`${NEW},${OLD}`, (one) => one.rotate())).toEqual({ rewrapped: 0, left: 0 })
  const status = await keeper(NEW, (one) => one.status())
  expect(status).toMatchObject({ missing: [], unreadable: 0, erased: 0, wrappedBy: { new: 604 } })
  expect(await unreadable(process(NEW).codec, 1, 5)).toBe(0)
})

test('a rotation that was killed half-way is finished by the next', async () => {
  const { keys } = process()
  await Promise.all(Array.from({ length: 560 }, () => keys.of(newCase())))
  await expect(
    keeper(`${NEW},${OLD}`, (one) =>
      one.rotate(() => {
        throw new Error('killed')
      }),
    ),
  ).rejects.toThrow('killed')
  expect((await keeper(`${NEW},${OLD}`, (one) => one.status())).wrappedBy).toEqual({ new: 500, old: 60 })
  expect(await keeper(`${NEW},${OLD}`, (one) => one.rotate())).toEqual({ rewrapped: 60, left: 0 })
})

test('a key missing from the ring: named by its id in check, error and metric; the others go on', async () => {
  const { codec } = process(OLD)
  const [old, fresh] = [newCase(), newCase()]
  const [sealed] = await codec.encode([facts()], contextOf(old))
  const lacking = process(NEW)
  const [good] = await lacking.codec.encode([facts()], contextOf(fresh))
  await expect(lacking.codec.decode([good!], contextOf(fresh))).resolves.toHaveLength(1)
  await expect(lacking.codec.decode([sealed!], contextOf(old))).rejects.toMatchObject({ why: 'ring-key-missing', message: /lacks old/ })
  await expect(lacking.keys.check()).rejects.toThrow('the ring lacks old')
  const metrics = new Registry()
  lacking.keys.register(metrics)
  expect(await metrics.metrics()).toContain('tirek_ring_key_missing{ring_key="old"} 1')
  expect(await keeper(NEW, (one) => one.status())).toMatchObject({ missing: ['old'], unreadable: 1, readable: 1 })
  expect(await keeper(NEW, (one) => one.rotate())).toEqual({ rewrapped: 0, left: 1 })
  await expect(process(`${NEW},${OLD}`).keys.check()).resolves.toBeUndefined()
})

test('the role of the services reads and adds keys, and can neither change nor erase one; other roles see nothing', async () => {
  const { keys } = process()
  await keys.of(newCase())
  const url = postgres.urlOf('tirek_keys')
  const as = async (address: string, sql: string) => {
    const client = new pg.Client({ connectionString: address })
    await client.connect()
    return client.query(sql).finally(() => client.end())
  }
  for (const sql of [
    'DELETE FROM keys.data_key',
    `UPDATE keys.data_key SET owner = 'x'`,
    'TRUNCATE keys.data_key',
    'DELETE FROM keys.migration',
    'CREATE TABLE keys.mine (n int)',
  ])
    await expect(as(url, sql)).rejects.toMatchObject({ code: '42501' })
  await admin.query(`CREATE ROLE tirek_cases LOGIN PASSWORD 'tirek_cases'`)
  await expect(as(postgres.urlOf('tirek_cases'), 'SELECT * FROM keys.data_key')).rejects.toMatchObject({ code: '42501' })
})

test('a database that is away: an error that says so, and a failure can be reported all the same', async () => {
  const { keys, codec } = process(OLD, `postgres://tirek_keys:x@127.0.0.1:${await freePort()}/tirek`)
  await expect(keys.ready(() => true)).rejects.toMatchObject({ why: 'away' })
  await expect(codec.encode([facts()], contextOf(newCase()))).rejects.toMatchObject({ why: 'away' })
})
