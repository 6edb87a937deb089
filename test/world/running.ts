/** The system as `npm start` runs it: real processes, a home and ports of its own. For tests that kill parts of it, and for the bench. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { portsFrom } from '../../infra/dev/place.mjs'
import { tokenFor } from '../../infra/dev/token.mjs'
import { homeOfOnesOwn } from './model.ts'
import { Started } from './started.ts'

type Addresses = {
  webUrl: string
  issuerUrl: string
  casesUrl: string
  directoryUrl: string
  notificationsUrl: string
  mailboxUrl: string
  temporalAddress: string
  adminUrl: string
  temporalUiUrl: string
}
export type Mail = { id: string; subject: string; text: string; messageId: string; to: string }

export class RunningSystem {
  readonly home: string
  readonly at: Addresses
  readonly db: pg.Pool
  readonly #started: Started
  readonly #tokens = new Map<string, string>()

  private constructor(started: Started) {
    this.home = started.home
    this.#started = started
    this.at = JSON.parse(readFileSync(join(this.home, 'run.json'), 'utf8')) as Addresses
    this.db = new pg.Pool({ connectionString: this.at.adminUrl, max: 4 })
    this.db.on('error', () => {}) // the database is killed in these tests
  }

  /** Starts it with demo data; resolves when everything is ready. */
  static async start(more: Record<string, string> = {}): Promise<RunningSystem> {
    return new RunningSystem(await Started.in(homeOfOnesOwn(), more))
  }

  /** Where a process of the table answers. */
  urlOf(name: keyof ReturnType<typeof portsFrom>): string {
    return `http://127.0.0.1:${portsFrom(Number(new URL(this.at.webUrl).port))[name]}`
  }

  /** What it printed last. */
  get said(): string {
    return this.#started.said
  }

  pidOf(name: string): number | undefined {
    const { parts } = JSON.parse(readFileSync(join(this.home, 'pids.json'), 'utf8')) as { parts: { name: string; pid: number }[] }
    return parts.find((part) => part.name === name)?.pid
  }

  /** kill -9; returns the process id that is no more. */
  kill(name: string): number {
    const pid = this.pidOf(name)
    if (pid === undefined) throw new Error(`${name} does not run`)
    process.kill(pid, 'SIGKILL')
    return pid
  }

  async token(login: string): Promise<string> {
    const known = this.#tokens.get(login)
    if (known) return known
    const token = await tokenFor(login, this.at.issuerUrl)
    this.#tokens.set(login, token)
    return token
  }

  /** One request to the API; a lost connection answers 0. */
  async request(
    login: string,
    method: string,
    path: string,
    body?: unknown,
    key: string = crypto.randomUUID(),
  ): Promise<{ status: number; body: any }> {
    try {
      // Cases are asked at their own door, all else by way of the pages.
      const base = /^\/api\/(meetings|referrals)/.test(path) ? this.at.webUrl : this.at.casesUrl
      const answer = await fetch(`${base}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await this.token(login)}`,
          'accept-language': 'en',
          ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': key }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(10_000),
      })
      const text = await answer.text()
      return { status: answer.status, body: text ? JSON.parse(text) : undefined }
    } catch {
      return { status: 0, body: undefined }
    }
  }

  /** The same with one key until it is answered for good: what a person's browser does. */
  async insist(login: string, method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> {
    const key = crypto.randomUUID()
    return until(`${method} ${path} is answered`, async () => {
      const answer = await this.request(login, method, path, body, key)
      return answer.status === 0 || answer.status >= 500 ? undefined : answer
    })
  }

  async mails(): Promise<Mail[]> {
    const answer = await fetch(`${this.at.mailboxUrl}/api/email`, { signal: AbortSignal.timeout(10_000) })
    const listed = (await answer.json()) as { id: string }[] | { emails: { id: string }[] }
    const mails = (Array.isArray(listed) ? listed : listed.emails) as {
      id: string
      subject: string
      text?: string
      headers?: Record<string, unknown>
      to: { address: string }[]
    }[]
    return mails.map(({ id, subject, text = '', headers = {}, to }) => ({
      id,
      subject,
      text,
      messageId: String(headers['message-id'] ?? id),
      to: to[0]?.address ?? '',
    }))
  }

  async stop(): Promise<void> {
    await this.db.end().catch(() => {})
    await this.#started.end()
    rmSync(this.home, { recursive: true, force: true })
  }
}

/** Asks again until there is an answer that is not `undefined`. */
export async function until<T>(what: string, ask: () => Promise<T | undefined> | T | undefined, seconds = 60): Promise<T> {
  for (const end = performance.now() + seconds * 1_000; ;) {
    const answer = await Promise.resolve()
      .then(ask)
      .catch(() => undefined)
    if (answer !== undefined) return answer
    if (performance.now() > end) throw new Error(`not within ${seconds} s: ${what}`)
    await new Promise((again) => setTimeout(again, 100))
  }
}
