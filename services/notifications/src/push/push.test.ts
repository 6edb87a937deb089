/** Notices on devices against an endpoint of our own that opens them as a browser does (RFC 8291), and checks who sent them (RFC 8292). */
import { importJWK, jwtVerify } from 'jose'
import { createECDH, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { CASE, client, clock, hour, issuer, NOON, notifications, people, post, restart, said, useWorld, who } from '../world.fixture.ts'
import { opened, type Device } from './opened.fixture.ts'
import { isPushService } from './vapid.ts'

useWorld()

const keys = createECDH('prime256v1')
const VAPID = { VAPID_PUBLIC_KEY: keys.generateKeys('base64url'), VAPID_PRIVATE_KEY: keys.getPrivateKey('base64url').padStart(43, 'A') }
type Taken = { path: string; headers: IncomingHttpHeaders; body: Buffer }
let service: Server
let answer = 201
let taken: Taken[] = []
const at = () => `http://127.0.0.1:${(service.address() as AddressInfo).port}`

beforeAll(async () => {
  service = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    taken.push({ path: request.url!, headers: request.headers, body: Buffer.concat(parts) })
    response.writeHead(answer).end()
  })
  await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening))
})
afterAll(() => service?.close())
beforeEach(async () => {
  answer = 201
  taken = []
  await restart({ ...VAPID, PUSH_HOSTS: new URL(at()).host })
})

async function ask(name: keyof typeof people, role: Parameters<typeof who>[1], method: string, path: string, body?: unknown) {
  const told = await fetch(notifications.url + path, {
    method,
    headers: {
      authorization: `Bearer ${await issuer.tokenFor(who(name, role))}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await told.text()
  return { status: told.status, body: text ? JSON.parse(text) : undefined }
}
async function allow(
  name: keyof typeof people,
  role: Parameters<typeof who>[1],
  path = `/${randomBytes(6).toString('hex')}`,
): Promise<Device> {
  const key = createECDH('prime256v1')
  key.generateKeys()
  const auth = randomBytes(16)
  const device = { endpoint: `${at()}${path}`, key, auth }
  const subscription = { endpoint: device.endpoint, keys: { p256dh: key.getPublicKey('base64url'), auth: auth.toString('base64url') } }
  expect((await ask(name, role, 'PUT', '/api/notices/push', subscription)).status).toBe(204)
  return device
}
const devices = async () =>
  (await client.query('SELECT person FROM notifications.push_device ORDER BY made_at')).rows.map(({ person }) => person)

test('the hour reaches each device of who is told, once, sealed: title, case number, link, and nothing else', async () => {
  expect((await ask('supervisor', 'supervisor', 'GET', '/api/notices/push')).body).toEqual({ key: VAPID.VAPID_PUBLIC_KEY, devices: 0 })
  const phone = await allow('supervisor', 'supervisor', '/phone')
  const desk = await allow('supervisor', 'supervisor', '/desk')
  await allow('worker', 'social-worker', '/other')
  expect((await ask('supervisor', 'supervisor', 'GET', '/api/notices/push')).body.devices).toBe(2)
  const notice = hour(['supervisor'])
  await post('/internal/notices', notice)
  await post('/internal/notices', notice)
  await notifications.tick()
  await notifications.tick()
  expect(taken.map(({ path }) => path).toSorted()).toEqual(['/desk', '/phone'])
  for (const device of [phone, desk]) {
    const one = taken.find(({ path }) => device.endpoint.endsWith(path))!
    expect(opened(one.body, device)).toEqual({
      title: 'Шұғыл: П1-2026-7: Бір сағат ішіндегі шұғыл шаралар, 13:00 дейін',
      case: 'П1-2026-7',
      link: `http://localhost:3000/cases/${CASE}`,
    })
    expect(one.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '3600', urgency: 'high' })
    const [, token, key] = /^vapid t=(\S+), ?k=(\S+)$/.exec(one.headers.authorization!)!
    expect(key).toBe(VAPID.VAPID_PUBLIC_KEY)
    const point = Buffer.from(key!, 'base64url')
    const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
    const { payload } = await jwtVerify(token!, await importJWK(jwk, 'ES256'), { audience: at() })
    expect(payload.sub).toBe('mailto:tirek@example.org')
  }
  expect(await notifications.nextInstant()).toBeUndefined()
  expect(said.join('\n')).not.toMatch(/\/phone|\/desk/)
})

test('a push service that is away is asked again, once an hour has gone no more; the letter goes meanwhile', async () => {
  await allow('supervisor', 'supervisor', '/away')
  answer = 503
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  expect(taken).toHaveLength(1)
  await notifications.tick()
  expect(taken).toHaveLength(1)
  clock.set(NOON + 1_999)
  await notifications.tick()
  expect(taken).toHaveLength(1)
  clock.set(NOON + 2_000)
  await notifications.tick()
  expect(taken).toHaveLength(2)
  answer = 201
  clock.set(NOON + 3_600_000 - 1)
  await notifications.tick()
  expect(taken).toHaveLength(3)

  answer = 503
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  const before = taken.length
  clock.set(NOON + 3_600_000 - 1 + 3_600_000)
  await notifications.tick()
  expect(taken).toHaveLength(before)
  expect((await client.query('SELECT state FROM notifications.letter')).rows.map(({ state }) => state)).toEqual(['accepted', 'accepted'])
})

test.each([404, 410])('a device that is gone (%i) is forgotten; the others hear of it', async (gone) => {
  await allow('supervisor', 'supervisor')
  answer = gone
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  expect(await devices()).toEqual([])
  answer = 201
  const other = await allow('supervisor', 'supervisor')
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  expect(taken.map(({ path }) => path).at(-1)).toBe(new URL(other.endpoint).pathname)
})

test('signed out everywhere, or stopped, or of another person now: the device is told nothing', async () => {
  await allow('supervisor', 'supervisor', '/one')
  await client.query('UPDATE directory.person SET signed_out_at = $2 WHERE id = $1', [people.supervisor, NOON])
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  expect([taken, await devices()]).toEqual([[], []])
  // Allowed one ms after it: a new sign-in.
  clock.set(NOON + 1)
  await allow('supervisor', 'supervisor', '/one')
  await client.query('UPDATE directory.person SET signed_out_at = NULL WHERE id = $1', [people.supervisor])
  expect((await ask('worker', 'social-worker', 'POST', '/api/notices/push/stop', { endpoint: `${at()}/one` })).status).toBe(204)
  expect(await devices()).toEqual([people.supervisor])
  await allow('worker', 'social-worker', '/one')
  expect(await devices()).toEqual([people.worker])
  expect((await ask('worker', 'social-worker', 'POST', '/api/notices/push/stop', { endpoint: `${at()}/one` })).status).toBe(204)
  expect(await devices()).toEqual([])
})

test('what is erased of a case is pushed no more; after a restore nothing of before is', async () => {
  await allow('supervisor', 'supervisor')
  answer = 503
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  await post('/internal/cases/erase', { caseId: CASE }, 200)
  expect((await client.query('SELECT 1 FROM notifications.push')).rowCount).toBe(0)
  await post('/internal/notices', hour(['supervisor']))
  await restart({ ...VAPID, PUSH_HOSTS: new URL(at()).host, MAIL_HOLD_BEFORE: String(NOON + 1) })
  taken = []
  clock.set(NOON + 60_000)
  await notifications.tick()
  expect(taken).toEqual([])
})

test('a device may not name an address of ours, nor have more than ten beside it', async () => {
  const hosts = ['fcm.googleapis.com', '*.push.apple.com']
  for (const [endpoint, isOne] of [
    ['https://fcm.googleapis.com/fcm/send/x', true],
    ['https://web.push.apple.com/x', true],
    ['https://push.apple.com.evil.example/x', false],
    ['https://evilpush.apple.com/x', false],
    ['http://fcm.googleapis.com/x', false],
    ['https://u:p@fcm.googleapis.com/x', false],
    ['https://127.0.0.1:3001/internal', false],
    ['nonsense', false],
  ] as const)
    expect([endpoint, isPushService(endpoint, hosts)]).toEqual([endpoint, isOne])
  const keysOf = { p256dh: 'x', auth: 'x' }
  expect(
    (await ask('worker', 'social-worker', 'PUT', '/api/notices/push', { endpoint: 'http://127.0.0.1:1/x', keys: keysOf })).status,
  ).toBe(403)
  for (let n = 0; n < 12; n++) await allow('worker', 'social-worker', `/${n}`)
  expect(await devices()).toHaveLength(10)
})
