/** Postgres by TypeORM: entities for what is read and inserted, guarded UPDATEs for what is changed. Migrations are our own. */
import 'reflect-metadata'
import type { Row, Sql } from '@tirek/platform/database'
import { DataSource, type EntityManager } from 'typeorm'
import type { Place } from './kind.ts'

/** A statement of ours on the connection of a transaction. */
export const sqlOf =
  (tx: EntityManager): Sql =>
  async (text, values = []) => {
    const answer = (await tx.query(text, [...values])) as Row[] | [Row[], number]
    // TypeORM answers UPDATE and DELETE with the rows and their number.
    return Array.isArray(answer[0]) ? answer[0] : (answer as Row[])
  }

type Opening = Place & { url: string; name: string; poolSize: number; entities: readonly (new () => object)[] }

export class Store {
  readonly #source: DataSource
  readonly #place: Place

  private constructor(source: DataSource, place: Place) {
    this.#source = source
    this.#place = place
  }

  static async open({ url, name, poolSize, entities, ...place }: Opening): Promise<Store> {
    const source = new DataSource({
      type: 'postgres',
      url,
      schema: place.schema,
      entities: [...entities],
      synchronize: false,
      // What a statement holds is nobody's to read in a log.
      logging: false,
      applicationName: name,
      poolSize,
      connectTimeoutMS: 5_000,
      poolErrorHandler: () => {}, // a killed idle connection is replaced by the pool
      extra: { statement_timeout: 10_000, idle_in_transaction_session_timeout: 15_000, keepAlive: true, idleTimeoutMillis: 300_000 },
    })
    await source.initialize()
    return new Store(source, place)
  }

  /** What a person reads: the rows of these cases, and no others, are there for it, and none can be written. */
  asPerson<T>(person: string, cases: readonly string[], work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.#withSettings(person, cases, '', work)
  }

  /** What a person changes, once it was decided that they may. */
  asWriter<T>(person: string, cases: readonly string[], work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.#withSettings(person, cases, 'on', work)
  }

  #withSettings<T>(person: string, cases: readonly string[], writes: string, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const { of } = this.#place
    return this.#source.transaction(async (tx) => {
      await tx.query(
        `SELECT set_config('tirek.person', $1, true), set_config('tirek.${of}_cases', $2, true), set_config('tirek.${of}_writes', $3, true)`,
        [person, `{${cases.join(',')}}`, writes],
      )
      return work(tx)
    })
  }

  /** What the service does by itself. Only for the role of the loops: for any other nothing is there. */
  asItself<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.#source.transaction(work)
  }

  /** The case that a proceeding belongs to, and nothing else of it. */
  async caseOf(id: string): Promise<string | undefined> {
    const [row] = (await this.#source.query(`SELECT ${this.#place.schema}.case_of($1) AS case`, [id])) as { case: string | null }[]
    return row?.case ?? undefined
  }

  close(): Promise<void> {
    return this.#source.destroy()
  }
}
