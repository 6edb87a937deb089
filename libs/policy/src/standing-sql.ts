/** Where a person stands, read from the directory's views: one text for every service that decides by it. */
import type { Role } from '@tirek/contract/roles'
import { isCarer, type Standing } from './standing.ts'

/** $1 the person, $2 the day, $3 the organisation. Who names no supervisor, or one who is gone, is of every supervisor's team. */
export const STANDING = `
WITH absent AS (SELECT p.id, p.role FROM directory.absence_view a JOIN directory.person_view p ON p.id = a.person WHERE a.deputy = $1 AND a.from_day <= $2 AND a.to_day >= $2 AND p.organisation = $3),
mine AS (SELECT $1::uuid AS id UNION SELECT id FROM absent)
SELECT (SELECT jsonb_agg(jsonb_build_object('person', id, 'role', role)) FROM absent) AS absent,
  (SELECT jsonb_agg(p.id) FROM directory.person_view p JOIN directory.team_view t ON t.person = p.id LEFT JOIN directory.person_view s ON s.id = t.supervisor
    WHERE p.organisation = $3 AND (t.supervisor IN (SELECT id FROM mine) OR s.id IS NULL OR NOT s.active OR s.organisation <> $3)) AS team,
  EXISTS (SELECT 1 FROM directory.organisation_view o WHERE o.id = $3 AND (o.head IN (SELECT id FROM mine) OR o.next_in_line IN (SELECT id FROM mine))) AS leads,
  EXISTS (SELECT 1 FROM directory.duty_view u WHERE u.person IN (SELECT id FROM mine) AND u.organisation = $3 AND u.from_day <= $2 AND (u.to_day IS NULL OR u.to_day >= $2)) AS duty`

export type Asking = { person: string; organisation: string; role: Role | 'system' }

/** Of somebody who does not work with cases nothing is asked: they have no relation to any. */
export const standsNowhere = ({ person, organisation, role }: Asking): Omit<Standing, 'now'> => ({
  person,
  organisation,
  role,
  persons: [],
  roles: new Set(role === 'system' ? [] : [role]),
  team: [],
  leads: false,
  called: false,
})

/** `row`: what `STANDING` answers. */
export function standingFrom(who: Asking, row: { [column: string]: unknown }): Omit<Standing, 'now'> {
  const absent = (row['absent'] ?? []) as { person: string; role: Role }[]
  const standsFor = absent.filter((one) => isCarer(one.role))
  const own = standsNowhere(who)
  const roles = new Set([...own.roles, ...standsFor.map((one) => one.role)])
  const leads = roles.has('head') || (row['leads'] as boolean)
  return {
    ...own,
    persons: [who.person, ...standsFor.map((one) => one.person)],
    roles,
    team: roles.has('supervisor') ? ((row['team'] ?? []) as string[]) : [],
    leads,
    called: leads || roles.has('supervisor') || (row['duty'] as boolean),
  }
}
