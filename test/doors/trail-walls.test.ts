/** The trail of every service: its roles add rows, change none, and read only what the transaction says that who asks may read. */
import { startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { AS_AUDITOR, ofCase, ofPerson } from '@tirek/platform/trail-wall'
import { TRAILS } from '@tirek/platform/trail-seal'
import { Database } from '@tirek/platform/database'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateAll } from '../../infra/dev/migrate.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [AIGUL, DANA, CASE, OTHER] = [1, 2, 3, 4].map(id) as [string, string, string, string]
/** who, case, about */
const ROWS = [
  [AIGUL, CASE, null],
  [DANA, CASE, null],
  [DANA, OTHER, null],
  [AIGUL, null, null],
  [DANA, null, AIGUL],
] as const
const EVERY = ROWS.map((_, at) => at)

let postgres: ScratchPostgres
let admin: pg.Client
let roles: { schema: string; role: string; reads: boolean; changes: boolean }[]
beforeAll(async () => {
  postgres = await startScratchPostgres()
  await migrateAll(postgres.adminUrl, postgres.urlOf)
  admin = new pg.Client({ connectionString: postgres.adminUrl })
  await admin.connect()
  ;({ rows: roles } = await admin.query(
    `SELECT n.nspname AS schema, r.rolname AS role, has_any_column_privilege(r.oid, c.oid, 'SELECT') AS reads,
       has_any_column_privilege(r.oid, c.oid, 'UPDATE') OR has_table_privilege(r.oid, c.oid, 'DELETE, TRUNCATE, TRIGGER') AS changes
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_roles r
     WHERE c.relname = 'trail' AND c.relkind = 'r' AND r.rolname LIKE 'tirek\\_%' ORDER BY 1, 2`,
  ))
  for (const schema of TRAILS)
    for (const [at, [who, caseId, about]] of ROWS.entries())
      await admin.query(
        `INSERT INTO ${schema}.trail (at, who, role, what, case_id, about) VALUES ($1, $2, 'social-worker', 'read', $3, $4)`,
        [at, who, caseId, about],
      )
})
afterAll(async () => {
  await admin?.end()
  await postgres?.stop()
})

test('every schema with a trail is known to who seals it, and has its wall', async () => {
  const { rows } = await admin.query(
    `SELECT n.nspname AS schema, c.relrowsecurity AND c.relforcerowsecurity AS walled FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relname = 'trail' AND c.relkind = 'r' ORDER BY 1`,
  )
  expect(rows).toEqual(TRAILS.toSorted().map((schema) => ({ schema, walled: true })))
})

test('no role of ours changes a row', () => {
  expect(roles.filter(({ changes }) => changes)).toEqual([])
  expect(new Set(roles.filter(({ reads }) => reads).map(({ schema }) => schema))).toEqual(new Set(TRAILS))
})

test('who reads what: nobody nothing, an auditor all, a case its chain, a person what they did and what is about them', async () => {
  for (const { schema, role } of roles.filter(({ reads }) => reads)) {
    await admin.query(`ALTER ROLE ${role} PASSWORD '${role}'`)
    const db = await Database.open(postgres.urlOf(role), 'trail-walls', 1)
    const seen = async (settings: Record<string, string>) =>
      (await db.as(settings).query(`SELECT at FROM ${schema}.trail ORDER BY at`)).map((row) => row['at'])
    try {
      expect(await seen({}), `${schema} ${role}`).toEqual([])
      expect(await seen(AS_AUDITOR), `${schema} ${role}`).toEqual(EVERY)
      expect(await seen({ 'tirek.trail': '' }), `${schema} ${role}`).toEqual([])
      expect(await seen(ofCase(CASE)), `${schema} ${role}`).toEqual([0, 1])
      expect(await seen(ofPerson(AIGUL)), `${schema} ${role}`).toEqual([0, 3, 4])
      // The setting was gone with its transaction.
      expect(await db.query(`SELECT 1 FROM ${schema}.trail`), `${schema} ${role}`).toEqual([])
    } finally {
      await db.close()
    }
  }
})
