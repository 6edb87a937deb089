/** Figures against numbers written by hand: where a month begins in Almaty, what counts as late, who is told which numbers. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'

let world: CasesWorld
const MINUTE = 60_000
/** It is 10:00 of 24 November. */
const at = (local: string) => Date.parse(`${local}+05:00`)

type CaseOf = { stage?: string; risk?: string; territory?: string; manager?: string | null; at: number; organisation?: string }
async function insertCase(of: CaseOf): Promise<string> {
  const { stage = 'implementation', risk = 'medium', territory = 'Almaty', manager = world.id('aigul') } = of
  const [id, child, organisation] = [randomUUID(), randomUUID(), of.organisation ?? world.organisation]
  await world.admin.query(
    `INSERT INTO cases.child (id, organisation, family, name, name_folded, sex) VALUES ($1, $2, $1, 'Имя', 'имя', 'female')`,
    [child, organisation],
  )
  await world.admin.query(
    `INSERT INTO cases."case" (id, number, organisation, territory, programme, edition, child, version, facts, stage, risk, ended, manager, first_person, file_opened, opened_at, changed_at)
     VALUES ($1::uuid, $1::uuid::text, $2, $3, 'child-protection', 'e', $4, 1, '{"calendar":"kz-2026"}', $5, $6, $7, $8, $9, true, $10, $10)`,
    [id, organisation, territory, child, stage, risk, stage === 'ended', manager, world.id('dana'), of.at],
  )
  return id
}

type TermOf = {
  row?: string
  rule?: string
  state: string
  from: number
  due: number
  dueDay?: string
  closed?: number
  hour?: number
  manager?: string
}
async function insertTerm(caseId: string, key: string, term: TermOf): Promise<void> {
  const { row = 'primary-assessment', rule = 'CP-11', state, from, due, dueDay, closed, hour, manager = world.id('aigul') } = term
  await world.admin.query(
    `INSERT INTO cases.deadline (case_id, key, rule, "row", state, run_by, hour, from_at, due, due_day, waits_for, closed_at, sort_at, manager, organisation)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'case-manager', $11, $9, $12, (SELECT organisation FROM cases."case" WHERE id = $1))`,
    [
      caseId,
      key,
      rule,
      row,
      state,
      hour === undefined ? 'case' : 'urgent',
      hour ?? null,
      from,
      due,
      dueDay ?? null,
      closed ?? null,
      manager,
    ],
  )
}

const hourOf = (began: string, tookMs: number | undefined, hour = 0) => ({
  row: 'urgent-measures',
  rule: 'CP-10',
  hour,
  from: at(began),
  due: at(began) + 60 * MINUTE,
  state: tookMs === undefined ? 'open' : tookMs <= 60 * MINUTE ? 'kept' : 'kept-late',
  ...(tookMs === undefined ? {} : { closed: at(began) + tookMs }),
})

beforeAll(async () => {
  world = await CasesWorld.open()
  await world.add('dina', 'supervisor', world.organisation)
  await world.admin.query(`UPDATE directory.person_view SET supervisor = $1 WHERE id = $2`, [world.id('saule'), world.id('aigul')])
  await world.admin.query(`UPDATE directory.person_view SET supervisor = $1 WHERE id = $2`, [world.id('dina'), world.id('dana')])
  // The last millisecond of October and the first of November, in Almaty; the last of November and the first of December.
  const [first] = [
    await insertCase({ at: at('2026-11-01T00:00:00.000'), stage: 'planning', risk: 'high' }),
    await insertCase({ at: at('2026-10-31T23:59:59.999'), stage: 'planning', risk: 'high' }),
    await insertCase({ at: at('2026-11-24T09:00:00'), stage: 'ended', risk: 'none' }),
    await insertCase({ at: at('2026-10-31T23:59:59.999'), stage: 'ended', risk: 'low' }),
    await insertCase({ at: at('2026-11-10T12:00:00'), manager: world.id('dana'), territory: 'Alatau' }),
    // Nobody leads it: whoever took it first.
    await insertCase({ at: at('2026-11-11T12:00:00'), manager: null, stage: 'registered' }),
    await insertCase({ at: at('2026-11-12T12:00:00'), organisation: world.otherOrganisation, risk: 'high' }),
  ]
  const term = (key: string, one: TermOf) => insertTerm(first!, key, one)
  const from = at('2026-10-01T00:00:00')
  const day = (dueDay: string, state: string) => ({ from, state, dueDay, due: at(`${dueDay}T00:00:00`) + 1_440 * MINUTE })
  await term('a', day('2026-10-31', 'kept'))
  await term('b', day('2026-11-01', 'kept'))
  await term('c', day('2026-11-30', 'open'))
  await term('d', day('2026-12-01', 'open'))
  // Ended with yesterday, ends with today.
  await term('e', day('2026-11-23', 'open'))
  await term('f', day('2026-11-24', 'open'))
  await term('g', day('2026-11-05', 'kept-late'))
  await term('h', { ...day('2026-11-06', 'missed'), row: 'contact-home', rule: 'CP-40' })
  await term('i', { ...day('2026-11-07', 'lapsed'), row: 'contact-home', rule: 'CP-40' })
  await term('hour-1', hourOf('2026-11-02T10:00:00', 10 * MINUTE))
  await term('hour-2', hourOf('2026-11-02T12:00:00', 60 * MINUTE))
  await term('hour-3', hourOf('2026-11-03T10:00:00', 60 * MINUTE + 1))
  await term('hour-4', hourOf('2026-10-31T23:59:59.999', 5 * MINUTE))
  await term('hour-5', hourOf('2026-11-24T09:30:00', undefined))
}, 120_000)
afterAll(() => world?.close())

const figures = async (login: string, query = '') => (await world.ask(login, 'GET', `/api/figures${query}`)).body
const NOVEMBER = 'from=2026-11-01&to=2026-11-30'

test('cases: open now, and registered in the month as Almaty has it, by stage, risk and territory', async () => {
  const told = await figures('nurlan', `?${NOVEMBER}`)
  expect(told).toMatchObject({ whose: 'organisation', may: ['organisation'], from: '2026-11-01', to: '2026-11-30', rounded: false })
  expect(told.total).toEqual({ open: 4, opened: 4 })
  expect(told.stages).toEqual([
    { key: 'registered', open: 1, opened: 1 },
    { key: 'planning', open: 2, opened: 1 },
    { key: 'implementation', open: 1, opened: 1 },
    { key: 'ended', open: 0, opened: 1 },
  ])
  expect(told.risks).toEqual([
    { key: 'high', open: 2, opened: 1 },
    { key: 'medium', open: 2, opened: 2 },
    { key: 'none', open: 0, opened: 1 },
  ])
  expect(told.territories).toEqual([
    { key: 'Alatau', open: 1, opened: 1 },
    { key: 'Almaty', open: 3, opened: 3 },
  ])
})

test('terms: by the day on which they end; late once that day is over', async () => {
  const { rules } = await figures('nurlan', `?${NOVEMBER}`)
  expect(rules.map(({ what: _, ...one }: { what: unknown }) => one)).toEqual([
    // One of them began in October and ends in November.
    { row: 'urgent-measures', rule: 'CP-10', kept: 3, keptLate: 1, missed: 0, lapsed: 0, late: 0, running: 1 },
    { row: 'primary-assessment', rule: 'CP-11', kept: 1, keptLate: 1, missed: 0, lapsed: 0, late: 1, running: 2 },
    { row: 'contact-home', rule: 'CP-40', kept: 0, keptLate: 0, missed: 1, lapsed: 1, late: 0, running: 0 },
  ])
  expect(rules[2].what.ru).toMatch(/[а-я]/)
  // A day alone: what ends with it, and no more.
  const one = (await figures('nurlan', '?from=2026-11-30&to=2026-11-30')).rules
  expect(one.map(({ row, running }: { row: string; running: number }) => [row, running])).toEqual([['primary-assessment', 1]])
})

test('the hour: half of them, nine of ten, and how many within it; a millisecond past it is late', async () => {
  expect((await figures('nurlan', `?${NOVEMBER}`)).hour).toEqual({
    begun: 4,
    answered: 3,
    within: 2,
    limitMinutes: 60,
    medianMs: 60 * MINUTE,
    p90Ms: 60 * MINUTE + 1,
  })
  expect((await figures('nurlan', '?from=2026-10-31&to=2026-10-31')).hour).toMatchObject({ begun: 1, within: 1, medianMs: 5 * MINUTE })
  expect((await figures('nurlan', '?from=2026-09-01&to=2026-09-30')).hour).toEqual({ begun: 0, answered: 0, within: 0, limitMinutes: 60 })
})

test('each is told of their own cases and team exactly, and of the organisation without small numbers, by whole months', async () => {
  expect((await figures('aigul', `?${NOVEMBER}`)).total).toEqual({ open: 2, opened: 2 })
  expect((await figures('dana', `?${NOVEMBER}`)).total).toEqual({ open: 2, opened: 2 })
  expect(await figures('saule', `?${NOVEMBER}`)).toMatchObject({
    whose: 'team',
    may: ['team', 'organisation'],
    rounded: false,
    total: { open: 2, opened: 2 },
  })
  expect((await figures('dina', `?${NOVEMBER}`)).rules).toEqual([])
  for (const login of ['aigul', 'saule']) {
    const told = await figures(login, '?whose=organisation&from=2026-11-12&to=2026-11-12')
    expect(told).toMatchObject({ from: '2026-11-01', to: '2026-11-30', rounded: true, total: { open: null, opened: null } })
    expect(JSON.stringify(told)).not.toMatch(/"(open|opened|kept|keptLate|missed|lapsed|late|running|begun|answered|within)":[1-4],?/)
    expect(told.hour).not.toHaveProperty('medianMs')
  }
  expect((await world.ask('aigul', 'GET', '/api/figures?whose=team')).status).toBe(403)
  expect((await world.ask('nurlan', 'GET', '/api/figures?whose=mine')).status).toBe(403)
})

test('organisations are compared by who sees no case, and then without small numbers; nobody else is told of another organisation', async () => {
  const everywhere = async (login: string, query = '') => world.ask(login, 'GET', `/api/figures/everywhere?${NOVEMBER}${query}`)
  for (let n = 0; n < 4; n++)
    await insertCase({ at: at('2026-11-12T12:00:00'), organisation: world.otherOrganisation, risk: 'high', territory: 'Astana' })
  const told = (await everywhere('audit')).body
  expect(told).toMatchObject({ whose: 'everywhere', rounded: true, total: { open: 10, opened: 10 } })
  expect((await everywhere('admin', `&organisation=${world.otherOrganisation}`)).body).toMatchObject({ total: { open: 5, opened: 5 } })
  expect((await everywhere('admin', '&territory=Astana')).body.risks).toEqual([{ key: 'high', open: 5, opened: 5 }])
  expect((await everywhere('nurlan')).status).toBe(403)
  // The functions themselves answer for the own organisation alone, whatever they are asked.
  const client = await world.admin.connect()
  try {
    const counted = async (compares: string) => {
      await client.query(
        `BEGIN; SET LOCAL ROLE tirek_cases; SELECT set_config('tirek.organisation', '${world.organisation}', true), set_config('tirek.compares', '${compares}', true)`,
      )
      const { rows } = await client.query('SELECT * FROM cases.cases_counted($1, NULL, 0, 9000000000000)', [[world.otherOrganisation]])
      await client.query('COMMIT')
      return rows.length
    }
    expect(await counted('')).toBe(0)
    expect(await counted('on')).toBeGreaterThan(0)
  } finally {
    client.release()
  }
})

test('a time that ends before it begins is refused by name; each look is one row of the trail', async () => {
  const { status, body } = await world.ask('nurlan', 'GET', '/api/figures?from=2026-11-02&to=2026-11-01')
  expect([status, body.errors[0].pointer]).toEqual([400, '/to'])
  const before = (await world.one<{ n: number }>(`SELECT count(*)::int AS n FROM cases.trail WHERE what = 'read-figures'`)).n
  await figures('nurlan')
  expect(
    await world.rows(`SELECT what, case_id, who FROM cases.trail WHERE what = 'read-figures' ORDER BY at DESC, seq DESC OFFSET 0 LIMIT 1`),
  ).toEqual([{ what: 'read-figures', case_id: null, who: world.id('nurlan') }])
  expect((await world.one<{ n: number }>(`SELECT count(*)::int AS n FROM cases.trail WHERE what = 'read-figures'`)).n).toBe(before + 1)
})

test('the list behind a figure: cases of its stage, risk and territory, registered on its days, that one may see', async () => {
  const numbers = async (login: string, query: string) => (await world.ask(login, 'GET', `/api/cases?limit=100&${query}`)).body.items.length
  expect(await numbers('nurlan', 'stage=planning&ended=false')).toBe(2)
  expect(await numbers('nurlan', `stage=planning&${NOVEMBER}`)).toBe(1)
  expect(await numbers('nurlan', 'from=2026-10-31&to=2026-10-31')).toBe(2)
  expect(await numbers('nurlan', 'territory=Alatau')).toBe(1)
  expect(await numbers('aigul', 'territory=Alatau')).toBe(0)
})

test('the list behind a term and behind an hour: of its row, its end and its days, to who may read the terms of the case', async () => {
  const numbers = async (login: string, query: string) => (await world.ask(login, 'GET', `/api/cases?limit=100&${query}`)).body.items.length
  expect(await numbers('nurlan', `row=primary-assessment&term=kept&${NOVEMBER}`)).toBe(1)
  expect(await numbers('nurlan', 'row=primary-assessment&term=kept&from=2026-11-02&to=2026-11-30')).toBe(0)
  expect(await numbers('nurlan', 'row=primary-assessment&term=kept&from=2026-10-31&to=2026-10-31')).toBe(1)
  // Of 23 November it is over, that of today runs still.
  expect(await numbers('nurlan', 'row=primary-assessment&term=late&from=2026-11-23&to=2026-11-23')).toBe(1)
  expect(await numbers('nurlan', 'row=primary-assessment&term=late&from=2026-11-24&to=2026-11-24')).toBe(0)
  expect(await numbers('nurlan', 'row=primary-assessment&term=running&from=2026-11-24&to=2026-11-24')).toBe(1)
  expect(await numbers('nurlan', `row=contact-home&term=missed&${NOVEMBER}`)).toBe(1)
  expect(await numbers('nurlan', `row=contact-home&term=keptLate&${NOVEMBER}`)).toBe(0)
  expect(await numbers('nurlan', `hour=slower&${NOVEMBER}`)).toBe(1)
  expect(await numbers('nurlan', 'hour=slower&from=2026-11-02&to=2026-11-02')).toBe(0)
  expect(await numbers('nurlan', 'hour=within&from=2026-10-31&to=2026-10-31')).toBe(1)
  expect(await numbers('nurlan', 'hour=answered&from=2026-11-24&to=2026-11-24')).toBe(0)
  expect(await numbers('nurlan', 'hour=begun&from=2026-11-24&to=2026-11-24')).toBe(1)
  expect(await numbers('aigul', `hour=begun&${NOVEMBER}`)).toBe(1)
  expect(await numbers('dana', `hour=begun&${NOVEMBER}`)).toBe(0)
  expect((await world.ask('nurlan', 'GET', '/api/cases?term=some')).status).toBe(400)
  // Whoever takes part sees the case in lists, and learns of no term by asking for it.
  const [{ case_id: caseId }] = (await world.rows('SELECT case_id FROM cases.deadline LIMIT 1')) as [{ case_id: string }]
  await world.admin.query(
    `INSERT INTO cases.access (id, case_id, relation, person, of_organisation, parts, from_at, given_by) VALUES ($1, $2, 'participant', $3, $4, '{plan}', 1, $5)`,
    [randomUUID(), caseId, world.id('dana'), world.organisation, world.id('aigul')],
  )
  expect(await numbers('dana', 'stage=planning')).toBe(1)
  expect(await numbers('dana', `hour=begun&${NOVEMBER}`)).toBe(0)
  expect(await numbers('dana', `term=kept&${NOVEMBER}`)).toBe(0)
})
