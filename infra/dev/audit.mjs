// Known holes in our packages, high or critical, by `npm audit`. Without an answer of the registry it says so in one line and is no failure.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { NOT_CHECKED, ROOT } from './place.mjs'

const LONGEST_MS = 10_000

/** @returns {{ state: 'clean' | 'holes' | 'not-checked', lines: string[] }} what npm's answer means */
export function readAudit(json) {
  let read
  try {
    read = JSON.parse(json)
  } catch {
    return notChecked('npm gave no answer')
  }
  if (!read?.auditReportVersion) return notChecked(String(read?.message ?? read?.error?.summary ?? 'npm gave no report').slice(0, 200))
  const high = Object.values(read.vulnerabilities ?? {}).filter(({ severity }) => severity === 'high' || severity === 'critical')
  // Packages that only need one with a hole are left out of the list: mending that one mends them.
  const lines = high.flatMap(({ name, via }) =>
    via
      .filter(({ title, severity }) => title && (severity === 'high' || severity === 'critical'))
      .map(({ title, severity, range, url }) => `npm audit: ${name} ${range} is ${severity}: ${title} ${url ?? ''}`.trim()),
  )
  if (high.length > 0 && lines.length === 0) lines.push(...high.map(({ name, severity }) => `npm audit: ${name} is ${severity}`))
  return lines.length > 0 ? { state: 'holes', lines } : { state: 'clean', lines: ['npm audit: nothing high or critical'] }
}

const notChecked = (why) => ({ state: 'not-checked', lines: [`npm audit: not checked (${why})`] })

/** Asks npm; a registry that does not answer within ten seconds is not waited for. */
export function askAudit(env = process.env, longestMs = LONGEST_MS) {
  return new Promise((done) => {
    const args = ['audit', '--json', '--audit-level=high', '--fetch-retries=0', `--fetch-timeout=${longestMs - 1_000}`, '--loglevel=silent']
    const isWindows = process.platform === 'win32'
    const child = spawn('npm', args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'ignore'], shell: isWindows, detached: !isWindows })
    let json = ''
    const end = (result) => {
      clearTimeout(late)
      done(result)
    }
    const late = setTimeout(() => {
      // With whatever npm has started.
      if (isWindows) child.kill()
      else if (child.pid) process.kill(-child.pid, 'SIGKILL')
      end(notChecked(`no answer within ${longestMs / 1000} s`))
    }, longestMs)
    child.stdout.on('data', (part) => (json += part))
    child.on('error', (error) => end(notChecked(`npm could not be run: ${error.code}`)))
    child.on('close', () => end(readAudit(json)))
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { state, lines } = await askAudit()
  console.log(lines.join('\n'))
  process.exit({ clean: 0, holes: 1, 'not-checked': NOT_CHECKED }[state])
}
