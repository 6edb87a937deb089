/**
 * Who may see and change what in the directory, asked over HTTP: every route of the service by every role, of the own and of another organisation.
 * What is expected is written here by hand, never computed from the policy.
 */
import type { Role } from '@tirek/contract/roles'
import { machineClock, ManualClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { startScratchIssuer, type ScratchIssuer } from '@tirek/platform/scratch-issuer'
import { startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { scratchKeyOf, scratchPublicKeys } from '@tirek/platform/scratch-service-keys'
import { servedRoutes } from '@tirek/policy/served.fixture'
import { ROUTES } from '@tirek/policy/work'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DIRECTORY_NEEDS, startDirectory, type RunningDirectory } from './app.ts'
import { migrateDirectory } from './migrations.ts'

/** One of each role here; three in another organisation. */
const PEOPLE = {
  aigul: 'social-worker',
  erlan: 'psychologist',
  medet: 'medic',
  saule: 'supervisor',
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
const HERE = { id: randomUUID(), prefix: 'ALM', territory: 'Almaty' }
const THERE = { id: randomUUID(), prefix: 'AST', territory: 'Astana' }
const BOTH = [HERE, THERE]
const placeOf = (login: Login) => (login.startsWith('astana') ? THERE : HERE)
const id = Object.fromEntries(LOGINS.map((login) => [login, randomUUID()])) as Record<Login, string>
/** Of whom something is asked: one in each organisation, who asks nothing. */
const subject = { [HERE.id]: randomUUID(), [THERE.id]: randomUUID() }

const home = mkdtempSync(join(tmpdir(), 'tirek-directory-matrix-'))
let postgres: ScratchPostgres
let issuer: ScratchIssuer
let directory: RunningDirectory
let client: pg.Client
let n = 0

const addPerson = (person: string, login: string, role: Role, organisation: string) =>
  client.query(
    `INSERT INTO directory.person (id, login, name, role, organisation, lang, digest, active) VALUES ($1, $2, $2, $3, $4, 'ru', true, true)`,
    [person, login, role, organisation],
  )

beforeAll(async () => {
  ;[postgres, issuer] = await Promise.all([startScratchPostgres(), startScratchIssuer()])
  await migrateDirectory(postgres.adminUrl, postgres.urlOf('tirek_directory'))
  directory = await startDirectory({
    config: readConfig(
      {
        DATABASE_URL: postgres.urlOf('tirek_directory'),
        ISSUER_URL: issuer.url,
        // Nobody answers there: what is to be told waits.
        CASES_URL: 'http://127.0.0.1:9',
        SERVICE_KEY: scratchKeyOf('directory'),
        SERVICE_PUBLIC_KEYS: scratchPublicKeys,
        TIREK_HOME: home,
      },
      DIRECTORY_NEEDS,
    ),
    clock: new ManualClock(Date.UTC(2026, 10, 24, 6)),
    log: createLog('test', process.env['TEST_LOG'] ?? 'silent'),
    loops: false,
  })
  client = new pg.Client({ connectionString: postgres.adminUrl })
  await client.connect()
  for (const { id: organisation, prefix, territory } of BOTH) {
    await client.query(
      `INSERT INTO directory.organisation (id, name_ru, name_kk, name_en, prefix, territory) VALUES ($1, $2, $2, $2, $2, $3)`,
      [organisation, prefix, territory],
    )
    await addPerson(subject[organisation]!, `subject-${prefix.toLowerCase()}`, 'medic', organisation)
    await client.query(`INSERT INTO directory.setting VALUES ($1, 'plan', $2)`, [organisation, organisation === HERE.id ? 10 : 20])
  }
  for (const login of LOGINS) await addPerson(id[login], login.toLowerCase(), PEOPLE[login], placeOf(login).id)
})
afterAll(async () => {
  await client?.end()
  await directory?.close()
  await issuer?.stop()
  await postgres?.stop()
  rmSync(home, { recursive: true, force: true })
})

const tokenOf = (person: string, role: Role, organisation: string, ago = 0) =>
  issuer.tokenFor({ person, role, organisation, login: 'of-the-token', lang: 'ru', signedInAt: machineClock.now() - ago })

async function askBy(token: string | undefined, method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> {
  const answer = await fetch(directory.url + path, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text && /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text }
}
const ask = async (login: Login, method: string, path: string, body?: unknown) =>
  askBy(await tokenOf(id[login], PEOPLE[login], placeOf(login).id), method, path, body)

const here = (organisation: string | null) => (organisation === HERE.id ? 'here' : organisation === THERE.id ? 'there' : 'nowhere')
/** Of which organisations rows came. */
const places = ({ status, body }: { status: number; body: any }, of: (item: any) => string | null) =>
  status === 200 ? [...new Set((body.items as any[]).map((item) => here(of(item))))].toSorted().join(' ') : String(status)
/** The same asked of something here and of something there. */
const inBoth = async (one: (place: typeof HERE) => Promise<{ status: number }>): Promise<string> =>
  [(await one(HERE)).status, (await one(THERE)).status].join(' ')
const only = async (one: Promise<{ status: number }>): Promise<string> => String((await one).status)

const organisationOfPerson = async (person: string): Promise<string> =>
  (await client.query('SELECT organisation FROM directory.person WHERE id = $1', [person])).rows[0].organisation
const someAbsence = async (place: typeof HERE): Promise<string> =>
  (
    await client.query(
      `INSERT INTO directory.absence (id, person, from_day, to_day) VALUES (gen_random_uuid(), $1, '2026-01-01', '2026-01-02') RETURNING id`,
      [subject[place.id]],
    )
  ).rows[0].id
const someDuty = async (place: typeof HERE): Promise<string> =>
  (
    await client.query(
      `INSERT INTO directory.duty (id, organisation, person, from_day, position) VALUES (gen_random_uuid(), $1, $2, '2026-01-01', 1) RETURNING id`,
      [place.id, subject[place.id]],
    )
  ).rows[0].id
const someQuarantine = async (place: typeof HERE): Promise<string> =>
  (
    await client.query(
      `INSERT INTO directory.quarantine (id, territory, from_day, document) VALUES (gen_random_uuid(), $1, '2026-01-01', 'П') RETURNING id`,
      [place.territory],
    )
  ).rows[0].id
const AGENCY = { kind: 'police', territory: 'Almaty', name: 'Отдел' }
/** A person who is signed out by what is asked. */
async function twinOf(login: Login): Promise<string> {
  const person = randomUUID()
  await addPerson(person, `twin-${n++}`, PEOPLE[login], placeOf(login).id)
  return tokenOf(person, PEOPLE[login], placeOf(login).id)
}

/** How a route is asked; a route of the policy that is not here, or has no row below, fails the test. */
const HOW: Record<string, (login: Login) => Promise<string>> = {
  'GET /api/me': async (login) => {
    const { status, body } = await ask(login, 'GET', '/api/me')
    return body.id === id[login] ? String(status) : 'somebody else'
  },
  'GET /api/me/export': async (login) => {
    const { status, body } = await ask(login, 'GET', '/api/me/export')
    return body.person?.id === id[login] ? String(status) : 'somebody else'
  },
  'PATCH /api/me': (login) => only(ask(login, 'PATCH', '/api/me', { digest: true })),
  'POST /api/me/sign-out': async (login) => only(askBy(await twinOf(login), 'POST', '/api/me/sign-out')),
  'POST /api/people/:id/sign-out': (login) => inBoth((place) => ask(login, 'POST', `/api/people/${subject[place.id]}/sign-out`)),
  // Whoever asks for another organisation than their own gets their own all the same.
  'GET /api/people': async (login) => {
    const asked = await Promise.all(
      ['', `&organisation=${HERE.id}`, `&organisation=${THERE.id}`].map((more) => ask(login, 'GET', `/api/people?limit=200${more}`)),
    )
    return asked.map((answer) => places(answer, (item) => item.organisation)).join(', ')
  },
  'POST /api/people': (login) =>
    inBoth((place) => ask(login, 'POST', '/api/people', { login: `new-${n++}`, name: 'Новый', role: 'medic', organisation: place.id })),
  'PATCH /api/people/:id': (login) => inBoth((place) => ask(login, 'PATCH', `/api/people/${subject[place.id]}`, { digest: false })),
  'GET /internal/people': (login) => only(ask(login, 'GET', '/internal/people')),
  'POST /internal/sessions/end': (login) =>
    only(ask(login, 'POST', '/internal/sessions/end', { session: randomUUID(), person: randomUUID(), until: 1 })),
  'POST /internal/sign-ins/tried': (login) =>
    only(ask(login, 'POST', '/internal/sign-ins/tried', { address: '203.0.113.5', failed: true })),
  'GET /api/organisations': async (login) => places(await ask(login, 'GET', '/api/organisations?limit=200'), (item) => item.id),
  'POST /api/organisations': (login) =>
    only(ask(login, 'POST', '/api/organisations', { name: { ru: 'О', kk: 'О', en: 'O' }, prefix: `N${n++}`, territory: 'Almaty' })),
  'PATCH /api/organisations/:id': (login) => inBoth((place) => ask(login, 'PATCH', `/api/organisations/${place.id}`, { worksFrom: 540 })),
  'GET /api/absences': async (login) => {
    for (const place of BOTH) await someAbsence(place)
    const { status, body } = await ask(login, 'GET', '/api/absences?limit=200')
    if (status !== 200) return String(status)
    const of = new Set<string>()
    for (const { person } of body.items) of.add(here(await organisationOfPerson(person)))
    return [...of].toSorted().join(' ')
  },
  'POST /api/absences': (login) =>
    inBoth((place) => ask(login, 'POST', '/api/absences', { person: subject[place.id], fromDay: '2026-12-01', toDay: '2026-12-02' })),
  'DELETE /api/absences/:id': (login) => inBoth(async (place) => ask(login, 'DELETE', `/api/absences/${await someAbsence(place)}`)),
  'GET /api/duty': async (login) => {
    for (const place of BOTH) await someDuty(place)
    return places(await ask(login, 'GET', '/api/duty?limit=200'), (item) => item.organisation)
  },
  'POST /api/duty': (login) =>
    inBoth((place) =>
      ask(login, 'POST', '/api/duty', { organisation: place.id, person: subject[place.id], fromDay: '2026-12-01', position: 1 }),
    ),
  'DELETE /api/duty/:id': (login) => inBoth(async (place) => ask(login, 'DELETE', `/api/duty/${await someDuty(place)}`)),
  'GET /api/agencies': (login) => only(ask(login, 'GET', '/api/agencies')),
  'POST /api/agencies': (login) => only(ask(login, 'POST', '/api/agencies', AGENCY)),
  'PUT /api/agencies/:id': async (login) => {
    const { rows } = await client.query(
      `INSERT INTO directory.agency (id, kind, territory, name) VALUES (gen_random_uuid(), 'police', 'Almaty', 'О') RETURNING id`,
    )
    return only(ask(login, 'PUT', `/api/agencies/${rows[0].id}`, AGENCY))
  },
  'GET /api/agencies/export.csv': (login) => only(ask(login, 'GET', '/api/agencies/export.csv')),
  'POST /api/agencies/import': (login) =>
    only(ask(login, 'POST', '/api/agencies/import', { csv: 'kind;territory;name\npolice;Almaty;Из таблицы' })),
  'PUT /api/agencies/:id/contacts/:contact/files': async (login) => {
    const { rows } = await client.query(
      `WITH made AS (INSERT INTO directory.agency (id, kind, territory, name) VALUES (gen_random_uuid(), 'police', 'Almaty', 'О') RETURNING id)
       INSERT INTO directory.agency_contact (id, agency, place, name, email) SELECT gen_random_uuid(), id, 1, 'П', 'p@example.org' FROM made RETURNING id, agency`,
    )
    return only(ask(login, 'PUT', `/api/agencies/${rows[0].agency}/contacts/${rows[0].id}/files`, { email: 'p@example.org', may: true }))
  },
  // The term that came back says whose it is.
  'GET /api/settings': async (login) => {
    const terms = await Promise.all(BOTH.map((place) => ask(login, 'GET', `/api/settings?organisation=${place.id}`)))
    return terms.map(({ status, body }) => body.items?.find((item: any) => item.term === 'plan').value ?? status).join(' ')
  },
  'PUT /api/settings': (login) =>
    inBoth((place) => ask(login, 'PUT', '/api/settings', { organisation: place.id, term: 'request-answer', value: 12 })),
  'GET /api/calendar': (login) => only(ask(login, 'GET', '/api/calendar')),
  'POST /api/calendar': (login) =>
    only(ask(login, 'POST', '/api/calendar', { version: `kz-matrix-${n++}`, holidays: ['2026-12-16'], workingWeekends: [] })),
  'GET /api/quarantine': (login) => only(ask(login, 'GET', '/api/quarantine')),
  'POST /api/quarantine': (login) =>
    inBoth((place) => ask(login, 'POST', '/api/quarantine', { territory: place.territory, fromDay: '2026-12-01', document: 'П' })),
  'GET /api/directory/trail': (login) => only(ask(login, 'GET', '/api/directory/trail')),
  'GET /api/directory/trail/export.csv': (login) => only(ask(login, 'GET', '/api/directory/trail/export.csv?what=none')),
  'PATCH /api/quarantine/:id': (login) =>
    inBoth(async (place) => ask(login, 'PATCH', `/api/quarantine/${await someQuarantine(place)}`, { toDay: '2026-12-20' })),
}

const everybody = (same: string, but: Partial<Record<Login, string>> = {}): Record<Login, string> => ({
  ...(Object.fromEntries(LOGINS.map((login) => [login, same])) as Record<Login, string>),
  ...but,
})
const THERE_ONLY = ['astana', 'astanaBoss', 'astanaHead'] as const
/** What is seen of one's own organisation alone. */
const eachTheirOwn = (mine: string, theirs: string, but: Partial<Record<Login, string>> = {}) =>
  everybody(mine, { ...Object.fromEntries(THERE_ONLY.map((login) => [login, theirs])), ...but })
/** `here there` of one who keeps it for their own organisation. */
const OWN = { here: '201 403', there: '403 201' }

// oxfmt-ignore
const EXPECTED: Record<string, Record<Login, string>> = {
  'GET /api/me':                   everybody('200'),
  'GET /api/me/export':            everybody('200'),
  'PATCH /api/me':                 everybody('200'),
  'POST /api/me/sign-out':         everybody('204'),
  'POST /api/people/:id/sign-out': everybody('403 403', { admin: '204 204' }),
  'GET /api/people':               eachTheirOwn('here, here, here', 'there, there, there', { admin: 'here there, here, there', audit: 'here there, here, there' }),
  'POST /api/people':              everybody('403 403', { admin: '201 201' }),
  'PATCH /api/people/:id':         everybody('403 403', { admin: '200 200' }),
  'GET /internal/people':          everybody('401'),
  'POST /internal/sessions/end':   everybody('401'),
  'POST /internal/sign-ins/tried': everybody('401'),
  'GET /api/organisations':        everybody('here there'),
  'POST /api/organisations':       everybody('403', { admin: '201' }),
  'PATCH /api/organisations/:id':  everybody('403 403', { admin: '200 200' }),
  'GET /api/absences':             eachTheirOwn('here', 'there', { admin: 'here there' }),
  'POST /api/absences':            everybody('403 403', { saule: OWN.here, nurlan: OWN.here, admin: '201 201', astanaBoss: OWN.there, astanaHead: OWN.there }),
  // What is another organisation's is not there.
  'DELETE /api/absences/:id':      everybody('403 403', { saule: '204 404', nurlan: '204 404', admin: '204 204', astanaBoss: '404 204', astanaHead: '404 204' }),
  'GET /api/duty':                 eachTheirOwn('here', 'there', { admin: 'here there' }),
  'POST /api/duty':                everybody('403 403', { saule: OWN.here, nurlan: OWN.here, admin: '201 201', astanaBoss: OWN.there, astanaHead: OWN.there }),
  'DELETE /api/duty/:id':          everybody('403 403', { saule: '204 404', nurlan: '204 404', admin: '204 204', astanaBoss: '404 204', astanaHead: '404 204' }),
  'GET /api/agencies':             everybody('200'),
  'POST /api/agencies':            everybody('403', { admin: '201' }),
  'PUT /api/agencies/:id':         everybody('403', { admin: '200' }),
  'GET /api/agencies/export.csv':  everybody('403', { admin: '200' }),
  'POST /api/agencies/import':     everybody('403', { admin: '200' }),
  'PUT /api/agencies/:id/contacts/:contact/files': everybody('403', { admin: '200' }),
  'GET /api/settings':             eachTheirOwn('10 10', '20 20', { admin: '10 20' }),
  'PUT /api/settings':             everybody('403 403', { admin: '200 200' }),
  'GET /api/calendar':             everybody('200'),
  'POST /api/calendar':            everybody('403', { admin: '201' }),
  'GET /api/quarantine':           everybody('200'),
  'POST /api/quarantine':          everybody('403 403', { nurlan: OWN.here, admin: '201 201', astanaHead: OWN.there }),
  'GET /api/directory/trail':      everybody('403', { audit: '200' }),
  'GET /api/directory/trail/export.csv': everybody('403', { audit: '200' }),
  'PATCH /api/quarantine/:id':     everybody('403 403', { nurlan: '200 403', admin: '200 200', astanaHead: '403 200' }),
}

test('every route of the policy stands in the table and is asked, and every route that is served stands in the policy', async () => {
  const routes = Object.keys(ROUTES.directory).toSorted()
  expect(Object.keys(EXPECTED).toSorted()).toEqual(routes)
  expect(Object.keys(HOW).toSorted()).toEqual(routes)
  expect(servedRoutes((await askBy(undefined, 'GET', '/openapi.json')).body)).toEqual(routes)
})

test.each(Object.keys(EXPECTED))('%s', async (route) => {
  const told: Record<string, string> = {}
  for (const login of LOGINS) told[login] = await HOW[route]!(login)
  expect(told).toEqual(EXPECTED[route])
})

test('without a sign-in nothing; what is grave is refused to a session of before', async () => {
  for (const route of Object.keys(EXPECTED)) {
    const [method, path] = route.split(' ') as [string, string]
    const { status } = await askBy(
      undefined,
      method,
      path.replace(/:(id|contact)/g, subject[HERE.id]!),
      /GET|DELETE/.test(method) ? undefined : {},
    )
    expect(status, route).toBe(401)
  }
  const old = await tokenOf(id.admin, 'administrator', HERE.id, 11 * 60_000)
  expect((await askBy(old, 'POST', `/api/people/${subject[HERE.id]}/sign-out`)).body.code).toBe('sign-in-again')
  const auditor = await tokenOf(id.audit, 'auditor', HERE.id, 11 * 60_000)
  expect((await askBy(auditor, 'GET', '/api/directory/trail/export.csv')).body.code).toBe('sign-in-again')
  expect((await askBy(auditor, 'GET', '/api/directory/trail')).status).toBe(200)
})

test('a token that says another role or organisation than the directory does is no token', async () => {
  for (const claimed of [await tokenOf(id.aigul, 'administrator', HERE.id), await tokenOf(id.aigul, 'social-worker', THERE.id)])
    expect((await askBy(claimed, 'GET', '/api/people')).status).toBe(401)
})
