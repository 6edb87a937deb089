/** Who may open and change which case: the coarse rules; the one place that decides. */
import { definitionOf } from '@tirek/contract/acts'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { Who } from '@tirek/platform/auth'

type Seen = { organisation: string; manager: string | null; first_person: string }

/** Social workers see their own cases and those without a manager; psychologist, supervisor and head those of their organisation. */
export function maySee(who: Who, row: Seen): boolean {
  if (row.organisation !== who.organisation) return false
  switch (who.role) {
    case 'supervisor':
    case 'head':
    case 'psychologist':
      return true
    case 'social-worker':
      return row.manager === null || row.manager === who.person || row.first_person === who.person
    case 'medic':
      return row.first_person === who.person
    default:
      return false
  }
}

export const mayChange = (who: Who, row: Seen, kind: ActKind): boolean => {
  if (!definitionOf(kind).roles.includes(who.role)) return false
  return maySee(who, row)
}

/** The same as `maySee` for a list, as a condition on `c` (alias of cases."case"); $1 person, $2 organisation. */
export function visibleSql(who: Who): string {
  switch (who.role) {
    case 'supervisor':
    case 'head':
    case 'psychologist':
      return 'c.organisation = $2 AND $1::uuid IS NOT NULL'
    case 'social-worker':
      return 'c.organisation = $2 AND (c.manager IS NULL OR c.manager = $1 OR c.first_person = $1)'
    case 'medic':
      return 'c.organisation = $2 AND c.first_person = $1'
    default:
      return 'false AND $1::uuid IS NOT NULL AND $2::uuid IS NOT NULL'
  }
}
