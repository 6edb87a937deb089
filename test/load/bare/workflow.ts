/** The least that Temporal can be asked for a step: a sleep and one activity that does nothing. */
import { proxyActivities, sleep } from '@temporalio/workflow'

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({ taskQueue: 'bare-activities', startToCloseTimeout: '30s' })

export async function bare(): Promise<void> {
  await sleep(1)
  await nothing()
}
