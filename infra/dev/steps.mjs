// The steps of `npm test` and `npm run check`: each tool in a process of its own, tests counted by vitest's own report.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { NOT_CHECKED, ROOT } from './place.mjs'

const modules = join(ROOT, 'node_modules')
const node = (name, file, ...args) => ({ name, args: [join(ROOT, file), ...args] })

export const FORMAT = node('format', 'node_modules/oxfmt/bin/oxfmt', '--check')
export const LINT = node('lint', 'node_modules/oxlint/bin/oxlint', '--type-aware', '--quiet')
export const TYPES = node('types', 'node_modules/typescript/bin/tsc', '-p', '.', '--noEmit')
export const BUILD = node('build', 'infra/dev/build.mjs')
export const AUDIT = node('audit', 'infra/dev/audit.mjs')
export const TOOLS = node('tools', 'infra/dev/tools.mjs')
/** Tests of these projects (vitest.config.ts). */
export const tests = (name, ...projects) => ({
  ...node(name, 'node_modules/vitest/vitest.mjs', 'run', ...projects.flatMap((project) => ['--project', project])),
  isTests: true,
})

/**
 * Runs all steps, also after one that failed, and ends the process with one line: `N passed, N failed`. A list among them holds what runs beside each other:
 * steps, or lists of steps that follow one another. Each of them would leave a processor idle.
 */
export async function runSteps(steps) {
  const reports = mkdtempSync(join(tmpdir(), 'tirek-reports-'))
  mkdirSync(join(modules, '.vite'), { recursive: true })
  let passed = 0
  let failed = 0
  const summary = []
  const names = []
  const all = performance.now()
  const run = async (step, isAlone) => {
    const started = performance.now()
    if (isAlone) console.log(`\n── ${step.name}`)
    const report = join(reports, `${step.name}.json`)
    const args = [...step.args, ...(step.isTests ? ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`] : [])]
    const { code, said } = await runNode(args, isAlone)
    if (!isAlone) console.log(`\n── ${step.name}\n${said}`)
    const counted = step.isTests ? countOf(report, code) : countOfOne(code)
    passed += counted.passed
    failed += counted.failed
    names.push(...counted.names)
    summary.push(
      `${counted.failed > 0 ? '✗' : code === NOT_CHECKED ? '–' : '✓'} ${step.name.padEnd(12)} ${String(counted.passed).padStart(5)} passed ${String(counted.failed).padStart(4)} failed ${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s${counted.skipped > 0 ? `, ${counted.skipped} skipped` : ''}`,
    )
  }
  const runAll = async (lane, isAlone) => {
    for (const step of lane) await run(step, isAlone)
  }
  for (const step of steps) await (Array.isArray(step) ? Promise.all(step.map((lane) => runAll([lane].flat(), false))) : run(step, true))
  rmSync(reports, { recursive: true })
  for (const name of names) console.log(`\n✗ ${name}`)
  console.log(`\n${summary.join('\n')}\nin ${((performance.now() - all) / 1000).toFixed(0)} s`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}

/** `isShown`: what it says is shown at once; else it is handed back. */
function runNode(args, isShown) {
  return new Promise((done) => {
    let said = ''
    const out = isShown ? 'inherit' : 'pipe'
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', out, out],
      env: { ...process.env, NODE_ENV: 'test', FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    })
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text))
    // A process that it left behind may hold its pipes: nobody waits for that.
    child.on('exit', (code) => setTimeout(() => done({ code: code ?? 1, said }), 500))
    child.on('error', (error) => done({ code: 1, said: `${said}${error.message}` }))
  })
}

/** What could not be checked here has neither passed nor failed. */
const countOfOne = (code) => ({
  ...(code === NOT_CHECKED ? { passed: 0, failed: 0 } : code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
  names: [],
})

/**
 * A file that could not be loaded has no failed test but is a failure; so is a run without a report or without a single test.
 * `names`: what failed, each with the first line of why, to be read at the end of a long log.
 */
function countOf(report, code) {
  let read
  try {
    read = JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, names: [] }
  }
  const unloaded = read.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  )
  const failed = read.numFailedTests + unloaded.length
  const isEmpty = read.numPassedTests === 0
  const why = (text) => text.trim().split('\n')[0]
  const names = read.testResults.flatMap(({ name, message, assertionResults }) => [
    ...assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => `${relative(ROOT, name)}: ${test.fullName}\n  ${why(test.failureMessages.join('\n'))}`),
    ...(unloaded.some((file) => file.name === name) ? [`${relative(ROOT, name)}\n  ${why(message ?? '')}`] : []),
  ])
  return { passed: read.numPassedTests, skipped: read.numPendingTests, failed: failed === 0 && (code !== 0 || isEmpty) ? 1 : failed, names }
}
