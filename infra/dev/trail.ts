// `npm run trail -- verify [--json]`: does the trail hold? Exit code 1 when not. `-- seal`: seals now. `-- key`: the public key to verify with.
import { Checkpoints, publicOf, readKey } from '@tirek/platform/checkpoints'
import { machineClock } from '@tirek/platform/clock'
import { Database } from '@tirek/platform/database'
import { Sealer, TRAILS } from '@tirek/platform/trail-seal'
import { verifyTrails, type Verdict } from '@tirek/platform/trail-verify'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { failWithHint } from './install.mjs'
import { Hint, homeOf } from './place.mjs'
import { sealingOf } from './processes.mjs'

const USAGE = `npm run trail -- verify [--json]   does the trail hold? Exit code 1 when not
npm run trail -- seal [--restored "<why>"]   seals now; after a restore with the reason, so that what was lost counts as known
npm run trail -- key   prints the public key (TRAIL_PUBLIC_KEYS of whoever verifies without the private one)`

const WORDS: Record<string, string> = {
  changed: 'a value of this row is another one than when it was written',
  removed: 'rows are missing from here on',
  inserted: 'this row was not written by the system',
  reordered: 'this row stands in another place than it was written',
  cut: 'the last rows, from here on, are missing',
  'other-head': 'the head of the chain is missing or names another row',
  'rolled-back': 'rows from here on were sealed and are gone: cut, or an older state of the database',
  rewritten: 'a checkpoint sealed another row: the chain was written anew',
  unreadable: 'no checkpoint can be read in this line',
  'foreign-key': 'signed with a key that is not trusted',
  forged: 'the signature or the link to the one before does not hold',
  'other-root': 'the sealed heads do not give the sealed sum',
}

function settings() {
  const home = homeOf()
  const run = join(home, 'run.json')
  const database =
    process.env['DATABASE_ADMIN_URL'] ??
    process.env['DATABASE_URL'] ??
    (existsSync(run) ? (JSON.parse(readFileSync(run, 'utf8')) as { adminUrl: string }).adminUrl : undefined)
  if (!database) throw new Hint('nothing runs here: `npm start` first, or name the database in DATABASE_URL')
  const trusted = (process.env['TRAIL_PUBLIC_KEYS'] ?? '').split(',').filter(Boolean)
  return { database, trusted, old: (process.env['TRAIL_OLD_KEYS'] ?? '').split(',').filter(Boolean), ...sealing(home, trusted.length > 0) }
}

function sealing(home: string, isWithoutKey: boolean) {
  if (isWithoutKey) return { folder: process.env['TRAIL_CHECKPOINTS'] ?? join(home, 'checkpoints'), key: undefined }
  const { TRAIL_KEY, TRAIL_KEY_FILE, TRAIL_CHECKPOINTS } = sealingOf(home)
  return { folder: TRAIL_CHECKPOINTS, key: readKey(TRAIL_KEY || readFileSync(TRAIL_KEY_FILE, 'utf8')) }
}

async function verify(): Promise<Verdict> {
  const { database, folder, key, trusted, old } = settings()
  const client = new pg.Client({ connectionString: database, connectionTimeoutMillis: 5_000, application_name: 'trail' })
  await client.connect()
  try {
    return await verifyTrails(client, { schemas: TRAILS, folder, publicKeys: key ? [publicOf(key), ...old] : trusted })
  } finally {
    await client.end()
  }
}

function tell(verdict: Verdict): void {
  const { rows, chains, checkpoints, sealedAt, ms, damages, checkpointDamages, restored } = verdict
  for (const { file, line, n, damage } of checkpointDamages)
    console.log(`${damage}: checkpoint ${n ?? '?'} (${file}, line ${line}): ${WORDS[damage]}`)
  for (const { schema, chain, n, damage, confirmed } of damages)
    console.log(`${damage}: ${schema} ${chain}, row ${n}: ${WORDS[damage]} (sealed and right up to row ${confirmed})`)
  if (restored > 0) console.log(`${restored} chains lost rows in a restore that people know of`)
  console.log(
    `${verdict.ok ? 'the trail holds' : 'THE TRAIL DOES NOT HOLD'}: ${rows} rows in ${chains} chains, ${checkpoints} checkpoints${sealedAt ? `, the last of ${new Date(sealedAt).toISOString()}` : ''}, ${(ms / 1_000).toFixed(1)} s`,
  )
}

async function seal(why: string | undefined): Promise<void> {
  const { database, folder, key, old } = settings()
  if (!key) throw new Hint('sealing needs the private key: TRAIL_KEY or TRAIL_KEY_FILE')
  const lost = why === undefined ? [] : (await verify()).damages.filter(({ damage }) => damage === 'rolled-back' || damage === 'rewritten')
  const db = await Database.open(database, 'trail', 1)
  try {
    const sealer = new Sealer({ db, clock: machineClock, schemas: TRAILS, folder, key, oldKeys: old })
    const sealed = await sealer.seal(
      why === undefined ? undefined : { why, chains: lost.map(({ schema, chain, confirmed }) => ({ schema, chain, upTo: confirmed })) },
    )
    console.log(`checkpoint ${sealed.n} of ${new Date(sealed.at).toISOString()}, ${sealer.said.hash}`)
    if (sealer.goneBack > 0 && why === undefined)
      console.log(`${sealer.goneBack} chains stand behind what was sealed before: npm run trail -- verify`)
  } finally {
    await db.close()
  }
}

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, restored: { type: 'string' } },
  })
  if (positionals[0] === 'verify') {
    const verdict = await verify()
    if (values.json) console.log(JSON.stringify(verdict))
    else tell(verdict)
    process.exitCode = verdict.ok ? 0 : 1
  } else if (positionals[0] === 'seal') await seal(values.restored)
  else if (positionals[0] === 'key') {
    const { key, folder, old } = settings()
    if (!key) throw new Hint('there is no private key here')
    console.log(publicOf(key))
    const { last, lastHash } = new Checkpoints(folder, [publicOf(key), ...old]).catchUp()
    if (last) console.error(`last checkpoint: ${last.n} of ${new Date(last.at).toISOString()}, ${lastHash}`)
  } else throw new Hint(USAGE)
} catch (error) {
  failWithHint(error)
}
