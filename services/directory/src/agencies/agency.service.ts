import { Inject, Injectable } from '@nestjs/common'
import type { Agency, FilesMark, NewAgency } from '@tirek/contract/agencies'
import type { Who } from '@tirek/platform/auth'
import { ProblemError } from '@tirek/platform/problem'
import { randomUUID } from 'node:crypto'
import { pageFrom, type PageAsked } from '../page.ts'
import { DirectoryRecord } from '../record.ts'
import { AGENCIES, agencyById, agencyOf, writeAgency } from './agency-rows.ts'

/** Partners by territory (CP-93), which commission takes placement questions there (CP-56), and to whom files may be sent (CP-32). */
@Injectable()
export class AgencyService {
  constructor(@Inject(DirectoryRecord) private readonly record: DirectoryRecord) {}

  async list(asked: PageAsked & { territory?: string | undefined; kind?: string | undefined }, who: Who) {
    const rows = await this.record.rows(
      who,
      `${AGENCIES} WHERE ($1::text IS NULL OR a.territory = $1) AND ($2::text IS NULL OR a.kind = $2) AND ($3::uuid IS NULL OR a.id > $3) ORDER BY a.id LIMIT $4`,
      [asked.territory ?? null, asked.kind ?? null, asked.after ?? null, asked.limit + 1],
    )
    return pageFrom(rows.map(agencyOf), asked)
  }

  add(agency: NewAgency, who: Who, key: string | undefined): Promise<Agency> {
    return this.record.change(who, { key, body: agency }, async ({ sql, trail }) => {
      const made = await writeAgency(sql, randomUUID(), agency)
      await trail('agency-added', made.id, undefined, made)
      return made
    })
  }

  replace(id: string, agency: NewAgency, who: Who): Promise<Agency> {
    return this.record.change(who, { body: agency }, async ({ sql, trail }) => {
      const before = await agencyById(sql, id)
      const after = await writeAgency(sql, id, agency, before)
      await trail('agency-changed', id, before, after)
      return after
    })
  }

  /** Marks an address, or takes the mark back. Who has marked it first stays named while the mark holds. */
  mark(id: string, contact: string, { email, may }: FilesMark, who: Who): Promise<Agency> {
    return this.record.change(who, { body: { id, contact, email, may } }, async ({ sql, trail, at }) => {
      const agency = await agencyById(sql, id)
      const found = agency.contacts.find((one) => one.id === contact)
      if (!found) throw new ProblemError('not-found')
      if (found.email?.toLowerCase() !== email.toLowerCase())
        throw new ProblemError('bad-input', { issues: [{ code: 'custom', message: 'another-address', path: ['email'] }] })
      const after = { ...found, mayReceiveFiles: may, markedBy: may ? who.person : null, markedAt: may ? at : null }
      if (found.mayReceiveFiles !== may) {
        await sql('UPDATE directory.agency_contact SET marked_by = $2, marked_at = $3 WHERE id = $1', [
          contact,
          after.markedBy,
          after.markedAt,
        ])
        await trail(may ? 'agency-files-allowed' : 'agency-files-refused', contact, found, after)
      }
      return found.mayReceiveFiles === may ? agency : { ...agency, contacts: agency.contacts.map((one) => (one === found ? after : one)) }
    })
  }
}
