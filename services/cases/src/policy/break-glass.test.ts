/** AC-01, AC-02 over HTTP: a case of somebody else in danger to life, for an hour, told at once and reviewed. */
import { glassUntil, reviewDue } from '@tirek/procedure/access/terms'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'

let world: CasesWorld
let id: string
let number: string
const REASON = 'Соседи слышат крики ребенка прямо сейчас'

beforeAll(async () => {
  world = await CasesWorld.open()
  await world.add('dina', 'supervisor', world.organisation)
  await world.add('home', 'childrens-home-worker', world.organisation)
  for (const [login, supervisor] of [
    ['aigul', 'saule'],
    ['dana', 'dina'],
    ['saule', 'dina'],
  ] as const)
    await world.admin.query('UPDATE directory.person_view SET supervisor = $2 WHERE id = $1', [world.id(login), world.id(supervisor)])
  await world.admin.query('UPDATE directory.organisation_view SET head = $2 WHERE id = $1', [world.organisation, world.id('nurlan')])
  for (const login of ['aigul', 'dana', 'erlan', 'dina', 'saule', 'astana', 'admin', 'audit', 'home', 'medet']) await freshly(login)
  id = await world.caseWithPlan()
  number = (await world.ask('aigul', 'GET', `/api/cases/${id}`)).body.summary.number
})
afterAll(() => world?.close())

async function freshly(login: string, signedInAt = Date.now()): Promise<void> {
  const person = world.people.get(login)!
  person.token = await world.issuer.tokenFor({ ...person, signedInAt })
}
const open = (login: string, more: object = {}) => world.ask(login, 'POST', '/api/break-glass', { number, reason: REASON, ...more })
const status = async (login: string) => (await world.ask(login, 'GET', `/api/cases/${id}`)).status
const openings = () => world.rows(`SELECT * FROM cases.access WHERE case_id = $1 AND relation = 'break-glass' ORDER BY from_at`, [id])
const list = async (login: string, reviewed = false) => (await world.ask(login, 'GET', `/api/break-glass?reviewed=${reviewed}`)).body.items

test('the register says that there is a case, and no more', async () => {
  const { body } = await world.ask('dana', 'GET', `/api/register?query=${number}`)
  expect(body.items[0]).toMatchObject({ number, mayOpen: false, manager: world.id('aigul') })
  expect(body.items[0].caseId).toBeUndefined()
})

test('only who works with cases, in their own organisation, with a reason in words, freshly signed in', async () => {
  for (const login of ['admin', 'audit', 'home']) expect((await open(login)).status, login).toBe(403)
  expect(await open('astana')).toMatchObject({ status: 404 })
  expect(await open('dana', { number: 'ALM-2026-9999' })).toMatchObject({ status: 404 })
  for (const reason of ['', '   ', 'x'.repeat(19), ` ${'x'.repeat(19)} `])
    expect(await open('dana', { reason })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/reason' }] } })
  expect((await open('dana', { reason: 'x'.repeat(19) })).body.errors[0]).toMatchObject({ code: 'reason-short', rule: 'AC-01' })
  await freshly('dana', Date.now() - 11 * 60_000)
  expect(await open('dana')).toMatchObject({ status: 403, body: { code: 'sign-in-again' } })
  await freshly('dana')
  expect(await openings()).toEqual([])
})

test('it opens whole for the minutes of the rules row, is told at once, and a second time changes nothing', async () => {
  expect(await status('dana')).toBe(404)
  const at = world.clock.now()
  const answers = await Promise.all([open('dana'), open('dana'), open('dana', { number: number.toLowerCase() })])
  for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { caseId: id, until: at + 3_600_000 } })
  expect(glassUntil(at)).toBe(at + 3_600_000)
  expect(await openings()).toHaveLength(1)
  expect((await openings())[0]).toMatchObject({ person: world.id('dana'), reason: REASON, of_organisation: world.organisation })
  const page = await world.ask('dana', 'GET', `/api/cases/${id}`)
  expect(page.status).toBe(200)
  expect((await world.ask('dana', 'GET', `/api/cases/${id}/child`)).status).toBe(200)
  expect((await world.tryAct('dana', id, 'plan-signed', {}, { version: 9_999 })).status).not.toBe(200)
  await world.act('dana', id, 'contact-made', { by: 'home-visit', childSeen: true, signsOfCruelty: false, found: 'кричал' })
  expect((await world.ask('aigul', 'GET', `/api/cases/${id}/access`)).body.openings).toEqual([
    { person: world.id('dana'), name: 'dana', from: at, until: at + 3_600_000 },
  ])

  await world.deliver()
  const told = world.notices.filter(({ event }) => event === 'glass-broken')
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({
    urgent: true,
    sendAt: at,
    rule: 'AC-01',
    people: { caseManager: world.id('aigul') },
    steps: [{ whom: ['case-manager', 'supervisor'] }],
  })
  expect(JSON.stringify(told)).not.toContain('крики')
  const trail = await world.rows(
    `SELECT who, why, outcome FROM cases.trail WHERE what = 'broke-glass' AND outcome = 'done' AND case_id = $1`,
    [id],
  )
  expect(trail.length).toBeGreaterThanOrEqual(1)
  expect(trail[0]).toMatchObject({ who: world.id('dana'), why: 'break-glass' })

  for (const [moment, expected] of [
    [at + 3_599_999, 200],
    [at + 3_600_000, 404],
    [at + 3_600_001, 404],
  ] as const) {
    world.clock.set(moment)
    expect(await status('dana'), String(moment - at)).toBe(expected)
  }
  expect((await world.tryAct('dana', id, 'noted', { what: 'visitor', text: 'x' })).status).toBe(404)
  // Over, so it may be opened anew: a row and a notice of its own.
  expect((await open('dana')).body.until).toBe(world.clock.now() + 3_600_000)
  expect(await openings()).toHaveLength(2)
})

test('who may open the case anyway breaks nothing', async () => {
  for (const login of ['aigul', 'saule']) expect(await open(login)).toMatchObject({ status: 200, body: { caseId: id } })
  expect((await open('aigul')).body.until).toBeUndefined()
  expect(await openings()).toHaveLength(2)
})

test('auditor and supervisors of the team see openings until one is reviewed; never by who opened the case; late after a day', async () => {
  const [first] = await openings()
  const waiting = await list('audit')
  expect(waiting).toHaveLength(2)
  expect(waiting[0]).toMatchObject({ id: first!['id'], number, person: world.id('dana'), name: 'dana', reason: REASON, late: false })
  // dina supervises who opened it, saule who leads it.
  expect(await list('dina')).toHaveLength(2)
  expect(await list('saule')).toHaveLength(2)
  for (const login of ['dana', 'aigul', 'admin', 'nurlan', 'medet'])
    expect((await world.ask(login, 'GET', '/api/break-glass')).status, login).toBe(403)

  const review = (login: string, of: string, form: object = {}) =>
    world.ask(login, 'POST', `/api/break-glass/${of}/review`, { conclusion: 'justified', words: 'Ребенок был один', ...form })
  expect((await review('aigul', first!['id'])).status).toBe(403)
  expect((await review('audit', id)).status).toBe(404)
  expect((await review('audit', first!['id'], { conclusion: 'maybe' })).status).toBe(400)

  const at = Number(first!['from_at'])
  for (const [moment, late] of [
    [reviewDue(at) - 1, false],
    [reviewDue(at), true],
    [reviewDue(at) + 1, true],
  ] as const) {
    world.clock.set(moment)
    expect((await list('audit'))[0].late, String(moment - at)).toBe(late)
  }
  const both = await Promise.all([review('audit', first!['id']), review('dina', first!['id'])])
  expect(both.map((one) => one.status).toSorted()).toEqual([204, 409])
  expect(both.find((one) => one.status === 409)!.body).toMatchObject({ code: 'reviewed-already', rule: 'AC-02' })
  expect(await list('audit')).toHaveLength(1)
  expect(await list('audit', true)).toMatchObject([
    { id: first!['id'], late: false, review: { conclusion: 'justified', words: 'Ребенок был один' } },
  ])
})

test('a supervisor does not review their own opening', async () => {
  await freshly('dina')
  expect((await open('dina')).body.until).toBeDefined()
  const mine = (await list('dina')).find((one: any) => one.person === world.id('dina'))
  expect(await world.ask('dina', 'POST', `/api/break-glass/${mine.id}/review`, { conclusion: 'justified', words: 'сама' })).toMatchObject({
    status: 403,
    body: { code: 'not-your-own' },
  })
  expect(
    (await world.ask('saule', 'POST', `/api/break-glass/${mine.id}/review`, { conclusion: 'not-justified', words: 'не было опасности' }))
      .status,
  ).toBe(204)
})

test('the second wall: no opening is given to another, and none is reviewed in the name of another', async () => {
  const { Database } = await import('@tirek/platform/database')
  const db = await Database.open(world.postgres.urlOf('tirek_cases'), 'wall', 2)
  const as = db.as({ 'tirek.person': world.id('erlan'), 'tirek.organisation': world.organisation, 'tirek.now': String(world.clock.now()) })
  const insert = `INSERT INTO cases.access (id, case_id, relation, person, from_at, given_by, of_organisation) VALUES (gen_random_uuid(), $1, 'break-glass', $2, 1, $3, $4)`
  await expect(as.query(insert, [id, world.id('erlan'), world.id('aigul'), world.organisation])).rejects.toThrow(/row-level security/)
  const [row] = await openings()
  await expect(
    as.query(`INSERT INTO cases.break_glass_review VALUES ($1, $2, 1, 'justified', 'x')`, [row!['id'], world.id('aigul')]),
  ).rejects.toThrow(/row-level security/)
  await expect(as.query('SELECT * FROM cases.break_glass_review')).rejects.toThrow(/permission denied/)
  await expect(db.query('SELECT * FROM cases.offered_files()')).resolves.toEqual([])
  await db.close()
})
