/** Temporal's role owns its two databases and comes into no other; what the superuser made there before becomes its own. */
import { startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase, makeTemporalDatabases, TEMPORAL_DATABASES, TEMPORAL_ROLE } from './temporal-databases.ts'

let postgres: ScratchPostgres
beforeAll(async () => {
  postgres = await startScratchPostgres()
})
afterAll(() => postgres?.stop())

const urlOf = (database: string, role?: string, password = 'first') => {
  const url = new URL(postgres.adminUrl)
  url.pathname = `/${database}`
  if (role) Object.assign(url, { username: role, password })
  return url.href
}
async function asked(url: string, ...statements: string[]): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let last!: pg.QueryResult
    for (const sql of statements) last = await client.query(sql)
    return last
  } finally {
    await client.end()
  }
}

test('what the superuser made is handed over; the owner alters it, is nothing more, and nobody else comes in', async () => {
  await asked(postgres.adminUrl, 'CREATE DATABASE temporal', `CREATE ROLE tirek_cases LOGIN PASSWORD 'first'`)
  await asked(
    urlOf('temporal'),
    'CREATE EXTENSION btree_gin',
    'CREATE TABLE executions (n bigint GENERATED ALWAYS AS IDENTITY, s serial)',
    'CREATE TABLE versions (part int) PARTITION BY RANGE (part)',
    'CREATE SEQUENCE alone',
    'CREATE VIEW seen AS SELECT n FROM executions',
    `CREATE FUNCTION convert_ts(given text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT given'`,
  )
  for (const password of ['first', 'second']) {
    await makeTemporalDatabases(postgres.adminUrl, password)
    await closeDatabase(postgres.adminUrl)
    const own = urlOf('temporal', TEMPORAL_ROLE, password)
    await asked(own, 'ALTER TABLE executions ADD COLUMN IF NOT EXISTS more int', 'ALTER TABLE versions ADD COLUMN IF NOT EXISTS more int')
    await asked(own, 'ALTER SEQUENCE alone RESTART', 'ALTER SEQUENCE executions_s_seq RESTART', 'ALTER VIEW seen SET (security_barrier)')
    await asked(own, `CREATE OR REPLACE FUNCTION convert_ts(given text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT given || given'`)
  }
  // What Temporal's schemas do.
  await asked(
    urlOf('temporal_visibility', TEMPORAL_ROLE, 'second'),
    'CREATE EXTENSION IF NOT EXISTS btree_gin',
    'CREATE TABLE executions_visibility (n int)',
  )
  const { rows } = await asked(
    postgres.adminUrl,
    `SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication AS more FROM pg_roles WHERE rolname = '${TEMPORAL_ROLE}'`,
  )
  expect(rows).toEqual([{ more: false }])
  await expect(asked(urlOf('tirek', TEMPORAL_ROLE, 'second'))).rejects.toThrow(/permission denied for database/)
  for (const database of TEMPORAL_DATABASES)
    await expect(asked(urlOf(database, 'tirek_cases')), database).rejects.toThrow(/permission denied for database/)
  expect((await asked(urlOf('tirek', 'tirek_cases'), 'SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})
