/**
 * Lines of the journals as the second wall shows them, a keyset page at a time: those kept by hand and by acts, by their running number;
 * personal files and protocols, read from the cases themselves, by their time; who has read an edition, in the order in which they did.
 */
import { JournalEntryForms } from '@tirek/contract/forms/journals'
import { journalOf, kindsOf, type JournalItem, type JournalName } from '@tirek/contract/journals'
import { Lang } from '@tirek/contract/roles'
import { fold } from '@tirek/contract/names'
import { ProblemError } from '@tirek/platform/problem'
import { decide } from '@tirek/policy/decide'
import { relationsThat } from '@tirek/policy/policy'
import { anyOf } from '@tirek/policy/relations'
import { MY } from '@tirek/policy/settings'
import type { Standing } from '@tirek/policy/standing'
import { dayOf, endOfDay, startOfDay, type Day } from '@tirek/procedure/time'
import { ACCESS, type Seeing } from '../record/as-person.ts'
import type { CaseRow } from '../record/pages.ts'
import { casesOf, limitOf, nameOf } from './found-by-index.ts'

/** `from` and `to`: local days, both included. `kind`: a code of the column that the journal is filtered by. */
export type JournalAsked = {
  order: 'oldest' | 'newest'
  cursor?: string | undefined
  from?: Day | undefined
  to?: Day | undefined
  text?: string | undefined
  kind?: string | undefined
}
export type JournalLines = { items: JournalItem[]; next?: string }

export const isByHand = (name: JournalName): name is keyof typeof JournalEntryForms => name in JournalEntryForms

/** An entry shows what the case's file holds. A value and no EXISTS: the case of each row is looked up, not all of them first. */
const FILED = relationsThat('read-file')
const ofCase = (of: string) => `(SELECT true FROM cases."case" c WHERE c.id = ${of}.case_id AND (${anyOf(FILED)}))`

/** Of more people's cases a page is found sooner in the journal's own order. */
const LARGE_TEAM = 15

/** Letters that are searched as one, as `fold` does: the same in SQL. */
const folded = (text: string) =>
  `regexp_replace(translate(lower(${text} COLLATE pg_c_utf8), 'әөүұқңғһіёй', 'аоуукнгхиеи'), '[^[:alnum:]]+', ' ', 'g')`
/** Every word that stands in an entry, whatever the depth; no name of a field. */
const WORDS_OF_ENTRY = folded(
  `(SELECT string_agg(w #>> '{}', ' ') FROM jsonb_path_query(j.entry, 'lax $.**') w WHERE jsonb_typeof(w) IN ('string', 'number'))`,
)

/** The codes whose words in any language say this, by the column in which they stand. */
function codesThatSay(name: JournalName, asked: string): { key: string; codes: string[] }[] {
  return journalOf(name).columns.flatMap(({ key, labels }) => {
    const codes = Object.entries(labels ?? {}).filter(([, text]) => Lang.options.some((lang) => fold(text[lang]).includes(asked)))
    return codes.length > 0 ? [{ key, codes: codes.map(([code]) => code) }] : []
  })
}

/** Throws `bad-input` for a kind that the journal does not have. */
export function mustBeKind(name: JournalName, kind: string | undefined): void {
  if (kind !== undefined && !Object.hasOwn(kindsOf(name)?.labels ?? {}, kind))
    throw new ProblemError('bad-input', { issues: [{ code: 'custom', path: ['kind'], message: 'invalid' }] })
}

/** Lines of a journal that a person may see, at most `limit`. Whoever shows them records it. */
export function linesOf(
  seeing: Seeing,
  organisation: string,
  name: JournalName,
  limit: number,
  asked: JournalAsked,
): Promise<JournalLines> {
  mustBeKind(name, asked.kind)
  if (name === 'files') return personalFiles(seeing, limit, asked)
  if (name === 'protocols') return protocols(seeing, limit, asked)
  if (name === 'acquaintance') return acquaintance(seeing, organisation, limit, asked)
  return entries(seeing, organisation, name, limit, asked)
}

/** An entry by hand is struck out by who wrote it, or who supervises them. */
const MAY_WITHDRAW = `j.case_id IS NULL AND j.withdrawn_at IS NULL AND (j.by = ${MY.person} OR j.by = ANY(${MY.team}))`

const WITHDRAWN = (act: string, caseId: string) =>
  `coalesce((SELECT true FROM cases.act w WHERE w.case_id = ${caseId} AND w.kind = 'withdrawn' AND w.fact->>'act' = ${act}::text LIMIT 1), false)`

const ENTRY = `j.id, j.n, j.at, j.by, j.case_id, j.entry, j.withdrawn_why AS why, ${MAY_WITHDRAW} AS may_withdraw,
  j.withdrawn_at IS NOT NULL OR (j.act IS NOT NULL AND ${WITHDRAWN('j.act', 'j.case_id')}) AS withdrawn`

/** One entry by hand, as a person may see it. */
export async function entryOf(
  { standing, db }: Seeing,
  organisation: string,
  name: JournalName,
  id: string,
): Promise<JournalItem | undefined> {
  const [row] = await db.query(
    `SELECT ${ENTRY} FROM cases.journal j WHERE j.organisation = $1 AND j.name = $2 AND j.id = $3 AND j.case_id IS NULL`,
    [organisation, name, id],
    'journal-entry',
  )
  // Medical staff read their own.
  const isSeen = row !== undefined && (journalOf(name).ofProcedure || standing.role !== 'medic' || row['by'] === standing.person)
  return isSeen ? itemOf(row) : undefined
}

/** Rows by hand, and of cases; these of each case that the person has to do with, or, of most of an organisation, in turn. */
async function entries(
  { standing, db }: Seeing,
  organisation: string,
  name: JournalName,
  limit: number,
  asked: JournalAsked,
): Promise<JournalLines> {
  const newest = asked.order === 'newest'
  const values: unknown[] = [organisation, name, cursorOf(asked.cursor, newest)]
  const { also, searched } = conditions(name, asked, values)
  const order = `ORDER BY j.n${newest ? ' DESC' : ''}`
  const most = limitOf(limit)
  const page = (where: string) =>
    `SELECT j.* FROM cases.journal j WHERE j.organisation = $1 AND j.name = $2 AND j.n ${newest ? '<' : '>'} $3 AND ${[where, ...also].join(' AND ')} ${order} LIMIT ${most}`
  const ofCases =
    standing.team.length > LARGE_TEAM
      ? page(`j.case_id IS NOT NULL AND ${ofCase('j')}`)
      : `SELECT l.* FROM (${casesOf(standing, FILED)}) c CROSS JOIN LATERAL (${page('j.case_id = c.id')}) l`
  const own = standing.role === 'medic' && !journalOf(name).ofProcedure ? ` AND j.by = ${MY.person}` : ''
  const found = [...(isByHand(name) ? [page(`j.case_id IS NULL${own}`)] : []), ofCases].map((branch) => `(${branch})`).join(' UNION ALL ')
  const text = `SELECT ${ENTRY}
     FROM (SELECT j.* FROM (${found}) j ${order} LIMIT ${most}) j ${order}`
  // What is searched for makes a plan of its own.
  const rows = await db.query(text, values, searched ? undefined : nameOf('journal', text))
  const items = rows.slice(0, limit).map(itemOf)
  return { items, ...(rows.length > limit ? { next: String(items.at(-1)!.n) } : {}) }
}

function conditions(name: JournalName, asked: JournalAsked, values: unknown[]): { also: string[]; searched: boolean } {
  const also: string[] = []
  if (asked.from !== undefined) also.push(`j.at >= $${values.push(startOfDay(asked.from))}`)
  if (asked.to !== undefined) also.push(`j.at < $${values.push(endOfDay(asked.to))}`)
  if (asked.kind !== undefined) also.push(`j.entry->>'${kindsOf(name)!.key}' = $${values.push(asked.kind)}`)
  const text = fold(asked.text ?? '')
  if (text !== '') {
    const said = codesThatSay(name, text).map(({ key, codes }) => `j.entry->>'${key}' = ANY($${values.push(codes)}::text[])`)
    also.push(`(${[`${WORDS_OF_ENTRY} LIKE $${values.push(`%${text}%`)}`, ...said].join(' OR ')})`)
  }
  return { also, searched: text !== '' }
}

/** CP-17: the personal files that the person may open, by the day of the request; of the child what their relation to the case shows. */
async function personalFiles({ standing, db }: Seeing, limit: number, asked: JournalAsked): Promise<JournalLines> {
  const values: unknown[] = placeOf(asked.cursor)
  const also = ['(c.opened_at, c.id) < ($1::bigint, $2::uuid)', 'c.file_opened']
  if (asked.from !== undefined) also.push(`c.opened_at >= $${values.push(startOfDay(asked.from))}`)
  if (asked.to !== undefined) also.push(`c.opened_at < $${values.push(endOfDay(asked.to))}`)
  if (asked.kind !== undefined) also.push(`c.risk = $${values.push(asked.kind)}`)
  const text = fold(asked.text ?? '')
  if (text !== '') {
    const like = values.push(`%${text}%`)
    const child = `(SELECT coalesce(ch.name_folded, '') || ' ' || coalesce(ch.iin, '') FROM cases.child ch WHERE ch.id = c.child)`
    also.push(`(${folded('c.number')} LIKE $${like} OR ${child} LIKE $${like})`)
  }
  const most = limitOf(limit)
  const order = 'ORDER BY f.opened_at DESC, f.id DESC'
  const sql = `SELECT c.*, ch.name, ch.iin, ch.birth_date, ${ACCESS} FROM (SELECT f.* FROM (${casesOf(standing, FILED, also.join(' AND '), most)}) f ${order} LIMIT ${most}) f
     JOIN cases."case" c ON c.id = f.id LEFT JOIN cases.child ch ON ch.id = c.child ${order}`
  const rows = await db.query(sql, values, text === '' ? nameOf('files', sql) : undefined)
  const items = rows.slice(0, limit).map((row) => fileOf(standing, row as never))
  return { items, ...(rows.length > limit ? { next: placeAfter(rows[limit - 1]!['opened_at'], rows[limit - 1]!['id']) } : {}) }
}

function fileOf(standing: Standing, row: CaseRow & { name: string | null; iin: string | null }): JournalItem {
  const decision = decide(standing, row)
  const endedAt = (row.facts as { endedAt?: number }).endedAt
  const entry = {
    ...(decision.sees('name') && { child: row.name, birthDate: row.birth_date, iin: row.iin }),
    ...(decision.sees('risk') && { risk: row.risk }),
    stage: row.stage,
    ...(row.ended && endedAt !== undefined && { endedOn: dayOf(endedAt) }),
    ...(row.end !== null && { end: row.end }),
  }
  const by = row.manager ?? row.first_person
  return { id: row.id, n: row.number, at: row.opened_at, by, caseId: row.id, withdrawn: false, entry }
}

/** CP-32: protocols that were approved in the cases whose file the person may open. */
async function protocols({ standing, db }: Seeing, limit: number, asked: JournalAsked): Promise<JournalLines> {
  const values: unknown[] = placeOf(asked.cursor)
  const also = [`a.kind = 'protocol-approved'`, '(a.happened_at, a.id) < ($1::bigint, $2::uuid)']
  if (asked.from !== undefined) also.push(`a.happened_at >= $${values.push(startOfDay(asked.from))}`)
  if (asked.to !== undefined) also.push(`a.happened_at < $${values.push(endOfDay(asked.to))}`)
  const text = fold(asked.text ?? '')
  if (text !== '') also.push(`${folded(`concat_ws(' ', a.form->>'number', a.form->>'text')`)} LIKE $${values.push(`%${text}%`)}`)
  const most = limitOf(limit)
  const order = (of: string) => `ORDER BY ${of}.at DESC, ${of}.id DESC LIMIT ${most}`
  const page = (where: string) =>
    `SELECT a.id, a.case_id, a.happened_at AS at, a.by, jsonb_strip_nulls(jsonb_build_object('number', a.form->>'number', 'text', a.form->>'text')) AS entry FROM cases.act a WHERE ${[where, ...also].join(' AND ')} ORDER BY a.happened_at DESC, a.id DESC LIMIT ${most}`
  const found =
    standing.team.length > LARGE_TEAM
      ? page(ofCase('a'))
      : `SELECT l.* FROM (${casesOf(standing, FILED)}) c CROSS JOIN LATERAL (${page('a.case_id = c.id')}) l`
  const sql = `SELECT l.*, k.number AS n, ${WITHDRAWN('l.id', 'l.case_id')} AS withdrawn
     FROM (SELECT l.* FROM (${found}) l ${order('l')}) l JOIN cases."case" k ON k.id = l.case_id ${order('l')}`
  const rows = await db.query(sql, values, text === '' ? nameOf('protocols', sql) : undefined)
  const items = rows.slice(0, limit).map(itemOf)
  return { items, ...(rows.length > limit ? { next: placeAfter(items.at(-1)!.at, items.at(-1)!.id) } : {}) }
}

/** CP-91: who of the organisation has read which edition, numbered in the order in which they did. */
async function acquaintance({ db }: Seeing, organisation: string, limit: number, asked: JournalAsked): Promise<JournalLines> {
  const newest = asked.order === 'newest'
  const values: unknown[] = [organisation, cursorOf(asked.cursor, newest)]
  const also: string[] = []
  if (asked.from !== undefined) also.push(`a.at >= $${values.push(startOfDay(asked.from))}`)
  if (asked.to !== undefined) also.push(`a.at < $${values.push(endOfDay(asked.to))}`)
  if (asked.kind !== undefined) also.push(`a.edition = $${values.push(asked.kind)}`)
  const text = fold(asked.text ?? '')
  if (text !== '') {
    const said = codesThatSay('acquaintance', text).flatMap(({ key, codes }) =>
      key === 'signature' ? [] : [`a.${key} = ANY($${values.push(codes)}::text[])`],
    )
    also.push(`(${[`${folded('a.name')} LIKE $${values.push(`%${text}%`)}`, ...said].join(' OR ')})`)
  }
  const sql = `SELECT a.edition || '/' || a.person AS id, a.n, a.at, a.person AS by, NULL AS case_id, false AS withdrawn,
      jsonb_build_object('edition', a.edition, 'position', a.position, 'signature', 'in-system') AS entry
    FROM (SELECT a.*, p.name, row_number() OVER (ORDER BY a.at, a.edition, a.person)::int AS n
            FROM cases.acquaintance a LEFT JOIN directory.person_view p ON p.id = a.person WHERE a.organisation = $1 AND a.programme = 'child-protection') a
   WHERE ${[`a.n ${newest ? '<' : '>'} $2`, ...also].join(' AND ')} ORDER BY a.n${newest ? ' DESC' : ''} LIMIT ${limitOf(limit)}`
  const rows = await db.query(sql, values, text === '' ? nameOf('acquaintance', sql) : undefined)
  const items = rows.slice(0, limit).map(itemOf)
  return { items, ...(rows.length > limit ? { next: String(items.at(-1)!.n) } : {}) }
}

const itemOf = (row: { [column: string]: any }): JournalItem => ({
  id: row['id'],
  n: row['n'],
  at: row['at'],
  by: row['by'],
  ...(row['case_id'] ? { caseId: row['case_id'] } : {}),
  withdrawn: row['withdrawn'],
  ...(row['why'] ? { why: row['why'] } : {}),
  ...(row['may_withdraw'] ? { mayWithdraw: true as const } : {}),
  entry: row['entry'],
})

const badCursor = () => new ProblemError('bad-input', { issues: [{ code: 'custom', path: ['cursor'], message: 'invalid' }] })
const MOST_NUMBER = 2_000_000_000

/** The running number before or after which a page begins. */
function cursorOf(cursor: string | undefined, newest: boolean): number {
  if (cursor === undefined) return newest ? MOST_NUMBER : 0
  if (!/^\d{1,10}$/.test(cursor) || Number(cursor) > MOST_NUMBER) throw badCursor()
  return Number(cursor)
}

/** The time and id before which a page begins. */
function placeOf(cursor: string | undefined): [number, string] {
  if (cursor === undefined) return [Number.MAX_SAFE_INTEGER, 'ffffffff-ffff-ffff-ffff-ffffffffffff']
  const [, at, id] = /^(\d{1,15})\.([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) throw badCursor()
  return [Number(at), id]
}
const placeAfter = (at: number, id: string): string => `${at}.${id}`
