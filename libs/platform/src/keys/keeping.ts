/** What a keeper of the keys does: looks after them, wraps them anew, erases one. Needs a role that may change rows; services have none. */
import pg from 'pg'
import { RING_KEYS_IN_USE } from './data-keys.ts'
import { unwrap, wrap, type KeyRing } from './key-ring.ts'

const BATCH = 500

export type KeysStatus = {
  /** Ids of the ring, the current one first. */
  ring: string[]
  /** How many data keys are wrapped by each ring key. */
  wrappedBy: Record<string, number>
  /** Ring keys in use that the ring lacks. */
  missing: string[]
  erased: number
  /** Data keys that open with the ring, and that do not. */
  readable: number
  unreadable: number
}

type Wrapped = { id: string; owner: string; ring_key: string; wrapped: Buffer }

export class KeyKeeper {
  readonly #pool: pg.Pool
  readonly #ring: KeyRing

  /** `adminUrl`: a role that may change rows of `keys.data_key`. */
  constructor(adminUrl: string, ring: KeyRing) {
    this.#pool = new pg.Pool({ connectionString: adminUrl, max: 1, application_name: 'keys-keeper', connectionTimeoutMillis: 5_000 })
    this.#pool.on('error', () => {})
    this.#ring = ring
  }

  /** Opens every data key to see that it can be read. */
  async status(): Promise<KeysStatus> {
    const status: KeysStatus = { ring: this.#ring.ids, wrappedBy: {}, missing: [], erased: 0, readable: 0, unreadable: 0 }
    const { rows: used } = await this.#pool.query<{ id: string }>(RING_KEYS_IN_USE)
    status.missing = used.map(({ id }) => id).filter((id) => !this.#ring.find(id))
    const { rows: erased } = await this.#pool.query('SELECT count(*)::int AS n FROM keys.data_key WHERE erased_at IS NOT NULL')
    status.erased = (erased[0] as { n: number }).n
    for (let from = '00000000-0000-0000-0000-000000000000'; ;) {
      const { rows } = await this.#pool.query<Wrapped>(
        'SELECT id, owner, ring_key, wrapped FROM keys.data_key WHERE erased_at IS NULL AND id > $1 ORDER BY id LIMIT $2',
        [from, BATCH],
      )
      for (const row of rows) {
        status.wrappedBy[row.ring_key] = (status.wrappedBy[row.ring_key] ?? 0) + 1
        if (this.#opened(row)) status.readable++
        else status.unreadable++
      }
      if (rows.length < BATCH) return status
      from = rows.at(-1)!.id
    }
  }

  /**
   * Wraps every data key by the current key of the ring, a batch in a transaction. Safe to kill and to repeat; services read on meanwhile.
   * Returns how many were wrapped anew, and how many could not be opened and are left as they were.
   */
  async rotate(onBatch: (done: number) => void = () => {}): Promise<{ rewrapped: number; left: number }> {
    const { current } = this.#ring
    let rewrapped = 0
    let left = 0
    for (let from = '00000000-0000-0000-0000-000000000000'; ;) {
      const client = await this.#pool.connect()
      try {
        await client.query('BEGIN')
        const { rows } = await client.query<Wrapped>(
          `SELECT id, owner, ring_key, wrapped FROM keys.data_key WHERE erased_at IS NULL AND ring_key <> $1 AND id > $2
            ORDER BY id LIMIT $3 FOR UPDATE`,
          [current.id, from, BATCH],
        )
        const changed = rows.flatMap((row) => {
          const key = this.#opened(row)
          return key ? [{ id: row.id, wrapped: wrap(current, { id: row.id, owner: row.owner, key }) }] : []
        })
        await client.query(
          `UPDATE keys.data_key k SET ring_key = $1, wrapped = n.wrapped FROM unnest($2::uuid[], $3::bytea[]) AS n(id, wrapped) WHERE k.id = n.id`,
          [current.id, changed.map(({ id }) => id), changed.map(({ wrapped }) => wrapped)],
        )
        await client.query('COMMIT')
        rewrapped += changed.length
        left += rows.length - changed.length
        onBatch(rewrapped)
        if (rows.length < BATCH) return { rewrapped, left }
        from = rows.at(-1)!.id
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {})
        throw error
      } finally {
        client.release()
      }
    }
  }

  /** Destroys the data key of an owner. What Temporal keeps of it cannot be read by anybody from then on. False: it has none, or had one. */
  async erase(owner: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      'UPDATE keys.data_key SET wrapped = NULL, erased_at = clock_timestamp() WHERE owner = $1 AND erased_at IS NULL',
      [owner],
    )
    return rowCount === 1
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }

  #opened(row: Wrapped): Buffer | undefined {
    const ringKey = this.#ring.find(row.ring_key)
    try {
      return ringKey && unwrap(ringKey, row)
    } catch {
      return undefined
    }
  }
}
