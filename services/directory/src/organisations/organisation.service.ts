import { Inject, Injectable } from '@nestjs/common'
import type { NewOrganisation, Organisation, OrganisationChange } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import type { Row } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import { randomUUID } from 'node:crypto'
import { pageFrom, type PageAsked } from '../page.ts'
import { asInput, DirectoryRecord } from '../record.ts'

const organisationOf = (row: Row): Organisation => ({
  id: row['id'],
  name: { ru: row['name_ru'], kk: row['name_kk'], en: row['name_en'] },
  prefix: row['prefix'],
  territory: row['territory'],
  head: row['head'],
  nextInLine: row['next_in_line'],
  supervisor: row['supervisor_default'],
  worksFrom: row['works_from'],
  worksTo: row['works_to'],
})

const COLUMNS = 'id, name_ru, name_kk, name_en, prefix, territory, head, next_in_line, supervisor_default, works_from, works_to'
const valuesOf = ({ id, name, prefix, territory, head, nextInLine, supervisor, worksFrom, worksTo }: Organisation) => [
  id,
  name.ru,
  name.kk,
  name.en,
  prefix,
  territory,
  head ?? null,
  nextInLine ?? null,
  supervisor ?? null,
  worksFrom,
  worksTo,
]

@Injectable()
export class OrganisationService {
  constructor(@Inject(DirectoryRecord) private readonly record: DirectoryRecord) {}

  async list(asked: PageAsked, who: Who) {
    const rows = await this.record.rows(
      who,
      'SELECT * FROM directory.organisation WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2',
      [asked.after ?? null, asked.limit + 1],
    )
    return pageFrom(rows.map(organisationOf), asked)
  }

  add(organisation: NewOrganisation, who: Who, key: string | undefined): Promise<Organisation> {
    return this.record.change(who, { key, body: organisation }, async ({ sql, trail }) => {
      const made = { id: randomUUID(), ...organisation }
      const rows = await asInput(
        'prefix',
        sql(
          `INSERT INTO directory.organisation (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING *`,
          valuesOf(made),
        ),
      )
      await trail('organisation-added', made.id, undefined, organisation)
      return organisationOf(rows[0]!)
    })
  }

  change(id: string, change: OrganisationChange, who: Who): Promise<Organisation> {
    return this.record.change(who, { body: change }, async ({ sql, trail }) => {
      const [row] = await sql('SELECT * FROM directory.organisation WHERE id = $1 FOR UPDATE', [id])
      if (!row) throw new ProblemError('not-found')
      const before = organisationOf(row)
      const after = { ...before, ...change }
      await asInput(
        'prefix',
        sql(
          `UPDATE directory.organisation SET (${COLUMNS}) = ROW($1, $2, $3, $4, $5, $6, $7::uuid, $8::uuid, $9::uuid, $10::int, $11::int) WHERE id = $1`,
          valuesOf(after),
        ),
      )
      await trail('organisation-changed', id, before, change)
      return after
    })
  }
}
