/** The schema `meetings`. Instants are bigint, ms UTC, from the one Clock. Forward only: a released migration is never edited. */
import { migrate, type Database, type Migration } from '@tirek/platform/database'
import { openMigrated } from '@tirek/platform/migrated'
import { createTrail } from '@tirek/platform/trail-sql'
import { wallOfTrail } from '@tirek/platform/trail-wall'
import { runningFunction } from '@tirek/proceedings/running-sql'

export const SCHEMA = 'meetings'

/** Rows of a case's meetings: whoever asks sees those of the cases that the policy let them see, and no other. */
const OF_A_CASE = ['meeting', 'invitee', 'answer', 'mail', 'protocol', 'change', 'unmatched', 'ending'] as const
const SEEN = `case_id = ANY(nullif(current_setting('tirek.meeting_cases', true), '')::uuid[])`
/** Set by acts alone: whoever reads can write nothing. */
const WRITES = `current_setting('tirek.meeting_writes', true) = 'on'`
const PERSON = `nullif(current_setting('tirek.person', true), '')::uuid`

const policies = [
  ...OF_A_CASE.map(
    (table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY person_sees ON ${table} FOR SELECT TO tirek_meetings USING (${SEEN});
CREATE POLICY person_writes ON ${table} FOR INSERT TO tirek_meetings WITH CHECK (${SEEN} AND ${PERSON} IS NOT NULL);
CREATE POLICY person_changes ON ${table} FOR UPDATE TO tirek_meetings USING (${SEEN}) WITH CHECK (${SEEN});
CREATE POLICY work ON ${table} TO tirek_meetings_work USING (true) WITH CHECK (true);`,
  ),
  `ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY; ALTER TABLE idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON idempotency TO tirek_meetings USING (person = ${PERSON}) WITH CHECK (person = ${PERSON});
CREATE POLICY work ON idempotency TO tirek_meetings_work USING (true);
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY; ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY person_writes ON outbox FOR INSERT TO tirek_meetings WITH CHECK (${SEEN});
CREATE POLICY work ON outbox TO tirek_meetings_work USING (true) WITH CHECK (true);`,
].join('\n')

const MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-meetings',
    sql: `
CREATE TABLE meeting (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  case_number text NOT NULL,
  programme text NOT NULL,
  organisation uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('interagency', 'review', 'team')),
  state text NOT NULL CHECK (state IN ('draft', 'called', 'held', 'cancelled')),
  -- Grows with every act of a person; facts_version with everything that is learned.
  version int NOT NULL,
  facts_version int NOT NULL,
  calendar text NOT NULL,
  -- The entry of everybody's calendar, and the address to which calendars answer.
  uid text NOT NULL UNIQUE,
  agent text NOT NULL UNIQUE,
  sequence int NOT NULL,
  since bigint NOT NULL,
  starts_at bigint NOT NULL,
  ends_at bigint NOT NULL CHECK (ends_at > starts_at),
  place text,
  video text,
  phone text,
  agenda jsonb NOT NULL,
  agreed_by uuid,
  agreed_day text,
  called_by uuid NOT NULL,
  called_at bigint,
  held_at bigint,
  reason text,
  previous uuid REFERENCES meeting,
  manager uuid,
  first_person uuid NOT NULL,
  next_step_at bigint,
  made_at bigint NOT NULL
);
CREATE INDEX meeting_case ON meeting (case_id, starts_at DESC);
CREATE INDEX meeting_next_step ON meeting (next_step_at) WHERE next_step_at IS NOT NULL;
CREATE INDEX meeting_previous ON meeting (previous) WHERE previous IS NOT NULL;

CREATE TABLE invitee (
  id uuid PRIMARY KEY,
  meeting uuid NOT NULL REFERENCES meeting,
  case_id uuid NOT NULL,
  who text NOT NULL CHECK (who IN ('agency', 'person', 'family')),
  -- Agency, contact person or person of ours, as the directory knows them.
  of uuid,
  contact uuid,
  name text NOT NULL,
  organisation_name text,
  role text NOT NULL,
  email text,
  phone text,
  lang text NOT NULL CHECK (lang IN ('ru', 'kk', 'en')),
  may_receive_files boolean NOT NULL DEFAULT false,
  needed boolean NOT NULL,
  added_at bigint NOT NULL,
  position int NOT NULL
);
CREATE INDEX invitee_meeting ON invitee (meeting, position);

CREATE TABLE answer (
  key text PRIMARY KEY,
  meeting uuid NOT NULL REFERENCES meeting,
  case_id uuid NOT NULL,
  invitee uuid NOT NULL REFERENCES invitee,
  by text NOT NULL CHECK (by IN ('link', 'calendar', 'phone')),
  answer text NOT NULL CHECK (answer IN ('accepted', 'declined', 'tentative')),
  comment text,
  sequence int,
  at bigint NOT NULL,
  recorded_at bigint NOT NULL,
  recorded_by uuid
);
CREATE INDEX answer_meeting ON answer (meeting, at);

-- What was asked to be sent, and what became of it.
CREATE TABLE mail (
  key text PRIMARY KEY,
  meeting uuid NOT NULL REFERENCES meeting,
  case_id uuid NOT NULL,
  invitee uuid NOT NULL REFERENCES invitee,
  kind text NOT NULL,
  sequence int NOT NULL,
  protocol_version int,
  state text NOT NULL,
  at bigint NOT NULL,
  copies int NOT NULL DEFAULT 1,
  asked_at bigint NOT NULL
);
CREATE INDEX mail_meeting ON mail (meeting, asked_at);

CREATE TABLE protocol (
  meeting uuid NOT NULL REFERENCES meeting,
  version int NOT NULL,
  case_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('written', 'approved')),
  number text,
  content jsonb NOT NULL,
  -- Who gets it: the invitee, and when and how it was handed over where no mail reached them.
  recipients jsonb NOT NULL DEFAULT '[]',
  changed text,
  written_by uuid NOT NULL,
  written_at bigint NOT NULL,
  approved_by uuid,
  approved_at bigint,
  PRIMARY KEY (meeting, version),
  CHECK ((state = 'approved') = (approved_at IS NOT NULL AND number IS NOT NULL))
);
CREATE TABLE protocol_counter (organisation uuid NOT NULL, year int NOT NULL, last int NOT NULL, PRIMARY KEY (organisation, year));

CREATE TABLE change (
  meeting uuid NOT NULL REFERENCES meeting,
  version int NOT NULL,
  case_id uuid NOT NULL,
  what text NOT NULL,
  by uuid NOT NULL,
  at bigint NOT NULL,
  fields jsonb NOT NULL,
  PRIMARY KEY (meeting, version)
);

CREATE TABLE unmatched (
  key text PRIMARY KEY,
  meeting uuid REFERENCES meeting,
  case_id uuid,
  reason text NOT NULL,
  at bigint NOT NULL
);
CREATE INDEX unmatched_meeting ON unmatched (meeting, at);

-- News that was taken: told again it changes nothing.
CREATE TABLE news (key text PRIMARY KEY, taken_at bigint NOT NULL);

CREATE TABLE step (
  meeting uuid NOT NULL REFERENCES meeting,
  key text NOT NULL,
  "row" text NOT NULL,
  at bigint NOT NULL,
  taken_at bigint NOT NULL,
  taken_by text NOT NULL CHECK (taken_by IN ('workflow', 'watch')),
  PRIMARY KEY (meeting, key)
);

CREATE TABLE outbox (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('mail', 'facts', 'act', 'notice')),
  meeting uuid NOT NULL,
  case_id uuid NOT NULL,
  version int NOT NULL,
  payload jsonb,
  not_before bigint NOT NULL,
  made_at bigint NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  leased_until timestamptz
);
CREATE INDEX outbox_kind ON outbox (kind, not_before, seq);
CREATE INDEX outbox_meeting ON outbox (meeting, kind, seq);

-- Which version the meeting's workflow knows.
CREATE TABLE workflow_ack (meeting uuid PRIMARY KEY REFERENCES meeting, version int NOT NULL, open boolean NOT NULL);

-- Meetings that were erased and whose workflow may still run.
CREATE TABLE ending (meeting uuid PRIMARY KEY, case_id uuid NOT NULL);

CREATE TABLE idempotency (
  person uuid NOT NULL,
  key text NOT NULL,
  hash text NOT NULL,
  status int NOT NULL,
  answer jsonb NOT NULL,
  made_at bigint NOT NULL,
  PRIMARY KEY (person, key)
);
CREATE INDEX idempotency_age ON idempotency USING brin (made_at);

DO $roles$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tirek_meetings') THEN CREATE ROLE tirek_meetings LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tirek_meetings_work') THEN CREATE ROLE tirek_meetings_work LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; END IF;
END $roles$;
GRANT USAGE ON SCHEMA meetings TO tirek_meetings, tirek_meetings_work;
GRANT SELECT, INSERT, UPDATE ON meeting, invitee, answer, mail, protocol TO tirek_meetings;
GRANT SELECT, INSERT ON change, idempotency TO tirek_meetings;
GRANT SELECT ON unmatched, step TO tirek_meetings;
GRANT INSERT ON outbox TO tirek_meetings;
GRANT SELECT, INSERT, UPDATE ON protocol_counter TO tirek_meetings;
GRANT SELECT, INSERT, UPDATE, DELETE ON meeting, invitee, answer, mail, protocol, change, unmatched, news, step, outbox, workflow_ack, ending TO tirek_meetings_work;
GRANT SELECT, DELETE ON idempotency TO tirek_meetings_work;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA meetings TO tirek_meetings, tirek_meetings_work;

-- The case of a meeting, and nothing else of it: who may see it is asked of the cases service by that.
CREATE FUNCTION case_of(asked uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = meetings, pg_temp AS $f$
  SELECT m.case_id FROM meeting m WHERE m.id = asked $f$;
REVOKE ALL ON FUNCTION case_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION case_of TO tirek_meetings;

${createTrail('meetings', 'tirek_meetings')}
${policies}
`,
  },
  {
    // The files of each version of a protocol: the bytes lie in the store of files, their hash here too.
    name: '0002-protocol-files',
    sql: `
CREATE TABLE protocol_file (
  id uuid PRIMARY KEY,
  meeting uuid NOT NULL REFERENCES meeting,
  case_id uuid NOT NULL,
  version int NOT NULL,
  stored text NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  sha256 text NOT NULL,
  size int NOT NULL,
  UNIQUE (meeting, version, type)
);
GRANT SELECT, INSERT ON protocol_file TO tirek_meetings;
GRANT SELECT, DELETE ON protocol_file TO tirek_meetings_work;
ALTER TABLE protocol_file ENABLE ROW LEVEL SECURITY; ALTER TABLE protocol_file FORCE ROW LEVEL SECURITY;
CREATE POLICY person_sees ON protocol_file FOR SELECT TO tirek_meetings USING (${SEEN});
CREATE POLICY person_writes ON protocol_file FOR INSERT TO tirek_meetings WITH CHECK (${SEEN} AND ${PERSON} IS NOT NULL);
CREATE POLICY work ON protocol_file TO tirek_meetings_work USING (true) WITH CHECK (true);`,
  },
  {
    // Whoever is asked no more stays for what they answered and were sent.
    name: '0003-uninvited',
    sql: 'ALTER TABLE invitee ADD COLUMN uninvited_at bigint;',
  },
  {
    // The second wall tells writing from reading; numbers of cases for auditors, who see nothing else of a case.
    name: '0004-writing',
    sql: `
${['meeting', 'invitee', 'answer', 'mail', 'protocol', 'change', 'unmatched', 'ending', 'protocol_file'].map((table) => `ALTER POLICY person_writes ON ${table} WITH CHECK (${SEEN} AND ${PERSON} IS NOT NULL AND ${WRITES});`).join('\n')}
${['meeting', 'invitee', 'answer', 'mail', 'protocol', 'change', 'unmatched', 'ending'].map((table) => `ALTER POLICY person_changes ON ${table} USING (${SEEN} AND ${PERSON} IS NOT NULL AND ${WRITES}) WITH CHECK (${SEEN} AND ${PERSON} IS NOT NULL AND ${WRITES});`).join('\n')}
ALTER POLICY person_writes ON outbox WITH CHECK (${SEEN} AND ${PERSON} IS NOT NULL AND ${WRITES});
ALTER POLICY own ON idempotency WITH CHECK (person = ${PERSON} AND ${WRITES});
ALTER TABLE step ENABLE ROW LEVEL SECURITY; ALTER TABLE step FORCE ROW LEVEL SECURITY;
CREATE POLICY person_sees ON step FOR SELECT TO tirek_meetings USING (EXISTS (SELECT 1 FROM meetings.meeting m WHERE m.id = step.meeting));
CREATE POLICY work ON step TO tirek_meetings_work USING (true) WITH CHECK (true);
ALTER TABLE protocol_counter ENABLE ROW LEVEL SECURITY; ALTER TABLE protocol_counter FORCE ROW LEVEL SECURITY;
CREATE POLICY person_writes ON protocol_counter TO tirek_meetings USING (${WRITES}) WITH CHECK (${WRITES});
CREATE INDEX meeting_number ON meeting (case_number);
CREATE FUNCTION number_of(asked uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = meetings, pg_temp AS $f$
  SELECT m.case_number FROM meeting m WHERE m.case_id = asked LIMIT 1 $f$;
CREATE FUNCTION case_numbered(asked text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = meetings, pg_temp AS $f$
  SELECT m.case_id FROM meeting m WHERE m.case_number = asked LIMIT 1 $f$;
REVOKE ALL ON FUNCTION number_of, case_numbered FROM PUBLIC;
GRANT EXECUTE ON FUNCTION number_of, case_numbered TO tirek_meetings;`,
  },
  {
    // Mail that nobody could match is settled by a person: as somebody's answer, or set aside.
    name: '0005-mail-settled',
    sql: `
ALTER TABLE answer DROP CONSTRAINT answer_by_check;
ALTER TABLE answer ADD CONSTRAINT answer_by_check CHECK (by IN ('link', 'calendar', 'phone', 'mail'));
ALTER TABLE unmatched ADD COLUMN settled_as text CHECK (settled_as IN ('answer', 'set-aside')), ADD COLUMN settled_by uuid, ADD COLUMN settled_at bigint,
  ADD CHECK ((settled_as IS NULL) = (settled_at IS NULL) AND (settled_as IS NULL) = (settled_by IS NULL));
GRANT UPDATE (settled_as, settled_by, settled_at) ON unmatched TO tirek_meetings;`,
  },
  {
    // CP-51: the superior manager or supervisor who coordinates a review.
    name: '0006-coordinator',
    sql: 'ALTER TABLE meeting ADD COLUMN coordinator uuid;',
  },
  {
    // A list over many cases: ids first, then the cases service says which of them this person sees.
    name: '0007-coming',
    sql: `
CREATE INDEX meeting_coming ON meeting (organisation, starts_at, id) WHERE state <> 'cancelled';
CREATE INDEX meeting_coming_led ON meeting (manager, starts_at, id) WHERE state <> 'cancelled';
CREATE FUNCTION coming(whose uuid, led_by uuid, after_at bigint, after_id uuid, until bigint, most int) RETURNS TABLE (id uuid, case_id uuid, starts_at bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = meetings, pg_temp AS $f$
  SELECT m.id, m.case_id, m.starts_at FROM (
    (SELECT o.id, o.case_id, o.starts_at FROM meeting o WHERE o.organisation = whose AND o.state <> 'cancelled' AND (o.starts_at, o.id) > (after_at, after_id) AND o.starts_at >= after_at AND o.starts_at < until
      ORDER BY o.starts_at, o.id LIMIT most)
    UNION
    (SELECT l.id, l.case_id, l.starts_at FROM meeting l WHERE l.manager = led_by AND l.state <> 'cancelled' AND (l.starts_at, l.id) > (after_at, after_id) AND l.starts_at >= after_at AND l.starts_at < until
      ORDER BY l.starts_at, l.id LIMIT most)) m
  ORDER BY m.starts_at, m.id LIMIT most $f$;
REVOKE ALL ON FUNCTION coming FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coming TO tirek_meetings;`,
  },
  {
    // Taken back and invited again: the calendar of that address has been told of sequences that the meeting itself has not had.
    name: '0008-calendar-ahead',
    sql: `
ALTER TABLE invitee ADD COLUMN calendar_ahead int NOT NULL DEFAULT 0;
UPDATE invitee SET calendar_ahead = 1 WHERE uninvited_at IS NOT NULL;`,
  },
  {
    // Taken and not done, and why: what it waited for happens no more.
    name: '0009-spared',
    sql: `ALTER TABLE step ADD COLUMN spared text CHECK (spared IN ('case-ended'));`,
  },
  {
    // For administrators: which workflows should run, and nothing of what they are about.
    name: '0010-running',
    sql: runningFunction({ schema: SCHEMA, of: 'meeting' }),
  },
]

const ALL = [...MIGRATIONS, wallOfTrail(SCHEMA, ['tirek_meetings', 'tirek_meetings_work'])]

const passwordOf = (url: string) => decodeURIComponent(new URL(url).password)

/** Opens the pool of the service. Throws NotMigratedError. */
export const openMeetings = (url: string): Promise<Database> => openMigrated({ url, name: 'meetings', poolSize: 4 }, SCHEMA, ALL)

/** Brings the schema up to date and gives both roles the password of the URL. */
export const migrateMeetings = (adminUrl: string, ownUrl: string): Promise<string[]> =>
  migrate(
    adminUrl,
    SCHEMA,
    ['tirek_meetings', 'tirek_meetings_work'].map((name) => ({ name, password: passwordOf(ownUrl) })),
    ALL,
  )
