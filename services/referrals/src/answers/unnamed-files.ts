/** Files that were handed in and that nothing names: whoever sent them did not go on, or took the document out again. */
import type { Uploads } from '@tirek/platform/files/uploads'
import { DAY, type Instant } from '@tirek/procedure/time'
import { sqlOf, type Store } from '@tirek/proceedings/store'

/** Practice: so long what names it may still come, ms. */
const KEPT_MS = DAY
const AT_ONCE = 100

/** A referral may name what another one of the case was handed; a packet that went out keeps what its pages were made of. */
const UNNAMED = `f.of IN ('answer', 'document') AND f.made_at <= $1
  AND NOT EXISTS (SELECT 1 FROM referrals.answer a WHERE a.referral = f.referral AND a.content->'files' ? f.id::text)
  AND NOT EXISTS (SELECT 1 FROM referrals.referral r WHERE r.case_id = f.case_id AND r.documents @> jsonb_build_array(jsonb_build_object('file', f.id)))
  AND NOT EXISTS (SELECT 1 FROM referrals.packet p JOIN referrals.referral r ON r.id = p.referral
    WHERE r.case_id = f.case_id AND p.frozen_at IS NOT NULL AND p.enclosures @> jsonb_build_array(jsonb_build_object('file', f.id)))`

/** Removes them; returns how many. An act that names one at this instant waits for its referral, or is waited for. */
export async function removeUnnamed(work: Store, files: Pick<Uploads, 'remove'>, now: Instant): Promise<number> {
  const before = now - KEPT_MS
  const found = await work.asItself((tx) =>
    sqlOf(tx)(`SELECT f.id, f.case_id FROM referrals.file f WHERE ${UNNAMED} ORDER BY f.made_at LIMIT ${AT_ONCE}`, [before]),
  )
  let removed = 0
  for (const { id, case_id: caseId } of found)
    removed += await work.asItself(async (tx) => {
      const sql = sqlOf(tx)
      await sql('SELECT 1 FROM referrals.referral WHERE case_id = $1 ORDER BY id FOR UPDATE', [caseId])
      const [still] = await sql(`SELECT f.stored FROM referrals.file f WHERE f.id = $2 AND ${UNNAMED}`, [before, id])
      if (!still) return 0
      // The bytes first: killed in between, the row is there and it is done again.
      await files.remove(still['stored'] as string)
      await sql('DELETE FROM referrals.file WHERE id = $1', [id])
      return 1
    })
  return removed
}
