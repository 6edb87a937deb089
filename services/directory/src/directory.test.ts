import { ISSUER_NEEDS, startIssuer } from '@tirek/issuer/app'
import { ManualClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { freePort, startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { scratchKeyOf, scratchPublicKeys } from '@tirek/platform/scratch-service-keys'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DIRECTORY_NEEDS, startDirectory, type RunningDirectory } from './app.ts'
import { migrateDirectory } from './migrations.ts'
import { TERMS } from './settings/terms.ts'

let postgres: ScratchPostgres
let directory: RunningDirectory
let issuer: { url: string; close(): Promise<void> }
let cases: Server
const heard: unknown[] = []
let casesAnswer = 204
const home = mkdtempSync(join(tmpdir(), 'tirek-directory-'))
const clock = new ManualClock(Date.UTC(2026, 10, 24, 6))

beforeAll(async () => {
  postgres = await startScratchPostgres()
  cases = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += String(part)
    heard.push(JSON.parse(body))
    response.writeHead(casesAnswer).end()
  }).listen(0, '127.0.0.1')
  const log = createLog('test', process.env['TEST_LOG'] ?? 'silent')
  const issuerPort = await freePort()
  const directoryPort = await freePort()
  const env = {
    DATABASE_URL: postgres.urlOf('tirek_directory'),
    ISSUER_URL: `http://127.0.0.1:${issuerPort}`,
    DIRECTORY_URL: `http://127.0.0.1:${directoryPort}`,
    CASES_URL: `http://127.0.0.1:${(cases.address() as AddressInfo).port}`,
    SERVICE_PUBLIC_KEYS: scratchPublicKeys,
    BOOTSTRAP_ADMIN: 'admin',
    TIREK_HOME: home,
  }
  issuer = await startIssuer({
    config: readConfig({ ...env, SERVICE_KEY: scratchKeyOf('issuer'), SERVICE_PORT: String(issuerPort) }, ISSUER_NEEDS),
    log,
  })
  await migrateDirectory(postgres.adminUrl, env.DATABASE_URL)
  directory = await startDirectory({
    config: readConfig({ ...env, SERVICE_KEY: scratchKeyOf('directory'), SERVICE_PORT: String(directoryPort) }, DIRECTORY_NEEDS),
    clock,
    log,
    loops: false,
  })
})
afterAll(async () => {
  await directory?.close()
  await issuer?.close()
  cases?.close()
  await postgres?.stop()
  rmSync(home, { recursive: true, force: true })
})

async function signIn(login: string): Promise<string> {
  const answer = await fetch(`${issuer.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'urn:tirek:demo-login', client_id: 'tirek-web', login }),
  })
  const body = (await answer.json()) as { access_token?: string; error?: string }
  if (!body.access_token) throw new Error(JSON.stringify(body))
  return body.access_token
}

async function ask(
  token: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: any }> {
  const answer = await fetch(directory.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await answer.text()
  return { status: answer.status, body: text ? JSON.parse(text) : undefined }
}

const ORGANISATION = { name: { ru: 'Поликлиника', kk: 'Емхана', en: 'Clinic' }, prefix: 'П1', territory: 'Город А' }

test('the first administrator signs in and gets a token that says who and where', async () => {
  const token = await signIn('admin')
  expect(decodeProtectedHeader(token).typ).toBe('at+jwt')
  expect(decodeJwt(token)).toMatchObject({
    aud: 'tirek',
    iss: issuer.url,
    role: 'administrator',
    login: 'admin',
    locale: 'ru',
    organisation: '00000000-0000-0000-0000-000000000000',
  })
  const me = await ask(token, 'GET', '/api/me')
  expect(me).toMatchObject({ status: 200, body: { login: 'admin', role: 'administrator' } })
})

test('nobody signs in with a login that is not in the directory', async () => {
  await expect(signIn('nobody')).rejects.toThrow('invalid_grant')
  expect((await ask('no-token', 'GET', '/api/me')).status).toBe(401)
})

test('an organisation and its people are entered once however often the request is repeated', async () => {
  const admin = await signIn('admin')
  const key = { 'idempotency-key': 'first-organisation' }
  const made = await ask(admin, 'POST', '/api/organisations', ORGANISATION, key)
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ ...ORGANISATION, worksFrom: 540, worksTo: 1080 })
  expect((await ask(admin, 'POST', '/api/organisations', ORGANISATION, key)).body.id).toBe(made.body.id)
  expect(await ask(admin, 'POST', '/api/organisations', { ...ORGANISATION, prefix: 'П2' }, key)).toMatchObject({
    status: 422,
    body: { code: 'key-reused' },
  })

  const person = (login: string, role: string, more = {}) =>
    ask(
      admin,
      'POST',
      '/api/people',
      { login, name: `Имя ${login}`, role, organisation: made.body.id, email: `${login}@example.org`, lang: 'kk', ...more },
      { 'idempotency-key': login },
    )
  const head = await person('head1', 'head')
  const supervisor = await person('super1', 'supervisor')
  const worker = await person('worker1', 'social-worker', { supervisor: supervisor.body.id })
  const worker2 = await person('worker2', 'social-worker')
  expect([head, supervisor, worker, worker2].map(({ status }) => status)).toEqual([201, 201, 201, 201])
  expect(await person('worker1', 'psychologist')).toMatchObject({ status: 422 })
  expect(await ask(admin, 'POST', '/api/people', { login: 'worker1', name: 'x', role: 'medic' })).toMatchObject({
    status: 400,
    body: { code: 'bad-input', errors: [{ pointer: '/login' }] },
  })

  const changed = await ask(admin, 'PATCH', `/api/organisations/${made.body.id}`, {
    head: head.body.id,
    nextInLine: head.body.id,
    supervisor: supervisor.body.id,
  })
  expect(changed).toMatchObject({ status: 200, body: { head: head.body.id, prefix: 'П1' } })

  // What other services read.
  const client = new pg.Client({ connectionString: postgres.adminUrl })
  await client.connect()
  await client.query('SET ROLE tirek_cases')
  const { rows: teams } = await client.query('SELECT person, supervisor FROM directory.team_view WHERE person = ANY($1)', [
    [worker.body.id, worker2.body.id],
  ])
  expect(teams.map(({ supervisor }: { supervisor: string }) => supervisor)).toEqual([supervisor.body.id, supervisor.body.id])
  await expect(client.query('SELECT * FROM directory.person')).rejects.toThrow('permission denied')
  await client.end()
})

test('everybody chooses their language and the digest, and nothing else of themselves', async () => {
  const worker = await signIn('worker1')
  expect(await ask(worker, 'PATCH', '/api/me', { lang: 'en', digest: false })).toMatchObject({
    status: 200,
    body: { login: 'worker1', lang: 'en', digest: false },
  })
  expect(await ask(worker, 'PATCH', '/api/me', { role: 'administrator' })).toMatchObject({ status: 400 })
  expect((await ask(worker, 'GET', '/api/me')).body).toMatchObject({ role: 'social-worker', lang: 'en' })
  await ask(worker, 'PATCH', '/api/me', { lang: 'kk' })
})

test('a supervisor names a deputy in the own organisation; a worker may not', async () => {
  const admin = await signIn('admin')
  const people = (await ask(admin, 'GET', '/api/people')).body.items as { id: string; login: string }[]
  const idOf = (login: string) => people.find((person) => person.login === login)!.id
  const absence = { person: idOf('worker1'), fromDay: '2026-11-24', toDay: '2026-11-30', deputy: idOf('worker2') }
  expect(await ask(await signIn('worker1'), 'POST', '/api/absences', absence)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  const supervisor = await signIn('super1')
  const made = await ask(supervisor, 'POST', '/api/absences', absence)
  expect(made.status).toBe(201)
  expect(await ask(supervisor, 'POST', '/api/absences', { ...absence, toDay: '2026-11-01' })).toMatchObject({ status: 400 })
  expect(await ask(supervisor, 'POST', '/api/absences', { ...absence, person: idOf('admin') })).toMatchObject({ status: 403 })
  // A deputy elsewhere would get letters of cases that are not theirs.
  expect(await ask(supervisor, 'POST', '/api/absences', { ...absence, deputy: idOf('admin') })).toMatchObject({
    status: 422,
    body: { code: 'no-such-person' },
  })
  expect((await ask(supervisor, 'GET', '/api/absences')).body.items).toEqual([made.body])
  expect((await ask(supervisor, 'DELETE', `/api/absences/${made.body.id}`)).status).toBe(204)
  expect((await ask(supervisor, 'GET', '/api/absences')).body.items).toEqual([])

  const organisation = (await ask(supervisor, 'GET', '/api/me')).body.organisation
  const duty = await ask(supervisor, 'POST', '/api/duty', { organisation, person: idOf('worker2'), fromDay: '2026-11-24', position: 1 })
  expect(duty.status).toBe(201)
  expect((await ask(supervisor, 'GET', '/api/duty?day=2026-11-24')).body.items).toHaveLength(1)
  expect((await ask(supervisor, 'GET', '/api/duty?day=2026-11-23')).body.items).toHaveLength(0)
})

test('who is on duty is asked of days that people may mean; another is refused by its field', async () => {
  const admin = await signIn('admin')
  for (const day of ['1900-01-01', '2026-11-24', '2199-12-31'])
    expect((await ask(admin, 'GET', `/api/duty?day=${day}`)).status, day).toBe(200)
  for (const day of ['0000-01-01', '1899-12-31', '2200-01-01', '2026-02-29'])
    expect(await ask(admin, 'GET', `/api/duty?day=${day}`), day).toMatchObject({ status: 400, body: { errors: [{ pointer: '/day' }] } })
})

test('settings come from the rows of the procedure, and the cases service hears of a change until it has taken it', async () => {
  const admin = await signIn('admin')
  const [organisation] = (await ask(admin, 'GET', '/api/organisations')).body.items
  const asked = () => ask(admin, 'GET', `/api/settings?organisation=${organisation.id}`)
  expect((await asked()).body.items.find(({ term }: { term: string }) => term === 'primary-assessment-medium')).toMatchObject({
    term: 'primary-assessment-medium',
    rule: 'CP-116',
    unit: 'workingDays',
    standard: 3,
    value: 3,
  })
  expect([...TERMS.keys()]).toEqual(
    expect.arrayContaining(['plan', 'referral-pmpk', 'request-answer', 'contacts-before-plan', 'caseload-most', 'closure-approval']),
  )

  casesAnswer = 503
  expect((await ask(admin, 'PUT', '/api/settings', { organisation: organisation.id, term: 'plan', value: 10 })).status).toBe(200)
  expect(await ask(admin, 'PUT', '/api/settings', { organisation: organisation.id, term: 'no-such-term', value: 10 })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/term' }] },
  })
  expect(await ask(admin, 'PUT', '/api/settings', { organisation: organisation.id, term: 'plan', value: 0 })).toMatchObject({ status: 400 })
  expect((await asked()).body.items.find(({ term }: { term: string }) => term === 'plan')).toMatchObject({ standard: 14, value: 10 })
  await directory.tick()
  casesAnswer = 204
  heard.length = 0
  expect(await directory.tick()).toBe(0)
  clock.set((await directory.nextInstant())!)
  expect(await directory.tick()).toBe(1)
  expect(heard).toEqual([{ kind: 'settings', organisation: organisation.id }])
  expect(await directory.nextInstant()).toBeUndefined()
})

test('a corrected calendar and a quarantine are told too', async () => {
  const admin = await signIn('admin')
  heard.length = 0
  const { items } = (await ask(admin, 'GET', '/api/calendar')).body
  expect(items).toMatchObject([{ version: 'kz-2026-1', current: true }])
  const corrected = { version: 'kz-2026-2', holidays: [...items[0].holidays, '2026-12-17'], workingWeekends: [] }
  expect((await ask(admin, 'POST', '/api/calendar', corrected)).status).toBe(201)
  expect(await ask(admin, 'POST', '/api/calendar', corrected)).toMatchObject({ status: 400 })
  expect(
    (await ask(admin, 'GET', '/api/calendar')).body.items.map(({ version, current }: { version: string; current: boolean }) => [
      version,
      current,
    ]),
  ).toEqual([
    ['kz-2026-2', true],
    ['kz-2026-1', false],
  ])
  const mode = { territory: 'Город А', fromDay: '2026-12-01', document: 'Постановление № 1' }
  const declared = await ask(await signIn('head1'), 'POST', '/api/quarantine', mode)
  expect(declared.status).toBe(201)
  expect(await ask(await signIn('head1'), 'POST', '/api/quarantine', { ...mode, territory: 'Город Б' })).toMatchObject({ status: 403 })
  expect(await ask(admin, 'PATCH', `/api/quarantine/${declared.body.id}`, { toDay: '2026-12-20' })).toMatchObject({
    status: 200,
    body: { toDay: '2026-12-20' },
  })
  await directory.tick()
  expect(heard).toEqual([
    { kind: 'calendar', calendar: 'kz-2026-2' },
    { kind: 'quarantine', territory: 'Город А' },
    { kind: 'quarantine', territory: 'Город А' },
  ])
})

test('agencies, the trail and documents', async () => {
  const admin = await signIn('admin')
  const agency = {
    kind: 'commission-minors',
    territory: 'Город А',
    name: 'Комиссия',
    powers: 'Решение № 2',
    contacts: [{ name: 'Секретарь', email: 'k@example.org', lang: 'kk' }],
  }
  const made = await ask(admin, 'POST', '/api/agencies', agency, { 'idempotency-key': 'k' })
  expect(made).toMatchObject({ status: 201, body: agency })
  expect((await ask(await signIn('worker1'), 'GET', '/api/agencies?kind=commission-minors')).body.items).toHaveLength(1)
  const openApi = (await (await fetch(`${directory.url}/openapi.json`)).json()) as { openapi: string; paths: Record<string, unknown> }
  expect(openApi.openapi).toBe('3.1.0')
  expect(Object.keys(openApi.paths)).toEqual(expect.arrayContaining(['/api/people', '/api/settings', '/api/quarantine/{id}']))
  expect(await (await fetch(`${directory.url}/metrics`)).text()).toContain('tirek_directory_untold_changes')
  expect(await (await fetch(`${directory.url}/health`)).json()).toEqual({ status: 'ok', parts: { database: 'ok' } })
  const client = new pg.Client({ connectionString: postgres.urlOf('tirek_directory') })
  await client.connect()
  const SELECT = 'SELECT what, who FROM directory.trail ORDER BY seq'
  expect((await client.query(SELECT)).rows).toEqual([])
  await client.query(`SELECT set_config('tirek.trail', 'on', false)`)
  const { rows } = await client.query(SELECT)
  expect(rows.map(({ what }: { what: string }) => what)).toEqual(
    expect.arrayContaining([
      'organisation-added',
      'person-added',
      'absence-removed',
      'setting-changed',
      'calendar-added',
      'quarantine-ended',
      'agency-added',
    ]),
  )
  await expect(client.query('DELETE FROM directory.trail')).rejects.toThrow('permission denied')
  await client.end()
})

test('the page to pick a person leads back with a code', async () => {
  const verifier = 'v'.repeat(64)
  const challenge = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(verifier))).toString('base64url')
  const jar = new Map<string, string>()
  const go = async (url: string, init: RequestInit = {}) => {
    const answer = await fetch(new URL(url, issuer.url), {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as Record<string, string>), cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair] = cookie.split(';')
      const at = pair!.indexOf('=')
      jar.set(pair!.slice(0, at), pair!.slice(at + 1))
    }
    return answer
  }
  const query = new URLSearchParams({
    client_id: 'tirek-web',
    response_type: 'code',
    redirect_uri: 'http://localhost:3000/auth/callback',
    scope: 'openid profile',
    state: 's',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const page = (await go(`/auth?${query}`)).headers.get('location')!
  const shown = await (await go(page)).text()
  expect(shown).toContain('worker1')
  expect(shown).toContain('социальный работник')
  let at = (await go(page, { method: 'POST', body: new URLSearchParams({ login: 'worker1' }) })).headers.get('location')!
  for (let hops = 0; hops < 5 && !at.startsWith('http://localhost:3000'); hops++) at = (await go(at)).headers.get('location')!
  const code = new URL(at).searchParams.get('code')!
  const token = await fetch(`${issuer.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'tirek-web',
      code,
      redirect_uri: 'http://localhost:3000/auth/callback',
      code_verifier: verifier,
    }),
  })
  const tokens = (await token.json()) as { access_token: string; id_token: string }
  expect(decodeJwt(tokens.access_token)).toMatchObject({ login: 'worker1', role: 'social-worker', aud: 'tirek', locale: 'kk' })
  expect((await ask(tokens.access_token, 'GET', '/api/me')).body.login).toBe('worker1')
})

test('RT-10: a person reads all that the directory holds on them, and nothing of anybody else; a new table with people in it is told or named here', async () => {
  const admin = await signIn('admin')
  const { body, status } = await ask(admin, 'GET', '/api/me/export')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    format: 'tirek-person-1',
    person: { login: 'admin' },
    absences: [],
    duty: [],
    changedByOthers: expect.any(Array),
    markedAddresses: [],
  })
  expect(body.done.map((row: { what: string }) => row.what)).toContain('person-added')
  expect(body.done.every((row: object) => !('who' in row))).toBe(true)
  expect((await ask('no-token', 'GET', '/api/me/export')).status).toBe(401)

  const client = new pg.Client({ connectionString: postgres.adminUrl })
  await client.connect()
  const { rows } = await client.query(
    `SELECT DISTINCT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'directory' AND t.table_type = 'BASE TABLE' AND c.column_name IN ('person', 'who', 'deputy', 'login', 'supervisor', 'head', 'next_in_line', 'marked_by') ORDER BY 1`,
  )
  await client.end()
  // Told: absence, agency_contact, change, duty, ended_session, person, trail. An organisation tells its posts to everybody; answers to repeated requests repeat what was asked.
  expect(rows.map(({ name }) => name)).toEqual([
    'absence',
    'agency_contact',
    'change',
    'duty',
    'ended_session',
    'idempotency',
    'organisation',
    'person',
    'trail',
  ])
})
