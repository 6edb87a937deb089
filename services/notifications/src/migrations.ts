import { migrate, type Database, type Migration } from '@tirek/platform/database'
import { createTries } from '@tirek/platform/limits'
import { openMigrated } from '@tirek/platform/migrated'
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
  {
    name: '0008-mail',
    sql: `
      ALTER TABLE letter DROP CONSTRAINT letter_kind_check;
      ALTER TABLE letter ADD CONSTRAINT letter_kind_check CHECK (kind IN ('notice', 'digest', 'task', 'mail'));

      -- A letter to somebody without an account. What it is made of is kept until a mail server has taken it.
      CREATE TABLE mail (
        letter uuid PRIMARY KEY REFERENCES letter, key text NOT NULL UNIQUE, kind text NOT NULL, meeting uuid NOT NULL, case_id uuid NOT NULL,
        invitee uuid NOT NULL, content jsonb, confirmed_at bigint);
      CREATE INDEX mail_of_meeting ON mail (meeting, invitee);
      CREATE INDEX mail_of_case ON mail (case_id);

      -- Who is asked to come to what: the latest that was sent. By it links show the meeting and mail that comes in finds it.
      CREATE TABLE invitation (
        meeting uuid NOT NULL, invitee uuid NOT NULL, case_id uuid NOT NULL, organisation uuid NOT NULL, name text NOT NULL, address text NOT NULL, lang text NOT NULL,
        about jsonb NOT NULL, agent text, uid text, sequence int NOT NULL, answer_until bigint,
        state text NOT NULL CHECK (state IN ('open', 'cancelled', 'not-held', 'taken-back')), PRIMARY KEY (meeting, invitee));
      CREATE INDEX invitation_of_agent ON invitation (agent);
      CREATE INDEX invitation_of_case ON invitation (case_id);

      -- Every answer that counted when it came; the latest counts. Its time is when it was given.
      CREATE TABLE answer (
        id uuid PRIMARY KEY, meeting uuid NOT NULL, invitee uuid NOT NULL, by text NOT NULL CHECK (by IN ('link', 'calendar')),
        answer text NOT NULL CHECK (answer IN ('accepted', 'declined', 'tentative')), comment text, sequence int NOT NULL, at bigint NOT NULL, received_at bigint NOT NULL,
        FOREIGN KEY (meeting, invitee) REFERENCES invitation);
      CREATE INDEX answer_of_invitee ON answer (meeting, invitee, at DESC);

      -- Told to the meetings service; once taken only the key stays.
      CREATE TABLE news (
        key text PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY, case_id uuid, body jsonb, attempts int NOT NULL DEFAULT 0, try_at bigint, done_at bigint);
      CREATE INDEX news_open ON news (try_at) WHERE try_at IS NOT NULL;

      -- Each mail that came in, by its hash: handed in again it changes nothing.
      CREATE TABLE received (message_hash text PRIMARY KEY, at bigint NOT NULL, read text NOT NULL);
      -- Mail that changed nothing and that a person must look at.
      CREATE TABLE unmatched (
        id uuid PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE, reason text NOT NULL, at bigint NOT NULL, bytes bigint NOT NULL,
        meeting uuid, case_id uuid, organisation uuid, from_address text, attendee text, delegate text, subject text, answer text, comment text,
        proposed_start bigint, proposed_end bigint);
      CREATE INDEX unmatched_of_organisation ON unmatched (organisation, seq DESC);
      CREATE INDEX unmatched_of_case ON unmatched (case_id);

      -- The code of a file behind a link: only its hash, few tries.
      CREATE TABLE file_code (
        letter uuid PRIMARY KEY REFERENCES letter, file uuid NOT NULL, salt bytea NOT NULL, hash bytea NOT NULL, tries int NOT NULL DEFAULT 0,
        opened_at bigint, locked_at bigint);
      GRANT SELECT, INSERT, UPDATE, DELETE ON mail, invitation, answer, news, received, unmatched, file_code TO tirek_notifications;`,
  },
  {
    // The auditor asks for the rows of a case by its number.
    name: '0009-notices-by-number',
    sql: `CREATE INDEX notice_numbered ON notice ((body->>'caseNumber'));`,
  },
  {
    name: '0010-letters-on-their-way',
    sql: `
      -- Noted before the bytes of a letter leave. Of those that are on their way now it is not known.
      ALTER TABLE letter ADD COLUMN handed_over boolean NOT NULL DEFAULT true;
      ALTER TABLE letter ALTER COLUMN handed_over SET DEFAULT false;
      -- What pages show of a receiver: whoever has no account stays without a name there.
      ALTER TABLE letter ADD COLUMN shown_name text GENERATED ALWAYS AS (CASE kind WHEN 'mail' THEN '' ELSE name END) VIRTUAL;
      -- Not sent any more: something newer was said to its receiver.
      ALTER TABLE letter DROP CONSTRAINT letter_state_check;
      ALTER TABLE letter ADD CONSTRAINT letter_state_check CHECK (state IN ('queued', 'sending', 'accepted', 'retry', 'doubtful', 'failed', 'bounced', 'superseded', 'held', 'shown'));`,
  },
  {
    name: '0011-mails-of-referrals',
    sql: `
      -- A mail is of a meeting or of a referral; of a referral the invitee is the referral itself: its body has one secretary.
      ALTER TABLE mail ALTER COLUMN meeting DROP NOT NULL;
      ALTER TABLE mail ADD COLUMN referral uuid, ADD COLUMN sending int,
        ADD CONSTRAINT mail_of_one CHECK ((meeting IS NULL) <> (referral IS NULL) AND (referral IS NULL) = (sending IS NULL));
      CREATE INDEX mail_of_referral ON mail (referral) WHERE referral IS NOT NULL;
      ALTER TABLE news ADD COLUMN service text NOT NULL DEFAULT 'meetings' CHECK (service IN ('meetings', 'referrals'));

      -- Whose answer is awaited to what: the latest that was sent. By it links show the referral, and the next mail finds its receiver.
      CREATE TABLE asking (
        referral uuid PRIMARY KEY, case_id uuid NOT NULL, organisation uuid NOT NULL, sending int NOT NULL, name text NOT NULL, address text NOT NULL, lang text NOT NULL,
        about jsonb NOT NULL, answered int NOT NULL DEFAULT 0, is_over boolean NOT NULL DEFAULT false);
      CREATE INDEX asking_of_case ON asking (case_id);
      GRANT SELECT, INSERT, UPDATE, DELETE ON asking TO tirek_notifications;`,
  },
  {
    // Tries at the links of letters.
    name: '0012-tries',
    sql: createTries('tirek_notifications'),
  },
  {
    // The page of a meeting reads what came in to it.
    name: '0013-unmatched-of-a-meeting',
    sql: 'CREATE INDEX unmatched_of_meeting ON unmatched (meeting, seq DESC) WHERE meeting IS NOT NULL;',
  },
  {
    // The page of a referral reads the replies to its mails: of those that came before it is not known which. Links say that the packet went on paper.
    name: '0014-replies-to-a-referral',
    sql: `ALTER TABLE asking ADD COLUMN on_paper boolean NOT NULL DEFAULT false;
      ALTER TABLE unmatched ADD COLUMN referral uuid;
      CREATE INDEX unmatched_of_referral ON unmatched (referral, seq DESC) WHERE referral IS NOT NULL;`,
  },
  {
    name: '0015-devices',
    sql: `
      -- Devices that their people allowed notices of the hour on: the address opens the device, so only the loops read it.
      CREATE TABLE push_device (
        id uuid PRIMARY KEY, person uuid NOT NULL, endpoint text NOT NULL UNIQUE, p256dh text NOT NULL, auth text NOT NULL, made_at bigint NOT NULL);
      CREATE INDEX push_device_of_person ON push_device (person);
      CREATE TABLE push (
        letter uuid REFERENCES letter, device uuid REFERENCES push_device ON DELETE CASCADE, case_id uuid NOT NULL, payload jsonb NOT NULL,
        queued_at bigint NOT NULL, try_at bigint, attempts int NOT NULL DEFAULT 0, done_at bigint, PRIMARY KEY (letter, device));
      CREATE INDEX push_due ON push (try_at) WHERE try_at IS NOT NULL;
      CREATE INDEX push_of_device ON push (device);
      CREATE INDEX push_of_case ON push (case_id);
      GRANT SELECT, INSERT, UPDATE, DELETE ON push_device, push TO tirek_notifications;`,
  },
]

/** Opens the pool of the service. Throws NotMigratedError. */
export const openNotifications = (url: string): Promise<Database> =>
  openMigrated({ url, name: 'notifications' }, 'notifications', [...MIGRATIONS, wallOfLetters()])

/** Makes or brings forward the schema `notifications` and its roles. People are read from the directory's views. */
export function migrateNotifications(adminUrl: string, ownUrl: string): Promise<string[]> {
  const password = decodeURIComponent(new URL(ownUrl).password)
  const roles = ['tirek_notifications', PAGES_ROLE].map((name) => ({ name, password }))
  return migrate(adminUrl, 'notifications', roles, [...MIGRATIONS, wallOfLetters()])
}
