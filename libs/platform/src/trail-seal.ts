/** Seals the heads of the trails every hour; sees heads only, never a row. */
import type { KeyObject } from 'node:crypto'
import { Checkpoints, publicOf, Root, type Checkpoint, type Head, type SealedTrail } from './checkpoints.ts'
import type { Clock } from './clock.ts'
import type { Database, Row } from './database.ts'

const HOUR = 3_600_000
/** Without a checkpoint for longer than this something is wrong. */
export const SEAL_LATE_MS = 2 * HOUR

/** Every schema with a trail: whoever seals, seals them all. */
export const TRAILS = ['cases', 'directory', 'notifications', 'meetings', 'referrals'] as const

export type SealerOptions = {
  db: Database
  clock: Clock
  /** Schemas with a trail. */
  schemas: readonly string[]
  folder: string
  key: KeyObject
  /** Public keys of before, in base64: their checkpoints hold. */
  oldKeys?: readonly string[]
}

export class Sealer {
  readonly #options: SealerOptions
  readonly #checkpoints: Checkpoints
  readonly #sealed = new Map<string, Map<string, Head>>()
  /** Chains whose head stood behind what was sealed, at the last sealing: somebody took rows back. */
  goneBack = 0

  constructor(options: SealerOptions) {
    this.#options = options
    this.#checkpoints = new Checkpoints(options.folder, [publicOf(options.key), ...(options.oldKeys ?? [])], (checkpoint) =>
      this.#note(checkpoint),
    )
    this.#checkpoints.catchUp()
  }

  /** When the last checkpoint was made, ms UTC; undefined: never. */
  get lastAt(): number | undefined {
    return this.#checkpoints.last?.at
  }
  /** Number and hash of the last checkpoint, for the log. */
  get said(): { checkpoint?: number; hash: string } {
    return { ...(this.#checkpoints.last ? { checkpoint: this.#checkpoints.last.n } : {}), hash: this.#checkpoints.lastHash }
  }
  get damages(): number {
    return this.#checkpoints.damages.length
  }

  /** Seals when an hour of the Clock began since the last one: missed hours are made good by one. Returns how many it made. */
  async turn(): Promise<number> {
    const { lastAt } = this
    if (lastAt !== undefined && Math.floor(lastAt / HOUR) >= Math.floor(this.#options.clock.now() / HOUR)) return 0
    await this.seal()
    return 1
  }

  /** Seals now. `restored`: people know that the database was brought back in time. */
  async seal(restored?: Checkpoint['restored']): Promise<Checkpoint> {
    const { db, clock, schemas, key } = this.#options
    return db.transaction(async (sql) => {
      // One at a time, whichever process it is.
      await sql(`SELECT pg_advisory_xact_lock(hashtext('tirek-trail-seal'))`)
      this.#checkpoints.catchUp()
      const trails: { [schema: string]: SealedTrail } = {}
      this.goneBack = 0
      for (const schema of schemas) trails[schema] = await this.#headsOf(schema, sql)
      return this.#checkpoints.append(key, { at: clock.now(), trails, ...(restored ? { restored } : {}) })
    })
  }

  async #headsOf(schema: string, sql: (text: string, values?: readonly unknown[]) => Promise<Row[]>): Promise<SealedTrail> {
    const sealed = this.#sealed.get(schema) ?? new Map<string, Head>()
    const root = new Root()
    const heads: Head[] = []
    let met = 0
    for (let after = '00000000-0000-0000-0000-000000000000', isFirst = true; ; isFirst = false) {
      const rows = await sql(
        `SELECT chain, n, encode(hash, 'hex') AS hash FROM ${schema}.trail_head WHERE chain > $1 OR ($2 AND chain = $1) ORDER BY chain LIMIT 50000`,
        [after, isFirst],
      )
      if (rows.length === 0) break
      for (const row of rows) {
        const head: Head = [row['chain'] as string, row['n'] as number, row['hash'] as string]
        root.add(head)
        const before = sealed.get(head[0])
        if (before) met++
        if (before?.[1] === head[1] && before[2] === head[2]) continue
        if (before && before[1] >= head[1]) this.goneBack++
        heads.push(head)
      }
      after = rows.at(-1)!['chain'] as string
    }
    this.goneBack += sealed.size - met
    return { chains: root.chains, rows: root.rows, root: root.hex, heads }
  }

  #note(checkpoint: Checkpoint): void {
    for (const [schema, { heads }] of Object.entries(checkpoint.trails)) {
      const sealed = this.#sealed.get(schema) ?? new Map<string, Head>()
      this.#sealed.set(schema, sealed)
      for (const head of heads) sealed.set(head[0], head)
    }
    for (const { schema, chain, upTo } of checkpoint.restored?.chains ?? []) if (upTo === 0) this.#sealed.get(schema)?.delete(chain)
  }
}
