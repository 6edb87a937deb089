import type { DirectoryViews } from '@tirek/proceedings/directory'
import { saveProceeding } from '@tirek/proceedings/changes'
import { tell } from '@tirek/proceedings/outbox'
import { REFERRAL, type Changing } from '../record/kind.ts'
import { load } from '../record/loaded.ts'

/** One goes on from it now, or (`withdrawn`, being written) does no more: what is asked of it is counted anew. */
export async function isFollowedAnew(
  { tx, sql, now }: Pick<Changing, 'tx' | 'sql' | 'now'>,
  previous: string | null | undefined,
  directory: DirectoryViews,
  withdrawn?: string,
): Promise<void> {
  const before = previous ? await load(tx, previous, true) : undefined
  if (!before) return
  if (before.next === withdrawn) delete before.next
  const { referral } = before
  await saveProceeding(tx, REFERRAL, directory, before, referral.version)
  await tell(sql, REFERRAL, { id: referral.id, caseId: referral.caseId, version: referral.factsVersion, now }, [{ kind: 'facts' }])
}
