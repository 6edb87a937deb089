/** Who may open and change which case: the coarse rules; the one place that decides. */
import { definitionOf } from '@tirek/contract/acts'
import type { Role } from '@tirek/contract/roles'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { Hour } from '@tirek/procedure/case'

/** A person with those whom they stand in for today, and whether they are on duty. */
export type Standing = {
  organisation: string
  /** The person and everybody whose deputy they are today. */
  persons: readonly string[]
  roles: ReadonlySet<Role>
  onDuty: boolean
}

type Seen = { organisation: string; manager: string | null; first_person: string; facts: { hours: readonly Hour[] } }

const SEES_ALL = ['supervisor', 'head', 'psychologist'] as const
const SEES_OWN = ['social-worker', 'medic'] as const
const has = (standing: Standing, roles: readonly Role[]) => roles.some((role) => standing.roles.has(role))

/**
 * Social workers see their own cases and those that nobody leads yet, medical staff those that they took first; psychologist,
 * supervisor and head those of their organisation. Whoever is on duty sees a case while its hour runs.
 */
export const maySee = (standing: Standing, row: Seen): boolean => whySees(standing, row) !== undefined

/** The relation by which a person sees a case, for the trail; undefined: does not. */
export function whySees(standing: Standing, row: Seen): string | undefined {
  if (row.organisation !== standing.organisation) return undefined
  const [person] = standing.persons
  if (has(standing, SEES_OWN)) {
    if (row.manager === person) return 'manager'
    if (row.first_person === person) return 'first-person'
  }
  if (has(standing, SEES_ALL)) return 'whole-organisation'
  if (!has(standing, SEES_OWN)) return undefined
  if (standing.persons.includes(row.first_person) || (row.manager !== null && standing.persons.includes(row.manager))) return 'deputy'
  if (row.manager === null && standing.roles.has('social-worker')) return 'nobody-leads'
  const isHourOpen = row.facts.hours.some((hour) => hour.closedAt === undefined && hour.withdrawnAt === undefined)
  return standing.onDuty && isHourOpen ? 'on-duty-in-an-hour' : undefined
}

export const mayRecord = (standing: Standing, kind: ActKind): boolean => has(standing, definitionOf(kind).roles)

/** The same as `maySee` for a list, as a condition on `c` (alias of cases."case"); $1 persons, $2 organisation. */
export function visibleSql(standing: Standing): string {
  const none = '$1::uuid[] IS NOT NULL'
  if (has(standing, SEES_ALL)) return `c.organisation = $2 AND ${none}`
  if (!has(standing, SEES_OWN)) return `false AND $2::uuid IS NOT NULL AND ${none}`
  const unled = standing.roles.has('social-worker') ? ' OR c.manager IS NULL' : ''
  const hour = standing.onDuty
    ? ` OR EXISTS (SELECT 1 FROM cases.deadline h WHERE h.case_id = c.id AND h.state = 'open' AND h.run_by = 'urgent')`
    : ''
  return `c.organisation = $2 AND (c.manager = ANY($1) OR c.first_person = ANY($1)${unled}${hour})`
}
