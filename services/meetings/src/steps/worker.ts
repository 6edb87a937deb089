/** Takes the steps of meetings for their workflows, beside the API. Waits for as long as Temporal is away. */
import { MEETING_RULES } from '@tirek/procedure/meetings/rows'
import type { Config } from '@tirek/platform/config'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import type { RingSettings } from '@tirek/platform/keys/key-ring'
import type { Log } from '@tirek/platform/log'
import { startTemporalWorker, told } from '@tirek/platform/temporal-worker'
import { describe } from '@tirek/platform/ticker'
import type { MeetingActivities } from '@tirek/workflows/activities'
import { TASK_QUEUES } from '@tirek/workflows/messages'
import type { DirectoryViews } from '../record/directory.ts'

const LONGEST_CLOSING_MS = 6_000

export type StepsOptions = {
  config: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'> & RingSettings & { KEYS_DATABASE_URL: string }
  log: Log
  takeSteps: MeetingActivities['takeMeetingSteps']
  directory: DirectoryViews
  onFailure?: (error: unknown) => void
}

export function startMeetingSteps({ config, log, takeSteps, directory, onFailure }: StepsOptions): { close(): Promise<void> } {
  const activities: MeetingActivities = {
    takeMeetingSteps: (input) => told(log, { meeting: input.meetingId }, () => takeSteps(input)),
    loadMeetingRules: (wanted) =>
      told(log, wanted, async () => ({ rules: MEETING_RULES, calendar: await directory.calendar(wanted.calendar) })),
  }
  const starting = startTemporalWorker({
    name: 'meetings',
    address: config.TEMPORAL_ADDRESS,
    keys: new DataKeys({ config, log }),
    taskQueue: TASK_QUEUES.meetings,
    activities,
    atOnce: 4,
    log,
    // Its own health is read by nobody: steps that it does not take are taken by the watch, which says so in the log.
    port: 0,
    host: '127.0.0.1',
    ...(onFailure && { onFailure }),
  })
  starting.catch((error: unknown) => log.error({ error: describe(error) }, 'no steps are taken for workflows'))
  return {
    async close() {
      const closed = starting.then((worker) => worker.close()).catch(() => {})
      // It may wait for a Temporal that never comes.
      await Promise.race([closed, new Promise((done) => setTimeout(done, LONGEST_CLOSING_MS).unref())])
    },
  }
}
