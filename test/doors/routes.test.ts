/** The edges of every route that the running applications have: a new route without its headers, its sign-in or its limits fails here. */
import { MOST_BYTES, SERVICE_HEADERS } from '@tirek/platform/edges'
import { MOST_HANDED } from '@tirek/notifications/inbound/inbound.controller'
import { MOST_MAIL } from '@tirek/notifications/mails/mail.controller'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownerOf } from '@tirek/web/server/settings'
import { Doors, STAFF, type Login, type ServiceName } from './clinic.fixture.ts'
import { demoIssuer, tokenOf } from './demo-issuer.fixture.ts'
import { rawStatus, Visitor, type Seen } from './visitor.fixture.ts'

const WEB_URL = 'https://tirek.clinic-one.kz'
const HOST = new URL(WEB_URL).host
const SERVICES = ['cases', 'directory', 'notifications', 'meetings', 'referrals'] as const
/** What anybody may ask of a service without a sign-in: nothing is added here without a reason. */
const OPEN: readonly string[] = [
  '/health',
  '/metrics',
  '/openapi.json',
  '/api/links/look',
  '/api/links/use',
  '/api/links/file',
  '/api/links/decide',
]
/** Of the web server: the pages, the way in and out, what forms look like, health. Links are for people without a session. */
const OPEN_PAGES: readonly string[] = [
  '/health',
  '/api/health',
  '/api/docs',
  '/api/docs/:service',
  '/api/forms',
  '/api/forms/:kind',
  '/api/forms/meetings/:act',
  '/auth/sign-in',
  '/auth/callback',
  '/auth/sign-out',
  '/l/:token',
  '/l/look',
  '/l/use',
  '/l/file',
  '/l/decision',
]
const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
const ODD_METHODS = ['TRACE', 'OPTIONS', 'CONNECT', 'PROPFIND', 'PURGE', 'LOCK', 'SEARCH', 'QUERY']
const NO_CORS = /^access-control-/

/** 10 MB as base64 in JSON. */
const MOST_UPLOADED = 15_000_000
/** Bytes of a body where mail with its attachments, or a file, comes in: more than elsewhere. */
const ROOMY: Readonly<Record<string, number>> = {
  '/internal/mails': MOST_MAIL,
  '/internal/referral-mails': MOST_MAIL,
  '/api/links/decide': MOST_MAIL,
  '/internal/uploads': MOST_UPLOADED,
  '/api/referrals/:id/uploads': MOST_UPLOADED,
  '/api/cases/:id/files': MOST_UPLOADED,
  '/internal/inbound': MOST_HANDED,
}

let doors: Doors
let visitor: Visitor
const tokens = new Map<Login, string>()

beforeAll(async () => {
  doors = await Doors.open(demoIssuer, { WEB_URL })
  visitor = new Visitor(new Map([[HOST, Number(new URL(doors.urls.web).port)]]))
  for (const login of Object.keys(STAFF) as Login[]) tokens.set(login, await tokenOf(doors.issuer.url, login))
})
afterAll(() => doors?.close())

/** A path that may exist: ids where ids stand. */
const filled = (path: string) =>
  path
    .replace(':kind', 'noted')
    .replace(':act', 'cancelled')
    .replace(':service', 'cases')
    .replace(':token', 'x'.repeat(43))
    .replaceAll(/:[a-zA-Z]+/g, '0190e000-0000-7000-8000-000000000001')
const bearer = (login: Login) => ({ authorization: `Bearer ${tokens.get(login)!}` })
const sending = (method: string) =>
  CHANGING.has(method) ? { body: '{}', headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() } } : {}

const askAs = (login: Login | undefined, method: string, url: string, more: Record<string, string> = {}, body?: string): Promise<Seen> => {
  const { body: usual, headers } = sending(method)
  const sent = body ?? usual
  return visitor.ask(method, url, {
    ...(sent !== undefined && { body: sent }),
    headers: { ...headers, ...(login && bearer(login)), ...more },
    cookies: false,
  })
}
/** As somebody who may: the answer of the first who is not refused by role. */
async function askAsAny(method: string, url: string): Promise<Seen & { login: Login }> {
  let last: (Seen & { login: Login }) | undefined
  for (const login of Object.keys(STAFF) as Login[]) {
    last = { ...(await askAs(login, method, url)), login }
    if (last.status !== 403 && last.status !== 401) return last
  }
  return last!
}

const routesOf = (service: ServiceName) =>
  doors.routes[service].filter(({ method }, i, all) => method !== 'HEAD' || all[i]!.path !== all[i - 1]?.path)
/** Every route of every service as its path, once for each method. */
const all = () =>
  SERVICES.flatMap((service) => routesOf(service).map((route) => ({ service, ...route, url: doors.urls[service] + filled(route.path) })))
const faultsOf = (found: string[]) => expect(found).toEqual([])

function headersOf(seen: Seen, what: string, wanted: Readonly<Record<string, string>>): string[] {
  const wrong = Object.entries(wanted).flatMap(([name, value]) =>
    seen.headers[name] === value ? [] : [`${what}: ${name} is ${String(seen.headers[name])}`],
  )
  const foreign = Object.keys(seen.headers).filter((name) => NO_CORS.test(name) || name === 'x-powered-by' || name === 'server')
  return [...wrong, ...foreign.map((name) => `${what}: ${name} is told`)]
}

test('the applications tell their routes', () => {
  expect(doors.routes.web.map(({ path }) => path)).toContain('/api/session')
  expect(doors.routes.cases.map(({ path }) => path)).toContain('/api/cases/:id/acts/:kind')
  expect(doors.routes.directory.map(({ path }) => path)).toContain('/api/people/:id/sign-out')
  expect(doors.routes.notifications.map(({ path }) => path)).toContain('/internal/notices')
  expect(all().length).toBeGreaterThan(60)
})

test('a service: every route wants a sign-in, and every answer carries its headers, to strangers and to people', async () => {
  const found: string[] = []
  for (const { service, method, path, url } of all()) {
    const what = `${service} ${method} ${path}`
    const origin = { origin: 'https://evil.example' }
    const stranger = await askAs(undefined, method, url, origin)
    found.push(...headersOf(stranger, `${what} to a stranger`, SERVICE_HEADERS))
    if (!OPEN.includes(path) && stranger.status !== 401) found.push(`${what}: a stranger gets ${stranger.status}`)
    const badToken = await askAs(undefined, method, url, { authorization: 'Bearer x.y.z' })
    if (!OPEN.includes(path) && ![401, 429].includes(badToken.status)) found.push(`${what}: a bad token gets ${badToken.status}`)
    const seen = await askAsAny(method, url)
    found.push(...headersOf(seen, what, SERVICE_HEADERS))
    if (seen.status >= 500) found.push(`${what}: ${seen.status}`)
    // A person's token opens nothing that is for services.
    if (path.startsWith('/internal') && ![401, 429].includes(seen.status)) found.push(`${what}: a person gets ${seen.status}`)
    if (!path.startsWith('/internal') && seen.status === 401) found.push(`${what}: nobody may ask`)
  }
  faultsOf(found)
})

test('a service: odd methods and odd spellings reach no handler, with or without a sign-in', async () => {
  const found: string[] = []
  const told = new Set(all().map(({ method, path }) => `${method} ${path}`))
  for (const { service, path, url, method } of all()) {
    if (method === 'HEAD') continue
    const base = doors.urls[service]
    const there = url.slice(base.length)
    const odd = [
      `/${there}`,
      `${there}/`,
      there.replace(/\/(\w)/, (_, sign: string) => `/%${sign.charCodeAt(0).toString(16)}`),
      `/x/..${there}`,
      `${there};a`,
      `${there}%00`,
      there.toUpperCase(),
    ]
    for (const spelt of odd)
      for (const login of [undefined, 'boss' as const]) {
        const seen = await askRaw(method, base, spelt, login)
        if (![400, 404].includes(seen)) found.push(`${service} ${method} ${spelt}: ${seen}`)
      }
    for (const other of [...ODD_METHODS, 'PUT', 'DELETE']) {
      if (told.has(`${other} ${path}`) || other === 'CONNECT') continue
      const seen = await askRaw(other, base, there, 'boss')
      if (![400, 404].includes(seen)) found.push(`${service} ${other} ${path}: ${seen}`)
    }
  }
  faultsOf([...new Set(found)])
}, 240_000)

/** The path as it is written: `URL` would tidy it. */
async function askRaw(method: string, base: string, path: string, login: Login | undefined): Promise<number> {
  const { port } = new URL(base)
  return rawStatus(Number(port), method, path, login ? bearer(login) : {})
}

test('a service: a body over the limit is refused before anything is made of it', async () => {
  const found: string[] = []
  for (const { service, method, path, url } of all().filter((one) => CHANGING.has(one.method))) {
    const large = `{"a":"${'x'.repeat(ROOMY[path] ?? MOST_BYTES)}"}`
    const { status } = await askAs('boss', method, url, {}, large)
    if (status !== 413) found.push(`${service} ${method} ${path}: ${status}`)
  }
  faultsOf(found)
})

const PAGE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'strict-transport-security': 'max-age=31536000',
}

test('the web server: every route of its own and of the services behind it carries the headers of a page that is reached by https', async () => {
  const found: string[] = []
  const own = routesOf('web')
    .filter(({ path }) => !path.includes('*'))
    .map(({ method, path }) => ({ method, path }))
  const behind = all().map(({ method, path }) => ({ method, path }))
  const pages = ['/', '/cases/0190e000-0000-7000-8000-000000000001', '/no-such-page'].map((path) => ({ method: 'GET', path }))
  for (const { method, path } of [...own, ...behind, ...pages]) {
    if (!['GET', 'HEAD', ...CHANGING].includes(method)) continue
    const what = `${method} ${path}`
    for (const login of [undefined, 'aigul'] as const) {
      const seen = await askAs(login, method, WEB_URL + filled(path), { origin: 'https://evil.example' })
      found.push(...headersOf(seen, what, PAGE_HEADERS))
      const policy = String(seen.headers['content-security-policy'])
      if (
        !/default-src 'none'/.test(policy) ||
        !/frame-ancestors 'none'/.test(policy) ||
        !/base-uri 'none'/.test(policy) ||
        /unsafe|\*/.test(policy)
      )
        found.push(`${what}: the policy is ${policy}`)
      const isForms = path.startsWith('/api/forms') && seen.status === 200
      const isPage = !/^\/(api|auth|codec|internal|health|metrics|l)(\/|$)/.test(path) || path === '/openapi.json'
      if (!isForms && !isPage && seen.headers['cache-control'] !== 'no-store')
        found.push(`${what}: cache-control is ${seen.headers['cache-control']}`)
      if (login === undefined && path.startsWith('/api') && !OPEN_PAGES.includes(path) && ![401, 403, 404].includes(seen.status))
        found.push(`${what}: a stranger gets ${seen.status}`)
      if (/^\/(internal|metrics)/.test(path) && seen.status !== 404) found.push(`${what}: outside gets ${seen.status}`)
      if (seen.status >= 500 && path !== '/api/health' && !path.startsWith('/l/')) found.push(`${what}: ${seen.status}`)
    }
  }
  faultsOf([...new Set(found)])
})

test('the web server: a change by cookie must come from our own page, whatever the route', async () => {
  const found: string[] = []
  await visitor.signIn(WEB_URL, 'boss')
  expect((await visitor.ask('GET', `${WEB_URL}/api/session`)).body).toMatchObject({ login: 'boss' })
  const changing = [...all(), ...routesOf('web')].filter(
    ({ method, path }) => CHANGING.has(method) && (path.startsWith('/api/') || path.startsWith('/auth/')) && !path.includes('*'),
  )
  const foreign: Record<string, string>[] = [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${WEB_URL}.evil.example` },
  ]
  for (const { method, path } of changing)
    for (const headers of foreign) {
      const { headers: json, body } = sending(method)
      const seen = await visitor.ask(method, WEB_URL + filled(path), { body: body!, headers: { ...json, ...headers } })
      // What the web server does not hand on does not exist from outside.
      const isThere = path.startsWith('/auth/') || ownerOf(filled(path)) !== undefined
      if (seen.status !== (isThere ? 403 : 404)) found.push(`${method} ${path} ${JSON.stringify(headers)}: ${seen.status}`)
    }
  faultsOf(found)
  expect(changing.length).toBeGreaterThan(20)
  const { headers: json } = sending('PATCH')
  for (const own of [{ 'sec-fetch-site': 'same-origin' }, { origin: WEB_URL }] as Record<string, string>[])
    expect((await visitor.ask('PATCH', `${WEB_URL}/api/me`, { body: '{"lang":"kk"}', headers: { ...json, ...own } })).status).toBe(200)
  // A page of another site cannot read either: the cookie goes along, the answer stays closed to it.
  const read = await visitor.ask('GET', `${WEB_URL}/api/worklist`, { headers: { origin: 'https://evil.example' } })
  expect(Object.keys(read.headers).filter((name) => NO_CORS.test(name))).toEqual([])
})

test('the web server: odd methods, odd spellings and large bodies', async () => {
  const found: string[] = []
  const port = Number(new URL(doors.urls.web).port)
  for (const { path } of all().filter((one) => one.path.startsWith('/api/') || one.path.startsWith('/internal/'))) {
    const there = filled(path)
    for (const method of ODD_METHODS.filter((one) => one !== 'CONNECT')) {
      const status = await rawStatus(port, method, there, bearer('boss'))
      if (![400, 404].includes(status)) found.push(`${method} ${path}: ${status}`)
    }
    const odd = [
      `/${there}`,
      there.replace('/api/', '/api//'),
      there.replace('/api/', '/%61pi/'),
      there.replace('/api/', '/API/'),
      there.replace('/api/', '/x/../api/'),
      `${there}%2f`,
      there.replace('/api/', '/api/../internal/'),
      there.replace('/api/', '/api%2f'),
    ]
    for (const spelt of odd.filter((one) => one !== there))
      for (const headers of [{}, bearer('boss')]) {
        const status = await rawStatus(port, 'GET', spelt, headers)
        if (![400, 401, 404].includes(status)) found.push(`GET ${spelt}: ${status}`)
      }
  }
  faultsOf(found)
  const large = `{"a":"${'x'.repeat(MOST_BYTES)}"}`
  expect((await askAs('aigul', 'POST', `${WEB_URL}/api/cases`, {}, large)).status).toBe(413)
  // A comment of a thousand Kazakh letters is six times as long in a form.
  expect((await askAs(undefined, 'POST', `${WEB_URL}/l/use`, {}, `token=${'x'.repeat(24_001)}`)).status).toBe(413)
  expect((await askAs(undefined, 'POST', `${WEB_URL}/auth/sign-out`, {}, large)).status).toBe(413)
})
