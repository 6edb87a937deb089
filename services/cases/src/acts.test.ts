/** Acts on a case over real HTTP and a real Postgres: once, in order, refused with a reason, and what follows from them. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from './cases.fixture.ts'

let world: CasesWorld
beforeAll(async () => {
  world = await CasesWorld.open()
})
afterAll(() => world?.close())

const note = (text = 'Памятка вручена') => ({ what: 'sheet-given', text })

const caseWithPlan = (login?: string) => world.caseWithPlan(login)

test('numbers of an organisation run without a gap, a year at a time', async () => {
  const pages = await Promise.all(Array.from({ length: 12 }, () => world.register('aigul')))
  const numbers = pages.map((page) => Number(page.summary.number.split('-')[2])).toSorted((a, b) => a - b)
  expect(numbers).toEqual(numbers.map((_, at) => numbers[0]! + at))
  const other = await world.register('astana')
  expect(other.summary.number).toBe('AST-2026-0001')
})

test('the same key and body give the same answer, however often and however fast; another body is refused', async () => {
  const key = { 'idempotency-key': randomUUID() }
  const form = world.helpRequest()
  const answers = await Promise.all(Array.from({ length: 10 }, () => world.ask('aigul', 'POST', '/api/cases', form, key)))
  expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(201))
  expect(new Set(answers.map((answer) => answer.body.summary.id)).size).toBe(1)
  expect(await world.one('SELECT count(*)::int AS n FROM cases.child WHERE name = $1', [form.child.name])).toEqual({ n: 1 })
  const other = await world.ask('aigul', 'POST', '/api/cases', world.helpRequest(), key)
  expect([other.status, other.body.code]).toEqual([422, 'key-reused'])
  const without = await world.ask('aigul', 'POST', '/api/cases', form, { 'idempotency-key': '' })
  expect([without.status, without.body.code]).toEqual([400, 'key-missing'])

  const { id } = answers[0]!.body.summary
  const actKey = { 'idempotency-key': randomUUID() }
  const act = { happenedAt: world.at(), version: 1, form: note() }
  const acts = await Promise.all(Array.from({ length: 8 }, () => world.ask('aigul', 'POST', `/api/cases/${id}/acts/noted`, act, actKey)))
  expect(acts.map((answer) => answer.status)).toEqual(Array(8).fill(200))
  expect(await world.one('SELECT version FROM cases."case" WHERE id = $1', [id])).toEqual({ version: 2 })
})

test('of many writers of one version exactly one wins; the others hear what changed and by whom', async () => {
  const { summary } = await world.register('aigul')
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => world.tryAct(n % 2 ? 'aigul' : 'saule', summary.id, 'noted', note(`запись ${n}`), { version: 1 })),
  )
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
  const refused = answers.filter((answer) => answer.status === 409)
  expect(refused).toHaveLength(11)
  const winner = answers.findIndex((answer) => answer.status === 200)
  expect(refused[0]!.body).toMatchObject({
    code: 'stale',
    version: 2,
    changes: [{ kind: 'noted', by: world.id(winner % 2 ? 'aigul' : 'saule'), at: world.clock.now() }],
  })
  expect(refused[0]!.body.next).toContain('отправьте снова')
})

test('acts of many, each with the newest version, are all there in one order', async () => {
  const { summary } = await world.register('aigul')
  const write = async (n: number): Promise<void> => {
    for (;;) {
      const { status } = await world.tryAct(n % 2 ? 'aigul' : 'saule', summary.id, 'noted', note(`запись ${n}`))
      if (status === 200) return
      expect(status).toBe(409)
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, n) => write(n)))
  const acts = await world.rows('SELECT version FROM cases.act WHERE case_id = $1 ORDER BY version', [summary.id])
  expect(acts.map((act) => act['version'])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('what has not happened yet, or happened before the first report, is refused with its rule and what to do', async () => {
  const { summary } = await world.register('aigul')
  const future = await world.tryAct('aigul', summary.id, 'noted', note(), { happenedAt: world.at(1) })
  expect(future).toMatchObject({ status: 422, body: { code: 'happened-in-the-future', rule: 'CP-01' } })
  const early = await world.ask(
    'aigul',
    'POST',
    `/api/cases/${summary.id}/acts/noted`,
    { happenedAt: world.at(-1), version: 1, form: note() },
    { 'accept-language': 'kk' },
  )
  expect(early).toMatchObject({ status: 422, body: { code: 'before-the-first-report', title: 'Оқиға іс туралы алғашқы хабардан бұрын' } })
  const stage = await world.tryAct('aigul', summary.id, 'plan-signed-by-family', { signed: true })
  expect(stage).toMatchObject({ status: 422, body: { code: 'not-in-this-stage', rule: 'CP-27' } })
  expect(await world.one('SELECT version FROM cases."case" WHERE id = $1', [summary.id])).toEqual({ version: 1 })
})

test('a contact closes its deadline; withdrawn, the deadline is open again with its old due', async () => {
  const id = await caseWithPlan()
  const contact = () =>
    world.one(`SELECT key, state, due_day FROM cases.deadline WHERE case_id = $1 AND row = 'contact-home' ORDER BY due LIMIT 1`, [id])
  const first = await contact()
  expect(first).toMatchObject({ state: 'open' })
  world.pass(24 * 60)
  await world.act('aigul', id, 'contact-made', { by: 'home-visit', childSeen: true, signsOfCruelty: false })
  expect(await contact()).toEqual({ ...first, state: 'kept' })
  const { id: act } = await world.one(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'contact-made'`, [id])
  await world.act('aigul', id, 'withdrawn', { act, reason: 'Другая семья' })
  expect(await contact()).toEqual(first)
  const { body } = await world.ask('aigul', 'GET', `/api/cases/${id}/timeline`)
  expect(body.items.find((item: any) => item.id === act)).toMatchObject({ withdrawn: true })
  expect(await world.tryAct('aigul', id, 'withdrawn', { act: randomUUID(), reason: 'нет такого' })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/form/act' }] },
  })
})

test('one evidence form holds for a brother and a sister, or for none', async () => {
  const sister = await world.register('aigul', { criteria: ['H1'], level: 'high' })
  const brother = await world.register('aigul', { criteria: ['H1'], level: 'high' })
  const form = {
    hour: 0,
    measuresAgreed: { at: world.at(), by: 'Супервизор' },
    lawEnforcement: { at: world.at(), reference: '1' },
    juvenileInspection: { at: world.at(), reference: '2' },
  }
  const none = await world.tryAct('aigul', sister.summary.id, 'urgent-measures-evidenced', form, {
    alsoFor: [{ caseId: brother.summary.id, hour: 3 }],
  })
  expect(none).toMatchObject({ status: 422, body: { code: 'no-such-hour' } })
  const states = () =>
    world.rows(`SELECT state FROM cases.deadline WHERE case_id = ANY($1) AND rule = 'CP-10'`, [[sister.summary.id, brother.summary.id]])
  expect(await states()).toEqual([{ state: 'open' }, { state: 'open' }])
  await world.act('aigul', sister.summary.id, 'urgent-measures-evidenced', form, { alsoFor: [{ caseId: brother.summary.id }] })
  expect(await states()).toEqual([{ state: 'kept' }, { state: 'kept' }])
})

test('above the norm a case is assigned only with a reason (CP-18); to nobody it is not (CP-64)', async () => {
  const { summary } = await world.register('aigul')
  await world.admin.query(`INSERT INTO directory.setting_view VALUES ($1, 'caseload-most', 1)`, [world.organisation])
  const context = { kind: 'settings', organisation: world.organisation }
  expect((await world.askAsService('/internal/contexts/changed', context)).status).toBe(200)
  await world.register('dana')
  const above = await world.tryAct('saule', summary.id, 'assigned', { manager: world.id('dana') })
  expect(above).toMatchObject({ status: 422, body: { code: 'over-norm', rule: 'CP-18' } })
  await world.act('saule', summary.id, 'assigned', { manager: world.id('dana'), overNormReason: 'Болеет Айгуль' })
  expect(await world.rows('SELECT DISTINCT manager FROM cases.deadline WHERE case_id = $1', [summary.id])).toEqual([
    { manager: world.id('dana') },
  ])
  expect(await world.tryAct('saule', summary.id, 'assigned', { manager: randomUUID() })).toMatchObject({
    status: 422,
    body: { code: 'no-such-person', rule: 'CP-64' },
  })
  expect(await world.tryAct('saule', summary.id, 'assigned', { manager: world.id('admin'), overNormReason: 'x' })).toMatchObject({
    status: 422,
  })
  await world.admin.query(`DELETE FROM directory.setting_view`)
  await world.askAsService('/internal/contexts/changed', context)
  const load = await world.ask('saule', 'GET', '/api/caseload')
  expect(load.body).toMatchObject({ least: 10, most: 30 })
  expect(load.body.items.map((item: any) => item.person).toSorted()).toEqual([world.id('aigul'), world.id('dana')].toSorted())
})

test('a case that is handed over inside the organisation takes its open deadlines along; to another organisation it is offered first', async () => {
  const id = await caseWithPlan()
  const form = { manager: world.id('dana'), reason: 'Семья переехала' }
  expect(await world.tryAct('saule', id, 'handed-over', { ...form, organisation: world.otherOrganisation })).toMatchObject({
    status: 422,
    body: { code: 'offer-first', rule: 'CP-64' },
  })
  await world.act('saule', id, 'handed-over', { ...form, organisation: world.organisation })
  expect(await world.rows(`SELECT DISTINCT manager, organisation FROM cases.deadline WHERE case_id = $1 AND state = 'open'`, [id])).toEqual(
    [{ manager: world.id('dana'), organisation: world.organisation }],
  )
  expect((await world.ask('dana', 'GET', `/api/cases/${id}`)).body.summary).toMatchObject({ version: 6, manager: world.id('dana') })
  const { body } = await world.ask('dana', 'GET', '/api/worklist')
  expect(body.items.some((item: any) => item.caseId === id)).toBe(true)
})

test('two files of one child are merged; the other must be there', async () => {
  const one = await world.register('aigul')
  const other = await world.register('aigul')
  expect(await world.tryAct('saule', one.summary.id, 'merged-into', { otherCase: one.summary.id, reason: 'Один ребенок' })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/form/otherCase' }] },
  })
  const page = await world.act('saule', one.summary.id, 'merged-into', { otherCase: other.summary.id, reason: 'Один ребенок' })
  expect(page.summary).toMatchObject({ ended: true, stage: 'ended' })
  expect(page.deadlines).toEqual([])
})

test('a case that was not confirmed ends with an entry in the journal of unconfirmed requests, and opens again by a relapse', async () => {
  const { summary } = await world.register('aigul', {
    child: { name: 'Сәуле Неподтверждённая', birthDate: '2024-03-05', sex: 'female', address: 'Абая 7' },
    asker: { name: 'Соседка', contact: '+77010000000' },
    channel: 'in-person',
    ground: 'Плачет ночью',
  })
  await world.act('aigul', summary.id, 'child-corrected', {
    name: 'Сәуле Исправленная',
    reason: 'Опечатка',
    source: 'Свидетельство о рождении',
  })
  await world.act('aigul', summary.id, 'primary-assessment-done', { outcome: 'not-confirmed', reason: 'Сведения не подтвердились' })
  const decided = await world.tryAct('aigul', summary.id, 'closure-decided', { approved: true })
  expect(decided).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  const ended = await world.act('saule', summary.id, 'closure-decided', { approved: true })
  expect(ended.summary).toMatchObject({ ended: true })
  const { body } = await world.ask('aigul', 'GET', '/api/journals/unconfirmed')
  expect(body.items.at(-1)).toMatchObject({
    caseId: summary.id,
    entry: {
      request: summary.number,
      why: 'Сведения не подтвердились',
      reportedAt: expect.any(String),
      child: { name: 'Сәуле Исправленная', birthDate: '2024-03-05', address: 'Абая 7' },
      asker: { name: 'Соседка', contact: '+77010000000' },
      channel: 'in-person',
      ground: 'Плачет ночью',
    },
  })
  // Whoever may not open the file reads no line of it in the journal.
  for (const login of ['dana', 'astana'])
    expect(JSON.stringify((await world.ask(login, 'GET', '/api/journals/unconfirmed')).body), login).not.toMatch(/Исправленная|Соседка/)
  world.pass(60)
  const again = await world.act('aigul', summary.id, 'relapse', {
    reportedAt: world.at(),
    criteria: ['M2'],
    level: 'medium',
    ground: 'Новое обращение',
  })
  expect(again.summary).toMatchObject({ ended: false, stage: 'primary-assessment' })
  const { body: timeline } = await world.ask('aigul', 'GET', `/api/cases/${summary.id}/timeline`)
  expect(timeline.items.map((item: any) => item.kind)).toEqual(
    expect.arrayContaining(['relapse', 'closure-decided', 'primary-assessment-done', 'help-request-registered']),
  )
})

test('a case taken over from paper is asked nothing that came due before', async () => {
  const form = {
    stage: 'implementation',
    level: 'medium',
    registeredDay: '2026-01-12',
    placement: 'with-parents',
    placementSince: '2026-01-12',
    planDay: '2026-03-02',
    lastHomeContact: '2026-11-10',
    lastReview: '2026-09-02',
    child: { name: 'Асель Бумажная', birthDate: '2023-02-02', sex: 'female' },
    manager: world.id('aigul'),
  }
  const { status, body } = await world.ask('saule', 'POST', '/api/cases/from-paper', form)
  expect(status).toBe(201)
  expect(body.summary).toMatchObject({ stage: 'implementation', manager: world.id('aigul') })
  expect(body.deadlines.find((deadline: any) => deadline.row === 'contact-home')).toMatchObject({ dueDay: '2026-12-10', overdue: false })
  expect(body.deadlines.every((deadline: any) => !deadline.overdue)).toBe(true)
})

test('quarantine of the territory makes a remote contact count; the facts of open cases are made again', async () => {
  const id = await caseWithPlan()
  await world.admin.query(`INSERT INTO directory.quarantine_view VALUES ('Almaty', '2026-11-01', NULL)`)
  expect((await world.askAsService('/internal/contexts/changed', { kind: 'quarantine', territory: 'Almaty' })).body.cases).toBeGreaterThan(
    0,
  )
  while ((await world.rows('SELECT 1 FROM cases.refold')).length > 0) await world.deliver()
  expect(await world.one(`SELECT facts->'settings'->'quarantine' AS q, version FROM cases."case" WHERE id = $1`, [id])).toEqual({
    q: [{ from: '2026-11-01' }],
    version: 5,
  })
  world.pass(24 * 60)
  await world.act('aigul', id, 'contact-made', { by: 'remote', childSeen: true, signsOfCruelty: false })
  expect(
    (await world.rows(`SELECT state FROM cases.deadline WHERE case_id = $1 AND row = 'contact-home' ORDER BY due`, [id])).map(
      (row) => row['state'],
    ),
  ).toEqual(['kept', 'open'])
})

test('a request that somebody else took is a task of theirs until a social worker takes it over', async () => {
  const page = await world.register('medet', { source: 'medical-staff', criteria: ['H1'], level: 'high' })
  const { id } = page.summary
  expect(page.summary.manager).toBeUndefined()
  expect((await world.ask('medet', 'GET', '/api/worklist')).body.items.filter((item: any) => item.caseId === id).length).toBeGreaterThan(0)
  expect((await world.ask('dana', 'GET', `/api/cases/${id}`)).status).toBe(200)
  const taken = await world.act('dana', id, 'taken-by-social-worker', { manager: world.id('dana') })
  expect(taken.summary.manager).toBe(world.id('dana'))
  expect((await world.ask('aigul', 'GET', `/api/cases/${id}`)).status).toBe(404)
  expect((await world.ask('medet', 'GET', `/api/cases/${id}`)).status).toBe(200)
})

test('the child turns six: the case goes on, the supervisor is told once', async () => {
  const { summary } = await world.register('aigul', { child: { name: 'Ернар Шестилетний', birthDate: '2020-12-20', sex: 'male' } })
  const older = await world.register('aigul', { child: { name: 'Ислам Семилетний', birthDate: '2019-10-20', sex: 'male' } })
  expect(older.warnings).toContain('older-than-five')
  world.clock.set(Date.parse('2026-12-20T08:00:00+05:00'))
  await world.deliver()
  const told = () => world.notices.filter((notice) => notice.caseId === summary.id && notice.event === 'turned-six')
  expect(told()).toHaveLength(0)
  world.clock.set(Date.parse('2026-12-20T09:00:00+05:00'))
  await world.deliver()
  await world.deliver()
  expect(told()).toMatchObject([{ rule: 'CP-101', steps: [{ whom: ['supervisor'] }] }])
  expect(world.notices.filter((notice) => notice.caseId === older.summary.id)).toEqual([])
})

test('a brother is linked to the family of his sister; a family that is not there is refused', async () => {
  const sister = await world.register('aigul')
  const { body } = await world.ask('aigul', 'GET', `/api/cases/${sister.summary.id}/child`)
  const brother = await world.register('aigul', { familyOf: body.family })
  expect((await world.ask('aigul', 'GET', `/api/cases/${brother.summary.id}/child`)).body.family).toBe(body.family)
  const none = await world.ask('aigul', 'POST', '/api/cases', world.helpRequest({ familyOf: randomUUID() }))
  expect(none).toMatchObject({ status: 400, body: { errors: [{ pointer: '/familyOf' }] } })
})
