/**
 * Every route of the cases service that names no case in its path, asked over HTTP by every role, here and in another organisation; and that every
 * route of the policy stands in a table written by hand.
 */
import { servedRoutes } from '@tirek/policy/served.fixture'
import { ROUTES } from '@tirek/policy/work'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CasesWorld } from '../cases.fixture.ts'
import { CASE_ROUTES, KEEPS, offeredCase, openMatrix, PEOPLE, RECORDS, type CaseName } from './matrix.fixture.ts'

let world: CasesWorld
let id: Record<CaseName, string>
let offered: string
let edition: string
const LOGINS = Object.keys(PEOPLE)

beforeAll(async () => {
  const matrix = await openMatrix()
  ;({ world, id } = matrix)
  offered = await offeredCase(matrix)
  // What is grave asks for a fresh sign-in.
  for (const login of LOGINS) await world.signIn(login)
  edition = (await world.ask('aigul', 'GET', '/api/editions')).body.items[0].id
  // dana, of dina's team, opens a case of saule's team in danger to life.
  const { number } = (await world.register('aigul', { anotherChild: true })).summary
  const broken = await world.ask('dana', 'POST', '/api/break-glass', { number, reason: 'Соседи слышат крики ребенка сейчас' })
  if (broken.status !== 200) throw new Error(JSON.stringify(broken.body))
})
afterAll(() => world?.close())

const status = async (login: string, method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  String((await world.ask(login, method, path, body, headers)).status)
const counted = async (login: string, path: string) => {
  const { status, body } = await world.ask(login, 'GET', path)
  return status === 200 ? `${body.items.length}` : String(status)
}
const text = async (login: string, path: string) =>
  String((await fetch(world.cases.url + path, { headers: { authorization: `Bearer ${world.people.get(login)!.token}` } })).status)

/** How a route is asked. Numbers of one digit are rows that came. */
const HOW: Record<string, (login: string) => Promise<string>> = {
  // 400: they may, and what was sent is no form.
  'POST /api/cases': (login) => status(login, 'POST', '/api/cases', {}),
  'POST /api/cases/from-paper': (login) => status(login, 'POST', '/api/cases/from-paper', {}),
  'GET /api/register': (login) => status(login, 'GET', '/api/register?query=abc'),
  'GET /api/cases': (login) => status(login, 'GET', '/api/cases'),
  'GET /api/worklist': (login) => status(login, 'GET', '/api/worklist'),
  'GET /api/worklist/team': (login) => status(login, 'GET', '/api/worklist/team'),
  'GET /api/team': (login) => status(login, 'GET', '/api/team'),
  'GET /api/approvals': (login) => status(login, 'GET', '/api/approvals'),
  'GET /api/running': (login) => status(login, 'GET', '/api/running'),
  'POST /api/editions/:id/count': (login) => status(login, 'POST', `/api/editions/${edition}/count`),
  'GET /api/caseload': (login) => status(login, 'GET', '/api/caseload'),
  'GET /api/journals/:name': (login) => status(login, 'GET', '/api/journals/visitors'),
  'GET /api/journals/:name/table/:ending': (login) => text(login, '/api/journals/visitors/table/csv'),
  'GET /api/figures': (login) => status(login, 'GET', '/api/figures?whose=organisation'),
  'GET /api/figures/everywhere': (login) => status(login, 'GET', '/api/figures/everywhere'),
  'POST /api/journals/:name': (login) => status(login, 'POST', '/api/journals/visitors', {}),
  // 404: they may, and there is no such entry.
  'GET /api/journals/:name/entries/:entry': (login) => status(login, 'GET', `/api/journals/visitors/entries/${randomUUID()}`),
  'POST /api/journals/:name/entries/:entry/withdraw': (login) =>
    status(login, 'POST', `/api/journals/visitors/entries/${randomUUID()}/withdraw`, { reason: 'не тот' }),
  // 400: they may, and that is no day; 404: there is no such form or edition.
  'GET /api/journals/:name/print/:ending': (login) => status(login, 'GET', '/api/journals/visitors/print/pdf?from=x'),
  'GET /api/blanks/:blank/:ending': (login) => status(login, 'GET', '/api/blanks/none/pdf'),
  'GET /api/editions/:id/sheets/:sheet/:ending': (login) => status(login, 'GET', '/api/editions/none/sheets/changes/pdf'),
  'GET /api/editions': (login) => status(login, 'GET', '/api/editions'),
  'GET /api/editions/:id/acquaintance': (login) => status(login, 'GET', `/api/editions/${edition}/acquaintance`),
  'POST /api/editions/:id/acquaintance': (login) => status(login, 'POST', `/api/editions/${edition}/acquaintance`),
  'POST /api/editions/:id/preview': (login) => status(login, 'POST', `/api/editions/${edition}/preview`),
  'GET /api/hand-overs': (login) => counted(login, '/api/hand-overs'),
  // 404: they may, and there is no such number.
  'POST /api/break-glass': (login) =>
    status(login, 'POST', '/api/break-glass', { number: 'ALM-2020-9', reason: 'Соседи слышат крики ребенка сейчас' }),
  'GET /api/break-glass': (login) => counted(login, '/api/break-glass'),
  'POST /api/break-glass/:id/review': (login) =>
    status(login, 'POST', `/api/break-glass/${randomUUID()}/review`, { conclusion: 'justified', words: 'Проверено' }),
  'GET /api/trail': (login) => status(login, 'GET', '/api/trail?limit=1'),
  'GET /api/trail/export.csv': (login) => text(login, '/api/trail/export.csv?what=none'),
  'POST /api/codec/decode': (login) => status(login, 'POST', '/api/codec/decode', { payloads: [] }, { 'x-namespace': 'tirek' }),
  'GET /api/erasures/due': (login) => status(login, 'GET', '/api/erasures/due'),
  // 409: they may, and the case has not ended; 404: it is another organisation's.
  'POST /api/erasures': (login) => status(login, 'POST', '/api/erasures', { cases: [id.led] }),
  'POST /internal/steps/open': (login) => status(login, 'POST', '/internal/steps/open', { keys: [] }),
  'POST /internal/decisions': (login) => status(login, 'POST', '/internal/decisions', {}),
  'POST /internal/cases/people': (login) => status(login, 'POST', '/internal/cases/people', { caseIds: [id.led] }),
  'POST /internal/cases/child': (login) => status(login, 'POST', '/internal/cases/child', {}),
  'POST /internal/acts': (login) => status(login, 'POST', '/internal/acts', {}),
  'POST /internal/acts-of-referrals': (login) => status(login, 'POST', '/internal/acts-of-referrals', {}),
  'POST /internal/cases/prints': (login) => status(login, 'POST', '/internal/cases/prints', {}),
  'POST /internal/contexts/changed': (login) => status(login, 'POST', '/internal/contexts/changed', { kind: 'calendar', calendar: 'x' }),
}

const everybody = (same: string, but: Record<string, string> = {}): Record<string, string> => ({
  ...Object.fromEntries(LOGINS.map((login) => [login, same])),
  ...but,
})
/** The same for each of these people. */
const of = (people: string, same: string) => Object.fromEntries(people.split(' ').map((login) => [login, same]))

const SOCIAL_WORKERS = 'aigul deputy dana astana'
const PSYCHOLOGISTS = 'erlan invited'
const MEDICS = 'medet duty'
const SUPERVISORS = 'saule dina astanaBoss'
const HEADS = 'nurlan astanaHead'
const TAKERS = `${SOCIAL_WORKERS} ${PSYCHOLOGISTS} ${MEDICS} ${SUPERVISORS}`
const CARERS = `${TAKERS} ${HEADS}`
/** Routes of services look at no person: bad tokens are counted, so not everybody knocks. */
const SOME = 'aigul saule nurlan admin audit'

// oxfmt-ignore
const EXPECTED: Record<string, Record<string, string>> = {
  'POST /api/cases':                     everybody('403', of(TAKERS, '400')),
  'POST /api/cases/from-paper':          everybody('403', of(`${SOCIAL_WORKERS} ${SUPERVISORS}`, '400')),
  'GET /api/register':                   everybody('403', of(TAKERS, '200')),
  'GET /api/cases':                      everybody('403', of(`${CARERS} home`, '200')),
  'GET /api/worklist':                   everybody('403', of(CARERS, '200')),
  'GET /api/worklist/team':              everybody('403', of(`${SUPERVISORS} ${HEADS}`, '200')),
  'GET /api/team':                       everybody('403', of(`${SUPERVISORS} ${HEADS}`, '200')),
  'GET /api/approvals':                  everybody('403', of(`${SUPERVISORS} ${HEADS}`, '200')),
  'GET /api/running':                    everybody('403', { admin: '200' }),
  'POST /api/editions/:id/count':        everybody('403', { admin: '200' }),
  'GET /api/caseload':                   everybody('403', of(`${SOCIAL_WORKERS} ${SUPERVISORS} ${HEADS}`, '200')),
  'GET /api/journals/:name':             everybody('403', of(TAKERS, '200')),
  'GET /api/journals/:name/table/:ending': everybody('403', of(TAKERS, '200')),
  'GET /api/figures':                    everybody('403', of(`${SOCIAL_WORKERS} ${SUPERVISORS} ${HEADS}`, '200')),
  'GET /api/figures/everywhere':         everybody('403', of('admin audit', '200')),
  'POST /api/journals/:name':            everybody('403', of(TAKERS, '400')),
  'GET /api/journals/:name/entries/:entry': everybody('403', of(TAKERS, '404')),
  'POST /api/journals/:name/entries/:entry/withdraw': everybody('403', of(TAKERS, '404')),
  'GET /api/editions':                   everybody('403', of(`${CARERS} admin`, '200')),
  'GET /api/journals/:name/print/:ending': everybody('403', of(TAKERS, '400')),
  'GET /api/blanks/:blank/:ending':      everybody('403', of(CARERS, '404')),
  'GET /api/editions/:id/sheets/:sheet/:ending': everybody('403', of(CARERS, '404')),
  'GET /api/editions/:id/acquaintance':  everybody('403', of(CARERS, '200')),
  'POST /api/editions/:id/acquaintance': everybody('403', of(CARERS, '200')),
  'POST /api/editions/:id/preview':      everybody('403', of(`${SUPERVISORS} ${HEADS}`, '200')),
  // The one file that is offered to Astana: its supervisors and leaders see it, its workers and everybody here none.
  'GET /api/hand-overs':                 everybody('403', { ...of(CARERS, '0'), ...of('astanaBoss astanaHead', '1') }),
  'POST /api/break-glass':               everybody('403', of(CARERS, '404')),
  // The one opening: of the team of who opened it, of the team of who leads the case, and for the auditor.
  'GET /api/break-glass':                everybody('403', { saule: '1', dina: '1', astanaBoss: '0', audit: '1' }),
  'POST /api/break-glass/:id/review':    everybody('403', of(`${SUPERVISORS} audit`, '404')),
  'GET /api/trail':                      everybody('403', { audit: '200' }),
  'GET /api/trail/export.csv':           everybody('403', { audit: '200' }),
  'POST /api/codec/decode':              everybody('403', { admin: '200' }),
  'GET /api/erasures/due':               everybody('403', of(HEADS, '200')),
  'POST /api/erasures':                  everybody('403', { nurlan: '409', astanaHead: '404' }),
  'POST /internal/steps/open':           of(SOME, '401'),
  'POST /internal/contexts/changed':     of(SOME, '401'),
  'POST /internal/decisions':            of(SOME, '401'),
  'POST /internal/cases/people':         of(SOME, '401'),
  'POST /internal/cases/child':         of(SOME, '401'),
  'POST /internal/acts':                 of(SOME, '401'),
  'POST /internal/acts-of-referrals':    of(SOME, '401'),
  'POST /internal/cases/prints':         of(SOME, '401'),
}

test('every route of the policy stands in a table written by hand and is asked, and every route that is served stands in the policy', async () => {
  const routes = Object.keys(ROUTES.cases).toSorted()
  expect([...CASE_ROUTES, RECORDS, ...KEEPS, ...Object.keys(EXPECTED)].toSorted()).toEqual(routes)
  expect(Object.keys(HOW).toSorted()).toEqual(Object.keys(EXPECTED).toSorted())
  expect(servedRoutes((await world.ask(undefined, 'GET', '/openapi.json')).body)).toEqual(routes)
})

test.each(Object.keys(EXPECTED))('%s', async (route) => {
  const told: Record<string, string> = {}
  for (const login of Object.keys(EXPECTED[route]!)) told[login] = await HOW[route]!(login)
  expect(told).toEqual(EXPECTED[route])
})

test('without a sign-in nothing', async () => {
  for (const route of Object.keys(ROUTES.cases)) {
    const [method, path] = route.split(' ') as [string, string]
    const named = path
      .replace(':id', offered)
      .replace(':kind', 'noted')
      .replace(':name', 'visitors')
      .replace(':ending', 'csv')
      .replace(':entry', offered)
    expect((await world.ask(undefined, method, named, method === 'POST' ? {} : undefined)).status, route).toBe(401)
  }
})
