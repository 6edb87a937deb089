/** What supervisors see of their team, and administrators of the running: over HTTP, on a real Postgres. */
import { FIGURES } from '@tirek/contract/system'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'

let world: CasesWorld
let led: string
const NAME = 'Секретова Алия Марковна'

beforeAll(async () => {
  world = await CasesWorld.open()
  await world.add('dina', 'supervisor', world.organisation)
  const supervises = (login: string, supervisor: string) =>
    world.admin.query('UPDATE directory.person_view SET supervisor = $2 WHERE id = $1', [world.id(login), world.id(supervisor)])
  for (const login of ['aigul', 'saule', 'dina']) await supervises(login, 'saule')
  await supervises('dana', 'dina')
  await world.admin.query('UPDATE directory.organisation_view SET head = $2 WHERE id = $1', [world.organisation, world.id('nurlan')])
  led = await world.caseWithPlan('aigul')
})
afterAll(() => world?.close())

const team = async (login: string) => (await world.ask(login, 'GET', '/api/team')).body
const workerOf = (board: any, login: string) => board.workers.find((one: any) => one.person === world.id(login))

test('the board shows the own team, the head the organisation; cases against the norm of the organisation', async () => {
  const [saule, dina, nurlan] = [await team('saule'), await team('dina'), await team('nurlan')]
  expect(saule).toMatchObject({ least: 10, most: 30 })
  expect(saule.ends).toEqual(['2026-11-29', '2026-12-06', '2026-12-13', '2026-12-20'])
  expect(workerOf(saule, 'dana')).toBeUndefined()
  expect(workerOf(dina, 'aigul')).toBeUndefined()
  // A worker without a case is not forgotten.
  expect(workerOf(dina, 'dana')).toMatchObject({ active: 0, overdue: 0 })
  expect(workerOf(nurlan, 'aigul')).toBeDefined()
  expect(workerOf(nurlan, 'dana')).toBeDefined()
  const counted = workerOf(saule, 'aigul').weeks.reduce(
    (sum: number, week: any) => sum + week.contacts + week.reviews + week.assessments + week.others,
    0,
  )
  expect(counted).toBeGreaterThan(0)
})

test('CP-64: what nobody leads is counted and named, and opened only by who may; so is what stands under somebody who left', async () => {
  const before = await team('saule')
  const { summary } = await world.register('erlan', { child: { name: NAME, birthDate: '2024-03-05', sex: 'female' } })
  const { unowned } = await team('saule')
  expect(unowned.count).toBe(before.unowned.count + 1)
  expect(unowned.items.find((one: any) => one.number === summary.number)).toMatchObject({ why: 'nobody' })
  expect(JSON.stringify(await team('saule'))).not.toContain(NAME)
  await world.act('nurlan', summary.id, 'assigned', { manager: world.id('dana') })
  expect((await team('saule')).unowned.items.some((one: any) => one.number === summary.number)).toBe(false)
  await world.admin.query('UPDATE directory.person_view SET active = false WHERE id = $1', [world.id('dana')])
  const gone = (await team('saule')).unowned.items.find((one: any) => one.number === summary.number)
  // Not of saule's team: she sees that it is there, and the head may open it.
  expect(gone).toEqual({ number: summary.number, openedAt: summary.openedAt, why: 'gone' })
  expect((await team('nurlan')).unowned.items.find((one: any) => one.number === summary.number)).toMatchObject({ caseId: summary.id })
  await world.admin.query('UPDATE directory.person_view SET active = true WHERE id = $1', [world.id('dana')])
  // Another organisation's is nobody's business here.
  await world.register('astana')
  expect((await team('saule')).unowned.items.every((one: any) => one.number.startsWith('ALM'))).toBe(true)
})

test('a closure waits with what was asked before and why that was returned; a changed plan with the one before it', async () => {
  const ask = (notes: string) =>
    world.act('aigul', led, 'closure-asked', { end: 'family-refused', criteria: [], document: 'Заявление семьи', notes })
  await ask('Первое обоснование')
  await world.act('saule', led, 'closure-decided', { approved: false, reason: 'Нет сведений о жилье' })
  world.pass(1)
  await ask('Второе обоснование')
  const closures = async (login: string) => {
    const { status, body } = await world.ask(login, 'GET', '/api/approvals')
    expect(status, JSON.stringify(body)).toBe(200)
    return body.items.filter((one: any) => one.kind === 'closure')
  }
  expect(await closures('saule')).toMatchObject([
    {
      caseId: led,
      deadline: { row: 'closure-approval', act: 'closure-decided' },
      now: { form: { notes: 'Второе обоснование' }, by: world.id('aigul') },
      before: { form: { notes: 'Первое обоснование' } },
      returned: { reason: 'Нет сведений о жилье', by: world.id('saule') },
    },
  ])
  expect(await closures('nurlan')).toHaveLength(1)
  // Of another team.
  expect(await closures('dina')).toEqual([])
  await world.act('aigul', led, 'plan-signed', {
    planVersion: 2,
    needs: [{ kind: 'family', text: 'Жилье и работа' }],
    measures: [{ id: randomUUID(), action: 'Найти жилье', due: '2026-12-20', responsible: 'family' }],
  })
  const plans = (await world.ask('saule', 'GET', '/api/approvals')).body.items.filter((one: any) => one.kind === 'plan')
  expect(plans).toMatchObject([{ caseId: led, now: { form: { planVersion: 2 } }, before: { form: { planVersion: 1 } } }])
  // Who leads the organisation decides on closures and reads no plans.
  expect((await world.ask('nurlan', 'GET', '/api/approvals')).body.items.some((one: any) => one.kind === 'plan')).toBe(false)
})

test('the list of what waits is recorded as a reading of each case', async () => {
  await world.ask('saule', 'GET', '/api/approvals')
  const rows = await world.rows(
    `SELECT DISTINCT case_id FROM cases.trail WHERE what = 'read-approvals' AND who = $1 AND case_id IS NOT NULL`,
    [world.id('saule')],
  )
  expect(rows.map((row) => row['case_id'])).toEqual([led])
})

test('administrators see ids, rules and numbers of what runs, and nothing of a case', async () => {
  const marina = (
    await world.register('aigul', {
      child: { name: NAME, birthDate: '2024-03-05', sex: 'female' },
      criteria: ['H1'],
      level: 'high',
      anotherChild: true,
    })
  ).summary.id
  const running = async (query = '') => {
    const { status, body } = await world.ask('admin', 'GET', `/api/running${query}`)
    expect(status, JSON.stringify(body)).toBe(200)
    return body
  }
  const all = await running()
  const ours = all.items.filter((one: any) => one.workflow.includes(marina))
  expect(ours.map((one: any) => [one.workflow, one.kind, one.state])).toEqual(
    expect.arrayContaining([
      [`case/${marina}`, 'case', 'in-step'],
      [`case/${marina}/urgent/0`, 'hour', 'in-step'],
    ]),
  )
  expect(Object.keys(ours[0]).toSorted()).toEqual(
    expect.arrayContaining(['kind', 'late', 'number', 'openDeadlines', 'organisation', 'rules', 'state', 'workflow']),
  )
  for (const text of [NAME, 'Соседи', world.id('aigul'), 'high']) expect(JSON.stringify(all)).not.toContain(text)
  // Two minutes on nobody has told Temporal of it: its workflow is missing. An hour on it is late by the second.
  world.pass(3)
  expect((await running(`?state=missing`)).items.some((one: any) => one.workflow === `case/${marina}`)).toBe(true)
  world.pass(57)
  const hour = (body: any) => body.items.find((one: any) => one.workflow === `case/${marina}/urgent/0`)
  expect(hour(await running('?kind=hour'))).toMatchObject({ late: 0, rules: ['CP-10'] })
  world.clock.set(world.clock.now() + 1)
  expect(hour(await running('?kind=hour&late=true'))).toMatchObject({ late: 1, lateSince: world.clock.now() - 1 })
  expect((await running('?rule=CP-10')).items.every((one: any) => one.rules.includes('CP-10'))).toBe(true)
  // The latest come first, page by page, each once.
  const paged: string[] = []
  for (let cursor = ''; ;) {
    const page = await running(`?limit=2${cursor}`)
    paged.push(...page.items.map((one: any) => one.workflow))
    if (!page.next) break
    cursor = `&cursor=${page.next}`
  }
  expect(new Set(paged).size).toBe(paged.length)
  expect(paged).toHaveLength((await running('?limit=200')).counts.all)
  expect(paged[0]).toBe(`case/${marina}/urgent/0`)
})

test('the functions behind it give nothing to who is no administrator', async () => {
  const client = await world.admin.connect()
  try {
    await client.query('BEGIN; SET LOCAL ROLE tirek_cases')
    expect((await client.query('SELECT * FROM cases.running_cases(0)')).rows).toEqual([])
    expect((await client.query(`SELECT * FROM cases.facts_to_count('00000000-0000-0000-0000-000000000000', 10)`)).rows).toEqual([])
    await client.query(`SELECT set_config('tirek.organisation', $1, true)`, [world.organisation])
    expect((await client.query(`SELECT * FROM cases.unowned_cases('{}')`)).rows).toEqual([])
    await client.query(`SELECT set_config('tirek.administers', 'on', true)`)
    expect((await client.query('SELECT * FROM cases.running_cases(0)')).rows.length).toBeGreaterThan(0)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
})

test('CP-90: administrators get numbers of an edition by organisation, page by page', async () => {
  const [{ id: edition }] = (await world.ask('admin', 'GET', '/api/editions')).body.items
  const open = await world.rows('SELECT organisation, count(*)::int AS n FROM cases."case" WHERE NOT ended GROUP BY organisation')
  const counted = new Map<string, number>()
  for (let after = ''; ;) {
    const { status, body } = await world.ask('admin', 'POST', `/api/editions/${edition}/count?limit=1${after}`)
    expect(status, JSON.stringify(body)).toBe(200)
    for (const one of body.organisations) counted.set(one.organisation, (counted.get(one.organisation) ?? 0) + one.cases)
    if (!body.next) break
    after = `&after=${body.next}`
  }
  expect(counted).toEqual(new Map(open.map((row) => [row['organisation'], row['n']])))
  expect((await world.ask('admin', 'POST', '/api/editions/none/count')).status).toBe(404)
})

test('every figure that administrators look at is told by the relay, and soon, while Temporal is away', async () => {
  const before = performance.now()
  const text = await (await fetch(`${world.relay.url}/metrics`)).text()
  expect(performance.now() - before).toBeLessThan(2_500)
  for (const { process, metric } of Object.values(FIGURES))
    if (process === 'relay') expect(text, metric).toMatch(new RegExp(`^${metric}\\{[^}]*\\} [0-9.e+]+$`, 'm'))
  // Nothing old is told of who asks there.
  expect(text).not.toMatch(/^tirek_queue_workers\{/m)
})
