/** The statements of a saved act, each one round trip. Lists travel as JSON. */
import { insertTrail } from '@tirek/platform/trail-sql'
import { ACCESS } from './as-person.ts'

/** The answer that was given under a person's key, kept so that a form sent twice is saved once. */
export const STORED_ANSWER = 'SELECT hash, status, answer FROM cases.idempotency WHERE person = $1 AND key = $2'

/**
 * Waits for whoever changes the case. A statement that waits itself reads the row as it became and everything else as it was before: the
 * acts must be read by the next one.
 */
export const WAIT_FOR_CASE = 'SELECT 1 FROM cases."case" WHERE id = $1 FOR UPDATE'

/** The case under its lock, its acts, its taken steps with their instants. */
export const LOCK_CASE = `
SELECT c.*,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'happenedAt', a.happened_at, 'recordedAt', a.recorded_at, 'by', a.by, 'fact', a.fact, 'version', a.version)), '[]') FROM cases.act a WHERE a.case_id = c.id) AS acts,
  (SELECT coalesce(jsonb_object_agg(s.key, s.taken_at), '{}') FROM cases.step s WHERE s.case_id = c.id) AS taken,
  ch.sex, ch.birth_date, ch.age, ${ACCESS}
FROM cases."case" c LEFT JOIN cases.child ch ON ch.id = c.child
WHERE c.id = $1 FOR UPDATE OF c`

/** The same for making facts again: without a form, without the child. */
export const LOCK_FOR_REFOLD = `
SELECT c.*,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'happenedAt', a.happened_at, 'recordedAt', a.recorded_at, 'by', a.by, 'fact', a.fact, 'version', a.version)), '[]') FROM cases.act a WHERE a.case_id = c.id) AS acts,
  (SELECT coalesce(jsonb_agg(s.key), '[]') FROM cases.step s WHERE s.case_id = c.id) AS taken
FROM cases."case" c WHERE c.id = $1 AND c.erased_at IS NULL FOR UPDATE OF c`

/** `of`: the relation that names the case, its organisation and who leads it. */
const insertAct = (of: string) => `
act AS (INSERT INTO cases.act (id, case_id, kind, happened_at, recorded_at, by, origin, fact, form, version)
  SELECT (a->>'id')::uuid, (SELECT id FROM ${of}), a->>'kind', (a->>'happenedAt')::bigint, (a->>'recordedAt')::bigint, (a->>'by')::uuid, a->>'origin', a->'fact', a->'form', (a->>'version')::int
  FROM jsonb_array_elements(($1::jsonb)->'acts') a RETURNING 1)`

const writeDeadlines = (of: string) => `
dl AS (INSERT INTO cases.deadline (case_id, key, rule, row, state, run_by, hour, from_at, due, due_day, try_again_by, waits_for, closed_at, next_step_at, sort_at, manager, organisation)
  SELECT (SELECT id FROM ${of}), d.key, d.rule, d.row, d.state, d.run_by, d.hour, d.from_at, d.due, d.due_day, d.try_again_by, d.waits_for, d.closed_at, d.next_step_at, d.sort_at, (SELECT manager FROM ${of}), (SELECT organisation FROM ${of})
  FROM jsonb_to_recordset(($1::jsonb)->'deadlines') AS d(key text, rule text, row text, state text, run_by text, hour int, from_at bigint, due bigint, due_day text, try_again_by text, waits_for text, closed_at bigint, next_step_at bigint, sort_at bigint)
  ON CONFLICT (case_id, key) DO UPDATE SET state = excluded.state, run_by = excluded.run_by, from_at = excluded.from_at, due = excluded.due, due_day = excluded.due_day, try_again_by = excluded.try_again_by, waits_for = excluded.waits_for, closed_at = excluded.closed_at,
    next_step_at = excluded.next_step_at, sort_at = excluded.sort_at, manager = excluded.manager, organisation = excluded.organisation, row = excluded.row RETURNING 1)`

/** Wakes the relay when the transaction is there, and lets it see how fast acts come. */
const TELL = `SELECT count(*) AS n, min(number) AS number, pg_notify('cases_outbox', CASE WHEN ($1::jsonb)->'outbox' @> '[{"lane":"urgent"}]' THEN 'act urgent' ELSE 'act' END) FROM the_case`

const writeOutbox = (of: string) => `
ob AS (INSERT INTO cases.outbox (id, kind, lane, case_id, name, version, hour, payload, not_before, made_at)
  SELECT o.id, o.kind, o.lane, (SELECT id FROM ${of}), o.name, o.version, o.hour, o.payload, o.not_before, o.made_at
  FROM jsonb_to_recordset(($1::jsonb)->'outbox') AS o(id uuid, kind text, lane text, name text, version int, hour int, payload jsonb, not_before bigint, made_at bigint) RETURNING 1)`

/** All of an act but what needs the number of its case. */
const writeAct = (of: string) => `${insertAct(of)}, ${writeDeadlines(of)}, ${writeOutbox(of)},
tr AS (${insertTrail('cases', "($1::jsonb)->'trail'")} RETURNING 1)`

/** `answer` and `entry`: how the stored answer and a journal's entry are read; a new case puts its number into both. */
const writeRest = (answer: string, entry: string) => `
idem AS (INSERT INTO cases.idempotency (person, key, hash, status, answer, made_at)
  SELECT i.person, i.key, i.hash, i.status, ${answer}, i.made_at
  FROM jsonb_to_recordset(($1::jsonb)->'idempotency') AS i(person uuid, key text, hash text, status int, answer jsonb, made_at bigint) RETURNING 1),
jn AS (INSERT INTO cases.journal_counter AS k (organisation, name, last)
  SELECT (SELECT organisation FROM the_case), j.name, 1 FROM jsonb_to_recordset(($1::jsonb)->'journal') AS j(name text)
  ON CONFLICT (organisation, name) DO UPDATE SET last = k.last + 1 RETURNING name, last),
jo AS (INSERT INTO cases.journal (id, organisation, name, n, at, by, case_id, act, entry)
  SELECT j.id, (SELECT organisation FROM the_case), j.name, jn.last, j.at, j.by, (SELECT id FROM the_case), j.act, ${entry}
  FROM jsonb_to_recordset(($1::jsonb)->'journal') AS j(id uuid, name text, at bigint, by uuid, act uuid, entry jsonb) JOIN jn ON jn.name = j.name RETURNING 1)
${TELL}`

const WITH_NUMBER = {
  answer: `jsonb_set(i.answer, '{summary,number}', (SELECT to_jsonb(number) FROM the_case))`,
  entry: `jsonb_set(j.entry, '{request}', (SELECT to_jsonb(number) FROM the_case))`,
}

/**
 * One statement is one transaction: the number of the case is taken and written in it. It is taken last: whoever opens the next case of the
 * organisation waits from then until this one is on the disk.
 */
export const CREATE_CASE = `
WITH c AS (SELECT * FROM jsonb_to_record(($1::jsonb)->'case') AS c(id uuid, organisation uuid, territory text, programme text, edition text, version int, facts jsonb, stage text, risk text, ended boolean, "end" text, manager uuid, first_person uuid, file_opened boolean, opened_at bigint, told_six_at bigint)),
whose AS (SELECT id, organisation, coalesce(manager, first_person) AS manager FROM c),
child AS (INSERT INTO cases.child (id, organisation, family, name, name_folded, iin, phone, address, address_folded, birth_date, age, sex)
  SELECT h.* FROM jsonb_to_record(($1::jsonb)->'child') AS h(id uuid, organisation uuid, family uuid, name text, name_folded text, iin text, phone text, address text, address_folded text, birth_date text, age jsonb, sex text) RETURNING 1),
${writeAct('whose')},
counted AS (INSERT INTO cases.counter AS n (organisation, year, last) SELECT c.organisation, (($1::jsonb)->>'year')::int, 1
  FROM c, (SELECT count(*) FROM child), (SELECT count(*) FROM act), (SELECT count(*) FROM dl), (SELECT count(*) FROM ob), (SELECT count(*) FROM tr)
  ON CONFLICT (organisation, year) DO UPDATE SET last = n.last + 1 RETURNING year, last),
numbered AS (SELECT (($1::jsonb)->>'prefix') || '-' || year || '-' || lpad(last::text, greatest(4, length(last::text)), '0') AS number FROM counted),
the_case AS (INSERT INTO cases."case" (id, number, organisation, territory, programme, edition, child, version, facts, stage, risk, ended, "end", manager, first_person, file_opened, opened_at, changed_at, told_six_at)
  SELECT c.id, numbered.number, c.organisation, c.territory, c.programme, c.edition, (($1::jsonb)->'child'->>'id')::uuid, c.version, c.facts, c.stage, c.risk, c.ended, c."end", c.manager, c.first_person, c.file_opened, c.opened_at, c.opened_at, c.told_six_at FROM c, numbered RETURNING id, number, organisation),
${writeRest(WITH_NUMBER.answer, WITH_NUMBER.entry)}`

/** Guarded by the version that was read: changes nothing when somebody was faster. */
const UPDATE_CASE = `
WITH c AS (SELECT * FROM jsonb_to_record(($1::jsonb)->'case') AS c(id uuid, "from" int, version int, facts jsonb, edition text, stage text, risk text, ended boolean, "end" text, manager uuid, organisation uuid, territory text, file_opened boolean, changed_at bigint)),
the_case AS (UPDATE cases."case" t SET version = c.version, facts = c.facts, edition = c.edition, stage = c.stage, risk = c.risk, ended = c.ended, "end" = c."end", manager = c.manager, organisation = c.organisation, territory = c.territory, file_opened = c.file_opened, changed_at = c.changed_at
  FROM c WHERE t.id = c.id AND t.version = c."from" RETURNING t.id, t.number, t.organisation, coalesce(t.manager, t.first_person) AS manager),
gone AS (DELETE FROM cases.deadline d USING jsonb_array_elements_text(($1::jsonb)->'remove') k WHERE d.case_id = (SELECT id FROM the_case) AND d.key = k RETURNING 1),`

export const CHANGE_CASE = `${UPDATE_CASE}
${writeAct('the_case')}, ${writeRest('i.answer', 'j.entry')}`

/** Facts made again: nothing happened, so no act, no trail, no answer. */
export const REFOLD_CASE = `${UPDATE_CASE}
${writeDeadlines('the_case')}, ${writeOutbox('the_case')}
${TELL}`

/** Open deadlines follow the case to another worker. */
export const MOVE_DEADLINES = `UPDATE cases.deadline SET manager = $2, organisation = $3 WHERE case_id = $1 AND (manager IS DISTINCT FROM $2 OR organisation <> $3)`

/** The next running number of a journal: a counter, so that two writers at once get two numbers. */
export const NEXT_IN_JOURNAL = `INSERT INTO cases.journal_counter AS k (organisation, name, last) VALUES ($1, $2, 1) ON CONFLICT (organisation, name) DO UPDATE SET last = k.last + 1 RETURNING last`
