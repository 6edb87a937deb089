/** Prints beside the service: its loop, which has hours to keep, is never held by a long table. */
import { Semaphore } from 'es-toolkit'
import { Worker } from 'node:worker_threads'
import type { Sheet } from '../sheet.ts'

export type Ending = 'pdf' | 'docx'
export type Asked = { sheet: Sheet; ending: Ending }
export type Print = (sheet: Sheet, ending: Ending) => Promise<Buffer>

export type PrinterOptions = {
  /** The built file of `thread.ts`. */
  entry: URL
  /** A sheet that takes longer, ms, is given up. */
  longestMs?: number
  /** A thread that nobody asked for so long, ms, ends: papers are often asked for one after another, and loading the printers takes most of the time of one. */
  idleMs?: number
}

/** More wait for their turn. */
const AT_ONCE = 2

/** Throws what went wrong in the thread, and when it takes too long. */
export function printerBy({ entry, longestMs = 60_000, idleMs = 5_000 }: PrinterOptions): Print {
  const turns = new Semaphore(AT_ONCE)
  /** Threads that wait for the next sheet, each with what ends it. */
  const idle = new Map<Worker, NodeJS.Timeout>()

  function take(): Worker {
    for (const [worker, end] of idle) {
      idle.delete(worker)
      clearTimeout(end)
      forget(worker)
      worker.ref()
      return worker
    }
    // It needs nothing of what the service knows.
    return new Worker(entry, { env: {}, execArgv: [] })
  }

  function giveBack(worker: Worker): void {
    forget(worker)
    const end = () => {
      clearTimeout(idle.get(worker))
      idle.delete(worker)
      void worker.terminate()
    }
    worker.once('error', end).once('exit', end)
    idle.set(worker, setTimeout(end, idleMs).unref())
    // A service that stops does not wait for it.
    worker.unref()
  }

  return async (sheet, ending) => {
    await turns.acquire()
    const worker = take()
    try {
      const bytes = await printed(worker, { sheet, ending }, longestMs)
      giveBack(worker)
      return bytes
    } catch (error) {
      void worker.terminate()
      throw error
    } finally {
      turns.release()
    }
  }
}

/** Not all of its listeners: a worker has some for itself, and hears nothing without them. */
function forget(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
}

function printed(worker: Worker, asked: Asked, longestMs: number): Promise<Buffer> {
  return new Promise<Buffer>((done, failed) => {
    const late = setTimeout(() => failed(new Error('printing took too long')), longestMs)
    const ended = (error: Error) => {
      clearTimeout(late)
      failed(error)
    }
    worker.once('message', (bytes: Uint8Array) => {
      clearTimeout(late)
      done(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    })
    worker.once('error', ended)
    worker.once('exit', (code) => ended(new Error(`the printing thread ended with ${code}`)))
    worker.postMessage(asked)
  })
}
