/**
 * The trail in Postgres: one table of rows chained by hashes, one of the chains' heads. The link is made by a trigger, so that no way of
 * inserting can forget it; `trail-hash.ts` makes the same hash independently.
 */

/** Columns that are written; the trigger makes the others. */
export const TRAIL_COLUMNS = 'at, who, role, organisation, what, why, case_id, about, request, from_where, outcome'

const BEFORE_FIRST = `decode(repeat('0', 64), 'hex')`
/** The values of a row as a JSON list; `row` is the record. */
const textOfRow = (schema: string, row: string) =>
  `json_build_array('trail-1', '${schema}', ${['seq', 'chain', 'at', 'who', 'role', 'organisation', 'what', 'why', 'case_id', 'about', 'request', 'from_where', 'outcome'].map((column) => `${row}.${column}`).join(', ')})::text`
const hashSql = (text: string, n: string, prev: string) =>
  `sha256(convert_to(${text} || ' ' || ${n} || ' ' || encode(${prev}, 'hex'), 'UTF8'))`

/**
 * Tables, trigger and rights of a schema's trail: for a migration of `schema`, whose `role` may read and add rows and nothing else.
 * Released in migrations: never edited, a change is another function.
 */
export const createTrail = (schema: string, role: string): string => `
CREATE TABLE trail (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  -- The case; without one, the person.
  chain uuid NOT NULL,
  n bigint NOT NULL,
  at bigint NOT NULL,
  who uuid NOT NULL,
  role text NOT NULL,
  organisation uuid,
  what text NOT NULL CHECK (length(what) <= 100),
  why text CHECK (length(why) <= 100),
  case_id uuid,
  -- The act that was recorded, or the row that was changed.
  about uuid,
  request text CHECK (length(request) <= 64),
  from_where text CHECK (length(from_where) <= 64),
  outcome text NOT NULL DEFAULT 'done' CHECK (outcome IN ('done', 'refused')),
  prev bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (chain, n)
);
CREATE INDEX trail_time ON trail (at, seq);
CREATE INDEX trail_who ON trail (who, at, seq);
CREATE INDEX trail_what ON trail (what, at, seq);
-- Free room in its pages: a head is rewritten in place.
CREATE TABLE trail_head (chain uuid PRIMARY KEY, n bigint NOT NULL, hash bytea NOT NULL) WITH (fillfactor = 50);

-- Runs as the owner: nobody else can write a head.
CREATE FUNCTION trail_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $link$
DECLARE first text;
BEGIN
  NEW.chain := coalesce(NEW.case_id, NEW.who);
  first := ${textOfRow(schema, 'NEW')};
  -- One statement: the head is locked, linked and moved. Waits for whoever writes the same chain.
  INSERT INTO ${schema}.trail_head AS h (chain, n, hash)
    VALUES (NEW.chain, 1, ${hashSql('first', '1', BEFORE_FIRST)})
    ON CONFLICT (chain) DO UPDATE SET n = h.n + 1, hash = ${hashSql('first', '(h.n + 1)', 'h.hash')}
    RETURNING WITH (OLD AS was, NEW AS became) became.n, coalesce(was.hash, ${BEFORE_FIRST}), became.hash INTO NEW.n, NEW.prev, NEW.hash;
  RETURN NEW;
END $link$;
CREATE FUNCTION trail_stays() RETURNS trigger LANGUAGE plpgsql AS $stays$
BEGIN RAISE EXCEPTION 'rows of the trail stay as they are'; END $stays$;
REVOKE EXECUTE ON FUNCTION trail_link(), trail_stays() FROM PUBLIC;
CREATE TRIGGER trail_link BEFORE INSERT ON trail FOR EACH ROW EXECUTE FUNCTION trail_link();
-- Against mistakes only: whoever may drop it may drop it. What was done then is found by the hashes.
CREATE TRIGGER trail_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON trail FOR EACH STATEMENT EXECUTE FUNCTION trail_stays();

REVOKE ALL ON trail, trail_head FROM PUBLIC, ${role};
GRANT SELECT, INSERT (${TRAIL_COLUMNS}) ON trail TO ${role};
GRANT SELECT ON trail_head TO ${role};
DO $roles$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tirek_watchdog') THEN CREATE ROLE tirek_watchdog LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE; END IF;
END $roles$;
-- The watchdog seals the heads and sees no row.
GRANT USAGE ON SCHEMA ${schema} TO tirek_watchdog;
GRANT SELECT ON trail_head TO tirek_watchdog;`

/**
 * Moves rows of before into a new trail, linked as the trigger links: `rows` is a query of its columns and of `nth`, their order. By a loop: a
 * head that one transaction writes a hundred thousand times gets slower each time.
 */
export const moveIntoTrail = (schema: string, rows: string): string => `
ALTER TABLE trail DISABLE TRIGGER trail_link;
DO $move$
DECLARE old record; row trail%ROWTYPE;
BEGIN
  FOR old IN SELECT * FROM (${rows}) o ORDER BY coalesce(o.case_id, o.who), o.nth LOOP
    IF row.chain IS DISTINCT FROM coalesce(old.case_id, old.who) THEN
      IF row.chain IS NOT NULL THEN INSERT INTO trail_head (chain, n, hash) VALUES (row.chain, row.n, row.hash); END IF;
      row.chain := coalesce(old.case_id, old.who);
      row.n := 0;
      row.hash := ${BEFORE_FIRST};
    END IF;
    row.seq := nextval(pg_get_serial_sequence('${schema}.trail', 'seq'));
    row.n := row.n + 1;
    row.prev := row.hash;
    row.at := old.at; row.who := old.who; row.role := old.role; row.what := old.what; row.case_id := old.case_id; row.about := old.about; row.request := old.request;
    row.outcome := 'done';
    row.hash := ${hashSql(textOfRow(schema, 'row'), 'row.n', 'row.prev')};
    INSERT INTO trail OVERRIDING SYSTEM VALUE SELECT row.*;
  END LOOP;
  IF row.chain IS NOT NULL THEN INSERT INTO trail_head (chain, n, hash) VALUES (row.chain, row.n, row.hash); END IF;
END $move$;
ALTER TABLE trail ENABLE TRIGGER trail_link;`

/**
 * A statement that adds the rows of a JSON list (an SQL expression), as `Trail.row` makes them. Several chains are locked in one order,
 * so that two such statements never wait for each other in a ring.
 */
export const insertTrail = (schema: string, list: string): string =>
  `INSERT INTO ${schema}.trail (${TRAIL_COLUMNS})
  SELECT u.at, u.who, u.role, u.organisation, u.what, u.why, u.case_id, u.about, u.request, u.from_where, u.outcome
  FROM jsonb_to_recordset(${list}) AS u(at bigint, who uuid, role text, organisation uuid, what text, why text, case_id uuid, about uuid, request text, from_where text, outcome text)
  ORDER BY coalesce(u.case_id, u.who)`
