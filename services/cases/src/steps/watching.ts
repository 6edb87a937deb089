/** The watchdog: a process of its own with a role of its own, so that it lives when Temporal, its workers or the cases service do not. */
import { machineClock, type Clock } from '@tirek/platform/clock'
import type { Config } from '@tirek/platform/config'
import { startHealthServer } from '@tirek/platform/health-server'
import { createLog, type Log } from '@tirek/platform/log'
import { createMetrics } from '@tirek/platform/metrics'
import { Ticker } from '@tirek/platform/ticker'
import { Counter } from 'prom-client'
import { openCases } from '../migrations.ts'
import { Contexts } from '../record/contexts.ts'
import { createSealing, type SealingConfig } from './sealing.ts'
import { createWatch } from './watchdog.ts'

const EVERY_MS = 15_000
/** Turns older than this: it looks no more, whatever the process says. */
const LONGEST_TURN_MS = 120_000

export type WatchdogOptions = {
  config: Pick<Config, 'SERVICE_PORT' | 'SERVICE_HOST' | 'WEB_URL'> & SealingConfig & { DATABASE_URL: string }
  clock?: Clock
  log?: Log
  /** `false`: nothing runs by the machine's timer, `tick()` does. */
  loops?: boolean
}

/** `tick`: one turn; returns how many steps were taken. */
export type RunningWatchdog = { url: string; tick(): Promise<number>; close(): Promise<void> }

export async function startWatchdog({
  config,
  clock = machineClock,
  log = createLog('watchdog'),
  loops = true,
}: WatchdogOptions): Promise<RunningWatchdog> {
  const db = await openCases(config.DATABASE_URL, 'watchdog', 4)
  const metrics = createMetrics('watchdog')
  const taken = new Counter({
    name: 'tirek_watchdog_steps_total',
    help: 'Steps that Temporal should have taken and did not',
    registers: [metrics],
  })
  const sealing = (() => {
    try {
      return createSealing({ db, clock, log, metrics }, config)
    } catch (error) {
      void db.close()
      throw error
    }
  })()
  const contexts = new Contexts(db)
  const watch = createWatch({ db, clock, calendarOf: (version) => contexts.calendar(version), link: config.WEB_URL }, log)
  let lookedAt = performance.now()
  const ticker = new Ticker('watch', EVERY_MS, log, async () => {
    const took = await watch()
    lookedAt = performance.now()
    if (took > 0) {
      taken.inc(took)
      log.warn({ took }, 'steps were late and are taken by the watchdog')
    }
    return took
  })
  const health = await startHealthServer({
    metrics,
    port: config.SERVICE_PORT,
    host: config.SERVICE_HOST,
    parts: {
      database: () => db.query('SELECT 1'),
      ...(loops && {
        watching: async () => {
          if (performance.now() - lookedAt > LONGEST_TURN_MS) throw new Error('has not looked for long')
        },
        ...(sealing && {
          sealing: async () => {
            if (sealing.isLate()) throw new Error('the trail was not sealed for two hours')
          },
        }),
      }),
    },
  }).catch(async (error: unknown) => {
    await db.close()
    throw error
  })
  if (loops) for (const loop of [ticker, sealing?.ticker]) loop?.start()
  return {
    url: health.url,
    tick: () => ticker.tick(),
    async close() {
      await Promise.all([ticker.stop(), sealing?.ticker.stop()])
      await health.close()
      await db.close()
    },
  }
}
