import { isOver } from '@tirek/procedure/referrals/facts'
import { openReferralSteps } from '@tirek/procedure/referrals/steps'
import { allHandlersFinished, condition, continueAsNew, proxyActivities } from '@temporalio/workflow'
import type { ReferralActivities } from './activities.ts'
import { KnownProceeding, listenToProceeding } from './known-proceeding.ts'
import { referralTold, TASK_QUEUES, type ReferralStart } from './messages.ts'
import { ASKED, loadedRules, takeSteps } from './proceeding-asking.ts'
import { newsOrInstant } from './proceeding-waiting.ts'
import { showReferral, type KnownReferral } from './referral-showing.ts'
import { isLongHistory } from './waiting.ts'

const asked = proxyActivities<ReferralActivities>({ taskQueue: TASK_QUEUES.referrals, ...ASKED })

/**
 * One referral: it is sent, its receipt is asked for, the sender and then the body are reminded of the day, more that is asked for and every answer
 * is told, and what was answered is followed: the next body, or where the child lives. Ends when nothing is awaited any more.
 */
export async function referralWorkflow({ referralId, ...start }: ReferralStart): Promise<void> {
  const known: KnownReferral = new KnownProceeding(referralId, start, openReferralSteps)
  const asks = asksOf(known)
  listenToProceeding(known, referralTold, 'the referral, its delivery or its answers changed')

  for (;;) {
    const rules = await loadedRules(known, asks)
    const open = known.openSteps(rules)
    showReferral(known, open)
    if (isOver(known.facts)) break

    const due = known.due(open)
    if (due.length > 0) await takeSteps(known, asks, due)
    else await newsOrInstant(known, known.next(open))

    if (isLongHistory()) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof referralWorkflow>({ referralId, ...known.carried() })
    }
  }
  await condition(allHandlersFinished)
}

const asksOf = (known: KnownReferral) => ({
  of: 'referrals',
  show: (open: Parameters<typeof showReferral>[1]) => showReferral(known, open),
  take: (stepKeys: readonly string[], summary: string) =>
    asked.takeReferralSteps.executeWithOptions({ summary }, [{ referralId: known.id, stepKeys, by: 'workflow' }]),
  load: (calendar: string, summary: string) => asked.loadReferralRules.executeWithOptions({ summary }, [{ calendar }]),
})
