/** Verifies trails against themselves and against everything that was ever sealed. Streams: memory grows with what was sealed, not with rows. */
import type pg from 'pg'
// Numbers of rows are read as numbers.
import './database.ts'
import { Checkpoints, Root, type Checkpoint, type CheckpointDamage, type Head } from './checkpoints.ts'
import { diagnose, type ChainDamage } from './trail-damage.ts'
import { BEGINNING, hashOfRow, type StoredRow } from './trail-hash.ts'

export type Verdict = {
  ok: boolean
  rows: number
  chains: number
  checkpoints: number
  /** Of the last checkpoint, ms UTC. */
  sealedAt?: number
  ms: number
  /** The first bad row of each chain. */
  damages: ChainDamage[]
  checkpointDamages: CheckpointDamage[]
  /** Chains that were brought back in time by a restore that people know of. */
  restored: number
}

type Sealed = { n: number; hash: string }
/** What was sealed: schema → chain → heads by their number. */
type SealedHeads = Map<string, Map<string, Sealed[]>>

const FIELDS =
  "seq, chain, n, at, who, role, organisation, what, why, case_id, about, request, from_where, outcome, encode(prev, 'hex'), encode(hash, 'hex')"
/** So many rows are fetched at once. */
const BATCH = 20_000
/** More bad chains than this are counted, not looked into. */
const MOST = 1_000

/** Reads in one snapshot; `client` must see all rows (the administrator's). Throws only when it cannot read. */
export async function verifyTrails(
  client: pg.Client,
  options: { schemas: readonly string[]; folder: string; publicKeys: readonly string[]; onRows?: (rows: number) => void },
): Promise<Verdict> {
  const began = performance.now()
  // Checkpoints first: what is sealed while we read must not look like missing rows.
  const { sealed, checkpoints, restored, count } = readSealed(options)
  const damages: ChainDamage[] = []
  let [rows, chains] = [0, 0]
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    // Whole trails are read: longer than a request may take.
    await client.query('SET LOCAL statement_timeout = 0')
    for (const schema of options.schemas) {
      const seen = await verifyOne(client, schema, sealed.get(schema) ?? new Map(), damages, options.onRows)
      rows += seen.rows
      chains += seen.chains
    }
  } finally {
    await client.query('ROLLBACK')
  }
  return {
    ok: damages.length === 0 && checkpoints.damages.length === 0,
    rows,
    chains,
    checkpoints: count,
    ...(checkpoints.last ? { sealedAt: checkpoints.last.at } : {}),
    ms: Math.round(performance.now() - began),
    damages,
    checkpointDamages: checkpoints.damages,
    restored,
  }
}

function readSealed({ folder, publicKeys }: { folder: string; publicKeys: readonly string[] }) {
  const sealed: SealedHeads = new Map()
  const latest = new Map<string, Map<string, Head>>()
  let [restored, count] = [0, 0]
  const take = (checkpoint: Checkpoint) => {
    count++
    for (const { schema, chain, upTo } of checkpoint.restored?.chains ?? []) {
      restored++
      const heads =
        sealed
          .get(schema)
          ?.get(chain)
          ?.filter(({ n }) => n <= upTo) ?? []
      sealed.get(schema)?.set(chain, heads)
      if (upTo === 0) latest.get(schema)?.delete(chain)
    }
    for (const [schema, { heads }] of Object.entries(checkpoint.trails)) {
      const chains = sealed.get(schema) ?? new Map<string, Sealed[]>()
      sealed.set(schema, chains)
      const heights = latest.get(schema) ?? new Map<string, Head>()
      latest.set(schema, heights)
      for (const [chain, n, hash] of heads) {
        heights.set(chain, [chain, n, hash])
        const known = chains.get(chain)
        if (known) known.push({ n, hash })
        else chains.set(chain, [{ n, hash }])
      }
    }
  }
  const checkpoints = new Checkpoints(folder, publicKeys, take).catchUp()
  // The sealer left out no head: its own sum over all of them says so.
  for (const [schema, { root: said }] of Object.entries(checkpoints.last?.trails ?? {})) {
    const root = new Root()
    for (const head of [...(latest.get(schema)?.values() ?? [])].sort((a, b) => (a[0] < b[0] ? -1 : 1))) root.add(head)
    if (root.hex !== said && checkpoints.damages.length === 0)
      checkpoints.damages.push({ file: folder, line: 0, n: checkpoints.last!.n, damage: 'other-root' })
  }
  return { sealed, checkpoints, restored, count }
}

async function verifyOne(
  client: pg.Client,
  schema: string,
  sealed: Map<string, Sealed[]>,
  damages: ChainDamage[],
  onRows: ((rows: number) => void) | undefined,
): Promise<{ rows: number; chains: number }> {
  const bad = new Set<string>()
  const heads = await cursor<[string, number, string]>(
    client,
    `${schema}_heads`,
    `SELECT chain, n, encode(hash, 'hex') FROM ${schema}.trail_head ORDER BY chain`,
  )
  let head = await heads.next()
  /** Heads come in the same order as the chains: those passed over have no row. */
  const closeChain = async (chain: string, n: number, hash: string) => {
    while (head && head[0] < chain) {
      bad.add(head[0])
      head = await heads.next()
    }
    if (head?.[0] === chain) {
      if (head[1] !== n || head[2] !== hash) bad.add(chain)
      head = await heads.next()
    } else bad.add(chain)
    if (sealed.get(chain)?.some((one) => one.n > n)) bad.add(chain)
    met.add(chain)
  }
  const met = new Set<string>()
  const stored = await cursor<unknown[]>(client, `${schema}_rows`, `SELECT ${FIELDS} FROM ${schema}.trail ORDER BY chain, n`)
  let [rows, chains] = [0, 0]
  let chain = ''
  let last = { n: 0, hash: BEGINNING }
  let waiting = new Map<number, string>()
  for (let values = await stored.next(); values; values = await stored.next()) {
    const row = rowOf(values)
    if (row.chain !== chain) {
      if (chain) await closeChain(chain, last.n, last.hash)
      ;({ chain } = row)
      chains++
      last = { n: 0, hash: BEGINNING }
      waiting = new Map(sealed.get(chain)?.map((one) => [one.n, one.hash]))
    }
    const isRight = row.n === last.n + 1 && row.prev === last.hash && hashOfRow(schema, row, last.hash) === row.hash
    const isAsSealed = (waiting.get(row.n) ?? row.hash) === row.hash
    if (!isRight || !isAsSealed || row.chain !== (row.case_id ?? row.who)) bad.add(chain)
    last = { n: row.n, hash: row.hash }
    if (++rows % 100_000 === 0) onRows?.(rows)
  }
  if (chain) await closeChain(chain, last.n, last.hash)
  for (; head; head = await heads.next()) bad.add(head[0])
  for (const [one, seals] of sealed) if (seals.length > 0 && !met.has(one)) bad.add(one)

  for (const one of [...bad].sort()) {
    if (damages.length >= MOST) break
    const chainRows = await client.query({
      text: `SELECT ${FIELDS} FROM ${schema}.trail WHERE chain = $1 ORDER BY n`,
      values: [one],
      rowMode: 'array',
    })
    const found = await client.query(`SELECT n, encode(hash, 'hex') AS hash FROM ${schema}.trail_head WHERE chain = $1`, [one])
    damages.push(
      diagnose(schema, one, (chainRows.rows as unknown[][]).map(rowOf), found.rows[0] as Sealed | undefined, sealed.get(one) ?? []),
    )
  }
  return { rows, chains }
}

/** A server-side cursor, row by row. */
async function cursor<T>(client: pg.Client, name: string, text: string): Promise<{ next(): Promise<T | undefined> }> {
  await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${text}`)
  let batch: T[] = []
  let [at, isOver] = [0, false]
  return {
    async next() {
      if (at >= batch.length && !isOver) {
        batch = (await client.query({ text: `FETCH ${BATCH} FROM ${name}`, rowMode: 'array' })).rows as T[]
        isOver = batch.length < BATCH
        at = 0
      }
      return batch[at++]
    },
  }
}

const rowOf = (v: unknown[]): StoredRow =>
  ({
    seq: v[0],
    chain: v[1],
    n: v[2],
    at: v[3],
    who: v[4],
    role: v[5],
    organisation: v[6],
    what: v[7],
    why: v[8],
    case_id: v[9],
    about: v[10],
    request: v[11],
    from_where: v[12],
    outcome: v[13],
    prev: v[14],
    hash: v[15],
  }) as StoredRow
