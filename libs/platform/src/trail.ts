/** The trail: every act and every reading, who, what, why allowed, from where. It holds no content. No row, no act. */
import type { Role } from '@tirek/contract/roles'
import { asking } from './asking.ts'
import type { Clock } from './clock.ts'
import type { Database, Sql } from './database.ts'
import { insertTrail } from './trail-sql.ts'
import { ofCase } from './trail-wall.ts'

export type TrailEntry = {
  who: { person: string; role: Role | 'system'; organisation?: string | null | undefined }
  /** A name of our own, never typed by people. */
  what: string
  /** The relation by which it was allowed, or the code of the refusal. Without it: what `explain` said, else the role. */
  why?: string | undefined
  caseId?: string | undefined
  /** The act that was recorded, or the row that was changed. */
  about?: string | undefined
  outcome?: 'done' | 'refused'
  /** When it was, ms UTC; now when not given. */
  at?: number
}

/** A row as `insertTrail` takes it. */
export type TrailRow = {
  at: number
  who: string
  role: string
  organisation: string | null
  what: string
  why: string
  case_id: string | null
  about: string | null
  request: string | null
  from_where: string | null
  outcome: 'done' | 'refused'
}

/** What the system did by itself. */
export const SYSTEM = { person: '00000000-0000-0000-0000-000000000000', role: 'system' } as const

export class Trail {
  readonly schema: string
  readonly #db: Database
  readonly #clock: Clock
  readonly #insert: string

  constructor(db: Database, schema: string, clock: Clock) {
    this.#db = db
    this.schema = schema
    this.#clock = clock
    this.#insert = insertTrail(schema, '$1::jsonb')
  }

  /** A row to be inserted by the statement of the act itself (`insertTrail`). The request counts as recorded from here on. */
  row(entry: TrailEntry): TrailRow {
    const asked = asking()
    if (asked) asked.isRecorded = true
    return {
      at: entry.at ?? this.#clock.now(),
      who: entry.who.person,
      role: entry.who.role,
      organisation: entry.who.organisation ?? null,
      what: entry.what,
      why: entry.why ?? asked?.why ?? 'role',
      case_id: entry.caseId ?? null,
      about: entry.about ?? null,
      request: asked?.request ?? null,
      from_where: asked?.from ?? null,
      outcome: entry.outcome ?? 'done',
    }
  }

  /** Is this the id of a case? Its chain begins with the act that opened it, and no refusal begins one. */
  async isOfCase(id: string): Promise<boolean> {
    const rows = await this.#db
      .as(ofCase(id))
      .query(
        `SELECT 1 FROM ${this.schema}.trail WHERE chain = $1 AND n = 1 AND case_id = $1 AND outcome = 'done'`,
        [id],
        `trail-of-case-${this.schema}`,
      )
    return rows.length > 0
  }

  /** Adds rows: in the transaction of `sql`, or in one of their own. Throws when they cannot be written: then nothing may be answered. */
  async record(entries: readonly TrailEntry[], sql: Sql = (text, values, name) => this.#db.query(text, values, name)): Promise<void> {
    if (entries.length === 0) return
    await sql(this.#insert, [JSON.stringify(entries.map((entry) => this.row(entry)))], `trail-${this.schema}`)
  }
}
