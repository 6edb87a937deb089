/** Nothing of a case that is erased stays but the trail (RT-30). */
import type { FileStore } from '@tirek/platform/files/file-store'
import { SYSTEM, type Trail } from '@tirek/platform/trail'
import { DAY } from '@tirek/procedure/time'
import { sqlOf, type Store } from './store.ts'

const TABLES = ['outbox', 'step', 'workflow_ack', 'unmatched', 'change', 'protocol_file', 'protocol', 'mail', 'answer', 'invitee'] as const

/** Answers kept for repeated requests hold what a page showed: they go after this, without anybody's approval, as those of cases do. */
const ANSWER_KEPT_MS = 30 * DAY
/** One turn takes so many away: a statement never runs long. */
const AT_ONCE = 5_000

/** Returns how many went. */
export const eraseOldAnswers = (work: Store, now: number): Promise<number> =>
  work.asItself(async (tx) => {
    const gone = await sqlOf(tx)(
      'DELETE FROM meetings.idempotency WHERE ctid IN (SELECT ctid FROM meetings.idempotency WHERE made_at < $1 LIMIT $2) RETURNING 1',
      [now - ANSWER_KEPT_MS, AT_ONCE],
    )
    return gone.length
  })

/** Returns the meetings of the case that were ever there and whose workflows may still run. */
export const eraseCase = (work: Store, files: FileStore, trail: Trail, caseId: string): Promise<string[]> =>
  work.asItself(async (tx) => {
    const sql = sqlOf(tx)
    const meetings = await sql('SELECT id FROM meetings.meeting WHERE case_id = $1 ORDER BY id FOR UPDATE', [caseId])
    const ids = meetings.map(({ id }) => id as string)
    await sql('INSERT INTO meetings.ending (meeting, case_id) SELECT id, $2 FROM unnest($1::uuid[]) AS id', [ids, caseId])
    // Files first: what a failed turn leaves is asked for again.
    const stored = await sql('SELECT stored FROM meetings.protocol_file WHERE case_id = $1', [caseId])
    for (const row of stored) await files.remove(row['stored'] as string)
    for (const table of TABLES) await sql(`DELETE FROM meetings.${table} WHERE meeting = ANY($1)`, [ids])
    await sql('UPDATE meetings.meeting SET previous = NULL WHERE id = ANY($1)', [ids])
    await sql('DELETE FROM meetings.meeting WHERE id = ANY($1)', [ids])
    // What people were answered is kept for repeats: no answer of these.
    await sql(`DELETE FROM meetings.idempotency WHERE answer->>'caseId' = $1`, [caseId])
    // The receipt: what was held is gone, or the row is not there.
    await trail.record([{ who: SYSTEM, what: 'meetings-erased', caseId }], sql)
    return (await sql('SELECT meeting FROM meetings.ending WHERE case_id = $1', [caseId])).map(({ meeting }) => meeting as string)
  })

export const ended = (work: Store, caseId: string): Promise<unknown> =>
  work.asItself((tx) => sqlOf(tx)('DELETE FROM meetings.ending WHERE case_id = $1', [caseId]))
