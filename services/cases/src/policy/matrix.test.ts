/**
 * Who may see what, asked over HTTP: every route of the service by every role and relation. What is expected is written here by hand from the
 * procedure, never computed from the policy. Bodies too: a marker stands in every field of the child and of the forms, and is looked for in all that comes back.
 */
import { KINDS } from '@tirek/contract/acts'
import type { Role } from '@tirek/contract/roles'
import { ROUTES } from '@tirek/policy/work'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'
import { ACT_FORMS } from '@tirek/contract/examples/examples'

let world: CasesWorld

/** Markers: one a field. */
const MARK = {
  name: 'Маркина Именная',
  iin: '240305600124',
  phone: '+77015550101',
  address: 'Маркерная улица 77',
  ground: 'МЕТКА-ОБРАЩЕНИЕ',
  contact: 'МЕТКА-КОНТАКТ',
  reason: 'МЕТКА-ОЦЕНКА',
}
type Mark = keyof typeof MARK

/** Who asks. `dina` and `saule` are supervisors of two teams; `aigul` and `medet` are of saule's. */
const PEOPLE: Record<string, Role> = {
  aigul: 'social-worker',
  deputy: 'social-worker',
  dana: 'social-worker',
  erlan: 'psychologist',
  invited: 'psychologist',
  medet: 'medic',
  duty: 'medic',
  saule: 'supervisor',
  dina: 'supervisor',
  nurlan: 'head',
  home: 'childrens-home-worker',
  secretary: 'commission-secretary',
  admin: 'administrator',
  audit: 'auditor',
  astana: 'social-worker',
  astanaBoss: 'supervisor',
  astanaHead: 'head',
}

const id = { led: '', hour: '', unled: '' }
type CaseName = keyof typeof id

beforeAll(async () => {
  world = await CasesWorld.open()
  for (const [login, role] of Object.entries(PEOPLE))
    if (!world.people.has(login)) await world.add(login, role, login.startsWith('astana') ? world.otherOrganisation : world.organisation)
  const supervises = (login: string, supervisor: string) =>
    world.admin.query('UPDATE directory.person_view SET supervisor = $2 WHERE id = $1', [world.id(login), world.id(supervisor)])
  for (const login of ['aigul', 'medet', 'deputy', 'duty', 'invited', 'home', 'secretary', 'nurlan', 'saule', 'dina'])
    await supervises(login, 'saule')
  for (const login of ['dana', 'erlan']) await supervises(login, 'dina')
  await world.admin.query('UPDATE directory.organisation_view SET head = $2 WHERE id = $1', [world.organisation, world.id('nurlan')])
  await world.admin.query(`INSERT INTO directory.absence_view VALUES ($1, '2026-11-20', '2026-11-24', $2)`, [
    world.id('aigul'),
    world.id('deputy'),
  ])
  await world.admin.query(`INSERT INTO directory.duty_view VALUES ($1, '2026-11-01', NULL, $2, 1)`, [world.organisation, world.id('duty')])

  const child = {
    name: MARK.name,
    iin: MARK.iin,
    phone: MARK.phone,
    address: MARK.address,
    birthDate: '2024-03-05',
    sex: 'female' as const,
  }
  // Taken first by a medic, led by aigul: who took it is a reporter from then on.
  id.led = (await world.register('medet', { child, ground: MARK.ground, criteria: ['M1'], level: 'medium' })).summary.id
  await world.act('aigul', id.led, 'taken-by-social-worker', { manager: world.id('aigul') })
  await world.act('aigul', id.led, 'contact-made', { by: 'home-visit', childSeen: true, signsOfCruelty: false, found: MARK.contact })
  await world.act('aigul', id.led, 'primary-assessment-done', { outcome: 'confirmed', reason: MARK.reason })
  id.hour = (await world.register('aigul', { ...more(), criteria: ['H1'], level: 'high' })).summary.id
  id.unled = (await world.register('erlan', more())).summary.id
  const invited = (person: string, relation: string, parts: string[]) =>
    world.admin.query(
      `INSERT INTO cases.access (id, case_id, relation, person, parts, from_at, given_by, of_organisation) VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7)`,
      [id.led, relation, world.id(person), parts, world.clock.now(), world.id('aigul'), world.organisation],
    )
  await invited('invited', 'participant', ['contacts'])
  await invited('home', 'placement', [])
})
afterAll(() => world?.close())

const more = () => ({ anotherChild: true })

// --- routes that name a case -------------------------------------------------------------------------------------------------------------

const READS = ['', '/child', '/timeline', '/deadlines', '/file'] as const

/** Status of page, child, timeline, deadlines, file. */
// oxfmt-ignore
const READING: Record<CaseName, Record<string, string>> = {
  led: {
    aigul:      '200 200 200 200 200', // leads it
    deputy:     '200 200 200 200 200', // stands in for aigul
    dana:       '404 404 404 404 404', // a colleague
    erlan:      '404 404 404 404 404',
    invited:    '200 200 200 403 403', // given the contacts
    medet:      '200 403 200 403 403', // took it first
    duty:       '404 404 404 404 404', // no hour runs
    saule:      '200 200 200 200 200', // supervises aigul
    dina:       '404 404 404 404 404', // another team's supervisor
    nurlan:     '200 403 200 200 403', // approves, and reads no file
    home:       '200 200 200 403 403',
    secretary:  '403 403 403 403 403',
    admin:      '403 403 403 403 403',
    audit:      '403 403 403 403 403',
    astana:     '404 404 404 404 404',
    astanaBoss: '404 404 404 404 404',
    astanaHead: '404 404 404 404 404',
  },
  hour: {
    aigul:      '200 200 200 200 200',
    deputy:     '200 200 200 200 200',
    dana:       '404 404 404 404 404',
    erlan:      '404 404 404 404 404',
    invited:    '404 404 404 404 404',
    medet:      '404 404 404 404 404',
    duty:       '200 200 200 200 200', // on duty while it runs
    saule:      '200 200 200 200 200',
    dina:       '200 200 200 200 200', // next in line of the hour
    nurlan:     '200 200 200 200 200',
    home:       '404 404 404 404 404',
    secretary:  '403 403 403 403 403',
    admin:      '403 403 403 403 403',
    audit:      '403 403 403 403 403',
    astana:     '404 404 404 404 404',
    astanaBoss: '404 404 404 404 404',
    astanaHead: '404 404 404 404 404',
  },
  unled: {
    aigul:      '200 200 200 200 200', // every social worker may take it over
    deputy:     '200 200 200 200 200',
    dana:       '200 200 200 200 200',
    erlan:      '200 200 200 200 200', // took it first
    invited:    '404 404 404 404 404',
    medet:      '404 404 404 404 404',
    duty:       '404 404 404 404 404',
    saule:      '404 404 404 404 404', // erlan is of dina's team
    dina:       '200 200 200 200 200',
    nurlan:     '200 403 200 200 403',
    home:       '404 404 404 404 404',
    secretary:  '403 403 403 403 403',
    admin:      '403 403 403 403 403',
    audit:      '403 403 403 403 403',
    astana:     '404 404 404 404 404',
    astanaBoss: '404 404 404 404 404',
    astanaHead: '404 404 404 404 404',
  },
}

test.each(Object.keys(READING) as CaseName[])('reading: %s', async (name) => {
  const told: Record<string, string> = {}
  for (const login of Object.keys(PEOPLE)) {
    const statuses = await Promise.all(READS.map(async (path) => (await world.ask(login, 'GET', `/api/cases/${id[name]}${path}`)).status))
    told[login] = statuses.join(' ')
  }
  expect(told).toEqual(READING[name])
})

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
      ...['visitors', 'unconfirmed', 'prevention', 'groups', 'requests'].map((name) => `/api/journals/${name}`),
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

test('every route of the service has its row, and every row its route', async () => {
  const { body } = await world.ask(undefined, 'GET', '/openapi.json')
  const served = Object.entries(body.paths as Record<string, Record<string, unknown>>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  expect(served.toSorted()).toEqual(Object.keys(ROUTES.cases).toSorted())
})
