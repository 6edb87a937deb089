import type { Deadline, Step } from '@tirek/procedure/deadline'
import { ActivityFailure, isCancellation, proxyActivities, type ActivityInterfaceFor } from '@temporalio/workflow'
import type { StepActivities } from './activities.ts'
import type { KnownCase } from './known-case.ts'
import { TASK_QUEUES } from './messages.ts'
import { inWords } from './showing.ts'

export type AskedOfCases = ActivityInterfaceFor<StepActivities>

// A failure that outlives these tries shows in the details of the workflow; the workflow itself then tries for ever.
export const casesAsked: AskedOfCases = proxyActivities<StepActivities>({
  taskQueue: TASK_QUEUES.cases,
  startToCloseTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: 6 },
})
export const urgentAsked: AskedOfCases = proxyActivities<StepActivities>({
  taskQueue: TASK_QUEUES.urgent,
  startToCloseTimeout: '10s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '4s', maximumAttempts: 5 },
})

/** Asks the record to take the steps of one deadline that are due. The record has the last word. */
export async function takeSteps(
  known: KnownCase,
  cases: AskedOfCases,
  { deadline, steps }: { deadline: Deadline; steps: readonly Step[] },
) {
  const stepKeys = steps.map((step) => step.key)
  const summary = steps.map((step) => inWords(deadline, step)).join('; ')
  try {
    const asked = { caseId: known.caseId, deadlineKey: deadline.key, stepKeys, by: 'workflow' as const }
    known.settle(deadline, stepKeys, await cases.takeSteps.executeWithOptions({ summary: summary.slice(0, 400) }, [asked]))
  } catch (error) {
    if (isCancellation(error)) throw error
    known.failed(`${summary}: ${messageOf(error)}`, deadline.key)
  }
}

/** Kind of failure, without the text of its cause: that might hold what is not for everybody's eyes. */
export const messageOf = (error: unknown): string => {
  const cause = error instanceof ActivityFailure ? error.cause : error
  const type = cause && typeof cause === 'object' && 'type' in cause && typeof cause.type === 'string' ? cause.type : undefined
  return type ?? (cause instanceof Error ? cause.name : 'failed')
}
