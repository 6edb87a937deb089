/** The second wall of writing: whoever records nothing in a case changes no row of it, whatever statement is forgotten its condition. */
import { Database, type Sql } from '@tirek/platform/database'
import type { Role } from '@tirek/contract/roles'
import { settingsOf } from '@tirek/policy/settings'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'

let world: CasesWorld
let person: Database
let caseId: string
let child: string
beforeAll(async () => {
  world = await CasesWorld.open()
  person = await Database.open(world.postgres.urlOf('tirek_cases'), 'walls', 2)
  // Medet took the request down, Aigul leads the case.
  const page = await world.register('medet', { source: 'medical-staff' })
  caseId = page.summary.id
  await world.act('aigul', caseId, 'taken-by-social-worker', { manager: world.id('aigul') })
  await world.act('aigul', caseId, 'participant-invited', { person: world.id('erlan'), parts: ['plan'] })
  child = (await world.one<{ child: string }>('SELECT child FROM cases."case" WHERE id = $1', [caseId])).child
  await world.register('aigul')
})
afterAll(async () => {
  await person?.close()
  await world?.close()
})

class RolledBack extends Error {}

/** Rows that a statement changes as this person, or `refused`; all is taken back. */
async function tried(login: string, text: string, values: unknown[]): Promise<number | 'refused'> {
  const { person: who, role, organisation } = world.people.get(login)!
  const roles = new Set<Role>([role])
  const standing = {
    person: who,
    role,
    organisation,
    roles,
    persons: [who],
    team: role === 'supervisor' ? [world.id('aigul')] : [],
    leads: role === 'head',
    called: false,
    now: world.clock.now(),
  }
  let changed = 0
  try {
    await person.as(settingsOf(standing)).transaction(async (sql) => {
      changed = await changedBy(sql, text, values)
      throw new RolledBack()
    })
  } catch (error) {
    if (error instanceof RolledBack) return changed
    expect((error as Error).message).toMatch(/row-level security|permission denied/)
    return 'refused'
  }
  throw new Error('committed')
}

/** What nobody reads back is counted too. */
const changedBy = async (sql: Sql, text: string, values: unknown[]) =>
  (await sql(`WITH done AS (${text} RETURNING 1) SELECT 1 FROM done`, values)).length

const STATEMENTS: Record<string, (login: string) => [string, unknown[]]> = {
  'changes the case': () => [`UPDATE cases."case" SET changed_at = changed_at WHERE id = $1`, [caseId]],
  'changes the child': () => [`UPDATE cases.child SET name = name WHERE id = $1`, [child]],
  'adds an act': (login) => [
    `INSERT INTO cases.act (id, case_id, kind, happened_at, recorded_at, by, fact, form, version) VALUES (gen_random_uuid(), $1, 'noted', 1, 1, $2, '{}', '{}', 99)`,
    [caseId, world.id(login)],
  ],
  'adds a deadline': () => [
    `INSERT INTO cases.deadline (case_id, key, rule, "row", state, run_by, from_at, waits_for, sort_at, manager, organisation) VALUES ($1, 'x', 'CP-1', 'contact', 'open', 'case', 1, 'x', 1, $2, $3)`,
    [caseId, world.id('aigul'), world.organisation],
  ],
  'changes deadlines': () => [`UPDATE cases.deadline SET sort_at = sort_at WHERE case_id = $1`, [caseId]],
  'removes deadlines': () => [`DELETE FROM cases.deadline WHERE case_id = $1`, [caseId]],
  'adds to the outbox': () => [
    `INSERT INTO cases.outbox (id, kind, lane, case_id, name, version, not_before, made_at) VALUES (gen_random_uuid(), 'facts', 'ordinary', $1, 'x', 1, 1, 1)`,
    [caseId],
  ],
  'gives access': (login) => [
    `INSERT INTO cases.access (id, case_id, relation, person, from_at, given_by, of_organisation) VALUES (gen_random_uuid(), $1, 'participant', $2, 1, $2, $3)`,
    [caseId, world.id(login), world.organisation],
  ],
  'ends access': () => [`UPDATE cases.access SET until_at = 1 WHERE case_id = $1`, [caseId]],
  'writes a journal': (login) => [
    `INSERT INTO cases.journal (id, organisation, name, n, at, by, case_id, entry) VALUES (gen_random_uuid(), $1, 'requests', 900, 1, $2, $3, '{}')`,
    [world.people.get(login)!.organisation, world.id(login), caseId],
  ],
}

/** 0: the wall shows no row. A statement that reads back what it added is refused with it. */
const NOTHING = [0, 'refused']

test.each([
  ['dana', 'of the same organisation, without a relation'],
  ['medet', 'took the request, another leads it: reads, records nothing'],
  ['astana', 'of another organisation'],
  ['admin', 'keeps the directory'],
])('%s (%s) changes no row of the case', async (login) => {
  for (const [name, statement] of Object.entries(STATEMENTS)) expect(NOTHING, name).toContain(await tried(login, ...statement(login)))
})

test.each([
  ['aigul', 'leads it'],
  ['saule', 'supervises who leads it'],
])('%s (%s) changes what the same statements name', async (login) => {
  for (const [name, statement] of Object.entries(STATEMENTS)) {
    expect(await tried(login, ...statement(login)), name).toBeGreaterThan(0)
  }
})

test.each([
  ['erlan', 'invited to it'],
  ['nurlan', 'leads the organisation'],
])('%s (%s) adds acts and does not correct the child', async (login) => {
  expect(await tried(login, ...STATEMENTS['adds an act']!(login))).toBe(1)
  expect(await tried(login, ...STATEMENTS['changes the child']!(login))).toBe(0)
})

test('nobody writes in the name of another, moves a case to another organisation or counts for it', async () => {
  const [text] = STATEMENTS['adds an act']!('aigul')
  expect(await tried('aigul', text, [caseId, world.id('dana')])).toBe('refused')
  expect(await tried('aigul', `UPDATE cases."case" SET organisation = $2 WHERE id = $1`, [caseId, world.otherOrganisation])).toBe('refused')
  for (const table of [
    'counter (organisation, year, last) VALUES ($1, 2030, 1)',
    `journal_counter (organisation, name, last) VALUES ($1, 'x', 1)`,
  ])
    expect(await tried('aigul', `INSERT INTO cases.${table}`, [world.otherOrganisation])).toBe('refused')
  const journal = `INSERT INTO cases.journal (id, organisation, name, n, at, by, entry) VALUES (gen_random_uuid(), $1, 'visitors', 901, 1, $2, '{}')`
  expect(await tried('aigul', journal, [world.otherOrganisation, world.id('aigul')])).toBe('refused')
  expect(await tried('aigul', journal, [world.organisation, world.id('dana')])).toBe('refused')
  expect(await tried('aigul', journal, [world.organisation, world.id('aigul')])).toBe(1)
})

test('in danger to life a person opens a case of their organisation to themselves, and to nobody else', async () => {
  const open = (login: string, to: string, of: string) =>
    tried(
      login,
      `INSERT INTO cases.access (id, case_id, relation, person, from_at, until_at, given_by, of_organisation) VALUES (gen_random_uuid(), $1, 'break-glass', $2, $3, $4, $5, $6)`,
      [caseId, to, world.clock.now(), world.clock.now() + 1, world.id(login), of],
    )
  expect(await open('dana', world.id('dana'), world.organisation)).toBe(1)
  expect(await open('dana', world.id('erlan'), world.organisation)).toBe('refused')
  for (const of of [world.organisation, world.otherOrganisation]) expect(await open('astana', world.id('astana'), of)).toBe('refused')
})

test('a statement that forgets whose case it is changes only what the person may write', async () => {
  const other = randomUUID()
  const own = (await world.register('dana')).summary.id
  for (const text of [
    `UPDATE cases."case" SET changed_at = changed_at WHERE id <> $1`,
    `DELETE FROM cases.deadline WHERE case_id <> $1`,
    `UPDATE cases.deadline SET sort_at = sort_at WHERE case_id <> $1`,
  ]) {
    const table = /cases\.("case"|deadline)/.exec(text)![0]
    const mine = await world.one<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${table} WHERE ${table.endsWith('deadline') ? 'case_id' : 'id'} = $1`,
      [own],
    )
    expect(await tried('dana', text, [other]), text).toBe(mine.n)
  }
})
