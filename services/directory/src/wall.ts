/**
 * The second wall of the directory: Postgres itself shows a person the rows of their own organisation and what is open to all, and takes rows only
 * where a change was decided on. Without a person there are no rows. What the service does by itself signs in as `tirek_directory_work`.
 */
import { createHash } from 'node:crypto'
import type { Who } from '@tirek/platform/auth'
import type { Migration } from '@tirek/platform/database'
import { trailWall } from '@tirek/platform/trail-wall'
import { MY } from '@tirek/policy/settings'
import { mayDo } from '@tirek/policy/work'

export const PEOPLE_ROLE = 'tirek_directory'
export const WORK_ROLE = 'tirek_directory_work'

const flag = (on: boolean) => (on ? 'on' : '')

/** The settings of one transaction. `writes`: it changes something that the person was allowed to. */
export const settingsOf = ({ person, organisation, role }: Who, writes = false): Record<string, string> => ({
  'tirek.person': person,
  'tirek.organisation': organisation,
  'tirek.role': role,
  'tirek.keeps': flag(mayDo(role, 'keep the directory')),
  // Whoever keeps the directory, or reads who did what.
  'tirek.everybody': flag(mayDo(role, 'keep the directory') || mayDo(role, 'read the trail')),
  'tirek.changes': flag(writes),
})

const on = (name: string) => `(SELECT current_setting('tirek.${name}', true) = 'on')`
const [KEEPS, EVERYBODY, CHANGES] = [on('keeps'), on('everybody'), on('changes')]
const SIGNED_IN = `${MY.person} IS NOT NULL`
const KEPT = `${CHANGES} AND ${KEEPS}`
const HERE = (organisation: string) => `${organisation} = ${MY.organisation}`
const OF_ABSENT = HERE('(SELECT p.organisation FROM directory.person p WHERE p.id = absence.person)')
/** Of oneself neither role nor organisation is changed. */
const SAME_STANDING = `coalesce(person.organisation, '00000000-0000-0000-0000-000000000000') = ${MY.organisation} AND person.role = (SELECT current_setting('tirek.role', true)) AND person.active`
const OUR_TERRITORY = `quarantine.territory = (SELECT o.territory FROM directory.organisation o WHERE ${HERE('o.id')})`

type Rights = { select?: string; insert?: string; update?: string; changed?: string; remove?: string }
/** Open to all who are signed in; kept by whoever keeps the directory. */
const OPEN: Rights = { select: SIGNED_IN, insert: KEPT, update: KEPT, remove: KEPT }

/** What is not named here the role of people may not do at all. */
const TABLES: Record<string, Rights> = {
  organisation: { select: SIGNED_IN, insert: KEPT, update: KEPT },
  person: {
    select: `person.id = ${MY.person} OR ${HERE('person.organisation')} OR ${EVERYBODY}`,
    insert: KEPT,
    update: `${CHANGES} AND (${KEEPS} OR person.id = ${MY.person})`,
    changed: `${CHANGES} AND (${KEEPS} OR (person.id = ${MY.person} AND ${SAME_STANDING}))`,
  },
  absence: {
    select: `${KEEPS} OR absence.person = ${MY.person} OR absence.deputy = ${MY.person} OR ${OF_ABSENT}`,
    insert: `${CHANGES} AND (${KEEPS} OR ${OF_ABSENT})`,
    remove: `${CHANGES} AND (${KEEPS} OR ${OF_ABSENT})`,
  },
  duty: {
    select: `${KEEPS} OR duty.person = ${MY.person} OR ${HERE('duty.organisation')}`,
    insert: `${CHANGES} AND (${KEEPS} OR ${HERE('duty.organisation')})`,
    remove: `${CHANGES} AND (${KEEPS} OR ${HERE('duty.organisation')})`,
  },
  agency: OPEN,
  agency_contact: OPEN,
  setting: { select: `${KEEPS} OR ${HERE('setting.organisation')}`, insert: KEPT, update: KEPT, remove: KEPT },
  calendar: { select: SIGNED_IN, insert: KEPT, update: KEPT },
  quarantine: {
    select: SIGNED_IN,
    insert: `${CHANGES} AND (${KEEPS} OR ${OUR_TERRITORY})`,
    update: `${CHANGES} AND (${KEEPS} OR ${OUR_TERRITORY})`,
  },
  outbox: { insert: `${CHANGES} AND ${SIGNED_IN}` },
  // What rows said before and after: told to whom it is about.
  change: { select: `change.of = ${MY.person}`, insert: `${CHANGES} AND change.who = ${MY.person}` },
  idempotency: { select: `idempotency.who = ${MY.person}`, insert: `${CHANGES} AND idempotency.who = ${MY.person}` },
  ended_session: { select: `ended_session.person = ${MY.person}` },
  tries: {},
}

const COMMANDS = [
  ['select', 'SELECT', 'USING'],
  ['insert', 'INSERT', 'WITH CHECK'],
  ['update', 'UPDATE', 'USING'],
  ['remove', 'DELETE', 'USING'],
] as const

/** The first administrator, released calendars, sessions that the pages end, who the issuer lets in, and what the cases service must hear. */
const WORK = `
GRANT USAGE ON SCHEMA directory TO ${WORK_ROLE};
GRANT SELECT (id, login, name, role, lang, organisation, active), INSERT (id, login, name, role, lang, digest, active) ON person TO ${WORK_ROLE};
GRANT SELECT ON organisation TO ${WORK_ROLE};
GRANT SELECT, INSERT, UPDATE ON calendar TO ${WORK_ROLE};
GRANT SELECT, UPDATE ON outbox TO ${WORK_ROLE};
GRANT SELECT, INSERT, DELETE ON ended_session TO ${WORK_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON tries TO ${WORK_ROLE};`

/** Views run as who made them and show everything: of ours only what a sign-in asks, and the name beside a row of the trail. */
const VIEWS = `
REVOKE ALL ON person_view, team_view, absence_view, duty_view, organisation_view, setting_view, quarantine_view, calendar_view, agency_view, agency_contact_view FROM ${PEOPLE_ROLE};
GRANT SELECT (id, login, name, role, organisation, email, lang, active, signed_out_at, ended_sessions) ON person_view TO ${PEOPLE_ROLE};`

const policies = Object.entries(TABLES)
  .map(([table, rights]) => {
    const granted = COMMANDS.filter(([name]) => rights[name] !== undefined)
    return [
      `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;`,
      `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`,
      `REVOKE ALL ON ${table} FROM ${PEOPLE_ROLE}, ${WORK_ROLE};`,
      ...granted.map(([, command]) => `GRANT ${command} ON ${table} TO ${PEOPLE_ROLE};`),
      ...COMMANDS.map(([name]) => `DROP POLICY IF EXISTS person_${name} ON ${table};`),
      ...granted.map(
        ([name, command, clause]) =>
          `CREATE POLICY person_${name} ON ${table} FOR ${command} TO ${PEOPLE_ROLE} ${clause} (${rights[name]})${name === 'update' ? ` WITH CHECK (${rights.changed ?? rights.update})` : ''};`,
      ),
      `DROP POLICY IF EXISTS work ON ${table};`,
      `CREATE POLICY work ON ${table} TO ${WORK_ROLE} USING (true) WITH CHECK (true);`,
    ].join('\n')
  })
  .join('\n\n')

/** Applied whenever it says something else than what stands in the database: its name is the hash of its text. */
export function wallOfDirectory(): Migration {
  const sql = `${policies}\n${WORK}\n${VIEWS}\n${trailWall('directory', [PEOPLE_ROLE, WORK_ROLE])}`
  const hash = createHash('sha256').update(sql).digest('hex').slice(0, 16)
  return { name: `wall-${hash}`, sql: `DELETE FROM migration WHERE name LIKE 'wall-%';\n${sql}` }
}

/** The service's own work signs in beside it, with the same password. */
export function workUrlOf(url: string): string {
  const own = new URL(url)
  own.username = WORK_ROLE
  return own.href
}
