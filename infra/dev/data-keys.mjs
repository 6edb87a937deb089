// `npm run keys -- status | new | rotate | retire <id> | erase <case id>`: the keys of what Temporal keeps (infra/decisions/0040).
// Everything here may be killed and repeated, while all runs.
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { failWithHint } from './install.mjs'
import { Hint, homeOf, KEYS_FILE } from './place.mjs'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Where the ring, the database and Temporal are: by the settings, or those of the copy that runs here. */
export function placeOf(env = process.env) {
  const home = homeOf(env)
  const file = join(home, 'run.json')
  const run = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const adminUrl = env.DATABASE_ADMIN_URL ?? run.adminUrl
  if (!adminUrl) throw new Hint('nothing runs here: `npm start` first, or set DATABASE_ADMIN_URL')
  const ringFile = env.ENCRYPTION_KEYS ? undefined : (env.ENCRYPTION_KEYS_FILE ?? join(home, KEYS_FILE))
  return {
    adminUrl,
    ringFile,
    ring: { NODE_ENV: env.NODE_ENV, ENCRYPTION_KEYS: env.ENCRYPTION_KEYS, ENCRYPTION_KEYS_FILE: ringFile },
    temporalAddress: env.TEMPORAL_ADDRESS ?? run.temporalAddress,
    namespace: env.TEMPORAL_NAMESPACE ?? 'tirek',
    isProduction: env.NODE_ENV === 'production',
  }
}

/** Runs one command. Returns whether all is well. */
export async function keys(/** @type {string[]} */ [command, argument], place = placeOf(), say = console.log) {
  const [{ KeyKeeper }, { KeyRing, newKey, parseKeys }] = await Promise.all([
    import('../../libs/platform/src/keys/keeping.ts'),
    import('../../libs/platform/src/keys/key-ring.ts'),
  ])
  const ring = new KeyRing(place.ring)
  const keeper = new KeyKeeper(place.adminUrl, ring)
  const inFile = () => {
    if (place.ringFile) return place.ringFile
    throw new Hint(
      'the ring stands in ENCRYPTION_KEYS: change it there, the new key first, and start the services again one after the other',
    )
  }
  try {
    if (command === 'status') return tell(await keeper.status(), say)
    if (command === 'new') {
      const id = newId(ring.ids, place.isProduction)
      replace(inFile(), `${newKey(id)}\n${readFileSync(inFile(), 'utf8')}`)
      say(`${id} is the current key now; services take it up within seconds. Next: npm run keys -- rotate`)
      return true
    }
    if (command === 'rotate') {
      const { rewrapped, left } = await keeper.rotate((done) => done > 0 && done % 10_000 === 0 && say(`${done} wrapped anew`))
      say(`${rewrapped} data keys are wrapped by ${ring.current.id} now`)
      if (left > 0) say(`${left} could not be opened and stay as they were: npm run keys -- status`)
      return left === 0
    }
    if (command === 'retire') {
      if (!ring.ids.includes(argument)) throw new Hint(`the ring has no key ${argument}; it has ${ring.ids.join(', ')}`)
      if (ring.current.id === argument) throw new Hint(`${argument} is the current key: npm run keys -- new, then rotate`)
      const wraps = (await keeper.status()).wrappedBy[argument] ?? 0
      if (wraps > 0) throw new Hint(`${argument} still wraps ${wraps} data keys: npm run keys -- rotate`)
      const kept = parseKeys(readFileSync(inFile(), 'utf8')).filter(({ id }) => id !== argument)
      replace(inFile(), kept.map(({ id, key }) => `${id}:${key.toString('base64')}\n`).join(''))
      say(
        `${argument} is out of the ring. Backups taken before the rotation need it still: keep it apart with them, or let them go together`,
      )
      return true
    }
    if (command === 'erase') return await erase(argument, keeper, place, say)
    throw new Hint('what? npm run keys -- status | new | rotate | retire <id> | erase <case id>')
  } finally {
    await keeper.close()
  }
}

/** `2026-11-26`, with a number when the day has one already. */
function newId(ids, isProduction) {
  const day = `${isProduction ? '' : 'dev-'}${new Date().toISOString().slice(0, 10)}`
  for (let n = 1; ; n++) {
    const id = n === 1 ? day : `${day}.${n}`
    if (!ids.includes(id)) return id
  }
}

/** In one step: a service that reads it meanwhile sees the old ring or the new one. A file that is mounted alone is written in place. */
function replace(file, text) {
  const mode = statSync(file).mode & 0o777
  try {
    writeFileSync(`${file}.new`, text, { mode })
    renameSync(`${file}.new`, file)
  } catch {
    writeFileSync(file, text)
  }
}

function tell(status, say) {
  say(`ring, current first: ${status.ring.join(', ')}`)
  for (const [id, n] of Object.entries(status.wrappedBy)) say(`${n} data keys are wrapped by ${id}`)
  say(`${status.readable} readable, ${status.unreadable} unreadable, ${status.erased} erased`)
  for (const id of status.missing) say(`MISSING from the ring: ${id}; what it wraps cannot be read until it is put back`)
  return status.unreadable === 0
}

/** Ends what still runs of the case, then destroys its key. For a case that has ended: the record itself is not touched. */
async function erase(caseId, keeper, { adminUrl, temporalAddress, namespace }, say) {
  if (!UUID.test(caseId ?? '')) throw new Hint('of which case? npm run keys -- erase <case id>')
  if (await isOpen(adminUrl, caseId))
    throw new Hint('this case is open: its deadlines run. Only what an ended case left in Temporal is erased')
  if (temporalAddress) await endWorkflows(temporalAddress, namespace, caseId)
  const did = await keeper.erase(`case/${caseId}`)
  say(did ? 'erased: within a minute nobody reads what Temporal keeps of it' : 'there was no key of this case, or it was erased before')
  return true
}

async function isOpen(adminUrl, caseId) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const { rows } = await client.query(
      `SELECT NOT ended OR EXISTS (SELECT 1 FROM cases.deadline d WHERE d.case_id = c.id AND d.state = 'open') AS open FROM cases."case" c WHERE id = $1`,
      [caseId],
    )
    return rows[0]?.open === true
  } finally {
    await client.end()
  }
}

async function endWorkflows(address, namespace, caseId) {
  const { Client, Connection } = await import('@temporalio/client')
  const connection = await Connection.connect({ address, connectTimeout: 5_000 })
  try {
    const client = new Client({ connection, namespace })
    const query = `WorkflowId STARTS_WITH "case/${caseId}" AND ExecutionStatus = "Running"`
    for await (const { workflowId } of client.workflow.list({ query }))
      await client.workflow.getHandle(workflowId).terminate('the key of the case is erased')
  } finally {
    await connection.close()
  }
}

/** The command as `npm run keys -- <command>` runs it. */
export async function run(command) {
  try {
    process.exitCode = (await keys(command)) ? 0 : 1
  } catch (error) {
    failWithHint(error)
  }
}
