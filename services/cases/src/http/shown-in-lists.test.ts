/** A list that shows something of a case is a reading of it: one row in the chain of each case a day, and one in the person's each time. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'

let world: CasesWorld
const ids: string[] = []
const LISTS = { 'read-cases': '/api/cases', 'read-work-list-mine': '/api/worklist', 'read-work-list-team': '/api/worklist/team' } as const
type List = keyof typeof LISTS

beforeAll(async () => {
  world = await CasesWorld.open()
  await world.add('deputy', 'social-worker', world.organisation)
  await world.admin.query('UPDATE directory.person_view SET supervisor = $2 WHERE id = $1', [world.id('aigul'), world.id('saule')])
  await world.admin.query(`INSERT INTO directory.absence_view VALUES ($1, '2026-11-20', '2026-12-24', $2)`, [
    world.id('aigul'),
    world.id('deputy'),
  ])
  for (let n = 0; n < 3; n++) {
    ids.push((await world.register('aigul', { anotherChild: true })).summary.id)
    world.pass(1)
  }
})
afterAll(() => world?.close())

const ask = async (login: string, list: List, query = '') => {
  const { status, body } = await world.ask(login, 'GET', `${LISTS[list]}${query}`)
  expect(status).toBe(200)
  return body.items as any[]
}
const rowsOf = (login: string, list: List) =>
  world.rows<{ case_id: string | null; why: string; at: number }>(
    'SELECT case_id, why, at::float8 AS at FROM cases.trail WHERE who = $1 AND what = $2 ORDER BY seq',
    [world.id(login), list],
  )
const ofCases = async (login: string, list: List) => (await rowsOf(login, list)).filter((row) => row.case_id !== null)

test('each list, by each relation: every case that was shown has its row, with why; looked at again there is no second one', async () => {
  for (const [login, list, why] of [
    ['aigul', 'read-cases', 'manager'],
    ['aigul', 'read-work-list-mine', 'manager'],
    ['deputy', 'read-cases', 'deputy'],
    ['deputy', 'read-work-list-mine', 'deputy'],
    ['saule', 'read-cases', 'team-supervisor'],
    ['saule', 'read-work-list-team', 'team-supervisor'],
    ['nurlan', 'read-work-list-team', 'organisation-lead'],
  ] as const) {
    const shown = new Set((await ask(login, list)).map((item) => item.id ?? item.caseId))
    expect([...shown].toSorted(), `${login} ${list}`).toEqual(ids.toSorted())
    for (let again = 0; again < 3; again++) {
      world.pass(0.5)
      await ask(login, list)
    }
    const cases = await ofCases(login, list)
    expect(cases.map((row) => row.case_id).toSorted(), `${login} ${list}`).toEqual(ids.toSorted())
    expect(new Set(cases.map((row) => row.why)), `${login} ${list}`).toEqual(new Set([why]))
    expect((await rowsOf(login, list)).filter((row) => row.case_id === null)).toHaveLength(4)
  }
})

test('whoever works with the case reads there who had it on a list', async () => {
  const { body } = await world.ask('aigul', 'GET', `/api/cases/${ids[0]}/readers?limit=100`)
  const shown = body.items.filter((item: any) => Object.keys(LISTS).includes(item.what))
  expect(shown.map((item: any) => [item.name, item.what]).toSorted()).toEqual(
    [
      ['aigul', 'read-cases'],
      ['aigul', 'read-work-list-mine'],
      ['deputy', 'read-cases'],
      ['deputy', 'read-work-list-mine'],
      ['nurlan', 'read-work-list-team'],
      ['saule', 'read-cases'],
      ['saule', 'read-work-list-team'],
    ].toSorted(),
  )
})

test('a case that a page did not show was not read; on its page it is', async () => {
  await ask('nurlan', 'read-cases', '?limit=1')
  expect((await ofCases('nurlan', 'read-cases')).map((row) => row.case_id)).toEqual([ids[2]])
  const first = await world.ask('nurlan', 'GET', '/api/cases?limit=1')
  await ask('nurlan', 'read-cases', `?limit=1&cursor=${first.body.next}`)
  expect((await ofCases('nurlan', 'read-cases')).map((row) => row.case_id)).toEqual([ids[2], ids[1]])
  const due = await ask('medet', 'read-cases')
  expect(due).toEqual([])
  expect(await rowsOf('medet', 'read-cases')).toMatchObject([{ case_id: null }])
})

test.each([
  ['2026-11-25', -1, 0],
  ['2026-11-26', 0, 1],
  ['2026-11-27', 1, 1],
])('a day begins at midnight here: of %s %i ms from it', async (day, off, rows) => {
  await world.admin.query(`UPDATE cases.seen_in_list SET day = $1::date - 1`, [day])
  world.clock.set(Date.parse(`${day}T00:00:00+05:00`) + off)
  const had = (await ofCases('aigul', 'read-cases')).length
  await ask('aigul', 'read-cases')
  await ask('aigul', 'read-cases')
  expect((await ofCases('aigul', 'read-cases')).length - had).toBe(rows * ids.length)
})

test('looked at again, nothing is written but one row of the person', async () => {
  await ask('aigul', 'read-work-list-mine')
  const written = () => world.rows('SELECT ctid::text, xmin::text, xmax::text FROM cases.seen_in_list ORDER BY ctid')
  const [seen, trail] = [await written(), await world.one('SELECT count(*)::int AS n FROM cases.trail')]
  for (let n = 0; n < 5; n++) await ask('aigul', 'read-work-list-mine')
  expect(await written()).toEqual(seen)
  expect(await world.one('SELECT count(*)::int AS n FROM cases.trail')).toEqual({ n: trail['n'] + 5 })
})

test('thirty looks at once on a new day: one row a case, no deadlock, the chains hold', async () => {
  await world.admin.query(`UPDATE cases.seen_in_list SET day = '2026-11-01'`)
  const before = (await ofCases('aigul', 'read-cases')).length + (await ofCases('saule', 'read-cases')).length
  await Promise.all(Array.from({ length: 30 }, (_, n) => ask(n % 2 ? 'aigul' : 'saule', 'read-cases', n % 3 ? '' : '?ended=false')))
  expect((await ofCases('aigul', 'read-cases')).length + (await ofCases('saule', 'read-cases')).length - before).toBe(2 * ids.length)
  for (const id of ids) {
    const chain = await world.rows<{ n: number }>('SELECT n::int AS n FROM cases.trail WHERE chain = $1 ORDER BY n', [id])
    expect(chain.map(({ n }) => n)).toEqual(chain.map((_, index) => index + 1))
  }
})

test('when the trail cannot be written the list is not answered, and the case counts as not seen', async () => {
  await world.admin.query(`UPDATE cases.seen_in_list SET day = '2026-11-01'`)
  await world.admin.query('REVOKE INSERT ON cases.trail FROM tirek_cases')
  try {
    for (const path of Object.values(LISTS)) expect((await world.ask('saule', 'GET', path)).status, path).toBe(503)
    expect(await world.rows(`SELECT 1 FROM cases.seen_in_list WHERE day > '2026-11-01'`)).toEqual([])
  } finally {
    await world.admin.query(
      'GRANT INSERT (at, who, role, organisation, what, why, case_id, about, request, from_where, outcome) ON cases.trail TO tirek_cases',
    )
  }
})
