/** Prints beside the service: its loop, which has hours to keep, is never held by a long table. */
import { Semaphore } from 'es-toolkit'
import { Worker } from 'node:worker_threads'
import type { Sheet } from '../sheet.ts'

export type Ending = 'pdf' | 'docx'
export type Print = (sheet: Sheet, ending: Ending) => Promise<Buffer>

/** More wait for their turn. */
const AT_ONCE = 2
const LONGEST_MS = 60_000

/** `entry`: the built file of `thread.ts`. Throws what went wrong in the thread, and when it takes longer than a minute. */
export function printerBy(entry: URL): Print {
  const turns = new Semaphore(AT_ONCE)
  return async (sheet, ending) => {
    await turns.acquire()
    try {
      return await printed(entry, sheet, ending)
    } finally {
      turns.release()
    }
  }
}

function printed(entry: URL, sheet: Sheet, ending: Ending): Promise<Buffer> {
  return new Promise((done, failed) => {
    // It needs nothing of what the service knows.
    const worker = new Worker(entry, { workerData: { sheet, ending }, env: {}, execArgv: [] })
    const late = setTimeout(() => {
      failed(new Error('printing took too long'))
      void worker.terminate()
    }, LONGEST_MS)
    worker.once('message', (bytes: Uint8Array) => done(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
    worker.once('error', failed)
    worker.once('exit', (code) => {
      clearTimeout(late)
      failed(new Error(`the printing thread ended with ${code}`))
    })
  })
}
