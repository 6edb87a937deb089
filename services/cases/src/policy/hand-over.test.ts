/** CP-64 over HTTP: a file goes to another organisation by an offer and its answer; nothing is left without an owner. */
import { offerEscalationAgainAt, offerEscalationAt, offerReminderAt } from '@tirek/procedure/access/terms'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'

let world: CasesWorld
const MORNING = Date.parse('2026-11-24T10:00:00+05:00')

beforeAll(async () => {
  world = await CasesWorld.open()
  await world.add('boss', 'supervisor', world.otherOrganisation)
  await world.add('chief', 'head', world.otherOrganisation)
  await world.add('home', 'childrens-home-worker', world.otherOrganisation)
  await world.admin.query('UPDATE directory.organisation_view SET head = $2 WHERE id = $1', [world.otherOrganisation, world.id('chief')])
  await world.admin.query('UPDATE directory.organisation_view SET head = $2 WHERE id = $1', [world.organisation, world.id('nurlan')])
})
afterAll(() => world?.close())

const offer = (id: string, login = 'saule') =>
  world.tryAct(login, id, 'hand-over-offered', { organisation: world.otherOrganisation, reason: 'Семья переехала' })
const accept = (id: string, login = 'boss', manager = 'astana') =>
  world.tryAct(login, id, 'hand-over-accepted', { manager: world.id(manager) })
const decline = (id: string, login = 'boss') => world.tryAct(login, id, 'hand-over-declined', { reason: 'Семья живет не у нас' })
const status = async (login: string, id: string, path = '') => (await world.ask(login, 'GET', `/api/cases/${id}${path}`)).status
const offers = async (login: string) => (await world.ask(login, 'GET', '/api/hand-overs')).body.items
const noticesOf = (id: string, event: string) => world.notices.filter((one) => one.caseId === id && one.event === event)
const caseRow = (id: string) => world.one('SELECT organisation, manager, version FROM cases."case" WHERE id = $1', [id])

test('before acceptance the receiver learns a stage, a risk and a number of deadlines; the sender goes on leading', async () => {
  const id = await world.caseWithPlan()
  for (const login of ['aigul', 'dana', 'erlan']) expect([403, 404], login).toContain((await offer(id, login)).status)
  expect(await world.tryAct('saule', id, 'hand-over-offered', { organisation: world.organisation, reason: 'x' })).toMatchObject({
    status: 422,
    body: { code: 'no-such-organisation' },
  })
  expect((await offer(id)).status).toBe(200)
  expect(await offer(id, 'nurlan')).toMatchObject({ status: 409, body: { code: 'offered-already', rule: 'CP-64' } })

  const { body } = await world.ask('aigul', 'GET', `/api/cases/${id}`)
  const [seen] = await offers('boss')
  expect(seen).toEqual({
    caseId: id,
    number: body.summary.number,
    organisation: world.organisation,
    offeredAt: MORNING,
    stage: 'implementation',
    risk: 'medium',
    openDeadlines: body.deadlines.length,
  })
  expect(seen.openDeadlines).toBeGreaterThan(0)
  expect(await offers('chief')).toHaveLength(1)
  for (const login of ['astana', 'saule', 'nurlan']) expect(await offers(login), login).toEqual([])
  for (const login of ['boss', 'chief', 'astana'])
    for (const path of ['', '/child', '/timeline', '/deadlines', '/file', '/readers', '/receipts', '/access'])
      expect([403, 404], `${login} ${path}`).toContain(await status(login, id, path))
  expect(JSON.stringify(await world.ask('boss', 'GET', '/api/cases'))).not.toContain(id)

  await world.deliver()
  expect(noticesOf(id, 'hand-over-offered')).toMatchObject([
    { organisation: world.otherOrganisation, people: {}, steps: [{ whom: ['next-in-line', 'head'] }], urgent: false },
  ])
  // The sender's own work goes on, and its version with it.
  await world.act('aigul', id, 'contact-made', { by: 'home-visit', childSeen: true, signsOfCruelty: false, found: 'спит' })
  expect((await world.ask('saule', 'GET', `/api/cases/${id}/access`)).body.offer).toEqual({
    organisation: world.otherOrganisation,
    at: MORNING,
  })
  expect(await caseRow(id)).toMatchObject({ organisation: world.organisation, manager: world.id('aigul') })
  await world.act('saule', id, 'hand-over-taken-back', { reason: 'Остались' })
  expect(await offers('boss')).toEqual([])
  expect(await accept(id)).toMatchObject({ status: 409, body: { code: 'no-offer' } })
  expect(await world.tryAct('saule', id, 'hand-over-taken-back', {})).toMatchObject({ status: 409, body: { code: 'no-offer' } })
})

test('on acceptance manager, organisation, deadlines and the register go in one, all other access ends, the sender reads what it wrote', async () => {
  const id = await world.caseWithPlan()
  const home = world.id('home')
  await world.act('aigul', id, 'participant-invited', { person: world.id('erlan'), parts: ['plan'] })
  await world.act('aigul', id, 'participant-invited', { person: home, parts: ['placement'] })
  await world.admin.query(
    `INSERT INTO cases.access (id, case_id, relation, person, from_at, until_at, reason, given_by, of_organisation) VALUES (gen_random_uuid(), $1, 'break-glass', $2, $3, $4, 'r', $2, $5)`,
    [id, world.id('medet'), world.clock.now(), world.clock.now() + 3_600_000, world.organisation],
  )
  for (const login of ['erlan', 'home', 'medet']) expect(await status(login, id), login).toBe(200)
  await offer(id)
  for (const login of ['astana', 'aigul', 'saule', 'nurlan']) expect([403, 404], login).toContain((await accept(id, login)).status)
  expect(await accept(id, 'boss', 'aigul')).toMatchObject({ status: 422, body: { code: 'no-such-person' } })
  expect(await caseRow(id)).toMatchObject({ organisation: world.organisation })

  const { version } = await caseRow(id)
  world.pass(1)
  // The version that the receiver sends is none that it saw: it has seen no case.
  const answer = await world.tryAct('chief', id, 'hand-over-accepted', { manager: world.id('astana') }, { version: 1 })
  expect(answer).toMatchObject({
    status: 200,
    body: { summary: { id, manager: world.id('astana'), organisation: world.otherOrganisation } },
  })
  expect(await caseRow(id)).toMatchObject({ organisation: world.otherOrganisation, manager: world.id('astana'), version: version + 1 })
  expect(await world.rows(`SELECT DISTINCT manager, organisation FROM cases.deadline WHERE case_id = $1`, [id])).toEqual([
    { manager: world.id('astana'), organisation: world.otherOrganisation },
  ])
  expect(await world.one(`SELECT h.organisation FROM cases.child h JOIN cases."case" c ON c.child = h.id WHERE c.id = $1`, [id])).toEqual({
    organisation: world.otherOrganisation,
  })
  expect(
    await world.rows(
      `SELECT relation, organisation, version FROM cases.access WHERE case_id = $1 AND (until_at IS NULL OR until_at > $2)`,
      [id, world.clock.now()],
    ),
  ).toEqual([{ relation: 'hand-over-sender', organisation: world.organisation, version }])
  for (const login of ['erlan', 'home', 'medet', 'aigul', 'dana']) expect(await status(login, id), login).toBe(404)
  expect(await status('astana', id, '/child')).toBe(200)
  expect((await world.ask('astana', 'GET', '/api/worklist')).body.items.some((item: any) => item.caseId === id)).toBe(true)

  // Readable up to the version that the sender left.
  await world.act('astana', id, 'contact-made', { by: 'home-visit', childSeen: true, signsOfCruelty: false, found: 'ПОСЛЕ-ПЕРЕДАЧИ' })
  for (const login of ['saule', 'nurlan']) {
    const { body } = await world.ask(login, 'GET', `/api/cases/${id}/timeline?limit=200`)
    const kinds = body.items.map((item: any) => item.kind)
    expect(kinds, login).toContain('plan-signed')
    expect(kinds, login).not.toContain('hand-over-accepted')
    expect(JSON.stringify(body), login).not.toContain('ПОСЛЕ-ПЕРЕДАЧИ')
    for (const path of ['/child', '/deadlines', '/file', '/access']) expect(await status(login, id, path), login + path).toBe(403)
  }
  // Whoever writes late is told where the file is.
  for (const login of ['aigul', 'saule', 'nurlan', 'dana'])
    expect(await world.tryAct(login, id, 'noted', { what: 'visitor', text: 'опоздал' }), login).toMatchObject({
      status: 409,
      body: { code: 'handed-over', rule: 'CP-64' },
    })
  for (const login of ['boss', 'chief']) expect(await accept(id, login), login).toMatchObject({ status: 409, body: { code: 'no-offer' } })
  await world.deliver()
  expect(
    (['hand-over-accepted', 'hand-over-received'] as const).map((event) =>
      noticesOf(id, event).map(({ organisation, people }) => [organisation, people.caseManager]),
    ),
  ).toEqual([[[world.organisation, world.id('aigul')]], [[world.otherOrganisation, world.id('astana')]]])
  const { id: act } = await world.one(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'hand-over-accepted'`, [id])
  expect(await world.tryAct('astana', id, 'withdrawn', { act, reason: 'x' })).toMatchObject({
    status: 422,
    body: { code: 'cannot-be-withdrawn' },
  })

  // And back again.
  world.pass(1)
  await world.act('boss', id, 'hand-over-offered', { organisation: world.organisation, reason: 'Вернулись' })
  expect(await offers('saule')).toHaveLength(1)
  await world.act('saule', id, 'hand-over-accepted', { manager: world.id('aigul') })
  expect(await status('aigul', id, '/file')).toBe(200)
  await world.act('aigul', id, 'noted', { what: 'visitor', text: 'снова у нас' })
  expect(await world.tryAct('astana', id, 'noted', { what: 'visitor', text: 'x' })).toMatchObject({ body: { code: 'handed-over' } })
})

test('declined, it stays where it was, with the reason on the timeline, and the sender is told', async () => {
  const id = await world.caseWithPlan()
  await offer(id)
  expect(await world.tryAct('boss', id, 'hand-over-declined', {})).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/form/reason' }] },
  })
  const answer = await decline(id)
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({ allowedActs: [], deadlines: [], hours: [] })
  expect(JSON.stringify(answer.body)).not.toContain(world.id('aigul'))
  expect(await caseRow(id)).toMatchObject({ organisation: world.organisation, manager: world.id('aigul') })
  expect(await offers('boss')).toEqual([])
  expect(await status('boss', id)).toBe(404)
  const { body } = await world.ask('aigul', 'GET', `/api/cases/${id}/timeline`)
  expect(body.items.find((item: any) => item.kind === 'hand-over-declined')).toMatchObject({ form: { reason: 'Семья живет не у нас' } })
  await world.deliver()
  expect(noticesOf(id, 'hand-over-declined')).toMatchObject([
    { organisation: world.organisation, people: { caseManager: world.id('aigul') } },
  ])
  expect((await offer(id)).status).toBe(200)
})

test('of answers at once one counts: accepted twice, accepted and declined, accepted and taken back, an act of the sender', async () => {
  const pairs = [
    { one: (id: string) => accept(id), other: (id: string) => accept(id, 'chief'), left: 0 },
    { one: (id: string) => accept(id), other: (id: string) => decline(id, 'chief'), left: 0 },
    { one: (id: string) => accept(id), other: (id: string) => world.tryAct('saule', id, 'hand-over-taken-back', {}), left: 0 },
    { one: (id: string) => offer(id), other: (id: string) => offer(id, 'nurlan'), left: 1 },
  ]
  for (const { one, other, left } of pairs)
    for (let round = 0; round < 2; round++) {
      const id = await world.caseWithPlan()
      if (left === 0) await offer(id)
      const answers = await Promise.all(round % 2 ? [one(id), other(id)] : [other(id), one(id)])
      const codes = answers.map(({ status: s, body }) => (s === 200 ? 'done' : body.code))
      expect(
        codes.filter((code) => code === 'done'),
        codes.join(),
      ).toHaveLength(1)
      for (const code of codes) expect(['done', 'no-offer', 'handed-over', 'stale', 'offered-already']).toContain(code)
      const { organisation, manager } = await caseRow(id)
      expect([world.id('aigul'), world.id('astana')]).toContain(manager)
      expect(organisation === world.otherOrganisation).toBe(manager === world.id('astana'))
      const open = `SELECT 1 FROM cases.access WHERE case_id = $1 AND relation = 'hand-over-receiver' AND until_at IS NULL`
      expect(await world.rows(open, [id])).toHaveLength(left)
    }
  for (let round = 0; round < 3; round++) {
    const id = await world.caseWithPlan()
    await offer(id)
    const [late, accepted] = await Promise.all([
      world.tryAct('aigul', id, 'contact-made', { by: 'home-visit', childSeen: true, signsOfCruelty: false, found: 'в то же время' }),
      accept(id),
    ])
    expect(accepted!.status).toBe(200)
    expect(late!.status === 200 || late!.body.code === 'handed-over', JSON.stringify(late)).toBe(true)
  }
})

test('an offer without an answer is told again: to the receiver, then to the supervisor of the sender, then to the head too every three days until it is answered', async () => {
  await world.admin.query(`UPDATE cases.access SET until_at = $1 WHERE relation = 'hand-over-receiver' AND until_at IS NULL`, [
    world.clock.now(),
  ])
  const id = await world.caseWithPlan()
  await offer(id)
  const at = world.clock.now()
  const told = () => [noticesOf(id, 'hand-over-waits').length, noticesOf(id, 'hand-over-unanswered').length]
  const look = async (moment: number) => {
    world.clock.set(moment)
    await world.deliver()
    await world.deliver()
    return told()
  }
  expect(await look(offerReminderAt(at) - 1)).toEqual([0, 0])
  expect(await look(offerReminderAt(at))).toEqual([1, 0])
  expect(await look(offerReminderAt(at) + 1)).toEqual([1, 0])
  expect(await look(offerEscalationAt(at) - 1)).toEqual([1, 0])
  expect(await look(offerEscalationAt(at))).toEqual([1, 1])
  expect(await look(offerEscalationAt(at) + 86_400_000)).toEqual([1, 1])
  const first = offerEscalationAt(at) // told in that millisecond
  expect(await look(offerEscalationAgainAt(first) - 1)).toEqual([1, 1])
  expect(await look(offerEscalationAgainAt(first))).toEqual([1, 2])
  expect(await look(offerEscalationAgainAt(first) + 1)).toEqual([1, 2])
  const second = offerEscalationAgainAt(first)
  expect(await look(offerEscalationAgainAt(second))).toEqual([1, 3])
  expect(noticesOf(id, 'hand-over-unanswered').map(({ steps: [step] }) => [step!.whom, step!.repeat])).toEqual([
    [['supervisor'], 0],
    [['supervisor', 'head'], 1],
    [['supervisor', 'head'], 2],
  ])
  expect((await world.tryAct('saule', id, 'hand-over-taken-back', {})).status).toBe(200)
  expect(await look(offerEscalationAgainAt(world.clock.now() + 30 * 86_400_000))).toEqual([1, 3])
  expect(noticesOf(id, 'hand-over-waits')[0]).toMatchObject({ organisation: world.otherOrganisation, people: {}, rule: 'AC-11' })
  expect(noticesOf(id, 'hand-over-unanswered')[0]).toMatchObject({ organisation: world.organisation, steps: [{ whom: ['supervisor'] }] })
  expect(await caseRow(id)).toMatchObject({ organisation: world.organisation, manager: world.id('aigul') })
})
