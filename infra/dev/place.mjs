// Where things lie and which port is whose. Plain JavaScript for Node 20: the first files that a fresh clone runs.
import { createServer } from 'node:net'
import { isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')
/** A step of the tests ends with this code when what it asks did not answer: neither passed nor failed. */
export const NOT_CHECKED = 75

/** Data of this copy: `TIREK_HOME`, or `.tirek` in the checkout. */
export const homeOf = (env = process.env) =>
  env.TIREK_HOME ? (isAbsolute(env.TIREK_HOME) ? env.TIREK_HOME : resolve(ROOT, env.TIREK_HOME)) : join(ROOT, '.tirek')

/** Downloaded and built tools; shared by all copies of one checkout, and kept by `--fresh`. */
export const BIN = join(ROOT, '.tirek', 'bin')

/** The key ring of a copy, in its home: apart from everything that it opens. */
export const KEYS_FILE = 'encryption-keys'

/** Something the person who started it can put right: printed as one line, without a stack. */
export class Hint extends Error {}

/** Every port by its name, counted from `PORT`. */
export function portsFrom(base) {
  if (!Number.isInteger(base) || base < 1024 || base > 65_000) throw new Hint(`PORT must be a number from 1024 to 65000, not ${base}`)
  return {
    web: base,
    cases: base + 1,
    directory: base + 2,
    notifications: base + 3,
    issuer: base + 4,
    worker: base + 5,
    steps: base + 6,
    urgent: base + 7,
    watchdog: base + 8,
    relay: base + 9,
    meetings: base + 10,
    referrals: base + 11,
    postgres: base + 12,
    temporal: base + 20,
    temporalUi: base + 21,
    temporalHttp: base + 22,
    temporalMetrics: base + 23,
    temporalUiBehind: base + 24,
    smtp: base + 30,
    mailbox: base + 31,
  }
}

/** Can a server listen there now? */
export const isFree = (port, host = '127.0.0.1') =>
  new Promise((told) => {
    const probe = createServer()
    probe.once('error', (error) => told(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => told(true)))
  })

/** One line for every port that is taken; none when all are free. */
export async function takenPorts(ports) {
  const lines = []
  for (const [name, port] of Object.entries(ports))
    if (!(await isFree(port)))
      lines.push(`port ${port} (${name}) is taken: stop the program that uses it, or move all ports, e.g. PORT=4000 npm start`)
  return lines
}

/** The first block of ports from `from` on that is wholly free. */
export async function freeBlock(from = 20_000 + (process.pid % 200) * 50) {
  for (let base = from; base < 32_000; base += 50) {
    const free = await Promise.all(Object.values(portsFrom(base)).map((port) => isFree(port)))
    if (free.every(Boolean)) return base
  }
  throw new Hint('no free block of ports between 20000 and 32000')
}
