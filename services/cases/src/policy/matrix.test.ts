/**
 * Who may see and record what, asked over HTTP by every role and relation. What is expected is written here by hand from the procedure, never
 * computed from the policy. Bodies too: a marker stands in every field of the child and of the forms, and is looked for in all that comes back.
 * Each route by itself stands in matrix-situations.test.ts and matrix-routes.test.ts.
 */
import { KINDS } from '@tirek/contract/acts'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CasesWorld } from '../cases.fixture.ts'
import { ACT_FORMS } from '@tirek/contract/examples/examples'
import { MARK, openMatrix, PEOPLE, type CaseName, type Mark } from './matrix.fixture.ts'

let world: CasesWorld

let id: Record<CaseName, string>
beforeAll(async () => {
  ;({ world, id } = await openMatrix())
})
afterAll(() => world?.close())

// --- acts: a version that nobody has; who may record is told that it is stale, others that they may not -----------------------------------------

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
const DECIDES = [...BY_THE_HEAD, 'merged-into']
const NOT_BY_ACT = ['help-request-registered', 'taken-over-from-paper']
const FIRST_STEPS = [
  'taken-by-social-worker',
  'risk-assessed',
  'urgent-measures-evidenced',
  'child-safe',
  'placement-recorded',
  'primary-assessment-done',
  'contact-made',
  'contact-attempted',
  'noted',
]
const BY_MEDICS = ['urgent-measures-evidenced', 'contact-made', 'contact-attempted', 'noted', 'relapse']
const BY_THE_RECEIVER = ['hand-over-accepted', 'hand-over-declined']
const asked = KINDS.filter((kind) => !NOT_BY_ACT.includes(kind)) as string[]
const acts = asked.filter((kind) => !BY_THE_RECEIVER.includes(kind))
const only = (kinds: string[], of: string[]) => kinds.filter((kind) => of.includes(kind))

/** Which acts each may record. Whoever is not named: none. */
const RECORDING: Record<CaseName, Record<string, string[]>> = {
  led: {
    aigul: acts.filter((kind) => !DECIDES.includes(kind)),
    deputy: acts.filter((kind) => !DECIDES.includes(kind)),
    saule: acts,
    nurlan: BY_THE_HEAD,
    invited: ['risk-assessed', 'contact-made', 'contact-attempted', 'noted'],
    home: ['placement-recorded'],
  },
  hour: {
    aigul: acts.filter((kind) => !DECIDES.includes(kind)),
    deputy: acts.filter((kind) => !DECIDES.includes(kind)),
    saule: acts,
    dina: [...FIRST_STEPS, 'assigned'],
    nurlan: ['urgent-measures-evidenced', 'child-safe', ...BY_THE_HEAD],
    duty: only(FIRST_STEPS, BY_MEDICS),
  },
  unled: {
    aigul: FIRST_STEPS,
    deputy: FIRST_STEPS,
    dana: FIRST_STEPS,
    erlan: [...FIRST_STEPS, 'withdrawn'],
    dina: acts,
    nurlan: BY_THE_HEAD,
  },
}

test.each(Object.keys(RECORDING) as CaseName[])('recording: %s', async (name) => {
  const may: Record<string, string[]> = {}
  for (const login of Object.keys(PEOPLE)) {
    const statuses = await Promise.all(
      asked.map(
        async (kind) => [kind, (await world.tryAct(login, id[name], kind, ACT_FORMS[kind as ActKind], { version: 9_999 })).status] as const,
      ),
    )
    for (const [kind, status] of statuses) expect([403, 404, 409], `${login} ${kind}`).toContain(status)
    const recorded = statuses.filter(([, status]) => status === 409).map(([kind]) => kind)
    if (recorded.length > 0) may[login] = recorded.toSorted()
  }
  expect(may).toEqual(Object.fromEntries(Object.entries(RECORDING[name]).map(([login, kinds]) => [login, kinds.toSorted()])))
  expect(await world.one('SELECT max(version)::int AS v FROM cases.act WHERE case_id = $1', [id[name]])).toEqual(
    await world.one('SELECT version AS v FROM cases."case" WHERE id = $1', [id[name]]),
  )
})

// --- routes that name no case ------------------------------------------------------------------------------------------------------------

/** Cases in the list; in the own and the team's work list; what the register says of the led case; own journals; caseload; edition; preview. */
// oxfmt-ignore
const WIDE: Record<string, { list: CaseName[] | number; mine: CaseName[] | number; team: CaseName[] | number; register: 'open' | 'there' | 'nothing' | number; journal: number; caseload: number; editions: number; preview: number; open: number; paper: number }> = {
  aigul:      { list: ['hour', 'led', 'unled'], mine: ['hour', 'led'], team: 403, register: 'open', journal: 200, caseload: 200, editions: 200, preview: 403, open: 400, paper: 400 },
  deputy:     { list: ['hour', 'led', 'unled'], mine: ['hour', 'led'], team: 403, register: 'open', journal: 200, caseload: 200, editions: 200, preview: 403, open: 400, paper: 400 },
  dana:       { list: ['unled'], mine: [], team: 403, register: 'there', journal: 200, caseload: 200, editions: 200, preview: 403, open: 400, paper: 400 },
  erlan:      { list: ['unled'], mine: ['unled'], team: 403, register: 'there', journal: 200, caseload: 403, editions: 200, preview: 403, open: 400, paper: 403 },
  invited:    { list: ['led'], mine: [], team: 403, register: 'open', journal: 200, caseload: 403, editions: 200, preview: 403, open: 400, paper: 403 },
  medet:      { list: [], mine: [], team: 403, register: 'open', journal: 200, caseload: 403, editions: 200, preview: 403, open: 400, paper: 403 },
  duty:       { list: ['hour'], mine: [], team: 403, register: 'there', journal: 200, caseload: 403, editions: 200, preview: 403, open: 400, paper: 403 },
  saule:      { list: ['hour', 'led'], mine: [], team: ['hour', 'led'], register: 'open', journal: 200, caseload: 200, editions: 200, preview: 200, open: 400, paper: 400 },
  dina:       { list: ['hour', 'unled'], mine: [], team: ['unled'], register: 'there', journal: 200, caseload: 200, editions: 200, preview: 200, open: 400, paper: 400 },
  nurlan:     { list: ['hour', 'led', 'unled'], mine: [], team: ['hour', 'led', 'unled'], register: 403, journal: 403, caseload: 200, editions: 200, preview: 200, open: 403, paper: 403 },
  home:       { list: ['led'], mine: 403, team: 403, register: 403, journal: 403, caseload: 403, editions: 403, preview: 403, open: 403, paper: 403 },
  secretary:  { list: 403, mine: 403, team: 403, register: 403, journal: 403, caseload: 403, editions: 403, preview: 403, open: 403, paper: 403 },
  admin:      { list: 403, mine: 403, team: 403, register: 403, journal: 403, caseload: 403, editions: 403, preview: 403, open: 403, paper: 403 },
  audit:      { list: 403, mine: 403, team: 403, register: 403, journal: 403, caseload: 403, editions: 403, preview: 403, open: 403, paper: 403 },
  astana:     { list: [], mine: [], team: 403, register: 'nothing', journal: 200, caseload: 200, editions: 200, preview: 403, open: 400, paper: 400 },
  astanaBoss: { list: [], mine: [], team: [], register: 'nothing', journal: 200, caseload: 200, editions: 200, preview: 200, open: 400, paper: 400 },
  astanaHead: { list: [], mine: [], team: [], register: 403, journal: 403, caseload: 200, editions: 200, preview: 200, open: 403, paper: 403 },
}

test('lists, register, journals and figures', async () => {
  const names = new Map(Object.entries(id).map(([name, caseId]) => [caseId, name as CaseName]))
  const edition = (await world.ask('aigul', 'GET', '/api/editions')).body.items[0].id as string
  const told: Record<string, unknown> = {}
  for (const login of Object.keys(PEOPLE)) {
    const status = async (method: string, path: string, body?: unknown) => (await world.ask(login, method, path, body)).status
    const cases = async (path: string, of: (item: any) => string) => {
      const answer = await world.ask(login, 'GET', path)
      return answer.status === 200
        ? [...new Set((answer.body.items as any[]).map((item) => names.get(of(item))))].toSorted()
        : answer.status
    }
    const search = await world.ask(login, 'GET', `/api/register?query=${encodeURIComponent(MARK.iin)}`)
    const hit = search.status === 200 ? search.body.items.find((item: any) => item.why === 'iin') : undefined
    if (hit && !hit.mayOpen)
      expect(Object.keys(hit).toSorted()).toEqual(['ended', 'likeness', 'manager', 'mayOpen', 'number', 'openedAt', 'stage', 'why'])
    told[login] = {
      list: await cases('/api/cases?limit=200', (item) => item.id),
      mine: await cases('/api/worklist?limit=200', (item) => item.caseId),
      team: await cases('/api/worklist/team?limit=200', (item) => item.caseId),
      register: search.status !== 200 ? search.status : !hit ? 'nothing' : hit.mayOpen ? 'open' : 'there',
      journal: await status('GET', '/api/journals/visitors'),
      caseload: await status('GET', '/api/caseload'),
      editions: await status('GET', `/api/editions/${edition}/acquaintance`),
      preview: await status('POST', `/api/editions/${edition}/preview`),
      open: await status('POST', '/api/cases', {}),
      paper: await status('POST', '/api/cases/from-paper', {}),
    }
    expect(await status('POST', '/internal/steps/open', { keys: [] }), login).toBe(401)
  }
  expect(told).toEqual(WIDE)
})

// --- bodies ------------------------------------------------------------------------------------------------------------------------------

const READS = ['', '/child', '/timeline', '/deadlines', '/file', '/readers', '/receipts', '/access', '/invitable', '/review'] as const

/** Markers of the led case that may come back to each from anywhere. The search shows nobody what they typed. */
const SEEN: Record<string, Mark[]> = {
  aigul: ['name', 'iin', 'phone', 'address', 'ground', 'contact', 'reason'],
  deputy: ['name', 'iin', 'phone', 'address', 'ground', 'contact', 'reason'],
  saule: ['name', 'iin', 'phone', 'address', 'ground', 'contact', 'reason'],
  invited: ['name', 'iin', 'contact'],
  // The request that they wrote down themselves, with all that they wrote.
  medet: ['name', 'iin', 'phone', 'address', 'ground'],
  home: ['name', 'iin'],
}

test('a marker in every field comes back to nobody but those who may see it', async () => {
  const told: Record<string, string[]> = {}
  for (const login of Object.keys(PEOPLE)) {
    const paths = [
      ...Object.values(id).flatMap((caseId) => READS.map((path) => `/api/cases/${caseId}${path}`)),
      '/api/cases?limit=200',
      '/api/worklist?limit=200',
      '/api/worklist/team?limit=200',
      '/api/caseload',
      ...['visitors', 'unconfirmed', 'prevention', 'groups', 'requests', 'files', 'protocols'].map((name) => `/api/journals/${name}`),
      ...[MARK.name, MARK.iin, MARK.phone, MARK.address].map((query) => `/api/register?query=${encodeURIComponent(query)}`),
    ]
    const bodies = (await Promise.all(paths.map((path) => world.ask(login, 'GET', path)))).map(({ body }) => JSON.stringify(body))
    // In another organisation the child would get a file: nothing there is like it.
    if (!login.startsWith('astana')) {
      const child = { name: MARK.name, birthDate: '2024-03-05', sex: 'female' as const }
      const refused = await world.ask(login, 'POST', '/api/cases', world.helpRequest({ child }))
      expect([403, 409], login).toContain(refused.status)
      bodies.push(JSON.stringify(refused.body))
    }
    const all = bodies.join('\n')
    const found = (Object.keys(MARK) as Mark[]).filter((mark) => all.includes(MARK[mark]))
    if (found.length > 0) told[login] = found
  }
  expect(told).toEqual(Object.fromEntries(Object.entries(SEEN)))
})

test('the head gets no word of the file, only what an approval needs', async () => {
  const page = (await world.ask('nurlan', 'GET', `/api/cases/${id.led}`)).body
  expect(Object.keys(page.summary)).not.toContain('child')
  expect(page.allowedActs.toSorted()).toEqual(BY_THE_HEAD.toSorted())
  const { items } = (await world.ask('nurlan', 'GET', `/api/cases/${id.led}/timeline`)).body
  expect(items.filter((item: any) => item.by).map((item: any) => item.kind)).toEqual(['taken-by-social-worker'])
})

// --- rights of people ----------------------------------------------------------------------------------------------------------------------

/** Who gives out all that is held of a case: 422, they may, and no request was granted. */
// oxfmt-ignore
const GIVES_OUT: Record<string, string> = {
  aigul:      '403 403 403', // leads the first two, took the third: the supervisor prepares it
  deputy:     '403 403 403',
  dana:       '404 404 403',
  erlan:      '404 404 403',
  invited:    '403 404 404',
  medet:      '403 404 404',
  duty:       '404 403 404',
  saule:      '422 422 404', // supervises aigul
  dina:       '404 403 422', // supervises erlan
  nurlan:     '403 403 403', // approves requests and erasures, and reads no file
  home:       '403 404 404',
  secretary:  '403 403 403',
  admin:      '403 403 403',
  audit:      '403 403 403',
  astana:     '404 404 404',
  astanaBoss: '404 404 404',
  astanaHead: '404 404 404',
}

test('giving out, and erasing after the term', async () => {
  const told: Record<string, string> = {}
  const erasing: Record<string, number[]> = {}
  for (const login of Object.keys(PEOPLE)) {
    await world.signIn(login)
    const asked = (caseId: string) => world.ask(login, 'GET', `/api/cases/${caseId}/export?request=${caseId}`)
    told[login] = (await Promise.all(Object.values(id).map(async (caseId) => (await asked(caseId)).status))).join(' ')
    const due = await world.ask(login, 'GET', '/api/erasures/due')
    const approved = await world.ask(login, 'POST', '/api/erasures', { cases: [id.led] })
    if (due.status !== 403 || approved.status !== 403) erasing[login] = [due.status, approved.status]
  }
  expect(told).toEqual(GIVES_OUT)
  // 409: they may, and the case has not ended.
  expect(erasing).toEqual({ nurlan: [200, 409], astanaHead: [200, 404] })
  // A session of before gives out and erases nothing.
  for (const login of ['saule', 'nurlan']) await world.signIn(login, 11 * 60_000)
  expect((await world.ask('saule', 'GET', `/api/cases/${id.led}/export?request=${id.led}`)).body.code).toBe('sign-in-again')
  expect((await world.ask('nurlan', 'POST', '/api/erasures', { cases: [id.led] })).body.code).toBe('sign-in-again')
})

test('odd spellings of a path open nothing', async () => {
  for (const path of [
    `/api//cases/${id.led}`,
    `/api/cases/${id.led}/`,
    `/API/cases/${id.led}`,
    `/api/cases/${id.led}%2fchild`,
    `/api/%63ases/${id.led}`,
    `/api/cases/${id.led};a=1`,
    `/api/./cases/${id.led}`,
  ]) {
    const { status } = await world.ask('dana', 'GET', path)
    expect([400, 403, 404], path).toContain(status)
  }
})
