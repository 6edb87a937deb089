/**
 * Every route that names a case, asked over HTTP by every role and relation, in every situation of a case: while it is led, in urgent measures,
 * before anybody leads it, ended, offered to another organisation, and handed over to it. What is expected is written here by hand.
 */
import { KINDS } from '@tirek/contract/acts'
import { ACT_FORMS } from '@tirek/contract/examples/examples'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CasesWorld } from '../cases.fixture.ts'
import { CASE_ROUTES, endedCase, handedOverCase, offeredCase, openMatrix, PEOPLE, type CaseName } from './matrix.fixture.ts'

type Situation = CaseName | 'ended' | 'offered' | 'handed'

let world: CasesWorld
let id: Record<Situation, string>
beforeAll(async () => {
  const matrix = await openMatrix()
  world = matrix.world
  id = { ...matrix.id, ended: await endedCase(matrix), offered: await offeredCase(matrix), handed: await handedOverCase(matrix) }
  // Giving out asks for a fresh sign-in.
  for (const login of Object.keys(PEOPLE)) await world.signIn(login)
})
afterAll(() => world?.close())

// Page, child, timeline, deadlines, file, readers, receipts, access, invitable; export, where 422 says: they may, and no request was granted;
// review; a paper, where 404 beside a timeline of 200 says: they may, and there is no such act; the grounds of a deadline, where 404 beside
// deadlines of 200 says the same; a sheet, where 404 beside a file of 200 does; a file of an act, where 404 beside a timeline of 200 does; the draft
// of the assessment, for who may record that.
const ALL_BUT_EXPORT = '200 200 200 200 200 200 200 200 200 403 200 404 404 404 404 200'
/** Whole, for somebody who takes first steps alone. */
const ALL_BUT_DRAFTS = '200 200 200 200 200 200 200 200 200 403 200 404 404 404 404 403'
const ALL = '200 200 200 200 200 200 200 200 200 422 200 404 404 404 404 200'
const NO_CONTENT = '200 403 200 200 403 200 200 200 200 403 403 404 404 403 404 403'
const WHAT_WAS_GIVEN = '200 200 200 403 403 403 403 403 403 403 403 404 403 403 404 403'
const OWN_REQUEST = '200 403 200 403 403 403 403 403 403 403 403 404 403 403 404 403'
const PAST = '200 403 200 403 403 403 403 403 403 403 403 404 403 403 404 403'
const NOT_THERE = '404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404'
const NO_CASES = '403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403'

// oxfmt-ignore
const READING: Record<Situation, Record<string, string>> = {
  led: {
    aigul:      ALL_BUT_EXPORT, // leads it
    deputy:     ALL_BUT_EXPORT, // stands in for aigul
    dana:       NOT_THERE,      // a colleague
    erlan:      NOT_THERE,
    invited:    WHAT_WAS_GIVEN,
    medet:      OWN_REQUEST,    // took it first
    duty:       NOT_THERE,      // no hour runs
    saule:      ALL,            // supervises aigul
    dina:       NOT_THERE,      // another team's supervisor
    nurlan:     NO_CONTENT,     // approves, and reads no file
    home:       WHAT_WAS_GIVEN,
    secretary:  NO_CASES,
    admin:      NO_CASES,
    audit:      NO_CASES,
    astana:     NOT_THERE,
    astanaBoss: NOT_THERE,
    astanaHead: NOT_THERE,
  },
  hour: {
    aigul:      ALL_BUT_EXPORT,
    deputy:     ALL_BUT_EXPORT,
    dana:       NOT_THERE,
    erlan:      NOT_THERE,
    invited:    NOT_THERE,
    medet:      NOT_THERE,
    duty:       ALL_BUT_DRAFTS, // on duty while it runs
    saule:      ALL,
    dina:       ALL_BUT_DRAFTS, // called to the hour
    nurlan:     ALL_BUT_DRAFTS,
    home:       NOT_THERE,
    secretary:  NO_CASES,
    admin:      NO_CASES,
    audit:      NO_CASES,
    astana:     NOT_THERE,
    astanaBoss: NOT_THERE,
    astanaHead: NOT_THERE,
  },
  unled: {
    aigul:      ALL_BUT_DRAFTS, // every social worker may take it over
    deputy:     ALL_BUT_DRAFTS,
    dana:       ALL_BUT_DRAFTS,
    erlan:      ALL_BUT_DRAFTS, // took it first
    invited:    NOT_THERE,
    medet:      NOT_THERE,
    duty:       NOT_THERE,
    saule:      NOT_THERE,      // erlan is of dina's team
    dina:       ALL,
    nurlan:     NO_CONTENT,
    home:       NOT_THERE,
    secretary:  NO_CASES,
    admin:      NO_CASES,
    audit:      NO_CASES,
    astana:     NOT_THERE,
    astanaBoss: NOT_THERE,
    astanaHead: NOT_THERE,
  },
  // The file stays with who led it.
  ended: {
    aigul:      ALL_BUT_EXPORT,
    deputy:     ALL_BUT_EXPORT,
    dana:       NOT_THERE,
    erlan:      NOT_THERE,
    invited:    NOT_THERE,      // invitations end with it
    medet:      OWN_REQUEST,
    duty:       NOT_THERE,
    saule:      ALL,
    dina:       NOT_THERE,
    nurlan:     NO_CONTENT,
    home:       NOT_THERE,
    secretary:  NO_CASES,
    admin:      NO_CASES,
    audit:      NO_CASES,
    astana:     NOT_THERE,
    astanaBoss: NOT_THERE,
    astanaHead: NOT_THERE,
  },
  // Until it is accepted the sender goes on leading, and the receiver has no page of it.
  offered: {
    aigul:      ALL_BUT_EXPORT,
    deputy:     ALL_BUT_EXPORT,
    dana:       NOT_THERE,
    erlan:      NOT_THERE,
    invited:    WHAT_WAS_GIVEN,
    medet:      OWN_REQUEST,
    duty:       NOT_THERE,
    saule:      ALL,
    dina:       NOT_THERE,
    nurlan:     NO_CONTENT,
    home:       WHAT_WAS_GIVEN,
    secretary:  NO_CASES,
    admin:      NO_CASES,
    audit:      NO_CASES,
    astana:     NOT_THERE,
    astanaBoss: NOT_THERE,
    astanaHead: NOT_THERE,
  },
  // Then the sender's supervisors and leaders read what was written until then, its workers nothing.
  handed: {
    aigul:      NOT_THERE,      // led it
    deputy:     NOT_THERE,
    dana:       NOT_THERE,
    erlan:      NOT_THERE,
    invited:    NOT_THERE,      // invitations ended with it
    medet:      NOT_THERE,      // took it first
    duty:       NOT_THERE,
    saule:      PAST,
    dina:       PAST,
    nurlan:     PAST,
    home:       NOT_THERE,
    secretary:  NO_CASES,
    admin:      NO_CASES,
    audit:      NO_CASES,
    astana:     ALL_BUT_EXPORT, // leads it now
    astanaBoss: ALL,
    astanaHead: NO_CONTENT,
  },
}

test.each(Object.keys(READING) as Situation[])('reading: %s', async (situation) => {
  const told: Record<string, string> = {}
  for (const login of Object.keys(PEOPLE)) {
    const statuses = await Promise.all(
      CASE_ROUTES.map(async (route) => {
        const path = route
          .slice('GET '.length)
          .replace(':id', id[situation])
          .replace(':act/:ending', `${randomUUID()}/pdf`)
          .replace(':sheet/:ending', 'none/pdf')
          .replace(':file', randomUUID())
          .replace(':kind', 'assessment-finished')
        return (
          await world.ask(
            login,
            'GET',
            route.endsWith('/export')
              ? `${path}?request=${randomUUID()}`
              : route.endsWith('/grounds')
                ? `${path}?deadline=CP-0/none`
                : path,
          )
        ).status
      }),
    )
    told[login] = statuses.join(' ')
  }
  expect(told).toEqual(READING[situation])
})

/** What goes with an act is kept by who may record it: no picture, so 422; and a draft of a version that is not there, so 409. */
test.each(Object.keys(READING) as Situation[])('what goes with an act: %s', async (situation) => {
  const may: string[] = []
  for (const login of Object.keys(PEOPLE)) {
    const at = `/api/cases/${id[situation]}`
    const file = { key: randomUUID(), name: 'a.png', content: 'AAAA' }
    const kept = [
      await world.ask(login, 'POST', `${at}/files`, file),
      await world.ask(login, 'PUT', `${at}/drafts/assessment-finished`, { version: 9, content: {} }),
      await world.ask(login, 'DELETE', `${at}/drafts/assessment-finished`),
    ].map(({ status }) => status)
    if (kept.join(' ') === '422 409 204') may.push(login)
    else for (const status of kept) expect([403, 404], login).toContain(status)
  }
  expect(may).toEqual(KEEPING[situation])
})
const KEEPING: Record<Situation, string[]> = {
  led: ['aigul', 'deputy', 'saule'],
  hour: ['aigul', 'deputy', 'saule'],
  unled: ['dina'],
  ended: ['aigul', 'deputy', 'saule'],
  offered: ['aigul', 'deputy', 'saule'],
  handed: ['astana', 'astanaBoss'],
}

const NOT_BY_ACT = ['help-request-registered', 'taken-over-from-paper']
/** Answers to an offer have no version to be stale: they are tried by themselves. */
const ANSWERS = ['hand-over-accepted', 'hand-over-declined']
const asked = KINDS.filter((kind) => !NOT_BY_ACT.includes(kind) && !ANSWERS.includes(kind)) as string[]
const BY_THE_HEAD = [
  'closure-decided',
  'assigned',
  'handed-over',
  'hand-over-offered',
  'hand-over-taken-back',
  'moved-to-edition',
  'correction-refused',
  'access-asked',
  'erasure-held',
]
const CARE = asked.filter((kind) => ![...BY_THE_HEAD, 'merged-into'].includes(kind))
const INVITED = ['risk-assessed', 'contact-made', 'contact-attempted', 'noted']

/** Which acts each may record, stale as they are sent: 409. Whoever is not named: none. */
// oxfmt-ignore
const RECORDING: Partial<Record<Situation, Record<string, string[]>>> = {
  ended:   { aigul: CARE, deputy: CARE, saule: asked, nurlan: BY_THE_HEAD },
  offered: { aigul: CARE, deputy: CARE, saule: asked, nurlan: BY_THE_HEAD, invited: INVITED, home: ['placement-recorded'] },
  handed:  { astana: CARE, astanaBoss: asked, astanaHead: BY_THE_HEAD },
}

test.each(Object.keys(RECORDING) as Situation[])('recording: %s', async (situation) => {
  const may: Record<string, string[]> = {}
  for (const login of Object.keys(PEOPLE)) {
    const stale = await Promise.all(
      asked.map(async (kind) => {
        const { status, body } = await world.tryAct(login, id[situation], kind, ACT_FORMS[kind as ActKind], { version: 9_999 })
        return [kind, status, body.code] as const
      }),
    )
    for (const [kind, status] of stale) expect([403, 404, 409], `${login} ${kind}`).toContain(status)
    const recorded = stale.filter(([, , code]) => code === 'stale').map(([kind]) => kind)
    if (recorded.length > 0) may[login] = recorded.toSorted()
  }
  expect(may).toEqual(Object.fromEntries(Object.entries(RECORDING[situation]!).map(([login, kinds]) => [login, kinds.toSorted()])))
})

/** Who may answer an offer: 422, they may, and nobody there leads cases by that name. Others have nothing to do with it, or no offer. */
test.each(['ended', 'offered', 'handed'] as const)('answering an offer: %s', async (situation) => {
  const may: string[] = []
  for (const login of Object.keys(PEOPLE)) {
    const { status, body } = await world.tryAct(login, id[situation], 'hand-over-accepted', { manager: randomUUID() })
    expect([403, 404, 409, 422], login).toContain(status)
    if (status === 422) expect(body.code).toBe('no-such-person')
    if (status === 422) may.push(login)
  }
  expect(may).toEqual(situation === 'offered' ? ['astanaBoss', 'astanaHead'] : [])
})
