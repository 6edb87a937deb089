import type { Log } from './log.ts'

/** Work done again and again: by the machine's timer in production, by hand (`tick`) in tests. */
export class Ticker {
  readonly #work: () => Promise<number>
  readonly #everyMs: number
  readonly #log: Log
  readonly #name: string
  #timer: NodeJS.Timeout | undefined
  #running: Promise<number> | undefined
  #again = false
  #stopped = false

  constructor(name: string, everyMs: number, log: Log, work: () => Promise<number>) {
    this.#name = name
    this.#everyMs = everyMs
    this.#log = log
    this.#work = work
  }

  /** Starts the loop. A failing turn is logged and tried again at the next. */
  start(): this {
    const turn = async () => {
      let did = 0
      try {
        did = await this.tick()
      } catch (error) {
        this.#log.warn({ loop: this.#name, error: describe(error) }, 'a turn failed and is tried again')
      }
      if (!this.#stopped) this.#timer = setTimeout(turn, did > 0 || this.#again ? 0 : this.#everyMs)
      this.#again = false
    }
    this.#timer = setTimeout(turn, 0)
    return this
  }

  /** Something is to be done: do not wait for the next turn. */
  wake(): void {
    if (this.#stopped || !this.#timer) return
    this.#again = true
    if (!this.#running) this.#timer.refresh()
    if (!this.#running) {
      clearTimeout(this.#timer)
      this.start()
    }
  }

  /** One turn; two at once share one. Returns how much was done. */
  tick(): Promise<number> {
    this.#running ??= this.#work().finally(() => (this.#running = undefined))
    return this.#running
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running?.catch(() => {})
  }
}

/** An error for the log: name and message of known kinds, never the values of a query. */
export function describe(error: unknown): { name: string; message: string; code?: string } {
  if (!(error instanceof Error)) return { name: 'unknown', message: typeof error }
  const code = (error as { code?: unknown }).code
  // A database error's message may quote a row; its code says enough.
  const message = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? 'database error' : error.message.slice(0, 300)
  return { name: error.name, message, ...(typeof code === 'string' ? { code } : {}) }
}
