/** Files that were handed in and that no answer names: whoever sent them did not go on. */
import type { Uploads } from '@tirek/platform/files/uploads'
import { DAY, type Instant } from '@tirek/procedure/time'
import { sqlOf, type Store } from '@tirek/proceedings/store'

/** Practice: so long an answer that names it may still come, ms. */
const KEPT_MS = DAY
const AT_ONCE = 100

const UNNAMED = `f.of = 'answer' AND f.made_at <= $1 AND NOT EXISTS (SELECT 1 FROM referrals.answer a WHERE a.referral = f.referral AND a.content->'files' ? f.id::text)`

/** Removes them; returns how many. An answer that names one at this instant waits for the referral, or is waited for. */
export async function removeUnnamed(work: Store, files: Pick<Uploads, 'remove'>, now: Instant): Promise<number> {
  const before = now - KEPT_MS
  const found = await work.asItself((tx) =>
    sqlOf(tx)(`SELECT f.id, f.referral FROM referrals.file f WHERE ${UNNAMED} ORDER BY f.made_at LIMIT ${AT_ONCE}`, [before]),
  )
  let removed = 0
  for (const { id, referral } of found)
    removed += await work.asItself(async (tx) => {
      const sql = sqlOf(tx)
      await sql('SELECT 1 FROM referrals.referral WHERE id = $1 FOR UPDATE', [referral])
      const [still] = await sql(`SELECT f.stored FROM referrals.file f WHERE f.id = $2 AND ${UNNAMED}`, [before, id])
      if (!still) return 0
      // The bytes first: killed in between, the row is there and it is done again.
      await files.remove(still['stored'] as string)
      await sql('DELETE FROM referrals.file WHERE id = $1', [id])
      return 1
    })
  return removed
}
