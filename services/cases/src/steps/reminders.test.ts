/** What a report spares and whom a measure's reminder reaches, over real HTTP and a real Postgres, the Clock moved to the steps. */
import { CURRENT_CALENDAR, calendarOf } from '@tirek/procedure/calendar'
import { programmeOf, rulesOf } from '@tirek/procedure/programmes'
import { HOUR, MINUTE } from '@tirek/procedure/time'
import { randomUUID } from 'node:crypto'
import type { Database } from '@tirek/platform/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'
import { createLog } from '@tirek/platform/log'
import type { KnownFacts } from '../record/facts.ts'
import { createTakeSteps } from './take-steps.ts'
import { createWatch, GRACE } from './watchdog.ts'

let world: CasesWorld
beforeAll(async () => {
  world = await CasesWorld.open()
})
afterAll(() => world?.close())

test('CP-127: the responsible of a measure must work here; the notice names them by id, or says whose the measure is', async () => {
  const caseId = await world.caseWithPlan()
  world.pass(1)
  const measure = (more: object) => ({ id: randomUUID(), action: 'Прививки', due: '2026-12-21', ...more })
  const plan = (...measures: object[]) => ({ planVersion: 2, needs: [{ kind: 'family', text: 'Жилье' }], measures })
  for (const login of ['astana', 'admin']) {
    const refused = await world.tryAct(
      'aigul',
      caseId,
      'plan-signed',
      plan(measure({ responsible: 'family' }), measure({ responsible: 'specialist', person: world.id(login) })),
    )
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/form/measures/1/person', code: 'no-such-person' }] } })
  }
  const ofFamily = await world.tryAct('aigul', caseId, 'plan-signed', plan(measure({ responsible: 'family', person: world.id('medet') })))
  expect(ofFamily).toMatchObject({ status: 400, body: { errors: [{ code: 'not-of-the-organisation' }] } })

  await world.act(
    'aigul',
    caseId,
    'plan-signed',
    plan(measure({ responsible: 'specialist', person: world.id('medet') }), measure({ responsible: 'agency', responsibleName: 'Акимат' })),
  )
  const measures = await world.rows<{ key: string; next_step_at: number }>(
    `SELECT key, next_step_at FROM cases.deadline WHERE case_id = $1 AND "row" = 'measure' AND state = 'open' AND due_day = '2026-12-21'`,
    [caseId],
  )
  expect(measures).toHaveLength(2)
  world.clock.set(measures[0]!.next_step_at)
  const takeSteps = createTakeSteps({ db: world.watchdogDb, clock: world.clock, calendarOf: async () => calendarOf(CURRENT_CALENDAR) })
  world.notices.length = 0
  for (const { key } of measures) await takeSteps({ caseId, deadlineKey: key, stepKeys: [`${key}/remind/responsible/0`], by: 'workflow' })
  await world.deliver()
  const told = world.notices.filter((notice) => notice.caseId === caseId && notice.row === 'measure')
  expect(told.map(({ people, measureOf }) => [people.responsible, measureOf])).toEqual(
    expect.arrayContaining([
      [world.id('medet'), undefined],
      [undefined, 'agency'],
    ]),
  )
  expect(JSON.stringify(told)).not.toContain('Акимат')
})

test('CP-50: a report handed in spares its reminder, taken early this morning and not told yet; withdrawn, it is asked for again', async () => {
  const caseId = await world.caseWithPlan()
  const review = await world.one<{ key: string; due_day: string }>(
    `SELECT key, due_day FROM cases.deadline WHERE case_id = $1 AND "row" = 'review'`,
    [caseId],
  )
  const step = `${review.key}/report/case-manager/0`
  const asked = async () =>
    (
      await world.askAsService('/internal/steps/open', {
        keys: [`${caseId}/${review.key}`],
        steps: [step, `${review.key}/invite/case-manager/0`, `${review.key}/again/supervisor/3`].map((key) => `${caseId}/${key}`),
      })
    ).body
  const all = { open: [`${caseId}/${review.key}`], spared: [] }
  expect(await asked()).toEqual(all)
  const nextOf = async () =>
    (
      await world.one<{ next_step_at: number }>('SELECT next_step_at FROM cases.deadline WHERE case_id = $1 AND key = $2', [
        caseId,
        review.key,
      ])
    ).next_step_at
  // Four weeks and a minute before: the invitation is the next step.
  const invited = await nextOf()
  world.clock.set(invited)
  const takeSteps = createTakeSteps({ db: world.watchdogDb, clock: world.clock, calendarOf: async () => calendarOf(CURRENT_CALENDAR) })
  await takeSteps({ caseId, deadlineKey: review.key, stepKeys: [`${review.key}/invite/case-manager/0`], by: 'workflow' })
  const reminded = await nextOf()
  expect(reminded).toBeGreaterThan(invited)
  const page = await world.act('aigul', caseId, 'review-report-handed-in', { report: 'готово' })
  expect(await asked()).toEqual({ ...all, spared: [`${caseId}/${step}`] })
  // The next thing told of the review is that its day has passed.
  expect(await nextOf()).toBeGreaterThan(reminded + 13 * 86_400_000)
  world.clock.set(reminded)
  expect((await takeSteps({ caseId, deadlineKey: review.key, stepKeys: [step], by: 'workflow' })).taken).toEqual([])
  const [report] = await world.rows<{ id: string }>(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'review-report-handed-in'`, [
    caseId,
  ])
  expect(page.summary.version).toBeGreaterThan(1)
  await world.act('aigul', caseId, 'withdrawn', { act: report!.id, reason: 'не тот файл' })
  expect(await asked()).toEqual(all)
  expect(await nextOf()).toBe(reminded)
  expect((await takeSteps({ caseId, deadlineKey: review.key, stepKeys: [step], by: 'workflow' })).taken).toEqual([step])
})

const nextAt = async (caseId: string, key: string) =>
  (
    await world.one<{ next_step_at: number | null }>('SELECT next_step_at FROM cases.deadline WHERE case_id = $1 AND key = $2', [
      caseId,
      key,
    ])
  ).next_step_at

test('a step taken at dawn and not told, since evidence came before nine, is due again when that evidence is withdrawn', async () => {
  const caseId = (await world.register('aigul')).summary.id as string
  const { key, next_step_at: nine } = await world.one<{ key: string; next_step_at: number }>(
    `SELECT key, next_step_at FROM cases.deadline WHERE case_id = $1 AND "row" = 'primary-assessment'`,
    [caseId],
  )
  const [step] = stepsOf(await world.one(`SELECT facts FROM cases."case" WHERE id = $1`, [caseId]), key)
  const asked = async () =>
    (await world.askAsService('/internal/steps/open', { keys: [`${caseId}/${key}`], steps: [`${caseId}/${step}`] })).body
  const taken = async () =>
    (await world.rows<{ key: string }>('SELECT key FROM cases.step WHERE case_id = $1', [caseId])).map((one) => one.key)
  const takeSteps = createTakeSteps({ db: world.watchdogDb, clock: world.clock, calendarOf: async () => calendarOf(CURRENT_CALENDAR) })
  const take = () => takeSteps({ caseId, deadlineKey: key, stepKeys: [step!], by: 'workflow' })
  world.clock.set(nine - 3 * HOUR)
  await take()
  // Asked while it is open, it stays taken.
  expect(await asked()).toEqual({ open: [`${caseId}/${key}`], spared: [] })
  expect(await taken()).toEqual([step])
  world.clock.set(nine - 15 * MINUTE)
  await world.act('aigul', caseId, 'primary-assessment-done', { outcome: 'confirmed', reason: 'Подтвердилось' })
  expect(await taken()).toEqual([step])
  world.clock.set(nine)
  expect(await asked()).toEqual({ open: [], spared: [] })
  expect(await taken()).toEqual([])
  world.clock.set(nine + 30 * MINUTE)
  const { id: act } = await world.one(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'primary-assessment-done'`, [caseId])
  await world.act('aigul', caseId, 'withdrawn', { act, reason: 'не тот ребёнок' })
  expect(await nextAt(caseId, key)).toBe(nine)
  await world.deliver()
  world.notices.length = 0
  await take()
  await world.deliver()
  expect(world.notices.map(({ deadlineKey, steps }) => [deadlineKey, steps.map((one) => one.key)])).toEqual([[key, [`${caseId}/${step}`]]])
})

test('the watchdog puts right only what it saw: a step that somebody brought nearer meanwhile stays', async () => {
  const caseId = (await world.register('aigul', { anotherChild: true })).summary.id as string
  const now = world.clock.now()
  const { key } = await world.one<{ key: string }>(
    `UPDATE cases.deadline SET next_step_at = $2 WHERE case_id = $1 AND "row" = 'primary-assessment' RETURNING key`,
    [caseId, now - GRACE.case - 1],
  )
  const nearer = now + MINUTE
  const db = world.watchdogDb
  const meanwhile = {
    transaction: db.transaction.bind(db),
    query: async (...asked: Parameters<Database['query']>) => {
      const rows = await db.query(...asked)
      if (asked[2] === 'late-case' && asked[1]?.[0] === caseId)
        await world.rows('UPDATE cases.deadline SET next_step_at = $2 WHERE case_id = $1', [caseId, nearer])
      return rows
    },
  } as unknown as Database
  const tools = { clock: world.clock, calendarOf: async () => calendarOf(CURRENT_CALENDAR) }
  const log = createLog('test', 'silent')
  await createWatch({ ...tools, db: meanwhile }, log)()
  expect(await nextAt(caseId, key)).toBe(nearer)
  // Nobody in between: the row is put right.
  await world.rows('UPDATE cases.deadline SET next_step_at = $2 WHERE case_id = $1', [caseId, now - GRACE.case - 1])
  await createWatch({ ...tools, db }, log)()
  expect(await nextAt(caseId, key)).toBeGreaterThan(nearer)
})

const stepsOf = ({ facts }: { facts: KnownFacts }, key: string): string[] =>
  programmeOf(facts.programme)
    .deadlinesOf(facts, rulesOf(facts.programme, facts.edition), calendarOf(CURRENT_CALENDAR))
    .find((one) => one.key === key)!
    .steps.map((one) => one.key)
