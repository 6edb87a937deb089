/** Nobody reads the register through by searching: a limit, a row for the auditor, and whoever must save a request saves it. */
import { SEARCHES } from '@tirek/policy/searches'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { CasesWorld } from './cases.fixture.ts'

let world: CasesWorld
beforeAll(async () => {
  world = await CasesWorld.open()
})
afterAll(async () => {
  await world?.close()
})
/** A day later: nothing of the last test counts. */
beforeEach(() => world.pass(24 * 60))

const search = (login: string, headers = {}) => world.ask(login, 'GET', '/api/register?query=Nobody', undefined, headers)
/** Searches of this many ms ago, as the trail has them. */
const searched = (login: string, ago: number, times: number) =>
  world.rows(
    `INSERT INTO cases.trail (at, who, role, organisation, what, why) SELECT $1, $2, 'social-worker', $3, 'searched', 'register-of-organisation' FROM generate_series(1, $4)`,
    [world.clock.now() - ago, world.id(login), world.organisation, times],
  )
const alarms = () => world.rows(`SELECT who, case_id, about FROM cases.trail WHERE what = 'searched-much' ORDER BY seq`)

test('sixty in ten minutes, the next one waits; after a restart too; others search on', async () => {
  await searched('aigul', 0, SEARCHES.most - 1)
  expect((await search('aigul')).status).toBe(200)
  const refused = await search('aigul', { 'accept-language': 'kk' })
  expect(refused).toMatchObject({
    status: 429,
    body: { code: 'too-many-searches', title: 'Тіркелімнен іздеу тым жиі', retryAfter: 600, retryable: true },
  })
  expect(refused.body.next).toContain('10 мин')
  await search('aigul')
  await world.start()
  expect((await search('aigul')).status).toBe(429)
  expect((await search('dana')).status).toBe(200)
  const rows = await world.rows(`SELECT what, why FROM cases.trail WHERE who = $1 AND outcome = 'refused' AND what = 'searched'`, [
    world.id('aigul'),
  ])
  expect(rows).toEqual([{ what: 'searched', why: 'too-many-searches' }])
})

test.each([
  [SEARCHES.windowMs - 1, 429],
  [SEARCHES.windowMs, 200],
  [SEARCHES.windowMs + 1, 200],
])('sixty of %i ms ago: %i', async (ago, status) => {
  await searched('dana', ago, SEARCHES.most)
  expect((await search('dana')).status).toBe(status)
})

test('sent together they are counted one after the other', async () => {
  await searched('saule', 1, SEARCHES.most - 3)
  const together = await Promise.all(Array.from({ length: 8 }, () => search('saule')))
  expect(together.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 429, 429, 429, 429, 429])
})

test('the question before a case is opened counts too and then shows nobody; the request itself is saved', async () => {
  const known = { name: 'Бақытова Дана', birthDate: '2024-02-02', sex: 'female' as const }
  await world.register('dana', { child: known })
  const ask = (form = {}) => world.ask('aigul', 'POST', '/api/cases', world.helpRequest({ child: known, ...form }))
  await searched('aigul', 0, SEARCHES.most - 1)
  const shown = await ask()
  expect([shown.status, shown.body.code, shown.body.similar.length]).toEqual([409, 'similar-found', 1])
  expect((await search('aigul')).status).toBe(429)
  const hidden = await ask()
  expect([hidden.status, hidden.body.code, hidden.body.similar]).toEqual([409, 'similar-found', []])
  expect((await ask({ anotherChild: true })).status).toBe(201)
  expect((await ask({ criteria: ['H1'], level: 'high' })).status).toBe(201)
  await world.register('aigul')
})

test('more than two hundred on a day of Kazakhstan: one row, found by the auditor, without anything of a child', async () => {
  const before = (await alarms()).length
  const midnight = Date.parse('2027-01-10T00:00:00+05:00')
  world.clock.set(midnight + 3 * 3_600_000)
  // Of yesterday's last millisecond nothing counts today.
  await searched('aigul', 3 * 3_600_000 + 1, 50)
  await searched('aigul', 3 * 3_600_000, SEARCHES.usualADay - 1)
  expect((await search('aigul')).status).toBe(200)
  expect(await alarms()).toHaveLength(before)
  for (let n = 0; n < 3; n++) expect((await search('aigul')).status).toBe(200)
  expect((await alarms()).slice(before)).toEqual([{ who: world.id('aigul'), case_id: null, about: null }])
  const { body } = await world.ask('audit', 'GET', `/api/trail?what=searched-much&person=aigul&from=${encodeURIComponent(world.at(-1))}`)
  expect(body.items).toHaveLength(1)
  expect(body.items[0]).toMatchObject({ login: 'aigul', whatText: { en: 'more searches of the register on one day than usual' } })
  // The next day it is told anew.
  world.pass(24 * 60)
  await searched('aigul', 3_600_000, SEARCHES.usualADay)
  await search('aigul')
  expect(await alarms()).toHaveLength(before + 2)
})
