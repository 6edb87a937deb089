// Starts processes, prefixes what they say, starts again those that die, stops them in tiers.
import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Hint } from './place.mjs'
import { pidsFile } from './preflight.mjs'

const FIRST_PAUSE = 500
const LONGEST_PAUSE = 30_000
const HEALTHY = 60_000
const LOG_LIMIT = 20 * 1024 * 1024

/**
 * @typedef {object} PartPlan
 * @property {string} name
 * @property {number} tier stopped from the highest down: 2 services, 1 Temporal, mail and issuer, 0 Postgres
 * @property {string} command
 * @property {string[]} args must contain the home somewhere, so that left-overs are known again
 * @property {Record<string, string | undefined>} [env]
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {NodeJS.Signals} [stopSignal]
 * @property {() => Promise<boolean>} isReady
 * @property {(line: string) => string | undefined} [show] what of a line the terminal shows
 */

export class Supervisor {
  #home
  #say
  #parts = new Map()
  #stopping = false

  constructor({ home, say = console.log }) {
    this.#home = home
    this.#say = say
    mkdirSync(join(home, 'log'), { recursive: true })
  }

  /** Starts a part and keeps it running. Resolves when it is ready; rejects when it is not within `timeout` ms. */
  async start(/** @type {PartPlan} */ plan, timeout = 90_000) {
    const part = { plan, child: undefined, pause: FIRST_PAUSE, startedAt: 0, restarts: 0, log: this.#logOf(plan.name) }
    this.#parts.set(plan.name, part)
    this.#spawn(part)
    const until = Date.now() + timeout
    while (!this.#stopping) {
      if (await plan.isReady().catch(() => false)) return
      if (Date.now() > until)
        throw new Error(`${plan.name} was not ready within ${timeout / 1000} s; its log: ${join(this.#home, 'log', `${plan.name}.log`)}`)
      await pause(100)
    }
    throw new Stopped()
  }

  /** Runs a part that ends by itself. Rejects when it ends with anything but 0; what it said then stands above. */
  async finish(/** @type {Omit<PartPlan, 'isReady'>} */ plan) {
    const part = { plan, child: undefined, isJob: true, log: this.#logOf(plan.name) }
    this.#parts.set(plan.name, part)
    this.#spawn(part)
    const code = await part.ended
    if (this.#stopping) throw new Stopped()
    this.#parts.delete(plan.name)
    part.log.end()
    if (code !== 0) throw new Hint(`${plan.name} failed, see above; its log: ${join(this.#home, 'log', `${plan.name}.log`)}`)
  }

  get pids() {
    return Object.fromEntries([...this.#parts].map(([name, { child }]) => [name, child?.pid]))
  }

  #logOf(name) {
    const path = join(this.#home, 'log', `${name}.log`)
    if (existsSync(path) && statSync(path).size > LOG_LIMIT) renameSync(path, `${path}.1`)
    return createWriteStream(path, { flags: 'a' })
  }

  #spawn(part) {
    const { plan } = part
    part.startedAt = Date.now()
    // Detached: Ctrl-C in the terminal reaches the supervisor only, which stops the parts in order.
    const child = spawn(plan.command, plan.args, {
      env: plan.env ?? process.env,
      uid: plan.uid,
      gid: plan.gid,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    part.child = child
    part.ended = new Promise((ended) => child.once('close', ended))
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        part.log.write(`${line}\n`)
        const shown = plan.show ? plan.show(line) : readable(line)
        if (shown) this.#say(`${plan.name.padEnd(14)}│ ${shown}`)
      })
    child.once('error', (error) => {
      this.#say(`${plan.name.padEnd(14)}│ could not be run: ${error.message}`)
      this.#again(part)
    })
    child.once('exit', (code, signal) => {
      this.#remember()
      if (this.#stopping || (part.isJob && code === 0)) return
      this.#say(`${plan.name.padEnd(14)}│ ended ${signal ? `by ${signal}` : `with ${code}`}`)
      this.#again(part)
    })
    this.#remember()
  }

  #again(part) {
    if (this.#stopping || part.timer || part.isJob) return
    if (Date.now() - part.startedAt > HEALTHY) part.pause = FIRST_PAUSE
    this.#say(`${part.plan.name.padEnd(14)}│ is started again in ${part.pause / 1000} s`)
    part.timer = setTimeout(() => {
      part.timer = undefined
      part.restarts += 1
      this.#spawn(part)
    }, part.pause)
    part.pause = Math.min(part.pause * 2, LONGEST_PAUSE)
  }

  #remember() {
    const parts = [...this.#parts]
      .filter(([, { child }]) => child?.pid && child.exitCode === null && child.signalCode === null)
      .map(([name, { child }]) => ({ name, pid: child.pid }))
    // Whole or not at all: the next start reads it after a kill at any moment.
    const file = pidsFile(this.#home)
    writeFileSync(`${file}.new`, JSON.stringify({ supervisor: process.pid, parts }))
    renameSync(`${file}.new`, file)
  }

  /** Stops the highest tier first and waits for it; what does not end within 12 s is killed. */
  async stop() {
    if (this.#stopping) return
    this.#stopping = true
    const parts = [...this.#parts.values()]
    for (const { timer } of parts) clearTimeout(timer)
    for (const tier of [...new Set(parts.map(({ plan }) => plan.tier))].toSorted((a, b) => b - a))
      await Promise.all(parts.filter(({ plan }) => plan.tier === tier).map((part) => endOf(part)))
    for (const { log } of parts) log.end()
    rmSync(pidsFile(this.#home), { force: true })
  }
}

export class Stopped extends Error {}

async function endOf({ plan, child, ended }) {
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
  child.kill(plan.stopSignal ?? 'SIGTERM')
  const killer = setTimeout(() => {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // Ended at the last moment.
    }
  }, 12_000)
  await ended
  clearTimeout(killer)
}

export const pause = (ms) => new Promise((over) => setTimeout(over, ms))

/** A JSON log line in one readable line, other lines as they are; requests that were answered well stand in the log file only. */
export function readable(line) {
  if (!line.startsWith('{')) return line
  try {
    const { level, time: _time, service: _service, name: _name, pid: _pid, hostname: _host, msg = '', ...rest } = JSON.parse(line)
    if (level === 'info' && rest.route) return undefined
    const more = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : ''
    return `${level === 'info' ? '' : `${String(level).toUpperCase()} `}${msg}${more}`
  } catch {
    return line
  }
}

/** Does an address answer with 200? */
export const answers = async (url) => {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(3_000) })
  await answer.arrayBuffer()
  return answer.ok
}
