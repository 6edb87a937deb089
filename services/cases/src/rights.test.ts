/** Consent and correction over real HTTP and a real Postgres. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from './cases.fixture.ts'

let world: CasesWorld
beforeAll(async () => {
  world = await CasesWorld.open()
})
afterAll(() => world?.close())

const consent = (purposes: string[]) => ({ for: purposes, by: 'parent', name: 'Асель Маркер', text: '2026-1', way: 'paper' })

test('RT-04: without a recorded consent the page warns and blocks nothing; with one it says what was agreed to', async () => {
  const id = await world.caseWithPlan()
  const page = (await world.ask('aigul', 'GET', `/api/cases/${id}`)).body
  expect(page.warnings).toContain('consent-none')
  expect(page.allowedActs).toEqual(expect.arrayContaining(['consent-given', 'consent-refused']))
  const given = await world.act('aigul', id, 'consent-given', { ...consent(['support', 'share-ngo']), until: '2026-12-31' })
  expect(given.warnings).not.toContain('consent-none')
  expect(given.consents).toEqual([
    { purpose: 'support', state: 'given', at: world.clock.now(), text: '2026-1', until: '2026-12-31' },
    { purpose: 'share-ngo', state: 'given', at: world.clock.now(), text: '2026-1', until: '2026-12-31' },
  ])
  const { facts } = await world.one('SELECT facts FROM cases."case" WHERE id = $1', [id])
  expect(JSON.stringify(facts)).not.toContain('Маркер')
  // Its last day still counts, the day after does not.
  const day = (at: string) => world.clock.set(Date.parse(at))
  day('2026-12-31T23:59:59.999+05:00')
  expect((await world.ask('saule', 'GET', `/api/cases/${id}`)).body.consents[0].state).toBe('given')
  day('2027-01-01T00:00:00+05:00')
  const after = (await world.ask('saule', 'GET', `/api/cases/${id}`)).body
  expect(after.consents[0].state).toBe('expired')
  expect(after.warnings).toContain('consent-none')
})

test('RT-03: a standing refusal stops sharing with its rule and what to do, in the language asked for', async () => {
  const id = await world.caseWithPlan()
  await world.act('aigul', id, 'consent-refused', consent(['share-ngo', 'support']))
  const form = { request: '0e7f3b4e-66a5-4f7c-9a55-0c2f6a1f2b3c', to: 'Фонд', subject: 'Одежда' }
  const ngo = await world.tryAct('aigul', id, 'request-sent', { ...form, addressee: 'ngo' })
  expect(ngo).toMatchObject({ status: 422, body: { code: 'sharing-refused', rule: 'RT-03' } })
  expect(ngo.body.next).toContain('Не отправляйте')
  expect((await world.tryAct('aigul', id, 'request-sent', form)).body.code).toBe('addressee-unknown')
  expect((await world.tryAct('aigul', id, 'request-sent', { ...form, addressee: 'police' })).status).toBe(200)
  const page = (await world.ask('aigul', 'GET', `/api/cases/${id}`)).body
  expect(page.warnings).toContain('consent-refused')
  expect(page.warnings).not.toContain('consent-none')
})

test('RT-20: the register finds the child by the right data, the act keeps what was before', async () => {
  const { summary } = await world.register('aigul', {
    child: { name: 'Мирас Ошибкин', birthDate: '2020-01-01', sex: 'male', phone: '8 701 555 01 99' },
  })
  const found = async (query: string) =>
    (await world.ask('aigul', 'GET', `/api/register?query=${encodeURIComponent(query)}`)).body.items.map((hit: any) => hit.caseId)
  expect(await found('Мирас Ошибкин')).toContain(summary.id)
  expect((await world.one('SELECT told_six_at FROM cases."case" WHERE id = $1', [summary.id])).told_six_at).not.toBeNull()
  const page = await world.act('aigul', summary.id, 'child-corrected', {
    name: 'Ерасыл Верныйбеков',
    birthDate: '2023-01-01',
    iin: '230101500016',
    remove: ['phone'],
    reason: 'Опечатка',
    source: 'свидетельство о рождении',
    was: { name: 'подделка' },
  })
  expect(page.summary.child.birthDate).toBe('2023-01-01')
  expect(page.warnings).toContain('iin-check-digit')
  expect(await found('Ерасыл Верныйбеков')).toContain(summary.id)
  expect(await found('Мирас Ошибкин')).not.toContain(summary.id)
  expect((await world.ask('aigul', 'GET', `/api/cases/${summary.id}/child`)).body).toMatchObject({
    name: 'Ерасыл Верныйбеков',
    iin: '230101500016',
  })
  expect((await world.ask('aigul', 'GET', `/api/cases/${summary.id}/child`)).body).not.toHaveProperty('phone')
  const { form, fact } = await world.one(`SELECT form, fact FROM cases.act WHERE case_id = $1 AND kind = 'child-corrected'`, [summary.id])
  expect(form.was).toEqual({ name: 'Мирас Ошибкин', birthDate: '2020-01-01', phone: '+77015550199' })
  expect(fact).toEqual({ fields: ['name', 'birthDate', 'iin', 'phone'] })
  expect((await world.one('SELECT told_six_at FROM cases."case" WHERE id = $1', [summary.id])).told_six_at).toBeNull()
})

test('RT-20, RT-21: a correction names what, why and by which paper; a refused one keeps reason and objection', async () => {
  const { summary } = await world.register('aigul')
  const empty = await world.tryAct('aigul', summary.id, 'child-corrected', { reason: 'так', source: 'так' })
  expect(empty).toMatchObject({ status: 400, body: { errors: [{ pointer: '/form/name', code: 'nothing-corrected' }] } })
  const both = await world.tryAct('aigul', summary.id, 'child-corrected', {
    phone: '87015550199',
    remove: ['phone'],
    reason: 'так',
    source: 'так',
  })
  expect(both).toMatchObject({ status: 400, body: { errors: [{ pointer: '/form/phone' }] } })
  expect((await world.tryAct('medet', summary.id, 'child-corrected', { name: 'Другое', reason: 'так', source: 'так' })).status).not.toBe(
    200,
  )
  const refused = { asked: 'убрать запись о визите', askedBy: 'мать', reason: 'визит был', objection: 'мать не согласна' }
  expect((await world.tryAct('aigul', summary.id, 'correction-refused', refused)).body.code).toBe('not-allowed')
  await world.act('saule', summary.id, 'correction-refused', refused)
  const timeline = (await world.ask('saule', 'GET', `/api/cases/${summary.id}/timeline`)).body
  expect(timeline.items).toContainEqual(expect.objectContaining({ kind: 'correction-refused', form: refused }))
})
