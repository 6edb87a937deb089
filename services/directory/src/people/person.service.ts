import { Inject, Injectable } from '@nestjs/common'
import type { NewPerson, Person, PersonChange } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import type { Row } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import { randomUUID } from 'node:crypto'
import { pageFrom, type PageAsked } from '../page.ts'
import { asInput, DirectoryRecord } from '../record.ts'

export type EndedSession = { session: string; person: string; until: number }

const COLUMNS = 'id, login, name, role, organisation, email, phone, lang, digest, active, supervisor'

@Injectable()
export class PersonService {
  constructor(@Inject(DirectoryRecord) private readonly record: DirectoryRecord) {}

  /** The person who asks. */
  async own(who: Who): Promise<Person> {
    const [row] = await this.record.rows(who, `SELECT ${COLUMNS} FROM directory.person WHERE id = $1`, [who.person])
    if (!row) throw new ProblemError('not-found')
    return row as Person
  }

  /** RT-10: everything held on the person who asks, table by table. A test holds the list against the database. */
  async held(who: Who) {
    const rows = (sql: string) => this.record.rows(who, sql, [who.person])
    const [person, absences, duty, done, changes, values, [sign], endedSessions, markedAddresses] = await Promise.all([
      this.own(who),
      rows(
        'SELECT id, person, from_day::text AS "fromDay", to_day::text AS "toDay", deputy FROM directory.absence WHERE person = $1 OR deputy = $1 ORDER BY from_day, id',
      ),
      rows(
        'SELECT id, organisation, from_day::text AS "fromDay", to_day::text AS "toDay", position FROM directory.duty WHERE person = $1 ORDER BY from_day, id',
      ),
      rows('SELECT at, what, about, outcome FROM directory.trail WHERE who = $1 ORDER BY seq'),
      rows('SELECT at, what, role, outcome FROM directory.trail WHERE about = $1 AND who <> $1 ORDER BY seq'),
      rows('SELECT at, what, before, after FROM directory.change WHERE of = $1 ORDER BY seq'),
      rows('SELECT signed_out_at AS "signedOutAt" FROM directory.person WHERE id = $1'),
      rows('SELECT id, until_at AS "until" FROM directory.ended_session WHERE person = $1 ORDER BY until_at'),
      rows('SELECT agency, email, marked_at AS "markedAt" FROM directory.agency_contact WHERE marked_by = $1 ORDER BY marked_at, id'),
    ])
    return {
      format: 'tirek-person-1',
      person: { ...person, ...sign },
      absences,
      duty,
      done,
      changedByOthers: changes,
      values,
      endedSessions,
      markedAddresses,
    }
  }

  /** Administrators and auditors see everybody, others the people of their organisation. */
  async list(asked: PageAsked & { organisation?: string | undefined; role?: string | undefined }, who: Who) {
    const everybody = who.role === 'administrator' || who.role === 'auditor'
    const rows = await this.record.rows(
      who,
      `SELECT ${COLUMNS} FROM directory.person
       WHERE ($1::uuid IS NULL OR organisation = $1) AND ($2::text IS NULL OR role = $2) AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $4`,
      [everybody ? (asked.organisation ?? null) : who.organisation, asked.role ?? null, asked.after ?? null, asked.limit + 1],
    )
    return pageFrom(rows as Person[], asked)
  }

  add(person: NewPerson, who: Who, key: string | undefined): Promise<Person> {
    return this.record.change(who, { key, body: person }, async ({ sql, trail }) => {
      const id = randomUUID()
      const rows = await asInput(
        'login',
        sql(`INSERT INTO directory.person (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING ${COLUMNS}`, [
          id,
          person.login,
          person.name,
          person.role,
          person.organisation ?? null,
          person.email ?? null,
          person.phone ?? null,
          person.lang,
          person.digest,
          person.active,
          person.supervisor ?? null,
        ]),
      )
      await trail('person-added', id, undefined, person)
      return rows[0] as Person
    })
  }

  change(id: string, change: PersonChange, who: Who): Promise<Person> {
    return this.record.change(who, { body: change }, async ({ sql, trail }) => {
      const [before] = await sql(`SELECT ${COLUMNS} FROM directory.person WHERE id = $1 FOR UPDATE`, [id])
      if (!before) throw new ProblemError('not-found')
      const after: Row = { ...before, ...change }
      await asInput(
        'supervisor',
        sql(
          'UPDATE directory.person SET name = $2, role = $3, organisation = $4, email = $5, phone = $6, lang = $7, digest = $8, active = $9, supervisor = $10 WHERE id = $1',
          [
            id,
            after['name'],
            after['role'],
            after['organisation'],
            after['email'],
            after['phone'],
            after['lang'],
            after['digest'],
            after['active'],
            after['supervisor'],
          ],
        ),
      )
      await trail('person-changed', id, before, change)
      return after as Person
    })
  }

  /** Sign-ins up to now are over. By the database's machine time, as tokens count by the issuer's. */
  signOut(id: string, who: Who): Promise<void> {
    return this.record.change(who, { body: null }, async ({ sql, trail }) => {
      const ended = await sql(
        `UPDATE directory.person SET signed_out_at = (extract(epoch FROM clock_timestamp()) * 1000)::bigint WHERE id = $1 RETURNING id`,
        [id],
      )
      if (ended.length === 0) throw new ProblemError('not-found')
      await trail('person-signed-out', id, undefined, undefined)
    })
  }

  /** Ends one session of a browser; again changes nothing. Those that are over by themselves go. */
  async endSession({ session, person, until }: EndedSession): Promise<void> {
    await this.record.work.query('DELETE FROM directory.ended_session WHERE until_at <= extract(epoch FROM clock_timestamp()) * 1000')
    await this.record.work.query(
      'INSERT INTO directory.ended_session (id, person, until_at) SELECT $1, id, $3 FROM directory.person WHERE id = $2 ON CONFLICT DO NOTHING',
      [session, person, until],
    )
  }

  /** Everybody who may sign in, or the one with this login: what a token says of them and no more. */
  signIns(login: string | undefined, id: string | undefined): Promise<Row[]> {
    return this.record.work.query(
      `SELECT p.id, p.login, p.name, p.role, p.lang, p.organisation, o.name_ru AS organisation_ru, o.name_kk AS organisation_kk, o.name_en AS organisation_en
       FROM directory.person p LEFT JOIN directory.organisation o ON o.id = p.organisation
       WHERE p.active AND ($1::text IS NULL OR p.login = $1) AND ($2::uuid IS NULL OR p.id = $2) ORDER BY o.prefix NULLS FIRST, p.role, p.login LIMIT 500`,
      [login ?? null, id ?? null],
    )
  }
}
