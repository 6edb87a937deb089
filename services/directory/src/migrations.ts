import { migrate, type Database, type Migration } from '@tirek/platform/database'
import { createTries } from '@tirek/platform/limits'
import { openMigrated } from '@tirek/platform/migrated'
import { createTrail, moveIntoTrail } from '@tirek/platform/trail-sql'
import { PEOPLE_ROLE, wallOfDirectory, WORK_ROLE } from './wall.ts'

/** Roles of other services that read our views; made here without a password when they come later than we do. */
const READERS = ['tirek_cases', 'tirek_notifications', 'tirek_watchdog'] as const
const makeReader = (role: string) =>
  `IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; END IF;`

export const MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-people',
    sql: `
      CREATE TABLE organisation (
        id uuid PRIMARY KEY, name_ru text NOT NULL, name_kk text NOT NULL, name_en text NOT NULL, prefix text NOT NULL UNIQUE, territory text NOT NULL,
        head uuid, next_in_line uuid, supervisor_default uuid, works_from int NOT NULL DEFAULT 540, works_to int NOT NULL DEFAULT 1080);
      CREATE TABLE person (
        id uuid PRIMARY KEY, login text NOT NULL UNIQUE, name text NOT NULL, role text NOT NULL, organisation uuid REFERENCES organisation,
        email text, phone text, lang text NOT NULL, digest boolean NOT NULL, active boolean NOT NULL, supervisor uuid REFERENCES person);
      CREATE INDEX person_organisation ON person (organisation);
      ALTER TABLE organisation ADD FOREIGN KEY (head) REFERENCES person, ADD FOREIGN KEY (next_in_line) REFERENCES person, ADD FOREIGN KEY (supervisor_default) REFERENCES person;
      CREATE TABLE absence (id uuid PRIMARY KEY, person uuid NOT NULL REFERENCES person, from_day date NOT NULL, to_day date NOT NULL, deputy uuid REFERENCES person, CHECK (to_day >= from_day));
      CREATE INDEX absence_person ON absence (person, to_day);
      CREATE TABLE duty (id uuid PRIMARY KEY, organisation uuid NOT NULL REFERENCES organisation, person uuid NOT NULL REFERENCES person, from_day date NOT NULL, to_day date, position int NOT NULL);
      CREATE INDEX duty_organisation ON duty (organisation, from_day);
      CREATE TABLE agency (id uuid PRIMARY KEY, kind text NOT NULL, territory text NOT NULL, name text NOT NULL, contact text, email text, phone text, powers text);
      CREATE INDEX agency_territory ON agency (territory, kind);
      CREATE TABLE setting (organisation uuid NOT NULL REFERENCES organisation, term text NOT NULL, value numeric NOT NULL, PRIMARY KEY (organisation, term));
      CREATE TABLE calendar (version text PRIMARY KEY, holidays jsonb NOT NULL, working_weekends jsonb NOT NULL, current boolean NOT NULL);
      CREATE UNIQUE INDEX one_current_calendar ON calendar (current) WHERE current;
      CREATE TABLE quarantine (id uuid PRIMARY KEY, territory text NOT NULL, from_day date NOT NULL, to_day date, document text NOT NULL);
      -- What changed and must be told to the cases service: facts of its cases depend on it.
      CREATE TABLE outbox (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload jsonb NOT NULL, attempts int NOT NULL DEFAULT 0, try_at bigint NOT NULL, done_at bigint);
      CREATE INDEX outbox_open ON outbox (seq) WHERE done_at IS NULL;
      CREATE TABLE audit (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at bigint NOT NULL, who uuid, what text NOT NULL, of uuid, before jsonb, after jsonb);
      CREATE TABLE idempotency (who uuid NOT NULL, key text NOT NULL, hash text NOT NULL, answer jsonb NOT NULL, at bigint NOT NULL, PRIMARY KEY (who, key));

      DO $roles$ BEGIN ${READERS.map(makeReader).join(' ')} END $roles$;
      CREATE VIEW person_view AS SELECT id, login, name, role, organisation, email, phone, lang, digest, active, supervisor FROM person;
      CREATE VIEW team_view AS SELECT p.id AS person, coalesce(p.supervisor, nullif(o.supervisor_default, p.id)) AS supervisor FROM person p LEFT JOIN organisation o ON o.id = p.organisation;
      CREATE VIEW absence_view AS SELECT person, from_day::text AS from_day, to_day::text AS to_day, deputy FROM absence;
      CREATE VIEW duty_view AS SELECT organisation, from_day::text AS from_day, to_day::text AS to_day, person, position FROM duty;
      CREATE VIEW organisation_view AS SELECT id, name_ru, name_kk, name_en, prefix, territory, head, next_in_line, supervisor_default, works_from, works_to FROM organisation;
      CREATE VIEW setting_view AS SELECT organisation, term, value FROM setting;
      CREATE VIEW quarantine_view AS SELECT territory, from_day::text AS from_day, to_day::text AS to_day FROM quarantine;
      CREATE VIEW calendar_view AS SELECT version, holidays, working_weekends, current FROM calendar;
      CREATE VIEW agency_view AS SELECT id, kind, territory, name, contact, email, phone FROM agency;

      GRANT USAGE ON SCHEMA directory TO tirek_directory, ${READERS.join(', ')};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA directory TO tirek_directory;
      REVOKE UPDATE, DELETE ON audit FROM tirek_directory;
      GRANT SELECT ON person_view, team_view, absence_view, duty_view, organisation_view, setting_view, quarantine_view, calendar_view, agency_view TO ${READERS.join(', ')};`,
  },
  {
    name: '0002-trail',
    sql: `
      ${createTrail('directory', 'tirek_directory')}
      ${moveIntoTrail('directory', `SELECT a.seq AS nth, a.at, coalesce(a.who, '00000000-0000-0000-0000-000000000000') AS who, coalesce(p.role, 'system') AS role, a.what, NULL::uuid AS case_id, a.of AS about, NULL AS request FROM audit a LEFT JOIN person p ON p.id = a.who`)}
      -- What a row said before and after lies apart: the trail holds no content.
      ALTER TABLE audit RENAME TO change;`,
  },
  {
    name: '0003-signed-out',
    // ms UTC of the machine: sign-ins up to then are over.
    sql: `
      ALTER TABLE person ADD COLUMN signed_out_at bigint;
      CREATE OR REPLACE VIEW person_view AS SELECT id, login, name, role, organisation, email, phone, lang, digest, active, supervisor, signed_out_at FROM person;
      CREATE INDEX person_email ON person (lower(email));`,
  },
  {
    // The loops of the cases service sign in as a role of their own: it reads what facts are made with, and no person.
    name: '0004-work-reader',
    sql: `
      DO $roles$ BEGIN ${makeReader('tirek_cases_work')} END $roles$;
      GRANT USAGE ON SCHEMA directory TO tirek_cases_work;
      GRANT SELECT ON organisation_view, setting_view, quarantine_view, calendar_view TO tirek_cases_work;`,
  },
  {
    // An export names who wrote and did what.
    name: '0005-rights-reader',
    sql: `
      DO $roles$ BEGIN ${makeReader('tirek_cases_rights')} END $roles$;
      GRANT USAGE ON SCHEMA directory TO tirek_cases_rights;
      GRANT SELECT ON person_view TO tirek_cases_rights;`,
  },
  {
    // An agency has several people to turn to. The one of before is the first of them. Nothing may be sent to an address before somebody has marked it.
    name: '0006-agency-contacts',
    sql: `
      ALTER TABLE agency ADD COLUMN service text;
      CREATE TABLE agency_contact (
        id uuid PRIMARY KEY, agency uuid NOT NULL REFERENCES agency ON DELETE CASCADE, place int NOT NULL, name text NOT NULL, position text, email text, phone text,
        lang text NOT NULL DEFAULT 'ru', marked_by uuid REFERENCES person, marked_at bigint,
        CHECK ((marked_by IS NULL) = (marked_at IS NULL)), CHECK (marked_by IS NULL OR email IS NOT NULL));
      CREATE INDEX contact_of_agency ON agency_contact (agency, place);
      CREATE UNIQUE INDEX one_address_in_agency ON agency_contact (agency, lower(email));
      INSERT INTO agency_contact (id, agency, place, name, email, phone)
        SELECT gen_random_uuid(), id, 1, coalesce(contact, name), email, phone FROM agency WHERE contact IS NOT NULL OR email IS NOT NULL OR phone IS NOT NULL;
      CREATE OR REPLACE VIEW agency_view AS
        SELECT a.id, a.kind, a.territory, a.name, c.name AS contact, c.email, c.phone, a.service, c.lang, coalesce(c.marked_by IS NOT NULL, false) AS may_receive_files
        FROM agency a LEFT JOIN LATERAL (SELECT * FROM agency_contact WHERE agency = a.id ORDER BY place, id LIMIT 1) c ON true;
      ALTER TABLE agency DROP COLUMN contact, DROP COLUMN email, DROP COLUMN phone;
      CREATE VIEW agency_contact_view AS
        SELECT id, agency, place, name, position, email, phone, lang, marked_by IS NOT NULL AS may_receive_files FROM agency_contact;
      GRANT SELECT, INSERT, UPDATE, DELETE ON agency_contact TO tirek_directory;
      DO $roles$ BEGIN ${makeReader('tirek_meetings')} END $roles$;
      GRANT USAGE ON SCHEMA directory TO tirek_meetings;
      GRANT SELECT ON agency_view, agency_contact_view TO tirek_meetings, tirek_notifications;`,
  },
  {
    // Sessions of browsers that their person ended, until they would have ended by themselves (ms UTC of the machine): whichever process runs, a copied cookie is worth nothing.
    name: '0007-ended-sessions',
    sql: `
      CREATE TABLE ended_session (id uuid PRIMARY KEY, person uuid NOT NULL REFERENCES person, until_at bigint NOT NULL);
      CREATE INDEX ended_session_person ON ended_session (person);
      GRANT SELECT, INSERT, DELETE ON ended_session TO tirek_directory;
      CREATE OR REPLACE VIEW person_view AS SELECT id, login, name, role, organisation, email, phone, lang, digest, active, supervisor, signed_out_at,
        (SELECT array_agg(s.id) FROM ended_session s WHERE s.person = person.id) AS ended_sessions FROM person;`,
  },
  {
    // Who is invited to a meeting, in whose name, by which calendar.
    name: '0008-meetings-reader',
    sql: `
      DO $roles$ BEGIN ${makeReader('tirek_meetings')} END $roles$;
      GRANT USAGE ON SCHEMA directory TO tirek_meetings;
      GRANT SELECT ON person_view, organisation_view, calendar_view TO tirek_meetings;`,
  },
  {
    // Failed sign-ins by the address that they came from. The role is the service's own, for what nobody signed in asks for.
    name: '0009-tries',
    sql: createTries(WORK_ROLE),
  },
  {
    // Which commission a referral goes to (CP-56), in whose name, by which calendar.
    name: '0010-referrals-reader',
    sql: `
      CREATE OR REPLACE VIEW agency_view AS
        SELECT a.id, a.kind, a.territory, a.name, c.name AS contact, c.email, c.phone, a.service, c.lang, coalesce(c.marked_by IS NOT NULL, false) AS may_receive_files, a.powers
        FROM agency a LEFT JOIN LATERAL (SELECT * FROM agency_contact WHERE agency = a.id ORDER BY place, id LIMIT 1) c ON true;
      DO $roles$ BEGIN ${makeReader('tirek_referrals')} END $roles$;
      GRANT USAGE ON SCHEMA directory TO tirek_referrals;
      GRANT SELECT ON person_view, organisation_view, calendar_view, agency_view, agency_contact_view TO tirek_referrals;`,
  },
]

/** Opens the pool of the service. Throws NotMigratedError. */
export const openDirectory = (url: string): Promise<Database> =>
  openMigrated({ url, name: 'directory' }, 'directory', [...MIGRATIONS, wallOfDirectory()])

/** Makes or brings forward the schema `directory`, its roles and the views that others read. */
export function migrateDirectory(adminUrl: string, ownUrl: string): Promise<string[]> {
  const password = decodeURIComponent(new URL(ownUrl).password)
  const roles = [PEOPLE_ROLE, WORK_ROLE].map((name) => ({ name, password }))
  return migrate(adminUrl, 'directory', roles, [...MIGRATIONS, wallOfDirectory()])
}
