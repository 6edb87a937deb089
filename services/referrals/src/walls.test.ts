/** Who sees and does what with referrals: decided by the cases service, held by Postgres too. What is erased is gone, what was leased goes once more. */
import type { ReferralPage } from '@tirek/contract/referrals'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ReferralsWorld } from './referrals.fixture.ts'

let world: ReferralsWorld
let file: { id: string; number: string; meeting: string }
let referral: ReferralPage
beforeAll(async () => {
  world = await ReferralsWorld.open()
  file = await world.decidedCase()
  referral = await world.sent(file)
})
afterAll(() => world?.close())

/** What each is answered: list, offer, page, file, an act that is refused by its state, a file handed in. */
const told = async (login: string | undefined) => {
  const own = `/api/referrals/${referral.id}`
  const act = { version: referral.version, form: { reason: 'Никто' } }
  const asked = [
    await world.ask(login, 'GET', `/api/referrals?caseId=${file.id}`),
    await world.ask(login, 'GET', `/api/referrals/offer?caseId=${file.id}&meeting=${file.meeting}`),
    await world.ask(login, 'GET', own),
    await world.ask(login, 'POST', `${own}/nothing-follows`, act),
    await world.ask(login, 'POST', `${own}/uploads`, { key: randomUUID(), name: 'x.txt', content: 'eA==' }),
  ]
  return asked.map(({ status }) => status)
}

// oxfmt-ignore
test.each([
  ['aigul leads the case', 'aigul', [200, 200, 200, 409, 422]],
  ['saule supervises who leads it', 'saule', [200, 200, 200, 409, 422]],
  ['dana is a colleague', 'dana', [404, 404, 404, 404, 404]],
  ['nurlan leads the organisation: approvals without the content of the file', 'nurlan', [403, 403, 403, 403, 403]],
  ['another organisation', 'astana', [404, 404, 404, 404, 404]],
  ['nobody', undefined, [401, 401, 401, 401, 401]],
] as const)('%s', async (_, login, expected) => expect(await told(login)).toEqual(expected))

test('whoever is invited to the part of correspondence sees them, hears no code and records nothing', async () => {
  await world.meetings.actOnCase('aigul', file.id, 'participant-invited', {
    person: world.id('dana'),
    parts: ['correspondence'],
    reason: 'Помогает',
  })
  expect(await told('dana')).toEqual([200, 403, 200, 403, 403])
  expect((await world.page(referral, 'dana')).allowedActs).toEqual([])
  expect((await world.ask('dana', 'GET', `/api/referrals?caseId=${file.id}`)).body.mayRefer).toBe(false)
  await world.meetings.actOnCase('aigul', file.id, 'participation-ended', { person: world.id('dana'), reason: 'Закончила' })
  expect(await told('dana')).toEqual([404, 404, 404, 404, 404])
})

test('routes for services are no routes for people, and each service has its own', async () => {
  for (const path of ['answers', 'uploads', 'mail-news', 'cases/held', 'cases/erase'])
    expect((await world.ask('aigul', 'POST', `/internal/${path}`, {})).status, path).toBe(401)
  expect((await world.asService('relay', 'POST', '/internal/answers', {})).status).toBe(403)
  expect((await world.asService('notifications', 'POST', '/internal/cases/erase', { caseId: file.id })).status).toBe(403)
  expect((await world.asService('cases', 'POST', '/internal/cases/held', { caseId: file.id })).body.items).toMatchObject([
    { body: 'commission', state: 'sent' },
  ])
})

test('the second wall: the role of the API sees no row without the cases that were decided on, writes none without an act; every table has one', async () => {
  const tables = await world.rows<{ relname: string; relrowsecurity: boolean; relforcerowsecurity: boolean }>(
    `SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'case_id'
      WHERE c.relnamespace = 'referrals'::regnamespace AND c.relkind = 'r' AND c.relname <> 'trail' ORDER BY 1`,
  )
  expect(tables.map(({ relname }) => relname)).toEqual([
    'answer',
    'change',
    'ending',
    'file',
    'mail',
    'outbox',
    'packet',
    'referral',
    'sending',
  ])
  expect(tables.every((one) => one.relrowsecurity && one.relforcerowsecurity)).toBe(true)
  const asRole = new pg.Client({ connectionString: world.meetings.urlOf('tirek_referrals') })
  await asRole.connect()
  const inside = async (cases: string, writes: string, sql: string) => {
    await asRole.query('BEGIN')
    try {
      await asRole.query(
        `SELECT set_config('tirek.person', $1, true), set_config('tirek.referral_cases', $2, true), set_config('tirek.referral_writes', $3, true)`,
        [world.id('aigul'), cases, writes],
      )
      return await asRole.query(sql).then(
        ({ rowCount }) => rowCount,
        (error: Error) => error.message.replace(/ for table.*/, ''),
      )
    } finally {
      await asRole.query('ROLLBACK')
    }
  }
  try {
    for (const table of ['referral', 'packet', 'sending', 'mail', 'file', 'change'])
      expect(
        [
          await inside('', 'on', `SELECT 1 FROM referrals.${table}`),
          await inside(`{${randomUUID()}}`, 'on', `SELECT 1 FROM referrals.${table}`),
        ],
        table,
      ).toEqual([0, 0])
    const own = `{${file.id}}`
    expect(await inside(own, '', 'SELECT 1 FROM referrals.referral')).toBe(1)
    const refused = 'new row violates row-level security policy'
    for (const [sql, read, written] of [
      ['UPDATE referrals.referral SET letter = letter', 0, 1],
      ['SELECT 1 FROM referrals.referral FOR UPDATE', 0, 1],
      [
        `INSERT INTO referrals.outbox (id, kind, referral, case_id, version, not_before, made_at) VALUES (gen_random_uuid(), 'facts', '${referral.id}', '${file.id}', 1, 0, 0)`,
        refused,
        1,
      ],
      [`INSERT INTO referrals.idempotency VALUES ('${world.id('aigul')}', 'x', 'x', 200, '{}', 0)`, refused, 1],
      [`INSERT INTO referrals.counter VALUES (gen_random_uuid(), 2026, 1)`, refused, 1],
    ] as const)
      expect([await inside(own, '', sql), await inside(own, 'on', sql)], sql).toEqual([read, written])
    await expect(asRole.query('SELECT 1 FROM referrals.news')).rejects.toThrow(/permission denied/)
    await expect(asRole.query('DELETE FROM referrals.referral')).rejects.toThrow(/permission denied/)
  } finally {
    await asRole.end()
  }
})

test('every act, reading and refusal stands in the trail of the case, with the relation that allowed it', async () => {
  const trail = await world.rows(`SELECT what, why, outcome, who FROM referrals.trail WHERE case_id = $1 ORDER BY n`, [file.id])
  expect(trail[0]).toMatchObject({ what: 'referral-prepared', why: 'manager', outcome: 'done' })
  const done = new Set(trail.filter(({ outcome }) => outcome === 'done').map(({ what }) => what))
  for (const what of [
    'referral-prepared',
    'referral-packet-made',
    'referral-went-out',
    'read-referrals',
    'read-referral',
    'read-referral-offer',
  ])
    expect(done, what).toContain(what)
  const refused = trail.filter(({ outcome }) => outcome === 'refused').map(({ who, what, why }) => [who, what, why])
  expect(refused).toContainEqual([world.id('nurlan'), 'read-referral', 'not-allowed'])
  expect(refused).toContainEqual([world.id('astana'), 'referral-act', 'not-found'])
  expect(refused).toContainEqual([world.id('aigul'), 'referral-act', 'referral-state'])
})

test('a row that was leased by a process that died is carried once more, and changes nothing: one mail, one act', async () => {
  const other = await world.sent(file)
  await world.deliver()
  const count = async () => [
    world.mails().filter(({ referral: of }) => of === other.id).length,
    (
      await world.rows(`SELECT 1 FROM cases.act WHERE case_id = $1 AND kind = 'referral-sent' AND form->>'referral' = $2`, [
        file.id,
        other.id,
      ])
    ).length,
  ]
  expect(await count()).toEqual([1, 1])
  // As a process left it that was killed after the receiver had it and before it noted so.
  const again = await world.sent(file)
  await world.rows(
    `UPDATE referrals.outbox SET leased_until = clock_timestamp() + interval '20 seconds', attempts = 1 WHERE referral = $1`,
    [again.id],
  )
  const [act] = await world.rows(`SELECT payload FROM referrals.outbox WHERE referral = $1 AND kind = 'act'`, [again.id])
  await world.deliver()
  expect(world.mails().filter(({ referral: of }) => of === again.id)).toEqual([])
  await world.referrals.close()
  await world.start()
  await world.rows(`UPDATE referrals.outbox SET leased_until = clock_timestamp() - interval '1 second' WHERE referral = $1`, [again.id])
  await world.deliver()
  await world.rows(
    `INSERT INTO referrals.outbox (id, kind, referral, case_id, version, payload, not_before, made_at) VALUES (gen_random_uuid(), 'act', $1, $2, 1, $3, 0, 0)`,
    [again.id, file.id, JSON.stringify(act!['payload'])],
  )
  await world.deliver()
  expect(world.mails().filter(({ referral: of }) => of === again.id)).toHaveLength(1)
  expect((await world.rows(`SELECT 1 FROM cases.act WHERE kind = 'referral-sent' AND form->>'referral' = $1`, [again.id])).length).toBe(1)
})

test('RT-10: the export of all that is held on a child and the family tells what referrals hold', async () => {
  await world.act(referral, 'answered', { answer: 'returned', reasons: 'Нет справки о доходах', name: 'Г. Сериков' })
  await world.meetings.signIn('saule')
  await world.meetings.actOnCase('saule', file.id, 'access-asked', {
    about: 'child',
    askedBy: 'Бабушка',
    relation: 'бабушка',
    identity: 'document',
    granted: true,
  })
  const [asked] = await world.rows(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'access-asked'`, [file.id])
  const { status, body } = await world.meetings.ask('saule', 'GET', `/api/cases/${file.id}/export?request=${asked!['id']}&format=json`)
  expect(status).toBe(200)
  const told = JSON.stringify(body.sections.find(({ name }: { name: string }) => name === 'referrals'))
  for (const words of ['Просим рассмотреть', 'Комиссия', 'Готова взять внука', 'Нет справки о доходах', 'Г. Сериков'])
    expect(told).toContain(words)
})

test('RT-30: a case that is erased: nothing of its referrals stays but the trail, nor on the disk; other cases keep theirs', async () => {
  world.goOn()
  const kept = await world.decidedCase()
  const other = await world.sent(kept)
  const ids = (await world.rows('SELECT id FROM referrals.referral WHERE case_id = $1', [file.id])).map(({ id }) => id as string)
  // Temporal is away: the rows go, and whoever asks comes again until the workflows are ended too.
  expect((await world.asService('relay', 'POST', '/internal/cases/erase', { caseId: file.id })).status).toBe(503)
  for (const table of ['referral', 'packet', 'sending', 'mail', 'answer', 'file', 'change', 'step', 'outbox', 'workflow_ack'])
    expect(
      await world.rows(`SELECT 1 FROM referrals.${table} WHERE ${table === 'referral' ? 'id' : 'referral'} = ANY($1)`, [ids]),
      table,
    ).toEqual([])
  expect(await world.rows(`SELECT 1 FROM referrals.idempotency WHERE answer->>'caseId' = $1`, [file.id])).toEqual([])
  expect((await world.rows('SELECT 1 FROM referrals.trail WHERE case_id = $1', [file.id])).length).toBeGreaterThan(10)
  expect((await world.bytes('aigul', `/api/referrals/${other.id}/files/${other.packet!.file!.id}`))[0]).toBe(200)
  expect((await world.ask('aigul', 'GET', `/api/referrals/${referral.id}`)).status).toBe(404)
})
