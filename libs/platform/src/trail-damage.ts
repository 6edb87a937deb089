/** What happened to a chain that does not hold: its first bad row, and what kind of damage it is. */
import { BEGINNING, hashOfRow, type StoredRow } from './trail-hash.ts'

export type Damage =
  /** A value of the row is another one than when it was written. */
  | 'changed'
  /** Rows are missing before it. */
  | 'removed'
  /** It was not written here. */
  | 'inserted'
  /** Its place was changed with another's. */
  | 'reordered'
  /** Rows after it are missing: the head knows of them. */
  | 'cut'
  /** The head is missing or names another row than the last. */
  | 'other-head'
  /** Rows after it are missing: a checkpoint knows of them, the head does not. */
  | 'rolled-back'
  /** The chain holds, but a checkpoint knows other rows: it was written anew. */
  | 'rewritten'

export type ChainDamage = {
  schema: string
  chain: string
  /** Number of the first row that is bad or missing. */
  n: number
  damage: Damage
  /** The last number that a checkpoint confirms; 0: none. */
  confirmed: number
}

type Known = { n: number; hash: string }

/** `rows` by their number; `sealed`: all heads of this chain that were ever sealed. */
export function diagnose(
  schema: string,
  chain: string,
  rows: readonly StoredRow[],
  head: Known | undefined,
  sealed: readonly Known[],
): ChainDamage {
  const confirmed = Math.max(0, ...sealed.filter(({ n, hash }) => rows.some((row) => row.n === n && row.hash === hash)).map(({ n }) => n))
  const told = (n: number, damage: Damage): ChainDamage => ({ schema, chain, n, damage, confirmed })
  const most = Math.max(head?.n ?? 0, ...sealed.map(({ n }) => n))
  let last: Known = { n: 0, hash: BEGINNING }
  for (const [index, row] of rows.entries()) {
    const n = last.n + 1
    if (row.n === n && row.prev === last.hash && hashOfRow(schema, row, last.hash) === row.hash && row.chain === (row.case_id ?? row.who)) {
      last = row
      continue
    }
    return told(...nameOf(schema, rows, index, last, most, head))
  }
  const other = sealed.filter(({ n, hash }) => rows.some((row) => row.n === n && row.hash !== hash)).map(({ n }) => n)
  if (other.length > 0) return told(Math.min(...other), 'rewritten')
  if (head && head.n > last.n) return told(last.n + 1, 'cut')
  if (sealed.some(({ n }) => n > last.n)) return told(last.n + 1, 'rolled-back')
  if (head && head.n < last.n) return told(head.n + 1, 'inserted')
  return told(last.n, 'other-head')
}

/** Number and kind of the first bad row; `last` is the good one before it. */
function nameOf(
  schema: string,
  rows: readonly StoredRow[],
  index: number,
  last: Known,
  most: number,
  head: Known | undefined,
): [n: number, damage: Damage] {
  const row = rows[index]!
  const n = last.n + 1
  if (row.n > n) return [n, 'removed']
  if (row.n < n) return [row.n, 'inserted']
  if (most > 0 && n > most) return [n, 'inserted']
  const fits = (one: StoredRow, at: number, prev: string) => hashOfRow(schema, { ...one, n: at }, prev) === one.hash
  // The row is itself, its link or its chain is not.
  if (fits(row, n, last.hash)) return [n, 'changed']
  // The row is itself and follows another one than stands before it.
  if (fits(row, n, row.prev)) return [Math.max(1, n - 1), 'changed']
  const isWanted = rows.some((other) => other !== row && fits(other, n, last.hash))
  const before = rows[index - 1]
  for (let at = 1; at <= Math.max(most, rows.length) + 1; at++) {
    if (at === n || !fits(row, at, row.prev)) continue
    // It belongs to another number: rows were put before it, or taken, or it changed places.
    if (at === n - 1 && row.prev === before?.prev) return [n - 1, 'inserted']
    return [n, isWanted ? 'reordered' : at > n ? 'removed' : 'inserted']
  }
  if (isWanted) return [n, 'inserted']
  const next = rows[index + 1]
  const isExpected = next ? next.prev === row.hash || next.prev === hashOfRow(schema, row, last.hash) : head?.hash === row.hash
  return [n, isExpected || rows.length >= most ? 'changed' : 'removed']
}
