import type { MeetingStep } from '@tirek/procedure/meetings/steps'
import { isCancellation, proxyActivities } from '@temporalio/workflow'
import type { MeetingActivities } from './activities.ts'
import { messageOf } from './asking.ts'
import type { KnownMeeting, LoadedMeetingRules } from './known-meeting.ts'
import { showMeeting, stepInWords } from './meeting-showing.ts'
import { TASK_QUEUES } from './messages.ts'
import { pauseOrNews } from './meeting-waiting.ts'

const asked = proxyActivities<MeetingActivities>({
  taskQueue: TASK_QUEUES.meetings,
  startToCloseTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: 6 },
})

/** Asks the record to take the steps that are due. */
export async function takeSteps(known: KnownMeeting, due: readonly MeetingStep[]): Promise<void> {
  const stepKeys = due.map(({ key }) => key)
  const summary = [...new Set(due.map(stepInWords))].join('; ').slice(0, 400)
  try {
    known.settle(
      stepKeys,
      await asked.takeMeetingSteps.executeWithOptions({ summary }, [{ meetingId: known.meetingId, stepKeys, by: 'workflow' }]),
    )
  } catch (error) {
    if (isCancellation(error)) throw error
    known.failed(`${summary}: ${messageOf(error)}`)
  }
}

/** The rules by which this run counts; waits for as long as they cannot be loaded. Another calendar loads them anew. */
export async function loadedRules(known: KnownMeeting): Promise<LoadedMeetingRules> {
  for (;;) {
    if (known.rules?.calendar.version === known.facts.calendar) return known.rules
    const { calendar } = known.facts
    try {
      known.rules = await asked.loadMeetingRules.executeWithOptions({ summary: `rules of meetings, calendar ${calendar}` }, [{ calendar }])
      delete known.trouble
    } catch (error) {
      if (isCancellation(error)) throw error
      const pause = known.failed(`loading the rules: ${messageOf(error)}`)
      showMeeting(known, [])
      await pauseOrNews(known, pause)
    }
  }
}
