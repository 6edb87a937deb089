/** What every measure stands on: the running system, one social worker of it, and a client that is as cheap as one can be. */
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { Who } from '@tirek/platform/auth'
import { RunningSystem } from '../world/running.ts'
import type { Figures } from './figures.ts'

const LOGIN = 'timur'

export class Bed {
  readonly system: RunningSystem
  readonly figures: Figures
  readonly who: Who
  readonly #token: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 })

  private constructor(system: RunningSystem, figures: Figures, who: Who, token: string) {
    this.system = system
    this.figures = figures
    this.who = who
    this.#token = token
  }

  /** Starts everything as `npm start` does, with the demo data. */
  static async make(figures: Figures): Promise<Bed> {
    const system = await RunningSystem.start({ TIREK_DEMO: 'on' })
    try {
      const { rows } = await system.db.query<{ id: string; organisation: string; role: Who['role'] }>(
        'SELECT id, organisation, role FROM directory.person WHERE login = $1',
        [LOGIN],
      )
      const { id, organisation, role } = rows[0]!
      return new Bed(system, figures, { person: id, organisation, role, login: LOGIN, lang: 'ru' }, await system.token(LOGIN))
    } catch (error) {
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

  async stop(): Promise<void> {
    this.#agent.destroy()
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
