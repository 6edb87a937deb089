/** The directory's record: every change is one transaction with its row of the trail and, where asked for, its repeat key. */
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Database, Row, Sql } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import { createHash } from 'node:crypto'
import { settingsOf } from './wall.ts'

/** What the cases service must learn: facts of its cases were made with it. */
export type ContextChange = { kind: 'settings' | 'calendar' | 'quarantine'; organisation?: string; territory?: string; calendar?: string }

export type Change = {
  sql: Sql
  /** When it is done, ms UTC. */
  at: number
  /** Who did what to what: a row of the trail, and what the row said before and after. */
  trail(what: string, of: string | null, before: unknown, after: unknown): Promise<void>
  /** Tells the cases service once this is committed, for as long as it takes. */
  tellCases(change: ContextChange): Promise<void>
}

export class DirectoryRecord {
  readonly #db: Database
  /** What the service does for nobody signed in. */
  readonly work: Database
  readonly clock: Clock
  readonly #trail: Trail
  readonly #onTold: () => void

  constructor(db: Database, work: Database, clock: Clock, trail: Trail, onTold: () => void) {
    this.#trail = trail
    this.#db = db
    this.work = work
    this.clock = clock
    this.#onTold = onTold
  }

  /** Runs one change. A repeated `key` with the same body gives the first answer again; with another body it is refused. */
  async change<T>(who: Who, request: { key?: string | undefined; body: unknown }, work: (change: Change) => Promise<T>): Promise<T> {
    let told = false
    const answer = await this.#db.as(settingsOf(who, true)).transaction(async (sql) => {
      const hash = createHash('sha256').update(JSON.stringify(request.body)).digest('hex')
      if (request.key !== undefined) {
        await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${who.person}/${request.key}`])
        const [known] = await sql('SELECT hash, answer FROM directory.idempotency WHERE who = $1 AND key = $2', [who.person, request.key])
        if (known && known['hash'] !== hash) throw new ProblemError('key-reused')
        if (known) {
          await this.#trail.record([{ who, what: 'read-answer-again', why: 'own-act' }], sql)
          return known['answer'] as T
        }
      }
      const made = await work({
        sql,
        at: this.clock.now(),
        trail: async (what, of, before, after) => {
          await this.#trail.record([{ who, what, about: of ?? undefined, at: this.clock.now() }], sql)
          await sql('INSERT INTO directory.change (at, who, what, of, before, after) VALUES ($1, $2, $3, $4, $5, $6)', [
            this.clock.now(),
            who.person,
            what,
            of,
            json(before),
            json(after),
          ])
        },
        tellCases: async (change) => {
          told = true
          await sql('INSERT INTO directory.outbox (payload, try_at) VALUES ($1, $2)', [JSON.stringify(change), this.clock.now()])
        },
      })
      if (request.key !== undefined) {
        await sql('INSERT INTO directory.idempotency (who, key, hash, answer, at) VALUES ($1, $2, $3, $4, $5)', [
          who.person,
          request.key,
          hash,
          JSON.stringify(made),
          this.clock.now(),
        ])
      }
      return made
    })
    if (told) this.#onTold()
    return answer
  }

  /** What this person may see. */
  rows(who: Who, text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.#db.as(settingsOf(who)).query(text, values)
  }
}

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))

/** Administrators work everywhere; others only in their own organisation. */
export function mustBeOf(who: Who, organisation: string | null | undefined): void {
  if (who.role !== 'administrator' && who.organisation !== organisation) throw new ProblemError('not-allowed')
}

/** The answer of a unique or foreign key that a request broke: their mistake, named by the field. */
export async function asInput<T>(pointer: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '23505' || code === '23503')
      throw new ProblemError('bad-input', { issues: [{ code: 'custom', message: 'invalid', path: [pointer] }] })
    throw error
  }
}
