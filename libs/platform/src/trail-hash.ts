/** The hash of a row of the trail, made without Postgres: what verifies is not what writes. */
import { createHash } from 'node:crypto'

/** A row as it is stored; hashes in hex. */
export type StoredRow = {
  seq: number
  chain: string
  n: number
  at: number
  who: string
  role: string
  organisation: string | null
  what: string
  why: string | null
  case_id: string | null
  about: string | null
  request: string | null
  from_where: string | null
  outcome: string
  prev: string
  hash: string
}

/** `prev` of the first row of a chain. */
export const BEGINNING = '0'.repeat(64)

/** SHA-256, hex, of the row as a JSON list (commas with a space, as Postgres writes it), its number in the chain and the hash before it. */
export function hashOfRow(schema: string, row: Omit<StoredRow, 'prev' | 'hash'>, prev: string): string {
  const { seq, chain, n, at, who, role, organisation, what, why, case_id, about, request, from_where, outcome } = row
  const fields = ['trail-1', schema, seq, chain, at, who, role, organisation, what, why, case_id, about, request, from_where, outcome]
  return createHash('sha256')
    .update(`[${fields.map((field) => JSON.stringify(field)).join(', ')}] ${n} ${prev}`)
    .digest('hex')
}
