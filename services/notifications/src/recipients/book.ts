/** The people of the organisations in question as the directory knows them on a day. */
import type { Lang, Role } from '@tirek/contract/roles'
import type { Database } from '@tirek/platform/database'
import { dayOf, type Instant } from '@tirek/procedure/time'

export type BookPerson = {
  id: string
  name: string
  role: Role
  organisation: string | null
  email: string | null
  lang: Lang
  digest: boolean
  active: boolean
  supervisor: string | null
}
export type BookOrganisation = { id: string; head: string | null; nextInLine: string | null }

export type Book = {
  people: ReadonlyMap<string, BookPerson>
  organisations: ReadonlyMap<string, BookOrganisation>
  /** Who is away that day, with the deputy if one is named. */
  away: ReadonlyMap<string, string | null>
  /** On duty that day by organisation, in order. */
  duty: ReadonlyMap<string, readonly string[]>
}

/** Everybody who works: few hundred rows at most per organisation, so one round of four statements serves a whole morning. */
export async function bookAt(db: Pick<Database, 'query'>, at: Instant): Promise<Book> {
  const day = dayOf(at)
  const [people, organisations, away, duty] = await Promise.all([
    db.query(
      'SELECT p.id, p.name, p.role, p.organisation, p.email, p.lang, p.digest, p.active, t.supervisor FROM directory.person_view p JOIN directory.team_view t ON t.person = p.id',
    ),
    db.query('SELECT id, head, next_in_line FROM directory.organisation_view'),
    db.query('SELECT person, deputy FROM directory.absence_view WHERE from_day <= $1 AND to_day >= $1 ORDER BY deputy NULLS FIRST', [day]),
    db.query(
      'SELECT organisation, person FROM directory.duty_view WHERE from_day <= $1 AND (to_day IS NULL OR to_day >= $1) ORDER BY organisation, position, person',
      [day],
    ),
  ])
  const lists = new Map<string, string[]>()
  for (const { organisation, person } of duty) lists.set(organisation, [...(lists.get(organisation) ?? []), person])
  return {
    people: new Map(people.map((row) => [row['id'], row as BookPerson])),
    organisations: new Map(organisations.map((row) => [row['id'], { id: row['id'], head: row['head'], nextInLine: row['next_in_line'] }])),
    away: new Map(away.map((row) => [row['person'], row['deputy']])),
    duty: lists,
  }
}
