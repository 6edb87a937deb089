/** A review as a meeting (CP-51, CP-53, CP-58): who coordinates it, what the case is told, what its protocol says, whom the next one is called with. */
import { dense, readPdf } from '@tirek/documents/examples/reading.fixture'
import type { MeetingPage } from '@tirek/contract/meetings'
import { addDays } from '@tirek/procedure/time'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { MeetingsWorld } from './meetings.fixture.ts'

let world: MeetingsWorld
let file: { id: string; number: string }
beforeAll(async () => {
  world = await MeetingsWorld.open()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.rows('UPDATE meetings.meeting SET next_step_at = NULL')
  await world.rows('DELETE FROM meetings.outbox')
  world.goOn()
  file = await world.caseWithPlan()
  await world.planFor(file.id)
  await world.deliver()
})

const decided = (meeting: MeetingPage, more: object = {}) => ({
  heldAt: world.when(10, '15:05'),
  attendance: meeting.invitees.map(({ id }, n) => ({ invitee: id, came: n < 2 })),
  needs: ['Постоянное жилье'],
  measures: [{ action: 'Оформить пособие', invitee: meeting.invitees[0]!.id, due: addDays(world.monday, 34) }],
  decision: 'continue',
  next: { startsAt: world.when(59, '15:00'), endsAt: world.when(59, '16:00') },
  ...more,
})
const reviewed = async (more: object = {}) => {
  const meeting = await world.call(file.id, { kind: 'review' })
  world.clock.set(world.at(10, '17:00'))
  return world.act(meeting, 'held', decided(meeting, more))
}
const acts = (kind: string) =>
  world.rows(`SELECT form, fact FROM cases.act WHERE case_id = $1 AND kind = $2 ORDER BY version`, [file.id, kind])

test('CP-51: who agreed a review, or supervises who calls it, coordinates it; another superior may be named, nobody else', async () => {
  expect((await world.call(file.id, { kind: 'review' })).coordinator).toBe(world.id('saule'))
  expect((await world.call(file.id, { kind: 'review', agreement: undefined }, 'saule')).coordinator).toBe(world.id('saule'))
  expect((await world.call(file.id, { kind: 'review', coordinator: world.id('nurlan') })).coordinator).toBe(world.id('nurlan'))
  expect((await world.call(file.id)).coordinator).toBeUndefined()
  for (const login of ['aigul', 'erlan', 'boss']) {
    const { status, body } = await world.ask(
      'aigul',
      'POST',
      '/api/meetings',
      world.calledForm(file.id, { kind: 'review', coordinator: world.id(login) }),
    )
    expect([status, body.errors[0]], login).toMatchObject([400, { pointer: '/coordinator', code: 'not-superior', rule: 'CP-51' }])
    expect(body.errors[0].message).toContain('supervisor')
  }
})

test('CP-51: held by another superior, he is recorded in the case and the protocol; a worker is refused and nothing is saved', async () => {
  const meeting = await world.call(file.id, { kind: 'review' })
  world.clock.set(world.at(10, '17:00'))
  for (const coordinator of [world.id('aigul'), world.id('boss'), randomUUID()]) {
    const { status, body } = await world.tryAct(meeting, 'held', decided(meeting, { coordinator }))
    expect([status, body.errors[0]]).toMatchObject([400, { pointer: '/form/coordinator', code: 'not-superior', rule: 'CP-51' }])
  }
  expect((await world.page(meeting)).state).toBe('called')
  const held = await world.act(meeting, 'held', decided(meeting, { coordinator: world.id('nurlan') }))
  expect(held.coordinator).toBe(world.id('nurlan'))
  await world.deliver()
  expect((await acts('review-held'))[0]!['form'].coordinator).toBe(world.id('nurlan'))
})

test('whoever was to coordinate it supervises here no more: another must be named, so that the case is not told of somebody it refuses', async () => {
  const meeting = await world.call(file.id, { kind: 'review' })
  world.clock.set(world.at(10, '17:00'))
  await world.rows(`UPDATE directory.person SET active = false WHERE id = $1`, [world.id('saule')])
  const refused = await world.tryAct(meeting, 'held', decided(meeting))
  await world.rows(`UPDATE directory.person SET active = true WHERE id = $1`, [world.id('saule')])
  expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, '/form/coordinator'])
  expect((await world.tryAct(meeting, 'held', decided(meeting))).status).toBe(200)
})

test('CP-58: who disagrees, with what demand and why, goes to the case with the decision', async () => {
  const meeting = await world.call(file.id, { kind: 'review' })
  world.clock.set(world.at(10, '17:00'))
  const [first, second] = meeting.invitees
  const dissent = [
    { invitee: first!.id, demands: 'foster-family', reasons: 'Мать снова одна' },
    { invitee: second!.id, reasons: 'Рано' },
  ]
  await world.act(meeting, 'held', decided(meeting, { decision: 'separate', dissent }))
  await world.deliver()
  const [{ form }] = (await acts('review-held')) as [Record<string, any>]
  expect(form).toMatchObject({
    decision: 'separate',
    meeting: meeting.id,
    opinions: [
      { author: 'Контакт 1, роль 1', demands: 'foster-family', reasons: 'Мать снова одна' },
      { author: 'Контакт 2, роль 2', reasons: 'Рано' },
    ],
  })
})

test('CP-53: what a review decided is not changed by its protocol; the day of the next one may be, and the case is told', async () => {
  const held = await reviewed()
  await world.deliver()
  const { heldAt: _, ...content } = decided(held)
  const other = await world.tryAct(held, 'protocol-written', { ...content, decision: 'separate' })
  expect([other.status, other.body.errors[0]]).toMatchObject([400, { pointer: '/form/decision', code: 'decided-already' }])
  expect(await acts('review-agreed')).toEqual([])
  // Another hour of that day tells nothing.
  await world.act(held, 'protocol-written', { ...content, next: { startsAt: world.when(59, '09:00'), endsAt: world.when(59, '10:00') } })
  await world.deliver()
  expect(await acts('review-agreed')).toEqual([])
  await world.act(held, 'protocol-written', { ...content, next: { startsAt: world.when(45, '09:00'), endsAt: world.when(45, '10:00') } })
  await world.act(held, 'protocol-approved', {})
  const late = { ...content, next: { startsAt: world.when(45, '09:00'), endsAt: world.when(45, '10:00') } }
  const corrected = await world.tryAct(held, 'protocol-corrected', { ...late, decision: 'close', changed: 'Описка' })
  expect(corrected.body.errors[0]).toMatchObject({ pointer: '/form/decision', code: 'decided-already' })
  await world.deliver()
  expect((await acts('review-agreed')).map(({ fact }) => fact)).toEqual([{ day: addDays(world.monday, 45) }])
  expect(
    await world.rows(`SELECT due_day FROM cases.deadline WHERE case_id = $1 AND row = 'review' AND state = 'open'`, [file.id]),
  ).toEqual([{ due_day: addDays(world.monday, 45) }])
})

test('the protocol says which review it was, who coordinated it, and what was reported before it', async () => {
  const textOf = async (page: MeetingPage) => {
    const pdf = page.protocol!.files.find(({ type }) => type === 'application/pdf')!
    const answer = await fetch(`${world.meetings.url}/api/meetings/${page.id}/files/${pdf.id}`, {
      headers: { authorization: `Bearer ${world.people.get('aigul')!.token}` },
    })
    return dense(
      readPdf(Buffer.from(await answer.arrayBuffer()))
        .placed.map(({ text }) => text)
        .join(''),
    )
  }
  const measure = (await world.rows(`SELECT form FROM cases.act WHERE case_id = $1 AND kind = 'plan-signed'`, [file.id]))[0]!['form']
    .measures[0].id
  const report = {
    report: 'Половина сделана',
    measures: [{ measure, mark: 'partly' }],
    proposal: 'continue',
    proposalReason: 'Есть сдвиги',
  }
  await world.actOnCase('aigul', file.id, 'review-report-handed-in', report)
  const first = await reviewed()
  await world.deliver()
  const page = await world.act(first, 'protocol-approved', {})
  const text = await textOf(page)
  for (const said of ['Пересмотр плана № 1', 'Половина сделана', 'продолжить с изменениями', 'Есть сдвиги', 'saule'])
    expect(text, said).toContain(dense(said))

  world.monday = addDays(world.monday, 42)
  world.clock.set(world.at(0, '10:00'))
  const second = await world.act(await reviewed(), 'protocol-approved', {})
  const later = await textOf(second)
  expect(later).toContain(dense('Пересмотр плана № 2'))
  // The report belongs to the review that it was handed in for.
  expect(later).not.toContain(dense('Половина сделана'))
})

const proposal = (login: string, kind = 'review', caseId = file.id) =>
  world.ask(login, 'GET', `/api/meetings/proposal?caseId=${caseId}&kind=${kind}`)

test('CP-33, CP-50: the next review is proposed with the people of the last one, as the form takes them; who left the directory is left out', async () => {
  expect((await proposal('aigul')).body).toEqual({ agenda: [], invitees: [] })
  const called = await world.call(file.id, { kind: 'review', coordinator: world.id('nurlan') })
  expect((await proposal('aigul')).body.standing).toEqual({ id: called.id, state: 'called', startsAt: called.startsAt })
  expect((await proposal('aigul', 'team')).body.standing).toBeUndefined()
  world.clock.set(world.at(10, '17:00'))
  await world.act(called, 'held', decided(called))
  const { body } = await proposal('aigul')
  expect(body).toMatchObject({ from: called.id, agenda: called.agenda, place: 'Кабинет 214', coordinator: world.id('nurlan') })
  const { invitees } = world.calledForm(file.id)
  expect(body.invitees).toMatchObject(invitees)
  // It is taken as it is.
  world.clock.set(world.at(10, '18:00'))
  const again = {
    ...world.calledForm(file.id, { kind: 'review' }),
    startsAt: world.when(50, '10:00'),
    endsAt: world.when(50, '11:00'),
    invitees: body.invitees,
  }
  const next = await world.ask('aigul', 'POST', '/api/meetings', again)
  expect([next.status, next.body.invitees.length]).toEqual([201, 7])

  await world.rows(`UPDATE directory.person SET active = false WHERE id = $1`, [world.id('erlan')])
  const less = (await proposal('aigul')).body.invitees
  await world.rows(`UPDATE directory.person SET active = true WHERE id = $1`, [world.id('erlan')])
  expect(less.map(({ who }: { who: string }) => who)).toEqual(['agency', 'agency', 'agency', 'agency', 'agency', 'family'])
  // Of another kind only the people are taken along.
  const team = (await proposal('aigul', 'team')).body
  expect([team.agenda, team.place, team.coordinator, team.invitees.length]).toEqual([[], undefined, undefined, 7])
})

test('a proposal is for who may call a meeting of the case; a question that is none is told which field is wrong', async () => {
  expect((await proposal('aigul')).status).toBe(200)
  expect((await proposal('saule')).status).toBe(200)
  for (const [login, status] of [
    ['nurlan', 403],
    ['dana', 404],
    ['astana', 404],
    ['boss', 404],
  ] as const)
    expect((await proposal(login)).status, login).toBe(status)
  // Somebody who was let in to see the meetings calls none.
  await world.actOnCase('aigul', file.id, 'participant-invited', { person: world.id('erlan'), parts: ['meetings'], reason: 'Ведет мать' })
  expect((await world.ask('erlan', 'GET', `/api/meetings?caseId=${file.id}`)).status).toBe(200)
  expect((await proposal('erlan')).status).toBe(403)
  expect((await proposal('aigul', 'party')).status).toBe(400)
  expect((await proposal('aigul', 'review', 'x')).status).toBe(400)
})
