/** What the family refuses holds for meetings too. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MeetingsWorld } from './meetings.fixture.ts'

let world: MeetingsWorld
beforeAll(async () => {
  world = await MeetingsWorld.open()
})
afterAll(() => world?.close())

test('RT-03: an agency that the family refuses is not asked, whoever calls; whom duty tells is, and all are once consent is given', async () => {
  const { id } = await world.caseWithPlan()
  const ngo = randomUUID()
  await world.rows(`INSERT INTO directory.agency (id, kind, territory, name) VALUES ($1, 'ngo', 'Almaty', 'Помощь рядом')`, [ngo])
  const [police] = world.agencies
  const call = (agency: string, login = 'aigul') =>
    world.ask(login, 'POST', '/api/meetings', world.calledForm(id, { invitees: [{ who: 'agency', agency, role: 'помощь' }] }))
  const said = { by: 'parent', name: 'Гульнара Ахметова', way: 'paper' }
  await world.actOnCase('aigul', id, 'consent-refused', { ...said, basis: 'свидетельство', for: ['share-ngo'], text: '2026-1' })
  for (const login of ['aigul', 'saule']) {
    const { status, body } = await call(ngo, login)
    expect([status, body.errors[0].pointer, body.errors[0].code]).toEqual([400, '/invitees/0/agency', 'sharing-refused'])
  }
  const { body: meeting } = await call(police!)
  expect(
    (await world.tryAct(meeting, 'invited', { invitee: { who: 'agency', agency: ngo, role: 'помощь' } })).body.errors[0],
  ).toMatchObject({
    pointer: '/form/invitee/agency',
    code: 'sharing-refused',
  })
  world.clock.set(world.clock.now() + 60_000)
  await world.actOnCase('aigul', id, 'consent-given', { ...said, basis: 'свидетельство', for: ['share-ngo'], text: '2026-1' })
  const asked = await call(ngo)
  expect(asked.status, JSON.stringify(asked.body.errors)).toBe(201)
})
