/** Postgres: a pool with limits of its own, transactions, migrations that go forward only, notifications. */
import pg from 'pg'
import type { Log } from './log.ts'

// bigint columns hold milliseconds and counters, all far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

export type Row = Record<string, any>
/** A statement on one connection. `name` makes it a prepared one. */
export type Sql = (text: string, values?: readonly unknown[], name?: string) => Promise<Row[]>

const LIMITS = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 10_000,
  idle_in_transaction_session_timeout: 15_000,
  keepAlive: true,
  // A connection knows its prepared statements: one that is closed in every pause costs the next person a sign-in and all plans anew.
  idleTimeoutMillis: 300_000,
  // Statements handed over together go out together: settings, statement and COMMIT are one round trip.
  pipeline: true,
}

export class Database {
  readonly #pool: pg.Pool

  private constructor(pool: pg.Pool) {
    this.#pool = pool
    this.#pool.on('error', () => {}) // a killed idle connection is replaced by the pool
  }

  /** Opens the pool and its first connection; retried by the caller. */
  static async open(url: string, name: string, poolSize = 10): Promise<Database> {
    const database = new Database(new pg.Pool({ connectionString: url, application_name: name, max: poolSize, ...LIMITS }))
    try {
      await database.query('SELECT 1')
    } catch (error) {
      await database.close()
      throw error
    }
    return database
  }

  /** One statement on any connection. */
  async query(text: string, values: readonly unknown[] = [], name?: string): Promise<Row[]> {
    const { rows } = await this.#pool.query({ text, values: [...values], ...(name ? { name } : {}) })
    return rows as Row[]
  }

  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  async transaction<T>(work: (sql: Sql) => Promise<T>, begin = 'BEGIN'): Promise<T> {
    const client = await this.#pool.connect()
    let broken: Error | undefined
    try {
      const sql: Sql = async (text, values = [], name) =>
        (await client.query({ text, values: [...values], ...(name ? { name } : {}) })).rows as Row[]
      await client.query(begin)
      const result = await work(sql)
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK').catch((failed: Error) => (broken = failed))
      throw error
    } finally {
      client.release(broken)
    }
  }

  /**
   * Statements under settings that hold for one transaction and are gone with it: row-level policies read them. Names and values
   * stand in the statement as they are, so they may hold no more than letters, digits and `{},.-`. Prepared statements are planned once
   * a connection, whatever their values: to plan a statement under policies takes longer than to run it.
   */
  as(settings: Readonly<{ [name: string]: string }>): Queries {
    const begin = beginWith(settings)
    return {
      query: (text, values, name) => this.#queryAfter(begin, text, values, name),
      transaction: (work) => this.transaction(work, begin),
    }
  }

  async #queryAfter(begin: string, text: string, values: readonly unknown[] = [], name?: string): Promise<Row[]> {
    const client = await this.#pool.connect()
    let broken: Error | undefined
    try {
      // One round trip, and one packet. COMMIT of a failed transaction rolls back.
      const [, asked, ended] = await together(client, () =>
        Promise.allSettled([
          client.query(begin),
          client.query({ text, values: [...values], ...(name ? { name } : {}) }),
          client.query('COMMIT'),
        ]),
      )
      if (ended.status === 'rejected') broken = ended.reason as Error
      if (asked.status === 'rejected') throw asked.reason
      if (broken) throw broken
      return asked.value.rows as Row[]
    } finally {
      client.release(broken)
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}

/** What is handed over meanwhile goes out in one write, where it would take one each: that was half of what a service computed for a form. */
function together<T>(client: pg.PoolClient, hand: () => T): T {
  const { stream } = client.connection
  stream.cork()
  try {
    return hand()
  } finally {
    stream.uncork()
  }
}

/** What asks the record: the database itself, or the same under settings. */
export type Queries = Pick<Database, 'query' | 'transaction'>

function beginWith(settings: Readonly<{ [name: string]: string }>): string {
  const set = Object.entries(settings).map(([name, value]) => {
    if (!/^[a-z]+\.[a-z_]+$/.test(name) || !/^[0-9A-Za-z{},.-]*$/.test(value)) throw new Error(`${name} cannot be set to this`)
    return `set_config('${name}', '${value}', true)`
  })
  return `BEGIN; SELECT ${[`set_config('plan_cache_mode', 'force_generic_plan', true)`, ...set].join(', ')}`
}

export type Migration = { name: string; sql: string }

/**
 * Applies what is not applied yet, in order, each in its own transaction, under an advisory lock. Makes schema and roles, which may see how far
 * it is. `url` is the administrator's.
 */
export async function migrate(
  url: string,
  schema: string,
  roles: readonly { name: string; password: string }[],
  migrations: readonly Migration[],
): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  const applied: string[] = []
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('tirek-migrations'))`)
    for (const { name, password } of roles) {
      const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
      if (!rowCount) await client.query(`CREATE ROLE ${pg.escapeIdentifier(name)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE`)
      await client.query(`ALTER ROLE ${pg.escapeIdentifier(name)} PASSWORD ${pg.escapeLiteral(password)}`)
    }
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(schema)}`)
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${pg.escapeIdentifier(schema)}.migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())`,
    )
    const { rows } = await client.query(`SELECT name FROM ${pg.escapeIdentifier(schema)}.migration`)
    const known = new Set((rows as { name: string }[]).map((row) => row.name))
    for (const { name, sql } of migrations) {
      if (known.has(name)) continue
      await client.query('BEGIN')
      try {
        await client.query(`SET LOCAL search_path TO ${pg.escapeIdentifier(schema)}, public`)
        await client.query(sql)
        await client.query(`INSERT INTO ${pg.escapeIdentifier(schema)}.migration (name) VALUES ($1)`, [name])
        await client.query('COMMIT')
      } catch (error) {
        await client.query('ROLLBACK')
        throw new Error(`migration ${schema}/${name} failed: ${(error as Error).message}`)
      }
      applied.push(name)
    }
    for (const { name } of roles) {
      await client.query(`GRANT USAGE ON SCHEMA ${pg.escapeIdentifier(schema)} TO ${pg.escapeIdentifier(name)}`)
      await client.query(`GRANT SELECT ON ${pg.escapeIdentifier(schema)}.migration TO ${pg.escapeIdentifier(name)}`)
    }
    return applied
  } finally {
    await client.end()
  }
}

/** Hears NOTIFY on a channel on a connection of its own and comes back when the connection is lost. */
export function listen(url: string, channel: string, onMessage: (payload: string) => void, log: Log): { stop(): Promise<void> } {
  let stopped = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  const connect = async () => {
    if (stopped) return
    const fresh = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: `listen-${channel}`,
    })
    let lost = false
    const again = () => {
      if (lost) return
      lost = true
      fresh.end().catch(() => {})
      if (!stopped) timer = setTimeout(connect, 500)
    }
    fresh.on('error', again)
    fresh.on('end', again)
    fresh.on('notification', ({ payload }) => onMessage(payload ?? ''))
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
      client = fresh
      onMessage('')
    } catch {
      log.warn({ channel }, 'not listening: the database is away')
      again()
    }
  }
  void connect()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}

/** Is this error the database being away (not the statement being wrong)? */
export function isAway(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  const message = error instanceof Error ? error.message : ''
  return (
    /^(08|57P|53)/.test(code) ||
    /ECONN|EPIPE|ETIMEDOUT|ENOTFOUND/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool|not queryable/.test(
      message,
    )
  )
}
