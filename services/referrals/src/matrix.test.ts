/**
 * Who may see and do what with referrals, asked over HTTP of the real services: every route and every act by relation, role and organisation. What is
 * expected is written here by hand, never computed from the policy.
 */
import { REFERRAL_FORMS } from '@tirek/contract/examples/referrals'
import { REFERRAL_ACT_KINDS, type ReferralPage } from '@tirek/contract/referrals'
import { servedRoutes } from '@tirek/policy/served.fixture'
import { ROUTES } from '@tirek/policy/work'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ReferralsWorld } from './referrals.fixture.ts'

let world: ReferralsWorld
let file: { id: string; meeting: string }
let referral: ReferralPage

beforeAll(async () => {
  world = await ReferralsWorld.open()
  await world.meetings.add('medet', 'medic', 'saule')
  await world.meetings.add('dina', 'supervisor')
  await world.meetings.add('root', 'administrator')
  await world.meetings.add('audit', 'auditor')
  await world.rows('UPDATE directory.organisation SET head = $2 WHERE id = $1', [world.meetings.organisation, world.meetings.id('nurlan')])
  file = await world.decidedCase()
  const invite = (person: string, parts: string[]) =>
    world.meetings.actOnCase('aigul', file.id, 'participant-invited', { person: world.meetings.id(person), parts, reason: 'Помогает' })
  await invite('erlan', ['correspondence'])
  await invite('medet', ['contacts'])
  referral = await world.sent(file)
})
afterAll(() => world?.close())

const LOGINS = ['aigul', 'saule', 'erlan', 'medet', 'nurlan', 'dana', 'dina', 'root', 'audit', 'astana', 'boss']
const status = async (login: string, method: string, path: string, body?: unknown) =>
  String((await world.ask(login, method, path, body)).status)

/** How a route is asked; a route of the policy that is not here, or has no row below, fails the test. */
const HOW: Record<string, (login: string) => Promise<string>> = {
  'GET /api/referrals': (login) => status(login, 'GET', `/api/referrals?caseId=${file.id}`),
  'GET /api/referrals/offer': (login) => status(login, 'GET', `/api/referrals/offer?caseId=${file.id}`),
  'GET /api/referrals/:id': (login) => status(login, 'GET', `/api/referrals/${referral.id}`),
  'GET /api/referrals/:id/files/:file': async (login) =>
    String((await world.bytes(login, `/api/referrals/${referral.id}/files/${referral.packet!.file!.id}`))[0]),
  'GET /api/referrals/:id/replies': (login) => status(login, 'GET', `/api/referrals/${referral.id}/replies`),
  // Whoever may is told what is wrong, or what comes first: nothing is done.
  'POST /api/referrals': async (login) => may(await status(login, 'POST', '/api/referrals', world.form(file))),
  'POST /api/referrals/:id/uploads': async (login) => may(await status(login, 'POST', `/api/referrals/${referral.id}/uploads`, UPLOAD)),
  'POST /api/referrals/:id/:act': async (login) => {
    const told = new Set<string>()
    for (const act of REFERRAL_ACT_KINDS) told.add(may(String((await world.tryAct(referral, act, REFERRAL_FORMS[act], login, 999)).status)))
    return [...told].join(' ')
  },
  'GET /api/referrals/trail': (login) => status(login, 'GET', '/api/referrals/trail'),
  'GET /api/referrals/running': (login) => status(login, 'GET', '/api/referrals/running'),
  'GET /api/referrals/trail/export.csv': async (login) =>
    String((await world.bytes(login, '/api/referrals/trail/export.csv?what=none'))[0]),
}
const UPLOAD = { key: randomUUID(), name: 'x.exe', claimed: 'application/pdf', content: Buffer.from('MZ').toString('base64') }
const may = (answered: string) => (['401', '403', '404'].includes(answered) ? answered : 'may')

const everybody = (same: string) => Object.fromEntries(LOGINS.map((login) => [login, same]))
/** Of one who has nothing to do with the case it is not there; of one who has, but sees no correspondence, it is refused. */
const OTHERS = { dana: '404', dina: '404', astana: '404', boss: '404', root: '403', audit: '403', medet: '403', nurlan: '403' }
const reading = { ...OTHERS, aigul: '200', saule: '200', erlan: '200' }
const recording = { ...OTHERS, aigul: 'may', saule: 'may', erlan: '403' }

const EXPECTED: Record<string, Record<string, string>> = {
  'GET /api/referrals': reading,
  // What was decided is offered to who may refer, and the packet opens for who may open the personal file.
  'GET /api/referrals/offer': { ...reading, erlan: '403' },
  'GET /api/referrals/:id': reading,
  'GET /api/referrals/:id/files/:file': { ...reading, erlan: '403' },
  'GET /api/referrals/:id/replies': reading,
  'POST /api/referrals': recording,
  'POST /api/referrals/:id/uploads': recording,
  'POST /api/referrals/:id/:act': recording,
  'GET /api/referrals/trail': { ...everybody('403'), audit: '200' },
  'GET /api/referrals/running': { ...everybody('403'), root: '200' },
  // The auditor signed in long ago.
  'GET /api/referrals/trail/export.csv': everybody('403'),
}
/** Routes for our services alone. */
const INTERNAL = Object.keys(ROUTES.referrals).filter((route) => route.includes(' /internal/'))

test('every route of the policy stands in the table and is asked, and every route that is served stands in the policy', async () => {
  const routes = Object.keys(ROUTES.referrals).toSorted()
  expect([...Object.keys(EXPECTED), ...INTERNAL].toSorted()).toEqual(routes)
  expect(Object.keys(HOW).toSorted()).toEqual(Object.keys(EXPECTED).toSorted())
  const document = (await (await fetch(`${world.referrals.url}/openapi.json`)).json()) as Parameters<typeof servedRoutes>[0]
  expect(servedRoutes(document)).toEqual(routes)
})

test.each(Object.keys(EXPECTED))('%s', async (route) => {
  const told: Record<string, string> = {}
  for (const login of LOGINS) told[login] = await HOW[route]!(login)
  expect(told).toEqual(EXPECTED[route])
})

test('no person comes through a door of our services, and nobody anywhere without a sign-in', async () => {
  for (const route of Object.keys(ROUTES.referrals)) {
    const [method, path] = route.split(' ') as [string, string]
    const named = path.replace(/:(id|file)/g, randomUUID()).replace(':act', 'withdrawn')
    const body = method === 'GET' ? undefined : {}
    expect((await world.ask(undefined, method, named, body)).status, route).toBe(401)
    if (INTERNAL.includes(route)) for (const login of ['aigul', 'root']) expect(await status(login, method, named, body), route).toBe('401')
  }
})
