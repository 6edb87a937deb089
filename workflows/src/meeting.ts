import { isOver } from '@tirek/procedure/meetings/facts'
import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow'
import { KnownMeeting, listenToMeeting } from './known-meeting.ts'
import { loadedRules, takeSteps } from './meeting-asking.ts'
import { showMeeting } from './meeting-showing.ts'
import { newsOrInstant } from './meeting-waiting.ts'
import type { MeetingStart } from './messages.ts'
import { isLongHistory } from './waiting.ts'

/**
 * One meeting: the silent are reminded and then phoned, whoever called it is warned when the needed are missing, it is asked whether it was
 * held, and its protocol reaches everybody. Ends when nothing is awaited any more.
 */
export async function meetingWorkflow(start: MeetingStart): Promise<void> {
  const known = new KnownMeeting(start)
  listenToMeeting(known)

  for (;;) {
    const rules = await loadedRules(known)
    const open = known.openSteps(rules)
    showMeeting(known, open)
    if (isOver(known.facts)) break

    const due = known.due(open)
    if (due.length > 0) await takeSteps(known, due)
    else await newsOrInstant(known, known.next(open))

    if (isLongHistory()) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof meetingWorkflow>(known.carried())
    }
  }
  await condition(allHandlersFinished)
}
