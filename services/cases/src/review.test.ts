/** Reviews over real HTTP and a real Postgres: the report filled from the record, its papers, what was decided, and who may read all this. */
import { dense, readDocx, readPdf } from '@tirek/documents/examples/reading.fixture'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from './cases.fixture.ts'

let world: CasesWorld
const cases: { id: string; first: string; second: string }[] = []
beforeAll(async () => {
  world = await CasesWorld.open()
  // The clock goes on from test to test: every case is planned on one day.
  world.clock.set(at('2026-12-02 10:00'))
  for (let n = 0; n < 6; n++) cases.push(await plan())
})
afterAll(() => world?.close())

const at = (moment: string) => Date.parse(`${moment.replace(' ', 'T')}:00+05:00`)
const REPORT = { report: 'План выполнен наполовину' }
const reviewOf = async (id: string, login = 'aigul') => (await world.ask(login, 'GET', `/api/cases/${id}/review`)).body

/** Registered on 2 December 2026, so under edition 2026-2; plan of two measures the same day. */
async function plan() {
  const id = await world.caseWithPlan()
  const [first, second] = [randomUUID(), randomUUID()]
  await world.act('aigul', id, 'plan-signed', {
    planVersion: 2,
    needs: [
      { kind: 'family', text: 'Жилье' },
      { kind: 'development', text: 'Сад' },
    ],
    measures: [
      { id: first, action: 'Встать в очередь', due: '2027-03-01', responsible: 'family', responsibleName: 'мать', need: 1 },
      { id: second, action: 'Устроить в сад', due: '2027-09-01', responsible: 'worker', person: world.id('dana'), need: 2 },
    ],
  })
  return { id, first, second }
}
const planned = () => cases.shift()!
const visit = { by: 'home-visit', childSeen: true, signsOfCruelty: false }

test('CP-52: the report is filled with what the system knows of the time since the plan', async () => {
  const { id, first, second } = planned()
  expect(await reviewOf(id)).toMatchObject({ nth: 1, since: '2026-12-02', due: '2027-06-02', held: [] })
  // At the instant of the plan: of the time before it.
  await world.act('aigul', id, 'contact-made', visit, { happenedAt: '2026-12-02T10:00:00+05:00' })
  // In time on the 9th, an attempt, then weeks late; one more that is overdue and never came.
  for (const [moment, kind] of [
    ['2026-12-09 11:00', 'contact-made'],
    ['2026-12-15 11:00', 'contact-attempted'],
    ['2027-01-20 11:00', 'contact-made'],
  ] as const) {
    world.clock.set(at(moment))
    await world.act('aigul', id, kind, kind === 'contact-made' ? visit : { by: 'home-visit' })
  }
  world.clock.set(at('2027-02-01 11:00'))
  await world.act('aigul', id, 'measure-marked', { measure: first, mark: 'partly', note: 'Очередь 300' })
  await world.act('aigul', id, 'risk-assessed', { level: 'low', criteria: ['L3'] })
  await world.act('aigul', id, 'placement-recorded', { placement: 'extended-family' })
  world.clock.set(at('2027-05-18 10:00'))
  const { form, plan } = await reviewOf(id)
  expect(plan).toMatchObject({
    version: 2,
    measures: [
      { id: first, action: 'Встать в очередь', need: 'Жилье', who: 'мать', due: '2027-03-01', mark: 'partly', markedOn: '2027-02-01' },
      { id: second, need: 'Сад', who: 'dana' },
    ],
  })
  expect(form).toMatchObject({
    planVersion: 2,
    since: '2026-12-02',
    until: '2027-05-18',
    measures: [{ measure: first, mark: 'partly', effect: 'Очередь 300' }, { measure: second }],
    contacts: { made: 2, attempted: 1, late: 1 },
    placement: 'extended-family',
    levelThen: 'medium',
    levelNow: 'low',
    assessments: '01.02.2027: Степень риска определена, низкий',
    changes: '01.02.2027: в расширенной семье',
  })
  expect(form.contacts.missed).toBeGreaterThan(0)
  // Every measure must be answered for: what is not marked is not guessed.
  expect(form.measures[1].mark).toBeUndefined()
  const refused = await world.tryAct('aigul', id, 'review-report-handed-in', { ...form, ...REPORT })
  expect(refused.status).toBe(400)
  expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/form/measures/1/mark'])
  const whole = {
    ...form,
    ...REPORT,
    measures: [
      { ...form.measures[0], worked: 'partly' },
      { measure: second, mark: 'not-done', worked: 'no' },
    ],
  }
  const page = await world.act('aigul', id, 'review-report-handed-in', whole)
  expect(page.deadlines.map(({ row }: { row: string }) => row)).not.toContain('review-report')
  const { report } = await reviewOf(id)
  expect(report.at).toBe(world.clock.now())

  const file = (await world.ask('aigul', 'GET', `/api/cases/${id}/file`)).body
  expect(file.items.find(({ code }: { code: string }) => code === 'plan').documents.map(({ act }: { act: string }) => act)).toContain(
    report.act,
  )
})

const paper = async (login: string, id: string, act: string, ending: string) => {
  const answer = await fetch(`${world.cases.url}/api/cases/${id}/papers/${act}/${ending}`, {
    headers: { authorization: `Bearer ${world.people.get(login)!.token}` },
  })
  return { status: answer.status, name: answer.headers.get('content-disposition'), bytes: Buffer.from(await answer.arrayBuffer()) }
}
const pdfText = (bytes: Buffer) =>
  dense(
    readPdf(bytes)
      .placed.map(({ text }) => text)
      .join(''),
  )

test('the report is printed as it was handed in, the same bytes each time; the sheet of the plan is numbered and takes the version that followed', async () => {
  const { id, first, second } = planned()
  world.clock.set(at('2027-05-18 10:00'))
  const { form } = await reviewOf(id)
  const marks = [
    { measure: first, mark: 'done', worked: 'yes', effect: 'Жилье есть' },
    { measure: second, mark: 'not-done', note: 'Мест нет' },
  ]
  await world.act('aigul', id, 'review-report-handed-in', {
    ...form,
    ...REPORT,
    measures: marks,
    closureCriteria: ['C1'],
    proposal: 'continue',
    proposalReason: 'Сада нет',
  })
  const { report, held } = await reviewOf(id)
  expect(held).toEqual([])
  for (const ending of ['pdf', 'docx'] as const) {
    const made = await paper('aigul', id, report.act, ending)
    expect(made.status).toBe(200)
    expect(made.name).not.toMatch(/Ребёнок|%D0%A0%D0%B5%D0%B1/)
    const text = ending === 'pdf' ? pdfText(made.bytes) : dense(readDocx(made.bytes).text)
    for (const said of [
      '№ 1',
      'Встать в очередь',
      'Жилье есть',
      'Мест нет',
      'состоялось: 0',
      'План выполнен наполовину',
      'Сада нет',
      'aigul',
      'версия 2',
    ])
      expect(text, said).toContain(dense(said))
    expect(made.bytes.equals((await paper('aigul', id, report.act, ending)).bytes)).toBe(true)
  }

  world.clock.set(at('2027-06-01 15:00'))
  await world.act('saule', id, 'review-held', {
    decision: 'continue',
    coordinator: world.id('saule'),
    present: ['Сауле Ким, супервизор', 'мать'],
    nextDay: '2027-11-01',
    opinions: [{ author: 'инспектор', demands: 'foster-family', reasons: 'Мать одна' }],
  })
  const state = await reviewOf(id)
  expect(state).toMatchObject({
    nth: 2,
    since: '2027-06-01',
    due: '2027-11-01',
    held: [{ nth: 1, day: '2027-06-01', decision: 'continue', report: report.act }],
    outcome: { decision: 'continue', act: 'plan-signed', due: '2027-06-08', overdue: false },
  })
  expect(state.report).toBeUndefined()
  const [one] = state.held
  const before = pdfText((await paper('aigul', id, one.act, 'pdf')).bytes)
  expect(before).toContain(dense('1. Пересмотр индивидуального плана сопровождения семьи'))
  expect(before).toContain(dense('новая версия еще не подписана'))

  world.clock.set(at('2027-06-08 23:59'))
  expect((await reviewOf(id)).outcome.overdue).toBe(false)
  world.clock.set(at('2027-06-09 00:00'))
  expect((await reviewOf(id)).outcome.overdue).toBe(true)
  await world.act('aigul', id, 'plan-signed', {
    planVersion: 3,
    needs: [{ kind: 'family', text: 'Жилье' }],
    measures: [{ id: second, action: 'Очередь в другой сад', due: '2027-10-01', responsible: 'worker' }],
  })
  const after = await reviewOf(id)
  expect(after.outcome).toBeUndefined()
  for (const ending of ['pdf', 'docx'] as const) {
    const { bytes } = await paper('aigul', id, one.act, ending)
    const text = ending === 'pdf' ? pdfText(bytes) : dense(readDocx(bytes).text)
    for (const said of ['Очередь в другой сад', 'версия 3', 'Сауле Ким, супервизор', 'saule', 'Продолжить с изменениями', '1 ноября 2027'])
      expect(text, said).toContain(dense(said))
    expect(text).not.toContain(dense('новая версия еще не подписана'))
  }
  // Earlier versions stay, and can be opened.
  const timeline = (await world.ask('aigul', 'GET', `/api/cases/${id}/timeline?limit=200`)).body.items
  expect(timeline.filter(({ kind }: { kind: string }) => kind === 'plan-signed').map(({ form: plan }: any) => plan.planVersion)).toEqual([
    3, 2, 1,
  ])
})

test('CP-51: a review coordinated by somebody who is no superior is refused with the rule', async () => {
  const { id } = planned()
  const named = (coordinator: string) => world.tryAct('saule', id, 'review-held', { decision: 'continue', coordinator })
  for (const who of [world.id('aigul'), world.id('erlan'), world.id('astana'), randomUUID()]) {
    const { status, body } = await named(who)
    expect(status).toBe(400)
    expect(body.errors).toMatchObject([{ pointer: '/form/coordinator', rule: 'CP-51' }])
    expect(body.errors[0].message).toContain('супервизор')
  }
  expect((await named(world.id('nurlan'))).status).toBe(200)
})

test('a review entered in error counts no more: number, outcome and paper go with it', async () => {
  const { id } = planned()
  world.clock.set(at('2027-06-10 10:00'))
  await world.act('saule', id, 'review-held', { decision: 'separate' })
  const [one] = (await reviewOf(id)).held
  expect((await reviewOf(id)).outcome).toMatchObject({ decision: 'separate', act: 'referral-sent', due: '2027-06-17' })
  await world.act('saule', id, 'withdrawn', { act: one.act, reason: 'Не тот случай' })
  expect(await reviewOf(id)).toMatchObject({ nth: 1, held: [] })
  expect((await reviewOf(id)).outcome).toBeUndefined()
  expect((await paper('aigul', id, one.act, 'pdf')).status).toBe(404)
})

test('who may open the personal file reads it, nobody else; each reading is a row of the trail with its paper', async () => {
  const { id } = planned()
  world.clock.set(at('2027-06-10 10:00'))
  const { form } = await reviewOf(id)
  await world.act('aigul', id, 'review-report-handed-in', {
    ...REPORT,
    measures: form.measures.map(({ measure }: { measure: string }) => ({ measure, mark: 'done' })),
  })
  const { report } = await reviewOf(id)
  for (const [login, status] of [
    ['nurlan', 403],
    ['erlan', 404],
    ['astana', 404],
    ['admin', 403],
    ['audit', 403],
  ] as const) {
    expect((await world.ask(login, 'GET', `/api/cases/${id}/review`)).status, login).toBe(status)
    // The head reads a timeline, which does not show this act.
    expect((await paper(login, id, report.act, 'pdf')).status, login).toBe(login === 'nurlan' ? 404 : status)
  }
  expect((await paper('saule', id, report.act, 'docx')).status).toBe(200)
  // Nor is an act of another case.
  const other = planned()
  expect((await paper('aigul', other.id, report.act, 'pdf')).status).toBe(404)
  expect((await paper('aigul', id, report.act, 'exe')).status).toBe(400)
  const trail = await world.rows(
    `SELECT what, about, who FROM cases.trail WHERE case_id = $1 AND what IN ('read-review', 'review-paper-read') AND outcome = 'done'`,
    [id],
  )
  expect(
    trail.filter(({ what, about, who }) => what === 'review-paper-read' && about === report.act && who === world.id('saule')),
  ).toHaveLength(1)
})
