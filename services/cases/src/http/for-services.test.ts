/** What services may ask of services: each door opens for those that need it, and nobody is believed about who a person is. */
import { scratchKeyOf } from '@tirek/platform/scratch-service-keys'
import { CALLERS, ServiceCaller } from '@tirek/platform/service-tokens'
import { SYSTEM } from '@tirek/platform/trail'
import { ROUTES } from '@tirek/policy/work'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'

let world: CasesWorld
let caseId: string
beforeAll(async () => {
  world = await CasesWorld.open()
  caseId = (await world.register('aigul')).summary.id
})
afterAll(() => world?.close())

/** Routes for services, with those that may ask. */
const doorsOf = (service: keyof typeof ROUTES) =>
  Object.entries(ROUTES[service]).flatMap(([route, row]) =>
    'callers' in row ? [{ route, callers: row.callers as readonly string[] }] : [],
  )

test('every service that may call another has a door there, and no door names one that may not', () => {
  for (const service of Object.keys(CALLERS) as (keyof typeof CALLERS)[])
    expect([...new Set(doorsOf(service).flatMap(({ callers }) => callers))].toSorted(), service).toEqual([...CALLERS[service]].toSorted())
})

test('a service that may call comes through no door that is another one’s', async () => {
  const seen = await Promise.all(
    doorsOf('cases').flatMap(({ route, callers }) =>
      CALLERS.cases.map(async (as) => {
        const { status } = await world.askAsService(route.split(' ')[1] as '/internal/acts', {}, as)
        return `${route} ${as}: ${(status === 403) === callers.includes(as) ? status : 'right'}`
      }),
    ),
  )
  expect(seen.filter((one) => !one.endsWith('right'))).toEqual([])
  expect(seen).toHaveLength(32)
})

test('who was refused what, and why, stands in the trail: proven, claimed or unknown; once a minute, without what was sent', async () => {
  const refusals = async () =>
    (await world.rows<{ why: string }>(`SELECT why FROM cases.trail WHERE what = 'service-refused' ORDER BY seq`)).map(({ why }) => why)
  // The doors that were tried before.
  const before = await refusals()
  expect(before).toHaveLength(
    doorsOf('cases').flatMap(({ callers }) => CALLERS.cases.filter((as) => !callers.includes(as as never))).length,
  )
  expect(before).toContain('directory not-allowed POST /internal/acts')
  const secret = { keys: ['Тайный ключ'] }
  const token = await new ServiceCaller('notifications', scratchKeyOf('notifications')).token('cases', {
    method: 'POST',
    path: '/internal/steps/open',
    body: JSON.stringify(secret),
  })
  const ask = (authorization?: string) =>
    world.ask(undefined, 'POST', '/internal/steps/open', secret, authorization ? { authorization } : {})
  expect((await ask(`Bearer ${token}`)).status).toBe(200)
  for (const [authorization, times] of [
    // Heard on the way and said again.
    [`Bearer ${token}`, 2],
    [`Bearer ${world.people.get('aigul')!.token}`, 1],
    ['Bearer x.y.z', 1],
    [undefined, 1],
  ] as const)
    for (let n = 0; n < times; n++) expect((await ask(authorization)).status).toBe(401)
  expect((await refusals()).slice(before.length)).toEqual([
    'notifications? not-signed-in POST /internal/steps/open',
    'unknown not-signed-in POST /internal/steps/open',
  ])
  const rows = await world.rows(
    `SELECT who, role, organisation, case_id, about, from_where, outcome FROM cases.trail WHERE what = 'service-refused'`,
  )
  for (const row of rows)
    expect(row).toEqual({
      ...{ who: SYSTEM.person, role: 'system', organisation: null, case_id: null, about: null },
      from_where: '127.0.0.1',
      outcome: 'refused',
    })
})

const act = (person: string, more: object = {}) => ({
  who: { person },
  key: `meeting/${randomUUID()}`,
  caseId,
  kind: 'meeting-held',
  happenedAt: world.clock.now(),
  form: { meeting: randomUUID(), present: ['polyclinic'] },
  ...more,
})
const acts = async () => (await world.rows('SELECT kind FROM cases.act WHERE case_id = $1', [caseId])).map(({ kind }) => kind)

test('only acts of meetings are recorded for somebody', async () => {
  const { status, body } = await world.askAsService(
    '/internal/acts',
    act(world.id('aigul'), { kind: 'noted', form: { text: 'Сказано за другого' } }),
  )
  expect([status, body.errors?.[0]?.pointer]).toEqual([400, '/kind'])
  expect(await acts()).toEqual(['help-request-registered'])
})

test('what a person is, the directory says: a claimed role or organisation counts for nothing, who has gone may nothing', async () => {
  const decisions = async (who: object) => (await world.askAsService('/internal/decisions', { who, caseIds: [caseId] })).body.items.length
  const { organisation } = world
  expect(await decisions({ person: world.id('aigul') })).toBe(1)
  for (const person of [world.id('astana'), world.id('admin'), randomUUID()]) {
    const claimed = { person, role: 'supervisor', organisation, login: 'saule', lang: 'ru' }
    expect(await decisions(claimed)).toBe(0)
    expect([403, 404]).toContain((await world.askAsService('/internal/cases/child', { who: claimed, caseId })).status)
    expect([403, 404]).toContain((await world.askAsService('/internal/acts', act(person, { who: claimed }))).status)
  }
  await world.rows('UPDATE directory.person_view SET active = false WHERE id = $1', [world.id('aigul')])
  expect(await decisions({ person: world.id('aigul') })).toBe(0)
  expect(await world.askAsService('/internal/acts', act(world.id('aigul')))).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  await world.rows('UPDATE directory.person_view SET active = true WHERE id = $1', [world.id('aigul')])
  expect(await acts()).toEqual(['help-request-registered'])
})

test('what a body answered by a link is nobody’s of ours: the referrals service alone tells it, and nothing else so', async () => {
  const id = await world.caseWithPlan()
  const referral = randomUUID()
  await world.act('aigul', id, 'referral-sent', { referral, to: 'commission', subject: 'Форма устройства' })
  world.pass(60)
  const { who, ...answer } = act(world.id('aigul'), { caseId: id, kind: 'referral-answered', form: { referral, answer: 'decided' } })
  const byLink = { ...answer, origin: 'one-time-link' }
  const tell = async (path: '/internal/acts' | '/internal/acts-of-referrals', body: object) => (await world.askAsService(path, body)).status
  for (const wrong of [{ ...byLink, who }, { ...byLink, origin: 'phone' }, answer])
    expect(await tell('/internal/acts-of-referrals', wrong)).toBe(400)
  const sent = { ...byLink, kind: 'referral-sent', form: { referral: randomUUID(), to: 'commission', subject: 'Форма устройства' } }
  expect(await tell('/internal/acts-of-referrals', sent)).toBe(404)
  expect(await tell('/internal/acts', { ...byLink, kind: 'meeting-held', form: { meeting: randomUUID(), present: ['polyclinic'] } })).toBe(
    400,
  )
  expect(await tell('/internal/acts-of-referrals', { ...byLink, caseId: randomUUID() })).toBe(404)
  for (let n = 0; n < 2; n++) expect(await tell('/internal/acts-of-referrals', byLink)).toBe(200)

  const timeline = (await world.ask('aigul', 'GET', `/api/cases/${id}/timeline`)).body.items as { id: string; kind: string }[]
  const shown = timeline.filter(({ kind }) => kind === 'referral-answered')
  expect(shown).toMatchObject([{ origin: 'one-time-link', form: { answer: 'decided' } }])
  expect(shown[0]).not.toHaveProperty('by')
  expect(timeline.find(({ kind }) => kind === 'referral-sent')).toMatchObject({ by: world.id('aigul') })
  const papers = (await world.ask('aigul', 'GET', `/api/cases/${id}/file`)).body.items.flatMap((one: any) => one.documents)
  const paper = papers.find((one: any) => one.kind === 'referral-answered')
  expect([paper.origin, 'by' in paper]).toEqual(['one-time-link', false])
  expect(await world.rows('SELECT who, role, why, organisation FROM cases.trail WHERE about = $1', [shown[0]!.id])).toEqual([
    { who: SYSTEM.person, role: 'system', why: 'one-time-link', organisation: world.organisation },
  ])
  // Nothing in nobody's name without how it came, and nothing of a person's with it.
  for (const wrong of [`origin = NULL`, `by = '${world.id('aigul')}'`])
    await expect(world.rows(`UPDATE cases.act SET ${wrong} WHERE id = $1`, [shown[0]!.id])).rejects.toThrow(/act_of_nobody/)
})
