/**
 * Which cases a list showed to whom: a reading of each, once a day. A list that is looked at every half minute would fill the chains of its cases
 * otherwise; when it was looked at on that day stands in the chain of the person.
 */
import type { Who } from '@tirek/platform/auth'
import type { Queries } from '@tirek/platform/database'
import type { Trail } from '@tirek/platform/trail'
import { insertTrail } from '@tirek/platform/trail-sql'
import { dayOf, type Instant } from '@tirek/procedure/time'

/** A case on a page of a list, and the relation by which it stands there. */
export type Shown = { caseId: string; why: string | undefined }

/**
 * CTEs that record a list: its own row, and one of each case that it shows this person for the first time on this day. `shown`: a query of
 * (case_id, why), each case once; `row`: the list's row of the trail (jsonb), `day`: the local day. What was recorded today is only looked up: a page
 * that is looked at again writes the list's row and nothing else.
 */
export const recordList = ({ shown, row, day }: { shown: string; row: string; day: string }): string => `
shown AS MATERIALIZED (${shown}),
fresh AS (
  INSERT INTO cases.seen_in_list (person, list, case_id, day)
  SELECT (${row}->>'who')::uuid, ${row}->>'what', s.case_id, ${day}::date FROM shown s
   WHERE NOT EXISTS (SELECT 1 FROM cases.seen_in_list k WHERE k.person = (${row}->>'who')::uuid AND k.list = ${row}->>'what' AND k.case_id = s.case_id AND k.day >= ${day}::date)
   ORDER BY s.case_id
  ON CONFLICT (person, list, case_id) DO UPDATE SET day = excluded.day WHERE seen_in_list.day < excluded.day
  RETURNING case_id),
recorded AS (${insertTrail(
  'cases',
  `(SELECT jsonb_build_array(${row}) || coalesce(jsonb_agg(${row} || jsonb_build_object('case_id', s.case_id, 'why', s.why)), '[]') FROM fresh f JOIN shown s ON s.case_id = f.case_id)`,
)})`

const RECORD = `WITH ${recordList({
  shown: 'SELECT s.case_id, s.why FROM jsonb_to_recordset($2::jsonb) AS s(case_id uuid, why text)',
  row: '$1::jsonb',
  day: '$3',
})} SELECT 1`

/** Records a list that was read already, before it is answered. Throws when it cannot be written: then nothing may be answered. */
export async function recordShown(
  db: Queries,
  trail: Trail,
  list: { who: Who; what: string; why?: string },
  shown: readonly Shown[],
  now: Instant,
): Promise<void> {
  const cases = [...new Map(shown.map((one) => [one.caseId, { case_id: one.caseId, why: one.why ?? 'role' }])).values()]
  await db.query(RECORD, [JSON.stringify(trail.row(list)), JSON.stringify(cases), dayOf(now)], 'record-list')
}
