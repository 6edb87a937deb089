/** Limits on tries at a door, by address or by what is tried. Only failures count, so nobody is kept out by success. */
import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterAbstract } from 'rate-limiter-flexible'
import type { Queries } from './database.ts'
import { ProblemError } from './problem.ts'

/** `most` in so many seconds of the machine. */
export type TriesAllowed = { most: number; seconds: number }

/** Of a sign-in: as many failures as the people of one clinic behind one address may need at once. */
export const SIGN_IN_TRIES: TriesAllowed = { most: 60, seconds: 60 }
/** Of bearer tokens: nobody types these. */
export const TOKEN_TRIES: TriesAllowed = { most: 60, seconds: 60 }

/** A table that all processes of a service count in: a restart forgets nothing. `name` tells one limit from another there. */
export type TriesTable = { db: Pick<Queries, 'query'>; schema: string; name: string }

/** For a migration. Rows are hashes, numbers and instants; the library takes away what ended an hour ago. */
export const createTries = (role: string): string => `
CREATE TABLE tries (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint);
CREATE INDEX tries_expire ON tries (expire);
GRANT SELECT, INSERT, UPDATE, DELETE ON tries TO ${role};`

export class Tries {
  readonly #limiter: RateLimiterAbstract
  readonly #most: number

  /** Without a table they are counted in the memory of this process. */
  constructor({ most, seconds }: TriesAllowed, table?: TriesTable) {
    const allowed = { points: most, duration: seconds }
    this.#most = most
    this.#limiter = table
      ? new RateLimiterPostgres({
          ...allowed,
          storeClient: {
            query: async ({ text, values, name }: { text: string; values: unknown[]; name?: string }) => ({
              rows: await table.db.query(text, values, name),
            }),
          },
          storeType: 'client',
          schemaName: table.schema,
          tableName: 'tries',
          tableCreated: true,
          keyPrefix: table.name,
          // While the database is away.
          insuranceLimiter: new RateLimiterMemory(allowed),
        })
      : new RateLimiterMemory(allowed)
  }

  /** Throws `too-many-tries` with the seconds to wait when no try is left. */
  async mayTry(of: string): Promise<void> {
    const used = await this.#limiter.get(keyOf(of))
    if (used && used.consumedPoints >= this.#most) throw tooMany(used.msBeforeNext)
  }

  /** Notes a failure. */
  async failed(of: string): Promise<void> {
    await this.#limiter.penalty(keyOf(of))
  }

  /** Notes a try, whatever comes of it; throws as `mayTry`. In one statement: tries at the same time are all counted. */
  async take(of: string): Promise<void> {
    await this.#limiter.consume(keyOf(of)).catch((used: Error | { msBeforeNext: number }) => {
      throw used instanceof Error ? used : tooMany(used.msBeforeNext)
    })
  }
}

/** Addresses and tokens are nobody's to read there, and of one length. */
const keyOf = (of: string) => createHash('sha256').update(of).digest('base64url')

const tooMany = (ms: number) => {
  const seconds = Math.max(1, Math.ceil(ms / 1_000))
  return new ProblemError('too-many-tries', { params: { seconds }, more: { retryAfter: seconds } })
}
