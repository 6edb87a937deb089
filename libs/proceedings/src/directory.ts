/** What the directory knows of organisations, agencies, people and the working calendar: read from its views. */
import type { Lang, Role } from '@tirek/contract/roles'
import { CALENDARS, CURRENT_CALENDAR, type Calendar } from '@tirek/procedure/calendar'
import type { Database } from '@tirek/platform/database'

export type AddressOf = {
  name: string
  organisationName: string | null
  email: string | null
  phone: string | null
  lang: Lang
  mayReceiveFiles: boolean
}

export class DirectoryViews {
  readonly #db: Database
  readonly #calendars = new Map<string, Calendar>(Object.entries(CALENDARS))

  constructor(db: Database) {
    this.#db = db
  }

  /** Names of an organisation in three languages. */
  async organisationName(id: string): Promise<Record<Lang, string>> {
    const [row] = await this.#db.query('SELECT name_ru, name_kk, name_en FROM directory.organisation_view WHERE id = $1', [id])
    if (!row) throw new Error('no such organisation in the directory')
    return { ru: row['name_ru'] as string, kk: row['name_kk'] as string, en: row['name_en'] as string }
  }

  /** One of the contact persons of an agency; the first of them when none is named. */
  async agency(id: string, contactPerson?: string): Promise<AddressOf | undefined> {
    const [row] = await this.#db.query(
      contactPerson === undefined
        ? 'SELECT name AS agency, contact AS name, email, phone, lang, may_receive_files FROM directory.agency_view WHERE id = $1'
        : 'SELECT a.name AS agency, c.name, c.email, c.phone, c.lang, c.may_receive_files FROM directory.agency_contact_view c JOIN directory.agency_view a ON a.id = c.agency WHERE a.id = $1 AND c.id = $2',
      contactPerson === undefined ? [id] : [id, contactPerson],
    )
    if (!row) return undefined
    const found = row as {
      agency: string
      name: string | null
      email: string | null
      phone: string | null
      lang: Lang | null
      may_receive_files: boolean
    }
    return {
      name: found.name ?? found.agency,
      organisationName: found.agency,
      email: found.email,
      phone: found.phone,
      lang: found.lang ?? 'ru',
      mayReceiveFiles: found.may_receive_files,
    }
  }

  async kindOfAgency(id: string): Promise<string | undefined> {
    const [row] = await this.#db.query('SELECT kind FROM directory.agency_view WHERE id = $1', [id])
    return row?.['kind'] as string | undefined
  }

  /** Somebody who works in this organisation. */
  async person(id: string, organisation: string): Promise<AddressOf | undefined> {
    const [row] = await this.#db.query(
      'SELECT name, email, phone, lang FROM directory.person_view WHERE id = $1 AND organisation = $2 AND active',
      [id, organisation],
    )
    if (!row) return undefined
    const { name, email, phone, lang } = row as { name: string; email: string | null; phone: string | null; lang: Lang }
    return { name, organisationName: null, email, phone, lang, mayReceiveFiles: true }
  }

  /** Name and role of somebody of ours, also of who left. */
  async ofOurs(person: string): Promise<{ name: string; role: Role } | undefined> {
    const [row] = await this.#db.query('SELECT name, role FROM directory.person_view WHERE id = $1', [person])
    return row as { name: string; role: Role } | undefined
  }

  /** CP-30: may this person agree that a meeting is needed? */
  async maySupervise(id: string, organisation: string): Promise<boolean> {
    const rows = await this.#db.query(
      `SELECT 1 FROM directory.person_view p WHERE p.id = $1 AND p.organisation = $2 AND p.active AND p.role IN ('supervisor', 'head')`,
      [id, organisation],
    )
    return rows.length > 0
  }

  async currentCalendar(): Promise<string> {
    const [row] = await this.#db.query('SELECT version FROM directory.calendar_view WHERE current LIMIT 1')
    return (row?.['version'] as string | undefined) ?? CURRENT_CALENDAR
  }

  /** A working calendar by its version: ours, or one that the administrator made. */
  async calendar(version: string): Promise<Calendar> {
    const known = this.#calendars.get(version)
    if (known) return known
    const [row] = await this.#db.query('SELECT holidays, working_weekends FROM directory.calendar_view WHERE version = $1', [version])
    if (!row) throw new Error(`no working calendar ${version}`)
    const calendar: Calendar = { version, holidays: row['holidays'] as string[], workingWeekends: row['working_weekends'] as string[] }
    this.#calendars.set(version, calendar)
    return calendar
  }
}
