/** What is read, by whom, and what is recorded of the reading. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from './cases.fixture.ts'

let world: CasesWorld
beforeAll(async () => {
  world = await CasesWorld.open()
})
afterAll(() => world?.close())

const found = async (query: string, login = 'aigul') =>
  (await world.ask(login, 'GET', `/api/register?query=${encodeURIComponent(query)}`)).body.items as {
    caseId: string
    why: string
    ended: boolean
    likeness: number
  }[]

test('the register finds a child by Kazakh and Russian spelling, IIN, phone, address and number', async () => {
  const { summary } = await world.register('aigul', {
    child: {
      name: 'Нұрсұлтан Әбдіғалиұлы Қожа',
      iin: '240305500016',
      phone: '8 701 555 44 33',
      address: 'Алматы, көшесі Төле би, 17',
      birthDate: '2024-03-05',
      sex: 'male',
    },
  })
  for (const query of [
    'Нурсултан Абдигалиулы Кожа',
    'Нұрсұлтан Қожа',
    'НУРСУЛТАН КОЖА',
    '240305500016',
    '+7 701 555 44 33',
    '87015554433',
    'Алматы, кошеси Толе би, 17',
    summary.number,
    summary.number.toLowerCase(),
  ])
    expect(
      (await found(query)).map((hit) => hit.caseId),
      query,
    ).toContain(summary.id)
  expect(await found('Совсем Другой')).toEqual([])
  expect(await found('Нурсултан Абдигалиулы Кожа', 'astana')).toEqual([])
})

test('before a file is opened the same child is shown, a closed case first; danger never waits for it', async () => {
  const child = { name: 'Мирас Қайратұлы', birthDate: '2023-07-01', sex: 'male' as const }
  const open = await world.register('aigul', { child })
  const closed = await world.register('aigul', { child: { ...child, name: 'Мирас Кайратулы' }, anotherChild: true })
  await world.act('saule', closed.summary.id, 'primary-assessment-done', { outcome: 'not-confirmed', reason: 'Не подтвердилось' })
  await world.act('saule', closed.summary.id, 'closure-decided', { approved: true })
  const form = world.helpRequest({ child: { ...child, name: 'Мирас Кайратулы' } })
  const refused = await world.ask('aigul', 'POST', '/api/cases', form)
  expect(refused).toMatchObject({ status: 409, body: { code: 'similar-found', rule: 'CP-02' } })
  expect(refused.body.similar.map((hit: any) => hit.caseId)).toEqual([closed.summary.id, open.summary.id])
  const another = await world.ask('aigul', 'POST', '/api/cases', { ...form, anotherChild: true })
  expect(another.status).toBe(201)
  expect(another.body.earlierUnconfirmed).toBe(1)
  const danger = await world.ask('aigul', 'POST', '/api/cases', { ...form, criteria: ['H1'], level: 'high' })
  expect(danger).toMatchObject({ status: 201, body: { warnings: ['similar-found'] } })
  expect((await world.ask('aigul', 'GET', `/api/cases/${danger.body.summary.id}`)).body.earlierUnconfirmed).toBe(1)
})

test('an IIN that does not fit warns and never blocks; an older child is registered with a warning', async () => {
  const page = await world.register('aigul', {
    child: { name: 'Айша Старшая', iin: '123', birthDate: '2018-01-01', sex: 'female', phone: 'нет' },
  })
  expect(page.warnings.toSorted()).toEqual(['iin-form', 'older-than-five', 'phone-unreadable'])
})

test('who sees what: own cases, the organisation, nothing', async () => {
  const { id } = (await world.register('aigul')).summary
  const statuses = await Promise.all(
    ['aigul', 'dana', 'erlan', 'medet', 'saule', 'nurlan', 'admin', 'audit', 'astana'].map(async (login) => [
      login,
      (await world.ask(login, 'GET', `/api/cases/${id}`)).status,
    ]),
  )
  expect(Object.fromEntries(statuses)).toEqual({
    aigul: 200,
    dana: 404,
    erlan: 404,
    medet: 404,
    saule: 200,
    nurlan: 200,
    admin: 403,
    audit: 403,
    astana: 404,
  })
  expect((await world.ask(undefined, 'GET', `/api/cases/${id}`)).status).toBe(401)
  for (const [login, sees] of [
    ['dana', false],
    ['saule', true],
    ['astana', false],
  ] as const) {
    const { body } = await world.ask(login, 'GET', '/api/cases?limit=200')
    expect(
      body.items.some((item: any) => item.id === id),
      login,
    ).toBe(sees)
  }
  expect((await world.tryAct('dana', id, 'noted', { what: 'sheet-given', text: 'x' })).status).toBe(404)
  expect((await world.ask('aigul', 'GET', `/api/cases/${id}`)).body.allowedActs).not.toContain('assigned')
  expect((await world.ask('saule', 'GET', `/api/cases/${id}`)).body.allowedActs).toContain('assigned')
})

test('a deputy sees the cases of the absent, the person on duty a case whose hour runs', async () => {
  const quiet = (await world.register('aigul')).summary.id
  const hour = (await world.register('aigul', { criteria: ['H1'], level: 'high' })).summary.id
  const duty = await world.add('duty', 'social-worker', world.organisation)
  const deputy = await world.add('deputy', 'social-worker', world.organisation)
  await world.admin.query(`INSERT INTO directory.duty_view VALUES ($1, '2026-11-01', NULL, $2, 1)`, [world.organisation, duty.person])
  await world.admin.query(`INSERT INTO directory.absence_view VALUES ($1, '2026-11-20', '2026-11-24', $2)`, [
    world.id('aigul'),
    deputy.person,
  ])
  const seen = async (login: string) => [
    (await world.ask(login, 'GET', `/api/cases/${quiet}`)).status,
    (await world.ask(login, 'GET', `/api/cases/${hour}`)).status,
  ]
  expect(await seen('duty')).toEqual([404, 200])
  expect(await seen('deputy')).toEqual([200, 200])
  const { body } = await world.ask('deputy', 'GET', '/api/worklist?limit=200')
  expect(body.items.map((item: any) => item.caseId)).toEqual(expect.arrayContaining([quiet, hour]))
  expect((await world.ask('duty', 'GET', '/api/cases')).body.items.map((item: any) => item.id)).toEqual(expect.arrayContaining([hour]))
  await world.admin.query('DELETE FROM directory.absence_view')
  await world.admin.query('DELETE FROM directory.duty_view')
})

test('the work list is ordered by due, and its pages together are the whole', async () => {
  const worker = await world.add('kamila', 'social-worker', world.organisation)
  for (let n = 0; n < 7; n++) {
    await world.register(
      'kamila',
      n % 3 === 0
        ? { criteria: ['H1'], level: 'high' }
        : n % 3 === 1
          ? { criteria: ['M1'], level: 'medium' }
          : { criteria: ['L1'], level: 'low' },
    )
    world.pass(1)
  }
  const whole = (await world.ask('kamila', 'GET', '/api/worklist?limit=200')).body
  expect(whole.next).toBeUndefined()
  const expected = await world.rows(
    `SELECT case_id, key FROM cases.deadline WHERE state = 'open' AND manager = $1 ORDER BY sort_at, case_id, key`,
    [worker.person],
  )
  expect(whole.items.map((item: any) => ({ case_id: item.caseId, key: item.deadline.key }))).toEqual(expected)
  expect(whole.items[0].deadline).toMatchObject({ rule: 'CP-10', overdue: false, act: 'urgent-measures-evidenced' })
  const pages = []
  for (let cursor = ''; ;) {
    const { body } = await world.ask('kamila', 'GET', `/api/worklist?limit=3${cursor}`)
    pages.push(...body.items)
    if (!body.next) break
    cursor = `&cursor=${encodeURIComponent(body.next)}`
  }
  expect(pages).toEqual(whole.items)
  expect((await world.ask('kamila', 'GET', '/api/worklist/team')).status).toBe(403)
  expect((await world.ask('saule', 'GET', '/api/worklist/team?limit=200')).body.items.length).toBeGreaterThan(whole.items.length)
})

test('a listed deadline says the same as on the case page', async () => {
  const { summary } = await world.register('aigul', { criteria: ['H1'], level: 'high' })
  const page = (await world.ask('aigul', 'GET', `/api/cases/${summary.id}`)).body
  const listed = (await world.ask('aigul', 'GET', '/api/worklist?limit=200')).body.items.filter((item: any) => item.caseId === summary.id)
  expect(listed.map((item: any) => item.deadline).toSorted((a: any, b: any) => a.key.localeCompare(b.key))).toEqual(
    page.deadlines.map((deadline: any) => ({ ...deadline, steps: [] })).toSorted((a: any, b: any) => a.key.localeCompare(b.key)),
  )
})

test('why a deadline is due: rule, source, norm, and the facts of the case; the reading is recorded, and no other case is told', async () => {
  const { summary, deadlines } = await world.register('aigul', { anotherChild: true })
  const of = (id: string, key: string, login = 'aigul') =>
    world.ask(login, 'GET', `/api/cases/${id}/grounds?deadline=${encodeURIComponent(key)}`)
  const contact = deadlines[0]!
  const { status, body } = await of(summary.id, contact.key)
  expect(status).toBe(200)
  expect(body).toMatchObject({ key: contact.key, rule: contact.rule, text: { kk: expect.any(String) }, source: { ru: expect.any(String) } })
  expect(body.facts.length).toBeGreaterThan(0)
  expect(JSON.stringify(body)).not.toContain(summary.id)
  expect((await of(summary.id, 'CP-0/none')).status).toBe(404)
  expect((await of(summary.id, '')).status).toBe(400)
  expect((await of(summary.id, contact.key, 'astana')).status).toBe(404)
  expect(
    await world.one("SELECT count(*)::int AS n FROM cases.trail WHERE case_id = $1 AND what = 'read-deadlines' AND outcome = 'done'", [
      summary.id,
    ]),
  ).toEqual({ n: 2 })
})

test('the timeline comes newest first, by pages, with acts and steps', async () => {
  const { summary } = await world.register('aigul')
  for (let n = 0; n < 5; n++) {
    world.pass(1)
    await world.act('aigul', summary.id, 'noted', { what: 'plan-note', text: `${n}` })
  }
  const whole = (await world.ask('aigul', 'GET', `/api/cases/${summary.id}/timeline`)).body.items
  expect(whole.map((item: any) => item.form.text ?? item.kind)).toEqual(['4', '3', '2', '1', '0', 'help-request-registered'])
  const first = (await world.ask('aigul', 'GET', `/api/cases/${summary.id}/timeline?limit=4`)).body
  const second = (await world.ask('aigul', 'GET', `/api/cases/${summary.id}/timeline?limit=4&cursor=${first.next}`)).body
  expect([...first.items, ...second.items]).toEqual(whole)
})

test('the personal file names what lies in it and what is missing (CP-17)', async () => {
  const { id } = (await world.register('aigul')).summary
  await world.act('aigul', id, 'primary-assessment-done', { outcome: 'confirmed', reason: 'Да' })
  await world.act('aigul', id, 'request-sent', {
    request: '0e7f3b4e-66a5-4f7c-9a55-0c2f6a1f2b3c',
    to: 'Акимат',
    subject: 'Жилье',
    answerBy: '2026-11-30',
  })
  const { body } = await world.ask('aigul', 'GET', `/api/cases/${id}/file`)
  expect(body).toMatchObject({ opened: true, number: expect.stringContaining('ALM-') })
  expect(body.items.map((item: any) => [item.code, item.present])).toEqual([
    ['help-request', true],
    ['assessment-report', false],
    ['plan', false],
    ['requests', true],
    ['papers', false],
  ])
  expect(body.missing.map((item: any) => [item.code, item.rule, item.overdue]).toSorted()).toEqual([
    ['assessment', 'CP-23', false],
    ['request-answer', 'CP-118', false],
  ])
  world.clock.set(Date.parse('2026-12-01T00:00:00+05:00'))
  expect(
    (await world.ask('aigul', 'GET', `/api/cases/${id}/file`)).body.missing.find((item: any) => item.code === 'request-answer'),
  ).toMatchObject({ overdue: true })
})

test('every reading leaves its row; a name is asked for by itself', async () => {
  const { id } = (await world.register('aigul', { child: { name: 'Дамир Тайный', birthDate: '2024-01-01', sex: 'male' } })).summary
  const page = await world.ask('saule', 'GET', `/api/cases/${id}`)
  expect(JSON.stringify(page.body)).not.toContain('Дамир')
  expect((await world.ask('saule', 'GET', `/api/cases/${id}/child`)).body).toMatchObject({ name: 'Дамир Тайный' })
  await world.ask('saule', 'GET', `/api/cases/${id}/timeline`)
  await world.ask('dana', 'GET', `/api/cases/${id}`)
  expect(await world.rows('SELECT who, role, what, why, outcome FROM cases.trail WHERE case_id = $1 ORDER BY n', [id])).toEqual([
    { who: world.id('aigul'), role: 'social-worker', what: 'help-request-registered', why: 'opens', outcome: 'done' },
    { who: world.id('saule'), role: 'supervisor', what: 'read', why: 'team-supervisor', outcome: 'done' },
    { who: world.id('saule'), role: 'supervisor', what: 'read-name', why: 'team-supervisor', outcome: 'done' },
    { who: world.id('saule'), role: 'supervisor', what: 'read-timeline', why: 'team-supervisor', outcome: 'done' },
    { who: world.id('dana'), role: 'social-worker', what: 'read', why: 'not-found', outcome: 'refused' },
  ])
})

test('journals: visitors by hand and by one-off help, preventive work, groups, requests; each numbered', async () => {
  const visitor = {
    happenedAt: world.at(),
    visitor: 'Гуля',
    question: 'Пособие',
    level: 'none',
    help: 'advice',
    work: 'Объяснено',
    result: 'solved',
  }
  const key = { 'idempotency-key': 'visitor-key-1' }
  const first = await world.ask('aigul', 'POST', '/api/journals/visitors', visitor, key)
  expect(first.status, JSON.stringify(first.body)).toBe(201)
  expect(await world.ask('aigul', 'POST', '/api/journals/visitors', visitor, key)).toEqual(first)
  await world.register('aigul', { criteria: ['L1'], level: 'low', oneOffHelp: true, helpGiven: 'Дали продукты' })
  await Promise.all(
    Array.from({ length: 6 }, (_, n) =>
      n % 2
        ? world.register('aigul', { criteria: ['L1'], level: 'low', oneOffHelp: true, helpGiven: 'Совет' })
        : world.ask('dana', 'POST', '/api/journals/visitors', visitor),
    ),
  )
  const { body } = await world.ask('aigul', 'GET', '/api/journals/visitors')
  expect(body.items.map((item: any) => item.n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(body.items[1].entry).toMatchObject({ work: 'Дали продукты', level: 'low' })
  expect((await world.ask('aigul', 'GET', '/api/journals/requests')).body.items[0]).toMatchObject({
    n: 1,
    withdrawn: false,
    entry: { kind: 'request-sent', to: 'Акимат' },
  })
  expect((await world.ask('dana', 'GET', '/api/journals/requests')).body.items).toEqual([])
  expect((await world.ask('aigul', 'POST', '/api/journals/unconfirmed', {})).status).toBe(404)
  expect((await world.ask('astana', 'GET', '/api/journals/visitors')).body.items).toEqual([])
  expect((await world.ask('admin', 'GET', '/api/journals/visitors')).status).toBe(403)
})

test('acquaintance: who has not read the edition in force is named until they confirm (CP-91)', async () => {
  const [edition] = (await world.ask('aigul', 'GET', '/api/editions')).body.items
  const before = (await world.ask('saule', 'GET', `/api/editions/${edition.id}/acquaintance`)).body
  expect(before.unread).toContain(world.id('aigul'))
  expect(before.unread).not.toContain(world.id('admin'))
  const after = (await world.ask('aigul', 'POST', `/api/editions/${edition.id}/acquaintance`)).body
  expect(after.read).toEqual([{ person: world.id('aigul'), position: 'social-worker', at: world.clock.now() }])
  expect(after.unread).not.toContain(world.id('aigul'))
  const preview = await world.ask('saule', 'POST', `/api/editions/${edition.id}/preview`)
  expect(preview).toMatchObject({ status: 200, body: { items: [] } })
  expect(preview.body.cases).toBeGreaterThan(5)
})

test('the digest asks which deadlines are still open', async () => {
  const page = await world.register('aigul')
  const key = `${page.summary.id}/${page.deadlines[0].key}`
  expect((await world.askAsService('/internal/steps/open', { keys: [key, `${page.summary.id}/CP-99/none`, 'nonsense'] })).body).toEqual({
    open: [key],
    spared: [],
  })
  expect((await world.ask('saule', 'POST', '/internal/steps/open', { keys: [] })).status).toBe(401)
})

test('acts of one millisecond stand in the order in which they were recorded, whatever their ids, over pages too', async () => {
  const { summary } = await world.register('aigul')
  for (let n = 0; n < 8; n++) await world.act('aigul', summary.id, 'noted', { what: 'visitor', text: String(n) })
  expect(await world.one('SELECT count(DISTINCT happened_at)::int AS n FROM cases.act WHERE case_id = $1', [summary.id])).toEqual({ n: 1 })
  const told: string[] = []
  for (let cursor = ''; ;) {
    const { body } = await world.ask('aigul', 'GET', `/api/cases/${summary.id}/timeline?limit=3${cursor}`)
    told.push(...body.items.map((item: any) => item.form.text ?? item.kind))
    if (!body.next) break
    cursor = `&cursor=${body.next}`
  }
  expect(told).toEqual(['7', '6', '5', '4', '3', '2', '1', '0', 'help-request-registered'])
})
