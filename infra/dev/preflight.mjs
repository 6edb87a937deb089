// What must be right before anything is started: folders, disk, left-overs, ports. One clear line for each. Plain JavaScript for Node 20.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Hint, homeOf, portsFrom, ROOT, takenPorts } from './place.mjs'

const MB = 1024 * 1024
const NEEDED_EMPTY = 2_500 * MB // packages 1 GB, tools 0.5 GB, databases, room to breathe
const NEEDED = 300 * MB

export const settingsOf = (env = process.env) => {
  const ports = portsFrom(Number(env.PORT || 3000))
  return {
    home: homeOf(env),
    ports,
    external: { database: env.DATABASE_URL, temporal: env.TEMPORAL_ADDRESS, smtp: env.SMTP_URL, issuer: env.ISSUER_URL },
  }
}

/** Throws a Hint that says what to do, or returns the settings. Stops what a killed run has left behind. */
export async function preflight(env = process.env, say = console.log) {
  const settings = settingsOf(env)
  checkFolders(settings)
  checkDisk(settings.home)
  await stopLeftOvers(settings.home, say)
  const { external, ports } = settings
  const ours = Object.fromEntries(
    Object.entries(ports).filter(
      ([name]) =>
        !(external.database && name === 'postgres') &&
        !(external.temporal && name.startsWith('temporal')) &&
        !(external.smtp && /smtp|mailbox/.test(name)) &&
        !(external.issuer && name === 'issuer'),
    ),
  )
  const taken = await takenPorts(ours)
  if (taken.length > 0) throw new Hint(taken.join('\ntirek: '))
  return settings
}

export const preflightFolders = (home) => checkFolders({ home, external: {} })

function checkFolders({ home, external }) {
  for (const folder of [ROOT, home]) {
    try {
      mkdirSync(folder, { recursive: true })
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    } catch (error) {
      throw new Hint(`${folder} cannot be written (${error.code}): clone into a folder of your own, or set TIREK_HOME for the data`)
    }
  }
  // Postgres refuses to run as root, so it runs as the user `postgres`, who must be able to enter every folder above its programs and its data.
  if (external.database || process.getuid?.() !== 0) return
  for (const start of [ROOT, home])
    for (let folder = start; ; folder = dirname(folder)) {
      const { mode, uid } = statSync(folder)
      if (!(mode & 0o001) && uid === 0)
        throw new Hint(
          `you are root and ${folder} is closed to other users, but Postgres must run as a user of its own: clone into an open folder such as /srv, start as an ordinary user, or set DATABASE_URL`,
        )
      if (folder === dirname(folder)) break
    }
}

function checkDisk(home) {
  for (const [folder, needed] of [
    [ROOT, existsSync(join(ROOT, 'node_modules')) ? NEEDED : NEEDED_EMPTY],
    [home, NEEDED],
  ]) {
    const { bavail, bsize } = statfsSync(folder)
    const free = bavail * bsize
    if (free < needed)
      throw new Hint(`the disk of ${folder} has ${Math.round(free / MB)} MB free, ${Math.round(needed / MB)} MB are needed`)
  }
}

/** What runs for this home: `{ supervisor: pid, parts: [{ name, pid }] }`. */
export const pidsFile = (home) => join(home, 'pids.json')

const readPids = (home) => {
  try {
    return JSON.parse(readFileSync(pidsFile(home), 'utf8'))
  } catch {
    return { parts: [] }
  }
}

/** The command line of a process; empty when there is none. */
export function commandLine(pid) {
  if (!Number.isInteger(pid) || pid <= 1) return ''
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    } catch {
      return ''
    }
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
}

/** Every process of ours names its home on the command line: a process id that was given away to another is left alone. */
const isOurs = (pid, home) => commandLine(pid).includes(home)

/** The pid of the start that runs for this home, if one does. */
export function runningSupervisor(home) {
  const { supervisor } = readPids(home)
  return supervisor && supervisor !== process.pid && isOurs(supervisor, home) ? supervisor : undefined
}

async function stopLeftOvers(home, say) {
  const running = runningSupervisor(home)
  if (running)
    throw new Hint(
      `it runs already (process ${running}): stop that one first, or start a second copy with PORT=4000 TIREK_HOME=/another/folder npm start`,
    )
  const parts = readPids(home).parts.filter(({ pid }) => isOurs(pid, home))
  const postmaster = Number(
    existsSync(join(home, 'pg/postmaster.pid')) ? readFileSync(join(home, 'pg/postmaster.pid'), 'utf8').split('\n')[0] : 0,
  )
  const database = isOurs(postmaster, home) ? [{ name: 'postgres', pid: postmaster }] : []
  const others = parts.filter(({ pid }) => pid !== postmaster)
  if (others.length + database.length > 0)
    say(`stopping what an earlier run has left: ${[...others, ...database].map(({ name }) => name).join(', ')}`)
  await stopAll(others, 'SIGTERM', home)
  await stopAll(database, 'SIGINT', home)
  rmSync(pidsFile(home), { force: true })
}

async function stopAll(parts, signal, home) {
  for (const { pid } of parts) kill(pid, signal)
  for (let waited = 0; parts.some(({ pid }) => isOurs(pid, home)); waited += 100) {
    if (waited > 10_000) for (const { pid } of parts) if (isOurs(pid, home)) kill(pid, 'SIGKILL')
    if (waited > 20_000)
      throw new Hint(
        `processes of an earlier run do not end: ${parts
          .filter(({ pid }) => isOurs(pid, home))
          .map(({ pid }) => pid)
          .join(', ')}`,
      )
    await new Promise((later) => setTimeout(later, 100))
  }
}

const kill = (pid, signal) => {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}
