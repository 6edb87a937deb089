/** The policy as a page that those who answer for it can read and compare. Pure. */
import { ACTS, KINDS } from '@tirek/contract/acts'
import { ORIGINS } from '@tirek/contract/origins'
import { ROLES, type Role } from '@tirek/contract/roles'
import { ALL_PARTS, GIVEN_PARTS, PART_OF, PARTS, type Part } from './parts.ts'
import { ACTIONS, BY_NOBODY, POLICY, WITH_GIVEN, type Action, type PolicyRow } from './policy.ts'
import { RELATION_IDS, RELATIONS } from './relations.ts'
import { EXPORTS, SEARCHES } from './searches.ts'
import { mayDo, ROUTES, WORK, type Work } from './work.ts'

const cell = (text: string) => text.replaceAll('|', '\\|')
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')
const words = ({ ru, kk, en }: { ru: string; kk: string; en: string }) => [en, ru, kk]
const yes = (is: boolean) => (is ? '+' : '')

const partsOf = (row: PolicyRow): ((part: Part) => string) => {
  if (row.parts === 'given')
    return (part) => (WITH_GIVEN.includes(part) ? '+' : (GIVEN_PARTS as readonly Part[]).includes(part) ? 'given' : '')
  const { parts } = row
  return (part) => (parts.includes(part) ? (row.ownOnly && Object.values(PART_OF).includes(part as never) ? 'own' : '+') : '')
}

export function policyTables(): string {
  const rows = RELATION_IDS.map((id): [string, PolicyRow] => [id, POLICY[id]])
  const roles = Object.keys(ROLES) as Role[]
  return `# Who may see what

Printed from the tables of libs/policy by \`npm run tables\`. What no row allows is refused. A person has every relation that holds, and
may what any of them allows; an act needs both a relation that records it and a profession that it is open to.

## Who a person is to a case

${table(
  ['relation', 'en', 'ru', 'kk', 'how it comes about and ends'],
  RELATION_IDS.map((id) => [id, ...words(RELATIONS[id].label), RELATIONS[id].told]),
)}

## What each may do

${table(
  ['action', 'words', ...RELATION_IDS],
  (Object.keys(ACTIONS) as Action[]).map((action) => [action, ACTIONS[action].en, ...rows.map(([, row]) => yes(row.may.includes(action)))]),
)}

## What each sees

A part that is not seen is not sent. \`given\`: when the invitation names it. \`own\`: only what the person recorded themselves.

${table(
  ['part', 'words', ...RELATION_IDS],
  ALL_PARTS.map((part) => [part, PARTS[part].en, ...rows.map(([, row]) => partsOf(row)(part))]),
)}

## What each may record

${table(
  ['act', 'part', 'open to', ...RELATION_IDS],
  KINDS.map((kind) => [kind, PART_OF[kind], ACTS[kind].roles.join(', '), ...rows.map(([, row]) => yes(row.record.includes(kind)))]),
)}

## What is recorded that nobody of ours did

It is in nobody's name, in the trail as the system's, and no person may record it so.

${table(
  ['how it comes', 'words', 'act', 'told by', 'rule'],
  Object.entries(BY_NOBODY).map(([origin, { record, from, rule }]) => [
    origin,
    words(ORIGINS[origin as keyof typeof ORIGINS]).join(' / '),
    record.join(', '),
    from,
    rule,
  ]),
)}

## Why

${table(
  ['relation', 'rule', 'stages', 'source'],
  rows.map(([id, row]) => [id, row.rule, row.stages?.join(', ') ?? 'all', row.source]),
)}

## Work that is no matter of one case

${table(
  ['work', 'scope', 'rule', ...roles],
  (Object.keys(WORK) as Work[]).map((work) => [work, WORK[work].scope, WORK[work].rule, ...roles.map((role) => yes(mayDo(role, work)))]),
)}

## How much of the register one person searches, and takes away

${table(
  ['what', 'number', 'then', 'source'],
  [
    [
      `searches in ${SEARCHES.windowMs / 60_000} minutes`,
      String(SEARCHES.most),
      'the next one waits; a request is saved all the same',
      'practice',
    ],
    ['searches on one day', String(SEARCHES.usualADay), 'a row `searched-much` of the trail, for the auditor', 'practice'],
    [`journals taken away in ${EXPORTS.windowMs / 60_000} minutes`, String(EXPORTS.most), 'the next one waits', 'practice'],
    ['lines of a journal as a spreadsheet', String(EXPORTS.rowsOfSheet), 'a shorter time, or CSV', 'practice'],
  ],
)}

## Routes

${Object.entries(ROUTES)
  .map(
    ([service, routes]) =>
      `### ${service}\n\n${table(
        ['route', 'work', 'with the case', 'services that may ask'],
        Object.entries(routes).map(([route, row]) => [
          `\`${route}\``,
          row.work,
          'on' in row ? (row.on as string) : '',
          'callers' in row ? (row.callers as readonly string[]).join(', ') : '',
        ]),
      )}`,
  )
  .join('\n\n')}
`
}
