/** What every measure stands on: the running system, one social worker of it, and a client that is as cheap as one can be. */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Who } from '@tirek/platform/auth'
import { RunningSystem } from '../world/running.ts'
import type { Figures } from './figures.ts'

const LOGIN = 'timur'

export class Bed {
  readonly system: RunningSystem
  readonly figures: Figures
  readonly who: Who
  readonly #token: string
  readonly #mail: MailServer
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 })

  private constructor(system: RunningSystem, figures: Figures, who: Who, token: string, mail: MailServer) {
    this.#mail = mail
    this.system = system
    this.figures = figures
    this.who = who
    this.#token = token
  }

  /** Starts everything as `npm start` does, with the demo data. */
  static async make(figures: Figures): Promise<Bed> {
    const mail = await startMailServer()
    const system = await RunningSystem.start({ TIREK_DEMO: 'on', SMTP_URL: mail.url }).catch((error: unknown) => {
      mail.process.kill()
      throw error
    })
    try {
      const { rows } = await system.db.query<{ id: string; organisation: string; role: Who['role'] }>(
        'SELECT id, organisation, role FROM directory.person WHERE login = $1',
        [LOGIN],
      )
      const { id, organisation, role } = rows[0]!
      return new Bed(system, figures, { person: id, organisation, role, login: LOGIN, lang: 'ru' }, await system.token(LOGIN), mail)
    } catch (error) {
      mail.process.kill()
      await system.stop()
      throw error
    }
  }

  /** Saves a help request; the case's id. */
  async save(form: unknown): Promise<string> {
    const { summary } = (await this.#ask('POST', '/api/cases', 201, form)) as { summary: { id: string } }
    return summary.id
  }

  read(path: string): Promise<unknown> {
    return this.#ask('GET', path, 200)
  }

  /** The number that a query answers. */
  async count(sql: string, values: unknown[] = []): Promise<number> {
    const { rows } = await this.system.db.query<Record<string, unknown>>(sql, values)
    return Number(Object.values(rows[0]!)[0])
  }

  /** Where the system's letters go. */
  get smtpUrl(): string {
    return this.#mail.url
  }

  async stop(): Promise<void> {
    this.#agent.destroy()
    this.#mail.process.kill()
    await this.system.stop()
  }

  /** `node:http` and not `fetch`: what is measured shares the machine with who measures. */
  #ask(method: string, path: string, expected: number, body?: unknown): Promise<unknown> {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${this.#token}`,
      ...(text === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), 'idempotency-key': randomUUID() }),
    }
    return new Promise((answered, failed) => {
      const asked = request(`${this.system.at.casesUrl}${path}`, { method, headers, agent: this.#agent }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', failed)
        answer.on('end', () => {
          if (answer.statusCode === expected) answered(JSON.parse(Buffer.concat(parts).toString()))
          else failed(new Error(`${method} ${path} was answered with ${answer.statusCode}`))
        })
      })
      asked.on('error', failed)
      asked.end(text)
    })
  }
}

type MailServer = { url: string; process: ChildProcess }
/** What a mail server with a queue on a disk takes to keep a mail, ms. */
export const KEEP_MS = 30

/** Beside this process: what is measured here must not wait for what the bench does. */
async function startMailServer(): Promise<MailServer> {
  const file = fileURLToPath(new URL('./mail-server.mjs', import.meta.url))
  const child = spawn(process.execPath, [file], { env: { ...process.env, KEEP_MS: String(KEEP_MS) }, stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<string>((said, failed) => {
    child.stdout.once('data', (text: Buffer) => said(text.toString().trim()))
    child.once('exit', (code) => failed(new Error(`the mail server ended with ${code}`)))
  })
  return { url: `smtp://127.0.0.1:${port}`, process: child }
}
