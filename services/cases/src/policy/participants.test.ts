/** Invitations over HTTP: who may give and end them, what they open, what is told, and what follows when one was entered in error. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'

let world: CasesWorld
let id: string

beforeAll(async () => {
  world = await CasesWorld.open()
  await world.add('home', 'childrens-home-worker', world.otherOrganisation)
  await world.add('otherErlan', 'psychologist', world.otherOrganisation)
  id = await world.caseWithPlan()
})
afterAll(() => world?.close())

const status = async (login: string, path = '') => (await world.ask(login, 'GET', `/api/cases/${id}${path}`)).status
const kindsSeen = async (login: string) =>
  new Set((await world.ask(login, 'GET', `/api/cases/${id}/timeline?limit=200`)).body.items.map((item: any) => item.kind))
const accessRows = () =>
  world.rows('SELECT id, relation, person, parts, until_at FROM cases.access WHERE case_id = $1 ORDER BY from_at, id', [id])

test('a psychologist who was a stranger takes part by the parts that were given, is told once, and is a stranger again when it ends', async () => {
  expect(await status('erlan')).toBe(404)
  for (const login of ['erlan', 'dana', 'medet', 'nurlan']) {
    const refused = await world.tryAct(login, id, 'participant-invited', { person: world.id('erlan'), parts: ['plan'] })
    expect([403, 404], login).toContain(refused.status)
  }
  await world.act('aigul', id, 'participant-invited', { person: world.id('erlan'), parts: ['plan'], reason: 'Нужна помощь психолога' })
  const [row] = await accessRows()
  const { id: act } = await world.one(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'participant-invited'`, [id])
  expect(row).toMatchObject({ id: act, relation: 'participant', person: world.id('erlan'), parts: ['plan'], until_at: null })
  expect(await status('erlan')).toBe(200)
  expect(await status('erlan', '/file')).toBe(403)
  expect(await kindsSeen('erlan')).toEqual(new Set(['plan-signed']))
  await world.act('erlan', id, 'contact-made', { by: 'home-visit', childSeen: true, signsOfCruelty: false, found: 'спокоен' })

  await world.deliver()
  const told = world.notices.filter(({ event, caseId }) => event === 'participant-invited' && caseId === id)
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({ people: { invited: world.id('erlan') }, steps: [{ whom: ['invited'] }], urgent: false })
  expect(JSON.stringify(told)).not.toContain('психолога')

  // Other parts: asked anew, and only the newest stands.
  world.pass(1)
  await world.act('aigul', id, 'participant-invited', { person: world.id('erlan'), parts: ['contacts', 'assessment'] })
  expect(await kindsSeen('erlan')).toEqual(new Set(['contact-made', 'primary-assessment-done', 'assessment-finished']))
  const access = (await world.ask('aigul', 'GET', `/api/cases/${id}/access`)).body
  expect(access).toMatchObject({
    participants: [{ person: world.id('erlan'), name: 'erlan', parts: ['contacts', 'assessment'] }],
    openings: [],
  })
  expect(await status('erlan', '/access')).toBe(403)

  world.pass(1)
  const before = world.clock.now()
  await world.act('saule', id, 'participation-ended', { person: world.id('erlan') })
  expect(await status('erlan')).toBe(404)
  expect((await accessRows()).map((one) => Number(one['until_at']))).toEqual([before - 60_000, before])
  expect(await world.tryAct('saule', id, 'participation-ended', { person: world.id('erlan') })).toMatchObject({
    status: 422,
    body: { code: 'no-such-participant', rule: 'CP-19' },
  })
})

test('access begins at the instant of the invitation and ends at that of its end', async () => {
  const { body } = await world.tryAct('aigul', id, 'participant-invited', { person: world.id('dana'), parts: ['plan'] })
  expect(body.summary.id).toBe(id)
  const at = world.clock.now()
  expect(await status('dana')).toBe(200)
  await world.admin.query(`UPDATE cases.access SET until_at = $2 WHERE case_id = $1 AND person = $3`, [id, at + 60_000, world.id('dana')])
  for (const [moment, expected] of [
    [at + 59_999, 200],
    [at + 60_000, 404],
    [at + 60_001, 404],
  ] as const) {
    world.clock.set(moment)
    expect(await status('dana'), String(moment - at)).toBe(expected)
  }
})

test("a children's home worker of another organisation sees where the child lives and records it, nothing else", async () => {
  // Who works nowhere is not offered: there is nobody to call them.
  await world.add('nowhere', 'childrens-home-worker', world.organisation)
  await world.admin.query(`UPDATE directory.person_view SET organisation = NULL WHERE login = 'nowhere'`)
  const invitable = (await world.ask('aigul', 'GET', `/api/cases/${id}/invitable`)).body.items
  expect(invitable.map((one: any) => one.name).toSorted()).toEqual(['aigul', 'dana', 'erlan', 'home', 'medet', 'saule'])
  const home = world.id('home')
  expect(await world.tryAct('aigul', id, 'participant-invited', { person: home, parts: ['placement', 'plan'] })).toMatchObject({
    status: 422,
    body: { code: 'placement-only', rule: 'CP-15' },
  })
  for (const person of [world.id('otherErlan'), world.id('nurlan'), world.id('admin'), '00000000-0000-4000-8000-00000000dead'])
    expect(await world.tryAct('aigul', id, 'participant-invited', { person, parts: ['placement'] })).toMatchObject({
      status: 422,
      body: { code: 'cannot-be-invited' },
    })
  await world.act('aigul', id, 'participant-invited', { person: home, parts: ['placement'] })
  const page = await world.ask('home', 'GET', `/api/cases/${id}`)
  expect(page).toMatchObject({ status: 200, body: { allowedActs: ['placement-recorded'], summary: { placement: 'with-parents' } } })
  expect(Object.keys(page.body.summary)).not.toContain('risk')
  expect(page.body.deadlines).toEqual([])
  world.pass(1)
  await world.act('home', id, 'placement-recorded', { placement: 'childrens-home' })
  expect((await world.ask('aigul', 'GET', `/api/cases/${id}`)).body.summary.placement).toBe('childrens-home')
  expect(await kindsSeen('home')).toEqual(new Set(['placement-recorded']))
  expect((await world.ask('home', 'GET', '/api/cases')).body.items.map((item: any) => item.id)).toEqual([id])
  expect((await world.tryAct('home', id, 'noted', { what: 'visitor', text: 'был' })).status).toBe(403)
  await world.act('aigul', id, 'participation-ended', { person: home })
  expect(await status('home')).toBe(404)
})

test('an invitation that was entered in error ends; the end of one cannot be taken back', async () => {
  await world.act('aigul', id, 'participant-invited', { person: world.id('medet'), parts: ['contacts'] })
  expect(await status('medet')).toBe(200)
  const { id: act } = await world.one(
    `SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'participant-invited' ORDER BY version DESC LIMIT 1`,
    [id],
  )
  await world.act('aigul', id, 'withdrawn', { act, reason: 'Не тот человек' })
  expect(await status('medet')).toBe(404)
  const { id: end } = await world.one(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'participation-ended' LIMIT 1`, [id])
  expect(await world.tryAct('aigul', id, 'withdrawn', { act: end, reason: 'Ошибка' })).toMatchObject({
    status: 422,
    body: { code: 'cannot-be-withdrawn' },
  })
  expect(await status('erlan')).toBe(404)
})

test('facts hold ids and codes only, and nothing of the case moves', async () => {
  const facts = await world.rows(
    `SELECT fact FROM cases.act WHERE case_id = $1 AND kind IN ('participant-invited', 'participation-ended')`,
    [id],
  )
  for (const { fact } of facts) expect(Object.keys(fact).toSorted().join()).toMatch(/^(parts,person|person)$/)
  const before = (await world.ask('aigul', 'GET', `/api/cases/${id}/deadlines`)).body
  await world.act('aigul', id, 'participant-invited', { person: world.id('erlan'), parts: ['plan'] })
  expect((await world.ask('aigul', 'GET', `/api/cases/${id}/deadlines`)).body).toEqual(before)
})

test('who wrote the act without the row, or the row without the act, is not to be found: both or none', async () => {
  const left = await world.one<{ n: number }>(
    `SELECT count(*)::int AS n FROM cases.access a FULL JOIN (SELECT id FROM cases.act WHERE kind = 'participant-invited') i ON i.id = a.id WHERE a.id IS NULL OR i.id IS NULL`,
  )
  expect(left.n).toBe(0)
})

test('a case that ends needs nobody who was invited: their access ends with it, and opened again it asks them anew', async () => {
  const caseId = (await world.register('aigul')).summary.id
  const seen = async (login: string) => (await world.ask(login, 'GET', `/api/cases/${caseId}`)).status
  await world.act('aigul', caseId, 'participant-invited', { person: world.id('erlan'), parts: ['plan'] })
  await world.act('aigul', caseId, 'participant-invited', { person: world.id('home'), parts: ['placement'] })
  expect([await seen('erlan'), await seen('home')]).toEqual([200, 200])
  await world.act('aigul', caseId, 'primary-assessment-done', { outcome: 'not-confirmed', reason: 'Нет' })
  expect([await seen('erlan'), await seen('home')]).toEqual([200, 200])
  world.pass(1)
  const at = world.clock.now()
  await world.act('saule', caseId, 'closure-decided', { approved: true })
  expect([await seen('erlan'), await seen('home')]).toEqual([404, 404])
  expect(await world.rows('SELECT until_at FROM cases.access WHERE case_id = $1', [caseId])).toEqual([{ until_at: at }, { until_at: at }])
  world.pass(60)
  await world.act('aigul', caseId, 'relapse', { reportedAt: world.at(), criteria: ['M2'], level: 'medium', ground: 'Снова' })
  expect(await seen('erlan')).toBe(404)
  await world.act('aigul', caseId, 'participant-invited', { person: world.id('erlan'), parts: ['plan'] })
  expect(await seen('erlan')).toBe(200)
})
