/** One running system with a mail server of ours for the topics of `parts.test.ts`. */
import { machineClock } from '@tirek/platform/clock'
import { RunningSystem } from '../../world/running.ts'
import { PostOffice } from '../../world/smtp.ts'

export const post = new PostOffice(machineClock)
let system: Promise<RunningSystem> | undefined

/** What the first one opened. Others have changed its data: count on your own cases alone. */
export const openSystem = (): Promise<RunningSystem> => (system ??= post.open().then((url) => RunningSystem.start({ SMTP_URL: url })))

export async function closeSystem(): Promise<void> {
  const opened = await system
  system = undefined
  await opened?.stop()
  await post.close()
}
