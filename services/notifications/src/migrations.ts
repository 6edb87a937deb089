import { migrate, type Migration } from '@tirek/platform/database'
import { createLinks } from '@tirek/platform/links'
import { createTrail } from '@tirek/platform/trail-sql'
import { PAGES_ROLE, wallOfLetters } from './letters/wall.ts'

const MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-letters',
    sql: `
      -- What the cases service asked to tell. Waits until its instant, then becomes letters.
      CREATE TABLE notice (
        id uuid PRIMARY KEY, key text NOT NULL UNIQUE, case_id uuid NOT NULL, body jsonb NOT NULL, urgent boolean NOT NULL,
        send_at bigint NOT NULL, received_at bigint NOT NULL, state text NOT NULL CHECK (state IN ('waiting', 'told', 'dropped')), told_at bigint, asked_since bigint);
      CREATE INDEX notice_waiting ON notice (send_at) WHERE state = 'waiting';
      -- A step is told once, however its notices are cut.
      CREATE TABLE step (case_id uuid NOT NULL, key text NOT NULL, notice uuid NOT NULL REFERENCES notice, PRIMARY KEY (case_id, key));

      -- One row per person and telling: the letter, and the notice that the person sees in the pages.
      CREATE TABLE letter (
        id uuid PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE, key text NOT NULL UNIQUE, message_id text NOT NULL UNIQUE,
        kind text NOT NULL CHECK (kind IN ('notice', 'digest', 'task')), urgent boolean NOT NULL,
        person uuid NOT NULL, organisation uuid, address text, name text NOT NULL, lang text NOT NULL,
        subject text NOT NULL, body text NOT NULL, html text, items jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'retry', 'doubtful', 'failed', 'bounced', 'held', 'shown')),
        attempts int NOT NULL DEFAULT 0, doubts int NOT NULL DEFAULT 0, asked_at bigint NOT NULL, queued_at bigint NOT NULL, try_at bigint,
        lease_until timestamptz, bytes bytea, sha256 text, server text, answer text, settled_at bigint, read_at bigint);
      CREATE INDEX letter_to_send ON letter (urgent, try_at, seq) WHERE try_at IS NOT NULL;
      CREATE INDEX letter_of_person ON letter (person, seq DESC);
      CREATE INDEX letter_by_state ON letter (state, seq DESC) WHERE state <> 'accepted';
      CREATE TABLE attempt (letter uuid NOT NULL REFERENCES letter, n int NOT NULL, at bigint NOT NULL, outcome text NOT NULL, answer text, PRIMARY KEY (letter, n));
      CREATE TABLE bounce (message_hash text PRIMARY KEY, letter uuid REFERENCES letter, status text, action text, at bigint NOT NULL);
      -- One POST to the gateway for phones, without personal data.
      CREATE TABLE alert (key text PRIMARY KEY, payload jsonb NOT NULL, attempts int NOT NULL DEFAULT 0, try_at bigint, done_at bigint);
      CREATE INDEX alert_open ON alert (try_at) WHERE try_at IS NOT NULL;

      GRANT USAGE ON SCHEMA notifications TO tirek_notifications;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA notifications TO tirek_notifications;`,
  },
  {
    name: '0002-who-was-told',
    sql: `
      -- Who knows of a deadline already: named in the letters of those who are told next.
      CREATE TABLE told (case_id uuid NOT NULL, deadline_key text NOT NULL, person uuid NOT NULL, roles text[] NOT NULL, at bigint NOT NULL, PRIMARY KEY (case_id, deadline_key, person));
      GRANT SELECT, INSERT, UPDATE, DELETE ON told TO tirek_notifications;`,
  },
  { name: '0003-trail', sql: createTrail('notifications', 'tirek_notifications') },
  {
    name: '0004-links',
    sql: `${createLinks('tirek_notifications')}
      -- Who was asked to confirm reading a letter of an hour, and when it was confirmed. No evidence of anything.
      CREATE TABLE receipt (
        letter uuid PRIMARY KEY REFERENCES letter, case_id uuid NOT NULL, deadline_key text NOT NULL, person uuid NOT NULL, roles text[] NOT NULL,
        asked_at bigint NOT NULL, confirmed_at bigint CHECK (confirmed_at >= asked_at));
      CREATE INDEX receipt_of_case ON receipt (case_id, deadline_key, person);
      GRANT SELECT, INSERT, UPDATE ON receipt TO tirek_notifications;`,
  },
  {
    name: '0005-what-a-letter-tells',
    sql: `
      -- Hashes of the steps that a letter tells its receiver: looked up in the ledger of sent letters. By hand: a person wants it sent, known or not.
      ALTER TABLE letter ADD COLUMN told text[] NOT NULL DEFAULT '{}', ADD COLUMN by_hand boolean NOT NULL DEFAULT false;`,
  },
  {
    // Letters that speak of a case are found when it is given out or erased.
    name: '0006-letters-of-a-case',
    sql: `CREATE INDEX letter_of_case ON letter USING gin (items jsonb_path_ops); CREATE INDEX notice_of_case ON notice (case_id);`,
  },
  {
    // Whoever leads an organisation pages through the letters of its people.
    name: '0007-letters-of-an-organisation',
    sql: 'CREATE INDEX letter_of_organisation ON letter (organisation, seq DESC);',
  },
]

/** Makes or brings forward the schema `notifications` and its roles. People are read from the directory's views. */
export function migrateNotifications(adminUrl: string, ownUrl: string): Promise<string[]> {
  const password = decodeURIComponent(new URL(ownUrl).password)
  const roles = ['tirek_notifications', PAGES_ROLE].map((name) => ({ name, password }))
  return migrate(adminUrl, 'notifications', roles, [...MIGRATIONS, wallOfLetters()])
}
