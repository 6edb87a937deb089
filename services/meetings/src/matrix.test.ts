/**
 * Who may see and do what with meetings, asked over HTTP of the real services: every route and every act by every relation, role and organisation.
 * What is expected is written here by hand, never computed from the policy.
 */
import { MEETING_FORMS } from '@tirek/contract/examples/meetings'
import { MEETING_ACT_KINDS, type MeetingPage } from '@tirek/contract/meetings'
import type { Role } from '@tirek/contract/roles'
import { servedRoutes } from '@tirek/policy/served.fixture'
import { ROUTES } from '@tirek/policy/work'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MeetingsWorld } from './meetings.fixture.ts'

/** Beside aigul, who leads the case, saule, who supervises her, dana, erlan, nurlan, boss and astana. */
const MORE = {
  deputy: ['social-worker', 'saule'],
  medet: ['medic', 'saule'],
  home: ['childrens-home-worker', undefined],
  glass: ['social-worker', 'saule'],
  dina: ['supervisor', undefined],
  secretary: ['commission-secretary', undefined],
  audit: ['auditor', undefined],
  root: ['administrator', undefined],
} as const satisfies Record<string, readonly [Role, string | undefined]>

let world: MeetingsWorld
let file: { id: string; number: string }
/** Called, and held with an approved protocol. */
let called: MeetingPage
let done: MeetingPage

const decided = (meeting: MeetingPage) => ({
  attendance: [{ invitee: meeting.invitees[0]!.id, came: true }],
  needs: ['Жилье'],
  measures: [{ action: 'Оформить пособие', due: world.when(30, '10:00').slice(0, 10), responsible: 'семья' }],
  goesOn: 'close',
})

beforeAll(async () => {
  world = await MeetingsWorld.open()
  for (const [login, [role, supervisor]] of Object.entries(MORE)) await world.add(login, role, supervisor)
  await world.add('astanaHead', 'head', undefined, world.otherOrganisation)
  for (const [organisation, head] of [
    [world.organisation, 'nurlan'],
    [world.otherOrganisation, 'astanaHead'],
  ] as const)
    await world.rows('UPDATE directory.organisation SET head = $2 WHERE id = $1', [organisation, world.id(head)])
  await world.rows(`INSERT INTO directory.absence VALUES (gen_random_uuid(), $1, $2, $3, $4)`, [
    world.id('aigul'),
    world.monday,
    world.when(60, '10:00').slice(0, 10),
    world.id('deputy'),
  ])
  file = await world.caseWithPlan()
  const invite = (person: string, parts: string[]) =>
    world.actOnCase('aigul', file.id, 'participant-invited', { person: world.id(person), parts, reason: 'Помогает' })
  await invite('erlan', ['meetings'])
  await invite('medet', ['contacts'])
  await invite('home', ['placement'])
  done = await world.call(file.id)
  called = await world.call(file.id, { startsAt: world.when(20, '15:00'), endsAt: world.when(20, '16:00') })
  world.clock.set(world.at(10, '17:00'))
  await world.act(done, 'held', { heldAt: world.when(10, '15:05'), ...decided(done) })
  done = await world.act(done, 'protocol-approved', {})
  await world.signIn('glass')
  const broken = await world.ask('glass', 'POST', '/api/break-glass', {
    number: file.number,
    reason: 'Соседи слышат крики ребенка прямо сейчас',
  })
  if (broken.status >= 300) throw new Error(JSON.stringify(broken.body))
})
afterAll(() => world?.close())

const LOGINS = ['aigul', 'deputy', 'saule', 'erlan', 'glass', 'medet', 'home', 'nurlan', 'dana', 'dina', 'secretary', 'root', 'audit', 'astana', 'boss', 'astanaHead'] // prettier-ignore
const status = async (login: string, method: string, path: string, body?: unknown) =>
  String((await world.ask(login, method, path, body)).status)
const file0 = () => done.protocol!.files[0]!.id

/** How a route is asked; a route of the policy that is not here, or has no row below, fails the test. */
const HOW: Record<string, (login: string) => Promise<string>> = {
  'GET /api/meetings': (login) => status(login, 'GET', `/api/meetings?caseId=${file.id}`),
  'GET /api/meetings/proposal': (login) => status(login, 'GET', `/api/meetings/proposal?caseId=${file.id}&kind=interagency`),
  'GET /api/meetings/:id': (login) => status(login, 'GET', `/api/meetings/${called.id}`),
  'GET /api/meetings/:id/mail': (login) => status(login, 'GET', `/api/meetings/${called.id}/mail`),
  'GET /api/meetings/:id/files/:file': async (login) => String((await world.bytes(login, `/api/meetings/${done.id}/files/${file0()}`))[0]),
  'POST /api/meetings': (login) =>
    status(
      login,
      'POST',
      '/api/meetings',
      world.calledForm(file.id, { startsAt: world.when(25, '15:00'), endsAt: world.when(25, '16:00') }),
    ),
  // Whoever may is told that the version is old, or what is wrong with the form: nothing is done.
  'POST /api/meetings/:id/:act': async (login) => {
    const told = new Set<string>()
    for (const act of MEETING_ACT_KINDS) {
      const { status: answered } = await world.tryAct(called, act, MEETING_FORMS[act], login, 999)
      told.add(
        [401, 403, 404].includes(answered) && !(answered === 404 && act.startsWith('mail-') && told.has('may')) ? String(answered) : 'may',
      )
    }
    return [...told].join(' ')
  },
  'GET /api/meetings/trail': (login) => status(login, 'GET', '/api/meetings/trail'),
  'GET /api/meetings/running': (login) => status(login, 'GET', '/api/meetings/running'),
  'GET /api/meetings/trail/export.csv': async (login) => String((await world.bytes(login, '/api/meetings/trail/export.csv?what=none'))[0]),
}

const everybody = (same: string) => Object.fromEntries(LOGINS.map((login) => [login, same]))
/** Of one who has nothing to do with the case it is not there; of one who has, but sees no meetings, it is refused. */
const NOT_THERE = { dana: '404', dina: '404', astana: '404', boss: '404', astanaHead: '404', secretary: '403', root: '403', audit: '403' }
const NO_MEETINGS = { medet: '403', home: '403', nurlan: '403' }
const reading = { ...NOT_THERE, ...NO_MEETINGS, aigul: '200', deputy: '200', saule: '200', erlan: '200', glass: '200' }
const recording = (may: string) => ({ ...NOT_THERE, ...NO_MEETINGS, aigul: may, deputy: may, saule: may, erlan: '403', glass: '403' })

const EXPECTED: Record<string, Record<string, string>> = {
  'GET /api/meetings': reading,
  'GET /api/meetings/:id': reading,
  'GET /api/meetings/:id/files/:file': reading,
  'GET /api/meetings/:id/mail': recording('200'),
  'GET /api/meetings/proposal': recording('200'),
  'POST /api/meetings': recording('201'),
  'POST /api/meetings/:id/:act': recording('may'),
  'GET /api/meetings/trail': { ...everybody('403'), audit: '200' },
  'GET /api/meetings/running': { ...everybody('403'), root: '200' },
  // The auditor signed in long ago.
  'GET /api/meetings/trail/export.csv': { ...everybody('403'), audit: '403' },
}

/** Routes for our services alone. */
const INTERNAL: Record<string, object | undefined> = {
  'GET /internal/files/:id': undefined,
  'POST /internal/mail-news': {},
  'POST /internal/cases/held': { caseId: randomUUID() },
  'POST /internal/cases/readings': { caseId: randomUUID(), limit: 1 },
  'POST /internal/cases/erase': { caseId: randomUUID() },
  'POST /internal/meetings/decided': {},
}
let served: string[]

test('every route of the policy stands in the table and is asked, and every route that is served stands in the policy', async () => {
  const routes = Object.keys(ROUTES.meetings).toSorted()
  expect([...Object.keys(EXPECTED), ...Object.keys(INTERNAL)].toSorted()).toEqual(routes)
  expect(Object.keys(HOW).toSorted()).toEqual(Object.keys(EXPECTED).toSorted())
  const document = (await (await fetch(`${world.meetings.url}/openapi.json`)).json()) as Parameters<typeof servedRoutes>[0]
  served = servedRoutes(document)
  expect(routes).toEqual(expect.arrayContaining(served))
})

test.each(Object.keys(EXPECTED))('%s', async (route) => {
  const told: Record<string, string> = {}
  for (const login of LOGINS) told[login] = await HOW[route]!(login)
  expect(told).toEqual(EXPECTED[route])
})

test('no person comes through a door of our services', async () => {
  for (const [route, body] of Object.entries(INTERNAL).filter(([one]) => served.includes(one))) {
    const [method, path] = route.split(' ') as [string, string]
    for (const login of ['aigul', 'root', 'astana'])
      expect(await status(login, method, path.replace(':id', file0()), body), `${route} ${login}`).toBe('401')
  }
})

test('without a sign-in nothing', async () => {
  for (const route of served) {
    const [method, path] = route.split(' ') as [string, string]
    const asked = await fetch(world.meetings.url + path.replace(/:(id|file)/g, randomUUID()).replace(':act', 'moved'), {
      method,
      ...(method === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: '{}' }),
    })
    expect(asked.status, route).toBe(401)
  }
})

/** List, board, file, an act. */
const seen = async (login: string) =>
  (
    await Promise.all([
      HOW['GET /api/meetings']!(login),
      HOW['GET /api/meetings/:id']!(login),
      HOW['GET /api/meetings/:id/files/:file']!(login),
      world.tryAct(called, 'moved', MEETING_FORMS.moved, login, 999).then((answer) => String(answer.status)),
    ])
  ).join(' ')

test('AC-10: a file that is offered shows the receiver no meeting before it is accepted; the sender sees none that came after', async () => {
  const [NONE, REFUSED, OURS] = ['404 404 404 404', '403 403 403 403', '200 200 200 409']
  await world.actOnCase('saule', file.id, 'hand-over-offered', { organisation: world.otherOrganisation, reason: 'Семья переехала' })
  for (const login of ['boss', 'astanaHead', 'astana']) expect(await seen(login), login).toBe(NONE)
  expect(await seen('aigul')).toBe(OURS)
  await world.actOnCase('boss', file.id, 'hand-over-accepted', { manager: world.id('astana') })
  for (const login of ['astana', 'boss']) expect(await seen(login), login).toBe(OURS)
  expect(await seen('astanaHead')).toBe(REFUSED)
  // Whoever was invited, stood in or opened it in danger has lost it with the file.
  for (const login of ['aigul', 'deputy', 'erlan', 'glass', 'medet', 'home']) expect(await seen(login), login).toBe(NONE)
  for (const login of ['saule', 'nurlan']) expect(await seen(login), login).toBe(REFUSED)
})
