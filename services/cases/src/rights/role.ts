/**
 * What `tirek_cases_rights` may do: the role as which this folder alone signs in, to give out and to erase, after the policy has allowed it to
 * the person who asks. It reads what an export tells, adds nothing to a case, and changes rows of cases that have ended and of no other.
 */
export const RIGHTS_ROLE = 'tirek_cases_rights'

const ENDED = (table: string) => `EXISTS (SELECT 1 FROM cases."case" c WHERE c.id = ${table}.case_id AND c.ended)`

type Rights = { select: true; update?: { columns: string; where: string }; insert?: string; remove?: string }
const READ = { select: true } as const

const TABLES: Record<string, Rights> = {
  '"case"': { ...READ, update: { columns: 'facts, erased_at, erased_rule, told_six_at', where: '"case".ended' } },
  child: {
    ...READ,
    update: {
      columns: 'name, name_folded, iin, phone, address, address_folded, birth_date, age, sex, family',
      where: `EXISTS (SELECT 1 FROM cases."case" c WHERE c.child = child.id AND c.ended)`,
    },
  },
  act: { ...READ, update: { columns: 'form, fact', where: ENDED('act') } },
  journal: { ...READ, update: { columns: 'entry, withdrawn_why', where: `journal.case_id IS NULL OR ${ENDED('journal')}` } },
  deadline: READ,
  step: READ,
  access: { ...READ, remove: ENDED('access') },
  outbox: { ...READ, insert: `outbox.kind = 'erase'`, remove: ENDED('outbox') },
  draft: { ...READ, remove: ENDED('draft') },
  file: { ...READ, remove: ENDED('file') },
  refold: { ...READ, remove: ENDED('refold') },
  idempotency: { ...READ, remove: 'true' },
}

const policy = (table: string, command: string, clause: string) =>
  `DROP POLICY IF EXISTS rights_${command.toLowerCase()} ON ${table}; CREATE POLICY rights_${command.toLowerCase()} ON ${table} FOR ${command} TO ${RIGHTS_ROLE} ${clause};`

/** Grants and policies, a part of the row-level security. */
export const rightsOfRole = (): string =>
  [
    `GRANT USAGE ON SCHEMA cases TO ${RIGHTS_ROLE};`,
    ...Object.entries(TABLES).flatMap(([table, { update, insert, remove }]) => [
      `REVOKE ALL ON ${table} FROM ${RIGHTS_ROLE};`,
      `GRANT SELECT ON ${table} TO ${RIGHTS_ROLE};`,
      policy(table, 'SELECT', 'USING (true)'),
      ...(update
        ? [
            `GRANT UPDATE (${update.columns}) ON ${table} TO ${RIGHTS_ROLE};`,
            policy(table, 'UPDATE', `USING (${update.where}) WITH CHECK (true)`),
          ]
        : []),
      ...(insert ? [`GRANT INSERT ON ${table} TO ${RIGHTS_ROLE};`, policy(table, 'INSERT', `WITH CHECK (${insert})`)] : []),
      ...(remove ? [`GRANT DELETE ON ${table} TO ${RIGHTS_ROLE};`, policy(table, 'DELETE', `USING (${remove})`)] : []),
    ]),
  ].join('\n')
