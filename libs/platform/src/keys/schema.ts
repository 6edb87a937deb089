/** The schema `keys`: the data keys of what Temporal keeps, wrapped. Forward only: a released migration is never edited. */
import { migrate, type Migration } from '../database.ts'

const MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-keys',
    sql: `
CREATE TABLE data_key (
  id uuid PRIMARY KEY,
  -- What it belongs to: 'case/<uuid>', or 'namespace/<name>' for what belongs to no case.
  owner text NOT NULL UNIQUE,
  -- Which key of the ring it is wrapped by.
  ring_key text NOT NULL,
  -- Nonce, key, tag. Erased: nothing. The row stays, so that no new key is ever made for that owner and a reader is told the truth.
  wrapped bytea,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  erased_at timestamptz,
  CHECK ((wrapped IS NULL) = (erased_at IS NOT NULL)),
  CHECK (wrapped IS NULL OR octet_length(wrapped) = 60)
);
CREATE INDEX data_key_ring ON data_key (ring_key) WHERE erased_at IS NULL;

REVOKE ALL ON SCHEMA keys FROM PUBLIC;
GRANT USAGE ON SCHEMA keys TO tirek_keys;
GRANT SELECT, INSERT ON data_key TO tirek_keys;
`,
  },
]

/** Brings the schema up to date; the role `tirek_keys` gets the password of `keysUrl`. */
export const migrateKeys = (adminUrl: string, keysUrl: string): Promise<string[]> =>
  migrate(adminUrl, 'keys', [{ name: 'tirek_keys', password: decodeURIComponent(new URL(keysUrl).password) }], MIGRATIONS)
