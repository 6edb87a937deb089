/** From the form to the posted notice: the hour in the record, its steps taken once, closed by evidence. */
import { Database } from '@tirek/platform/database'
import { createLog } from '@tirek/platform/log'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { CasesWorld } from './cases.fixture.ts'
import { workUrlOf } from './migrations.ts'
import { Contexts } from './record/contexts.ts'
import { createTakeSteps } from './steps/take-steps.ts'
import { createWatch } from './steps/watchdog.ts'

let world: CasesWorld
let db: Database
beforeAll(async () => {
  world = await CasesWorld.open()
  db = await Database.open(workUrlOf(world.postgres.urlOf('tirek_cases')), 'test', 8)
})
afterAll(async () => {
  await db?.close()
  await world?.close()
})
beforeEach(() => void world.notices.splice(0))

const tools = () => {
  const contexts = new Contexts(db)
  return { db, clock: world.clock, calendarOf: (version: string) => contexts.calendar(version) }
}
const watch = () => {
  const contexts = new Contexts(world.watchdogDb)
  return createWatch(
    { db: world.watchdogDb, clock: world.clock, calendarOf: (version: string) => contexts.calendar(version) },
    createLog('test', 'silent'),
  )
}
const evidence = (minutes = 0) => ({
  hour: 0,
  measuresAgreed: { at: world.at(minutes), by: 'С. Супервизор' },
  lawEnforcement: { at: world.at(minutes), reference: '112' },
  juvenileInspection: { at: world.at(minutes), reference: 'инспектор, 7' },
})

test('a high risk becomes an hour with its deadline, its outbox rows and its row of the trail, in one save', async () => {
  const page = await world.register('aigul', { criteria: ['H1'], level: 'high' })
  expect(page.summary).toMatchObject({ stage: 'urgent-measures', risk: 'high', version: 1, fileOpened: true, manager: world.id('aigul') })
  expect(page.summary.number).toMatch(/^ALM-2026-\d{4}$/)
  const hour = page.deadlines.find((deadline: any) => deadline.rule === 'CP-10')
  expect(hour).toMatchObject({ row: 'urgent-measures', due: world.clock.now() + 3_600_000, hour: 0, overdue: false })
  expect(await world.rows('SELECT kind, lane, hour FROM cases.outbox WHERE case_id = $1 ORDER BY seq', [page.summary.id])).toEqual([
    { kind: 'hour-start', lane: 'urgent', hour: 0 },
    { kind: 'facts', lane: 'ordinary', hour: null },
  ])
  expect(await world.rows('SELECT who, what FROM cases.trail WHERE case_id = $1', [page.summary.id])).toEqual([
    { who: world.id('aigul'), what: 'help-request-registered' },
  ])
})

test('a step is taken once by many at once, its notice is posted, and evidence ends the hour', async () => {
  const page = await world.register('aigul', { criteria: ['H1'], level: 'high' })
  const caseId = page.summary.id
  const hour = page.deadlines.find((deadline: any) => deadline.rule === 'CP-10')
  const nudge = hour.steps[0].at === world.clock.now() ? hour.steps[1] : hour.steps[0]
  const take = createTakeSteps(tools())
  const early = await take({ caseId, deadlineKey: hour.key, stepKeys: [nudge.key], by: 'workflow' })
  expect(early).toMatchObject({ taken: [] })
  expect(early.notYet).toBeGreaterThan(world.clock.now())

  world.pass(30)
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      take({ caseId, deadlineKey: hour.key, stepKeys: [nudge.key], by: n % 2 ? 'workflow' : 'watchdog' }),
    ),
  )
  expect(answers.every((answer) => answer.taken.includes(nudge.key))).toBe(true)
  expect(await world.rows('SELECT key FROM cases.step WHERE case_id = $1', [caseId])).toEqual([{ key: nudge.key }])
  await world.deliver()
  const told = world.notices.filter((notice) => notice.caseId === caseId)
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({
    rule: 'CP-10',
    urgent: true,
    hour: 0,
    cameDueWhileAway: false,
    lateFromStart: false,
    people: { caseManager: world.id('aigul') },
  })

  world.pass(5)
  const closed = await world.act('aigul', caseId, 'urgent-measures-evidenced', evidence(-2))
  expect(closed.deadlines.some((deadline: any) => deadline.rule === 'CP-10')).toBe(false)
  expect(await world.one(`SELECT state FROM cases.deadline WHERE case_id = $1 AND rule = 'CP-10'`, [caseId])).toEqual({ state: 'kept' })
  world.pass(20)
  const none = await take({ caseId, deadlineKey: hour.key, stepKeys: hour.steps.map((step: any) => step.key), by: 'workflow' })
  expect(none.taken).toEqual([nudge.key])
  expect(await world.rows('SELECT 1 FROM cases.step WHERE case_id = $1', [caseId])).toHaveLength(1)
})

test('Temporal away for a whole hour: forms are saved at once, the watchdog takes every step of the ladder once, 30 seconds late', async () => {
  await world.relay.tick() // the relay finds nobody at Temporal's address, and goes on
  const before = performance.now()
  const page = await world.register('aigul', { criteria: ['H1'], level: 'high' })
  expect(performance.now() - before).toBeLessThan(1_000)
  const caseId = page.summary.id
  const turn = watch()
  const takenAt: number[] = []
  const start = world.clock.now()
  for (let quarter = 0; quarter <= 61 * 4; quarter++) {
    await turn()
    await turn()
    world.clock.set(world.clock.now() + 15_000)
  }
  for (const { taken_at, by } of await world.rows(
    `SELECT taken_at, taken_by AS by FROM cases.step WHERE case_id = $1 AND deadline_key LIKE 'CP-10%' AND taken_at > $2 ORDER BY taken_at`,
    [caseId, start + 60_000],
  )) {
    expect(by).toBe('watchdog')
    takenAt.push((Number(taken_at) - start) / 60_000)
  }
  expect(takenAt).toEqual([30.5, 45.5, 60.5])
  await world.deliver()
  const told = world.notices.filter((notice) => notice.caseId === caseId && notice.rule === 'CP-10')
  expect(told.flatMap((notice) => notice.steps.flatMap((step) => step.whom))).toEqual(
    expect.arrayContaining(['case-manager', 'supervisor', 'next-in-line']),
  )
  const keys = told.flatMap((notice) => notice.steps.map((step) => step.key))
  expect(new Set(keys).size).toBe(keys.length)
})

test('a step taken much later than it was due says so', async () => {
  const page = await world.register('aigul', { criteria: ['H1'], level: 'high' })
  world.pass(200)
  await watch()()
  await world.deliver()
  const [told, ...more] = world.notices.filter((notice) => notice.caseId === page.summary.id && notice.rule === 'CP-10')
  expect(more).toEqual([])
  expect(told).toMatchObject({ cameDueWhileAway: true, lateFromStart: false })
  expect(told!.steps.length).toBeGreaterThan(3)
})

test('a report typed late is overdue from birth and told so', async () => {
  const page = await world.register('aigul', { criteria: ['H1'], level: 'high', reportedAt: world.at(-47) })
  await world.deliver()
  world.clock.set(world.clock.now() + 31_000)
  await watch()()
  await world.deliver()
  const told = world.notices.filter((notice) => notice.caseId === page.summary.id && notice.rule === 'CP-10')
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({ lateFromStart: true, cameDueWhileAway: false })
  expect(told[0]!.steps.flatMap((step) => step.whom).toSorted()).toEqual(['case-manager', 'supervisor'])
})

test('withdrawn evidence opens the hour again with its old due, starts its workflow and tells the supervisor at once', async () => {
  const page = await world.register('aigul', { criteria: ['H1'], level: 'high' })
  const caseId = page.summary.id
  const due = page.deadlines.find((deadline: any) => deadline.rule === 'CP-10').due
  world.pass(10)
  await world.act('aigul', caseId, 'urgent-measures-evidenced', evidence())
  const { id } = await world.one(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'urgent-measures-evidenced'`, [caseId])
  world.pass(5)
  const open = await world.act('aigul', caseId, 'withdrawn', { act: id, reason: 'Не тот случай' })
  expect(open.deadlines.find((deadline: any) => deadline.rule === 'CP-10')).toMatchObject({ due, state: 'open' })
  expect(await world.rows(`SELECT 1 FROM cases.outbox WHERE case_id = $1 AND kind = 'hour-start'`, [caseId])).toHaveLength(2)
  await world.deliver()
  expect(world.notices.filter((notice) => notice.caseId === caseId)).toEqual([
    expect.objectContaining({ event: 'hour-reopened', urgent: true, steps: [expect.objectContaining({ whom: ['supervisor'] })] }),
  ])
})
