/**
 * The second wall, on a real Postgres. Both walls say the same of random worlds; statements without their condition show no foreign row;
 * without a person there is nothing; hundreds of requests at once on few connections leak nothing.
 */
import fc from 'fast-check'
import { Database } from '@tirek/platform/database'
import type { Role } from '@tirek/contract/roles'
import { anyOf, RELATION_IDS, relationsOf, type Relation } from '@tirek/policy/relations'
import { relationsThat } from '@tirek/policy/policy'
import { settingsOf } from '@tirek/policy/settings'
import type { Access, Seen, Standing } from '@tirek/policy/standing'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'
import { MANY, casesOf } from '../http/found-by-index.ts'
import { workUrlOf } from '../migrations.ts'

let world: CasesWorld
let person: Database
let work: Database
beforeAll(async () => {
  world = await CasesWorld.open()
  person = await Database.open(world.postgres.urlOf('tirek_cases'), 'walls', 4)
  work = await Database.open(workUrlOf(world.postgres.urlOf('tirek_cases')), 'walls-work', 2)
})
afterAll(async () => {
  await person?.close()
  await work?.close()
  await world?.close()
})

const PEOPLE = Array.from({ length: 4 }, () => randomUUID())
const ORGANISATIONS = Array.from({ length: 2 }, () => randomUUID())
const STAGES = ['urgent-measures', 'implementation', 'ended']
/** With them a team is most of an organisation. */
const MANY_MORE = Array.from({ length: MANY }, () => randomUUID())
const NOW = 1_800_000_000_000

type Row = Omit<Seen, 'access'> & { id: string }
const someone = fc.constantFrom(...PEOPLE)
const anOrganisation = fc.constantFrom(...ORGANISATIONS)
const aCase = fc.record({
  id: fc.constant(0).map(() => randomUUID()),
  organisation: anOrganisation,
  manager: fc.option(someone),
  first_person: someone,
  stage: fc.constantFrom(...STAGES),
})
const anAccess = fc.record({
  case: fc.nat(),
  relation: fc.constantFrom<Access['relation']>('participant', 'placement', 'hand-over-receiver', 'hand-over-sender', 'break-glass'),
  person: someone,
  organisation: anOrganisation,
  from_at: fc.constantFrom(NOW - 1, NOW, NOW + 1),
  until_at: fc.constantFrom(null, NOW - 1, NOW, NOW + 1),
})
const aStanding = fc
  .record({
    person: someone,
    organisation: anOrganisation,
    role: fc.constantFrom<Role>('social-worker', 'psychologist', 'medic', 'supervisor', 'head', 'childrens-home-worker', 'administrator'),
    standsFor: fc.subarray(PEOPLE),
    more: fc.subarray<Role>(['social-worker', 'supervisor']),
    team: fc.subarray(PEOPLE),
    leads: fc.boolean(),
    called: fc.boolean(),
  })
  .map(({ standsFor, more, ...standing }): Standing => {
    const works = standing.role !== 'administrator' && standing.role !== 'childrens-home-worker'
    const roles = new Set<Role>([standing.role, ...(works ? more : [])])
    return {
      ...standing,
      roles,
      persons: works ? [...new Set([standing.person, ...standsFor])] : [],
      team: roles.has('supervisor') ? standing.team : [],
      leads: works && standing.leads,
      called: works && standing.called,
      now: NOW,
    }
  })

/** The world of one run: it replaces all that was. */
async function build(cases: readonly Row[], access: readonly (Access & { case_id: string })[]): Promise<void> {
  await world.admin.query('TRUNCATE cases.child, cases.journal CASCADE')
  await world.admin.query(
    `WITH made AS (INSERT INTO cases.child (id, organisation, family, name, sex) SELECT r.id, r.organisation, r.id, 'Имя', 'female' FROM jsonb_to_recordset($1) AS r(id uuid, organisation uuid) RETURNING id)
     INSERT INTO cases."case" (id, number, organisation, territory, programme, edition, child, version, facts, stage, risk, ended, manager, first_person, file_opened, opened_at, changed_at)
     SELECT r.id, r.id::text, r.organisation, 'T', 'child-protection', 'e', made.id, 1, '{}', r.stage, 'low', false, r.manager, r.first_person, true, 1, 1
       FROM jsonb_to_recordset($1) AS r(id uuid, organisation uuid, stage text, manager uuid, first_person uuid) JOIN made ON made.id = r.id`,
    [JSON.stringify(cases)],
  )
  for (const [table, columns, values] of [
    [
      'act',
      'id, case_id, kind, happened_at, recorded_at, by, fact, form, version',
      `gen_random_uuid(), id, 'noted', 1, 1, first_person, '{}', '{"text":"тайна"}', 1`,
    ],
    [
      'deadline',
      'case_id, key, rule, "row", state, run_by, from_at, waits_for, sort_at, manager, organisation',
      `id, 'k', 'CP-1', 'contact', 'open', 'case', 1, 'x', 1, coalesce(manager, first_person), organisation`,
    ],
    ['step', 'case_id, key, deadline_key, at, taken_at, taken_by, "do", whom', `id, 's', 'k', 1, 1, 'workflow', 'remind', '[]'`],
    [
      'journal',
      'id, organisation, name, n, at, by, case_id, entry',
      `gen_random_uuid(), organisation, 'requests', row_number() OVER (), 1, first_person, id, '{}'`,
    ],
  ] as const)
    await world.admin.query(`INSERT INTO cases.${table} (${columns}) SELECT ${values} FROM cases."case"`)
  await world.admin.query(
    `INSERT INTO cases.access (id, case_id, relation, person, organisation, from_at, until_at, given_by, of_organisation)
     SELECT gen_random_uuid(), g.case_id, g.relation, g.person, g.organisation, g.from_at, g.until_at, gen_random_uuid(), c.organisation
       FROM jsonb_to_recordset($1) AS g(case_id uuid, relation text, person uuid, organisation uuid, from_at bigint, until_at bigint) JOIN cases."case" c ON c.id = g.case_id`,
    [JSON.stringify(access)],
  )
}

/** As the table has it: one running offer of a case, one running invitation of a person to it. */
function standingOnce<A extends Access & { case_id: string }>(access: readonly A[]): A[] {
  const seen = new Set<string>()
  return access.filter((one) => {
    if (one.until_at !== null || one.relation === 'break-glass' || one.relation === 'hand-over-sender') return true
    const key = `${one.case_id} ${one.person ?? 'offer'}`
    return !seen.has(key) && seen.add(key)
  })
}

const idsIn = async (db: Pick<Database, 'query'>, sql: string): Promise<string[]> =>
  (await db.query(sql)).map((row) => row['id'] as string).toSorted()
const all = `SELECT c.id FROM cases."case" c`

test('both walls agree on random worlds: each relation, the whole row security, the ids of lists', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aCase, { minLength: 1, maxLength: 12 }),
      fc.array(anAccess, { maxLength: 10 }),
      fc.array(aStanding, { minLength: 1, maxLength: 6 }),
      async (cases, given, standings) => {
        const access = standingOnce(
          given.map(({ case: n, person: to, organisation, ...one }): Access & { case_id: string } => {
            const toOrganisation = one.relation.startsWith('hand-over')
            return {
              ...one,
              parts: [],
              version: 1,
              person: toOrganisation ? null : to,
              organisation: toOrganisation ? organisation : null,
              case_id: cases[n % cases.length]!.id,
            }
          }),
        )
        await build(cases, access)
        for (const standing of standings) {
          const relations = new Map(
            cases.map((row) => [row.id, relationsOf(standing, { ...row, access: access.filter((one) => one.case_id === row.id) })]),
          )
          const having = (wanted: readonly Relation[]) =>
            cases
              .filter(({ id }) => relations.get(id)!.some((one) => wanted.includes(one)))
              .map(({ id }) => id)
              .toSorted()
          const asked = person.as(settingsOf(standing))
          const opened = having(relationsThat('open'))
          expect(await idsIn(asked, all)).toEqual(opened)
          for (const relation of RELATION_IDS.filter((one) => one !== 'hand-over-receiver'))
            expect(await idsIn(asked, `${all} WHERE ${anyOf([relation])}`), relation).toEqual(having([relation]))
          for (const asking of [standing, { ...standing, team: [...standing.team, ...MANY_MORE] }])
            for (const [action, limit] of [
              ['list', 51],
              ['read-file', undefined],
            ] as const)
              expect(await idsIn(person.as(settingsOf(asking)), casesOf(asking, relationsThat(action), 'true', limit)), action).toEqual(
                having(relationsThat(action)),
              )
          for (const table of ['act', 'step']) expect(await idsIn(asked, `SELECT case_id AS id FROM cases.${table}`), table).toEqual(opened)
          for (const id of await idsIn(asked, 'SELECT case_id AS id FROM cases.deadline')) expect(opened).toContain(id)
          const filed = having(relationsThat('read-file'))
          for (const id of await idsIn(asked, 'SELECT case_id AS id FROM cases.journal')) expect(filed).toContain(id)
          const named = having([
            'manager',
            'deputy',
            'team-supervisor',
            'first-person',
            'unled',
            'on-duty',
            'break-glass',
            'participant',
            'placement',
          ])
          expect(await idsIn(asked, 'SELECT id FROM cases.child')).toEqual(named)
        }
      },
    ),
    { numRuns: 40, seed: 7 },
  )
}, 240_000)

test('without a person, or with settings of nobody, no table shows a row or takes one', async () => {
  const page = await world.register('aigul')
  for (const table of [
    '"case"',
    'child',
    'act',
    'deadline',
    'step',
    'access',
    'journal',
    'journal_counter',
    'counter',
    'acquaintance',
    'idempotency',
  ])
    expect(await person.query(`SELECT 1 FROM cases.${table}`), table).toEqual([])
  for (const table of ['outbox', 'workflow_ack', 'refold'])
    await expect(person.query(`SELECT 1 FROM cases.${table}`), table).rejects.toThrow('permission denied')
  expect(await person.query(`UPDATE cases."case" SET risk = 'low' RETURNING id`)).toEqual([])
  expect(await person.query('DELETE FROM cases.deadline RETURNING key')).toEqual([])
  for (const statement of [
    'DELETE FROM cases.act',
    // How far the schema is may be read, and is changed by the job alone.
    'DELETE FROM cases.migration',
    'DELETE FROM cases."case"',
    'UPDATE cases.act SET form = form',
    'UPDATE cases.child SET organisation = organisation',
  ])
    await expect(person.query(statement), statement).rejects.toThrow('permission denied')
  await expect(
    person.query(
      `INSERT INTO cases.act (id, case_id, kind, happened_at, recorded_at, by, fact, form, version) VALUES (gen_random_uuid(), $1, 'noted', 1, 1, $2, '{}', '{}', 99)`,
      [page.summary.id, world.id('aigul')],
    ),
  ).rejects.toThrow('row-level security')
})

test('the roles of the loops see no child and no form', async () => {
  await world.register('aigul')
  for (const statement of [
    'SELECT form FROM cases.act',
    'SELECT name FROM cases.child',
    'SELECT iin FROM cases.child',
    'SELECT 1 FROM cases.idempotency',
    'SELECT 1 FROM cases.journal',
    'SELECT person FROM cases.access',
    'SELECT reason FROM cases.access',
  ])
    await expect(work.query(statement), statement).rejects.toThrow('permission denied')
  expect((await work.query('SELECT id FROM cases."case"')).length).toBeGreaterThan(0)
  for (const statement of ['SELECT 1 FROM cases.act', 'SELECT 1 FROM cases.child'])
    await expect(world.watchdogDb.query(statement), statement).rejects.toThrow('permission denied')
})

test("400 requests of many people at once on four connections: nobody is shown what is another's", async () => {
  const logins = ['aigul', 'dana', 'saule', 'nurlan', 'erlan', 'medet', 'astana']
  const own = new Map<string, Set<string>>()
  for (const login of logins) own.set(login, new Set())
  for (const login of ['aigul', 'dana', 'astana']) for (let n = 0; n < 5; n++) own.get(login)!.add((await world.register(login)).summary.id)
  const standingOf = (login: string): Standing => {
    const { person: who, role, organisation } = world.people.get(login)!
    const roles = new Set<Role>([role])
    return { person: who, role, organisation, roles, persons: [who], team: [], leads: false, called: false, now: world.clock.now() }
  }
  const settings = new Map(logins.map((login) => [login, settingsOf(standingOf(login))]))
  const asked = Array.from({ length: 400 }, (_, n) => ({ login: logins[n % logins.length]!, n }))
  const leaks = await Promise.all(
    asked.map(async ({ login, n }) => {
      // One in seven forgets who asks; one in eleven breaks.
      if (n % 11 === 0)
        await person
          .as(settings.get(login)!)
          .query('SELECT 1/0')
          .catch(() => {})
      const db = n % 7 === 0 ? person : person.as(settings.get(login)!)
      const rows =
        n % 3 === 0
          ? await db.transaction(async (sql) => [...(await sql(all)), ...(await sql('SELECT case_id AS id FROM cases.act'))])
          : await db.query(n % 2 ? all : 'SELECT case_id AS id FROM cases.deadline')
      const mayBe = n % 7 === 0 ? new Set<string>() : own.get(login)!
      return rows.filter((row) => !mayBe.has(row['id'] as string)).length
    }),
  )
  expect(leaks.filter((count) => count > 0)).toEqual([])
})
