import type { Instant } from '@tirek/procedure/time'
import type { MeetingStep } from '@tirek/procedure/meetings/steps'
import { condition } from '@temporalio/workflow'
import { now } from './clock.ts'
import type { KnownMeeting } from './known-meeting.ts'
import { stepInWords } from './meeting-showing.ts'

/** `condition` with 0 would write a marker, a negative one would spin. */
const SHORTEST_SLEEP = 1_000

/** Sleeps until the next step is to be taken or something new is learned. Without a next step only news wakes it. */
export async function newsOrInstant(known: KnownMeeting, next: { step: MeetingStep; wakeAt: Instant } | undefined): Promise<void> {
  const { news } = known
  const isNews = () => known.news > news
  if (!next) await condition(isNews)
  else await condition(isNews, Math.max(SHORTEST_SLEEP, next.wakeAt - now()), { summary: `until ${stepInWords(next.step)}` })
}

/** Sleeps a pause after a failure, unless something new is learned. */
export async function pauseOrNews(known: KnownMeeting, pause: number): Promise<void> {
  const { news } = known
  await condition(() => known.news > news, pause, { summary: 'pause before the next try' })
}
