/** Figures of one's own cases, of a team, of an organisation, of several: counted by the database, small numbers kept from who may not see the cases. */
import type { CasesCounted, Figures as Answer } from '@tirek/contract/figures'
import { RISKS } from '@tirek/contract/journals'
import { STAGE_NAMES } from '@tirek/contract/stages'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Database, Queries } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import { figuresFor, isExact, SMALL, told, wholeMonths, type Whose } from '@tirek/policy/figures'
import { HOUR_RULE } from '@tirek/procedure/child-protection/rows'
import { programmeOf } from '@tirek/procedure/programmes'
import { dayOf, endOfDay, startOfDay, type Day } from '@tirek/procedure/time'
import type { AsPerson } from '../record/as-person.ts'

/** Local days, both included; without them this month. */
export type FiguresAsked = { from?: Day | undefined; to?: Day | undefined }
type Counting = { db: Queries; organisations: readonly string[]; owners: readonly string[] | null; exact: boolean }
type Said = Pick<Answer, 'whose' | 'may'>

/** A journey of longer is looked at year by year. */
const MOST_DAYS = 10 * 366

export class Figures {
  readonly #db: Database
  readonly #clock: Clock
  readonly #trail: Trail
  readonly #asPerson: AsPerson

  constructor(db: Database, clock: Clock, trail: Trail, asPerson: AsPerson) {
    this.#db = db
    this.#clock = clock
    this.#trail = trail
    this.#asPerson = asPerson
  }

  /** Figures of one's own organisation. Throws `not-allowed` where one has no such cases. */
  async own(who: Who, { whose, ...asked }: FiguresAsked & { whose?: Whose | undefined }): Promise<Answer> {
    const { standing, db } = await this.#asPerson.of(who)
    const may = figuresFor(standing)
    const chosen = whose ?? may[0]
    if (!may.includes(chosen)) throw new ProblemError('not-allowed')
    const owners = chosen === 'mine' ? standing.persons : chosen === 'team' ? standing.team : null
    await this.#trail.record([{ who, what: 'read-figures' }])
    return this.#counted(
      asked,
      { db, organisations: [standing.organisation], owners, exact: isExact(standing, chosen) },
      { whose: chosen, may },
    )
  }

  /** Figures of all organisations, of one, or of those of a territory: of who sees no case. */
  async everywhere(who: Who, asked: FiguresAsked & { organisation?: string | undefined; territory?: string | undefined }): Promise<Answer> {
    const { db } = await this.#asPerson.of(who)
    const { organisation = null, territory = null } = asked
    const rows = await this.#db.query(
      'SELECT id FROM directory.organisation_view WHERE ($1::uuid IS NULL OR id = $1) AND ($2::text IS NULL OR territory = $2) ORDER BY id',
      [organisation, territory],
    )
    await this.#trail.record([{ who, what: 'compared-figures' }])
    const organisations = rows.map((row) => row['id'] as string)
    return this.#counted(asked, { db, organisations, owners: null, exact: false }, { whose: 'everywhere', may: ['everywhere'] })
  }

  async #counted(asked: FiguresAsked, { db, organisations, owners, exact }: Counting, said: Said): Promise<Answer> {
    const now = this.#clock.now()
    const { from, to } = periodOf(asked, now, exact)
    const values = [organisations, owners, startOfDay(from), endOfDay(to)]
    const [cases, terms, [hours]] = await Promise.all([
      db.query('SELECT * FROM cases.cases_counted($1, $2, $3, $4)', values, 'cases-counted'),
      db.query('SELECT * FROM cases.terms_counted($1, $2, $3, $4, $5) ORDER BY rule, "row"', [...values, now], 'terms-counted'),
      db.query('SELECT * FROM cases.hours_counted($1, $2, $3, $4)', values, 'hours-counted'),
    ])
    const count = (n: unknown) => (exact ? Number(n) : (told(Number(n)) ?? null))
    const by = (column: 'stage' | 'risk' | 'territory', order: readonly string[]): CasesCounted[] => {
      const sums = new Map<string, { open: number; opened: number }>()
      for (const row of cases) {
        const sum = sums.get(row[column]) ?? { open: 0, opened: 0 }
        sums.set(row[column], { open: sum.open + row['open'], opened: sum.opened + row['opened'] })
      }
      const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
      return [...sums]
        .toSorted(([a], [b]) => place(a) - place(b) || a.localeCompare(b, 'ru'))
        .map(([key, { open, opened }]) => ({ key, open: count(open), opened: count(opened) }))
    }
    const sumOf = (column: string) => count(cases.reduce((sum, row) => sum + row[column], 0))
    const isTold = hours!['answered'] > 0 && (exact || hours!['answered'] >= SMALL.fewest)
    return {
      ...said,
      from,
      to,
      at: now,
      rounded: !exact,
      total: { open: sumOf('open'), opened: sumOf('opened') },
      stages: by('stage', Object.keys(STAGE_NAMES)),
      risks: by('risk', Object.keys(RISKS)),
      territories: by('territory', []),
      rules: terms.map((row) => ({
        row: row['row'],
        rule: row['rule'],
        what: programmeOf('child-protection').rowText(row['row']).what,
        kept: count(row['kept']),
        keptLate: count(row['kept_late']),
        missed: count(row['missed']),
        lapsed: count(row['lapsed']),
        late: count(row['late']),
        running: count(row['running']),
      })),
      hour: {
        begun: count(hours!['begun']),
        answered: count(hours!['answered']),
        within: count(hours!['within']),
        limitMinutes: HOUR_RULE.length.minutes,
        ...(isTold && { medianMs: hours!['median'], p90Ms: hours!['p90'] }),
      },
    }
  }
}

/** Throws `bad-input` for a time that ends before it begins, or is too long. */
function periodOf({ from, to }: FiguresAsked, now: number, exact: boolean): { from: Day; to: Day } {
  const today = dayOf(now)
  const until = to ?? (from !== undefined && from > today ? from : today)
  const since = from ?? `${until.slice(0, 7)}-01`
  const isBad = since > until || startOfDay(until) - startOfDay(since) > MOST_DAYS * 86_400_000
  if (isBad) throw new ProblemError('bad-input', { issues: [{ code: 'custom', path: ['to'], message: 'invalid' }] })
  return exact ? { from: since, to: until } : wholeMonths(since, until)
}
