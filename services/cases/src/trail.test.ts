/** The trail of the cases service: who, what, why, from where; nothing is answered without its row; no role can change one. */
import { fromHeader } from '@tirek/platform/from-where'
import { scratchKeyOf } from '@tirek/platform/scratch-service-keys'
import { ownKeyFrom } from '@tirek/platform/service-tokens'
import { hashOfRow, type StoredRow } from '@tirek/platform/trail-hash'
import { insertTrail } from '@tirek/platform/trail-sql'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from './cases.fixture.ts'
import { MIGRATIONS } from './migrations.ts'

const WEB_KEY = ownKeyFrom(scratchKeyOf('web'))
let world: CasesWorld
beforeAll(async () => {
  world = await CasesWorld.open()
})
afterAll(async () => {
  await world?.close()
})

const rowsOf = (where: string, values: unknown[] = []) =>
  world.rows<StoredRow>(
    `SELECT *, encode(prev, 'hex') AS prev, encode(hash, 'hex') AS hash FROM cases.trail WHERE ${where} ORDER BY n`,
    values,
  )

test('the row of an act says who, what, why, which act, from where, and links to the one before', async () => {
  const request = randomUUID()
  const { summary } = await world.register('aigul')
  const { status } = await world.ask('aigul', 'GET', `/api/cases/${summary.id}/deadlines`, undefined, {
    'x-request-id': request,
    'x-tirek-from': fromHeader(WEB_KEY, request, '::ffff:203.0.113.9'),
  })
  expect(status).toBe(200)
  const [first, second, ...none] = await rowsOf('chain = $1', [summary.id])
  const [act] = await world.rows('SELECT id FROM cases.act WHERE case_id = $1', [summary.id])
  expect(none).toEqual([])
  expect(first).toMatchObject({
    n: 1,
    who: world.id('aigul'),
    organisation: world.organisation,
    about: act!['id'],
    from_where: '127.0.0.1',
    prev: '0'.repeat(64),
  })
  expect(second).toMatchObject({
    n: 2,
    what: 'read-deadlines',
    why: 'manager',
    request,
    from_where: '203.0.113.9',
    prev: first!.hash,
    at: world.clock.now(),
  })
  for (const row of [first!, second!]) expect(hashOfRow('cases', row, row.prev)).toBe(row.hash)
  expect(await world.rows(`SELECT n, encode(hash, 'hex') AS hash FROM cases.trail_head WHERE chain = $1`, [summary.id])).toEqual([
    { n: 2, hash: second!.hash },
  ])
})

test('an address that our web server did not sign is not believed', async () => {
  const { summary } = await world.register('aigul')
  const request = randomUUID()
  const spoofed: Record<string, string>[] = [
    { 'x-forwarded-for': '203.0.113.1' },
    { 'x-tirek-from': '203.0.113.2 AAAA' },
    { 'x-tirek-from': fromHeader(ownKeyFrom(scratchKeyOf('notifications')), request, '203.0.113.3'), 'x-request-id': request },
    { 'x-tirek-from': fromHeader(WEB_KEY, randomUUID(), '203.0.113.4'), 'x-request-id': request },
    { 'x-tirek-from': fromHeader(WEB_KEY, request, 'no address'), 'x-request-id': request },
  ]
  for (const headers of spoofed) await world.ask('aigul', 'GET', `/api/cases/${summary.id}`, undefined, headers)
  const rows = await rowsOf('chain = $1', [summary.id])
  expect(rows.map((row) => row.from_where)).toEqual(Array.from({ length: 6 }, () => '127.0.0.1'))
})

test('refusals are recorded: a hidden case, a role without the right, a stale version, with the code as the reason', async () => {
  const { summary } = await world.register('aigul')
  expect((await world.ask('astana', 'GET', `/api/cases/${summary.id}`)).status).toBe(404)
  expect((await world.ask('audit', 'GET', `/api/cases/${summary.id}/child`)).status).toBe(403)
  expect((await world.tryAct('aigul', summary.id, 'noted', { what: 'sheet-given', text: 'y' }, { version: 7 })).status).toBe(409)
  expect((await rowsOf(`chain = $1 AND outcome = 'refused'`, [summary.id])).map(({ who, what, why }) => ({ who, what, why }))).toEqual([
    { who: world.id('astana'), what: 'read', why: 'not-found' },
    { who: world.id('audit'), what: 'read-name', why: 'not-allowed' },
    { who: world.id('aigul'), what: 'noted', why: 'stale' },
  ])
})

test('ids that are of no case make no chains: what is refused on them stands in the chain of who asked, with the id', async () => {
  await world.add('prober', 'social-worker', world.organisation)
  await world.ask('prober', 'GET', '/api/worklist')
  const chains = () => world.one('SELECT count(*)::int AS n FROM cases.trail_head')
  const before = await chains()
  const invented = [...Array.from({ length: 20 }, () => randomUUID()), world.id('saule')]
  for (const id of invented) {
    expect((await world.ask('prober', 'GET', `/api/cases/${id}/child`)).status).toBe(404)
    expect((await world.ask('audit', 'GET', `/api/cases/${id}`)).status).toBe(403)
    expect((await world.ask('prober', 'POST', `/api/cases/${id}/acts/noted`, noted)).status).toBe(404)
  }
  const { n } = await chains()
  // The auditor may have had none before.
  expect(n - before['n']).toBeLessThanOrEqual(1)
  for (const [login, what] of [
    ['prober', 'read-name'],
    ['prober', 'noted'],
    ['audit', 'read'],
  ] as const) {
    const rows = await rowsOf(`chain = $1 AND what = $2 AND outcome = 'refused' AND case_id IS NULL`, [world.id(login), what])
    expect(rows.map((row) => row.about)).toEqual(expect.arrayContaining(invented))
  }
})
const noted = { happenedAt: '2026-11-24T09:00:00+05:00', version: 1, form: { what: 'sheet-given', text: 'y' } }

test('one form for several cases that is refused on one of them: the row stands in the chain of that one', async () => {
  const register = async (login: string) =>
    (await world.register(login, { anotherChild: true, criteria: ['H1'], level: 'high' })).summary.id as string
  const [own, foreign] = [await register('aigul'), await register('astana')]
  const evidence = {
    hour: 0,
    measuresAgreed: { at: world.at(), by: 'Супервизор' },
    lawEnforcement: { at: world.at(), reference: '1' },
    juvenileInspection: { at: world.at(), reference: '2' },
  }
  const refused = async (id: string) =>
    (await rowsOf(`chain = $1 AND outcome = 'refused'`, [id])).map(({ who, what, why }) => ({ who, what, why }))
  const answer = await world.tryAct('aigul', own, 'urgent-measures-evidenced', evidence, { alsoFor: [{ caseId: foreign, hour: 0 }] })
  expect(answer.status).toBe(404)
  expect(await refused(foreign)).toEqual([{ who: world.id('aigul'), what: 'urgent-measures-evidenced', why: 'not-found' }])
  expect(await refused(own)).toEqual([])
  // And when it is the first that is refused.
  expect(
    (await world.tryAct('aigul', foreign, 'urgent-measures-evidenced', evidence, { alsoFor: [{ caseId: own, hour: 0 }] })).status,
  ).toBe(404)
  expect(await refused(foreign)).toHaveLength(2)
  expect(await refused(own)).toEqual([])
})

test('names that the register shows are rows of the cases they belong to', async () => {
  const name = `Сауле Редкая ${randomUUID().slice(0, 4)}`
  const { summary } = await world.register('aigul', { child: { name, birthDate: '2024-01-05', sex: 'female' } })
  const found = await world.ask('dana', 'GET', `/api/register?query=${encodeURIComponent(name)}`)
  expect(found.body.items.map((hit: { number: string }) => hit.number)).toContain(summary.number)
  const twin = await world.ask(
    'erlan',
    'POST',
    '/api/cases',
    world.helpRequest({ child: { name, birthDate: '2024-01-05', sex: 'female' } }),
  )
  expect(twin.status).toBe(409)
  expect((await rowsOf(`chain = $1 AND what = 'seen-in-register'`, [summary.id])).map((row) => row.who)).toEqual([
    world.id('dana'),
    world.id('erlan'),
  ])
})

test('every route of the service leaves a row, also those that write none themselves; an answer given again is one more', async () => {
  await world.add('karlygash', 'supervisor', world.organisation)
  const key = randomUUID()
  const form = world.helpRequest()
  const first = await world.ask('saule', 'POST', '/api/cases', form, { 'idempotency-key': key })
  expect((await world.ask('saule', 'POST', '/api/cases', form, { 'idempotency-key': key })).body).toEqual(first.body)
  expect((await rowsOf('chain = $1', [first.body.summary.id])).map((row) => row.what)).toEqual([
    'help-request-registered',
    'read-answer-again',
  ])
  const edition = (await world.ask('karlygash', 'GET', '/api/editions')).body.items[0].id
  const paths = [
    '/api/cases',
    '/api/worklist',
    '/api/worklist/team',
    '/api/caseload',
    `/api/editions/${edition}/acquaintance`,
    '/api/journals/visitors',
    '/api/register?query=abc',
  ]
  for (const path of paths) expect((await world.ask('karlygash', 'GET', path)).status, path).toBe(200)
  await world.ask('karlygash', 'POST', `/api/editions/${edition}/acquaintance`)
  await world.ask('karlygash', 'POST', `/api/editions/${edition}/preview`)
  expect((await rowsOf('chain = $1', [world.id('karlygash')])).map((row) => row.what)).toEqual([
    'read-cases',
    'read-work-list-mine',
    'read-work-list-team',
    'read-caseload',
    'read-acquaintance',
    'read-journal-visitors',
    'searched',
    'acquainted-with-edition',
    'previewed-edition',
  ])
})

test('no row, no act, no content: when the trail cannot be written, 503 and nothing is saved', async () => {
  const { summary } = await world.register('aigul')
  await world.admin.query('REVOKE INSERT ON cases.trail FROM tirek_cases')
  try {
    const before = await world.one('SELECT count(*) AS n FROM cases.act')
    const reading = await world.ask('aigul', 'GET', `/api/cases/${summary.id}`)
    expect(reading).toMatchObject({ status: 503, body: { code: 'unavailable' } })
    expect(reading.body.summary).toBeUndefined()
    expect((await world.ask('aigul', 'POST', '/api/cases', world.helpRequest())).status).toBe(503)
    expect((await world.ask('aigul', 'GET', '/api/register?query=abc')).status).toBe(503)
    expect((await world.ask('astana', 'GET', `/api/cases/${summary.id}`)).status).toBe(503)
    expect(await world.one('SELECT count(*) AS n FROM cases.act')).toEqual(before)
  } finally {
    await world.admin.query(
      'GRANT INSERT (at, who, role, organisation, what, why, case_id, about, request, from_where, outcome) ON cases.trail TO tirek_cases',
    )
  }
  expect((await world.ask('aigul', 'GET', `/api/cases/${summary.id}`)).status).toBe(200)
})

test('the service may add rows and read them, and nothing else; not even the superuser changes one by mistake', async () => {
  const client = new pg.Client({ connectionString: world.postgres.urlOf('tirek_cases') })
  await client.connect()
  for (const sql of [
    `UPDATE cases.trail SET what = 'x'`,
    'DELETE FROM cases.trail',
    'TRUNCATE cases.trail',
    `UPDATE cases.trail_head SET n = 1`,
    'DELETE FROM cases.trail_head',
    `INSERT INTO cases.trail_head VALUES (gen_random_uuid(), 1, '')`,
    `INSERT INTO cases.trail (at, who, role, what, n) VALUES (1, gen_random_uuid(), 'x', 'x', 7)`,
    `INSERT INTO cases.trail (at, who, role, what, hash) VALUES (1, gen_random_uuid(), 'x', 'x', '')`,
  ])
    await expect(client.query(sql), sql).rejects.toThrow('permission denied')
  await client.end()
  for (const sql of [`UPDATE cases.trail SET what = 'x'`, 'DELETE FROM cases.trail', 'TRUNCATE cases.trail'])
    await expect(world.admin.query(sql), sql).rejects.toThrow('rows of the trail stay')
})

test('many at once on the same cases: no deadlock, numbers without gaps', async () => {
  const ids = await Promise.all(Array.from({ length: 4 }, async () => (await world.register('aigul')).summary.id as string))
  const pool = new pg.Pool({ connectionString: world.postgres.urlOf('tirek_cases'), max: 12 })
  const insert = insertTrail('cases', '$1::jsonb')
  await Promise.all(
    Array.from({ length: 200 }, (_, n) => {
      // In another order each time, as lists come.
      const order = [...ids, ...ids].slice(n % 4, (n % 4) + 4)
      const who = [world.id('aigul'), world.id('saule')][n % 2]
      return pool.query(insert, [
        JSON.stringify([...order, null].map((case_id) => ({ at: 1, who, role: 'x', what: 'x', case_id, outcome: 'done' }))),
      ])
    }),
  )
  await pool.end()
  for (const id of ids) expect((await rowsOf('chain = $1', [id])).map((row) => row.n)).toEqual(Array.from({ length: 201 }, (_, n) => n + 1))
})

test('rows of an older release are moved into the trail in their order', async () => {
  const name = 'older'
  const url = new URL(world.postgres.adminUrl)
  await world.admin.query(`CREATE DATABASE ${name} TEMPLATE template0`)
  url.pathname = `/${name}`
  const old = new pg.Client({ connectionString: url.href })
  await old.connect()
  const apply = async (migration: string) => {
    await old.query('SET search_path TO cases, public')
    await old.query(MIGRATIONS.find((one) => one.name === migration)!.sql)
  }
  await old.query('CREATE SCHEMA cases; CREATE TABLE cases.migration (name text)')
  await apply('0001-cases')
  const [who, case_id] = [randomUUID(), randomUUID()]
  for (const what of ['help-request-registered', 'read', 'noted'])
    await old.query('INSERT INTO cases.audit (at, who, role, what, case_id, request) VALUES (5, $1, $2, $3, $4, $5)', [
      who,
      'medic',
      what,
      case_id,
      'r'.repeat(9),
    ])
  await old.query(`INSERT INTO cases.audit (at, who, role, what) VALUES (6, $1, 'medic', 'searched')`, [who])
  await apply('0003-trail')
  const { rows } = await old.query(
    `SELECT *, encode(prev, 'hex') AS prev, encode(hash, 'hex') AS hash FROM cases.trail t ORDER BY t.chain = $1, t.n`,
    [who],
  )
  expect(rows.map((row: StoredRow) => [row.what, row.n])).toEqual([
    ['help-request-registered', 1],
    ['read', 2],
    ['noted', 3],
    ['searched', 1],
  ])
  for (const row of rows as StoredRow[]) expect(hashOfRow('cases', row, row.prev)).toBe(row.hash)
  expect((await old.query(`SELECT to_regclass('cases.audit') AS gone`)).rows).toEqual([{ gone: null }])
  await old.end()
})
