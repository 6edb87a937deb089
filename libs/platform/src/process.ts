import type { Log } from './log.ts'
import { describe } from './ticker.ts'

/** Starts a part, stops it on INT, TERM or HUP; a failed start or an unforeseen error ends the process with 1 so that it is started again. */
export function runProcess(log: Log, start: () => Promise<{ close(): Promise<void> }>): void {
  let running: { close(): Promise<void> } | undefined
  let stopping = false
  const stop = async (code: number) => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(code), 10_000).unref()
    await running?.close().catch((error: unknown) => log.warn({ error: describe(error) }, 'closing'))
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
  process.on('uncaughtException', (error) => {
    log.fatal({ error: describe(error), stack: (error.stack ?? '').split('\n').slice(1, 5) }, 'unforeseen')
    void stop(1)
  })
  process.on('unhandledRejection', (error) => {
    log.fatal({ error: describe(error) }, 'unforeseen rejection')
    void stop(1)
  })
  start().then(
    (part) => {
      running = part
      if (stopping) void part.close()
    },
    (error: unknown) => {
      log.fatal({ error: describe(error) }, 'could not start')
      void stop(1)
    },
  )
}
