/** Who asks Temporal for work: workers of each task queue and when the last one did, as the server tells it. */
import { machineClock } from '@tirek/platform/clock'
import { within, type TemporalClient } from '@tirek/platform/temporal'
import { TASK_QUEUES } from '@tirek/workflows/messages'
import { Gauge, type Registry } from 'prom-client'

/** Figures are read by people too: they are not held up while Temporal is away. */
const LONGEST_MS = 900
/** Values of Temporal's API. */
const TYPES = { workflow: 1, activity: 2 } as const
/** What is asked of each queue: the hour's worker takes both. */
const ASKED: readonly (readonly [queue: string, type: keyof typeof TYPES])[] = [
  [TASK_QUEUES.urgent, 'workflow'],
  [TASK_QUEUES.urgent, 'activity'],
  [TASK_QUEUES.caseWorkflows, 'workflow'],
  [TASK_QUEUES.cases, 'activity'],
  [TASK_QUEUES.meetings, 'activity'],
  [TASK_QUEUES.referrals, 'activity'],
]

/** While Temporal does not answer both gauges have no value: nothing old is told. */
export function addQueueGauges(registers: Registry, temporal: TemporalClient, namespace: string): void {
  const labelNames = ['queue', 'type']
  // Each gauge is read by itself: both wait for one answer of the server, so that neither tells of the reading before.
  let asking: ReturnType<typeof pollersOf> | undefined
  const ask = () =>
    (asking ??= pollersOf(temporal, namespace)
      .catch(() => [])
      .finally(() => {
        asking = undefined
      }))
  new Gauge({
    name: 'tirek_queue_poll_age_seconds',
    help: 'How long ago the last worker asked for work',
    labelNames,
    registers: [registers],
    async collect() {
      const found = await ask()
      this.reset()
      for (const { queue, type, polls } of found)
        if (polls.length > 0) this.set({ queue, type }, Math.max(0, (machineClock.now() - Math.max(...polls)) / 1_000))
    },
  })
  new Gauge({
    name: 'tirek_queue_workers',
    help: 'Workers that asked this queue for work in the last minutes',
    labelNames,
    registers: [registers],
    async collect() {
      const found = await ask()
      this.reset()
      for (const { queue, type, polls } of found) this.set({ queue, type }, polls.length)
    },
  })
}

async function pollersOf(temporal: TemporalClient, namespace: string) {
  const late = new Promise<never>((_, reject) => setTimeout(reject, LONGEST_MS, new Error('no answer')).unref())
  const client = await Promise.race([temporal.get(), late])
  return within(client, LONGEST_MS, () =>
    Promise.all(
      ASKED.map(async ([queue, type]) => {
        const { pollers } = await client.workflowService.describeTaskQueue({
          namespace,
          taskQueue: { name: queue },
          taskQueueType: TYPES[type] as never,
        })
        return { queue, type, polls: pollers.map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000) }
      }),
    ),
  )
}
