/**
 * The data keys: one for each case, so that erasing the key erases what Temporal keeps of the case. They lie wrapped in the schema `keys`
 * and are known unwrapped only in memory, a few and for less than a minute.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { Log } from '../log.ts'
import { notMigrated } from '../migrated.ts'
import { describe } from '../ticker.ts'
import { KeyRing, unwrap, wrap, type RingSettings } from './key-ring.ts'
import { UnreadableError } from './unreadable.ts'

/** With the time of one fetch an erased key is out of use everywhere within a minute. */
export const LIFE_MS = 45_000
const MOST_KEPT = 2_000
/** Half of a workflow task. */
const PATIENCE_MS = 5_000
const ASK_AGAIN_MS = 200
/** The same trouble is told again after this. */
const TOLD_AGAIN_MS = 60_000
/** Asking which keys of the ring are in use costs a look into the index: once in so long. */
const RING_CHECKED_EVERY_MS = 10_000

const LIMITS = { max: 2, connectionTimeoutMillis: 3_000, statement_timeout: 3_000, idleTimeoutMillis: 300_000, keepAlive: true }

const FIND_BY = {
  id: 'SELECT id, owner, ring_key, wrapped FROM keys.data_key WHERE id = $1',
  owner: 'SELECT id, owner, ring_key, wrapped FROM keys.data_key WHERE owner = $1',
}
const ADD = 'INSERT INTO keys.data_key (id, owner, ring_key, wrapped) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id'
/** Each ring key in use, by one step into the index for each. */
export const RING_KEYS_IN_USE = `
WITH RECURSIVE used AS (
  SELECT min(ring_key) AS id FROM keys.data_key WHERE erased_at IS NULL
  UNION ALL SELECT (SELECT min(ring_key) FROM keys.data_key WHERE erased_at IS NULL AND ring_key > used.id) FROM used WHERE used.id IS NOT NULL)
SELECT id FROM used WHERE id IS NOT NULL`

/** `owner`: `case/<uuid>` or `namespace/<name>`. */
export type DataKey = { id: string; owner: string; key: Buffer }
type Row = { id: string; owner: string; ring_key: string; wrapped: Buffer | null }
type Kept = { dataKey: DataKey; until: number }

export type DataKeysOptions = {
  config: RingSettings & { KEYS_DATABASE_URL: string; TEMPORAL_NAMESPACE: string }
  log: Log
  /** Milliseconds that only grow, for the life of what is kept; another one for tests. */
  steady?: () => number
  /** How long a fetch goes on asking a database that does not answer, ms. */
  patience?: number
}

export class DataKeys {
  readonly namespace: string
  readonly ring: KeyRing
  readonly #url: string
  readonly #pool: pg.Pool
  readonly #log: Log
  readonly #steady: () => number
  readonly #patience: number
  readonly #byOwner = new Map<string, Kept>()
  readonly #byId = new Map<string, Kept>()
  readonly #asked = new Map<string, Promise<DataKey>>()
  readonly #told = new Map<string, number>()
  #ofNamespace: DataKey | undefined
  #checked: { at: number; missing: Promise<string[]> } | undefined
  readonly #refused = new Counter({
    name: 'tirek_payloads_refused_total',
    help: 'Payloads of Temporal that could not be read or written, by reason',
    labelNames: ['why'],
    registers: [],
  })
  readonly #missing = new Gauge({
    name: 'tirek_ring_key_missing',
    help: '1: data keys are wrapped by this key, and the ring of this process lacks it',
    labelNames: ['ring_key'],
    registers: [],
  })

  /** Throws when the settings are wrong. Connects when first asked. */
  constructor({ config, log, steady = () => performance.now(), patience = PATIENCE_MS }: DataKeysOptions) {
    this.namespace = config.TEMPORAL_NAMESPACE
    this.ring = new KeyRing(config)
    this.#log = log
    this.#steady = steady
    this.#patience = patience
    this.#url = config.KEYS_DATABASE_URL
    this.#pool = new pg.Pool({ connectionString: config.KEYS_DATABASE_URL, application_name: 'keys', ...LIMITS })
    this.#pool.on('error', () => {}) // a killed idle connection is replaced by the pool
  }

  /** Tries until the key of the namespace is known: from then on a failure can be reported whatever happens. */
  async ready(isStopped: () => boolean = () => false): Promise<void> {
    while (!this.#ofNamespace) {
      try {
        this.#ofNamespace = await this.of(this.namespaceOwner)
      } catch (error) {
        if (isStopped() || !(error instanceof UnreadableError && error.why === 'away')) throw error
        await pause(ASK_AGAIN_MS)
      }
    }
  }

  get namespaceOwner(): string {
    return `namespace/${this.namespace}`
  }

  /** The key for what belongs to no case, and for failures when the key of their case cannot be had. Known since `ready()`. */
  get ofNamespace(): DataKey {
    if (!this.#ofNamespace) throw new UnreadableError('away', 'the key of the namespace is not known yet')
    return this.#ofNamespace
  }

  /** The key to write with for an owner; made when there is none. Throws UnreadableError. */
  of(owner: string): Promise<DataKey> {
    return this.#get(this.#byOwner, owner, async () => {
      const found = await this.#find('owner', owner)
      if (found) return found
      const { current } = this.ring
      const made = { id: randomUUID(), owner, key: randomBytes(32) }
      const added = await this.#query(ADD, [made.id, owner, current.id, wrap(current, made)])
      if (added.length === 1) return made
      // Somebody else was faster, and is right.
      const stored = await this.#find('owner', owner)
      if (!stored) throw new UnreadableError('lost', `the data key of ${owner} was not kept`)
      return stored
    })
  }

  /** The key that something was sealed with. Throws UnreadableError. */
  byId(id: string): Promise<DataKey> {
    return this.#get(this.#byId, id, async () => {
      const found = await this.#find('id', id)
      if (!found) throw new UnreadableError('lost', `the data key ${id} is not in the database`)
      return found
    })
  }

  /** Throws when data keys are wrapped by a key that the ring lacks, and names it. */
  async check(): Promise<void> {
    const missing = await this.missing()
    if (missing.length > 0) throw new UnreadableError('ring-key-missing', `the ring lacks ${missing.join(', ')}`)
  }

  /** Ids of ring keys in use that this process lacks. */
  missing(): Promise<string[]> {
    if (!this.#checked || this.#steady() - this.#checked.at > RING_CHECKED_EVERY_MS) {
      const missing = this.#pool.query<{ id: string }>(RING_KEYS_IN_USE).then(({ rows }) => {
        const lacking = rows.map(({ id }) => id).filter((id) => !this.ring.find(id))
        this.#missing.reset()
        for (const id of lacking) {
          this.#missing.set({ ring_key: id }, 1)
          this.#tell(`ring ${id}`, { ringKey: id }, 'a key of the ring is missing: what it wraps cannot be read')
        }
        return lacking
      })
      this.#checked = { at: this.#steady(), missing }
      missing.catch(() => (this.#checked = undefined))
    }
    return this.#checked.missing
  }

  /** Counts and logs what could not be read or written; the same trouble is logged once a minute. */
  refuse(error: UnreadableError, about: { workflowId?: string | undefined } = {}): UnreadableError {
    this.#refused.inc({ why: error.why })
    this.#tell(`${error.why} ${error.message}`, { why: error.why, ...about, error: describe(error) }, 'a payload of Temporal is refused')
    return error
  }

  /** Has the metrics of the process show the state of the keys. */
  register(metrics: Registry): void {
    for (const metric of [this.#refused, this.#missing]) metrics.registerMetric(metric as never)
  }

  async close(): Promise<void> {
    this.#byId.clear()
    this.#byOwner.clear()
    await this.#pool.end()
  }

  async #get(kept: Map<string, Kept>, name: string, read: () => Promise<DataKey>): Promise<DataKey> {
    const found = kept.get(name)
    if (found && found.until > this.#steady()) return found.dataKey
    const slot = `${kept === this.#byId ? 'id' : 'owner'} ${name}`
    const running = this.#asked.get(slot)
    if (running) return running
    const begun = this.#steady()
    const asking = read()
      .then((dataKey) => {
        // Its life counts from before the database was asked: an erasure that comes in between is not outlived.
        this.#keep({ dataKey, until: begun + LIFE_MS })
        return dataKey
      })
      .finally(() => this.#asked.delete(slot))
    this.#asked.set(slot, asking)
    return asking
  }

  #keep(fresh: Kept): void {
    const { id, owner } = fresh.dataKey
    for (const [map, name] of [
      [this.#byId, id],
      [this.#byOwner, owner],
    ] as const) {
      map.delete(name)
      map.set(name, fresh)
      if (map.size > MOST_KEPT) map.delete(map.keys().next().value!)
    }
  }

  async #find(by: keyof typeof FIND_BY, value: string): Promise<DataKey | undefined> {
    const [row] = await this.#query<Row>(FIND_BY[by], [value])
    if (!row) return undefined
    const { id, owner, ring_key: ringKeyId, wrapped } = row
    if (!wrapped) throw new UnreadableError('erased', `the data key ${id} of ${owner} was erased`)
    const ringKey = this.ring.find(ringKeyId)
    if (!ringKey) throw new UnreadableError('ring-key-missing', `the ring lacks ${ringKeyId}, by which the data key ${id} is wrapped`)
    try {
      return { id, owner, key: unwrap(ringKey, { id, owner, wrapped }) }
    } catch (error) {
      throw new UnreadableError('damaged', `the data key ${id} does not open with ${ringKeyId}`, { cause: error })
    }
  }

  async #query<T extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<T[]> {
    for (const end = performance.now() + this.#patience; ;) {
      try {
        return (await this.#pool.query<T>(text, values)).rows
      } catch (error) {
        const notMade = notMigrated(error, this.#url, 'keys')
        if (notMade) throw notMade
        if (performance.now() > end) throw new UnreadableError('away', 'the database with the keys does not answer', { cause: error })
        await pause(ASK_AGAIN_MS)
      }
    }
  }

  #tell(trouble: string, details: object, message: string): void {
    const now = this.#steady()
    if (now - (this.#told.get(trouble) ?? -Infinity) < TOLD_AGAIN_MS) return
    if (this.#told.size > 1_000) this.#told.clear()
    this.#told.set(trouble, now)
    this.#log.error(details, message)
  }
}

const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds))
