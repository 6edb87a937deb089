import { Inject, Injectable } from '@nestjs/common'
import {
  MOST_CONTACTS,
  type AgenciesImported,
  type Agency,
  type AgencyTable,
  type NewAgency,
  type NewContact,
} from '@tirek/contract/agencies'
import type { FieldError } from '@tirek/contract/errors'
import type { Lang } from '@tirek/contract/roles'
import type { Who } from '@tirek/platform/auth'
import { csvOf } from '@tirek/platform/csv'
import { ProblemError } from '@tirek/platform/problem'
import { randomUUID } from 'node:crypto'
import { DirectoryRecord } from '../record.ts'
import { AGENCIES, agencyOf, writeAgency } from './agency-rows.ts'
import { agencyCells, agencyKey, cellError, readAgencies, type ReadLine } from './agency-table.ts'

/** The book of agencies in and out as a table. */
@Injectable()
export class AgencyImportService {
  constructor(@Inject(DirectoryRecord) private readonly record: DirectoryRecord) {}

  /** All agencies, a line for each contact, as spreadsheets of this language open it. */
  async export(lang: Lang, who: Who): Promise<string> {
    const rows = await this.record.rows(who, `${AGENCIES} ORDER BY a.territory, a.kind, a.name, a.id`)
    const { columns, rows: cells } = agencyCells(rows.map(agencyOf), lang)
    return csvOf(columns, cells, lang === 'en' ? ',' : ';')
  }

  /**
   * Takes a table over: all of it or, with what is wrong in which line and column, nothing. An agency is known by kind, territory and name, a
   * contact of it by address, else by name. Nothing is removed, and no address is marked. The same table again changes nothing.
   */
  import({ csv }: AgencyTable, lang: Lang, who: Who): Promise<AgenciesImported> {
    const { lines, errors } = readAgencies(csv, lang)
    if (errors.length > 0) throw new ProblemError('bad-input', { more: { errors } })
    return this.record.change(who, { body: null }, async ({ sql, trail }) => {
      // Two imports at once would both add what neither finds.
      await sql(`SELECT pg_advisory_xact_lock(hashtextextended('directory/agencies', 0))`)
      const known = new Map((await sql(`${AGENCIES} ORDER BY a.id DESC`)).map(agencyOf).map((agency) => [agencyKey(agency), agency]))
      const done: AgenciesImported = { added: 0, changed: 0, same: 0, unmarked: 0 }
      const wrong: FieldError[] = []
      for (const [key, of] of Map.groupBy(lines, agencyKey)) {
        const before = known.get(key)
        const { agency, isOther } = merged(before, of)
        wrong.push(...marksAtFault(before, of, lang))
        if (agency.contacts.length > MOST_CONTACTS) wrong.push(cellError(of.at(-1)!.line, 'contact', 'many', lang, MOST_CONTACTS))
        if (wrong.length > 0) continue
        if (before && !isOther) done.same++
        else {
          const after = await writeAgency(sql, before?.id ?? randomUUID(), agency, before)
          await trail(before ? 'agency-changed' : 'agency-added', after.id, before, after)
          done[before ? 'changed' : 'added']++
          done.unmarked += countMarked(before) - countMarked(after)
        }
      }
      if (wrong.length > 0) throw new ProblemError('bad-input', { more: { errors: wrong.slice(0, 50) } })
      await trail('agencies-imported', null, undefined, done)
      return done
    })
  }
}

const countMarked = (agency: Agency | undefined) => agency?.contacts.filter(({ mayReceiveFiles }) => mayReceiveFiles).length ?? 0

/** Which known contact each line is about: first by address, then by name, none twice. */
function pairs(contacts: readonly NewContact[], lines: readonly ReadLine[]): Map<ReadLine, NewContact> {
  const found = new Map<ReadLine, NewContact>()
  const free = new Set(contacts)
  const pair = (is: (one: NewContact, line: ReadLine) => boolean) => {
    for (const line of lines) {
      const one = found.has(line) ? undefined : [...free].find((contact) => is(contact, line))
      if (one && free.delete(one)) found.set(line, one)
    }
  }
  pair((one, { email }) => !!email && one.email?.toLowerCase() === email.toLowerCase())
  pair((one, { contact }) => one.name === contact)
  return found
}

/** The agency as the table wants it: what the table does not say stays. */
function merged(before: Agency | undefined, lines: readonly ReadLine[]): { agency: NewAgency; isOther: boolean } {
  const [{ service, powers }] = lines as [ReadLine]
  const { kind, territory, name } = before ?? lines[0]!
  const contacts: NewContact[] = (before?.contacts ?? []).map(({ id, name, position, email, phone, lang }) => ({
    id,
    name,
    position,
    email,
    phone,
    lang,
  }))
  const known = pairs(contacts, lines)
  let isOther = before === undefined || (service ?? before.service) !== before.service || (powers ?? before.powers) !== before.powers
  for (const line of lines) {
    if (!line.contact) continue
    const one = known.get(line)
    const wanted = { name: line.contact, position: line.position, email: line.email, phone: line.phone, lang: line.lang }
    if (!one) {
      contacts.push({ ...wanted, lang: line.lang ?? 'ru' })
      isOther = true
      continue
    }
    for (const [column, value] of Object.entries(wanted) as [keyof typeof wanted, never][]) {
      if (value === undefined || value === null || value === one[column]) continue
      one[column] = value
      isOther = true
    }
  }
  return { agency: { kind, territory, name, service: service ?? before?.service, powers: powers ?? before?.powers, contacts }, isOther }
}

/** A table may repeat a mark that is there, as an export does; it cannot set one. */
function marksAtFault(before: Agency | undefined, lines: readonly ReadLine[], lang: Lang): FieldError[] {
  return lines
    .filter(
      ({ files, email }) =>
        files && !before?.contacts.some((one) => one.mayReceiveFiles && one.email?.toLowerCase() === email?.toLowerCase()),
    )
    .map(({ line }) => cellError(line, 'files', 'marked-on-page', lang))
}
