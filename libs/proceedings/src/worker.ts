/** Takes the steps of proceedings for their workflows, beside the API. Waits for as long as Temporal is away. */
import type { Config } from '@tirek/platform/config'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import type { RingSettings } from '@tirek/platform/keys/key-ring'
import type { Log } from '@tirek/platform/log'
import { startTemporalWorker, type RunningWorker } from '@tirek/platform/temporal-worker'
import { describe } from '@tirek/platform/ticker'

const LONGEST_CLOSING_MS = 6_000

export type StepsOptions = {
  /** Also the name of its task queue. */
  name: 'meetings' | 'referrals'
  activities: object
  config: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'> & RingSettings & { KEYS_DATABASE_URL: string }
  log: Log
  onFailure?: (error: unknown) => void
}

/** `check` throws while no steps are taken: Temporal or the keys are away, or the worker died. */
export type Steps = { check(): Promise<void>; close(): Promise<void> }

export function startSteps({ name, activities, config, log, onFailure }: StepsOptions): Steps {
  let running: RunningWorker | undefined
  const starting = startTemporalWorker({
    name,
    address: config.TEMPORAL_ADDRESS,
    keys: new DataKeys({ config, log }),
    taskQueue: name,
    activities,
    atOnce: 4,
    log,
    // Its health is told by the service that it lives in.
    port: 0,
    host: '127.0.0.1',
    ...(onFailure && { onFailure }),
  })
  starting.then(
    (worker) => (running = worker),
    (error: unknown) => log.error({ error: describe(error) }, 'no steps are taken for workflows'),
  )
  return {
    async check() {
      if (!running) throw new Error('not running yet')
      await running.check()
    },
    async close() {
      const closed = starting.then((worker) => worker.close()).catch(() => {})
      // It may wait for a Temporal that never comes.
      await Promise.race([closed, new Promise((done) => setTimeout(done, LONGEST_CLOSING_MS).unref())])
    },
  }
}
