/**
 * Who may see which notice and letter, asked over HTTP: every route of the service by every role, of the own and of another organisation, to whom
 * it was sent and to whom not. What is expected is written here by hand, never computed from the policy.
 */
import type { Role } from '@tirek/contract/roles'
import { machineClock } from '@tirek/platform/clock'
import { servedRoutes } from '@tirek/policy/served.fixture'
import { ROUTES } from '@tirek/policy/work'
import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { invitedBy, mailTo, send as sendMail } from '../mails/meeting.fixture.ts'
import { client, hour, issuer, notifications, people as known, post, useWorld } from '../world.fixture.ts'

useWorld()

/** `saule` and `dina` are supervisors of two teams: `aigul` is of saule's, `dana` of dina's. `next` is next in line. */
const PEOPLE = {
  aigul: 'social-worker',
  dana: 'social-worker',
  erlan: 'psychologist',
  medet: 'medic',
  saule: 'supervisor',
  dina: 'supervisor',
  next: 'supervisor',
  nurlan: 'head',
  home: 'childrens-home-worker',
  secretary: 'commission-secretary',
  admin: 'administrator',
  audit: 'auditor',
  astana: 'social-worker',
  astanaBoss: 'supervisor',
  astanaHead: 'head',
} as const satisfies Record<string, Role>
type Login = keyof typeof PEOPLE
const LOGINS = Object.keys(PEOPLE) as Login[]
const id = Object.fromEntries(LOGINS.map((login) => [login, randomUUID()])) as Record<Login, string>
const OTHER = randomUUID()
let own: string
const organisationOf = (login: Login) => (login.startsWith('astana') ? OTHER : own)

/** Who got a letter. */
const RECEIVERS = ['aigul', 'dana', 'nurlan', 'saule', 'astana'] as const
const letters = new Map<string, string>()

beforeAll(async () => {
  own = (await client.query('SELECT organisation FROM directory.person WHERE id = $1', [known.worker])).rows[0].organisation
  await client.query(
    `INSERT INTO directory.organisation (id, name_ru, name_kk, name_en, prefix, territory) VALUES ($1, 'Д', 'Д', 'D', 'Д2', 'Т2')`,
    [OTHER],
  )
  for (const login of LOGINS)
    await client.query(
      `INSERT INTO directory.person (id, login, name, role, organisation, email, lang, digest, active) VALUES ($1, $2, $2, $3, $4, $2 || '@example.org', 'ru', true, true)`,
      [id[login], `m-${login}`, PEOPLE[login], organisationOf(login)],
    )
  const supervises = (supervisor: Login, ...whom: Login[]) =>
    client.query('UPDATE directory.person SET supervisor = $1 WHERE id = ANY($2)', [id[supervisor], whom.map((login) => id[login])])
  await supervises('saule', 'aigul', 'erlan')
  await supervises('dina', 'dana', 'medet')
  await supervises('nurlan', 'saule', 'dina', 'next')
  await supervises('next', 'nurlan')
  await supervises('astanaBoss', 'astana')
  await supervises('astanaHead', 'astanaBoss')
  await client.query('UPDATE directory.organisation SET head = $2, next_in_line = $3 WHERE id = $1', [own, id.nurlan, id.next])
  await client.query('UPDATE directory.organisation SET head = $2 WHERE id = $1', [OTHER, id.astanaHead])
})

beforeEach(async () => {
  for (const login of RECEIVERS)
    await post('/internal/notices', hour(['case-manager'], { organisation: organisationOf(login), people: { caseManager: id[login] } }))
  await notifications.tick()
  const { rows } = await client.query('SELECT id, person FROM notifications.letter')
  letters.clear()
  for (const login of RECEIVERS) letters.set(login, rows.find((row) => row.person === id[login]).id)
})

async function ask(login: Login | undefined, method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> {
  const token =
    login &&
    (await issuer.tokenFor({
      person: id[login],
      role: PEOPLE[login],
      organisation: organisationOf(login),
      login,
      lang: 'ru',
      signedInAt: machineClock.now(),
    }))
  const answer = await fetch(notifications.url + path, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text }
}

/** Whose letters came, in words; else the status. */
const loginOf = (letter: string) => RECEIVERS.find((login) => letters.get(login) === letter) ?? 'nobody'
const listed = ({ status, body }: { status: number; body: any }): string =>
  status === 200
    ? (body.items as { id: string }[])
        .map((item) => loginOf(item.id))
        .toSorted()
        .join(' ')
    : String(status)
const statuses = async (asked: readonly Promise<{ status: number }>[]): Promise<string> =>
  (await Promise.all(asked)).map(({ status }) => status).join(' ')

/** All ask from one address: what others tried before counts for nobody here. */
const triesAnew = async (asked: () => Promise<{ status: number }>) => {
  await client.query('TRUNCATE notifications.tries')
  return asked()
}

/** How a route is asked; a route of the policy that is not here, or has no row below, fails the test. */
const HOW: Record<string, (login: Login) => Promise<string>> = {
  'GET /api/notices': async (login) => listed(await ask(login, 'GET', '/api/notices')),
  'POST /api/notices/:id/read': (login) =>
    statuses(RECEIVERS.map((receiver) => ask(login, 'POST', `/api/notices/${letters.get(receiver)}/read`))),
  'GET /api/notices/push': async (login) => statuses([ask(login, 'GET', '/api/notices/push')]),
  // No push service of ours: refused to everybody alike.
  'PUT /api/notices/push': async (login) =>
    statuses([ask(login, 'PUT', '/api/notices/push', { endpoint: 'https://push.example/x', keys: { p256dh: 'x', auth: 'x' } })]),
  'POST /api/notices/push/stop': async (login) =>
    statuses([ask(login, 'POST', '/api/notices/push/stop', { endpoint: 'https://push.example/x' })]),
  'GET /api/letters': async (login) => listed(await ask(login, 'GET', '/api/letters?limit=100')),
  'GET /api/mail/unmatched': async (login) => statuses([ask(login, 'GET', '/api/mail/unmatched')]),
  'POST /api/letters/:id/send': (login) =>
    statuses((['aigul', 'astana'] as const).map((receiver) => ask(login, 'POST', `/api/letters/${letters.get(receiver)}/send`))),
  'GET /api/notifications/trail': async (login) => statuses([ask(login, 'GET', '/api/notifications/trail')]),
  'GET /api/notifications/trail/export.csv': async (login) => statuses([ask(login, 'GET', '/api/notifications/trail/export.csv')]),
  'POST /api/links/look': async (login) => statuses([triesAnew(() => ask(login, 'POST', '/api/links/look', { token: 'x' }))]),
  'POST /api/links/use': async (login) => statuses([triesAnew(() => ask(login, 'POST', '/api/links/use', { token: 'x' }))]),
  'POST /api/links/file': async (login) =>
    statuses([triesAnew(() => ask(login, 'POST', '/api/links/file', { token: 'x', code: '123456' }))]),
  'POST /api/links/decide': async (login) => statuses([triesAnew(() => ask(login, 'POST', '/api/links/decide', { token: 'x', form: {} }))]),
  'POST /internal/referral-mails': async (login) => statuses([ask(login, 'POST', '/internal/referral-mails', {})]),
  'POST /internal/receipts': async (login) => statuses([ask(login, 'POST', '/internal/receipts', { caseId: randomUUID() })]),
  'POST /internal/mails': async (login) => statuses([ask(login, 'POST', '/internal/mails', {})]),
  'POST /internal/mails/revoke': async (login) => statuses([ask(login, 'POST', '/internal/mails/revoke', { meeting: randomUUID() })]),
  'POST /internal/referral-mails/on-paper': async (login) => statuses([ask(login, 'POST', '/internal/referral-mails/on-paper', {})]),
  'POST /internal/replies': async (login) => statuses([ask(login, 'POST', '/internal/replies', { referral: randomUUID() })]),
  'POST /internal/unmatched': async (login) => statuses([ask(login, 'POST', '/internal/unmatched', { meeting: randomUUID() })]),
  'POST /internal/notices': async (login) => statuses([ask(login, 'POST', '/internal/notices', hour(['head']))]),
  'POST /internal/cases/letters': async (login) => statuses([ask(login, 'POST', '/internal/cases/letters', { caseId: randomUUID() })]),
  'POST /internal/cases/readings': async (login) =>
    statuses([ask(login, 'POST', '/internal/cases/readings', { caseId: randomUUID(), limit: 1 })]),
  'POST /internal/cases/erase': async (login) => statuses([ask(login, 'POST', '/internal/cases/erase', { caseId: randomUUID() })]),
  'POST /internal/inbound': async (login) => statuses([ask(login, 'POST', '/internal/inbound', { raw: '' })]),
}

const everybody = (same: string, but: Partial<Record<Login, string>> = {}): Record<Login, string> => ({
  ...(Object.fromEntries(LOGINS.map((login) => [login, same])) as Record<Login, string>),
  ...but,
})

// oxfmt-ignore
const EXPECTED: Record<string, Record<Login, string>> = {
  // Everybody their own and nobody else's.
  'GET /api/notices': everybody('', { aigul: 'aigul', dana: 'dana', nurlan: 'nurlan', saule: 'saule', astana: 'astana' }),
  // Of aigul, dana, nurlan, saule, astana.
  'POST /api/notices/:id/read': everybody('404 404 404 404 404', {
    aigul:  '204 404 404 404 404',
    dana:   '404 204 404 404 404',
    nurlan: '404 404 204 404 404',
    saule:  '404 404 404 204 404',
    astana: '404 404 404 404 204',
  }),
  'GET /api/notices/push': everybody('200'),
  'PUT /api/notices/push': everybody('403'),
  'POST /api/notices/push/stop': everybody('204'),
  'GET /api/letters': {
    aigul:      '403',
    dana:       '403',
    erlan:      '403',
    medet:      '403',
    saule:      'aigul saule',              // of her team, and her own
    dina:       'dana',                     // of hers
    next:       'aigul dana nurlan saule',  // next in line: the organisation
    nurlan:     'aigul dana nurlan saule',
    home:       '403',
    secretary:  '403',
    admin:      'aigul astana dana nurlan saule',
    audit:      'aigul astana dana nurlan saule',
    astana:     '403',
    astanaBoss: 'astana',
    astanaHead: 'astana',
  },
  // What each sees of it: inbound/replies.test.ts.
  'GET /api/mail/unmatched': everybody('403', { saule: '200', dina: '200', next: '200', nurlan: '200', admin: '200', audit: '200', astanaBoss: '200', astanaHead: '200' }),
  // 404: they may, and a letter that arrived is not sent again.
  'POST /api/letters/:id/send': everybody('403 403', { admin: '404 404' }),
  'GET /api/notifications/trail': everybody('403', { audit: '200' }),
  'GET /api/notifications/trail/export.csv': everybody('403', { audit: '200' }),
  // Open to everybody: a wrong token is unknown, whoever has it.
  'POST /api/links/look': everybody('200'),
  'POST /api/links/use': everybody('200'),
  'POST /api/links/file': everybody('200'),
  'POST /api/links/decide': everybody('200'),
  'POST /internal/referral-mails': everybody('401'),
  'POST /internal/receipts': everybody('401'),
  'POST /internal/mails': everybody('401'),
  'POST /internal/mails/revoke': everybody('401'),
  'POST /internal/referral-mails/on-paper': everybody('401'),
  'POST /internal/replies': everybody('401'),
  'POST /internal/unmatched': everybody('401'),
  'POST /internal/notices': everybody('401'),
  'POST /internal/cases/letters': everybody('401'),
  'POST /internal/cases/erase': everybody('401'),
  'POST /internal/cases/readings': everybody('401'),
  'POST /internal/inbound': everybody('401'),
}

test('every route of the policy stands in the table and is asked, and every route that is served stands in the policy', async () => {
  const routes = Object.keys(ROUTES.notifications).toSorted()
  expect(Object.keys(EXPECTED).toSorted()).toEqual(routes)
  expect(Object.keys(HOW).toSorted()).toEqual(routes)
  expect(servedRoutes((await (await fetch(`${notifications.url}/openapi.json`)).json()) as never)).toEqual(routes)
})

test.each(Object.keys(EXPECTED))('%s', async (route) => {
  const told: Record<string, string> = {}
  for (const login of LOGINS) told[login] = await HOW[route]!(login)
  expect(told).toEqual(EXPECTED[route])
})

test('somebody who did not sign in gets nothing but the answer of a link', async () => {
  await client.query('TRUNCATE notifications.tries')
  for (const route of Object.keys(EXPECTED)) {
    const [method, path] = route.split(' ') as [string, string]
    const { status, body } = await ask(
      undefined,
      method,
      path.replace(':id', letters.get('aigul')!),
      method === 'GET'
        ? undefined
        : { token: 'x', ...(path === '/api/links/file' && { code: '1' }), ...(path === '/api/links/decide' && { form: {} }) },
    )
    if (path === '/api/links/file') expect([status, body], route).toEqual([200, { answer: { state: 'unknown' } }])
    else if (path.startsWith('/api/links/')) expect([status, body], route).toEqual([200, { state: 'unknown' }])
    else expect(status, route).toBe(401)
  }
})

test('the name of whoever has no account stands in no list of letters, whoever looks', async () => {
  invitedBy(own)
  await sendMail(mailTo('police', { to: { name: 'Мать ребенка', address: 'mother@home.example', lang: 'ru' } }))
  const seen: string[] = []
  for (const login of LOGINS) {
    const { status, body } = await ask(login, 'GET', '/api/letters?limit=100')
    expect(JSON.stringify(body), login).not.toMatch(/Мать ребенка|mother@/)
    if (status !== 200) continue
    const mails = (body.items as { kind: string; name: string }[]).filter(({ kind }) => kind === 'mail')
    if (mails.length > 0) seen.push(login)
    expect(mails.every(({ name }) => name === '')).toBe(true)
    // Of colleagues it stands there.
    expect((body.items as { kind: string; name: string }[]).filter(({ kind, name }) => kind !== 'mail' && name === '')).toEqual([])
  }
  expect(seen.toSorted()).toEqual(['admin', 'audit', 'next', 'nurlan'])
})

test('whoever moves to another organisation takes no letter of the old one along: the supervisor there sees none of them', async () => {
  await client.query('UPDATE directory.person SET organisation = $2, supervisor = $3 WHERE id = $1', [id.aigul, OTHER, id.astanaBoss])
  try {
    expect(listed(await ask('astanaBoss', 'GET', '/api/letters'))).toBe('astana')
    expect(listed(await ask('saule', 'GET', '/api/letters'))).toBe('saule')
    expect(listed(await ask('nurlan', 'GET', '/api/letters'))).toBe('aigul dana nurlan saule')
  } finally {
    await client.query('UPDATE directory.person SET organisation = $2, supervisor = $3 WHERE id = $1', [id.aigul, own, id.saule])
  }
})
