/** The schema `cases`. Instants are bigint, ms UTC, from the one Clock. Forward only: a released migration is never edited. */
import { migrate, type Database, type Migration } from '@tirek/platform/database'
import { openMigrated } from '@tirek/platform/migrated'
import { SYSTEM } from '@tirek/platform/trail'
import { createTrail, moveIntoTrail } from '@tirek/platform/trail-sql'
import { FIGURES_MIGRATION } from './figures/figures-sql.ts'
import { rowSecurity } from './record/row-security.ts'
import { RIGHTS_ROLE } from './rights/role.ts'
import { AT_FIRST, bornSql, similarSql } from './record/similar.ts'

export const SCHEMA = 'cases'

/** `set`: settings it runs under. Without CREATE: the first release makes it, a later one replaces it. */
const similarFunction = (
  by: 'marks' | 'likeness',
  set: string,
  sql: string,
): string => `FUNCTION similar_by_${by}(text, text, text, text, uuid, text)
RETURNS TABLE (id uuid, number text, stage text, ended boolean, "end" text, manager uuid, opened_at bigint, alike float8, same_iin boolean, same_phone boolean, same_birth boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = cases, public, pg_temp${set} AS $f$
#variable_conflict use_column
BEGIN RETURN QUERY ${sql}; END $f$;`

export const MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-cases',
    sql: `
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE TABLE child (
  id uuid PRIMARY KEY,
  organisation uuid NOT NULL,
  family uuid NOT NULL,
  name text, name_folded text,
  iin text, phone text, address text, address_folded text,
  birth_date text, age jsonb,
  sex text NOT NULL
);
CREATE INDEX child_name ON child USING gin (name_folded gin_trgm_ops);
CREATE INDEX child_address ON child USING gin (address_folded gin_trgm_ops);
CREATE INDEX child_family ON child (family);
CREATE INDEX child_same_name ON child (organisation, name_folded);
CREATE INDEX child_same_address ON child (organisation, address_folded);
CREATE INDEX child_born ON child (organisation, birth_date);
CREATE INDEX child_iin ON child (iin) WHERE iin IS NOT NULL;
CREATE INDEX child_phone ON child (phone) WHERE phone IS NOT NULL;

CREATE TABLE counter (organisation uuid NOT NULL, year int NOT NULL, last int NOT NULL, PRIMARY KEY (organisation, year));

CREATE TABLE "case" (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE,
  organisation uuid NOT NULL,
  territory text NOT NULL,
  programme text NOT NULL,
  edition text NOT NULL,
  child uuid NOT NULL REFERENCES child,
  version int NOT NULL,
  facts jsonb NOT NULL,
  stage text NOT NULL,
  risk text NOT NULL,
  ended boolean NOT NULL,
  "end" text,
  manager uuid,
  first_person uuid NOT NULL,
  file_opened boolean NOT NULL,
  opened_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  told_six_at bigint
);
CREATE INDEX case_manager ON "case" (manager, ended);
CREATE INDEX case_list ON "case" (organisation, opened_at DESC, id);
CREATE INDEX case_child ON "case" (child);
CREATE INDEX case_open ON "case" (id) WHERE NOT ended;

CREATE TABLE act (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES "case",
  kind text NOT NULL,
  happened_at bigint NOT NULL,
  recorded_at bigint NOT NULL,
  by uuid NOT NULL,
  fact jsonb NOT NULL,
  form jsonb NOT NULL,
  version int NOT NULL,
  UNIQUE (case_id, version)
);

CREATE TABLE deadline (
  case_id uuid NOT NULL REFERENCES "case",
  key text NOT NULL,
  rule text NOT NULL,
  row text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'kept', 'kept-late', 'lapsed', 'missed')),
  run_by text NOT NULL CHECK (run_by IN ('urgent', 'case')),
  hour int,
  from_at bigint NOT NULL,
  due bigint,
  due_day text,
  try_again_by text,
  waits_for text NOT NULL,
  closed_at bigint,
  next_step_at bigint,
  sort_at bigint NOT NULL,
  -- Whose it is: the case manager, until there is one the first person (CP-64: nothing without an owner).
  manager uuid NOT NULL,
  organisation uuid NOT NULL,
  PRIMARY KEY (case_id, key)
);
CREATE INDEX deadline_of_person ON deadline (manager, sort_at, case_id, key) WHERE state = 'open';
CREATE INDEX deadline_of_organisation ON deadline (organisation, sort_at, case_id, key) WHERE state = 'open';
CREATE INDEX deadline_next_step ON deadline (run_by, next_step_at) WHERE state = 'open' AND next_step_at IS NOT NULL;

CREATE TABLE step (
  case_id uuid NOT NULL REFERENCES "case",
  key text NOT NULL,
  deadline_key text NOT NULL,
  at bigint NOT NULL,
  taken_at bigint NOT NULL,
  taken_by text NOT NULL CHECK (taken_by IN ('workflow', 'watchdog')),
  "do" text NOT NULL,
  whom jsonb NOT NULL,
  PRIMARY KEY (case_id, key)
);

CREATE TABLE outbox (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('hour-start', 'facts', 'notice')),
  lane text NOT NULL CHECK (lane IN ('urgent', 'ordinary')),
  case_id uuid NOT NULL,
  name text NOT NULL,
  version int NOT NULL,
  hour int,
  payload jsonb,
  not_before bigint NOT NULL,
  made_at bigint NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  leased_until timestamptz
);
CREATE INDEX outbox_lane ON outbox (lane, kind, not_before, seq);
CREATE INDEX outbox_case ON outbox (case_id, kind);

-- Which workflow of a case knows which version.
CREATE TABLE workflow_ack (
  case_id uuid NOT NULL REFERENCES "case",
  workflow_id text PRIMARY KEY,
  hour int,
  version int NOT NULL,
  open boolean NOT NULL
);
CREATE INDEX workflow_ack_case ON workflow_ack (case_id);

CREATE TABLE audit (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at bigint NOT NULL,
  who uuid NOT NULL,
  role text NOT NULL,
  what text NOT NULL,
  case_id uuid,
  act uuid,
  request text
);
CREATE INDEX audit_case ON audit (case_id, seq);
CREATE INDEX audit_act ON audit (act) WHERE act IS NOT NULL;

CREATE TABLE idempotency (
  person uuid NOT NULL,
  key text NOT NULL,
  hash text NOT NULL,
  status int NOT NULL,
  answer jsonb NOT NULL,
  made_at bigint NOT NULL,
  PRIMARY KEY (person, key)
);

CREATE TABLE journal (
  id uuid PRIMARY KEY,
  organisation uuid NOT NULL,
  name text NOT NULL,
  n int NOT NULL,
  at bigint NOT NULL,
  by uuid NOT NULL,
  case_id uuid,
  act uuid,
  entry jsonb NOT NULL,
  UNIQUE (organisation, name, n)
);
CREATE TABLE journal_counter (organisation uuid NOT NULL, name text NOT NULL, last int NOT NULL, PRIMARY KEY (organisation, name));

-- Cases whose facts are to be made again: a setting, the calendar or the quarantine of their territory changed.
CREATE TABLE refold (case_id uuid PRIMARY KEY REFERENCES "case");

CREATE TABLE acquaintance (
  programme text NOT NULL,
  edition text NOT NULL,
  person uuid NOT NULL,
  organisation uuid NOT NULL,
  position text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (programme, edition, person)
);

-- Whichever process comes first makes both roles; each sets its own password when it starts.
DO $roles$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tirek_cases') THEN CREATE ROLE tirek_cases LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tirek_watchdog') THEN CREATE ROLE tirek_watchdog LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; END IF;
END $roles$;
GRANT USAGE ON SCHEMA cases TO tirek_cases, tirek_watchdog;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA cases TO tirek_cases;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA cases TO tirek_cases, tirek_watchdog;
REVOKE UPDATE, DELETE ON audit FROM tirek_cases;
REVOKE ALL ON migration FROM tirek_cases;
-- The watchdog sees facts and deadlines, never forms or children.
GRANT SELECT ON migration, "case", deadline TO tirek_watchdog;
GRANT UPDATE (changed_at) ON "case" TO tirek_watchdog;
GRANT UPDATE (next_step_at, sort_at) ON deadline TO tirek_watchdog;
GRANT SELECT, INSERT ON step, outbox TO tirek_watchdog;
`,
  },
  {
    // A like name among the children of one birth day, found by one index. GiST: a GIN keeps what is new in a list that every search reads through.
    name: '0002-child-alike',
    sql: `
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE INDEX child_alike ON child USING gist (organisation, birth_date, name_folded gist_trgm_ops (siglen = 64));
DROP INDEX child_born;
`,
  },
  {
    name: '0003-trail',
    sql: `
${createTrail('cases', 'tirek_cases')}
${moveIntoTrail('cases', 'SELECT seq AS nth, at, who, role, what, case_id, act AS about, request FROM audit')}
DROP TABLE audit;
`,
  },
  {
    name: '0004-access',
    sql: `
-- Access to one case that was given to a person or an organisation: invitations, hand-overs, break-glass. Never deleted, only ended.
CREATE TABLE access (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES "case",
  relation text NOT NULL CHECK (relation IN ('participant', 'placement', 'hand-over-receiver', 'hand-over-sender', 'break-glass')),
  person uuid,
  organisation uuid,
  parts text[] NOT NULL DEFAULT '{}',
  from_at bigint NOT NULL,
  until_at bigint,
  version int,
  reason text,
  given_by uuid NOT NULL,
  -- The organisation of the case then: who there may see that access was given.
  of_organisation uuid NOT NULL,
  CHECK ((person IS NULL) <> (organisation IS NULL))
);
CREATE INDEX access_case ON access (case_id);
CREATE INDEX access_person ON access (person, relation) WHERE person IS NOT NULL;
CREATE INDEX access_organisation ON access (organisation, relation) WHERE organisation IS NOT NULL;

-- One index for each relation that lists ask for.
CREATE INDEX case_led ON "case" (manager, opened_at DESC, id);
DROP INDEX case_manager;
CREATE INDEX case_first_person ON "case" (first_person);
CREATE INDEX case_unled ON "case" (organisation) WHERE manager IS NULL;
CREATE INDEX case_urgent ON "case" (organisation) WHERE stage = 'urgent-measures';

-- Whoever searches the register, or counts cases, sees marks and figures of cases that they may not open: three functions and nothing else.
DO $roles$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tirek_register') THEN CREATE ROLE tirek_register NOLOGIN NOSUPERUSER BYPASSRLS; END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tirek_cases_work') THEN CREATE ROLE tirek_cases_work LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; END IF;
END $roles$;
GRANT USAGE ON SCHEMA cases TO tirek_register;
GRANT SELECT (id, organisation, name_folded, iin, phone, address_folded, birth_date) ON child TO tirek_register;
GRANT SELECT (id, number, child, organisation, stage, ended, "end", manager, opened_at) ON "case" TO tirek_register;

CREATE FUNCTION asking_organisation() RETURNS uuid LANGUAGE sql STABLE AS $f$ SELECT nullif(current_setting('tirek.organisation', true), '')::uuid $f$;

-- Cases of children like this one, for who searches the register of their own organisation.
${(['marks', 'likeness'] as const)
  .map(
    (by) => `CREATE ${similarFunction(by, '', similarSql(by, AT_FIRST))}
ALTER FUNCTION similar_by_${by} OWNER TO tirek_register;
REVOKE ALL ON FUNCTION similar_by_${by} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION similar_by_${by} TO tirek_cases;`,
  )
  .join('\n')}

CREATE FUNCTION numbered_case(asked text)
RETURNS TABLE (id uuid, number text, stage text, ended boolean, "end" text, manager uuid, opened_at bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = cases, pg_temp AS $f$
  SELECT c.id, c.number, c.stage, c.ended, c."end", c.manager, c.opened_at FROM "case" c WHERE c.number = asked AND c.organisation = cases.asking_organisation() $f$;

-- CP-117: earlier requests on this child that were not confirmed.
CREATE FUNCTION earlier_unconfirmed(of_child uuid, certain float8) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = cases, public, pg_temp AS $f$
  SELECT count(*) FROM child mine JOIN child other ON other.organisation = mine.organisation AND other.id <> mine.id
     AND ((mine.iin IS NOT NULL AND other.iin = mine.iin) OR (other.name_folded % mine.name_folded AND similarity(other.name_folded, mine.name_folded) >= certain AND other.birth_date = mine.birth_date))
    JOIN "case" c ON c.child = other.id WHERE mine.id = of_child AND c."end" = 'not-confirmed' $f$;

-- CP-18: how many active cases each worker of the organisation leads.
CREATE FUNCTION active_cases(of_organisation uuid) RETURNS TABLE (person uuid, active bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = cases, pg_temp AS $f$
  SELECT c.manager, count(*) FROM "case" c WHERE c.organisation = of_organisation AND NOT c.ended AND c.stage <> 'monitoring' AND c.manager IS NOT NULL GROUP BY c.manager $f$;

-- The trail names cases by their numbers, and is searched by them: for auditors, who see nothing else of a case.
CREATE FUNCTION number_of(of_case uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = cases, pg_temp AS $f$ SELECT c.number FROM "case" c WHERE c.id = of_case $f$;
CREATE FUNCTION case_numbered(asked text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = cases, pg_temp AS $f$ SELECT c.id FROM "case" c WHERE c.number = asked $f$;

ALTER FUNCTION number_of OWNER TO tirek_register;
ALTER FUNCTION case_numbered OWNER TO tirek_register;
ALTER FUNCTION numbered_case OWNER TO tirek_register;
ALTER FUNCTION earlier_unconfirmed OWNER TO tirek_register;
ALTER FUNCTION active_cases OWNER TO tirek_register;
REVOKE ALL ON FUNCTION number_of, case_numbered, numbered_case, earlier_unconfirmed, active_cases FROM PUBLIC;
GRANT EXECUTE ON FUNCTION number_of, case_numbered, numbered_case, earlier_unconfirmed, active_cases TO tirek_cases;
`,
  },
  {
    // What is past its term is erased: the row of the case says when and by which rule; letters are told by the outbox.
    name: '0005-erasure',
    sql: `
DO $roles$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tirek_cases_rights') THEN CREATE ROLE tirek_cases_rights LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; END IF;
END $roles$;
ALTER TABLE "case" ADD COLUMN erased_at bigint, ADD COLUMN erased_rule text, ADD CHECK ((erased_at IS NULL) = (erased_rule IS NULL)), ADD CHECK (erased_at IS NULL OR ended);
CREATE INDEX case_kept ON "case" (organisation, ((facts->>'endedAt')::bigint)) WHERE ended AND erased_at IS NULL;
CREATE INDEX case_erased ON "case" (id) WHERE erased_at IS NOT NULL;
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check, ADD CONSTRAINT outbox_kind_check CHECK (kind IN ('hour-start', 'facts', 'notice', 'erase'));
CREATE INDEX idempotency_age ON idempotency USING brin (made_at);
`,
  },
  {
    name: '0006-lists',
    sql: `
-- Each ends as lists are ordered, so that a page is read and no more. Stage and risk are looked at in the index itself.
DROP INDEX case_list, case_led, case_first_person, case_unled, case_urgent;
CREATE INDEX case_listed ON "case" (organisation, ended, opened_at DESC, id DESC, stage, risk);
CREATE INDEX case_led ON "case" (manager, opened_at DESC, id DESC, ended, stage, risk);
CREATE INDEX case_unled ON "case" (organisation, opened_at DESC, id DESC) WHERE manager IS NULL;
CREATE INDEX case_urgent ON "case" (organisation, opened_at DESC, id DESC) WHERE stage = 'urgent-measures';
CREATE INDEX journal_case ON journal (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX journal_by_hand ON journal (organisation, name, n) WHERE case_id IS NULL;

-- Statements of people are planned once; a search is planned for what is searched.
ALTER FUNCTION similar_by_marks SET plan_cache_mode = auto;
ALTER FUNCTION similar_by_likeness SET plan_cache_mode = auto;
`,
  },
  {
    name: '0007-access-acts',
    sql: `
-- An offer without an answer is told again, to each once.
ALTER TABLE access ADD COLUMN reminded_at bigint, ADD COLUMN escalated_at bigint;
CREATE UNIQUE INDEX access_one_offer ON access (case_id) WHERE relation = 'hand-over-receiver' AND until_at IS NULL;
CREATE UNIQUE INDEX access_one_invitation ON access (case_id, person) WHERE relation IN ('participant', 'placement') AND until_at IS NULL;
CREATE INDEX access_glass ON access (from_at) WHERE relation = 'break-glass';

-- One review of each opening in danger, by somebody else.
CREATE TABLE break_glass_review (
  access uuid PRIMARY KEY REFERENCES access ON DELETE CASCADE,
  by uuid NOT NULL,
  at bigint NOT NULL,
  conclusion text NOT NULL CHECK (conclusion IN ('justified', 'not-justified')),
  words text NOT NULL
);

GRANT SELECT ON access, break_glass_review TO tirek_register;
GRANT SELECT (case_id, state) ON deadline TO tirek_register;
GRANT SELECT (risk, first_person) ON "case" TO tirek_register;

-- Of a file that is offered: its stage, its risk and how many deadlines are open. Whoever it is offered to sees no more.
CREATE FUNCTION offered_files() RETURNS TABLE (case_id uuid, number text, organisation uuid, offered_at bigint, stage text, risk text, open_deadlines bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = cases, pg_temp AS $f$
  SELECT c.id, c.number, c.organisation, a.from_at, c.stage, c.risk, (SELECT count(*) FROM deadline d WHERE d.case_id = c.id AND d.state = 'open')
    FROM access a JOIN "case" c ON c.id = a.case_id WHERE a.relation = 'hand-over-receiver' AND a.organisation = cases.asking_organisation() AND a.until_at IS NULL $f$;

-- Openings in danger: all of them for the auditor, for a supervisor those of their team, made by it or to its cases.
CREATE FUNCTION broken_glass(of_all boolean) RETURNS TABLE (id uuid, case_id uuid, number text, organisation uuid, person uuid, at bigint, until bigint, reason text, reviewed_by uuid, reviewed_at bigint, conclusion text, words text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = cases, pg_temp AS $f$
  SELECT a.id, a.case_id, c.number, a.of_organisation, a.person, a.from_at, a.until_at, a.reason, r.by, r.at, r.conclusion, r.words
    FROM access a JOIN "case" c ON c.id = a.case_id LEFT JOIN break_glass_review r ON r.access = a.id
   WHERE a.relation = 'break-glass' AND (of_all OR (a.of_organisation = cases.asking_organisation()
     AND (a.person = ANY(nullif(current_setting('tirek.team', true), '')::uuid[]) OR coalesce(c.manager, c.first_person) = ANY(nullif(current_setting('tirek.team', true), '')::uuid[])))) $f$;

-- A file that goes to another organisation takes its child's entry in the register along: never elsewhere than to where the case is.
GRANT UPDATE (organisation) ON child TO tirek_register;
CREATE FUNCTION child_follows(of_case uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = cases, pg_temp AS $f$
  UPDATE child SET organisation = c.organisation FROM "case" c WHERE c.id = of_case AND child.id = c.child AND c.organisation = cases.asking_organisation() $f$;

ALTER FUNCTION child_follows OWNER TO tirek_register;
ALTER FUNCTION offered_files OWNER TO tirek_register;
ALTER FUNCTION broken_glass OWNER TO tirek_register;
REVOKE ALL ON FUNCTION child_follows, offered_files, broken_glass FROM PUBLIC;
GRANT EXECUTE ON FUNCTION child_follows, offered_files, broken_glass TO tirek_cases;
`,
  },
  {
    name: '0008-seen-in-lists',
    sql: `
-- On which day a list showed a case to a person last: a reading of it is recorded once a day and list. Says nothing that the trail does not.
CREATE TABLE seen_in_list (person uuid NOT NULL, list text NOT NULL, case_id uuid NOT NULL, day date NOT NULL, PRIMARY KEY (person, list, case_id));
`,
  },
  {
    name: '0009-acts-of-nobody',
    sql: `
-- An act that nobody of ours did: how it came. In nobody's name, and nothing else is.
ALTER TABLE act ADD COLUMN origin text CHECK (origin IN ('one-time-link'));
ALTER TABLE act ADD CONSTRAINT act_of_nobody CHECK ((origin IS NULL) = (by <> '${SYSTEM.person}'));
`,
  },
  {
    name: '0010-kept-running',
    sql: `
GRANT SELECT (version, facts, changed_at, erased_at) ON "case" TO tirek_register;
GRANT SELECT (rule, due, due_day, hour, run_by) ON deadline TO tirek_register;
GRANT SELECT (case_id, hour, version, open) ON workflow_ack TO tirek_register;

CREATE FUNCTION asker_administers() RETURNS boolean LANGUAGE sql STABLE AS $f$ SELECT nullif(current_setting('tirek.administers', true), '') IS NOT NULL $f$;

-- CP-64: open cases of the organisation that nobody leads, or that stand under somebody who is none of these. For supervisors and who leads it.
CREATE FUNCTION unowned_cases(working uuid[]) RETURNS TABLE (id uuid, number text, manager uuid, opened_at bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = cases, pg_temp AS $f$
  SELECT c.id, c.number, c.manager, c.opened_at FROM "case" c
   WHERE c.organisation = cases.asking_organisation() AND nullif(current_setting('tirek.hand_overs', true), '') IS NOT NULL
     AND NOT c.ended AND (c.manager IS NULL OR NOT c.manager = ANY(working)) $f$;

-- For administrators: which workflows should run, what of them is late and since when. Nothing of what a case is about.
CREATE FUNCTION running_cases(at bigint)
RETURNS TABLE (case_id uuid, number text, organisation uuid, hour int, version int, changed_at bigint, known int, rules text[], open_deadlines bigint, late bigint, late_since bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = cases, pg_temp AS $f$
  WITH d AS MATERIALIZED (
    SELECT d.case_id, d.hour, d.run_by, d.rule, CASE WHEN d.due IS NULL THEN NULL WHEN d.due_day IS NULL AND at > d.due THEN d.due WHEN d.due_day IS NOT NULL AND at >= d.due THEN d.due END AS late
      FROM deadline d WHERE d.state = 'open' AND cases.asker_administers()),
  g AS (
    SELECT d.case_id, CASE d.run_by WHEN 'urgent' THEN d.hour END AS hour, array_agg(DISTINCT d.rule ORDER BY d.rule) AS rules, count(*) AS n, count(d.late) AS late, min(d.late) AS since
      FROM d GROUP BY 1, 2)
  SELECT c.id, c.number, c.organisation, NULL::int, c.version, c.changed_at, a.version, coalesce(g.rules, '{}'), coalesce(g.n, 0), coalesce(g.late, 0), g.since
    FROM "case" c LEFT JOIN g ON g.case_id = c.id AND g.hour IS NULL LEFT JOIN workflow_ack a ON a.case_id = c.id AND a.hour IS NULL
   WHERE cases.asker_administers() AND c.erased_at IS NULL AND (NOT c.ended OR g.n > 0)
  UNION ALL
  SELECT c.id, c.number, c.organisation, g.hour, c.version, c.changed_at, CASE WHEN a.open THEN c.version END, g.rules, g.n, g.late, g.since
    FROM g JOIN "case" c ON c.id = g.case_id LEFT JOIN workflow_ack a ON a.case_id = g.case_id AND a.hour = g.hour
   WHERE g.hour IS NOT NULL AND c.erased_at IS NULL $f$;

-- For administrators, who get numbers of what is counted with them.
CREATE FUNCTION facts_to_count(after uuid, most int) RETURNS TABLE (id uuid, organisation uuid, facts jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = cases, pg_temp AS $f$
  SELECT c.id, c.organisation, c.facts FROM "case" c WHERE cases.asker_administers() AND NOT c.ended AND c.id > after ORDER BY c.id LIMIT most $f$;

ALTER FUNCTION unowned_cases OWNER TO tirek_register;
ALTER FUNCTION running_cases OWNER TO tirek_register;
ALTER FUNCTION facts_to_count OWNER TO tirek_register;
REVOKE ALL ON FUNCTION unowned_cases, running_cases, facts_to_count FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unowned_cases, running_cases, facts_to_count TO tirek_cases;
`,
  },
  { name: '0011-figures', sql: FIGURES_MIGRATION },
  {
    name: '0012-entries-struck-out',
    sql: `
-- CP-70...CP-73, CP-80, CP-90: an entry made by hand in error is struck out with who and why, and stays readable.
ALTER TABLE journal ADD COLUMN withdrawn_at bigint, ADD COLUMN withdrawn_by uuid, ADD COLUMN withdrawn_why text,
  ADD CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)), ADD CHECK (withdrawn_at IS NULL OR case_id IS NULL);
`,
  },
  {
    name: '0013-files',
    sql: `
-- Files that acts name; the bytes lie where FILES_URL says. Without an act: handed in a moment ago, or by somebody who did not go on.
CREATE TABLE file (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES "case",
  act uuid,
  by uuid NOT NULL,
  type text NOT NULL,
  size int NOT NULL,
  sha256 text NOT NULL,
  stored text NOT NULL,
  made_at bigint NOT NULL
);
CREATE INDEX file_case ON file (case_id);
CREATE INDEX file_unnamed ON file (made_at) WHERE act IS NULL;
`,
  },
  {
    name: '0014-drafts',
    sql: `
-- Forms that are not finished. As text: what is typed may hold what jsonb refuses.
CREATE TABLE draft (
  case_id uuid NOT NULL REFERENCES "case",
  kind text NOT NULL,
  person uuid NOT NULL,
  version int NOT NULL,
  content text NOT NULL,
  made_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  PRIMARY KEY (case_id, kind, person)
);
CREATE INDEX draft_age ON draft (changed_at);
`,
  },
  {
    name: '0015-child-born-like',
    sql: `
-- By text the days of birth lay beside each other in a GiST, and the more children came one by one the more of it was read.
CREATE INDEX child_born_like ON child USING gist ((${bornSql('organisation', 'birth_date')}), name_folded gist_trgm_ops (siglen = 64));
-- What is looked for by marks is planned once: each has its index, whatever is looked for.
CREATE OR REPLACE ${similarFunction('marks', ' SET plan_cache_mode = force_generic_plan', similarSql('marks'))}
CREATE OR REPLACE ${similarFunction('likeness', ' SET plan_cache_mode = auto', similarSql('likeness'))}
CREATE OR REPLACE FUNCTION earlier_unconfirmed(of_child uuid, certain float8) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = cases, public, pg_temp AS $f$
  SELECT count(*) FROM child mine JOIN child other ON other.organisation = mine.organisation AND other.id <> mine.id
     AND ((mine.iin IS NOT NULL AND other.iin = mine.iin)
       OR (${bornSql('other.organisation', 'other.birth_date')} = ${bornSql('mine.organisation', 'mine.birth_date')} AND other.birth_date = mine.birth_date
         AND other.name_folded % mine.name_folded AND similarity(other.name_folded, mine.name_folded) >= certain))
    JOIN "case" c ON c.child = other.id WHERE mine.id = of_child AND c."end" = 'not-confirmed' $f$;
`,
  },
  // By itself: it waits for whoever reads children, and would hold up whoever writes them meanwhile.
  { name: '0016-child-alike-gone', sql: 'DROP INDEX child_alike' },
]

const passwordOf = (url: string) => decodeURIComponent(new URL(url).password)

const urlAs = (url: string, role: string): string => {
  const own = new URL(url)
  own.username = role
  return own.href
}
/** The loops of a process that holds `url` sign in beside it, as a role that sees no child and no form. */
export const workUrlOf = (url: string): string => urlAs(url, 'tirek_cases_work')
/** Giving out and erasing: rights/ alone signs in so. */
export const rightsUrlOf = (url: string): string => urlAs(url, RIGHTS_ROLE)

/** Opens a pool on the schema. Throws NotMigratedError. `walls`: of who answers people, so that the second wall must be the one of this code. */
export const openCases = (url: string, name: string, poolSize: number, walls: 'walls' | 'loops' = 'loops'): Promise<Database> =>
  openMigrated({ url, name, poolSize }, SCHEMA, walls === 'walls' ? [...MIGRATIONS, rowSecurity()] : MIGRATIONS)

/** Brings the schema up to date and gives the roles named here the passwords of their URLs. */
export const migrateCases = (adminUrl: string, own: { cases?: string; watchdog?: string }): Promise<string[]> =>
  migrate(
    adminUrl,
    SCHEMA,
    Object.entries({ ...own, ...(own.cases ? { cases_work: own.cases, cases_rights: own.cases } : {}) }).map(([role, url]) => ({
      name: `tirek_${role}`,
      password: passwordOf(url),
    })),
    [...MIGRATIONS, rowSecurity()],
  )
