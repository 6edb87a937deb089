/** What a packet is printed from: asked by a service for a person, shown by that person's rights, and a row of the trail. */
import { Block, Prints } from '@tirek/contract/prints'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from './cases.fixture.ts'

let world: CasesWorld
let id: string
const [first, second] = [randomUUID(), randomUUID()]
beforeAll(async () => {
  world = await CasesWorld.open()
  id = await world.caseWithPlan()
  await world.act('aigul', id, 'plan-signed', {
    planVersion: 2,
    parents: [{ name: 'Мать Үлжан' }],
    needs: [{ kind: 'family', text: 'Жилье' }],
    measures: [
      { id: first, action: 'Встать в очередь', due: '2027-03-01', responsible: 'family', responsibleName: 'мать', need: 1 },
      { id: second, action: 'Устроить в сад', due: '2027-09-01', responsible: 'worker', person: world.id('dana') },
    ],
  })
  world.clock.set(world.clock.now() + 60_000)
  await world.act('aigul', id, 'measure-marked', { measure: first, mark: 'partly', note: 'Очередь 300' })
  await world.act('aigul', id, 'plan-signed-by-family', { signed: false, reason: 'мать уехала' })
})
afterAll(() => world?.close())

const ask = (login: string, more: object = {}) =>
  world.askAsService('/internal/cases/prints', { who: { person: world.id(login) }, caseId: id, lang: 'ru', ...more })
const rows = (kind: string) =>
  world.rows<{ id: string }>(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = $2 ORDER BY version`, [id, kind])
const textOf = (blocks: unknown) => JSON.stringify(blocks)

test('the newest report and the newest plan, as documents with who the child is', async () => {
  const { status, body } = await ask('aigul')
  expect(status).toBe(200)
  const prints = Prints.parse(body)
  expect(prints.child.fileNumber).toMatch(/-2026-/)
  expect(prints.child.name).not.toBe('')
  expect(prints.items.map(({ kind, title }) => [kind, title])).toEqual([
    ['assessment-finished', 'Отчет о комплексной оценке потребностей ребенка и семьи'],
    ['plan-signed', 'Индивидуальный план сопровождения семьи, версия 2'],
  ])
  const plan = textOf(prints.items[1]!.blocks)
  for (const said of ['Мать Үлжан', 'Встать в очередь', 'частично, ', 'Очередь 300', 'план не подписан, мать уехала', prints.child.name])
    expect(plan).toContain(said)
  const dana = await world.one<{ name: string }>('SELECT name FROM directory.person_view WHERE id = $1', [world.id('dana')])
  expect(plan).toContain(dana.name)
  expect(plan).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
})

test('in Kazakh the official captions stay and the words are Kazakh', async () => {
  const { body } = await ask('aigul', { lang: 'kk' })
  expect(body.items[1].title).toBe('Отбасын сүйемелдеудің жеке жоспары, нұсқа 2')
  expect(textOf(body.items[1].blocks)).toContain('8. План действий / Іс-қимыл жоспары')
})

test('chosen acts, in the order in which they were chosen; a withdrawn or foreign one is not there', async () => {
  const plans = await rows('plan-signed')
  const [report] = await rows('assessment-finished')
  const chosen = [plans[0]!.id, report!.id]
  expect((await ask('aigul', { acts: chosen })).body.items.map(({ act }: { act: string }) => act)).toEqual(chosen)
  expect((await ask('aigul', { acts: [randomUUID()] })).status).toBe(404)
})

test('any act can be printed, and what is protected is in none', async () => {
  await world.act('aigul', id, 'placement-recorded', {
    placement: 'temporary-centre',
    with: 'Кризисный центр, ул. Тайная 5',
    contacts: '+7 700 000 00 00',
  })
  for (const kind of ['help-request-registered', 'placement-recorded']) {
    const [act] = await rows(kind)
    const { status, body } = await ask('aigul', { acts: [act!.id] })
    expect(status, kind).toBe(200)
    for (const block of body.items[0].blocks) Block.parse(block)
    expect(textOf(body)).not.toMatch(/Тайная|\+7 700 000 00 00/)
  }
  const [request] = await world.rows<{ form: { ground: string; asker?: { name?: string } } }>(
    `SELECT form FROM cases.act WHERE case_id = $1 AND kind = 'help-request-registered'`,
    [id],
  )
  const [opened] = await rows('help-request-registered')
  expect(textOf((await ask('aigul', { acts: [opened!.id] })).body)).not.toContain(request!.form.ground)
})

test('who may not open the file gets nothing: neither a head, nor another organisation, nor who has gone', async () => {
  for (const login of ['astana', 'admin']) expect((await ask(login)).status, login).toBe(404)
  expect([403, 404]).toContain((await ask('nurlan')).status)
  expect((await world.askAsService('/internal/cases/prints', { who: { person: randomUUID() }, caseId: id, lang: 'ru' })).status).toBe(403)
  expect(
    (await world.askAsService('/internal/cases/prints', { who: { person: world.id('aigul') }, caseId: id, lang: 'ru' }, 'meetings')).status,
  ).toBe(403)
})

test('whoever takes part in the plan reads it, and makes no packet of it', async () => {
  await world.act('aigul', id, 'participant-invited', { person: world.id('erlan'), parts: ['plan'], reason: 'Нужна помощь психолога' })
  const [plan] = await rows('plan-signed')
  for (const more of [{}, { acts: [plan!.id] }]) expect((await ask('erlan', more)).status).toBe(403)
})

test('each time it is a row of the trail', async () => {
  const before = await read()
  await ask('aigul')
  expect((await read()).slice(before.length)).toEqual([{ what: 'read-for-packet', who: world.id('aigul'), why: 'manager' }])
})
const read = () => world.rows(`SELECT what, who, why FROM cases.trail WHERE chain = $1 AND what = 'read-for-packet' ORDER BY n`, [id])
