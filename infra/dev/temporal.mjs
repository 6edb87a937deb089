// Temporal for one machine: TEMPORAL_CLI → PATH → .tirek/bin → the SDK's download → built from the Go module → a message that says what to do.
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BIN, Hint, ROOT } from './place.mjs'

const run = promisify(execFile)
const OLDEST_SERVER = [1, 28]
const OLDEST_GO = [1, 26]
const suffix = process.platform === 'win32' ? '.exe' : ''

/** @returns {Promise<string>} path of a `temporal` whose server is new enough */
export async function findTemporal(say = console.log) {
  const named = process.env.TEMPORAL_CLI
  if (named) {
    const server = await serverVersion(named)
    if (!server)
      throw new Hint(`TEMPORAL_CLI names ${named}, which is not a Temporal CLI with a server of ${OLDEST_SERVER.join('.')} or newer`)
    return named
  }
  if (await serverVersion('temporal')) return 'temporal'
  const cached = join(BIN, `temporal${suffix}`)
  if (existsSync(cached) && (await serverVersion(cached))) return cached
  mkdirSync(BIN, { recursive: true })
  return (await downloaded(say)) ?? (await built(cached, say))
}

/** `temporal version 0.0.0-DEV (Server 1.31.2, UI 2.50.1)`: only the server's part says something. */
async function serverVersion(program) {
  try {
    const { stdout } = await run(program, ['--version'], { timeout: 10_000 })
    const [, major, minor] = /Server (\d+)\.(\d+)/.exec(stdout) ?? []
    const isNew = Number(major) > OLDEST_SERVER[0] || (Number(major) === OLDEST_SERVER[0] && Number(minor) >= OLDEST_SERVER[1])
    return isNew ? `${major}.${minor}` : undefined
  } catch {
    return undefined
  }
}

async function downloaded(say) {
  const isCli = (name) => name.startsWith('temporal-sdk-typescript') && !name.endsWith('.downloading')
  const find = () => readdirSync(BIN).find(isCli)
  if (!find()) {
    try {
      const { TestWorkflowEnvironment } = await import('@temporalio/testing')
      say('downloading the Temporal CLI (about 60 MB, once)')
      const env = await TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'cached-download', downloadDir: BIN } } })
      await env.teardown()
    } catch {
      say('the download of the Temporal CLI is not reachable')
      return undefined
    }
  }
  const found = find()
  return found && (await serverVersion(join(BIN, found))) ? join(BIN, found) : undefined
}

async function built(target, say) {
  const go = await run('go', ['version'])
    .then(({ stdout }) => /go(\d+)\.(\d+)/.exec(stdout))
    .catch(() => undefined)
  const isNew = go && (Number(go[1]) > OLDEST_GO[0] || Number(go[2]) >= OLDEST_GO[1])
  if (!isNew)
    throw new Hint(
      `Temporal was not found, could not be downloaded, and Go ${OLDEST_GO.join('.')} is not installed to build it. Do one of these: install the Temporal CLI (docs.temporal.io/cli) and put it on the PATH; ` +
        'set TEMPORAL_CLI to it; install Go (go.dev) and start again; or set TEMPORAL_ADDRESS to a running server',
    )
  say('building Temporal from its Go module: about five minutes, once (seconds when the build cache is warm)')
  const started = Date.now()
  const progress = setInterval(() => say(`still building Temporal, ${Math.round((Date.now() - started) / 1000)} s`), 20_000)
  const half = `${target}.${process.pid}`
  try {
    await new Promise((done, failed) => {
      const child = spawn('go', ['build', '-o', half, 'github.com/temporalio/cli/cmd/temporal'], {
        cwd: join(ROOT, 'infra/temporal/tools'),
        env: { ...process.env, CGO_ENABLED: '0' },
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      child.on('error', failed)
      child.on('exit', (code) => (code === 0 ? done() : failed(new Hint('Temporal could not be built, see above'))))
    })
  } finally {
    clearInterval(progress)
  }
  renameSync(half, target)
  say(`Temporal was built in ${Math.round((Date.now() - started) / 1000)} s`)
  return target
}

/** How the supervisor runs the server with its Web UI, everything kept in one file. Namespace and search attributes are registered when it is ready. */
export function temporalPlan({ program, home, port, uiPort, httpPort, metricsPort, codecUrl, namespace = 'tirek' }) {
  const options = {
    'db-filename': join(home, 'temporal.db'),
    ip: '127.0.0.1',
    port,
    'ui-port': uiPort,
    'http-port': httpPort,
    'metrics-port': metricsPort,
    'ui-codec-endpoint': codecUrl,
    'log-level': 'warn',
    'log-format': 'json',
  }
  const address = `127.0.0.1:${port}`
  return {
    name: 'temporal',
    tier: 1,
    command: program,
    args: [
      'server',
      'start-dev',
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
      '--dynamic-config-value',
      'system.forceSearchAttributesCacheRefreshOnRead=true',
    ],
    isReady: async () => (await prepare(address, namespace), true),
    show: (line) =>
      /"level":"(error|fatal)"/.test(line) && !/shutdown|shutting|context canceled|Not enough hosts|namespace .*not found/i.test(line)
        ? line.slice(0, 300)
        : undefined,
    address,
  }
}

export async function prepare(address, namespace) {
  const { prepareTemporal } = await import('../../libs/platform/src/temporal.ts')
  await prepareTemporal(address, namespace)
}
