/** Some connections to the mail server, each for one letter at a time. */
import { SmtpSession } from './smtp-session.ts'

export class SmtpPool {
  readonly #sessions: readonly SmtpSession[]
  readonly #free: SmtpSession[]
  readonly #waiting: ((session: SmtpSession) => void)[] = []

  constructor(url: string, connections: number) {
    this.#sessions = Array.from({ length: connections }, () => new SmtpSession(url))
    // The last one that was used is taken first: it is connected still.
    this.#free = [...this.#sessions]
  }

  get server(): string {
    return this.#sessions[0]!.server
  }

  /** Runs `work` with a connection that nobody else uses meanwhile; waits for one, first come, first served. */
  async with<T>(work: (session: SmtpSession) => Promise<T>): Promise<T> {
    const session = this.#free.pop() ?? (await new Promise<SmtpSession>((given) => this.#waiting.push(given)))
    try {
      return await work(session)
    } finally {
      const next = this.#waiting.shift()
      if (next) next(session)
      else this.#free.push(session)
    }
  }

  close(): void {
    for (const session of this.#sessions) session.close()
  }
}
