import { condition, workflowInfo } from '@temporalio/workflow'
import { now } from './clock.ts'
import type { KnownCase, NextStep } from './known-case.ts'
import { inWords } from './showing.ts'

/** `condition` with 0 would write a marker, a negative one would spin. */
const SHORTEST_SLEEP = 1_000
const LONG_HISTORY = 200

/** Sleeps until the next step is to be taken or something new is learned. Without a next step only news wakes it. */
export async function newsOrStep(known: KnownCase, next: NextStep | undefined): Promise<void> {
  const { news } = known
  const isNews = () => known.news > news
  if (!next) await condition(isNews)
  else await condition(isNews, Math.max(SHORTEST_SLEEP, next.wakeAt - now()), { summary: `until ${inWords(next.deadline, next.step)}` })
}

/** Sleeps a pause after a failure, unless something new is learned. */
export async function newsOrPause(known: KnownCase, pause: number): Promise<void> {
  const { news } = known
  await condition(() => known.news > news, pause, { summary: 'pause before the next try' })
}

/** Is it time to go on in a new run? Histories stay short, so that a replay is cheap. */
export const isLongHistory = (): boolean => workflowInfo().historyLength > LONG_HISTORY || workflowInfo().continueAsNewSuggested
