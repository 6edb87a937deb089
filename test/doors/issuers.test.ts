/** A sign-in through the web server by an issuer that is not ours, and what outsiders learn of a server in production. */
import { ABSOLUTE_MS, Sealer, type Session } from '@tirek/web/server/session'
import { decodeProtectedHeader } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { Doors, SESSION_SECRET } from './clinic.fixture.ts'
import { demoIssuer, tokenOf } from './demo-issuer.fixture.ts'
import { foreignIssuer, type Shape } from './foreign-issuer.fixture.ts'
import { Visitor } from './visitor.fixture.ts'

const CLIENT = '6731de76-14a6-49ae-97bc-6eba6914391e'
const SECRET = 'a secret of the client in these tests'

const keycloak: Shape = {
  client: CLIENT,
  secret: SECRET,
  audience: 'tirek',
  claimsOf: (login, authTime) => ({
    ...(authTime !== undefined && { auth_time: authTime }),
    typ: 'Bearer',
    azp: CLIENT,
    sid: '5d9f0c0e-6a0f-4f2c-8f0f-7f6b9d0f3b11',
    acr: '1',
    'allowed-origins': ['https://tirek.example'],
    realm_access: { roles: ['offline_access', 'default-roles-clinic'] },
    scope: 'openid profile',
    email_verified: true,
    name: `Имя ${login}`,
    preferred_username: login.toUpperCase(),
  }),
}
const entra: Shape = {
  client: CLIENT,
  secret: SECRET,
  audience: '2a1cbe1e-9f5e-4c4f-9a2e-3c1c3c9a7a55',
  scope: 'api://tirek/use',
  claimsOf: (login) => ({
    aio: 'AXQAi/8TAAAA',
    azp: CLIENT,
    azpacr: '1',
    name: `Имя ${login}`,
    oid: '690222be-ff1a-4d56-abd1-7e4f7d38e474',
    preferred_username: `${login}@clinic.example`,
    rh: '0.ATcA',
    scp: 'use',
    tid: '9122040d-6c67-4c5b-b112-36a304b66dad',
    uti: 'C7aUBnb-p0',
    ver: '2.0',
  }),
}

let doors: Doors | undefined
afterEach(async () => {
  await doors?.close()
  doors = undefined
})

test.each([
  ['Keycloak', keycloak, '/realms/clinic', {}],
  [
    'Entra',
    entra,
    '/9122040d-6c67-4c5b-b112-36a304b66dad/v2.0',
    { OIDC_FIND_BY: 'email', OIDC_CLAIM_PERSON: 'preferred_username', OIDC_SCOPE: 'openid profile api://tirek/use' },
  ],
])('tokens as %s gives them: the directory says role and organisation', async (name, shape, path, more: Record<string, string>) => {
  doors = await Doors.open(
    foreignIssuer(shape),
    {
      OIDC_PEOPLE: 'directory',
      OIDC_TOKEN_TYPE: 'any',
      OIDC_AUDIENCE: shape.audience,
      OIDC_CLIENT_ID: CLIENT,
      OIDC_CLIENT_SECRET: SECRET,
      OIDC_RESOURCE: '',
      ...more,
    },
    path,
  )
  const { webUrl, people } = doors
  const browser = new Visitor()
  expect(await browser.signIn(webUrl, 'saule', '/cases')).toBe(`${webUrl}/cases`)
  const { body } = await browser.ask('GET', `${webUrl}/api/session`)
  expect(body).toMatchObject({ login: 'saule', role: 'supervisor', person: people.get('saule') })
  expect(body.endsAt).toBeLessThanOrEqual(Date.now() + ABSOLUTE_MS)
  for (const where of ['worklist', 'people', 'notices'])
    expect((await browser.ask('GET', `${webUrl}/api/${where}`)).status, where).toBe(200)

  const session = await new Sealer(SESSION_SECRET).open<Session>('session', browser.session(webUrl))
  expect(decodeProtectedHeader(session!.token).typ).toBe('JWT')

  // An act that wants a fresh sign-in: Keycloak tells when it was, Entra does so only when its optional claim is switched on.
  const boss = new Visitor()
  await boss.signIn(webUrl, 'boss')
  const ended = await boss.ask('POST', `${webUrl}/api/people/${people.get('erlan')}/sign-out`, {
    body: '{}',
    headers: { 'content-type': 'application/json', origin: webUrl },
  })
  expect(ended.status).toBe(name === 'Keycloak' ? 204 : 403)
  if (name === 'Entra') expect(ended.body).toMatchObject({ code: 'sign-in-again' })

  // Whom the directory does not know, or no longer wants, is not signed in.
  expect(new URL(await new Visitor().signIn(webUrl, 'stranger')).search).toBe('?sign-in=failed')
  await doors.db.query('UPDATE directory.person SET active = false WHERE login = $1', ['medet'])
  expect(new URL(await new Visitor().signIn(webUrl, 'medet')).search).toBe('?sign-in=failed')
})

test('in production strangers learn whether it is well, not of which parts it is made or what it offers; people who are signed in do', async () => {
  doors = await Doors.open(demoIssuer, {}, '', { NODE_ENV: 'production' })
  const { webUrl } = doors
  const stranger = new Visitor()
  const wellness = await stranger.ask('GET', `${webUrl}/api/health`)
  expect(Object.keys(wellness.body)).toEqual(['status'])
  expect(['ok', 'unwell']).toContain(wellness.body.status)
  for (const headers of [{}, { authorization: 'Bearer x.y.z' }] as Record<string, string>[]) {
    expect(Object.keys((await stranger.ask('GET', `${webUrl}/api/health`, { headers })).body)).toEqual(['status'])
    for (const path of ['/api/docs', '/api/docs/cases', '/api/docs/nothing'])
      expect((await stranger.ask('GET', webUrl + path, { headers })).status, path).toBe(401)
  }
  const browser = new Visitor()
  await browser.signIn(webUrl, 'aigul')
  const bearer = { authorization: `Bearer ${await tokenOf(doors.issuer.url, 'aigul')}` }
  for (const [who, headers] of [
    [browser, {}],
    [stranger, bearer],
  ] as [Visitor, Record<string, string>][]) {
    expect((await who.ask('GET', `${webUrl}/api/health`, { headers })).body.parts).toMatchObject({ cases: 'ok', directory: 'ok' })
    expect((await who.ask('GET', `${webUrl}/api/docs`, { headers })).text).toContain('OpenAPI 3.1')
    expect((await who.ask('GET', `${webUrl}/api/docs/cases`, { headers })).body.openapi).toMatch(/^3\.1/)
  }
})
