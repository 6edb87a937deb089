/** The workers of the cases service: what the workflows ask of the record. The hour's is a process of its own, with its workflow beside it. */
import { machineClock, type Clock } from '@tirek/platform/clock'
import type { Config } from '@tirek/platform/config'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import type { RingSettings } from '@tirek/platform/keys/key-ring'
import { createLog, type Log } from '@tirek/platform/log'
import { startTemporalWorker, told, type RunningWorker, type TemporalWorkerOptions } from '@tirek/platform/temporal-worker'
import type { StepActivities } from '@tirek/workflows/activities'
import { loadWorkflows } from '@tirek/workflows/load'
import { TASK_QUEUES } from '@tirek/workflows/messages'
import { openCases, workUrlOf } from '../migrations.ts'
import { Contexts } from '../record/contexts.ts'
import { createLoadProcedure, createTakeSteps, type StepTools } from './take-steps.ts'

export type StepsOptions = {
  config: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE' | 'SERVICE_PORT' | 'SERVICE_HOST' | 'WEB_URL'> &
    RingSettings & { DATABASE_URL: string; KEYS_DATABASE_URL: string }
  clock?: Clock
  log?: Log
  onFailure?: (error: unknown) => void
}

/** Steps of day-level deadlines. */
export const startSteps = (options: StepsOptions): Promise<RunningWorker> => start('steps', TASK_QUEUES.cases, options, {})

/** The hour: its workflow and its steps. `code`: another bundle than the built one, for tests. */
export const startUrgent = async (options: StepsOptions & { code?: string }): Promise<RunningWorker> =>
  start('urgent', TASK_QUEUES.urgent, options, { workflows: await loadWorkflows('tirek-urgent', options.code), cached: 50 })

const CONNECTIONS = 8

async function start(
  name: string,
  taskQueue: string,
  { config, clock = machineClock, log = createLog(name), onFailure }: StepsOptions,
  more: Pick<TemporalWorkerOptions, 'workflows' | 'cached'>,
) {
  const keys = new DataKeys({ config, log })
  const db = await openCases(workUrlOf(config.DATABASE_URL), `tirek-${name}`, CONNECTIONS)
  const contexts = new Contexts(db)
  try {
    const worker = await startTemporalWorker({
      name,
      address: config.TEMPORAL_ADDRESS,
      keys,
      taskQueue,
      activities: createStepActivities({ db, clock, calendarOf: (version) => contexts.calendar(version), link: config.WEB_URL }, log),
      atOnce: CONNECTIONS,
      parts: { database: () => db.query('SELECT 1') },
      log,
      port: config.SERVICE_PORT,
      host: config.SERVICE_HOST,
      ...more,
      ...(onFailure && { onFailure }),
    })
    return { ...worker, close: () => worker.close().finally(() => db.close()) }
  } catch (error) {
    await db.close()
    throw error
  }
}

export function createStepActivities(tools: StepTools, log: Log): StepActivities {
  const takeSteps = createTakeSteps(tools)
  const loadProcedure = createLoadProcedure((version) => tools.calendarOf(version))
  return {
    takeSteps: (input) => told(log, { case: input.caseId, deadline: input.deadlineKey }, () => takeSteps(input)),
    loadProcedure: (wanted) => told(log, wanted, () => loadProcedure(wanted)),
  }
}
