/** `npm start` as a person runs it: the built services, real parts, a home and ports of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freeBlock, portsFrom, ROOT, takenPorts } from '../place.mjs'
import { commandLine } from '../preflight.mjs'
import { tokenFor } from '../token.mjs'

type Started = { child: ChildProcess; seconds: number; output: () => string }

const home = mkdtempSync(join(tmpdir(), 'tirek-boot-'))
chmodSync(home, 0o755) // as root, Postgres runs as a user of its own
let base: number
let running: Started | undefined

const env = (more: Record<string, string> = {}) => ({
  ...process.env,
  NODE_ENV: 'development',
  PORT: String(base),
  TIREK_HOME: home,
  ...more,
})
const web = () => `http://localhost:${base}`
const pids = () =>
  JSON.parse(readFileSync(join(home, 'pids.json'), 'utf8')) as { supervisor: number; parts: { name: string; pid: number }[] }
const pidOf = (name: string) => pids().parts.find((part) => part.name === name)?.pid
const health = async () => {
  const answer = await fetch(`${web()}/api/health`)
  return { code: answer.status, ...((await answer.json()) as { status: string; parts: Record<string, string> }) }
}

/** Resolves when the table is printed. */
async function start(): Promise<Started> {
  const began = performance.now()
  let output = ''
  const child = spawn(process.execPath, [join(ROOT, 'infra/dev/start.mjs')], {
    env: env(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()))
  await new Promise<void>((ready, failed) => {
    child.stdout.on('data', () => output.includes('ready after') && output.includes('stop with Ctrl-C') && ready())
    child.once('exit', (code) => failed(new Error(`ended with ${code}:\n${output}`)))
  })
  running = { child, seconds: (performance.now() - began) / 1000, output: () => output }
  return running
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((done) => (child.exitCode !== null ? done(child.exitCode) : child.once('exit', done)))

async function until(what: string, isSo: () => Promise<boolean> | boolean, seconds = 60): Promise<void> {
  for (const end = Date.now() + seconds * 1000; ;) {
    if (await Promise.resolve(isSo()).catch(() => false)) return
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}\n${running?.output()}`)
    await new Promise((later) => setTimeout(later, 200))
  }
}

beforeAll(async () => {
  base = await freeBlock()
  await start()
})

afterAll(async () => {
  if (running?.child.exitCode === null) {
    running.child.kill('SIGTERM')
    await ended(running.child)
  }
  rmSync(home, { recursive: true, force: true })
})

test('after the first start every part is well, demo people sign in and their work list is filled', async () => {
  expect(await health()).toMatchObject({ code: 200, status: 'ok' })
  const { people } = JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8')) as { people: { login: string; role: string }[] }
  const worker = people.find(({ role }) => role === 'social-worker')!
  const token = await tokenFor(worker.login, `http://localhost:${portsFrom(base).issuer}`)
  const answer = await fetch(`${web()}/api/worklist`, { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
  expect(((await answer.json()) as { items: unknown[] }).items.length).toBeGreaterThan(0)
  // A meeting that is called, and one whose protocol goes out, with a draft of the next.
  const meetingsOf = async (login: string) => {
    const seen = await fetch(`${web()}/api/meetings?from=0`, {
      headers: { authorization: `Bearer ${await tokenFor(login, `http://localhost:${portsFrom(base).issuer}`)}` },
    })
    return ((await seen.json()) as { items: { state: string }[] }).items.map(({ state }) => state).toSorted()
  }
  expect([await meetingsOf('marat'), await meetingsOf('nurlan')]).toEqual([['called'], ['draft', 'held']])
})

test.runIf(process.platform === 'linux')('no process but the database itself was told the superuser’s password', () => {
  const { postgres } = JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8')) as { postgres: string }
  const { parts } = pids()
  expect(parts.map(({ name }) => name)).toEqual(expect.arrayContaining(['cases', 'relay', 'directory', 'notifications', 'watchdog', 'web']))
  const told = parts.filter(
    ({ pid }) =>
      /DATABASE_ADMIN_URL/.test(readFileSync(`/proc/${pid}/environ`, 'utf8')) ||
      readFileSync(`/proc/${pid}/environ`, 'utf8').includes(postgres),
  )
  expect(told.map(({ name }) => name).filter((name) => name !== 'postgres')).toEqual([])
})

test('the pages and the documents of the API are served', async () => {
  const page = await fetch(web(), { headers: { accept: 'text/html' } })
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())![1]!
  for (const path of ['/', script]) {
    const asked = (coding: string) => fetch(new URL(path, web()), { headers: { accept: 'text/html', 'accept-encoding': coding } })
    const plain = await (await asked('identity')).text()
    for (const coding of ['br', 'gzip']) {
      const coded = await asked(coding)
      expect([path, coded.headers.get('content-encoding')]).toEqual([path, coding])
      expect(await coded.text()).toBe(plain)
    }
  }
  for (const port of [portsFrom(base).cases, portsFrom(base).directory]) {
    const document = (await (await fetch(`http://127.0.0.1:${port}/openapi.json`)).json()) as { openapi: string; paths: object }
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths).length).toBeGreaterThan(5)
  }
})

test('a second start in the same home is refused in one line and harms nothing', async () => {
  const second = spawn(process.execPath, [join(ROOT, 'infra/dev/start.mjs')], { env: env(), stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  second.stderr.on('data', (text: Buffer) => (said += text.toString()))
  expect(await ended(second)).toBe(1)
  expect(said.trim()).toMatch(/^tirek: it runs already/)
  expect(said.trim().split('\n')).toHaveLength(1)
  expect(await health()).toMatchObject({ code: 200, status: 'ok' })
})

test.each(['cases', 'postgres', 'temporal'])('%s is killed: it comes back by itself and all is well again', async (name) => {
  const pid = pidOf(name)!
  process.kill(pid, 'SIGKILL')
  await until(`${name} has another process`, () => pidOf(name) !== undefined && pidOf(name) !== pid)
  await until('health is ok', async () => (await health()).code === 200)
})

test('TERM stops all parts in order; the next start builds and fills nothing again and has lost nothing', async () => {
  const parts = pids().parts
  running!.child.kill('SIGTERM')
  expect(await ended(running!.child)).toBe(0)
  expect(parts.filter(({ pid }) => commandLine(pid).includes(home))).toEqual([])
  expect(await takenPorts(portsFrom(base))).toEqual([])
  const again = await start()
  // A figure of the machine, so it is told and not asserted: 15 s are wanted.
  console.log(`the second start was ready after ${again.seconds.toFixed(1)} s`)
  expect(again.output()).not.toMatch(/filling in demo data|^built /m)
  expect(await health()).toMatchObject({ code: 200, status: 'ok' })
})

test('killed without a chance to clean up: the next start stops the left-overs and goes on', async () => {
  process.kill(pids().supervisor, 'SIGKILL')
  running!.child.kill('SIGKILL')
  await ended(running!.child)
  const again = await start()
  expect(again.output()).toContain('stopping what an earlier run has left')
  expect(await health()).toMatchObject({ code: 200, status: 'ok' })
})

test('a taken port is told in one line before anything is started', async () => {
  running!.child.kill('SIGINT')
  expect(await ended(running!.child)).toBe(0)
  const other = createServer()
  await new Promise<void>((ready) => other.listen(base + 1, '127.0.0.1', ready))
  try {
    await expect(start()).rejects.toThrow(new RegExp(`tirek: port ${base + 1} \\(cases\\) is taken`))
  } finally {
    other.close()
  }
})
