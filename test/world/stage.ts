/** One running system and one browser for all the topics that a test file imports: starting it costs more than most of their tests. */
import type { Browser } from 'playwright-core'
import { findChromium, NO_CHROMIUM, openBrowser } from './browser.ts'
import { RunningSystem } from './running.ts'

/** The browser to be found; without it nothing is shown of the pages. */
export const program = findChromium()
if (!program) console.warn(NO_CHROMIUM)

/** `browser`: there when `program` is. */
export type Stage = { system: RunningSystem; browser: Browser }

let users = 0
let stage: Promise<Stage> | undefined

/** What the first one opened; each who opens it closes it. Others have changed its data: count on your own cases alone. */
export function openStage(): Promise<Stage> {
  users++
  return (stage ??= Promise.all([RunningSystem.start(), program ? openBrowser(program) : undefined]).then(([system, browser]) => ({
    system,
    browser: browser!,
  })))
}

/** The last one ends it. */
export async function closeStage(): Promise<void> {
  if (--users > 0) return
  const opened = stage
  stage = undefined
  const { system, browser } = await opened!
  await browser?.close()
  await system.stop()
}
