import { SignJWT } from 'jose'
import { createPrivateKey } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { scratchKeyOf, scratchPublicKeys } from './scratch-service-keys.ts'
import { ServiceCaller, ServiceDoor } from './service-tokens.ts'

const REQUEST = { method: 'POST', path: '/internal/notices?a=1', body: '{"a":1}' }
const SECOND = 1_000
let now = Date.now()
let door: ServiceDoor
beforeEach(() => {
  now = Math.floor(Date.now() / SECOND) * SECOND
  door = new ServiceDoor('notifications', scratchPublicKeys, () => now)
})
const cases = new ServiceCaller('cases', scratchKeyOf('cases'))
const refused = { code: 'not-signed-in' }

test('a token opens the door for its own request, once', async () => {
  const token = await cases.token('notifications', REQUEST)
  expect(await door.check(token, { ...REQUEST, body: Buffer.from(REQUEST.body) })).toBe('cases')
  await expect(door.check(token, REQUEST)).rejects.toMatchObject(refused)
})

test.each([
  ['another body', { body: '{"a":2}' }],
  ['no body', { body: undefined }],
  ['another path', { path: '/internal/notices' }],
  ['another method', { method: 'PUT' }],
])('%s is another request', async (_, other) => {
  const token = await cases.token('notifications', REQUEST)
  await expect(door.check(token, { ...REQUEST, ...other })).rejects.toMatchObject(refused)
  // What was refused is not used up.
  expect(await door.check(token, REQUEST)).toBe('cases')
})

test('the key of one service does not act as another, nor where that one may not call', async () => {
  const asCases = new ServiceCaller('cases', scratchKeyOf('directory'))
  await expect(door.check(await asCases.token('notifications', REQUEST), REQUEST)).rejects.toMatchObject(refused)
  // The directory is known, and has nothing to say here.
  const directory = new ServiceCaller('directory', scratchKeyOf('directory'))
  await expect(door.check(await directory.token('notifications', REQUEST), REQUEST)).rejects.toMatchObject(refused)
  await expect(door.check(await cases.token('cases', REQUEST), REQUEST)).rejects.toMatchObject(refused)
})

test('it is good for a minute: one second before, at and after its end', async () => {
  const made = now
  const check = async (seconds: number) => {
    now = made + seconds * SECOND
    return door.check(await tokenAt(made / SECOND), REQUEST).catch((error: { code: string }) => error.code)
  }
  // Five seconds of difference between two clocks are forgiven.
  expect([await check(-6), await check(-5), await check(0), await check(64), await check(66)]).toEqual([
    'not-signed-in',
    'cases',
    'cases',
    'cases',
    'not-signed-in',
  ])
})

test('without its marks, with another algorithm or altered in any part it is nothing', async () => {
  for (const left of ['jti', 'req', 'exp', 'iat', 'iss', 'aud'])
    await expect(door.check(await tokenAt(now / SECOND, left), REQUEST), left).rejects.toMatchObject(refused)
  const hs = await new SignJWT({ req: 'x' }).setProtectedHeader({ alg: 'HS256', typ: 'service+jwt' }).sign(Buffer.from(scratchPublicKeys))
  const none = `${Buffer.from('{"alg":"none","typ":"service+jwt"}').toString('base64url')}.${hs.split('.')[1]}.`
  for (const token of [hs, none, '', 'a.b.c', 'x'.repeat(5_000)]) await expect(door.check(token, REQUEST)).rejects.toMatchObject(refused)
  const good = await cases.token('notifications', REQUEST)
  for (let i = 0; i < good.length; i += 7) {
    const altered = good.slice(0, i) + (good[i] === 'A' ? 'B' : 'A') + good.slice(i + 1)
    await expect(door.check(altered, REQUEST), `at ${i}`).rejects.toMatchObject(refused)
  }
})

test('a service that changes its key is known by both for a while', async () => {
  const both = new ServiceDoor('notifications', `${scratchPublicKeys},cases=${openOf('directory')}`)
  expect(await both.check(await new ServiceCaller('cases', scratchKeyOf('directory')).token('notifications', REQUEST), REQUEST)).toBe(
    'cases',
  )
  expect(await both.check(await cases.token('notifications', REQUEST), REQUEST)).toBe('cases')
})

test.each(['', 'abc', scratchPublicKeys.split('=')[1]!.split(',')[0]!])('a key that is none stops the start and is not told: %j', (key) => {
  expect(() => new ServiceCaller('cases', key)).toThrow(/SERVICE_KEY is no Ed25519 key/)
})

const openOf = (name: string) =>
  scratchPublicKeys
    .split(',')
    .find((pair) => pair.startsWith(`${name}=`))!
    .split('=')[1]!

async function tokenAt(seconds: number, without?: string): Promise<string> {
  const { createHash, randomUUID } = await import('node:crypto')
  const req = createHash('sha256').update(`POST ${REQUEST.path}\n${REQUEST.body}`).digest('base64url')
  const claims: Record<string, unknown> = { iss: 'cases', aud: 'notifications', iat: seconds, exp: seconds + 60, jti: randomUUID(), req }
  if (without) delete claims[without]
  const key = createPrivateKey({ key: Buffer.from(scratchKeyOf('cases'), 'base64url'), format: 'der', type: 'pkcs8' })
  return new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'service+jwt' }).sign(key)
}
