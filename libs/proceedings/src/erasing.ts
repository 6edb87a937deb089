/** A case is erased: of its proceedings nothing stays but the trail (RT-30). */
import type { FileStore } from '@tirek/platform/files/file-store'
import type { Sql } from '@tirek/platform/database'
import { SYSTEM, type Trail } from '@tirek/platform/trail'
import { DAY } from '@tirek/procedure/time'
import type { Place } from './kind.ts'
import { sqlOf, type Store } from './store.ts'

/** Answers kept for repeated requests hold what a page showed: they go after this, without anybody's approval, as those of cases do. */
const ANSWER_KEPT_MS = 30 * DAY
/** One turn takes so many away: a statement never runs long. */
const AT_ONCE = 5_000

/** `tables`: those that name it, the ones that others refer to last. `files`: those of them whose column `stored` names a file. */
export type Erased = Place & { tables: readonly string[]; files: readonly string[] }

/** Returns how many went. */
export const eraseOldAnswers = (work: Store, { schema }: Place, now: number): Promise<number> =>
  work.asItself(async (tx) => {
    const gone = await sqlOf(tx)(
      `DELETE FROM ${schema}.idempotency WHERE ctid IN (SELECT ctid FROM ${schema}.idempotency WHERE made_at < $1 LIMIT $2) RETURNING 1`,
      [now - ANSWER_KEPT_MS, AT_ONCE],
    )
    return gone.length
  })

export type ErasingTools = { work: Store; files: Pick<FileStore, 'remove'>; trail: Trail }

/** Returns the proceedings of the case that were ever there and whose workflows may still run. */
export async function eraseCase({ work, files, trail }: ErasingTools, erased: Erased, caseId: string): Promise<string[]> {
  const { schema, of, tables } = erased
  // Before the transaction that takes the rows: a store that is slow must not hold it open. What a failed turn leaves is asked for again.
  const removed = new Set(await work.asItself((tx) => storedOf(sqlOf(tx), erased, caseId)))
  for (const stored of removed) await files.remove(stored)
  return work.asItself(async (tx) => {
    const sql = sqlOf(tx)
    const rows = await sql(`SELECT id FROM ${schema}.${of} WHERE case_id = $1 ORDER BY id FOR UPDATE`, [caseId])
    const ids = rows.map(({ id }) => id as string)
    await sql(`INSERT INTO ${schema}.ending (${of}, case_id) SELECT id, $2 FROM unnest($1::uuid[]) AS id`, [ids, caseId])
    // One that came in between.
    for (const stored of await storedOf(sql, erased, caseId)) if (!removed.has(stored)) await files.remove(stored)
    for (const table of tables) await sql(`DELETE FROM ${schema}.${table} WHERE ${of} = ANY($1)`, [ids])
    await sql(`UPDATE ${schema}.${of} SET previous = NULL WHERE id = ANY($1)`, [ids])
    await sql(`DELETE FROM ${schema}.${of} WHERE id = ANY($1)`, [ids])
    // What people were answered is kept for repeats: no answer of these.
    await sql(`DELETE FROM ${schema}.idempotency WHERE answer->>'caseId' = $1`, [caseId])
    // The receipt: what was held is gone, or the row is not there.
    await trail.record([{ who: SYSTEM, what: `${schema}-erased`, caseId }], sql)
    return (await sql(`SELECT ${of} AS id FROM ${schema}.ending WHERE case_id = $1`, [caseId])).map(({ id }) => id as string)
  })
}

/** Ids of the case's files in their store. */
async function storedOf(sql: Sql, { schema, files }: Erased, caseId: string): Promise<string[]> {
  const all: string[] = []
  for (const table of files)
    for (const { stored } of await sql(`SELECT stored FROM ${schema}.${table} WHERE case_id = $1`, [caseId])) all.push(stored as string)
  return all
}

export const ended = (work: Store, { schema }: Place, caseId: string): Promise<unknown> =>
  work.asItself((tx) => sqlOf(tx)(`DELETE FROM ${schema}.ending WHERE case_id = $1`, [caseId]))
