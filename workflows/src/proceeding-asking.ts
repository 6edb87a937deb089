import { isCancellation } from '@temporalio/workflow'
import { messageOf } from './asking.ts'
import type { KnownProceeding, LoadedRules, ProceedingFacts, ProceedingStep, ProceedingStepsTaken } from './known-proceeding.ts'
import { stepInWords } from './proceeding-showing.ts'
import { pauseOrNews } from './proceeding-waiting.ts'

/** What a workflow asks of the service of its proceeding; `summary` is read in the Temporal UI. */
export type Asks<F, S, R> = {
  take(stepKeys: readonly string[], summary: string): Promise<ProceedingStepsTaken<F>>
  load(calendar: string, summary: string): Promise<LoadedRules<R>>
  /** What the rules are of. */
  of: string
  show(open: readonly S[]): void
}

/** A failure that outlives these tries shows in the details of the workflow; the workflow itself then tries for ever. */
export const ASKED = {
  startToCloseTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: 6 },
} as const

/** Asks the record to take the steps that are due. */
export async function takeSteps<F extends ProceedingFacts, S extends ProceedingStep, R>(
  known: KnownProceeding<F, S, R>,
  { take }: Asks<F, S, R>,
  due: readonly S[],
): Promise<void> {
  const stepKeys = due.map(({ key }) => key)
  const summary = [...new Set(due.map(stepInWords))].join('; ').slice(0, 400)
  try {
    known.settle(stepKeys, await take(stepKeys, summary))
  } catch (error) {
    if (isCancellation(error)) throw error
    known.failed(`${summary}: ${messageOf(error)}`)
  }
}

/** The rules by which this run counts; waits for as long as they cannot be loaded. Another calendar loads them anew. */
export async function loadedRules<F extends ProceedingFacts, S extends ProceedingStep, R>(
  known: KnownProceeding<F, S, R>,
  { load, of, show }: Asks<F, S, R>,
): Promise<LoadedRules<R>> {
  for (;;) {
    if (known.rules?.calendar.version === known.facts.calendar) return known.rules
    const { calendar } = known.facts
    try {
      known.rules = await load(calendar, `rules of ${of}, calendar ${calendar}`)
      delete known.trouble
    } catch (error) {
      if (isCancellation(error)) throw error
      const pause = known.failed(`loading the rules: ${messageOf(error)}`)
      show([])
      await pauseOrNews(known, pause)
    }
  }
}
