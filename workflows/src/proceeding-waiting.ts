import type { Instant } from '@tirek/procedure/time'
import { condition } from '@temporalio/workflow'
import { now } from './clock.ts'
import type { ProceedingStep } from './known-proceeding.ts'
import { stepInWords } from './proceeding-showing.ts'

/** `condition` with 0 would write a marker, a negative one would spin. */
const SHORTEST_SLEEP = 1_000
type News = { news: number }

/** Sleeps until the next step is to be taken or something new is learned. Without a next step only news wakes it. */
export async function newsOrInstant(known: News, next: { step: ProceedingStep; wakeAt: Instant } | undefined): Promise<void> {
  const { news } = known
  const isNews = () => known.news > news
  if (!next) await condition(isNews)
  else await condition(isNews, Math.max(SHORTEST_SLEEP, next.wakeAt - now()), { summary: `until ${stepInWords(next.step)}` })
}

/** Sleeps a pause after a failure, unless something new is learned. */
export async function pauseOrNews(known: News, pause: number): Promise<void> {
  const { news } = known
  await condition(() => known.news > news, pause, { summary: 'pause before the next try' })
}
