/**
 * The second wall: Postgres itself shows a person no row of a case that they have no relation to. Made from the same relations as the policy
 * (libs/policy); a statement that forgets its condition, or who asks, finds nothing. Rows are written only where a relation records something,
 * or for the case that the transaction names (its first form, or one by which its writer loses the case). Part and act are the first wall's: a
 * row is shown whole.
 */
import { JOURNAL_NAMES, journalOf } from '@tirek/contract/journals'
import { createHash } from 'node:crypto'
import type { Migration } from '@tirek/platform/database'
import { trailWall } from '@tirek/platform/trail-wall'
import { POLICY, relationsThat, relationsThatRecord } from '@tirek/policy/policy'
import { anyOf, isGiven, RELATION_IDS } from '@tirek/policy/relations'
import { MY } from '@tirek/policy/settings'
import { RIGHTS_ROLE, rightsOfRole } from '../rights/role.ts'

/** In a policy a table has no alias. */
const onCase = (sql: string) => sql.replaceAll(/\bc\./g, '"case".')

/** Whoever is offered a file sees its offer by a function of its own, and no row. */
const SEEN = `${anyOf(relationsThat('open'))} OR c.id = ${MY.writes}`
const NAMED = anyOf(
  RELATION_IDS.filter((relation) => POLICY[relation].parts === 'given' || (POLICY[relation].parts as readonly string[]).includes('name')),
)
const FILED = anyOf(relationsThat('read-file'))
/** Whoever is offered a file answers as `writes`. */
const RECORDING = relationsThatRecord().filter((relation) => relationsThat('open').includes(relation))
const RECORDED = anyOf(RECORDING)
const CORRECTED = anyOf(relationsThatRecord('child-corrected'))

/** A case that the person sees, asked of "case" under its own policies. A value and no EXISTS, which Postgres may answer by reading every case first. */
const someCase = (where: string) => `(SELECT true FROM cases."case" c WHERE ${where} LIMIT 1)`
const OF_SEEN_CASE = (table: string) => `${table}.case_id = ${MY.writes} OR ${someCase(`c.id = ${table}.case_id`)}`
const OF_WRITTEN_CASE = (table: string) => `${table}.case_id = ${MY.writes} OR ${someCase(`c.id = ${table}.case_id AND (${RECORDED})`)}`
/** The same for access, whose policies may not ask of "case": those of "case" ask of access. */
const ACCESS_OF_WRITTEN_CASE = `access.case_id = ${MY.writes} OR cases.is_written_by_asker(access.case_id)`
/** Of a case that the person leads. */
const LED = (table: string) => someCase(`c.id = ${table}.case_id AND c.manager = ${MY.person}`)
/** Answers of the case's row by a role that policies do not stop. */
const ofCase = (name: string, condition: string) => `
CREATE OR REPLACE FUNCTION ${name}(of_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = cases, pg_temp AS $f$
  SELECT EXISTS (SELECT 1 FROM cases."case" c WHERE c.id = of_case AND (${condition})) $f$;
ALTER FUNCTION ${name} OWNER TO tirek_register;
REVOKE ALL ON FUNCTION ${name} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ${name} TO tirek_cases;`
const OF_CASES = `${ofCase('is_written_by_asker', RECORDED)}${ofCase('is_seen_by_asker', anyOf(relationsThat('open')))}`
/** AC-01: a case of the own organisation, which the person does not see yet, for a time. */
const TO_ONESELF_IN_DANGER = `access.person = ${MY.person} AND access.until_at IS NOT NULL AND access.of_organisation = ${MY.organisation} AND access.case_id IN (SELECT n.id FROM cases.numbered_case(cases.number_of(access.case_id)) n)`
/** Journals of the procedure: no person is in them. */
const OF_PROCEDURE = JOURNAL_NAMES.filter((name) => journalOf(name).ofProcedure)
const OF_OUR_ORGANISATION = (table: string) => `${table}.organisation = ${MY.organisation}`

/** `changed`: what an updated row must be; without it the same as before. */
type Rights = { select?: string; insert?: string; update?: string; changed?: string; remove?: string }

/** What the role of the API may do with the rows of each table. What is not named here it may not do at all. */
const TABLES: Record<string, Rights> = {
  '"case"': {
    select: onCase(SEEN),
    insert: `"case".id = ${MY.writes} AND "case".organisation = ${MY.organisation} AND "case".first_person = ${MY.person}`,
    update: onCase(`${RECORDED} OR c.id = ${MY.writes}`),
    // Whom it belongs to after the act cannot be asked of the row before: by access that was given a foreign case is written, else it stays here.
    changed: onCase(`c.organisation = ${MY.organisation} OR c.id = ${MY.writes} OR ${anyOf(RECORDING.filter(isGiven))}`),
  },
  child: {
    select: someCase(`c.child = child.id AND (${NAMED} OR c.id = ${MY.writes})`),
    insert: `${MY.writes} IS NOT NULL AND child.organisation = ${MY.organisation}`,
    update: someCase(`c.child = child.id AND (${CORRECTED})`),
  },
  act: { select: OF_SEEN_CASE('act'), insert: `act.by = ${MY.person} AND (${OF_WRITTEN_CASE('act')})` },
  deadline: {
    // Of work lists no case is looked up: a deadline is owned by who leads its case, or took it first.
    select: `(${OF_OUR_ORGANISATION('deadline')} AND (deadline.manager = ANY(${MY.persons}) OR deadline.manager = ANY(${MY.team}) OR ${MY.leads})) OR ${OF_SEEN_CASE('deadline')}`,
    insert: OF_WRITTEN_CASE('deadline'),
    update: OF_WRITTEN_CASE('deadline'),
    remove: OF_WRITTEN_CASE('deadline'),
  },
  step: { select: OF_SEEN_CASE('step') },
  access: {
    select: `access.person = ${MY.person} OR access.organisation = ${MY.organisation} OR (access.of_organisation = ${MY.organisation} AND cases.is_seen_by_asker(access.case_id)) OR access.case_id = ${MY.writes}`,
    insert: `access.given_by = ${MY.person} AND (CASE WHEN access.relation = 'break-glass' THEN ${TO_ONESELF_IN_DANGER} ELSE ${ACCESS_OF_WRITTEN_CASE} END)`,
    update: ACCESS_OF_WRITTEN_CASE,
  },
  break_glass_review: { insert: `break_glass_review.by = ${MY.person}` },
  journal: {
    select: `${OF_OUR_ORGANISATION('journal')} AND ((journal.case_id IS NULL AND (${MY.readsJournals} OR journal.by = ${MY.person} OR journal.name = ANY('{${OF_PROCEDURE.join()}}'))) OR ${someCase(`c.id = journal.case_id AND (${FILED})`)})`,
    insert: `${OF_OUR_ORGANISATION('journal')} AND journal.by = ${MY.person} AND (journal.case_id IS NULL OR ${OF_WRITTEN_CASE('journal')})`,
    // An entry by hand is struck out once, by who wrote it or supervises them.
    update: `${OF_OUR_ORGANISATION('journal')} AND journal.case_id IS NULL AND journal.withdrawn_at IS NULL AND (journal.by = ${MY.person} OR journal.by = ANY(${MY.team}))`,
    changed: `${OF_OUR_ORGANISATION('journal')} AND journal.withdrawn_by = ${MY.person}`,
  },
  journal_counter: {
    select: OF_OUR_ORGANISATION('journal_counter'),
    insert: OF_OUR_ORGANISATION('journal_counter'),
    update: OF_OUR_ORGANISATION('journal_counter'),
  },
  counter: { select: OF_OUR_ORGANISATION('counter'), insert: OF_OUR_ORGANISATION('counter'), update: OF_OUR_ORGANISATION('counter') },
  acquaintance: { select: OF_OUR_ORGANISATION('acquaintance'), insert: `acquaintance.person = ${MY.person}` },
  idempotency: { select: `idempotency.person = ${MY.person}`, insert: `idempotency.person = ${MY.person}` },
  outbox: { insert: OF_WRITTEN_CASE('outbox') },
  file: {
    select: OF_SEEN_CASE('file'),
    insert: `file.by = ${MY.person} AND (${OF_WRITTEN_CASE('file')})`,
    update: OF_WRITTEN_CASE('file'),
  },
  // Its writer's, and theirs who lead the case after them.
  draft: {
    select: `draft.person = ${MY.person} OR ${LED('draft')}`,
    insert: `draft.person = ${MY.person} AND (${OF_WRITTEN_CASE('draft')})`,
    update: `draft.person = ${MY.person} OR ${LED('draft')}`,
    changed: `draft.person = ${MY.person}`,
    remove: `draft.person = ${MY.person}`,
  },
  seen_in_list: {
    select: `seen_in_list.person = ${MY.person}`,
    insert: `seen_in_list.person = ${MY.person}`,
    update: `seen_in_list.person = ${MY.person}`,
  },
  workflow_ack: {},
  refold: { insert: `refold.case_id = ${MY.writes}` },
}

const COMMANDS = [
  ['select', 'SELECT', 'USING'],
  ['insert', 'INSERT', 'WITH CHECK'],
  ['update', 'UPDATE', 'USING'],
  ['remove', 'DELETE', 'USING'],
] as const

/** Columns where not all may be changed. */
const CHANGED: Record<string, string> = {
  access: ' (until_at)',
  journal: ' (withdrawn_at, withdrawn_by, withdrawn_why)',
  file: ' (act)',
  child: ' (name, name_folded, iin, phone, address, address_folded, birth_date, age, sex)',
}

/** The roles of the loops answer nobody: they see what a step, a message or a count needs, and no child, no form. */
const WORKERS = 'tirek_cases_work, tirek_watchdog'
const WORK_RIGHTS = `
GRANT USAGE ON SCHEMA cases TO tirek_cases_work;
GRANT SELECT, UPDATE ON "case" TO tirek_cases_work;
GRANT SELECT, INSERT, UPDATE, DELETE ON deadline, outbox, workflow_ack, refold TO tirek_cases_work;
GRANT SELECT, INSERT, DELETE ON step TO tirek_cases_work;
GRANT SELECT (id, case_id, kind, happened_at, recorded_at, by, fact, version) ON act TO tirek_cases_work;
GRANT SELECT (id, birth_date) ON child TO tirek_cases_work;
GRANT SELECT (id, act, stored, made_at), DELETE ON file TO tirek_cases_work;
GRANT SELECT (case_id, changed_at), DELETE ON draft TO tirek_cases_work;
GRANT SELECT (id, case_id, relation, organisation, from_at, until_at, reminded_at, escalated_at), UPDATE (reminded_at, escalated_at) ON access TO tirek_cases_work;`

const policies = (): string =>
  Object.entries(TABLES)
    .map(([table, rights]) => {
      const granted = COMMANDS.filter(([name]) => rights[name] !== undefined)
      return [
        `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;`,
        `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`,
        `REVOKE ALL ON ${table} FROM tirek_cases;`,
        ...granted.map(
          ([name, command]) => `GRANT ${command}${name === 'update' ? (CHANGED[table] ?? '') : ''} ON ${table} TO tirek_cases;`,
        ),
        ...COMMANDS.map(([name]) => `DROP POLICY IF EXISTS person_${name} ON ${table};`),
        ...granted.map(
          ([name, command, clause]) =>
            `CREATE POLICY person_${name} ON ${table} FOR ${command} TO tirek_cases ${clause} (${rights[name]})${name === 'update' ? ` WITH CHECK (${rights.changed ?? rights.update})` : ''};`,
        ),
        `DROP POLICY IF EXISTS work ON ${table};`,
        `CREATE POLICY work ON ${table} TO ${WORKERS} USING (true) WITH CHECK (true);`,
      ].join('\n')
    })
    .join('\n\n')

/**
 * Applied whenever the policy says something else than what stands in the database, forward or back: its name is the hash of its text, and
 * only the last one is remembered.
 */
export function rowSecurity(): Migration {
  const sql = `${WORK_RIGHTS}\n${OF_CASES}\n\n${policies()}\n\n${rightsOfRole()}\n${trailWall('cases', ['tirek_cases', RIGHTS_ROLE])}`
  const hash = createHash('sha256').update(sql).digest('hex').slice(0, 16)
  return { name: `row-security-${hash}`, sql: `DELETE FROM migration WHERE name LIKE 'row-security-%';\n${sql}` }
}
