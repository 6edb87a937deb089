/** Hosts the case workflows. It knows neither the record nor people: what a step does, the cases service decides. */
import type { Config } from '@tirek/platform/config'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import type { RingSettings } from '@tirek/platform/keys/key-ring'
import { createLog, type Log } from '@tirek/platform/log'
import { startTemporalWorker, type RunningWorker } from '@tirek/platform/temporal-worker'
import { loadWorkflows } from '@tirek/workflows/load'
import { TASK_QUEUES } from '@tirek/workflows/messages'

export type WorkerOptions = {
  config: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE' | 'SERVICE_PORT' | 'SERVICE_HOST'> &
    RingSettings & { KEYS_DATABASE_URL: string }
  log?: Log
  /** Another bundle than the built one: for tests. */
  code?: string
  onFailure?: (error: unknown) => void
}

export const startWorker = async ({ config, log = createLog('worker'), code, onFailure }: WorkerOptions): Promise<RunningWorker> =>
  startTemporalWorker({
    name: 'worker',
    address: config.TEMPORAL_ADDRESS,
    keys: new DataKeys({ config, log }),
    taskQueue: TASK_QUEUES.caseWorkflows,
    workflows: await loadWorkflows('tirek-cases', code),
    log,
    port: config.SERVICE_PORT,
    host: config.SERVICE_HOST,
    onFailure,
  })
