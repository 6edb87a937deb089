/**
 * A standing as the settings of one transaction: the row-level policies of Postgres and the conditions of lists read these and nothing
 * else. Without them nobody is asking, and nothing is shown.
 */
import type { Role } from '@tirek/contract/roles'
import type { Standing } from './standing.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const uuid = (value: string): string => {
  if (!UUID.test(value)) throw new Error('no uuid where one must be')
  return value
}
const list = (values: readonly string[]) => `{${values.map(uuid).join(',')}}`
/** CP-80: whoever reads the entries by hand of the whole organisation; medical staff read their own, others none. */
const JOURNAL_READERS: readonly (Role | 'system')[] = ['social-worker', 'psychologist', 'supervisor']
/** Who compares the figures of organisations, and sees no case of any. */
const COMPARERS: readonly (Role | 'system')[] = ['administrator', 'auditor']
const flag = (on: boolean) => (on ? 'on' : '')

/** Setting → value. Values are uuids, numbers and flags, checked here, so that they may stand in a statement. */
export function settingsOf(standing: Standing): Record<string, string> {
  const { person, persons, roles } = standing
  return {
    'tirek.person': uuid(person),
    'tirek.organisation': uuid(standing.organisation),
    'tirek.carer': persons.includes(person) ? uuid(person) : '',
    'tirek.persons': list(persons),
    'tirek.absent': list(persons.filter((one) => one !== person)),
    'tirek.team': list(roles.has('supervisor') ? standing.team : []),
    'tirek.unled': flag(roles.has('social-worker')),
    'tirek.hand_overs': roles.has('supervisor') || standing.leads ? uuid(standing.organisation) : '',
    'tirek.leads': flag(standing.leads),
    'tirek.called': flag(standing.called),
    'tirek.administers': flag(standing.role === 'administrator'),
    'tirek.journals': flag(JOURNAL_READERS.includes(standing.role)),
    'tirek.compares': flag(COMPARERS.includes(standing.role)),
    'tirek.now': String(Math.trunc(standing.now)),
  }
}

const setting = (name: string) => `nullif(current_setting('tirek.${name}', true), '')`

/** The settings in SQL. In a sub-select each is read once a statement, not once a row. */
export const MY = {
  person: `(SELECT ${setting('person')}::uuid)`,
  organisation: `(SELECT ${setting('organisation')}::uuid)`,
  /** The person, if of those who work with cases. */
  carer: `(SELECT ${setting('carer')}::uuid)`,
  persons: `((SELECT ${setting('persons')}::uuid[])::uuid[])`,
  /** For whom the person stands in. */
  absent: `((SELECT ${setting('absent')}::uuid[])::uuid[])`,
  team: `((SELECT ${setting('team')}::uuid[])::uuid[])`,
  isSocialWorker: `(SELECT ${setting('unled')} IS NOT NULL)`,
  /** The organisation, for who decides on hand-overs there. */
  organisationForHandOvers: `(SELECT ${setting('hand_overs')}::uuid)`,
  leads: `(SELECT ${setting('leads')} IS NOT NULL)`,
  called: `(SELECT ${setting('called')} IS NOT NULL)`,
  /** Reads what others wrote in the journals by hand. */
  readsJournals: `(SELECT ${setting('journals')} IS NOT NULL)`,
  now: `(SELECT ${setting('now')}::bigint)`,
  /** The case that this transaction writes, where its row is not there yet or still another's. */
  writes: `(SELECT ${setting('writes')}::uuid)`,
} as const
