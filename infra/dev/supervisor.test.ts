import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { freeBlock, portsFrom } from './place.mjs'
import { commandLine, preflight } from './preflight.mjs'
import { readable, Stopped, Supervisor } from './supervisor.mjs'

const homes: string[] = []
function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'tirek-supervisor-'))
  homes.push(home)
  return home
}
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true })
})

const settled = async (isSo: () => boolean) => {
  for (let turn = 0; turn < 200 && !isSo(); turn++) await new Promise((later) => setTimeout(later, 25))
}
const sleeper = (home: string, name: string, tier: number, code = 'setInterval(() => {}, 1000)') => ({
  name,
  tier,
  command: process.execPath,
  args: ['-e', code, home],
  isReady: async () => true,
})

test('a part that is killed is started again, and its ends and starts are told', async () => {
  const home = newHome()
  const said: string[] = []
  const supervisor = new Supervisor({ home, say: (line: string) => void said.push(line) })
  await supervisor.start(sleeper(home, 'part', 2))
  const first = supervisor.pids['part']!
  process.kill(first, 'SIGKILL')
  await settled(() => supervisor.pids['part'] !== first && said.some((line) => line.includes('started again')))
  expect(supervisor.pids['part']).not.toBe(first)
  expect(said.map((line) => line.replace(/^part +│ /, ''))).toEqual(['ended by SIGKILL', 'is started again in 0.5 s'])
  await supervisor.stop()
})

test('a job is waited for and not started again; one that fails is told in one line', async () => {
  const home = newHome()
  const said: string[] = []
  const supervisor = new Supervisor({ home, say: (line: string) => void said.push(line) })
  await supervisor.finish(sleeper(home, 'job', 2, `setTimeout(() => console.log('made'), 100)`))
  expect(said.map((line) => line.replace(/^job +│ /, ''))).toEqual(['made'])
  expect(Object.keys(supervisor.pids)).toEqual([])
  await expect(supervisor.finish(sleeper(home, 'job', 2, `console.error('no such role'); process.exit(3)`))).rejects.toThrow(
    /^job failed, see above; its log: /,
  )
  expect(said.map((line) => line.replace(/^job +│ /, '')).slice(1)).toEqual(['no such role', 'ended with 3'])
  const stopped = supervisor.finish(sleeper(home, 'job', 2))
  await settled(() => supervisor.pids['job'] !== undefined)
  await Promise.all([expect(stopped).rejects.toThrow(Stopped), supervisor.stop()])
})

test('parts stop from the highest tier down, and nothing is left running', async () => {
  const home = newHome()
  const supervisor = new Supervisor({ home, say: () => {} })
  const saysWhen = (name: string) =>
    `process.on('SIGTERM', () => setTimeout(() => { require('fs').appendFileSync(${JSON.stringify(join(home, 'order'))}, '${name} '); process.exit(0) }, 100)); setInterval(() => {}, 1000)`
  for (const [name, tier] of [
    ['database', 0],
    ['service', 2],
    ['mail', 1],
  ] as const)
    await supervisor.start(sleeper(home, name, tier, saysWhen(name)))
  await new Promise((later) => setTimeout(later, 300))
  const pids = Object.values(supervisor.pids) as number[]
  await supervisor.stop()
  expect(readFileSync(join(home, 'order'), 'utf8').trim()).toBe('service mail database')
  expect(pids.map(commandLine)).toEqual(['', '', ''])
})

test('left-overs of a killed run are stopped; a process id that now belongs to another is left alone', async () => {
  const home = newHome()
  const ours = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', home], { stdio: 'ignore' })
  const foreign = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'another'], { stdio: 'ignore' })
  await settled(() => commandLine(ours.pid).includes(home) && commandLine(foreign.pid).includes('another'))
  writeFileSync(
    join(home, 'pids.json'),
    JSON.stringify({
      supervisor: 999_999,
      parts: [
        { name: 'ours', pid: ours.pid },
        { name: 'foreign', pid: foreign.pid },
      ],
    }),
  )
  const said: string[] = []
  // The way of a person with a database of their own: no check of the folders for Postgres.
  await preflight(
    { TIREK_HOME: home, PORT: String(await freeBlock()), DATABASE_URL: 'postgres://elsewhere/x' },
    (line: string) => void said.push(line),
  )
  expect(said).toEqual(['stopping what an earlier run has left: ours'])
  expect(commandLine(ours.pid)).toBe('')
  expect(commandLine(foreign.pid)).toContain('another')
  foreign.kill()
})

test('every taken port is one line, with what to do', async () => {
  const base = await freeBlock()
  const servers = [base, base + 21].map((port) => createServer().listen(port, '127.0.0.1'))
  await new Promise((later) => setTimeout(later, 50))
  const lines = await preflight({ TIREK_HOME: newHome(), PORT: String(base), DATABASE_URL: 'postgres://elsewhere/x' }, () => {}).then(
    () => 'started',
    (error: Error) => error.message,
  )
  for (const server of servers) server.close()
  expect(lines).toBe(
    `port ${base} (web) is taken: stop the program that uses it, or move all ports, e.g. PORT=4000 npm start\ntirek: port ${base + 21} (temporalUi) is taken: stop the program that uses it, or move all ports, e.g. PORT=4000 npm start`,
  )
})

test('a second running start for the same home is told by its process', async () => {
  const home = newHome()
  const running = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', home], { stdio: 'ignore' })
  await settled(() => commandLine(running.pid).includes(home))
  writeFileSync(join(home, 'pids.json'), JSON.stringify({ supervisor: running.pid, parts: [] }))
  await expect(preflight({ TIREK_HOME: home, PORT: '29000', DATABASE_URL: 'postgres://elsewhere/x' }, () => {})).rejects.toThrow(
    `it runs already (process ${running.pid})`,
  )
  running.kill()
})

test('the block of ports moves as a whole, and PORT must be a number', () => {
  const [here, there] = [portsFrom(3000), portsFrom(4000)]
  for (const name of Object.keys(here) as (keyof typeof here)[]) expect(there[name] - here[name]).toBe(1000)
  expect(new Set(Object.values(here)).size).toBe(Object.keys(here).length)
  expect(() => portsFrom(Number('x'))).toThrow(/PORT must be a number/)
})

test('log lines are readable in the terminal', () => {
  expect(readable('{"level":"warn","time":"2026-11-24","service":"cases","msg":"late","caseId":"x"}')).toBe('WARN late {"caseId":"x"}')
  expect(readable('plain')).toBe('plain')
})
