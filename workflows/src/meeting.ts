import { isOver } from '@tirek/procedure/meetings/facts'
import { openMeetingSteps } from '@tirek/procedure/meetings/steps'
import { allHandlersFinished, condition, continueAsNew, proxyActivities } from '@temporalio/workflow'
import type { MeetingActivities } from './activities.ts'
import { KnownProceeding, listenToProceeding } from './known-proceeding.ts'
import { showMeeting, type KnownMeeting } from './meeting-showing.ts'
import { meetingTold, TASK_QUEUES, type MeetingStart } from './messages.ts'
import { ASKED, loadedRules, takeSteps } from './proceeding-asking.ts'
import { newsOrInstant } from './proceeding-waiting.ts'
import { isLongHistory } from './waiting.ts'

const asked = proxyActivities<MeetingActivities>({ taskQueue: TASK_QUEUES.meetings, ...ASKED })

/**
 * One meeting: the silent are reminded and then phoned, whoever called it is warned when the needed are missing, it is asked whether it was
 * held, and its protocol reaches everybody. Ends when nothing is awaited any more.
 */
export async function meetingWorkflow({ meetingId, ...start }: MeetingStart): Promise<void> {
  const known: KnownMeeting = new KnownProceeding(meetingId, start, openMeetingSteps)
  const asks = asksOf(known)
  listenToProceeding(known, meetingTold, 'the meeting, its answers or its protocol changed')

  for (;;) {
    const rules = await loadedRules(known, asks)
    const open = known.openSteps(rules)
    showMeeting(known, open)
    if (isOver(known.facts)) break

    const due = known.due(open)
    if (due.length > 0) await takeSteps(known, asks, due)
    else await newsOrInstant(known, known.next(open))

    if (isLongHistory()) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof meetingWorkflow>({ meetingId, ...known.carried() })
    }
  }
  await condition(allHandlersFinished)
}

const asksOf = (known: KnownMeeting) => ({
  of: 'meetings',
  show: (open: Parameters<typeof showMeeting>[1]) => showMeeting(known, open),
  take: (stepKeys: readonly string[], summary: string) =>
    asked.takeMeetingSteps.executeWithOptions({ summary }, [{ meetingId: known.id, stepKeys, by: 'workflow' }]),
  load: (calendar: string, summary: string) => asked.loadMeetingRules.executeWithOptions({ summary }, [{ calendar }]),
})
