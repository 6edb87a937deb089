/** The codec server: who may, what comes back, and what stands in the trail. */
import { defaultPayloadConverter } from '@temporalio/common'
import { createLog } from '@tirek/platform/log'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { KeyKeeper } from '@tirek/platform/keys/keeping'
import { CasePayloadCodec } from '@tirek/platform/keys/payload-codec'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'

let world: CasesWorld
let keys: DataKeys

beforeAll(async () => {
  world = await CasesWorld.open()
  keys = new DataKeys({ config: world.config(), log: createLog('test', 'silent') })
  await keys.ready()
})
afterAll(async () => {
  await keys?.close()
  await world?.close()
})

const ofUi = { 'x-namespace': 'tirek' }
const json = (payload: { metadata?: object | null; data?: Uint8Array | null }) => ({
  metadata: Object.fromEntries(
    Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value as Uint8Array).toString('base64')]),
  ),
  data: Buffer.from(payload.data ?? []).toString('base64'),
})
const plain = (value: unknown) => json(defaultPayloadConverter.toPayload(value)!)
async function sealed(caseId: string, value: unknown) {
  const context = { type: 'workflow', namespace: 'tirek', workflowId: `case/${caseId}` } as const
  const [payload] = await new CasePayloadCodec(keys).encode([defaultPayloadConverter.toPayload(value)!], context)
  return json(payload!)
}
const decode = (login: string | undefined, payloads: unknown[], headers: Record<string, string> = ofUi) =>
  world.ask(login, 'POST', '/api/codec/decode?preserveStorageRefs=true', { payloads }, headers)
const valueOf = (payload: { data: string }) => JSON.parse(Buffer.from(payload.data, 'base64').toString('utf8')) as unknown
const trail = () =>
  world.rows<{ who: string; case_id: string; at: string }>(
    `SELECT who, case_id, at FROM cases.trail WHERE what = 'read-workflow' AND outcome = 'done' ORDER BY case_id`,
  )

test('an administrator gets what was sealed, in order; what is not sealed comes back as it is; each case stands in the trail', async () => {
  const [one, other] = [randomUUID(), randomUUID()].toSorted() as [string, string]
  const attribute = { metadata: { encoding: 'anNvbi9wbGFpbg==', type: 'S2V5d29yZA==' }, data: 'ImhpZ2gi' }
  const asked = [await sealed(other, { n: 1 }), attribute, await sealed(one, { n: 2 }), await sealed(one, 'three')]
  const { status, body } = await decode('admin', asked)
  expect(status).toBe(200)
  expect(body.payloads).toEqual([plain({ n: 1 }), attribute, plain({ n: 2 }), plain('three')])
  const at = world.clock.now()
  expect(await trail()).toEqual([
    { who: world.id('admin'), case_id: one, at },
    { who: world.id('admin'), case_id: other, at },
  ])
})

test.each(['aigul', 'saule', 'nurlan', 'audit', 'erlan', 'medet'])('%s is refused, and nothing is told', async (login) => {
  const before = await trail()
  const { status, body } = await decode(login, [await sealed(randomUUID(), 'secret')])
  expect([status, body.code, body.payloads]).toEqual([403, 'not-allowed', undefined])
  expect(await trail()).toEqual(before)
  const refusals = await world.rows(`SELECT 1 FROM cases.trail WHERE what = 'read-workflow' AND outcome = 'refused' AND who = $1`, [
    world.id(login),
  ])
  expect(refusals).toHaveLength(1)
})

test('nobody signed in, another namespace, a bad body, and encoding: refused', async () => {
  const payload = await sealed(randomUUID(), 'secret')
  expect((await decode(undefined, [payload])).status).toBe(401)
  expect((await decode('admin', [payload], {})).status).toBe(404)
  expect((await decode('admin', [payload], { 'x-namespace': 'default' })).status).toBe(404)
  expect((await decode('admin', [{ metadata: { encoding: 'not base64!' } }])).status).toBe(400)
  expect((await world.ask('admin', 'POST', '/api/codec/decode', { payloads: 'x' }, ofUi)).status).toBe(400)
  expect((await world.ask('admin', 'POST', '/api/codec/encode', { payloads: [plain('x')] }, ofUi)).status).toBe(404)
})

test('what cannot be opened says why in its place, and the others are opened', async () => {
  const [erased, good] = [randomUUID(), randomUUID()]
  const gone = await sealed(erased, 'secret')
  const keeper = new KeyKeeper(world.postgres.adminUrl, keys.ring)
  await keeper.erase(`case/${erased}`)
  await keeper.close()
  const changed = { ...(await sealed(good, 'secret')), data: Buffer.alloc(60, 1).toString('base64') }
  const { status, body } = await decode('admin', [gone, await sealed(good, 'kept'), changed, {}])
  expect(status).toBe(200)
  expect(body.payloads.slice(0, 3).map(valueOf)).toEqual([
    'erased: the key of this case was destroyed',
    'kept',
    expect.stringMatching(/^not readable: a payload does not open with the data key [0-9a-f-]{36}$/),
  ])
  expect(body.payloads[3]).toEqual({})
})
