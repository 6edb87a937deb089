/**
 * The second wall of a trail. A service adds rows and changes none; it reads only what the transaction says that who asks may read: all of it (an
 * auditor), the chain of one case (decided on before), or the rows of one person, that they made or that are about them.
 */
import { createHash } from 'node:crypto'
import type { Migration } from './database.ts'
import { TRAIL_COLUMNS } from './trail-sql.ts'

/** Settings under which an auditor reads. */
export const AS_AUDITOR = { 'tirek.trail': 'on' } as const
/** Settings under which the rows of one case are read, once it was decided that they may be. */
export const ofCase = (caseId: string) => ({ 'tirek.trail_case': caseId })
/** Settings under which a person's own rows are read. */
export const ofPerson = (person: string) => ({ 'tirek.person': person })

const uuidOf = (name: string) => `(SELECT nullif(current_setting('${name}', true), '')::uuid)`

/** Policies and rights of a schema's trail, for a migration of it; applied again it changes nothing. `roles`: who adds and reads. */
export const trailWall = (schema: string, roles: readonly string[]): string => {
  const to = roles.join(', ')
  return `
ALTER TABLE ${schema}.trail ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${schema}.trail FORCE ROW LEVEL SECURITY;
REVOKE ALL ON ${schema}.trail FROM PUBLIC, ${to};
GRANT SELECT, INSERT (${TRAIL_COLUMNS}) ON ${schema}.trail TO ${to};
DROP POLICY IF EXISTS added ON ${schema}.trail;
DROP POLICY IF EXISTS asked ON ${schema}.trail;
CREATE POLICY added ON ${schema}.trail FOR INSERT TO ${to} WITH CHECK (true);
CREATE POLICY asked ON ${schema}.trail FOR SELECT TO ${to} USING (
  (SELECT current_setting('tirek.trail', true) = 'on') OR trail.chain = ${uuidOf('tirek.trail_case')}
  OR trail.who = ${uuidOf('tirek.person')} OR trail.about = ${uuidOf('tirek.person')});`
}

/** The same as a migration of its own: applied whenever it says something else than what stands in the database. */
export function wallOfTrail(schema: string, roles: readonly string[]): Migration {
  const sql = trailWall(schema, roles)
  const hash = createHash('sha256').update(sql).digest('hex').slice(0, 16)
  return { name: `trail-wall-${hash}`, sql: `DELETE FROM migration WHERE name LIKE 'trail-wall-%';\n${sql}` }
}
