import { MINUTE } from '@tirek/procedure/time'
import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow'
import { takeSteps, urgentAsked } from './asking.ts'
import { KnownCase } from './known-case.ts'
import { listenTo } from './listening.ts'
import type { UrgentStart } from './messages.ts'
import { LoadedProcedure } from './procedure.ts'
import { show } from './showing.ts'
import { isLongHistory, newsOrStep } from './waiting.ts'

/** The hour: one more person is told at each step, again every hour; only evidence ends it (CP-10, CP-11). */
export async function urgentResponse(start: UrgentStart): Promise<void> {
  const known = new KnownCase(start, { lead: 0, longestPause: MINUTE })
  listenTo(known)
  const procedure = new LoadedProcedure(urgentAsked)

  for (;;) {
    const open = (await procedure.openDeadlines(known)).filter(({ runBy, hour }) => runBy === 'urgent' && hour === start.hour)
    known.forgetClosed(open)
    show(known, open)
    if (open.length === 0) break

    const [due] = known.stepsDue(open)
    if (due) await takeSteps(known, urgentAsked, due)
    else await newsOrStep(known, known.nextStep(open))

    if (isLongHistory()) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof urgentResponse>({ ...known.carried(), hour: start.hour })
    }
  }
  await condition(allHandlersFinished)
}
