/** A service makes no role and no schema: the job `migrate` alone does, and a service that comes before it says so and ends. */
import { Database, type Migration } from './database.ts'

const BY_JOB = 'The job `migrate` brings it there; `npm start` and docker-compose.yml run it before the services'

/** The database was not, or not far enough, made ready by the job `migrate`. */
export class NotMigratedError extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(`${what}. ${BY_JOB}`, options)
    this.name = 'NotMigratedError'
  }
}

/** Opens the pool of a service. Throws NotMigratedError, which names what is missing, when the schema is older than these migrations. */
export async function openMigrated(
  { url, name, poolSize }: { url: string; name: string; poolSize?: number },
  schema: string,
  migrations: readonly Pick<Migration, 'name'>[],
): Promise<Database> {
  const db = await Database.open(url, name, poolSize).catch((error: unknown) => {
    throw notMigrated(error, url) ?? error
  })
  try {
    const rows = await db.query(`SELECT name FROM "${schema}".migration`).catch((error: unknown) => {
      throw notMigrated(error, url, schema) ?? error
    })
    const applied = new Set(rows.map((row) => row['name'] as string))
    const missing = migrations.map((one) => one.name).filter((one) => !applied.has(one))
    if (missing.length > 0)
      throw new NotMigratedError(`the schema ${schema} is older than this service needs: it lacks ${missing.slice(0, 3).join(', ')}`)
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}

/** What Postgres answers where a role, a schema or a table is not made yet; undefined: something else is wrong. */
export function notMigrated(error: unknown, url: string, schema?: string): NotMigratedError | undefined {
  const code = String((error as { code?: unknown }).code)
  if (/^(28P01|28000)$/.test(code))
    return new NotMigratedError(`the database lets ${new URL(url).username} in by no such password`, { cause: error })
  if (code === '3D000') return new NotMigratedError(`there is no database ${new URL(url).pathname.slice(1)}`, { cause: error })
  if (/^(42P01|3F000|42501)$/.test(code))
    return new NotMigratedError(`the schema ${schema ?? 'of this service'} is not made yet`, { cause: error })
  return undefined
}
