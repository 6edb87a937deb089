/** The function behind the list of what runs, for a migration: released, never edited. */
import type { Place } from './kind.ts'

/** Every proceeding that awaits something, or whose workflow does not know the newest. Given out to who has the route, which is administrators. */
export const runningFunction = ({ schema, of }: Place): string => `
CREATE FUNCTION running() RETURNS TABLE (id uuid, case_id uuid, number text, organisation uuid, version int, known int, told_since bigint, next_step_at bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $f$
  SELECT m.id, m.case_id, m.case_number, m.organisation, m.facts_version, a.version,
         (SELECT min(o.made_at) FROM outbox o WHERE o.${of} = m.id AND o.kind = 'facts'), m.next_step_at
    FROM ${of} m LEFT JOIN workflow_ack a ON a.${of} = m.id WHERE a.version IS NULL OR a.open OR a.version < m.facts_version $f$;
REVOKE ALL ON FUNCTION running FROM PUBLIC;
GRANT EXECUTE ON FUNCTION running TO tirek_${schema};`
