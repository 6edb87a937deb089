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
  {
    // The one way in which a service destroys a key: of a case whose record is erased, and of no other. A key that was never made can be made no more.
    name: '0002-erasing',
    sql: `
CREATE FUNCTION erase_of_case(erased uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $erase$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM cases."case" c WHERE c.id = erased AND c.erased_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the case % is not erased: its key stays', erased;
  END IF;
  INSERT INTO keys.data_key AS k (id, owner, ring_key, wrapped, erased_at) VALUES (gen_random_uuid(), 'case/' || erased, '', NULL, clock_timestamp())
    ON CONFLICT (owner) DO UPDATE SET wrapped = NULL, erased_at = clock_timestamp() WHERE k.erased_at IS NULL;
END $erase$;
REVOKE ALL ON FUNCTION erase_of_case FROM PUBLIC;
DO $roles$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tirek_cases_rights') THEN CREATE ROLE tirek_cases_rights LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; END IF;
END $roles$;
GRANT USAGE ON SCHEMA keys TO tirek_cases_rights;
GRANT EXECUTE ON FUNCTION erase_of_case TO tirek_cases_rights;
`,
  },
]

/** Brings the schema up to date; the role `tirek_keys` gets the password of `keysUrl`. */
export const migrateKeys = (adminUrl: string, keysUrl: string): Promise<string[]> =>
  migrate(adminUrl, 'keys', [{ name: 'tirek_keys', password: decodeURIComponent(new URL(keysUrl).password) }], MIGRATIONS)
