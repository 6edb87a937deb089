/**
 * The statements that count for figures, for functions of the database: released in a migration, never edited. They look further than the
 * policies, so they give out numbers alone, and of other organisations than that of who asks only to who compares them.
 * $1 organisations, $2 whose cases (NULL: everybody's), $3 and $4 the time, from and before.
 */
const OWN = `(o.id = cases.asking_organisation() OR current_setting('tirek.compares', true) = 'on')`
const ORGANISATIONS = `unnest($1::uuid[]) AS o (id)`

/** Of all that have not ended, and of the ended those that were registered in the time. */
export const CASES_COUNTED = `
WITH found AS (
  SELECT c.stage, c.risk, c.territory, true AS open, c.opened_at >= $3::bigint AND c.opened_at < $4::bigint AS opened
    FROM ${ORGANISATIONS} JOIN cases."case" c ON c.organisation = o.id
   WHERE ${OWN} AND c.ended = false AND ($2::uuid[] IS NULL OR coalesce(c.manager, c.first_person) = ANY($2))
  UNION ALL
  SELECT c.stage, c.risk, c.territory, false, true
    FROM ${ORGANISATIONS} JOIN cases."case" c ON c.organisation = o.id
   WHERE ${OWN} AND c.ended = true AND c.opened_at >= $3::bigint AND c.opened_at < $4::bigint AND ($2::uuid[] IS NULL OR coalesce(c.manager, c.first_person) = ANY($2)))
SELECT f.stage, f.risk, f.territory, count(*) FILTER (WHERE f.open), count(*) FILTER (WHERE f.opened) FROM found f GROUP BY 1, 2, 3`

/** Terms that ended, or end, in the time; $5 now. That of a day ends with the day: its instant is the next day's first. */
export const TERMS_COUNTED = `
SELECT d."row", d.rule, count(*) FILTER (WHERE d.state = 'kept'), count(*) FILTER (WHERE d.state = 'kept-late'),
       count(*) FILTER (WHERE d.state = 'missed'), count(*) FILTER (WHERE d.state = 'lapsed'),
       count(*) FILTER (WHERE d.state = 'open' AND d.due - (d.due_day IS NOT NULL)::int < $5::bigint),
       count(*) FILTER (WHERE d.state = 'open' AND d.due - (d.due_day IS NOT NULL)::int >= $5::bigint)
  FROM ${ORGANISATIONS} JOIN cases.deadline d ON d.organisation = o.id
 WHERE ${OWN} AND d.due >= $3::bigint AND d.due <= $4::bigint
   AND d.due - (d.due_day IS NOT NULL)::int >= $3 AND d.due - (d.due_day IS NOT NULL)::int < $4
   AND ($2::uuid[] IS NULL OR d.manager = ANY($2))
 GROUP BY 1, 2`

/** Hours that began in the time. A mark of the share that is quick: the slowest of them. */
export const HOURS_COUNTED = `
SELECT count(*), count(*) FILTER (WHERE d.state IN ('kept', 'kept-late')), count(*) FILTER (WHERE d.state IN ('kept', 'kept-late') AND d.closed_at <= d.due),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY d.closed_at - d.from_at) FILTER (WHERE d.state IN ('kept', 'kept-late')),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY d.closed_at - d.from_at) FILTER (WHERE d.state IN ('kept', 'kept-late'))
  FROM ${ORGANISATIONS} JOIN cases.deadline d ON d.organisation = o.id
 WHERE ${OWN} AND d.run_by = 'urgent' AND d."row" = 'urgent-measures' AND d.from_at >= $3::bigint AND d.from_at < $4::bigint
   AND d.state <> 'lapsed' AND ($2::uuid[] IS NULL OR d.manager = ANY($2))`

const figure = (name: string, takes: string, gives: string, statement: string) => `
CREATE FUNCTION ${name}(${takes}) RETURNS TABLE (${gives})
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = cases, pg_temp AS $f$ ${statement} $f$;
ALTER FUNCTION ${name} OWNER TO tirek_register;
REVOKE ALL ON FUNCTION ${name} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ${name} TO tirek_cases;`

const ASKED = 'organisations uuid[], owners uuid[], since bigint, till bigint'
export const FIGURES_MIGRATION = `
-- Figures are counted in indexes alone: whose a case is stands in them behind.
DROP INDEX case_listed;
CREATE INDEX case_listed ON "case" (organisation, ended, opened_at DESC, id DESC, stage, risk) INCLUDE (territory, manager, first_person);
CREATE INDEX deadline_due ON deadline (organisation, due) INCLUDE ("row", rule, state, due_day, manager) WHERE due IS NOT NULL;
CREATE INDEX deadline_hour ON deadline (organisation, from_at) INCLUDE ("row", state, due, closed_at, manager) WHERE run_by = 'urgent';
-- Journals: a filter by days is tried without reading the row; protocols are found in the cases whose file one may open.
DROP INDEX journal_by_hand;
CREATE INDEX journal_by_hand ON journal (organisation, name, n, at) WHERE case_id IS NULL;
CREATE INDEX act_protocol ON act (case_id) WHERE kind = 'protocol-approved';
CREATE INDEX act_protocols ON act (happened_at DESC, id DESC) WHERE kind = 'protocol-approved';

GRANT SELECT (territory) ON "case" TO tirek_register;
GRANT SELECT (organisation, manager, rule, "row", run_by, from_at, due, due_day, closed_at) ON deadline TO tirek_register;
${figure('cases_counted', ASKED, 'stage text, risk text, territory text, open bigint, opened bigint', CASES_COUNTED)}
${figure('terms_counted', `${ASKED}, now bigint`, '"row" text, rule text, kept bigint, kept_late bigint, missed bigint, lapsed bigint, late bigint, running bigint', TERMS_COUNTED)}
${figure('hours_counted', ASKED, 'begun bigint, answered bigint, within bigint, median bigint, p90 bigint', HOURS_COUNTED)}
`
