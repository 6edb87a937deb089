/** What the family refuses holds for meetings too. */
import { addDays } from '@tirek/procedure/time'
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

test('RT-03: who came and is refused by the family since gets no protocol, nor its correction; the others do, and all at high risk', async () => {
  const { id } = await world.caseWithPlan()
  const [ngo, school] = [randomUUID(), randomUUID()]
  for (const [agency, kind, contact] of [
    [ngo, 'ngo', 'ngo@example.org'],
    [school, 'education', 'school@example.org'],
  ]) {
    await world.rows(`INSERT INTO directory.agency (id, kind, territory, name) VALUES ($1, $2, 'Almaty', 'Ведомство')`, [agency, kind])
    await world.rows(
      `INSERT INTO directory.agency_contact (id, agency, place, name, email, lang) VALUES ($1, $2, 1, 'Контакт', $3, 'ru')`,
      [randomUUID(), agency, contact],
    )
  }
  const invitees = [ngo, school].map((agency) => ({ who: 'agency' as const, agency, role: 'помощь' }))
  const meeting = await world.call(id, { invitees })
  world.clock.set(world.at(10, '15:00'))
  const content = {
    needs: ['Жилье'],
    measures: [{ action: 'Помочь с жильем', responsible: 'НПО', due: addDays(world.monday, 40) }],
    next: { startsAt: world.when(40, '15:00'), endsAt: world.when(40, '16:00') },
    attendance: meeting.invitees.map(({ id: invitee }) => ({ invitee, came: true })),
  }
  await world.act(meeting, 'held', { heldAt: world.when(10, '15:00'), ...content })
  const said = { by: 'parent', name: 'Гульнара Ахметова', way: 'paper', basis: 'свидетельство', for: ['share-ngo'], text: '2026-1' }
  await world.actOnCase('aigul', id, 'consent-refused', said)
  const gotBy = async (version: number) =>
    (
      await world.rows<{ email: string }>(
        `SELECT i.email FROM meetings.mail m JOIN meetings.invitee i ON i.id = m.invitee WHERE m.meeting = $1 AND m.protocol_version = $2`,
        [meeting.id, version],
      )
    ).map(({ email }) => email)
  await world.act(meeting, 'protocol-approved', {})
  expect(await gotBy(1)).toEqual(['school@example.org'])
  await world.act(meeting, 'protocol-corrected', { ...content, changed: 'Описка' })
  expect(await gotBy(2)).toEqual(['school@example.org'])
  await world.actOnCase('aigul', id, 'risk-assessed', {
    criteria: ['H1'],
    level: 'high',
    receivedAt: new Date(world.clock.now()).toISOString(),
  })
  await world.act(meeting, 'protocol-corrected', { ...content, changed: 'Еще описка' })
  expect((await gotBy(3)).toSorted()).toEqual(['ngo@example.org', 'school@example.org'])
})
