/** Tokens as Keycloak, Entra and our own issuer write them, altered in every part; the directory has the last word. */
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifierOf, type IssuerSettings, type OfSession } from './auth.ts'
import { readConfig } from './config.ts'
import { isFresh } from './fresh.ts'
import { FRESH_MS, remembered, STALE_MS, type Standing } from './standing.ts'

const PERSON = '7c0f6cbd-5d1e-4c53-9c0a-0a1f4a5f9d11'
const ORGANISATION = '1b4e28ba-2fa1-41d2-883f-0016d3cca427'
const standing: Standing = {
  person: PERSON,
  login: 'aigerim',
  role: 'social-worker',
  organisation: ORGANISATION,
  lang: 'kk',
  active: true,
  signedOutAt: null,
  endedSessions: [],
}
const known = { ...standing }
let asked: string[] = []
const directory = async (by: string, value: string) => {
  asked.push(`${by} ${value}`)
  return [PERSON, 'aigerim', 'aigerim@example.org'].includes(value.toLowerCase()) ? { ...known } : undefined
}

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const
const keys = {} as Record<(typeof algorithms)[number] | 'foreign', CryptoKey>
let server: Server
let issuer: string
let description: Record<string, unknown> = {}
let jwks: unknown
const paths: string[] = []
const seconds = () => Math.floor(Date.now() / 1_000)

beforeAll(async () => {
  const open = []
  for (const alg of algorithms) {
    const pair = await generateKeyPair(alg, { extractable: true })
    keys[alg] = pair.privateKey
    open.push({ ...(await exportJWK(pair.publicKey)), alg, use: 'sig', kid: alg })
  }
  keys.foreign = (await generateKeyPair('RS256')).privateKey
  jwks = { keys: open }
  server = createServer((request, response) => {
    paths.push(request.url ?? '')
    if (request.url === '/moved') return void response.writeHead(302, { location: `${issuer}/keys` }).end()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(request.url === '/realm/.well-known/openid-configuration' ? description : jwks))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realm`
})
afterAll(() => void server?.close())
beforeEach(() => {
  Object.assign(known, standing)
  description = { issuer, jwks_uri: `${issuer}/protocol/certs` }
  asked = []
})

const settings = (more: Record<string, string> = {}): IssuerSettings =>
  readConfig({ ISSUER_URL: issuer, OIDC_AUDIENCE: 'tirek', ...more }, ['ISSUER_URL'])
const verify = (token: string, more: Record<string, string> = {}, session: OfSession = {}) =>
  verifierOf(settings(more), directory)(`Bearer ${token}`, session)
const sign = (claims: JWTPayload, header: Record<string, unknown> = {}, key: CryptoKey = keys.RS256) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'RS256', typ: 'at+jwt', ...header } as never).sign(key)

const own = (): JWTPayload => ({
  iss: issuer,
  aud: 'tirek',
  sub: PERSON,
  iat: seconds(),
  exp: seconds() + 300,
  role: 'social-worker',
  organisation: ORGANISATION,
  auth_time: seconds() - 5,
})
/** A Keycloak 26 access token, as its documentation prints one. */
const keycloak = (): JWTPayload => ({
  exp: seconds() + 300,
  iat: seconds(),
  auth_time: seconds() - 3,
  jti: 'onrtac:0b1f',
  iss: issuer,
  aud: ['tirek', 'account'],
  sub: 'f:98a0:17',
  typ: 'Bearer',
  azp: 'tirek-web',
  sid: '5c1b',
  acr: '1',
  'allowed-origins': ['https://tirek.kz'],
  realm_access: { roles: ['offline_access', 'uma_authorization', 'social-worker'] },
  resource_access: { account: { roles: ['view-profile'] } },
  scope: 'openid profile email',
  email_verified: true,
  name: 'Айгерим',
  preferred_username: 'Aigerim',
  email: 'Aigerim@example.org',
  tirek: { person: PERSON, organisation: ORGANISATION.toUpperCase() },
})
/** An Entra v2.0 access token for an API of one's own. */
const entra = (): JWTPayload => ({
  aud: 'tirek',
  iss: issuer,
  iat: seconds(),
  nbf: seconds(),
  exp: seconds() + 4_000,
  aio: 'AWQA',
  azp: '6e74',
  azpacr: '1',
  name: 'Айгерим',
  oid: PERSON,
  preferred_username: 'aigerim@example.org',
  rh: '0.AX',
  roles: ['social-worker'],
  scp: 'access',
  sub: 'HKZpfaHy',
  tid: '9188',
  uti: 'fq',
  ver: '2.0',
})
const LOOSE = { OIDC_TOKEN_TYPE: 'any' }

test('a token of our own issuer says who; language and login come from the directory', async () => {
  expect(await verify(await sign(own()))).toEqual({
    person: PERSON,
    role: 'social-worker',
    organisation: ORGANISATION,
    login: 'aigerim',
    lang: 'kk',
    signedInAt: expect.any(Number),
  })
  expect(paths).toContain('/realm/protocol/certs')
})

test.each(algorithms)('%s is taken', async (alg) => {
  expect(await verify(await sign(own(), { alg, kid: alg }, keys[alg]))).toMatchObject({ person: PERSON })
})

describe('Keycloak and Entra', () => {
  test('claims: role of a list, organisation and person by a path', async () => {
    const claims = {
      ...LOOSE,
      OIDC_CLAIM_ROLE: 'realm_access.roles',
      OIDC_CLAIM_PERSON: 'tirek.person',
      OIDC_CLAIM_ORGANISATION: 'tirek.organisation',
    }
    expect(await verify(await sign(keycloak(), { typ: 'JWT' }), claims)).toMatchObject({ person: PERSON, role: 'social-worker' })
    const two = { ...keycloak(), realm_access: { roles: ['social-worker', 'head'] } }
    await expect(verify(await sign(two, { typ: 'JWT' }), claims)).rejects.toMatchObject({ code: 'not-signed-in' })
  })
  test('directory: by login, by address, by id; the token’s own role says nothing', async () => {
    known.role = 'head'
    const by = (how: string, more = {}) => ({ ...LOOSE, OIDC_PEOPLE: 'directory', OIDC_FIND_BY: how, ...more })
    expect(await verify(await sign(keycloak(), { typ: 'JWT' }), by('login'))).toMatchObject({ person: PERSON, role: 'head' })
    expect(await verify(await sign(keycloak(), { typ: 'JWT' }), by('email'))).toMatchObject({ person: PERSON })
    expect(await verify(await sign(entra(), { typ: 'JWT' }), by('id', { OIDC_CLAIM_PERSON: 'oid' }))).toMatchObject({ role: 'head' })
    expect(asked).toEqual(['login aigerim', 'email Aigerim@example.org', `id ${PERSON}`])
    const unproven = { ...keycloak(), email_verified: false }
    await expect(verify(await sign(unproven, { typ: 'JWT' }), by('email'))).rejects.toMatchObject({ code: 'not-signed-in' })
  })
  test('their other tokens are no access tokens', async () => {
    const more = { ...LOOSE, OIDC_PEOPLE: 'directory' }
    for (const other of [{ typ: 'ID' }, { typ: 'Refresh' }, { nonce: 'n' }, { at_hash: 'h' }])
      await expect(verify(await sign({ ...keycloak(), ...other }, { typ: 'JWT' }), more)).rejects.toMatchObject({ code: 'not-signed-in' })
    await expect(verify(await sign(keycloak(), { typ: 'logout+jwt' }), more)).rejects.toMatchObject({ code: 'not-signed-in' })
    await expect(verify(await sign(keycloak(), { typ: 'JWT' }))).rejects.toMatchObject({ code: 'not-signed-in' })
  })
})

test('altered in any part a token is nothing', async () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const good = await sign(own())
  const [head, body, seal] = good.split('.') as [string, string, string]
  const publicKey = JSON.stringify((jwks as { keys: unknown[] }).keys[0])
  const hs = async (secret: string) =>
    new SignJWT(own()).setProtectedHeader({ alg: 'HS256', kid: 'RS256', typ: 'at+jwt' }).sign(Buffer.from(secret))
  const broken: Record<string, string> = {
    'no signature': `${head}.${body}.`,
    'alg none': `${part({ alg: 'none', typ: 'at+jwt' })}.${body}.`,
    'alg None with a seal': `${part({ alg: 'None', typ: 'at+jwt' })}.${body}.${seal}`,
    'HS256 with the open key': await hs(publicKey),
    'HS256 with nothing': await hs('x'),
    'another person': `${head}.${part({ ...own(), sub: ORGANISATION })}.${seal}`,
    'another role': `${head}.${part({ ...own(), role: 'administrator' })}.${seal}`,
    'another header': `${part({ alg: 'RS256', kid: 'PS256', typ: 'at+jwt' })}.${body}.${seal}`,
    'a key of its own in the header': await sign(
      own(),
      { kid: undefined, jwk: await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey) },
      keys.foreign,
    ),
    'a key at another address': await sign(own(), { kid: 'x', jku: 'http://127.0.0.1:1/keys' }, keys.foreign),
    'a critical header': await sign(own(), { crit: ['exp'], exp: 1 } as never).catch(
      () => `${part({ alg: 'RS256', kid: 'RS256', typ: 'at+jwt', crit: ['x'], x: 1 })}.${body}.${seal}`,
    ),
    'a foreign key': await sign(own(), {}, keys.foreign),
    'PS256 by the key of RS256': await sign(own(), { alg: 'PS256' }, keys.PS256),
    'no typ': await sign(own(), { typ: undefined }),
    'five parts': `${good}.a.b`,
    'two parts': `${head}.${body}`,
    'a very long one': `${good}${'A'.repeat(20_000)}`,
    empty: '',
  }
  for (const [name, claims] of Object.entries({
    'another issuer': { iss: `${issuer}/` },
    'another audience': { aud: 'account' },
    'no audience': { aud: undefined },
    'no end': { exp: undefined },
    'no beginning': { iat: undefined },
    over: { exp: seconds() - 6 },
    'not yet': { nbf: seconds() + 60 },
    'made in the future': { iat: seconds() + 60 },
    'no person': { sub: undefined },
    'a role of none of ours': { role: 'root' },
    'no organisation': { organisation: undefined },
    'a person that is a list': { sub: [PERSON] as never },
  }))
    broken[name] = await sign({ ...own(), ...claims })
  for (const [name, token] of Object.entries(broken)) await expect(verify(token), name).rejects.toMatchObject({ code: 'not-signed-in' })
  for (let i = 0; i < seal.length; i += 37) {
    const altered = `${head}.${body}.${seal.slice(0, i)}${seal[i] === 'A' ? 'B' : 'A'}${seal.slice(i + 1)}`
    await expect(verify(altered), `seal at ${i}`).rejects.toMatchObject({ code: 'not-signed-in' })
  }
  expect(await verify(await sign({ ...own(), exp: seconds() - 3 }))).toMatchObject({ person: PERSON })
})

test('the directory must agree: not active, another role, another organisation or nobody is not signed in', async () => {
  for (const change of [{ active: false }, { role: 'medic' as const }, { organisation: null }]) {
    Object.assign(known, standing, change)
    await expect(verify(await sign(own())), JSON.stringify(change)).rejects.toMatchObject({ code: 'not-signed-in' })
  }
  await expect(verify(await sign({ ...own(), sub: ORGANISATION }))).rejects.toMatchObject({ code: 'not-signed-in' })
})

test('signed out everywhere: one ms before, at and after the sign-in; the pages’ session counts too', async () => {
  const claims = own()
  const since = (claims['auth_time'] as number) * 1_000
  const token = await sign(claims)
  const result = (signedOutAt: number, startedAt?: number) => {
    known.signedOutAt = signedOutAt
    return verify(token, {}, { startedAt }).then(
      () => 'in',
      () => 'out',
    )
  }
  expect([await result(since - 1), await result(since), await result(since + 1)]).toEqual(['in', 'out', 'out'])
  expect([await result(since - 1, since), await result(since - 1, since - 1), await result(since - 1, since + 9e9)]).toEqual([
    'in',
    'out',
    'in',
  ])
  // An issuer that does not tell when: the token’s own beginning counts.
  const { auth_time: _, ...without } = own()
  known.signedOutAt = without.iat! * 1_000
  await expect(verify(await sign(without))).rejects.toMatchObject({ code: 'not-signed-in' })
})

test('a session of a browser that was ended: its token is worth nothing with it; other sessions go on', async () => {
  const token = await sign(own())
  known.endedSessions = ['ended', 'too']
  try {
    for (const id of known.endedSessions) await expect(verify(token, {}, { id })).rejects.toMatchObject({ code: 'not-signed-in' })
    for (const id of ['another', undefined]) expect(await verify(token, {}, { id })).toMatchObject({ person: PERSON })
  } finally {
    known.endedSessions = []
  }
})

test('a sign-in is fresh for ten minutes, and never when the issuer does not tell', () => {
  expect([
    isFresh({ signedInAt: 0 }, 599_999),
    isFresh({ signedInAt: 0 }, 600_000),
    isFresh({ signedInAt: 0 }, 600_001),
    isFresh({}, 0),
  ]).toEqual([true, true, false, false])
})

test('what the directory said is asked again after half a minute, and counts a whole one while it is away', async () => {
  let now = 0
  let answers = 0
  let fault: Error | undefined
  const ask = remembered(
    async () => {
      answers++
      if (fault) throw fault
      return { ...known }
    },
    () => now,
  )
  await Promise.all([ask('id', PERSON), ask('id', PERSON)])
  now = FRESH_MS - 1
  await ask('id', PERSON)
  expect(answers).toBe(1)
  known.active = false
  expect(await ask('id', PERSON)).toMatchObject({ active: true })
  now = FRESH_MS
  expect(await ask('id', PERSON)).toMatchObject({ active: false })
  fault = Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
  now = FRESH_MS + STALE_MS - 1
  expect(await ask('id', PERSON)).toMatchObject({ active: false })
  now = FRESH_MS + STALE_MS
  await expect(ask('id', PERSON)).rejects.toThrow('away')
})

describe('an issuer that cannot be asked is a passing fault', () => {
  test.each([
    ['it calls itself otherwise', () => ({ issuer: 'https://evil.example', jwks_uri: `${issuer}/keys` })],
    ['its keys lie elsewhere', () => ({ issuer, jwks_uri: 'http://127.0.0.2:9/keys' })],
    ['its keys moved', () => ({ issuer, jwks_uri: `${new URL(issuer).origin}/moved` })],
    ['it says nothing', () => ({})],
  ])('%s', async (_, told) => {
    description = told()
    await expect(verify(await sign(own()))).rejects.toMatchObject({ code: 'unavailable' })
  })
  test('keys on another host are taken when a setting names it', async () => {
    description = {}
    expect(await verify(await sign(own()), { OIDC_JWKS_URL: `${issuer}/elsewhere` })).toMatchObject({ person: PERSON })
  })
})
