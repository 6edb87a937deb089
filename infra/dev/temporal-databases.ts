/** Temporal's server has a role and two databases of its own in our cluster: it owns them, signs in to no other, and is no superuser. */
import pg from 'pg'

export const TEMPORAL_ROLE = 'tirek_temporal'
export const TEMPORAL_DATABASES = ['temporal', 'temporal_visibility'] as const

const exists = async (client: pg.Client, sql: string, name: string) => (await client.query(sql, [name])).rows.length > 0

/** What an installation of before made as the superuser becomes the role's; what extensions made stays theirs, and sequences go with their tables. */
const TAKE_OVER = `
DO $own$ DECLARE one record; BEGIN
  FOR one IN
    SELECT format('ALTER %s %s OWNER TO ${TEMPORAL_ROLE}', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, c.oid::regclass) AS sql
      FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'S') AND c.relowner <> '${TEMPORAL_ROLE}'::regrole
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0 AND d.deptype IN ('e', 'a', 'i'))
    UNION ALL
    SELECT format('ALTER FUNCTION %s OWNER TO ${TEMPORAL_ROLE}', p.oid::regprocedure)
      FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proowner <> '${TEMPORAL_ROLE}'::regrole
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE one.sql; END LOOP;
END $own$;`

/** Makes the role with this password and its databases, empty, or brings those of before under it. Safe to run again. */
export async function makeTemporalDatabases(adminUrl: string, password: string): Promise<void> {
  await within(adminUrl, async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtext('tirek-migrations'))`)
    if (!(await exists(client, 'SELECT 1 FROM pg_roles WHERE rolname = $1', TEMPORAL_ROLE)))
      await client.query(`CREATE ROLE ${TEMPORAL_ROLE} LOGIN`)
    await client.query(
      `ALTER ROLE ${TEMPORAL_ROLE} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD ${pg.escapeLiteral(password)}`,
    )
    for (const database of TEMPORAL_DATABASES) {
      if (!(await exists(client, 'SELECT 1 FROM pg_database WHERE datname = $1', database)))
        await client.query(`CREATE DATABASE ${database} OWNER ${TEMPORAL_ROLE}`)
      await client.query(`ALTER DATABASE ${database} OWNER TO ${TEMPORAL_ROLE}`)
      await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${database} FROM PUBLIC`)
      const url = new URL(adminUrl)
      url.pathname = `/${database}`
      await within(url.href, (own) => own.query(TAKE_OVER))
    }
  })
}

/** Nobody but our own roles signs in to our database: Temporal's does not. */
export const closeDatabase = (adminUrl: string): Promise<void> =>
  within(adminUrl, async (client) => {
    const { rows } = await client.query<{ database: string; roles: string[] }>(
      `SELECT current_database() AS database, array_agg(rolname::text) AS roles FROM pg_roles WHERE rolname LIKE 'tirek\\_%' AND rolname <> $1 AND rolcanlogin`,
      [TEMPORAL_ROLE],
    )
    const { database, roles } = rows[0]!
    const name = pg.escapeIdentifier(database)
    await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${roles.map((role) => pg.escapeIdentifier(role)).join(', ')}`)
    await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${name} FROM PUBLIC`)
  })

async function within(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
