/** What the directory knows and facts are made with: settings, quarantine, calendar, people. Read from its views, kept for seconds. */
import { CALENDARS, CURRENT_CALENDAR, type Calendar } from '@tirek/procedure/calendar'
import type { CaseSettings } from '@tirek/procedure/case'
import type { Database } from '@tirek/platform/database'
import { dayOf, type Day, type Instant } from '@tirek/procedure/time'
import type { Lang } from '@tirek/contract/roles'
import type { Who } from '@tirek/platform/auth'
import { ProblemError } from '@tirek/platform/problem'
import { directoryOf } from '@tirek/platform/standing'
import { isCarer, type Standing } from '@tirek/policy/standing'
import { STANDING, standingFrom, standsNowhere, type Asking } from '@tirek/policy/standing-sql'

export type OrganisationContext = {
  id: string
  prefix: string
  territory: string
  calendar: string
  settings: CaseSettings
  /** SV-20: how many active cases of a worker are recommended, where the organisation set it. */
  least?: number
  most?: number
}

type KnownStanding = Omit<Standing, 'now'>

/** Leases and caches go by the machine's clock: nothing here is compared with a due. */
const KEPT_MS = 5_000

export class Contexts {
  readonly #db: Database
  readonly #kept = new Map<string, { until: number; context: Promise<OrganisationContext> }>()
  readonly #standings = new Map<string, { until: number; standing: Promise<KnownStanding> }>()
  readonly #calendars = new Map<string, Calendar>(Object.entries(CALENDARS))

  constructor(db: Database) {
    this.#db = db
  }

  /** Forgets what is kept: the directory said that something changed. */
  forget(): void {
    this.#kept.clear()
    this.#standings.clear()
  }

  of(organisation: string): Promise<OrganisationContext> {
    const kept = this.#kept.get(organisation)
    if (kept && kept.until > performance.now()) return kept.context
    const context = this.#read(organisation).catch((error: unknown) => {
      this.#kept.delete(organisation)
      throw error
    })
    this.#kept.set(organisation, { until: performance.now() + KEPT_MS, context })
    return context
  }

  /** Is this what the directory says now, whatever is kept? What was another is forgotten. */
  async isCurrent(context: OrganisationContext): Promise<boolean> {
    const isSame = JSON.stringify(await this.#read(context.id)) === JSON.stringify(context)
    if (!isSame) this.forget()
    return isSame
  }

  async #read(organisation: string): Promise<OrganisationContext> {
    const [row] = await this.#db.query(
      `SELECT o.id, o.prefix, o.territory,
              (SELECT jsonb_object_agg(term, value) FROM directory.setting_view WHERE organisation = o.id) AS terms,
              (SELECT jsonb_agg(jsonb_build_object('from', from_day, 'to', to_day) ORDER BY from_day) FROM directory.quarantine_view q WHERE q.territory = o.territory) AS quarantine,
              (SELECT version FROM directory.calendar_view WHERE current LIMIT 1) AS calendar
         FROM directory.organisation_view o WHERE o.id = $1`,
      [organisation],
      'context',
    )
    if (!row) throw new ProblemError('not-allowed')
    const terms = Object.fromEntries(
      Object.entries((row['terms'] ?? {}) as Record<string, number>).map(([term, value]) => [term, Number(value)]),
    )
    const { 'contacts-before-plan': before, 'caseload-least': least, 'caseload-most': most, ...rest } = terms
    return {
      id: organisation,
      prefix: row['prefix'] as string,
      territory: row['territory'] as string,
      calendar: (row['calendar'] as string | null) ?? CURRENT_CALENDAR,
      settings: {
        terms: rest,
        contactsBeforePlan: before !== 0,
        quarantine: ((row['quarantine'] ?? []) as { from: string; to: string | null }[]).map(({ from, to }) =>
          to ? { from, to } : { from },
        ),
      },
      ...(least === undefined ? {} : { least: Number(least) }),
      ...(most === undefined ? {} : { most: Number(most) }),
    }
  }

  /** Names of an organisation in three languages. */
  async organisationName(id: string): Promise<Record<Lang, string>> {
    const [row] = await this.#db.query(
      'SELECT name_ru AS ru, name_kk AS kk, name_en AS en FROM directory.organisation_view WHERE id = $1',
      [id],
    )
    if (!row) throw new Error('no such organisation in the directory')
    return row as Record<Lang, string>
  }

  /** `HH:MM` when the organisation opens and shuts on a working day. */
  async hours(id: string): Promise<{ from: string; to: string } | undefined> {
    const [row] = await this.#db.query('SELECT works_from, works_to FROM directory.organisation_view WHERE id = $1', [id])
    const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
    return row && { from: clock(row['works_from'] as number), to: clock(row['works_to'] as number) }
  }

  /** A working calendar by its version: ours, or one the administrator made. */
  async calendar(version: string): Promise<Calendar> {
    const known = this.#calendars.get(version)
    if (known) return known
    const [row] = await this.#db.query('SELECT holidays, working_weekends FROM directory.calendar_view WHERE version = $1', [version])
    if (!row) throw new Error(`no working calendar ${version}`)
    const calendar: Calendar = { version, holidays: row['holidays'] as string[], workingWeekends: row['working_weekends'] as string[] }
    this.#calendars.set(version, calendar)
    return calendar
  }

  /** Where a person stands now: whom they stand in for, whom they supervise, whether they are called to an hour. */
  async standing(who: Asking, now: Instant): Promise<Standing> {
    return { ...(await this.#standingOf(who, dayOf(now))), now }
  }

  #standingOf(who: Asking, day: Day): Promise<KnownStanding> {
    const key = `${who.person}/${who.role}/${day}`
    const kept = this.#standings.get(key)
    if (kept && kept.until > performance.now()) return kept.standing
    const standing = this.#readStanding(who, day).catch((error: unknown) => {
      this.#standings.delete(key)
      throw error
    })
    if (this.#standings.size > 5_000) this.#standings.clear()
    this.#standings.set(key, { until: performance.now() + KEPT_MS, standing })
    return standing
  }

  async #readStanding(who: Asking, day: Day): Promise<KnownStanding> {
    if (!isCarer(who.role)) return standsNowhere(who)
    const [row] = await this.#db.query(STANDING, [who.person, day, who.organisation], 'standing')
    return standingFrom(who, row!)
  }

  /** Who this is to the directory now; `undefined`: nobody who works here. */
  async person(id: string): Promise<Who | undefined> {
    const found = await directoryOf((text, values) => this.#db.query(text, values, 'person'))('id', id)
    if (!found?.active || found.organisation === null) return undefined
    const { person, role, organisation, login, lang } = found
    return { person, role, organisation, login, lang }
  }

  /** Is this an active person of the organisation with one of these roles? */
  async isPerson(person: string, organisation: string, roles: readonly string[]): Promise<boolean> {
    const rows = await this.#db.query(
      'SELECT 1 FROM directory.person_view WHERE id = $1 AND organisation = $2 AND role = ANY($3) AND active',
      [person, organisation, roles],
    )
    return rows.length > 0
  }
}
