/** CP-18, CP-64: who of a team carries how much, what comes in four weeks, and what nobody leads. */
import type { TeamBoard } from '@tirek/contract/team'
import type { Who } from '@tirek/platform/auth'
import type { Trail } from '@tirek/platform/trail'
import { decide } from '@tirek/policy/decide'
import { CASELOAD } from '@tirek/procedure/child-protection/rows'
import { recordShown } from '../http/shown-in-lists.ts'
import { ACCESS, type AsPerson, type Seeing } from '../record/as-person.ts'
import type { Contexts } from '../record/contexts.ts'
import type { CaseRow } from '../record/pages.ts'
import { forecastOf, weekEnds, type OpenTerm } from './forecast.ts'

/** So many of what nobody leads are named; the number says how many there are. */
const NAMED = 20

export class TeamBoards {
  readonly #trail: Trail
  readonly #contexts: Contexts
  readonly #asPerson: AsPerson

  constructor(trail: Trail, contexts: Contexts, asPerson: AsPerson) {
    this.#trail = trail
    this.#contexts = contexts
    this.#asPerson = asPerson
  }

  /** Of the team, or of the organisation for who leads it. What nobody leads is the organisation's: somebody must see it. */
  async of(who: Who): Promise<TeamBoard> {
    const seeing = await this.#asPerson.of(who)
    const { standing, db } = seeing
    const ofTeam = standing.leads ? '' : ' AND d.manager = ANY($2::uuid[])'
    const team = standing.leads ? [] : [standing.team]
    const terms = (await db.query(
      `SELECT d.manager, d.row, d.from_at, d.due, d.due_day FROM cases.deadline d WHERE d.state = 'open' AND d.organisation = $1${ofTeam}`,
      [standing.organisation, ...team],
      `team-terms-${team.length}`,
    )) as unknown as OpenTerm[]
    const carried = await db.query(
      `SELECT p.id, coalesce(a.active, 0) AS active, p.role = 'social-worker' AS always
         FROM directory.person_view p LEFT JOIN cases.active_cases($1) a ON a.person = p.id
        WHERE p.organisation = $1 AND p.active${standing.leads ? '' : ' AND p.id = ANY($2::uuid[])'} ORDER BY p.id`,
      [standing.organisation, ...team],
    )
    const forecast = forecastOf(terms, standing.now)
    const ends = weekEnds(standing.now)
    const nothing = () => ({ overdue: 0, weeks: ends.map(() => ({ contacts: 0, reviews: 0, assessments: 0, others: 0 })) })
    // Whoever leads a case and is no social worker stands there too; a social worker without one is not forgotten.
    const workers = carried
      .filter((row) => row['always'] || Number(row['active']) > 0 || forecast.has(row['id'] as string))
      .map((row) => ({ person: row['id'] as string, active: Number(row['active']), ...(forecast.get(row['id'] as string) ?? nothing()) }))
    const { least = CASELOAD.least, most = CASELOAD.most } = await this.#contexts.of(standing.organisation)
    return { least, most, ends, workers, unowned: await this.#unowned(seeing, who) }
  }

  async #unowned({ standing, db }: Seeing, who: Who): Promise<TeamBoard['unowned']> {
    const found = await db.query(
      `SELECT u.*, count(*) OVER () AS n FROM cases.unowned_cases((SELECT coalesce(array_agg(p.id), '{}') FROM directory.person_view p WHERE p.organisation = $1 AND p.active)) u
        ORDER BY u.opened_at, u.id LIMIT ${NAMED}`,
      [standing.organisation],
    )
    const seen = (await db.query(
      `SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = ANY($1)`,
      [found.map((row) => row['id'])],
      'unowned-seen',
    )) as unknown as CaseRow[]
    const open = new Map(seen.map((row) => [row.id, decide(standing, row)]))
    const shown = found.map((row) => ({ caseId: row['id'] as string, why: open.get(row['id'] as string)?.why('list') }))
    await recordShown(db, this.#trail, { who, what: 'read-team' }, shown, standing.now)
    return {
      count: Number(found[0]?.['n'] ?? 0),
      items: found.map((row) => ({
        ...(open.get(row['id'] as string)?.may('open') ? { caseId: row['id'] as string } : {}),
        number: row['number'] as string,
        openedAt: row['opened_at'] as number,
        why: row['manager'] ? ('gone' as const) : ('nobody' as const),
      })),
    }
  }
}
