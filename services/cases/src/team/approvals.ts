/** What waits for the decision of a supervisor or head, each with the version before it. One by one: nothing is approved in bulk. */
import type { Approval, Approvals } from '@tirek/contract/team'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { addDays, dayOf, startOfDay } from '@tirek/procedure/time'
import type { Who } from '@tirek/platform/auth'
import type { Row } from '@tirek/platform/database'
import type { Trail } from '@tirek/platform/trail'
import { decide, type Decision } from '@tirek/policy/decide'
import { MY } from '@tirek/policy/settings'
import { recordShown } from '../http/shown-in-lists.ts'
import { ACCESS, type AsPerson } from '../record/as-person.ts'
import { listedViewOf, type CaseRow } from '../record/pages.ts'

/** Rows of the rules whose deadline is a decision of who supervises. */
const ROWS = { 'closure-approval': 'closure', 'review-day': 'review-day', protocol: 'protocol' } as const
/** The procedure asks nobody's approval of a plan: a new version is shown for so many days, to be read. */
const PLAN_DAYS = 14
const MOST = 50

type Written = { case_id: string; kind: ActKind; at: number; by: string; version: number; form: Record<string, unknown> }

export class ApprovalLists {
  readonly #trail: Trail
  readonly #asPerson: AsPerson

  constructor(trail: Trail, asPerson: AsPerson) {
    this.#trail = trail
    this.#asPerson = asPerson
  }

  async of(who: Who): Promise<Approvals> {
    const { standing, db } = await this.#asPerson.of(who)
    const ours = standing.leads ? 'd.organisation = $1' : 'd.organisation = $1 AND d.manager = ANY($3::uuid[])'
    const team = standing.leads ? [] : [standing.team]
    const due = await db.query(
      `SELECT d.* FROM cases.deadline d WHERE d.state = 'open' AND ${ours} AND d.row = ANY($2) ORDER BY d.sort_at, d.case_id, d.key LIMIT ${MOST + 1}`,
      [standing.organisation, Object.keys(ROWS), ...team],
      `approvals-due-${team.length}`,
    )
    const since = startOfDay(addDays(dayOf(standing.now), -PLAN_DAYS))
    const plans = await db.query(
      `SELECT DISTINCT a.case_id FROM cases.act a JOIN cases."case" c ON c.id = a.case_id
        WHERE a.kind = 'plan-signed' AND a.recorded_at >= $2 AND a.version > 1 AND c.organisation = $1 AND NOT c.ended
          AND (${standing.leads ? 'true' : `coalesce(c.manager, c.first_person) = ANY(${MY.team})`}) LIMIT ${MOST}`,
      [standing.organisation, since],
      `approvals-plans-${team.length}`,
    )
    const ids = [...new Set([...due, ...plans].map((row) => row['case_id'] as string))]
    const cases = (await db.query(
      `SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = ANY($1)`,
      [ids],
      'approvals-cases',
    )) as unknown as CaseRow[]
    const known = new Map(cases.map((row) => [row.id, { row, decision: decide(standing, row) }]))
    const written = (await db.query(
      `SELECT a.case_id, a.kind, a.happened_at AS at, a.by, a.version, a.form FROM cases.act a
        WHERE a.case_id = ANY($1) AND a.kind IN ('closure-asked', 'closure-decided', 'plan-signed')
          AND a.id::text NOT IN (SELECT w.fact->>'act' FROM cases.act w WHERE w.case_id = ANY($1) AND w.kind = 'withdrawn' AND w.fact ? 'act')
        ORDER BY a.case_id, a.version DESC`,
      [ids],
      'approvals-written',
    )) as unknown as Written[]
    const items: Approval[] = []
    for (const row of due.slice(0, MOST)) {
      const found = known.get(row['case_id'] as string)
      if (!found?.decision.may('list')) continue
      const kind = ROWS[row['row'] as keyof typeof ROWS]
      items.push({
        ...headOf(kind, found),
        deadline: listedViewOf({ ...row, edition: found.row.edition } as never, standing.now),
        ...(kind === 'closure' ? versionsOf(written, found, 'closure-asked') : {}),
      })
    }
    for (const row of plans) {
      const found = known.get(row['case_id'] as string)
      if (!found?.decision.may('list')) continue
      const versions = versionsOf(written, found, 'plan-signed')
      // A first plan differs from nothing, and whoever does not see plans has nothing to read.
      if (versions.now && versions.before && versions.now.at >= since) items.push({ ...headOf('plan', found), ...versions })
    }
    const shown = items.map(({ caseId }) => ({ caseId, why: known.get(caseId)!.decision.why('list') }))
    await recordShown(db, this.#trail, { who, what: 'read-approvals' }, shown, standing.now)
    return { items, more: due.length > MOST }
  }
}

type Known = { row: CaseRow; decision: Decision }

const headOf = (kind: Approval['kind'], { row, decision }: Known) => ({
  kind,
  caseId: row.id,
  number: row.number,
  version: row.version,
  ...(row.manager && decision.sees('summary') ? { manager: row.manager } : {}),
})

/** The newest form of a kind, the one before it, and why that one was returned: of acts that the asker may read. */
function versionsOf(written: readonly Written[], { row, decision }: Known, kind: ActKind): Pick<Approval, 'now' | 'before' | 'returned'> {
  const acts = written.filter((act) => act.case_id === row.id && decision.shows(act as unknown as Row as never))
  const [now, before] = acts.filter((act) => act.kind === kind)
  const version = ({ form, by, at }: Written) => ({ form, by, at })
  const returned =
    kind === 'closure-asked' && before
      ? acts.find((act) => act.kind === 'closure-decided' && act.version > before.version && act.form['approved'] === false)
      : undefined
  const reason = returned?.form['reason']
  return {
    ...(now && { now: version(now) }),
    ...(before && { before: version(before) }),
    ...(returned && { returned: { by: returned.by, at: returned.at, ...(typeof reason === 'string' && { reason }) } }),
  }
}
