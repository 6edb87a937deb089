/** Files that no row knows: a process was killed between keeping the bytes and noting them. No erasure would ever reach them. */
import type { Log } from '../log.ts'
import type { FileStore } from './file-store.ts'

/** What is younger may be noted still, ms. */
const KEPT_MS = 24 * 3_600_000
const AT_ONCE = 500
/** Fewer prove nothing: a new copy may well have none that is known. */
const FEW = 20

export type StrayTools = {
  stores: readonly FileStore[]
  /** Which of these ids some row names. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>
  log: Log
}

/**
 * Removes them from each store; returns how many. `now`: by the machine's clock, as the stores tell time. Where a store has many files and no row knows
 * any, the database is that of another copy, and nothing is removed.
 */
export async function removeStrays({ stores, known, log }: StrayTools, now: number): Promise<number> {
  const stray: { store: FileStore; id: string }[] = []
  let seen = 0
  for (const store of stores) {
    let old: string[] = []
    const look = async () => {
      const named = await known(old)
      for (const id of old) if (!named.has(id)) stray.push({ store, id })
      old = []
    }
    for await (const { id, at } of store.list()) {
      seen++
      if (at <= now - KEPT_MS && old.push(id) === AT_ONCE) await look()
    }
    if (old.length > 0) await look()
  }
  if (stray.length > FEW && stray.length === seen) {
    log.error({ files: seen }, 'no row knows any file of the store: is this its database? None is removed')
    return 0
  }
  for (const { store, id } of stray) await store.remove(id)
  if (stray.length > 0) log.warn({ files: stray.length }, 'files that no row knew were removed')
  return stray.length
}
