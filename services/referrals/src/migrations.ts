/** The schema `referrals`. Instants are bigint, ms UTC, from the one Clock. Forward only: a released migration is never edited. */
import { migrate, type Database, type Migration } from '@tirek/platform/database'
import { openMigrated } from '@tirek/platform/migrated'
import { createTrail } from '@tirek/platform/trail-sql'
import { wallOfTrail } from '@tirek/platform/trail-wall'
import { runningFunction } from '@tirek/proceedings/running-sql'

const SCHEMA = 'referrals'

/** Set by acts alone: whoever reads can write nothing. Whoever asks sees the rows of the cases that the policy let them see, and no other. */
const SEEN = `case_id = ANY(nullif(current_setting('tirek.referral_cases', true), '')::uuid[])`
const WRITES = `current_setting('tirek.referral_writes', true) = 'on'`
const PERSON = `nullif(current_setting('tirek.person', true), '')::uuid`
const CHANGED = ['referral', 'packet', 'sending', 'mail'] as const
const ADDED = ['file', 'answer', 'change'] as const

const walled = (table: string) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY work ON ${table} TO tirek_referrals_work USING (true) WITH CHECK (true);`
const seen = (table: string) => `${walled(table)}
CREATE POLICY person_sees ON ${table} FOR SELECT TO tirek_referrals USING (${SEEN});
CREATE POLICY person_writes ON ${table} FOR INSERT TO tirek_referrals WITH CHECK (${SEEN} AND ${PERSON} IS NOT NULL AND ${WRITES});`
const policies = [
  ...[...CHANGED, ...ADDED].map(seen),
  ...CHANGED.map(
    (table) => `CREATE POLICY person_changes ON ${table} FOR UPDATE TO tirek_referrals
  USING (${SEEN} AND ${PERSON} IS NOT NULL AND ${WRITES}) WITH CHECK (${SEEN} AND ${PERSON} IS NOT NULL AND ${WRITES});`,
  ),
  `${walled('outbox')}
CREATE POLICY person_writes ON outbox FOR INSERT TO tirek_referrals WITH CHECK (${SEEN} AND ${PERSON} IS NOT NULL AND ${WRITES});
${walled('step')}
CREATE POLICY person_sees ON step FOR SELECT TO tirek_referrals USING (EXISTS (SELECT 1 FROM referrals.referral r WHERE r.id = step.referral));
${walled('counter')}
CREATE POLICY person_writes ON counter TO tirek_referrals USING (${WRITES}) WITH CHECK (${WRITES});
${walled('idempotency')}
CREATE POLICY own ON idempotency TO tirek_referrals USING (person = ${PERSON}) WITH CHECK (person = ${PERSON} AND ${WRITES});
${walled('ending')}`,
].join('\n')

const MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-referrals',
    sql: `
CREATE TABLE referral (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  case_number text NOT NULL,
  programme text NOT NULL,
  organisation uuid NOT NULL,
  body text NOT NULL CHECK (body IN ('pmpk', 'commission', 'guardianship-body')),
  question text NOT NULL CHECK (question IN ('removal', 'longer-stay', 'form-of-care', 'examination')),
  state text NOT NULL CHECK (state IN ('prepared', 'sent', 'received', 'more-asked-for', 'postponed', 'recommended', 'returned', 'decided', 'withdrawn')),
  -- Grows with every act of a person; facts_version with everything that is learned.
  version int NOT NULL,
  facts_version int NOT NULL,
  calendar text NOT NULL,
  -- The meeting that decided it.
  meeting uuid,
  special_needs boolean NOT NULL,
  previous uuid REFERENCES referral,
  out_of_order text,
  outgoing text,
  agency uuid,
  contact uuid,
  addressee jsonb,
  is_nobody_set boolean NOT NULL,
  letter text NOT NULL,
  enclosures jsonb NOT NULL,
  demands jsonb NOT NULL,
  edited_at bigint NOT NULL,
  prepared_at bigint NOT NULL,
  prepared_by uuid NOT NULL,
  since bigint NOT NULL,
  due_day text,
  received_at bigint,
  placement text NOT NULL CHECK (placement IN ('none', 'waiting', 'recorded')),
  reason text,
  nothing_follows boolean NOT NULL,
  manager uuid,
  first_person uuid NOT NULL,
  next_step_at bigint
);
CREATE INDEX referral_case ON referral (case_id, prepared_at DESC);
CREATE INDEX referral_number ON referral (case_number);
CREATE INDEX referral_next_step ON referral (next_step_at) WHERE next_step_at IS NOT NULL;
CREATE INDEX referral_previous ON referral (previous) WHERE previous IS NOT NULL;

-- A packet, and what was handed in: the bytes lie in the store of files, their hash here too.
CREATE TABLE file (
  id uuid PRIMARY KEY,
  referral uuid NOT NULL REFERENCES referral,
  case_id uuid NOT NULL,
  of text NOT NULL CHECK (of IN ('packet', 'answer')),
  stored text NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  sha256 text NOT NULL,
  size int NOT NULL,
  made_at bigint NOT NULL
);
CREATE INDEX file_referral ON file (referral);

CREATE TABLE packet (
  referral uuid NOT NULL REFERENCES referral,
  version int NOT NULL,
  case_id uuid NOT NULL,
  made_at bigint NOT NULL,
  made_by uuid NOT NULL,
  frozen_at bigint,
  file uuid NOT NULL,
  enclosures jsonb NOT NULL,
  PRIMARY KEY (referral, version)
);

CREATE TABLE sending (
  referral uuid NOT NULL REFERENCES referral,
  n int NOT NULL,
  case_id uuid NOT NULL,
  way text NOT NULL CHECK (way IN ('mail', 'paper')),
  at bigint NOT NULL,
  by uuid NOT NULL,
  packet int NOT NULL,
  number text,
  day text,
  addressee text,
  address text,
  code text,
  PRIMARY KEY (referral, n),
  CHECK (way <> 'paper' OR (number IS NOT NULL AND day IS NOT NULL))
);

-- What was asked to be sent, and what became of it.
CREATE TABLE mail (
  key text PRIMARY KEY,
  referral uuid NOT NULL REFERENCES referral,
  case_id uuid NOT NULL,
  sending int NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  at bigint NOT NULL,
  copies int NOT NULL DEFAULT 1,
  asked_at bigint NOT NULL
);
CREATE INDEX mail_referral ON mail (referral, asked_at);

CREATE TABLE answer (
  key text PRIMARY KEY,
  referral uuid NOT NULL REFERENCES referral,
  case_id uuid NOT NULL,
  n int NOT NULL,
  by text NOT NULL CHECK (by IN ('link', 'person')),
  at bigint NOT NULL,
  recorded_at bigint NOT NULL,
  recorded_by uuid,
  content jsonb NOT NULL,
  UNIQUE (referral, n),
  CHECK ((by = 'person') = (recorded_by IS NOT NULL))
);

CREATE TABLE counter (organisation uuid NOT NULL, year int NOT NULL, last int NOT NULL, PRIMARY KEY (organisation, year));

CREATE TABLE change (
  referral uuid NOT NULL REFERENCES referral,
  version int NOT NULL,
  case_id uuid NOT NULL,
  what text NOT NULL,
  by uuid NOT NULL,
  at bigint NOT NULL,
  fields jsonb NOT NULL,
  PRIMARY KEY (referral, version)
);

-- News that was taken: told again it changes nothing.
CREATE TABLE news (key text PRIMARY KEY, taken_at bigint NOT NULL);

CREATE TABLE step (
  referral uuid NOT NULL REFERENCES referral,
  key text NOT NULL,
  "row" text NOT NULL,
  at bigint NOT NULL,
  taken_at bigint NOT NULL,
  taken_by text NOT NULL CHECK (taken_by IN ('workflow', 'watch')),
  PRIMARY KEY (referral, key)
);

CREATE TABLE outbox (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('mail', 'facts', 'act', 'notice')),
  referral uuid NOT NULL,
  case_id uuid NOT NULL,
  version int NOT NULL,
  payload jsonb,
  not_before bigint NOT NULL,
  made_at bigint NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  leased_until timestamptz
);
CREATE INDEX outbox_kind ON outbox (kind, not_before, seq);
CREATE INDEX outbox_referral ON outbox (referral, kind, seq);

-- Which version the referral's workflow knows.
CREATE TABLE workflow_ack (referral uuid PRIMARY KEY REFERENCES referral, version int NOT NULL, open boolean NOT NULL);

-- Referrals that were erased and whose workflow may still run.
CREATE TABLE ending (referral uuid PRIMARY KEY, case_id uuid NOT NULL);

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
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tirek_referrals') THEN CREATE ROLE tirek_referrals LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tirek_referrals_work') THEN CREATE ROLE tirek_referrals_work LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; END IF;
END $roles$;
GRANT USAGE ON SCHEMA referrals TO tirek_referrals, tirek_referrals_work;
GRANT SELECT, INSERT, UPDATE ON ${CHANGED.join(', ')}, counter TO tirek_referrals;
GRANT SELECT, INSERT ON ${ADDED.join(', ')}, idempotency TO tirek_referrals;
GRANT SELECT ON step TO tirek_referrals;
GRANT INSERT ON outbox TO tirek_referrals;
GRANT SELECT, INSERT, UPDATE, DELETE ON ${[...CHANGED, ...ADDED].join(', ')}, news, step, outbox, workflow_ack, ending TO tirek_referrals_work;
GRANT SELECT, DELETE ON idempotency TO tirek_referrals_work;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA referrals TO tirek_referrals, tirek_referrals_work;

-- The case of a referral, and nothing else of it: who may see it is asked of the cases service by that. Numbers of cases are for auditors.
CREATE FUNCTION case_of(asked uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = referrals, pg_temp AS $f$
  SELECT r.case_id FROM referral r WHERE r.id = asked $f$;
CREATE FUNCTION number_of(asked uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = referrals, pg_temp AS $f$
  SELECT r.case_number FROM referral r WHERE r.case_id = asked LIMIT 1 $f$;
CREATE FUNCTION case_numbered(asked text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = referrals, pg_temp AS $f$
  SELECT r.case_id FROM referral r WHERE r.case_number = asked LIMIT 1 $f$;
REVOKE ALL ON FUNCTION case_of, number_of, case_numbered FROM PUBLIC;
GRANT EXECUTE ON FUNCTION case_of, number_of, case_numbered TO tirek_referrals;

${createTrail('referrals', 'tirek_referrals')}
${policies}
`,
  },
  {
    name: '0002-sources-of-packets',
    sql: `
-- Which acts and which protocol it was printed from, with hashes of what they said. Of packets made before nothing is known: they are made anew.
ALTER TABLE packet ADD COLUMN sources jsonb NOT NULL DEFAULT '[]';
`,
  },
  {
    name: '0003-acts-of-nobody',
    sql: `
-- Answers by a link that wait to be carried were to be recorded by whoever leads the case: they are nobody's of ours.
UPDATE outbox SET payload = (payload - 'who' - 'isOfNobody') || '{"origin": "one-time-link"}' WHERE kind = 'act' AND payload ? 'isOfNobody';
`,
  },
  {
    name: '0004-spared',
    sql: `
-- Taken and not done, and why: what it waited for happens no more.
ALTER TABLE step ADD COLUMN spared text CHECK (spared IN ('case-ended'));
`,
  },
  {
    // For administrators: which workflows should run, and nothing of what they are about.
    name: '0005-running',
    sql: runningFunction({ schema: SCHEMA, of: 'referral' }),
  },
  {
    name: '0006-documents',
    sql: `
-- Documents that go with a referral besides what the system holds, in order: file, kind, title.
ALTER TABLE referral ADD COLUMN documents jsonb NOT NULL DEFAULT '[]';
ALTER TABLE file DROP CONSTRAINT file_of_check, ADD CONSTRAINT file_of_check CHECK (of IN ('packet', 'answer', 'document'));
`,
  },
]

const ROLES = ['tirek_referrals', 'tirek_referrals_work']
const ALL = [...MIGRATIONS, wallOfTrail(SCHEMA, ROLES)]

/** Opens the pool of the service. Throws NotMigratedError. */
export const openReferrals = (url: string): Promise<Database> => openMigrated({ url, name: 'referrals', poolSize: 4 }, SCHEMA, ALL)

/** Brings the schema up to date and gives both roles the password of the URL. */
export const migrateReferrals = (adminUrl: string, ownUrl: string): Promise<string[]> => {
  const password = decodeURIComponent(new URL(ownUrl).password)
  return migrate(
    adminUrl,
    SCHEMA,
    ROLES.map((name) => ({ name, password })),
    ALL,
  )
}
