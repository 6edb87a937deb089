// `npm run backup [-- file]`: everything of this copy in one file, while it runs or while it is stopped; the encryption keys in one beside it.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { backup as copySqlite, DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { failWithHint } from './install.mjs'
import { Hint, homeOf, KEYS_FILE } from './place.mjs'
import { runningSupervisor } from './preflight.mjs'

/** Small files beside the databases: keys that sign and seal, passwords, what the demo filled in, an earlier restore. */
export const SMALL_FILES = ['jwks.json', 'secrets.json', 'demo.json', 'restored.json']
/** What was erased: travels with every backup, and is never taken back by one. */
export const LEDGER = 'erasures.log'
/** Where this copy keeps it, and its ring: where the services are told to look. */
export const ledgerOf = (home, env = process.env) => (env.ERASURE_LEDGER ? resolve(env.ERASURE_LEDGER) : join(home, LEDGER))
export const ringOf = (home, env = process.env) => (env.ENCRYPTION_KEYS_FILE ? resolve(env.ENCRYPTION_KEYS_FILE) : join(home, KEYS_FILE))
/** Protocols and what people sent (libs/platform/src/files). */
export const FILES = 'files'
const SEGMENT = /^[0-9A-F]{24}$/

/** The keys lie apart from what they open: who finds the archive alone reads nothing that Temporal keeps. */
export const keysBeside = (target) => `${target.replace(/\.tar\.gz$/, '')}.keys`

/** @returns {Promise<string>} path of the file written; the keys are written to `keysBeside` it */
export async function backUp(
  home,
  target = join(home, 'backups', `tirek-${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}.tar.gz`),
  isRunning = runningSupervisor(home) !== undefined,
) {
  if (process.env.DATABASE_URL)
    throw new Hint('DATABASE_URL names a Postgres of your own: back it up with its own tools (pg_dump or pg_basebackup)')
  if (process.env.FILES_URL)
    throw new Hint('FILES_URL names a place of your own: back it up together with the rest, right after the database')
  if (!existsSync(join(home, 'pg', 'PG_VERSION'))) throw new Hint(`there is nothing to back up in ${home}`)
  mkdirSync(dirname(target), { recursive: true })
  const work = mkdtempSync(join(dirname(target), '.backup-'))
  try {
    // Temporal and the letters first, the record last: whatever happens in between, the record knows it and the rest is brought up to it.
    if (existsSync(join(home, 'temporal.db'))) await copyTemporal(join(home, 'temporal.db'), join(work, 'temporal.db'))
    if (existsSync(join(home, 'mail'))) cpSync(join(home, 'mail'), join(work, 'mail'), { recursive: true, preserveTimestamps: true })
    for (const name of SMALL_FILES) if (existsSync(join(home, name))) cpSync(join(home, name), join(work, name))
    if (existsSync(ledgerOf(home))) cpSync(ledgerOf(home), join(work, LEDGER))
    if (isRunning) await copyRunningPostgres(home, join(work, 'pg'))
    else cpSync(join(home, 'pg'), join(work, 'pg'), { recursive: true, filter: (path) => !path.endsWith('postmaster.pid') })
    copyFiles(join(home, FILES), join(work, FILES))
    writeFileSync(
      join(work, 'manifest.json'),
      JSON.stringify({
        format: 1,
        takenAt: Date.now(),
        running: isRunning,
        version: readFileSync(join(home, 'pg/PG_VERSION'), 'utf8').trim(),
      }),
    )
    tar(['-czf', `${target}.half`, '-C', work, '.'])
    spawnSync('mv', [`${target}.half`, target])
    if (existsSync(ringOf(home))) {
      cpSync(ringOf(home), keysBeside(target))
      chmodSync(keysBeside(target), 0o600)
    }
    return target
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** After the record: whatever it names is there. What is half-written is not. One that is removed meanwhile is no fault. */
function copyFiles(from, to) {
  if (!existsSync(from)) return
  cpSync(from, to, { recursive: true, preserveTimestamps: true, filter: (path) => !path.includes('.incoming') && existsSync(path) })
}

async function copyTemporal(from, to) {
  const source = new DatabaseSync(from, { readOnly: true })
  try {
    await copySqlite(source, to)
  } finally {
    source.close()
  }
}

/** A base backup by Postgres' own protocol: its files between start and stop, then the log that makes them consistent. */
async function copyRunningPostgres(home, to) {
  const { adminUrl } = JSON.parse(readFileSync(join(home, 'run.json'), 'utf8'))
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 })
  await client.connect()
  const from = join(home, 'pg')
  try {
    const begun = await client.query(`SELECT pg_walfile_name(pg_backup_start('tirek', fast => true)) AS first`)
    const skipped = new Set(['pg_wal', 'postmaster.pid', 'postmaster.opts', 'pg_replslot'].map((name) => join(from, name)))
    cpSync(from, to, {
      recursive: true,
      filter: (path) => !skipped.has(path) && !/[/\\](pgsql_tmp|pg_internal\.init|t\d+_\d+)/.test(path) && existsSync(path),
    })
    const { rows } = await client.query(
      'SELECT labelfile, spcmapfile, pg_walfile_name(lsn) AS last FROM pg_backup_stop(wait_for_archive => false)',
    )
    const [{ labelfile, last }] = rows
    writeFileSync(join(to, 'backup_label'), labelfile)
    mkdirSync(join(to, 'pg_replslot'), { recursive: true })
    for (const folder of ['archive_status', 'summaries']) mkdirSync(join(to, 'pg_wal', folder), { recursive: true })
    const { first } = begun.rows[0]
    // By name: beside them lie files that come and go.
    for (const name of readdirSync(join(from, 'pg_wal'))) {
      const path = join(from, 'pg_wal', name)
      const isNeeded = name.endsWith('.history') || (SEGMENT.test(name) && name >= first && name <= last)
      if (isNeeded && existsSync(path)) copyFileSync(path, join(to, 'pg_wal', name))
    }
    for (const end of [first, last])
      if (!existsSync(join(to, 'pg_wal', end))) throw new Hint('too much was written during the backup: try again at a quieter time')
  } finally {
    await client.end()
  }
}

export function tar(args) {
  const { status, stderr, error } = spawnSync('tar', args, { encoding: 'utf8' })
  if (error) throw new Hint('the program `tar` is missing')
  if (status !== 0) throw new Hint(`tar failed: ${stderr.trim().split('\n').at(-1)}`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const [file] = process.argv.slice(2)
    const saved = await backUp(homeOf(), file && resolve(file))
    console.log(`saved: ${saved}`)
    if (existsSync(keysBeside(saved)))
      console.log(
        `keys:  ${keysBeside(saved)}\nKeep the keys in another place than the archive: together they open everything, and without them what Temporal keeps cannot be read.`,
      )
  } catch (error) {
    failWithHint(error)
  }
}
