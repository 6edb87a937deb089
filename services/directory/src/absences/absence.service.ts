import { Inject, Injectable } from '@nestjs/common'
import type { Absence, NewAbsence } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import type { Row, Sql } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import { randomUUID } from 'node:crypto'
import { pageFrom, type PageAsked } from '../page.ts'
import { DirectoryRecord, mustBeOf } from '../record.ts'

const SELECT =
  'SELECT a.id, a.person, a.from_day::text, a.to_day::text, a.deputy, p.organisation FROM directory.absence a JOIN directory.person p ON p.id = a.person'
const absenceOf = (row: Row): Absence => ({
  id: row['id'],
  person: row['person'],
  fromDay: row['from_day'],
  toDay: row['to_day'],
  deputy: row['deputy'],
})

/** Who is away and who stands in for them. A supervisor names the deputy. */
@Injectable()
export class AbsenceService {
  constructor(@Inject(DirectoryRecord) private readonly record: DirectoryRecord) {}

  async list(asked: PageAsked, who: Who) {
    const rows = await this.record.rows(
      who,
      `${SELECT} WHERE ($1::uuid IS NULL OR p.organisation = $1) AND ($2::uuid IS NULL OR a.id > $2) ORDER BY a.id LIMIT $3`,
      [who.role === 'administrator' ? null : who.organisation, asked.after ?? null, asked.limit + 1],
    )
    return pageFrom(rows.map(absenceOf), asked)
  }

  add(absence: NewAbsence, who: Who, key: string | undefined): Promise<Absence> {
    return this.record.change(who, { key, body: absence }, async ({ sql, trail }) => {
      const organisation = await organisationOf(sql, absence.person, 'person')
      mustBeOf(who, organisation)
      // A deputy elsewhere would get letters of cases that are not theirs.
      if (absence.deputy && (await organisationOf(sql, absence.deputy, 'deputy')) !== organisation) throw new ProblemError('no-such-person')
      const id = randomUUID()
      await sql('INSERT INTO directory.absence (id, person, from_day, to_day, deputy) VALUES ($1, $2, $3, $4, $5)', [
        id,
        absence.person,
        absence.fromDay,
        absence.toDay,
        absence.deputy ?? null,
      ])
      await trail('absence-added', id, undefined, absence)
      return { id, ...absence }
    })
  }

  async remove(id: string, who: Who): Promise<void> {
    await this.record.change(who, { body: { id } }, async ({ sql, trail }) => {
      const [row] = await sql(`${SELECT} WHERE a.id = $1`, [id])
      if (!row) throw new ProblemError('not-found')
      mustBeOf(who, row['organisation'])
      await sql('DELETE FROM directory.absence WHERE id = $1', [id])
      await trail('absence-removed', id, absenceOf(row), undefined)
    })
  }
}

/** The organisation of a person who works, wherever; anybody else is refused. */
export async function organisationOf(sql: Sql, person: string, pointer: string): Promise<string | null> {
  const [row] = await sql('SELECT organisation FROM directory.person_view WHERE id = $1 AND active', [person])
  if (!row) throw new ProblemError('bad-input', { issues: [{ code: 'custom', message: 'invalid', path: [pointer] }] })
  return row['organisation']
}
