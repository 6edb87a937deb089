import { Inject, Injectable } from '@nestjs/common'
import type { Agency, NewAgency } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import { ProblemError } from '@tirek/platform/problem'
import { randomUUID } from 'node:crypto'
import { pageFrom, type PageAsked } from '../page.ts'
import { DirectoryRecord } from '../record.ts'

const valuesOf = (id: string, { kind, territory, name, contact, email, phone, powers }: NewAgency) => [
  id,
  kind,
  territory,
  name,
  contact ?? null,
  email ?? null,
  phone ?? null,
  powers ?? null,
]

/** Partners by territory (CP-93) and which commission takes placement questions there (CP-56). */
@Injectable()
export class AgencyService {
  constructor(@Inject(DirectoryRecord) private readonly record: DirectoryRecord) {}

  async list(asked: PageAsked & { territory?: string | undefined; kind?: string | undefined }) {
    const rows = await this.record.rows(
      'SELECT id, kind, territory, name, contact, email, phone, powers FROM directory.agency WHERE ($1::text IS NULL OR territory = $1) AND ($2::text IS NULL OR kind = $2) AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $4',
      [asked.territory ?? null, asked.kind ?? null, asked.after ?? null, asked.limit + 1],
    )
    return pageFrom(rows as Agency[], asked)
  }

  add(agency: NewAgency, who: Who, key: string | undefined): Promise<Agency> {
    return this.record.change(who, { key, body: agency }, async ({ sql, trail }) => {
      const id = randomUUID()
      await sql(
        'INSERT INTO directory.agency (id, kind, territory, name, contact, email, phone, powers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
        valuesOf(id, agency),
      )
      await trail('agency-added', id, undefined, agency)
      return { id, ...agency }
    })
  }

  replace(id: string, agency: NewAgency, who: Who): Promise<Agency> {
    return this.record.change(who, { body: agency }, async ({ sql, trail }) => {
      const [before] = await sql('SELECT * FROM directory.agency WHERE id = $1 FOR UPDATE', [id])
      if (!before) throw new ProblemError('not-found')
      await sql(
        'UPDATE directory.agency SET kind = $2, territory = $3, name = $4, contact = $5, email = $6, phone = $7, powers = $8 WHERE id = $1',
        valuesOf(id, agency),
      )
      await trail('agency-changed', id, before, agency)
      return { id, ...agency }
    })
  }
}
