/** What the services of proceedings have in common when they run: their connections, their loops, and what is read of both. */
import { ServiceCaller } from '@tirek/platform/service-tokens'
import type { Clock } from '@tirek/platform/clock'
import type { Config } from '@tirek/platform/config'
import { listen, type Database } from '@tirek/platform/database'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import type { RingSettings } from '@tirek/platform/keys/key-ring'
import type { Log } from '@tirek/platform/log'
import { createMetrics } from '@tirek/platform/metrics'
import { TemporalClient } from '@tirek/platform/temporal'
import { Ticker } from '@tirek/platform/ticker'
import { Trail } from '@tirek/platform/trail'
import type { Part } from '@tirek/policy/parts'
import { Gauge } from 'prom-client'
import { Decisions } from './decisions.ts'
import { DirectoryViews } from './directory.ts'
import { eraseOldAnswers } from './erasing.ts'
import { Host } from './host.ts'
import type { Place } from './kind.ts'
import type { Cargo } from './relay.ts'
import { sqlOf, Store } from './store.ts'

type Needed = Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE' | 'WEB_URL'> &
  RingSettings & { DATABASE_URL: string; KEYS_DATABASE_URL: string; CASES_URL: string; SERVICE_KEY: string }

/** How often a loop turns when nothing wakes it, ms. */
const EVERY = { carry: 2_000, late: 60_000, reconcile: 30_000, answers: 3_600_000, strays: 24 * 3_600_000 }

/** The loops sign in beside the API, as a role that answers nobody. */
export function workUrlOf(url: string, { schema }: Place): string {
  const own = new URL(url)
  own.username = `tirek_${schema}_work`
  return own.href
}

export type Opened = Awaited<ReturnType<typeof openProceedings>>

/** `db`: the pool of the service, whose schema stands as its release wants it. `part`: of the case, whoever sees it sees them. */
export async function openProceedings(options: {
  place: Place
  part: Part
  config: Needed
  clock: Clock
  log: Log
  db: Database
  entities: readonly (new () => object)[]
}) {
  const { place, part, config, clock, log, db, entities } = options
  const { schema } = place
  const opening = { ...place, entities, poolSize: 8 }
  const store = await Store.open({ ...opening, url: config.DATABASE_URL, name: schema })
  const work = await Store.open({ ...opening, url: workUrlOf(config.DATABASE_URL, place), name: `${schema}-work` })
  const keys = new DataKeys({ config, log })
  const temporal = new TemporalClient(config.TEMPORAL_ADDRESS, keys, log)
  const caller = new ServiceCaller(schema, config.SERVICE_KEY)
  const metrics = createMetrics(schema)
  keys.register(metrics)
  new Gauge({
    name: `tirek_${schema}_outbox`,
    help: 'Rows that wait to be carried to other services and to Temporal',
    registers: [metrics],
    async collect() {
      const [row] = await work.asItself((tx) => sqlOf(tx)(`SELECT count(*) AS n FROM ${schema}.outbox`))
      this.set(Number(row!['n']))
    },
  })
  return {
    ...{ place, clock, log, db, store, work, temporal, caller, metrics },
    trail: new Trail(db, schema, clock),
    directory: new DirectoryViews(db),
    decisions: new Decisions(config.CASES_URL, caller, part),
    host: new Host(config.WEB_URL, clock),
    async close() {
      await temporal.close()
      await keys.close()
      await Promise.all([store.close(), work.close(), db.close()])
    },
  }
}

/** `turn` carries one kind of row, `takeLate` and `reconcile` are the watch. */
export type Turning = {
  turn(cargo: Cargo): Promise<number>
  takeLate(): Promise<number>
  reconcile(): Promise<number>
  /** Once an hour: what is past its time goes; returns how much. */
  tidy?(): Promise<number>
  /** At the start and once a day: files that no row knows go; returns how many. */
  removeStrays(): Promise<number>
}

export type Running = {
  /** Everything due by the Clock now; returns how much was done. */
  tick(): Promise<number>
  /** Instant at which the next row of the outbox may go, ms; undefined: the outbox is empty. */
  nextInstant(): Promise<number | undefined>
  /** Answers kept for repeated requests and past their time go; returns how many. */
  oldAnswers(): Promise<number>
  /** What else is past its time goes; returns how much. */
  tidy(): Promise<number>
  /** Files that no row knows, older than a day by the machine's clock, go; returns how many. */
  removeStrays(): Promise<number>
  /** Starts workflows that are missing; returns how many. */
  reconcile(): Promise<number>
  stop(): Promise<void>
}

/** `loops` false: nothing runs by the machine's timer, `tick()` does. */
export function runLoops({ place, clock, log, work }: Opened, turning: Turning, databaseUrl: string, loops: boolean): Running {
  const { schema } = place
  const carrier = (name: string, cargo: Cargo) => new Ticker(name, EVERY.carry, log, () => turning.turn(cargo))
  const carriers = {
    mail: carrier('relay-mails', 'mail'),
    notice: carrier('relay-notices', 'notice'),
    act: carrier('relay-acts', 'act'),
    facts: carrier('relay-facts', 'facts'),
  }
  const all = {
    ...carriers,
    late: new Ticker('late-steps', EVERY.late, log, () => turning.takeLate()),
    answers: new Ticker('old-answers', EVERY.answers, log, () => eraseOldAnswers(work, place, clock.now())),
    tidy: new Ticker('tidy', EVERY.answers, log, async () => (await turning.tidy?.()) ?? 0),
    // Nothing of it is done again at once, however much went.
    strays: new Ticker('strays', EVERY.strays, log, async () => (await turning.removeStrays(), 0)),
    reconcile: new Ticker('reconcile', EVERY.reconcile, log, () => turning.reconcile().then(() => 0)),
  }
  const wake = () => {
    for (const loop of Object.values(carriers)) loop.wake()
  }
  const listening = loops ? listen(databaseUrl, `${schema}_outbox`, wake, log) : undefined
  if (loops) for (const loop of Object.values(all)) loop.start()
  return {
    async tick() {
      let did = 0
      for (const loop of Object.values(carriers)) did += await loop.tick()
      return did + (await all.late.tick())
    },
    async nextInstant() {
      const [row] = await work.asItself((tx) => sqlOf(tx)(`SELECT min(not_before) AS at FROM ${schema}.outbox`))
      return row?.['at'] === null || row === undefined ? undefined : Number(row['at'])
    },
    oldAnswers: () => all.answers.tick(),
    tidy: () => all.tidy.tick(),
    removeStrays: () => turning.removeStrays(),
    reconcile: () => turning.reconcile(),
    async stop() {
      await listening?.stop()
      await Promise.all(Object.values(all).map((loop) => loop.stop()))
    },
  }
}
