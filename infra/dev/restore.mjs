// `npm run restore -- <file>`: brings back what `npm run backup` saved. What was there is put aside, not deleted. The restored copy sends no old mail.
import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { FILES, keysBeside, LEDGER, ledgerOf, ringOf, SMALL_FILES, tar } from './backup.mjs'
import { failWithHint } from './install.mjs'
import { Hint, homeOf } from './place.mjs'
import { userOf } from './postgres.mjs'
import { preflightFolders, runningSupervisor } from './preflight.mjs'

const PARTS = ['pg', 'temporal.db', 'mail', FILES, ...SMALL_FILES]
const BESIDE = ['temporal.db-shm', 'temporal.db-wal', 'run.json']

/** `keys`: the file with the encryption keys of the backup. @returns {{ takenAt: number, aside: string | undefined, hasKeys: boolean }} */
export function restore(home, file, keys = keysBeside(file)) {
  if (!existsSync(file)) throw new Hint(`there is no file ${file}`)
  const running = runningSupervisor(home)
  if (running) throw new Hint(`it runs (process ${running}): stop it first`)
  mkdirSync(home, { recursive: true })
  const work = mkdtempSync(join(home, '.restore-'))
  try {
    tar(['-xzf', file, '-C', work])
    const manifest = existsSync(join(work, 'manifest.json')) ? JSON.parse(readFileSync(join(work, 'manifest.json'), 'utf8')) : {}
    if (manifest.format !== 1) throw new Hint(`${file} is no backup of Tirek`)
    const now = Date.now()
    const present = [...PARTS, ...BESIDE].filter((name) => existsSync(join(home, name)))
    const aside = present.length > 0 ? join(home, `before-restore-${now}`) : undefined
    if (aside) {
      mkdirSync(aside, { mode: 0o755 })
      for (const name of present) renameSync(join(home, name), join(aside, name))
    }
    for (const name of readdirSync(work)) if (PARTS.includes(name)) renameSync(join(work, name), join(home, name))
    addToLedger(join(work, LEDGER), ledgerOf(home))
    const { uid, gid } = userOf()
    if (uid !== undefined) spawnSync('chown', ['-R', `${uid}:${gid}`, join(home, 'pg')])
    spawnSync('chmod', ['-R', 'go-rwx', join(home, 'pg')])
    // Letters queued before now wait for a person: the copy cannot know which of them went out after the backup was taken.
    writeFileSync(join(home, 'restored.json'), JSON.stringify({ restoredAt: now, takenAt: manifest.takenAt, from: file }))
    return { takenAt: manifest.takenAt, aside, hasKeys: joinKeys(home, keys) }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The ring of this copy stays and those of the backup come after it: a key was perhaps changed since. False: there is no key at all. */
function joinKeys(home, from) {
  const ring = ringOf(home)
  const read = (file) =>
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .split(/[\s,]+/)
          .filter(Boolean)
      : []
  const idOf = (key) => key.split(':')[0]
  const kept = read(ring)
  const all = [...kept, ...read(from).filter((key) => !kept.some((one) => idOf(one) === idOf(key)))]
  if (all.length > 0) writeFileSync(ring, `${all.join('\n')}\n`, { mode: 0o600 })
  return all.length > 0
}

/** What was erased since the backup is erased again at the start; what only the backup knows is added (another machine). */
export function addToLedger(from, to) {
  const lines = (file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [])
  const known = new Set(lines(to))
  const added = lines(from).filter((line) => !known.has(line))
  if (added.length === 0) return
  mkdirSync(dirname(to), { recursive: true })
  appendFileSync(to, `\n${added.join('\n')}\n`, { mode: 0o600 })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const [file, keys] = process.argv.slice(2)
    if (!file) throw new Hint('from which file? npm run restore -- <file> [<file with the keys>]')
    const home = homeOf()
    preflightFolders(home)
    const { takenAt, aside, hasKeys } = restore(home, resolve(file), keys && resolve(keys))
    console.log(
      `restored to ${new Date(takenAt).toISOString()}${aside ? `; what was there lies in ${aside}` : ''}. Start with \`npm start\`; letters from before now are held for a person; the trail went back too: \`npm run trail -- verify\` says what is gone, \`npm run trail -- seal --restored "<why>"\` that people know`,
    )
    if (!hasKeys)
      console.log(
        `no encryption keys were found (${keysBeside(resolve(file))}): what Temporal keeps of the backup cannot be read. Put them there and restore again`,
      )
  } catch (error) {
    failWithHint(error)
  }
}
