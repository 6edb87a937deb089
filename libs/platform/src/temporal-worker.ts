/** A process that works for Temporal: connects when Temporal comes up, says honestly whether it polls, and fails loudly. */
import { ApplicationFailure } from '@temporalio/common'
import { DefaultLogger, NativeConnection, Runtime, Worker, type LogLevel } from '@temporalio/worker'
import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { Gauge } from 'prom-client'
import type { DataKeys } from './keys/data-keys.ts'
import { dataConverterOf } from './keys/payload-codec.ts'
import type { Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { describe } from './ticker.ts'

/** A poll is held open by the server for a minute; one that is older than this was lost. */
const LONGEST_POLL = 100_000
const CHECKED_EVERY = 3_000
const WORKFLOW = 1
const ACTIVITY = 2
const UNIMPLEMENTED = 12

export type TemporalWorkerOptions = {
  /** Of the process: in logs and metrics. */
  name: string
  address: string
  /** Of its namespace: all that it reads and writes is sealed with them. Closed with the worker. */
  keys: DataKeys
  taskQueue: string
  /** A prebuilt bundle with its deployment; without it the worker takes activities only. */
  workflows?: { code: string; deployment: string; buildId: string }
  activities?: object
  /** How many activities are worked on at once. */
  atOnce?: number
  /** How many sleeping workflows are kept in memory. */
  cached?: number
  /** Part name → a check that throws when it is not well. */
  parts?: Record<string, () => Promise<unknown>>
  log: Log
  port: number
  host: string
  /** The worker died of itself. By default the process ends with 1, so that it is started again. */
  onFailure?: (error: unknown) => void
}

/** `check` throws when it is not heard by Temporal, or its keys are away. */
export type RunningWorker = { url: string; check(): Promise<void>; close(): Promise<void> }

/** Resolves when the worker runs; waits for as long as Temporal or its namespace is away. Health answers from the start. */
export async function startTemporalWorker(options: TemporalWorkerOptions): Promise<RunningWorker> {
  // The sandbox of workflows takes its default zone from the process.
  if (options.workflows) process.env['TZ'] = 'UTC'
  installRuntime(options.log)
  const polling = new Polling(options)
  const server = await serve(options, polling)
  let stopped = false
  const stopServer = () => new Promise<void>((done) => (server.close(() => done()), server.closeAllConnections()))
  const connection = await connect(options, () => stopped)
  const { taskQueue, keys, activities, workflows } = options
  await keys.ready(() => stopped)
  const worker = await Worker.create({
    connection,
    namespace: keys.namespace,
    dataConverter: dataConverterOf(keys),
    taskQueue,
    identity: polling.identity,
    ...(activities && { activities, maxConcurrentActivityTaskExecutions: options.atOnce ?? 10 }),
    ...(workflows && {
      workflowBundle: { code: workflows.code },
      maxCachedWorkflows: options.cached ?? 50,
      workflowThreadPoolSize: 1,
      workerDeploymentOptions: {
        version: { deploymentName: workflows.deployment, buildId: workflows.buildId },
        useWorkerVersioning: false,
      },
    }),
    shutdownGraceTime: '3s',
    shutdownForceTime: '5s',
  })
  polling.watch(connection, worker)
  const ran = worker.run().catch((error: unknown) => {
    if (stopped) return
    options.log.fatal({ taskQueue, error: describe(error) }, 'the worker ended')
    if (options.onFailure) options.onFailure(error)
    else setImmediate(() => process.exit(1))
  })
  options.log.info({ taskQueue, ...(workflows && { buildId: workflows.buildId }) }, 'polling')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async check() {
      await Promise.all([polling.check(), keys.check()])
    },
    async close() {
      stopped = true
      if (worker.getState() === 'RUNNING') worker.shutdown()
      await ran
      await connection.close()
      await stopServer()
      await keys.close()
    },
  }
}

/** Is the worker heard by the server? A worker may run and yet be deaf, so the server is asked when it was heard last. */
class Polling {
  readonly identity: string
  readonly #options: TemporalWorkerOptions
  #connection: NativeConnection | undefined
  #worker: Worker | undefined
  #last: { at: number; age: Promise<number> } | undefined

  constructor(options: TemporalWorkerOptions) {
    this.#options = options
    this.identity = `${options.name}@${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`
  }

  watch(connection: NativeConnection, worker: Worker): void {
    this.#connection = connection
    this.#worker = worker
  }

  /** Milliseconds since the server heard the last poll. Rejects when the server does not answer or never heard one. */
  age(): Promise<number> {
    if (!this.#last || Date.now() - this.#last.at > CHECKED_EVERY) this.#last = { at: Date.now(), age: this.#ask() }
    return this.#last.age
  }

  async check(): Promise<void> {
    const age = await this.age()
    if (age > LONGEST_POLL) throw new Error(`not heard for ${Math.round(age / 1000)} s`)
  }

  async #ask(): Promise<number> {
    const connection = this.#connection
    if (!connection || this.#worker?.getState() !== 'RUNNING') throw new Error('not running')
    const { taskQueue, keys, workflows } = this.#options
    const asked = { namespace: keys.namespace, taskQueue: { name: taskQueue }, taskQueueType: (workflows ? WORKFLOW : ACTIVITY) as never }
    try {
      const { pollers } = await connection.withDeadline(Date.now() + 1_400, () => connection.workflowService.describeTaskQueue(asked))
      const own = pollers.filter(({ identity }) => identity === this.identity)
      if (own.length === 0) throw new Error('no poll was heard')
      return Math.min(...own.map(({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000))
    } catch (error) {
      // The time-skipping server of the tests keeps no list of pollers.
      if ((error as { code?: number }).code === UNIMPLEMENTED) return 0
      throw error
    }
  }
}

async function connect({ address, keys, log }: TemporalWorkerOptions, isStopped: () => boolean): Promise<NativeConnection> {
  for (let pause = 250; ; pause = Math.min(pause * 2, 4_000)) {
    try {
      const connection = await NativeConnection.connect({ address })
      await connection.withDeadline(Date.now() + 5_000, () => connection.workflowService.describeNamespace({ namespace: keys.namespace }))
      return connection
    } catch (error) {
      if (isStopped()) throw error
      log.warn({ error: describe(error) }, 'Temporal is away; trying again')
      await new Promise((again) => setTimeout(again, pause))
    }
  }
}

async function serve(options: TemporalWorkerOptions, polling: Polling): Promise<Server> {
  const metrics = createMetrics(options.name)
  const pollAge = new Gauge({
    name: 'tirek_worker_poll_age_seconds',
    help: 'How long ago the server heard the last poll; -1: it does not answer',
    registers: [],
    async collect() {
      this.set(
        await polling.age().then(
          (age) => age / 1000,
          () => -1,
        ),
      )
    },
  })
  metrics.registerMetric(pollAge)
  options.keys.register(metrics)
  const parts = { temporal: () => polling.check(), keys: () => options.keys.check(), ...options.parts }
  const server = createServer((request, response) => {
    const answer = async () => {
      if (request.url === '/metrics') return response.writeHead(200, { 'content-type': metrics.contentType }).end(await metrics.metrics())
      if (request.url !== '/health') return response.writeHead(404).end()
      const states = await Promise.all(Object.entries(parts).map(async ([name, check]) => [name, await isWell(check)] as const))
      const well = states.every(([, state]) => state === 'ok')
      const body = JSON.stringify({ status: well ? 'ok' : 'unwell', parts: Object.fromEntries(states) })
      return response.writeHead(well ? 200 : 503, { 'content-type': 'application/json' }).end(body)
    }
    answer().catch(() => response.destroy())
  })
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(options.port, options.host, ready))
  return server
}

const isWell = (check: () => Promise<unknown>): Promise<'ok' | 'away'> =>
  Promise.race([check(), new Promise((_, late) => setTimeout(late, 1_500, new Error('no answer')).unref())]).then(
    () => 'ok',
    () => 'away',
  )

let installed = false
/** One runtime for all workers of a process; its warnings go to the log of whoever came first. */
function installRuntime(log: Log): void {
  if (installed) return
  installed = true
  const level: Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'> = {
    TRACE: 'trace',
    DEBUG: 'debug',
    INFO: 'info',
    WARN: 'warn',
    ERROR: 'error',
  }
  const logger = new DefaultLogger('WARN', (entry) => log[level[entry.level]](plain(entry.meta), entry.message))
  try {
    // The core tells of every poll it tries again; health says the same in one word.
    const telemetryOptions = { logging: { filter: 'warn,temporalio_client=error,temporalio_sdk_core::worker=error', forward: {} } }
    Runtime.install({ logger, shutdownSignals: [], telemetryOptions })
  } catch {
    // A test has installed its own.
  }
}

/** Of what the SDK says only what cannot hold anything personal. */
function plain(meta: Record<string | symbol, unknown> | undefined): Record<string, unknown> {
  const { taskQueue, workflowId, workflowType, activityType, attempt, error } = meta ?? {}
  return { taskQueue, workflowId, workflowType, activityType, attempt, ...(error ? { error: describe(error) } : {}) }
}

/** Runs an activity. A failure's text is kept in clear in the history and might quote a row: Temporal is told only its kind. */
export async function told<T>(log: Log, what: Record<string, string>, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const described = describe(error)
    log.warn({ ...what, error: described }, 'an activity failed and is tried again')
    throw ApplicationFailure.create({ type: described.code ?? described.name, message: 'see the log of the service' })
  }
}
