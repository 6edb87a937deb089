/** RT-30...RT-32: erased after its term with the head's approval, never before, for good. */
import { createLog } from '@tirek/platform/log'
import { Database } from '@tirek/platform/database'
import { pathOf } from '@tirek/platform/files/file-store'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import type { UnreadableError } from '@tirek/platform/keys/unreadable'
import { keptUntil } from '@tirek/procedure/rights/retention'
import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'
import { rightsUrlOf } from '../migrations.ts'
import { ANSWER_KEPT_MS } from './answers.ts'

let world: CasesWorld
beforeAll(async () => {
  world = await CasesWorld.open()
  for (const login of ['nurlan', 'saule']) await world.signIn(login)
})
afterAll(() => world?.close())

/** A picture of one point. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const FIRST = Date.parse('2026-11-30T10:00:00+05:00')
const ledger = () => join(world.home, 'erasures.log')

/** A case that ended now; its file is kept 180 months, a one-off help 36. */
async function endedCase(name: string): Promise<{ id: string; number: string }> {
  const { summary } = await world.register('aigul', {
    child: { name, birthDate: '2024-03-05', sex: 'male', iin: '240305500016', phone: '87015550133', address: `${name}, дом 5` },
    asker: { name: `${name} сосед` },
    mother: { name: `${name} мать` },
    ground: `${name} слова`,
    anotherChild: true,
  })
  await world.act('aigul', summary.id, 'request-sent', { request: randomUUID(), to: `${name} адресат`, subject: `${name} о чём` })
  const unfinished = { version: 0, content: { value: { cause: `${name} черновик` } } }
  expect((await world.ask('aigul', 'PUT', `/api/cases/${summary.id}/drafts/assessment-finished`, unfinished)).status).toBe(200)
  const file = { key: randomUUID(), name: 'a.png', content: PIXEL }
  expect((await world.ask('aigul', 'POST', `/api/cases/${summary.id}/files`, file)).status).toBe(200)
  await world.act('aigul', summary.id, 'closure-asked', { end: 'adopted', criteria: [], notes: `${name} почему` })
  await world.act('saule', summary.id, 'closure-decided', { approved: true })
  return summary
}
/** What Temporal holds of a case, sealed; and what becomes of opening it. */
async function sealedFor(caseId: string) {
  const keys = new DataKeys({ config: world.config(), log: createLog('test', 'silent') })
  const { id } = await keys.of(`case/${caseId}`)
  await keys.close()
  const opened = async (ask: (keys: DataKeys) => Promise<unknown>) => {
    const fresh = new DataKeys({ config: world.config(), log: createLog('test', 'silent') })
    return ask(fresh)
      .then(
        () => 'open',
        (error: UnreadableError) => error.why,
      )
      .finally(() => fresh.close())
  }
  return { read: () => opened((fresh) => fresh.byId(id)), write: () => opened((fresh) => fresh.of(`case/${caseId}`)) }
}
const due = async (login = 'nurlan') => (await world.ask(login, 'GET', '/api/erasures/due')).body
const approve = (cases: string[], login = 'nurlan', journals = false) => world.ask(login, 'POST', '/api/erasures', { cases, journals })
const dueIds = async () => (await due()).cases.filter((one: any) => !one.held).map((one: any) => one.caseId)

/** Everything the service keeps, as text: every row of every table of its schema. */
async function everything(): Promise<string> {
  const tables = await world.rows(
    `SELECT table_name FROM information_schema.tables WHERE table_schema = 'cases' AND table_type = 'BASE TABLE'`,
  )
  const texts = await Promise.all(tables.map(({ table_name: name }) => world.rows(`SELECT t::text AS row FROM cases."${name}" t`)))
  return JSON.stringify(texts)
}

test('erased is erased: no table holds a word of it, the search finds nothing, the page says when and by which rule; the trail stays', async () => {
  const START = FIRST
  world.clock.set(FIRST)
  const { id, number } = await endedCase('Стираемый')
  const kept = await endedCase('Остающийся')
  await world.ask('aigul', 'GET', `/api/cases/${id}/child`)
  await world.admin.query(
    `INSERT INTO cases.access (id, case_id, relation, person, from_at, until_at, reason, given_by, of_organisation) VALUES (gen_random_uuid(), $1, 'break-glass', $2, 1, 2, 'Стираемый повод', $2, $3)`,
    [id, world.id('erlan'), world.organisation],
  )
  const { n: trailBefore } = await world.one('SELECT count(*)::int AS n FROM cases.trail WHERE case_id = $1', [id])
  expect(await everything()).toContain('Стираемый')
  const { stored } = await world.one<{ stored: string }>('SELECT stored FROM cases.file WHERE case_id = $1', [id])
  expect(existsSync(join(world.home, 'files', 'cases', pathOf(stored)))).toBe(true)
  const until = keptUntil(START, 180)
  expect(new Date(until).toISOString()).toBe('2041-11-29T19:00:00.000Z')
  world.clock.set(until - 1)
  expect(await dueIds()).not.toContain(id)
  expect(await approve([id])).toMatchObject({ status: 409, body: { code: 'not-due-for-erasure', rule: 'RT-30' } })
  world.clock.set(until)
  const listed = (await due()).cases.find((one: any) => one.caseId === id)
  expect(listed).toMatchObject({ number, end: 'adopted', rule: 'RET-01', from: START, until, held: false })
  expect((await approve([id], 'saule')).status).toBe(403)
  expect(await approve([id])).toMatchObject({ status: 200, body: { cases: 1 } })

  const left = await everything()
  // Its files too: the row and the bytes.
  expect(await world.rows('SELECT 1 FROM cases.file WHERE case_id = $1', [id])).toEqual([])
  expect(existsSync(join(world.home, 'files', 'cases', pathOf(stored)))).toBe(false)
  for (const word of ['Стираемый', 'стираемый', '77015550199']) expect(left, word).not.toContain(word)
  expect(left).toContain('Остающийся')
  const found = (await world.ask('saule', 'GET', `/api/register?query=${encodeURIComponent('Стираемый')}`)).body.items
  expect(found.map((hit: any) => hit.caseId)).not.toContain(id)
  const page = (await world.ask('saule', 'GET', `/api/cases/${id}`)).body
  expect(page).toMatchObject({
    erased: { at: until, rule: 'RET-01' },
    allowedActs: [],
    deadlines: [],
    summary: { number, ended: true, child: { sex: 'unknown' } },
  })
  expect(await world.tryAct('saule', id, 'relapse', { reportedAt: world.at(), criteria: ['M1'], ground: 'вернулось' })).toMatchObject({
    status: 410,
    body: { code: 'case-erased' },
  })
  expect((await approve([id])).body.code).toBe('case-erased')
  expect(await dueIds()).toContain(kept.id)
  const { n: trailAfter } = await world.one('SELECT count(*)::int AS n FROM cases.trail WHERE case_id = $1', [id])
  expect(trailAfter).toBeGreaterThan(trailBefore)
  expect(await world.one(`SELECT why, who FROM cases.trail WHERE case_id = $1 AND what = 'erased' AND outcome = 'done'`, [id])).toEqual({
    why: 'RET-01',
    who: world.id('nurlan'),
  })
  // What is counted stays: kinds and times, stage and level.
  const kinds = await world.rows('SELECT kind FROM cases.act WHERE case_id = $1 ORDER BY version', [id])
  expect(kinds.map((row) => row.kind)).toEqual(['help-request-registered', 'request-sent', 'closure-asked', 'closure-decided'])
  await world.deliver()
  await world.relay.tick()
})

test('letters are told to go, again and again until they are', async () => {
  const START = world.clock.now()
  const { id } = await endedCase('Письменный')
  world.clock.set(keptUntil(START, 180))
  world.notificationsStatus = 503
  await approve([id])
  await world.relay.tick()
  expect(await world.one(`SELECT count(*)::int AS n FROM cases.outbox WHERE case_id = $1 AND kind = 'erase'`, [id])).toEqual({ n: 1 })
  world.notificationsStatus = 202
  await new Promise((resolve) => setTimeout(resolve, 1_600)) // the relay's own back-off goes by the machine's clock
  await world.relay.tick()
  expect(world.askedOfLetters).toContainEqual({ path: '/internal/cases/erase', body: { caseId: id } })
  expect(await world.one('SELECT count(*)::int AS n FROM cases.outbox WHERE case_id = $1', [id])).toEqual({ n: 0 })
}, 60_000)

test('RT-31: a case that has not ended is never erased; a relapse takes it off the list, its next end begins the term anew', async () => {
  const START = world.clock.now()
  const open = await world.register('aigul')
  const { id } = await endedCase('Возвращённый')
  world.clock.set(keptUntil(START, 400))
  expect(await approve([open.summary.id])).toMatchObject({ status: 409, body: { rule: 'RT-31' } })
  expect(await dueIds()).not.toContain(open.summary.id)
  expect(await dueIds()).toContain(id)
  await world.act('aigul', id, 'relapse', { reportedAt: world.at(), criteria: ['M1'], level: 'medium', ground: 'вернулось' })
  expect(await dueIds()).not.toContain(id)
  expect(await approve([id])).toMatchObject({ status: 409, body: { rule: 'RT-31' } })
  world.pass(1)
  await world.act('aigul', id, 'closure-asked', { end: 'moved-away', criteria: [] })
  world.pass(1)
  await world.act('saule', id, 'closure-decided', { approved: true })
  const again = world.clock.now()
  world.clock.set(keptUntil(again, 180) - 1)
  expect(await dueIds()).not.toContain(id)
  world.clock.set(keptUntil(again, 180))
  expect(await dueIds()).toContain(id)
})

test('RT-32: a hold stops it and is shown; let go, it goes on; a paper that comes later begins the term anew', async () => {
  const START = world.clock.now()
  const { id } = await endedCase('Удержанный')
  world.clock.set(keptUntil(START, 180))
  await world.act('nurlan', id, 'erasure-held', { held: true, ground: 'court', reason: 'дело в суде' })
  expect((await due()).cases.find((one: any) => one.caseId === id)).toMatchObject({ held: true })
  expect(await approve([id])).toMatchObject({ status: 409, body: { rule: 'RT-32' } })
  world.pass(1)
  await world.act('nurlan', id, 'erasure-held', { held: false, ground: 'court', reason: 'суд окончен' })
  expect(await dueIds()).toContain(id)
  await world.act('aigul', id, 'noted', { what: 'document-added', text: 'справка' })
  expect(await dueIds()).not.toContain(id)
})

test('an organisation sets its own term within bounds; another organisation’s head sees and erases nothing of it', async () => {
  const START = world.clock.now()
  const { id } = await endedCase('Срочный')
  await world.admin.query(`INSERT INTO directory.setting_view VALUES ($1, 'retention-file', 12)`, [world.organisation])
  await world.askAsService('/internal/contexts/changed', { kind: 'settings', organisation: world.organisation })
  world.clock.set(keptUntil(START, 12) - 1)
  expect(await dueIds()).not.toContain(id)
  world.clock.set(keptUntil(START, 12))
  expect(await dueIds()).toContain(id)
  await world.add('astana-head', 'head', world.otherOrganisation)
  await world.signIn('astana-head')
  expect((await due('astana-head')).cases).toEqual([])
  expect((await approve([id], 'astana-head')).status).toBe(404)
  await world.admin.query('DELETE FROM directory.setting_view')
  await world.askAsService('/internal/contexts/changed', { kind: 'settings', organisation: world.organisation })
})

test('entries of journals made by hand: their own term; the running number stays', async () => {
  const START = world.clock.now()
  const entry = {
    happenedAt: world.at(),
    visitor: 'Посетитель Журнальный',
    question: 'вопрос',
    level: 'low',
    help: 'advice',
    work: 'совет',
    result: 'solved',
  }
  await world.ask('aigul', 'POST', '/api/journals/visitors', entry)
  world.clock.set(keptUntil(START, 60))
  expect((await due()).journals.entries).toBe(0)
  world.clock.set(keptUntil(START, 60) + 86_400_000)
  expect((await due()).journals).toMatchObject({ entries: 1, rule: 'RET-04' })
  // What cannot be written into the ledger is not erased: an old copy would bring it back for good.
  renameSync(ledger(), `${ledger()}.away`)
  mkdirSync(ledger())
  expect((await approve([], 'nurlan', true)).status).toBe(500)
  expect(await everything()).toContain('Посетитель Журнальный')
  rmSync(ledger(), { recursive: true })
  renameSync(`${ledger()}.away`, ledger())
  expect((await approve([], 'nurlan', true)).body).toEqual({ cases: 0, journals: 1 })
  expect(await everything()).not.toContain('Посетитель Журнальный')
  expect((await due()).journals.entries).toBe(0)
})

test('an old copy of the database is erased again before anybody is answered, and what the ledger missed is written into it', async () => {
  const START = world.clock.now()
  const { id } = await endedCase('Восстановленный')
  const missed = await endedCase('Пропущенный')
  world.clock.set(keptUntil(START, 180))
  await approve([missed.id])
  const lines = readFileSync(ledger(), 'utf8').split('\n').filter(Boolean)
  expect(JSON.parse(lines.at(-1)!)).toEqual({ caseId: missed.id, rule: 'RET-01', at: world.clock.now() })
  expect(lines.join()).not.toContain('Пропущенный')
  // As after a restore: the ledger knows of an erasure that the database does not, and the last line but one was cut by a crash.
  writeFileSync(ledger(), `${lines.filter((line) => !line.includes(missed.id)).join('\n')}\n{"caseId":"${id.slice(0, 9)}`)
  appendFileSync(ledger(), `\n${JSON.stringify({ caseId: id, rule: 'RET-01', at: START })}\n`)
  await world.start()
  expect(await everything()).not.toContain('Восстановленный')
  expect(await world.one('SELECT erased_at, erased_rule FROM cases."case" WHERE id = $1', [id])).toEqual({
    erased_at: START,
    erased_rule: 'RET-01',
  })
  expect(await world.one(`SELECT role FROM cases.trail WHERE case_id = $1 AND what = 'erased-after-restore'`, [id])).toEqual({
    role: 'system',
  })
  expect(readFileSync(ledger(), 'utf8')).toContain(missed.id)
  rmSync(ledger())
  await world.start()
  expect(readFileSync(ledger(), 'utf8')).toContain(id)
})

test('answers kept for repeated requests go after 30 days, to the millisecond', async () => {
  const START = world.clock.now()
  await world.admin.query('DELETE FROM cases.idempotency')
  await world.register('aigul')
  const count = async () => (await world.one('SELECT count(*)::int AS n FROM cases.idempotency')).n
  for (const [ms, n] of [
    [ANSWER_KEPT_MS - 1, 1],
    [ANSWER_KEPT_MS, 1],
    [ANSWER_KEPT_MS + 1, 0],
  ] as const) {
    world.clock.set(START + ms)
    await world.cases.oldAnswers()
    expect(await count(), String(ms)).toBe(n)
  }
})

test('what Temporal keeps is erased with the case, and with it alone: nobody can open it, or seal anything of it anew', async () => {
  const START = world.clock.now()
  const { id } = await endedCase('Запечатанный')
  const other = await endedCase('Соседний')
  const never = await endedCase('Безключевой')
  const [mine, neighbour] = [await sealedFor(id), await sealedFor(other.id)]
  world.clock.set(keptUntil(START, 180))
  expect([await mine.read(), await mine.write()]).toEqual(['open', 'open'])
  expect((await approve([id, never.id])).status).toBe(200)
  expect([await mine.read(), await mine.write()]).toEqual(['erased', 'erased'])
  expect([await neighbour.read(), await neighbour.write()]).toEqual(['open', 'open'])
  // It never had a key: none is made any more.
  await expect(sealedFor(never.id)).rejects.toMatchObject({ why: 'erased' })
})

test('a row that tells of an erased case has nothing to tell: it goes, and is not tried again; nor is it queued anew', async () => {
  const START = world.clock.now()
  const { id } = await endedCase('Очередной')
  world.clock.set(keptUntil(START, 180))
  await approve([id])
  await world.admin.query(
    `INSERT INTO cases.outbox (id, kind, lane, case_id, name, version, hour, not_before, made_at)
     VALUES (gen_random_uuid(), 'facts', 'ordinary', $1, 'facts-sent-again', 9, NULL, 1, 1), (gen_random_uuid(), 'hour-start', 'urgent', $1, 'hour', 9, 0, 1, 1)`,
    [id],
  )
  await world.admin.query(
    `INSERT INTO cases.deadline (case_id, key, rule, "row", state, run_by, hour, from_at, waits_for, sort_at, manager, organisation) VALUES ($1, 'k', 'CP-10', 'contact', 'open', 'urgent', 0, 1, 'x', 1, $2, $3)`,
    [id, world.id('aigul'), world.organisation],
  )
  await world.relay.tick()
  const left = () => world.rows('SELECT kind FROM cases.outbox WHERE case_id = $1', [id])
  expect(await left()).toEqual([])
  await world.relay.reconcile().catch(() => 0)
  expect(await left()).toEqual([])
  await world.admin.query('DELETE FROM cases.deadline WHERE case_id = $1', [id])
})

test('the role of rights changes nothing of a case that has not ended; nobody else can do what it does', async () => {
  const { summary } = await world.register('aigul')
  const { id } = await endedCase('Законченный')
  const rights = await Database.open(rightsUrlOf(world.postgres.urlOf('tirek_cases')), 'rights', 1)
  const person = await Database.open(world.postgres.urlOf('tirek_cases'), 'person', 1)
  const keys = await Database.open(world.postgres.urlOf('tirek_keys'), 'keys', 1)
  const of = (where: string) => [
    `UPDATE cases."case" SET facts = facts WHERE id = ${where} RETURNING 1`,
    `UPDATE cases.child SET name = name WHERE id = (SELECT child FROM cases."case" WHERE id = ${where}) RETURNING 1`,
    `UPDATE cases.act SET form = form WHERE case_id = ${where} RETURNING 1`,
    `UPDATE cases.journal SET entry = entry WHERE case_id = ${where} RETURNING 1`,
    `DELETE FROM cases.outbox WHERE case_id = ${where} RETURNING 1`,
    `DELETE FROM cases.access WHERE case_id = ${where} RETURNING 1`,
  ]
  try {
    for (const statement of of(`'${summary.id}'`)) expect(await rights.query(statement), statement).toEqual([])
    for (const statement of of(`'${id}'`).slice(0, 4)) expect(await rights.query(statement), statement).not.toEqual([])
    for (const statement of [
      'DELETE FROM cases."case"',
      'DELETE FROM cases.act',
      'DELETE FROM cases.child',
      'DELETE FROM cases.trail',
      'UPDATE cases.trail SET who = who',
      'UPDATE cases."case" SET stage = stage',
      'UPDATE cases.act SET by = by',
      `INSERT INTO cases.act (id) VALUES (gen_random_uuid())`,
      `INSERT INTO cases.access (id) VALUES (gen_random_uuid())`,
      'UPDATE cases.deadline SET state = state',
      'DELETE FROM cases.migration',
      'SELECT 1 FROM keys.data_key',
    ])
      await expect(rights.query(statement), statement).rejects.toThrow('permission denied')
    await expect(
      rights.query(
        `INSERT INTO cases.outbox (id, kind, lane, case_id, name, version, payload, not_before, made_at) VALUES (gen_random_uuid(), 'notice', 'ordinary', $1, 'x', 0, '{}', 1, 1)`,
        [id],
      ),
    ).rejects.toThrow('row-level security')
    // A key goes with an erased case, never before.
    await expect(rights.query('SELECT keys.erase_of_case($1)', [id])).rejects.toThrow('is not erased')
    const asHead = person.as({ 'tirek.person': world.id('nurlan'), 'tirek.organisation': world.organisation, 'tirek.leads': 'true' })
    for (const statement of [
      'UPDATE cases.act SET form = form',
      'UPDATE cases.journal SET entry = entry',
      'DELETE FROM cases.access',
      'DELETE FROM cases.outbox',
      'DELETE FROM cases.idempotency',
      `UPDATE cases.child SET family = family`,
      `SELECT keys.erase_of_case('${id}')`,
    ])
      await expect(asHead.query(statement), statement).rejects.toThrow('permission denied')
    await expect(keys.query('SELECT keys.erase_of_case($1)', [id])).rejects.toThrow('permission denied')
  } finally {
    await rights.close()
    await person.close()
    await keys.close()
  }
})

test('a ledger that names a case that has not ended erases nothing, and the service starts', async () => {
  const { summary } = await world.register('aigul')
  appendFileSync(ledger(), `\n${JSON.stringify({ caseId: summary.id, rule: 'RET-01', at: world.clock.now() })}\n`)
  await world.start()
  expect(await world.one('SELECT erased_at FROM cases."case" WHERE id = $1', [summary.id])).toEqual({ erased_at: null })
  expect((await world.ask('aigul', 'GET', `/api/cases/${summary.id}/child`)).status).toBe(200)
})
