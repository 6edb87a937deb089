import { MINUTE } from '@tirek/procedure/time'
import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow'
import { casesAsked, takeSteps } from './asking.ts'
import { KnownCase, leadOf } from './known-case.ts'
import { listenTo } from './listening.ts'
import type { CaseStart } from './messages.ts'
import { LoadedProcedure } from './procedure.ts'
import { show } from './showing.ts'
import { isLongHistory, newsOrStep } from './waiting.ts'

/** One case in time: sleeps to its next step, takes it, and ends when the case has ended and nothing is awaited any more. */
export async function caseWorkflow(start: CaseStart): Promise<void> {
  const known = new KnownCase(start, { lead: leadOf(start.caseId), longestPause: 10 * MINUTE })
  listenTo(known)
  const procedure = new LoadedProcedure(casesAsked)

  for (;;) {
    const open = (await procedure.openDeadlines(known)).filter((deadline) => deadline.runBy === 'case')
    known.forgetClosed(open)
    show(known, open)
    if (known.facts.ended && open.length === 0) break

    const [due] = known.stepsDue(open)
    if (due) await takeSteps(known, casesAsked, due)
    else await newsOrStep(known, known.nextStep(open))

    if (known.facts.stage !== start.facts.stage || isLongHistory()) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof caseWorkflow>(known.carried())
    }
  }
  await condition(allHandlersFinished)
}
