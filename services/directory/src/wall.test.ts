/**
 * The second wall of the directory: every list once more without its conditions, under the settings of who asks and as a superuser. The first may
 * show nothing of another organisation; the second must, or nothing was tried. Then what each may write, by statements of its own.
 */
import type { Role } from '@tirek/contract/roles'
import type { Who } from '@tirek/platform/auth'
import { ManualClock } from '@tirek/platform/clock'
import { Database, type Queries, type Row } from '@tirek/platform/database'
import { startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { Trail } from '@tirek/platform/trail'
import { withoutWhere } from '@tirek/platform/without-where'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AbsenceService } from './absences/absence.service.ts'
import { DutyService } from './duty/duty.service.ts'
import { migrateDirectory } from './migrations.ts'
import { PersonService } from './people/person.service.ts'
import { DirectoryRecord } from './record.ts'
import { SettingService } from './settings/setting.service.ts'
import { settingsOf, WORK_ROLE } from './wall.ts'

const HERE = randomUUID()
const THERE = randomUUID()
const PEOPLE = {
  aigul: ['social-worker', HERE],
  saule: ['supervisor', HERE],
  nurlan: ['head', HERE],
  admin: ['administrator', HERE],
  audit: ['auditor', HERE],
  astana: ['social-worker', THERE],
  boss: ['supervisor', THERE],
} as const satisfies Record<string, readonly [Role, string]>
type Login = keyof typeof PEOPLE
const LOGINS = Object.keys(PEOPLE) as Login[]
const id = Object.fromEntries(LOGINS.map((login) => [login, randomUUID()])) as Record<Login, string>
const whoIs = (login: Login): Who => ({ person: id[login], role: PEOPLE[login][0], organisation: PEOPLE[login][1], login, lang: 'ru' })

let postgres: ScratchPostgres
let admin: pg.Client
let people: Database
let work: Database
let superuser: Database

beforeAll(async () => {
  postgres = await startScratchPostgres()
  await migrateDirectory(postgres.adminUrl, postgres.urlOf('tirek_directory'))
  admin = new pg.Client({ connectionString: postgres.adminUrl })
  await admin.connect()
  await admin.query(`ALTER ROLE ${WORK_ROLE} PASSWORD '${WORK_ROLE}'`)
  people = await Database.open(postgres.urlOf('tirek_directory'), 'wall', 2)
  work = await Database.open(postgres.urlOf(WORK_ROLE), 'wall-work', 2)
  superuser = await Database.open(postgres.adminUrl, 'wall-superuser', 2)
  for (const [organisation, prefix] of [
    [HERE, 'HERE'],
    [THERE, 'THERE'],
  ] as const) {
    await admin.query(
      `INSERT INTO directory.organisation (id, name_ru, name_kk, name_en, prefix, territory) VALUES ($1::uuid, $2, $2, $2, $2, $2)`,
      [organisation, prefix],
    )
    await admin.query(`INSERT INTO directory.setting VALUES ($1, 'plan', $2)`, [organisation, organisation === HERE ? 10 : 20])
  }
  for (const login of LOGINS) {
    const [role, organisation] = PEOPLE[login]
    await admin.query(
      `INSERT INTO directory.person (id, login, name, role, organisation, lang, digest, active) VALUES ($1, $2, $2, $3, $4, 'ru', true, true)`,
      [id[login], login, role, organisation],
    )
    await admin.query(`INSERT INTO directory.absence VALUES (gen_random_uuid(), $1, '2026-01-01', '2026-01-02')`, [id[login]])
    await admin.query(`INSERT INTO directory.duty VALUES (gen_random_uuid(), $1, $2, '2026-01-01', NULL, 1)`, [organisation, id[login]])
    await admin.query(`INSERT INTO directory.change (at, who, what, of) VALUES (1, $1, 'person-changed', $2)`, [id.admin, id[login]])
    await admin.query(`INSERT INTO directory.ended_session VALUES (gen_random_uuid(), $1, 9999999999999)`, [id[login]])
    await admin.query(`INSERT INTO directory.idempotency VALUES ($1, 'k', 'h', '{}', 1)`, [id[login]])
    await admin.query(`INSERT INTO directory.trail (at, who, role, what, about) VALUES (1, $1, $2, 'read-people', $3)`, [
      id[login],
      role,
      id[login],
    ])
  }
})
afterAll(async () => {
  await Promise.all([people?.close(), work?.close(), superuser?.close(), admin?.end()])
  await postgres?.stop()
})

/** Whose rows came: people by name, organisations by their term. */
function ownersOf(rows: readonly Row[]): string[] {
  const of = (row: Row) => {
    const said = JSON.stringify(row)
    if (row['term'] !== undefined) return row['value'] === 10 ? 'HERE' : 'THERE'
    return LOGINS.find((login) => said.includes(id[login])) ?? 'nobody'
  }
  return [...new Set(rows.map(of))].toSorted()
}

class Forgetful {
  readonly shown: Row[] = []
  readonly shownToAnybody: Row[] = []
  as(settings: Readonly<{ [name: string]: string }>): Queries {
    const under = people.as(settings)
    return {
      ...under,
      query: async (text, values, name) => {
        const without = withoutWhere(text, ['about = $1', 'who <> $1', ' of = $1', 'marked_by = $1'])
        this.shown.push(...(await under.query(without, values)))
        this.shownToAnybody.push(...(await superuser.query(without, values)))
        return under.query(text, values, name)
      },
    }
  }
}

const asked = { limit: 200 }
const LISTS: Record<string, (record: DirectoryRecord, who: Who) => Promise<unknown>> = {
  people: (record, who) => new PersonService(record).list(asked, who),
  absences: (record, who) => new AbsenceService(record).list(asked, who),
  duty: (record, who) => new DutyService(record).list(asked, who),
  settings: (record, who) => new SettingService(record).list(who.organisation, who),
}
const ALL_HERE = ['admin', 'aigul', 'audit', 'nurlan', 'saule']
const EVERYBODY = LOGINS.toSorted()
/** Whose rows are shown at most, and to administrators. Auditors see people everywhere, and no more. */
const expected = (login: Login, list: string): string[] => {
  const [role, organisation] = PEOPLE[login]
  if (list === 'settings') return role === 'administrator' ? ['HERE', 'THERE'] : [organisation === HERE ? 'HERE' : 'THERE']
  if (role === 'administrator' || (role === 'auditor' && list === 'people')) return EVERYBODY
  return organisation === HERE ? ALL_HERE : ['astana', 'boss']
}

test.each(LOGINS.flatMap((login) => Object.keys(LISTS).map((list) => [login, list] as const)))(
  '%s: %s without its conditions shows the own organisation',
  async (login, list) => {
    const forgetful = new Forgetful()
    const database = forgetful as unknown as Database
    const clock = new ManualClock(1)
    await LISTS[list]!(new DirectoryRecord(database, work, clock, new Trail(people, 'directory', clock), () => {}), whoIs(login))
    expect(ownersOf(forgetful.shown)).toEqual(expected(login, list))
    expect(ownersOf(forgetful.shownToAnybody)).toEqual(list === 'settings' ? ['HERE', 'THERE'] : EVERYBODY)
  },
)

test('RT-10 without its conditions: rows about oneself, beside those of the organisation that one sees anyway', async () => {
  const forgetful = new Forgetful()
  const clock = new ManualClock(1)
  const record = new DirectoryRecord(forgetful as unknown as Database, work, clock, new Trail(people, 'directory', clock), () => {})
  await new PersonService(record).held(whoIs('astana'))
  expect(JSON.stringify(forgetful.shown)).not.toMatch(new RegExp([...ALL_HERE].map((login) => id[login as Login]).join('|')))
  expect(JSON.stringify(forgetful.shownToAnybody)).toContain(id.aigul)
})

test('without a person there is nothing; every table has its wall', async () => {
  const { rows: tables } = await admin.query<{ name: string; walled: boolean }>(
    `SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS walled FROM pg_class WHERE relnamespace = 'directory'::regnamespace AND relkind = 'r' ORDER BY 1`,
  )
  // Which migrations were applied, and heads of chains, which are hashes, say nothing of a person.
  expect(tables.filter(({ walled }) => !walled).map(({ name }) => name)).toEqual(['migration', 'trail_head'])
  for (const { name } of tables.filter(({ walled }) => walled)) {
    const seen = await people.query(`SELECT 1 FROM directory.${name}`).catch((error: Error) => error.message)
    expect(seen, name).toEqual(name === 'outbox' || name === 'tries' ? expect.stringContaining('permission denied') : [])
  }
  await expect(people.query(`UPDATE directory.person_view SET name = 'x'`)).rejects.toThrow('permission denied')
  await expect(people.query('SELECT phone FROM directory.person_view')).rejects.toThrow('permission denied')
  await expect(people.query('SELECT 1 FROM directory.absence_view')).rejects.toThrow('permission denied')
  await expect(work.query('SELECT email FROM directory.person')).rejects.toThrow('permission denied')
})

const REFUSED = 'violates row-level security policy'
/** What came of a statement: how many rows it wrote, or that it was refused. Nothing stays. */
const writing = (login: Login, sql: string, writes = true): Promise<unknown> =>
  people
    .as(settingsOf(whoIs(login), writes))
    .transaction(async (run) => {
      const rows = await run(sql)
      throw Object.assign(new Error('undone'), { rows: rows.length })
    })
    .catch((error: Error & { rows?: number }) => error.rows ?? (error.message.includes(REFUSED) ? 'refused' : error.message))

// oxfmt-ignore
test.each([
  // statement, who → rows written
  ['an absence here', `INSERT INTO directory.absence VALUES (gen_random_uuid(), '${id.aigul}', '2026-01-01', '2026-01-02') RETURNING 1`, { saule: 1, nurlan: 1, admin: 1, boss: 'refused' }],
  ['all absences', 'DELETE FROM directory.absence RETURNING 1', { saule: 5, admin: 7, boss: 2 }],
  ['duty here', `INSERT INTO directory.duty VALUES (gen_random_uuid(), '${HERE}', '${id.aigul}', '2026-01-01', NULL, 1) RETURNING 1`, { saule: 1, admin: 1, boss: 'refused' }],
  ['all duty', 'DELETE FROM directory.duty RETURNING 1', { nurlan: 5, admin: 7, boss: 2 }],
  ['everybody', 'UPDATE directory.person SET digest = false RETURNING 1', { saule: 1, admin: 7, boss: 1 }],
  ['the own role', `UPDATE directory.person SET role = 'administrator' RETURNING 1`, { aigul: 'refused', audit: 'refused', admin: 7 }],
  ['the own organisation', `UPDATE directory.person SET organisation = '${THERE}' RETURNING 1`, { aigul: 'refused', boss: 1, admin: 7 }],
  ['a person', `INSERT INTO directory.person (id, login, name, role, lang, digest, active) VALUES (gen_random_uuid(), 'x', 'x', 'administrator', 'ru', true, true)`, { saule: 'refused', audit: 'refused', admin: 0 }],
  ['terms', 'UPDATE directory.setting SET value = 1 RETURNING 1', { nurlan: 0, admin: 2 }],
  ['organisations', 'UPDATE directory.organisation SET works_from = 1 RETURNING 1', { nurlan: 0, admin: 2 }],
  ['a quarantine here', `INSERT INTO directory.quarantine VALUES (gen_random_uuid(), 'HERE', '2026-01-01', NULL, 'x') RETURNING 1`, { nurlan: 1, boss: 'refused', admin: 1 }],
  ['an agency', `INSERT INTO directory.agency (id, kind, territory, name) VALUES (gen_random_uuid(), 'police', 'HERE', 'x') RETURNING 1`, { saule: 'refused', admin: 1 }],
  ['another’s repeat key', `INSERT INTO directory.idempotency VALUES ('${id.aigul}', 'x', 'x', '{}', 1)`, { aigul: 0, saule: 'refused', admin: 'refused' }],
  ['the trail', 'DELETE FROM directory.trail', { admin: 'permission denied for table trail', audit: 'permission denied for table trail' }],
] as const)('who writes %s', async (_, sql, expectations) => {
  for (const [login, wrote] of Object.entries(expectations)) {
    expect(await writing(login as Login, sql), login).toBe(wrote)
    // Whoever reads can write nothing.
    expect(['refused', 0, 'permission denied for table trail'], login).toContain(await writing(login as Login, sql, false))
  }
})
