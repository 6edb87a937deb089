import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { newKey, parseKeys } from '@tirek/platform/keys/key-ring'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { CasePayloadCodec } from '@tirek/platform/keys/payload-codec'
import { migrateKeys } from '@tirek/platform/keys/schema'
import { createLog } from '@tirek/platform/log'
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { backUp, keysBeside } from './backup.mjs'
import { freeBlock } from './place.mjs'
import { initialise, postgresPlan } from './postgres.mjs'
import { sharedSettings, secretsOf } from './processes.mjs'
import { portsFrom } from './place.mjs'
import { addToLedger, restore } from './restore.mjs'
import { Supervisor } from './supervisor.mjs'

const folders: string[] = []
function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'tirek-backup-'))
  chmodSync(home, 0o755)
  folders.push(home)
  return home
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

async function withPostgres<T>(home: string, work: (url: string) => Promise<T>): Promise<T> {
  await initialise(join(home, 'pg'), 'secret')
  const supervisor = new Supervisor({ home, say: () => {} })
  const plan = await postgresPlan({ home, port: (await freeBlock()) + 12, password: 'secret' })
  try {
    await supervisor.start(plan)
    return await work(plan.adminUrl)
  } finally {
    await supervisor.stop()
  }
}

afterEach(() => vi.unstubAllEnvs())

const ask = async (url: string, sql: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}

test('saved in the middle of work and brought back elsewhere: all that was committed before is there, trigrams find Cyrillic, letters of before are held', async () => {
  const home = newHome()
  writeFileSync(join(home, 'jwks.json'), '{"keys":[]}')
  mkdirSync(join(home, 'mail'))
  writeFileSync(join(home, 'mail', 'one.eml'), 'Subject: x\n\nx')
  mkdirSync(join(home, 'files', 'meetings', '.incoming'), { recursive: true })
  writeFileSync(join(home, 'files', 'meetings', 'one'), 'as signed')
  writeFileSync(join(home, 'files', 'meetings', '.incoming', 'half'), 'ha')
  new DatabaseSync(join(home, 'temporal.db')).exec('CREATE TABLE history (n int); INSERT INTO history VALUES (7)')
  const file = join(home, 'backups', 'copy.tar.gz')

  const before = await withPostgres(home, async (url) => {
    writeFileSync(join(home, 'run.json'), JSON.stringify({ adminUrl: url }))
    await ask(url, `CREATE EXTENSION pg_trgm; CREATE TABLE act (n int); INSERT INTO act SELECT generate_series(1, 1000)`)
    let written = 1000
    let isOver = false
    const writing = (async () => {
      while (!isOver) await ask(url, `INSERT INTO act VALUES (${++written})`)
    })()
    await backUp(home, file, true)
    isOver = true
    await writing
    return written
  })
  expect(readdirSync(join(home, 'backups'))).toEqual(['copy.tar.gz'])

  const other = newHome()
  restore(other, file)
  expect(readFileSync(join(other, 'jwks.json'), 'utf8')).toBe('{"keys":[]}')
  expect(existsSync(join(other, 'mail', 'one.eml'))).toBe(true)
  expect(readFileSync(join(other, 'files', 'meetings', 'one'), 'utf8')).toBe('as signed')
  expect(existsSync(join(other, 'files', 'meetings', '.incoming'))).toBe(false)
  expect(new DatabaseSync(join(other, 'temporal.db'), { readOnly: true }).prepare('SELECT n FROM history').get()).toEqual({ n: 7 })
  await withPostgres(other, async (url) => {
    const [row] = await ask(url, `SELECT count(*)::int AS kept, max(n) AS last, similarity('Айгуль', 'Айгүль') > 0.3 AS found FROM act`)
    expect(row).toEqual({ kept: row!['last'], last: expect.any(Number), found: true })
    expect(row!['kept']).toBeGreaterThanOrEqual(1000)
    expect(row!['kept']).toBeLessThanOrEqual(before)
  })
  const settings = sharedSettings({
    home: other,
    ports: portsFrom(3000),
    secrets: secretsOf(other),
    temporalAddress: '',
    temporalUiUrl: '',
    smtpUrl: '',
  }) as { MAIL_HOLD_BEFORE?: string }
  expect(Math.abs(Date.now() - Number(settings.MAIL_HOLD_BEFORE))).toBeLessThan(60_000)
})

test('a restore puts what was there aside, and refuses a file that is no backup', async () => {
  const home = newHome()
  await initialise(join(home, 'pg'), 'secret')
  mkdirSync(join(home, 'ledger'))
  writeFileSync(join(home, 'ledger', 'letters-2026-11.log'), 'before the backup')
  const file = await backUp(home, join(home, 'stopped.tar.gz'), false)
  writeFileSync(join(home, 'ledger', 'letters-2026-11.log'), 'and after it')
  const { aside } = restore(home, file)
  expect(existsSync(join(aside!, 'pg', 'PG_VERSION'))).toBe(true)
  // What was sent stays sent: the ledger of letters is in no backup and goes back with none.
  expect(readFileSync(join(home, 'ledger', 'letters-2026-11.log'), 'utf8')).toBe('and after it')
  expect(existsSync(join(home, 'pg', 'PG_VERSION'))).toBe(true)
  expect(existsSync(join(home, 'pg', 'postmaster.pid'))).toBe(false)

  writeFileSync(join(home, 'other.tar.gz'), 'no archive')
  expect(() => restore(home, join(home, 'other.tar.gz'))).toThrow(/tar failed/)
  expect(() => restore(home, join(home, 'none.tar.gz'))).toThrow(/there is no file/)
})

test('what was erased is never taken back: the ledger stays, and lines that only the backup knows are added once', () => {
  const [here, there] = [newHome(), newHome()]
  const [ours, theirs] = [join(here, 'erasures.log'), join(there, 'erasures.log')]
  writeFileSync(ours, '\n{"caseId":"a"}\n\n{"caseId":"b"}\n')
  writeFileSync(theirs, '\n{"caseId":"a"}\n\n{"caseId":"c"}\n')
  const linesOf = () => readFileSync(ours, 'utf8').split('\n').filter(Boolean)
  for (let again = 0; again < 2; again++) {
    addToLedger(theirs, ours)
    expect(linesOf()).toEqual(['{"caseId":"a"}', '{"caseId":"b"}', '{"caseId":"c"}'])
  }
  addToLedger(join(there, 'none'), ours)
  expect(linesOf()).toHaveLength(3)
})

/** What the keys of a copy open: its ring, its database. */
async function withKeys<T>(home: string, url: string, work: (codec: CasePayloadCodec) => Promise<T>): Promise<T> {
  const own = new URL(url)
  own.username = 'tirek_keys'
  own.password = 'keys'
  await migrateKeys(url, own.href)
  const keys = new DataKeys({
    config: { ENCRYPTION_KEYS_FILE: join(home, 'encryption-keys'), KEYS_DATABASE_URL: own.href, TEMPORAL_NAMESPACE: 'tirek' },
    log: createLog('test', 'silent'),
  })
  try {
    return await work(new CasePayloadCodec(keys))
  } finally {
    await keys.close()
  }
}

test('the keys lie beside the archive and not in it; with both rings joined a restored copy reads what Temporal kept, without them nobody does', async () => {
  const home = newHome()
  const other = newHome()
  const workflow = { type: 'workflow' as const, namespace: 'tirek', workflowId: `case/${randomUUID()}` }
  const payload = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"of the child"') }
  writeFileSync(join(home, 'encryption-keys'), newKey('of-the-backup'), { mode: 0o600 })
  writeFileSync(join(other, 'encryption-keys'), newKey('of-the-copy'), { mode: 0o600 })
  const file = join(home, 'copy.tar.gz')
  const sealed = await withPostgres(home, async (url) => {
    writeFileSync(join(home, 'run.json'), JSON.stringify({ adminUrl: url }))
    const [one] = await withKeys(home, url, (codec) => codec.encode([payload], workflow))
    new DatabaseSync(join(home, 'temporal.db')).exec('CREATE TABLE history (data blob)')
    new DatabaseSync(join(home, 'temporal.db')).prepare('INSERT INTO history VALUES (?)').run(one!.data!)
    await backUp(home, file, true)
    return one!
  })

  expect(keysBeside(file)).toBe(join(home, 'copy.keys'))
  expect(statSync(keysBeside(file)).mode & 0o777).toBe(0o600)
  expect(readFileSync(keysBeside(file), 'utf8')).toBe(readFileSync(join(home, 'encryption-keys'), 'utf8'))
  const { key } = parseKeys(readFileSync(keysBeside(file), 'utf8'))[0]!
  const listed = spawnSync('tar', ['-tzf', file], { encoding: 'utf8' }).stdout
  expect(listed).toContain('temporal.db')
  expect(listed).not.toMatch(/keys/)
  const inside = spawnSync('sh', ['-c', 'tar -xzOf "$0" | grep -acF -e "$1" -e "of the child"', file, key.toString('base64')])
  expect(inside.stdout.toString().trim()).toBe('0')

  expect(restore(other, file)).toMatchObject({ hasKeys: true })
  expect(parseKeys(readFileSync(join(other, 'encryption-keys'), 'utf8')).map(({ id }) => id)).toEqual(['of-the-copy', 'of-the-backup'])
  const kept = new DatabaseSync(join(other, 'temporal.db'), { readOnly: true }).prepare('SELECT data FROM history').get()!
  const found = { ...sealed, data: kept['data'] as Uint8Array }
  await withPostgres(other, async (url) => {
    const [read] = await withKeys(other, url, (codec) => codec.decode([found], workflow))
    expect(Buffer.from(read!.data!).toString()).toBe('"of the child"')
    writeFileSync(join(other, 'encryption-keys'), newKey('of-the-copy'))
    await expect(withKeys(other, url, (codec) => codec.decode([found], workflow))).rejects.toMatchObject({ why: 'ring-key-missing' })
  })
  expect(restore(newHome(), file, join(home, 'no-such.keys'))).toMatchObject({ hasKeys: false })
})

test('the ledger of erasures and the ring are taken from where the services keep them, and brought back there', async () => {
  const home = newHome()
  const elsewhere = newHome()
  await initialise(join(home, 'pg'), 'secret')
  vi.stubEnv('ERASURE_LEDGER', join(elsewhere, 'erased', 'erasures.log'))
  vi.stubEnv('ENCRYPTION_KEYS_FILE', join(elsewhere, 'ring'))
  mkdirSync(join(elsewhere, 'erased'))
  writeFileSync(join(elsewhere, 'erased', 'erasures.log'), '\n{"caseId":"a"}\n')
  writeFileSync(join(elsewhere, 'ring'), newKey('apart'))
  const file = await backUp(home, join(home, 'stopped.tar.gz'), false)
  expect(readFileSync(keysBeside(file), 'utf8')).toContain('apart:')

  const later = newHome()
  vi.stubEnv('ERASURE_LEDGER', join(later, 'erased', 'erasures.log'))
  vi.stubEnv('ENCRYPTION_KEYS_FILE', join(later, 'ring'))
  restore(later, file)
  expect(readFileSync(join(later, 'erased', 'erasures.log'), 'utf8')).toContain('{"caseId":"a"}')
  expect(existsSync(join(later, 'erasures.log'))).toBe(false)
  expect(readFileSync(join(later, 'ring'), 'utf8')).toContain('apart:')
})
