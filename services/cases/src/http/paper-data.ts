/** What papers of a case are made from: what this person may see of it. */
import { definitionOf } from '@tirek/contract/acts'
import type { SEXES } from '@tirek/contract/forms/codes'
import { ORIGINS, type Origin } from '@tirek/contract/origins'
import { ROLES, type Lang, type Role } from '@tirek/contract/roles'
import type { Named } from '@tirek/documents/forms/act-sheet'
import type { SignatureFile } from '@tirek/documents/prints/plan'
import { dayOf } from '@tirek/procedure/time'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { Who } from '@tirek/platform/auth'
import { ProblemError } from '@tirek/platform/problem'
import type { Decision } from '@tirek/policy/decide'
import type { Action } from '@tirek/policy/policy'
import { ACCESS, mustMay, type AsPerson, type Seeing } from '../record/as-person.ts'
import type { CaseRow } from '../record/pages.ts'
import type { CaseFiles } from '../record/case-files.ts'
import { besideOf } from './prints.ts'

export type Act = {
  id: string
  kind: ActKind
  at: number
  recordedAt: number
  by: string
  /** Whose it is where it is nobody's of ours. */
  origin: Origin | null
  version: number
  form: Record<string, unknown>
  withdrawn: boolean
}
export type Child = {
  name: string | null
  birthDate: string | null
  iin: string | null
  sex: keyof typeof SEXES
  age: { n: number; unit: string } | null
  address: string | null
}
export type Opened = {
  row: CaseRow
  decision: Decision
  acts: Act[]
  child: Child
  people: ReadonlyMap<string, Person>
  organisations: ReadonlyMap<string, Record<Lang, string>>
}
export type Person = { name: string; role: Role; phone: string | null }

const ACTS = `SELECT a.id, a.kind, a.happened_at AS at, a.recorded_at AS "recordedAt", a.by, a.origin, a.version, a.form,
    EXISTS (SELECT 1 FROM cases.act w WHERE w.case_id = $1 AND w.kind = 'withdrawn' AND w.fact->>'act' = a.id::text) AS withdrawn
  FROM cases.act a WHERE a.case_id = $1 ORDER BY a.happened_at, a.recorded_at, a.version`
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** What this person may see of it; recorded by whoever makes the paper. */
export async function opened(asPerson: AsPerson, caseId: string, who: Who, action: Action): Promise<Opened> {
  const { standing, db } = await asPerson.of(who)
  const [row] = (await db.query(`SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = $1`, [caseId], 'case-for-paper')) as CaseRow[]
  const decision = mustMay(standing, row, action)
  if (row!.erased_at) throw new ProblemError('case-erased')
  const all = (await db.query(ACTS, [caseId], 'acts-for-paper')) as Act[]
  const acts = all.filter((act) => decision.shows(act))
  const [child] = (await db.query(
    'SELECT ch.name, ch.birth_date AS "birthDate", ch.iin, ch.sex, ch.age, ch.address FROM cases.child ch JOIN cases."case" c ON c.child = ch.id WHERE c.id = $1',
    [caseId],
    'child-for-paper',
  )) as Child[]
  const ids = [
    who.person,
    ...(row!.manager ? [row!.manager] : []),
    ...acts.map(({ by }) => by),
    ...(JSON.stringify(acts.map(({ form }) => form)).match(UUID) ?? []),
  ]
  const organisations = await db.query(
    'SELECT id, name_ru AS ru, name_kk AS kk, name_en AS en FROM directory.organisation_view WHERE id = ANY($1)',
    [[...new Set(ids)]],
    'organisations-of-paper',
  )
  return {
    row: row!,
    decision,
    acts,
    child: child!,
    people: await peopleOf(db, ids),
    organisations: new Map(organisations.map(({ id, ...name }) => [id as string, name as Record<Lang, string>])),
  }
}
/** People of ours by their ids. */
export async function peopleOf(db: Seeing['db'], ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const rows = (await db.query(
    'SELECT id, name, role, phone FROM directory.person_view WHERE id = ANY($1)',
    [ids],
    'people-of-paper',
  )) as (Person & {
    id: string
  })[]
  return new Map(rows.map(({ id, ...person }) => [id, person]))
}

export const ofCase = ({ row, child, decision }: Opened) => ({
  number: row.number,
  ...(decision.sees('name') && { child: child.name ?? '' }),
})
export const named = ({ people }: Opened, id: string, lang: Lang): Named => {
  const person = people.get(id)
  return person ? { name: person.name, position: ROLES[person.role][lang] } : { name: '' }
}

/** Who recorded it, or how it came where it is nobody's act of ours. */
export const recordedBy = (of: Opened, act: Act, lang: Lang): Named =>
  act.origin ? { name: ORIGINS[act.origin][lang] } : named(of, act.by, lang)

/** A person, an organisation, a measure of the plan or an act that the form points to. */
export function nameOf({ people, organisations, acts }: Opened, id: string, lang: Lang): string | undefined {
  const person = people.get(id)
  if (person) return person.name
  const organisation = organisations.get(id)
  if (organisation) return organisation[lang]
  const act = acts.find((one) => one.id === id)
  if (act) return definitionOf(act.kind).label[lang]
  const measures = acts.flatMap(({ kind, form }) => (kind === 'plan-signed' ? (form['measures'] as { id: string; action: string }[]) : []))
  return measures.find((measure) => measure.id === id)?.action
}

/** The family's signatures that its acts name, by the id of their file. */
export async function signaturesOf(of: Opened, files: CaseFiles, who: Who): Promise<Signatures> {
  const signed = of.acts.filter(({ kind, form }) => kind === 'plan-signed-by-family' && form['signature'] !== undefined)
  const found = await files.forPaper(
    of.row.id,
    signed.map(({ form }) => form['signature'] as string),
    who,
  )
  return new Map(
    signed.flatMap(({ id, at, form }) => {
      const file = found.get(form['signature'] as string)
      return file ? [[id, { ...file, day: dayOf(at) }] as const] : []
    }),
  )
}
/** By the act that names them. */
export type Signatures = ReadonlyMap<string, SignatureFile>

export function planBeside(of: Opened, act: Act, signatures: Signatures) {
  const acts = of.acts.filter(({ withdrawn }) => !withdrawn)
  const child = of.decision.sees('name') ? of.child : { name: '', birthDate: null }
  return besideOf(act, {
    acts,
    child,
    manager: of.row.manager,
    names: new Map([...of.people].map(([id, { name }]) => [id, name])),
    signatures,
  })
}

/** The language that the person who asked prefers. */
export const familyLang = ({ acts }: Opened): Lang | undefined => {
  const request = acts.findLast(({ kind }) => kind === 'help-request-registered')
  return (request?.form['asker'] as { lang?: Lang } | undefined)?.lang
}
