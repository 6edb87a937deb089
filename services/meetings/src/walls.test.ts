/** Who sees and does what with meetings: decided by the cases service, held by Postgres too. Refusals say what to do. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MeetingPage } from '@tirek/contract/meetings'
import { MeetingsWorld } from './meetings.fixture.ts'

let world: MeetingsWorld
let file: { id: string; number: string }
let meeting: MeetingPage
beforeAll(async () => {
  world = await MeetingsWorld.open()
  file = await world.caseWithPlan()
  meeting = await world.call(file.id)
})
afterAll(() => world?.close())

/** What each is answered: to the list of the case, to the meeting, to an answer by phone. */
const told = async (login: string) => {
  const form = { invitee: meeting.invitees[6]!.id, answer: 'tentative', comment: 'Ждет у сестры' }
  return [
    (await world.ask(login, 'GET', `/api/meetings?caseId=${file.id}`)).status,
    (await world.ask(login, 'GET', `/api/meetings/${meeting.id}`)).status,
    (await world.tryAct(meeting, 'answered', form, login)).status,
  ]
}

// oxfmt-ignore
test.each([
  ['aigul leads the case', 'aigul', [200, 200, 200]],
  ['saule supervises who leads it', 'saule', [200, 200, 200]],
  ['dana is a colleague', 'dana', [404, 404, 404]],
  ['erlan is invited to the meeting, not to the case', 'erlan', [404, 404, 404]],
  ['nurlan leads the organisation: approvals without the content of the file', 'nurlan', [403, 403, 403]],
  ['another organisation', 'astana', [404, 404, 404]],
] as const)('%s', async (_, login, expected) => expect(await told(login)).toEqual(expected))

test('whoever is invited to the part of meetings sees them and records nothing', async () => {
  await world.actOnCase('aigul', file.id, 'participant-invited', { person: world.id('dana'), parts: ['meetings'], reason: 'Помогает' })
  expect(await told('dana')).toEqual([200, 200, 403])
  const { body } = await world.ask('dana', 'GET', `/api/meetings/${meeting.id}`)
  expect(body.allowedActs).toEqual([])
  // Where the family is reached is another part; agencies are in the directory.
  const family = async (login: string) => (await world.page(meeting, login)).invitees[6]!
  expect(await family('aigul')).toMatchObject({ phone: '+77015550008', answer: { comment: 'Ждет у сестры' } })
  expect(await family('dana')).toMatchObject({ name: 'Роза Ахметова', answer: { by: 'phone' } })
  expect(JSON.stringify(await world.page(meeting, 'dana'))).not.toMatch(/77015550008|у сестры/)
  expect((await world.page(meeting, 'dana')).invitees[0]!.phone).toBe('+77010000000')
  await world.actOnCase('aigul', file.id, 'participation-ended', { person: world.id('dana'), reason: 'Закончила' })
  expect(await told('dana')).toEqual([404, 404, 404])
})

test('without a sign-in nothing; routes for services are no routes for people', async () => {
  expect((await world.ask(undefined, 'GET', `/api/meetings/${meeting.id}`)).status).toBe(401)
  expect((await world.ask('aigul', 'POST', '/internal/mail-news', {})).status).toBe(401)
  expect((await world.ask('aigul', 'POST', '/internal/cases/erase', { caseId: file.id })).status).toBe(401)
})

test('the second wall: the role of the API sees no row without the cases that were decided on, and every table has one', async () => {
  const { rows } = await world.admin.query<{ relname: string; relrowsecurity: boolean; relforcerowsecurity: boolean }>(
    `SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'case_id'
      WHERE c.relnamespace = 'meetings'::regnamespace AND c.relkind = 'r' AND c.relname <> 'trail' ORDER BY 1`,
  )
  expect(rows.map(({ relname }) => relname)).toEqual([
    'answer',
    'change',
    'ending',
    'invitee',
    'mail',
    'meeting',
    'outbox',
    'protocol',
    'protocol_file',
    'unmatched',
  ])
  expect(rows.every((one) => one.relrowsecurity && one.relforcerowsecurity)).toBe(true)
  const asRole = new pg.Client({ connectionString: world.urlOf('tirek_meetings') })
  await asRole.connect()
  try {
    const seen = async (cases: string) => {
      await asRole.query('BEGIN')
      await asRole.query(`SELECT set_config('tirek.person', $1, true), set_config('tirek.meeting_cases', $2, true)`, [
        world.id('aigul'),
        cases,
      ])
      const found = await asRole.query(
        'SELECT (SELECT count(*) FROM meetings.meeting)::int AS m, (SELECT count(*) FROM meetings.invitee)::int AS i',
      )
      await asRole.query('ROLLBACK')
      return found.rows[0]
    }
    expect(await seen('')).toEqual({ m: 0, i: 0 })
    expect(await seen(`{${randomUUID()}}`)).toEqual({ m: 0, i: 0 })
    expect(await seen(`{${file.id}}`)).toEqual({ m: 1, i: 7 })
    // Whoever reads can write nothing; an act alone may.
    const writing = async (sql: string, writes: string) => {
      await asRole.query('BEGIN')
      try {
        await asRole.query(
          `SELECT set_config('tirek.person', $1, true), set_config('tirek.meeting_cases', $2, true), set_config('tirek.meeting_writes', $3, true)`,
          [world.id('aigul'), `{${file.id}}`, writes],
        )
        return await asRole.query(sql).then(
          ({ rowCount }) => rowCount,
          (error: Error) => error.message.replace(/ for table.*/, ''),
        )
      } finally {
        await asRole.query('ROLLBACK')
      }
    }
    const refused = 'new row violates row-level security policy'
    for (const [sql, read, written] of [
      [`UPDATE meetings.meeting SET place = place`, 0, 1],
      [`UPDATE meetings.invitee SET phone = phone`, 0, 7],
      [`SELECT 1 FROM meetings.meeting FOR UPDATE`, 0, 1],
      [
        `INSERT INTO meetings.outbox (id, kind, meeting, case_id, version, not_before, made_at) VALUES (gen_random_uuid(), 'facts', '${meeting.id}', '${file.id}', 1, 0, 0)`,
        refused,
        1,
      ],
      [`INSERT INTO meetings.idempotency VALUES ('${world.id('aigul')}', 'x', 'x', 200, '{}', 0)`, refused, 1],
      [`INSERT INTO meetings.protocol_counter VALUES (gen_random_uuid(), 2026, 1)`, refused, 1],
    ] as const)
      expect([await writing(sql, ''), await writing(sql, 'on')], sql).toEqual([read, written])
    await world.rows(`INSERT INTO meetings.step VALUES ($1, 'k', 'phone', 0, 0, 'watch')`, [meeting.id])
    expect(await writing('SELECT 1 FROM meetings.step', '')).toBe(1)
    expect((await asRole.query('SELECT 1 FROM meetings.step')).rowCount).toBe(0)
    await world.rows(`DELETE FROM meetings.step WHERE key = 'k'`)
    await expect(asRole.query('SELECT 1 FROM meetings.news')).rejects.toThrow(/permission denied/)
    await expect(asRole.query('DELETE FROM meetings.meeting')).rejects.toThrow(/permission denied/)
  } finally {
    await asRole.end()
  }
})

const refusal = async (more: object, login = 'aigul') => {
  const { status, body } = await world.ask(login, 'POST', '/api/meetings', world.calledForm(file.id, more))
  return [status, body.errors?.[0] ? `${body.errors[0].pointer} ${body.errors[0].code}` : body.code]
}

test('what is wrong with a form is told by its field; nothing is called', async () => {
  expect(await refusal({ endsAt: world.when(10, '15:00') })).toEqual([400, '/endsAt order'])
  expect(await refusal({ endsAt: world.when(11, '15:00') })).toEqual([400, '/endsAt too-long'])
  expect(await refusal({ place: undefined })).toEqual([400, '/place place-needed'])
  expect(await refusal({ agenda: ['Ребенок с ИИН 240305500115'] })).toEqual([400, '/agenda/0 personal-data'])
  expect(await refusal({ place: 'Звонить +7 701 555 00 08' })).toEqual([400, '/place personal-data'])
  expect(await refusal({ startsAt: world.when(0, '10:00'), endsAt: world.when(0, '11:00') })).toEqual([400, '/startsAt in-past'])
  expect(await refusal({ invitees: [] })).toEqual([400, '/invitees at-least-one'])
  expect(await refusal({ invitees: [{ who: 'agency', agency: randomUUID(), role: 'полиция' }] })).toEqual([
    400,
    '/invitees/0/agency not-in-directory',
  ])
  expect(await refusal({ invitees: [{ who: 'person', person: world.id('astana'), role: 'соцработник' }] })).toEqual([
    400,
    '/invitees/0/person not-in-directory',
  ])
  expect(await world.rows('SELECT count(*)::int AS n FROM meetings.meeting')).toEqual([{ n: 1 }])
})

test('CP-30: a worker needs the agreement of a supervisor of the organisation, a supervisor gives it', async () => {
  expect(await refusal({ agreement: undefined })).toEqual([422, 'agreement-needed'])
  expect(await refusal({ agreement: { supervisor: world.id('dana'), day: world.monday } })).toEqual([
    400,
    '/agreement/supervisor not-in-directory',
  ])
  const called = await world.call(file.id, { agreement: undefined }, 'saule')
  expect(called.agreement).toEqual({ supervisor: world.id('saule'), day: world.monday })
})

test('held: a next meeting is needed unless it decides to close (CP-34), those named were invited, a minute before its start it was not held', async () => {
  const held = (more: object) => ({
    heldAt: world.when(10, '15:00'),
    attendance: [{ invitee: meeting.invitees[0]!.id, came: true }],
    needs: ['Жилье'],
    measures: [],
    ...more,
  })
  const next = { startsAt: world.when(40, '15:00'), endsAt: world.when(40, '16:00') }
  const refused = async (more: object) => {
    const { status, body } = await world.tryAct(meeting, 'held', held(more))
    return [status, body.errors?.[0] ? `${body.errors[0].pointer} ${body.errors[0].code}` : body.code]
  }
  expect(await refused({})).toEqual([400, '/form/next next-needed'])
  expect(await refused({ next, attendance: [] })).toEqual([400, '/form/attendance nobody-came'])
  world.clock.set(world.at(10, '15:00') - 1)
  expect(await refused({ next })).toEqual([422, 'meeting-not-begun'])
  world.clock.set(world.at(10, '15:00'))
  expect(await refused({ next, heldAt: world.when(10, '15:01') })).toEqual([400, '/form/heldAt in-future'])
  expect(await refused({ next, dissent: [{ invitee: randomUUID(), reasons: 'Нет' }] })).toEqual([
    400,
    '/form/dissent/0/invitee not-of-meeting',
  ])
  expect(await refused({ next, measures: [{ action: 'Помочь', due: world.monday }] })).toEqual([
    400,
    '/form/measures/0/responsible required',
  ])
  const closing = await world.act(meeting, 'held', held({ goesOn: 'close' }))
  expect(closing.state).toBe('held')
  expect((await world.act(meeting, 'protocol-approved', {})).next).toBeUndefined()
})

test('the protocol by hand: only to whom it goes, and not tomorrow', async () => {
  const handed = (invitee: string, day: string) => world.tryAct(meeting, 'protocol-handed', { invitee, way: 'paper', day })
  const day = world.when(10, '15:00').slice(0, 10)
  expect((await handed(randomUUID(), day)).body.errors[0].code).toBe('not-of-meeting')
  expect((await handed(meeting.invitees[6]!.id, world.when(11, '15:00').slice(0, 10))).body.errors[0].code).toBe('in-future')
  const { body } = await handed(meeting.invitees[6]!.id, day)
  // The grandmother did not come: the family is told all the same.
  expect((body as MeetingPage).invitees[6]!.protocol).toBe('delivered')
})

test('every act and reading of a meeting stands in the trail of the case, with the relation that allowed it; no content', async () => {
  const trail = await world.rows(`SELECT what, why, outcome FROM meetings.trail WHERE case_id = $1 AND outcome = 'done' ORDER BY n`, [
    file.id,
  ])
  expect(trail[0]).toEqual({ what: 'meeting-called', why: 'manager', outcome: 'done' })
  expect(new Set(trail.map(({ what }) => what))).toEqual(
    new Set([
      'meeting-called',
      'read-meetings',
      'read-meeting',
      'meeting-answered',
      'meeting-held',
      'meeting-protocol-approved',
      'meeting-protocol-handed',
    ]),
  )
  expect(
    (await world.rows(`SELECT DISTINCT why FROM meetings.trail WHERE outcome = 'refused' ORDER BY 1`)).map(({ why }) => why),
  ).toContain('not-found')
  // Refusals too: to somebody without a part in the case, and to somebody who may not read its meetings.
  const refused = (login: string) =>
    world.rows(`SELECT DISTINCT case_id FROM meetings.trail WHERE outcome = 'refused' AND who = $1`, [world.id(login)])
  for (const login of ['erlan', 'nurlan', 'astana']) expect(await refused(login), login).toEqual([{ case_id: file.id }])
  // Auditors find it by the number of the case; nobody else opens it.
  await world.add('audit', 'auditor')
  const { status, body } = await world.ask('audit', 'GET', `/api/meetings/trail?case=${file.number}&outcome=refused&limit=200`)
  expect([status, new Set(body.items.map((row: { caseNumber: string }) => row.caseNumber))]).toEqual([200, new Set([file.number])])
  expect(body.items.map((row: { login: string }) => row.login)).toContain('erlan')
  // Whoever works with the case sees among its readers who read its meetings, and whom they were refused.
  const readers = await world.ask('aigul', 'GET', `/api/cases/${file.id}/readers?limit=200`)
  expect(readers.body.away).toEqual([])
  const told = readers.body.items.map((row: any) => `${row.of} ${row.name} ${row.what} ${row.outcome}`)
  for (const one of [
    'meetings saule read-meeting done',
    'meetings erlan read-meetings refused',
    'cases aigul primary-assessment-done done',
  ])
    expect(told).toContain(one)
  // Theirs to take along, after a fresh sign-in.
  expect((await world.ask('audit', 'GET', '/api/meetings/trail/export.csv?what=none')).body.code).toBe('sign-in-again')
  for (const login of ['aigul', 'nurlan']) expect((await world.ask(login, 'GET', '/api/meetings/trail')).status, login).toBe(403)
})

test('a case that is erased: nothing of its meetings stays but the trail', async () => {
  await world.erase(file.id)
  for (const table of ['meeting', 'invitee', 'answer', 'mail', 'protocol', 'protocol_file', 'change', 'outbox', 'step', 'idempotency'])
    expect(await world.rows(`SELECT count(*)::int AS n FROM meetings.${table}`), table).toEqual([{ n: 0 }])
  // Their workflows are ended when Temporal is there: until then it is remembered which.
  expect((await world.rows('SELECT 1 FROM meetings.ending')).length).toBe(2)
  await world.erase(file.id)
  expect((await world.rows('SELECT 1 FROM meetings.ending')).length).toBe(2)
  // Each call has its receipt: for whom, what, of which case, and nothing that was held.
  const receipt = { role: 'system', what: 'meetings-erased', why: 'relay', about: null, outcome: 'done' }
  expect(
    await world.rows(`SELECT role, what, why, about, outcome FROM meetings.trail WHERE case_id = $1 AND what = 'meetings-erased'`, [
      file.id,
    ]),
  ).toEqual([receipt, receipt])
  expect((await world.rows('SELECT 1 FROM meetings.trail')).length).toBeGreaterThan(5)
})
