/**
 * The floor under saving a form: what the record itself asks the database for one registration, planned by the same code beforehand and
 * then sent by Node and `pg` without HTTP, checks or folding. However the service changes, its floor is made of the same statements.
 */
import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { machineClock } from '@tirek/platform/clock'
import { Database, type Queries, type Row, type Sql } from '@tirek/platform/database'
import { Trail } from '@tirek/platform/trail'
import { AsPerson } from '@tirek/cases/record/as-person'
import { Contexts } from '@tirek/cases/record/contexts'
import { Procedure } from '@tirek/cases/record/facts'
import { Record as CaseRecord } from '@tirek/cases/record/record'
import { Register } from '@tirek/cases/http/register'
import { Searches } from '@tirek/cases/http/searches'
import { SCHEMA } from '@tirek/cases/migrations'
import { HelpRequest } from '@tirek/contract/forms/help-request'
import { urlAs } from '../../infra/dev/processes.mjs'
import type { Bed } from './bed.ts'
import { requestOf } from './people.ts'

type Settings = Readonly<{ [name: string]: string }>
type Statement = { text: string; values: readonly unknown[]; name?: string | undefined; as?: Settings | undefined }
/** Nothing waits for it within the life of a bench. */
const NEVER = 10 ** 12

/** Stands for the database while a registration is planned: keeps what is asked, answers as for a child that nobody knows. */
class Planner implements Pick<Database, 'query' | 'transaction' | 'as'> {
  readonly statements: Statement[] = []

  async query(text: string, values: readonly unknown[] = [], name?: string, as?: Settings): Promise<Row[]> {
    this.statements.push({ text, values, name, as })
    return name === 'create-case' ? [{ n: 1, number: 'FLOOR' }] : []
  }

  as = (settings: Settings): Queries => ({
    query: (text, values, name) => this.query(text, values, name, settings),
    transaction: (work) => work((text, values, name) => this.query(text, values, name, settings)),
  })

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return work((...statement) => this.query(...statement))
  }
}

export class Floor {
  readonly #bed: Bed
  readonly #db: Database
  readonly #contexts: Contexts
  readonly #plans: Statement[][] = []
  #next = 0

  private constructor(bed: Bed, db: Database) {
    this.#bed = bed
    this.#db = db
    this.#contexts = new Contexts(db)
  }

  static async open(bed: Bed): Promise<Floor> {
    const { roles } = JSON.parse(readFileSync(join(bed.system.home, 'secrets.json'), 'utf8')) as { roles: Record<string, string> }
    const url = urlAs(bed.system.at.adminUrl, 'tirek_cases', roles['tirek_cases']!)
    // As many connections as the service has.
    return new Floor(bed, await Database.open(url, 'floor', 20))
  }

  /** How many registrations are planned and not sent. */
  get left(): number {
    return this.#plans.length - this.#next
  }

  async plan(count: number): Promise<void> {
    this.#plans.splice(0, this.#next)
    this.#next = 0
    for (let n = 0; n < count; n++) this.#plans.push(await this.#planOne(n))
  }

  /** Sends the statements of one registration, one after the other. */
  async run(): Promise<void> {
    const plan = this.#plans[this.#next++]
    if (!plan) throw new Error('more registrations than were planned')
    for (const { text, values, name, as } of plan) await (as ? this.#db.as(as) : this.#db).query(text, values, name)
  }

  /** Takes away what the services would find to do later, so that the floor does not slow what is measured after it. */
  async close(): Promise<void> {
    const { db } = this.#bed.system
    const floor = `SELECT id FROM cases."case" WHERE number LIKE 'FLOOR-%'`
    await db.query(`DELETE FROM cases.outbox WHERE case_id IN (${floor})`)
    await db.query(`UPDATE cases.deadline SET state = 'kept', next_step_at = NULL WHERE case_id IN (${floor})`)
    await this.#db.close()
  }

  async #planOne(n: number): Promise<Statement[]> {
    const planner = new Planner()
    const db = planner as unknown as Database
    const trail = new Trail(db, SCHEMA, machineClock)
    const asPerson = new AsPerson(db, machineClock, this.#contexts)
    const register = new Register(trail, asPerson, new Searches(db, machineClock, trail))
    const record = new CaseRecord(machineClock, trail, this.#contexts, asPerson, new Procedure(this.#contexts), 60_000)
    const check = {
      similar: (...asked: Parameters<Register['similar']>) => register.similar(...asked),
      mayShow: register.mayShow,
    }
    await record.open('help-request-registered', HelpRequest.parse(requestOf(n)), { who: this.#bed.who, key: randomUUID() }, check)
    return planner.statements.map((statement) =>
      statement.name === 'create-case' ? { ...statement, values: asleep(statement.values) } : statement,
    )
  }
}

/** The same rows, but nothing that the services find to do while the floor is measured. */
function asleep([text, ...rest]: readonly unknown[]): unknown[] {
  const saved = JSON.parse(text as string) as {
    prefix: string
    case: { ended: boolean }
    outbox: { not_before: number }[]
    deadlines: { next_step_at: number | null }[]
  }
  saved.prefix = 'FLOOR'
  saved.case.ended = true
  for (const row of saved.outbox) row.not_before += NEVER
  for (const row of saved.deadlines) if (row.next_step_at !== null) row.next_step_at += NEVER
  return [JSON.stringify(saved), ...rest]
}
