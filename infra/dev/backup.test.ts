import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { backUp } from './backup.mjs'
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
    adminUrl: '',
    temporalAddress: '',
    temporalUiUrl: '',
    smtpUrl: '',
  }) as Record<string, string>
  expect(Math.abs(Date.now() - Number(settings['MAIL_HOLD_BEFORE']))).toBeLessThan(60_000)
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
