/** What is read: register, lists, work list, timeline, personal file, caseload. Every list is a keyset page by an index. */
import { definitionOf } from '@tirek/contract/acts'
import type { CasePage, CaseSummary, DeadlineGrounds, TimelineItem, WorkList } from '@tirek/contract/answers'
import type { Receipts } from '@tirek/contract/links'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { programmeOf } from '@tirek/procedure/programmes'
import { CASELOAD } from '@tirek/procedure/child-protection/rows'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Database } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import type { Procedure } from '../record/facts.ts'
import { relationsThat, type Action } from '@tirek/policy/policy'
import { decide, type Decision } from '@tirek/policy/decide'
import { MY } from '@tirek/policy/settings'
import { dayOf, endOfDay, startOfDay, type Day } from '@tirek/procedure/time'
import { ACCESS, mustMay, type AsPerson, type Seeing } from '../record/as-person.ts'
import { behind, type BehindAsked } from '../figures/behind-figures.ts'
import type { Contexts } from '../record/contexts.ts'
import { groundsView } from '../record/grounds.ts'
import { listedViewOf, pageOf, summaryOf, viewOf, type CaseRow } from '../record/pages.ts'
import { fileOf, type FiledAct, type PersonalFile } from '../record/personal-file.ts'
import { casesOf, limitOf, MANY, nameOf } from './found-by-index.ts'
import { CERTAIN } from './register.ts'
import { recordList, recordShown } from './shown-in-lists.ts'

const CASE_COLUMNS = `c.*, ch.sex, ch.birth_date, ch.age`

const LISTED = relationsThat('list')

export class Lists {
  readonly #db: Database
  readonly #clock: Clock
  readonly #trail: Trail
  readonly #procedure: Procedure

  readonly #contexts: Contexts
  readonly #asPerson: AsPerson
  readonly #receiptsOf: (caseId: string) => Promise<Receipts>

  constructor(
    db: Database,
    clock: Clock,
    trail: Trail,
    procedure: Procedure,
    contexts: Contexts,
    asPerson: AsPerson,
    receiptsOf: (caseId: string) => Promise<Receipts>,
  ) {
    this.#asPerson = asPerson
    this.#receiptsOf = receiptsOf
    this.#trail = trail
    this.#contexts = contexts
    this.#db = db
    this.#clock = clock
    this.#procedure = procedure
  }

  /** Cases the person may see, newest first. */
  async cases(
    who: Who,
    asked: {
      cursor?: string | undefined
      limit: number
      stage?: string | undefined
      risk?: string | undefined
      ended?: boolean | undefined
      territory?: string | undefined
      /** Local days of registration, both included; with a term or an hour, of these. */
      from?: Day | undefined
      to?: Day | undefined
    } & BehindAsked,
  ): Promise<{ items: CaseSummary[]; next?: string }> {
    const [at, id] = cursorOf(asked.cursor, 2) ?? NEWEST
    const { standing, db } = await this.#asPerson.of(who)
    const values: unknown[] = [at, id]
    const also = ['(c.opened_at, c.id) < ($1::bigint, $2::uuid)']
    for (const column of ['stage', 'risk', 'ended', 'territory'] as const)
      if (asked[column] !== undefined) also.push(`c.${column} = $${values.push(asked[column])}`)
    const figure = behind(asked, standing.now, values)
    if (figure !== undefined) also.push(figure)
    else {
      if (asked.from !== undefined) also.push(`c.opened_at >= $${values.push(startOfDay(asked.from))}::bigint`)
      if (asked.to !== undefined) also.push(`c.opened_at < $${values.push(endOfDay(asked.to))}::bigint`)
    }
    const limit = limitOf(asked.limit)
    const text = `SELECT ${CASE_COLUMNS}, ${ACCESS} FROM (SELECT f.* FROM (${casesOf(standing, LISTED, also.join(' AND '), limit)}) f ORDER BY f.opened_at DESC, f.id DESC LIMIT ${limit}) f
         JOIN cases."case" c ON c.id = f.id LEFT JOIN cases.child ch ON ch.id = c.child ORDER BY f.opened_at DESC, f.id DESC`
    const rows = (await db.query(text, values, nameOf('cases', text))) as unknown as CaseRow[]
    const items = rows.slice(0, asked.limit)
    const last = items.at(-1)
    const decided = items.map((row) => ({ row, decision: decide(standing, row) }))
    const shown = decided.map(({ row, decision }) => ({ caseId: row.id, why: decision.why('list') }))
    await recordShown(db, this.#trail, { who, what: 'read-cases' }, shown, standing.now)
    return {
      items: decided.map(({ row, decision }) => summaryOf(row, decision)),
      ...(rows.length > asked.limit && last ? { next: cursorFrom(last.opened_at, last.id) } : {}),
    }
  }

  /** Open deadlines by their due: of the cases the person leads or stands in for, of their team, or of the organisation they lead. Read by an index alone. */
  async workList(who: Who, whose: 'mine' | 'team', asked: { cursor?: string | undefined; limit: number }): Promise<WorkList> {
    const { standing, db } = await this.#asPerson.of(who)
    const from = cursorOf(asked.cursor, 3) ?? BEGINNING
    const limit = limitOf(asked.limit)
    const isAll = whose === 'team' && standing.leads
    const people = whose === 'mine' ? standing.persons : standing.team
    const page = (owner: string) =>
      `SELECT d.* FROM cases.deadline d WHERE d.state = 'open' AND ${owner} AND (d.sort_at, d.case_id, d.key) > ($1::bigint, $2::uuid, $3::text) ORDER BY d.sort_at, d.case_id, d.key LIMIT ${limit}`
    const found = isAll
      ? page('d.organisation = $5')
      : people.length > MANY
        ? page('d.organisation = $5 AND d.manager = ANY($8::uuid[])')
        : `SELECT l.* FROM unnest($8::uuid[]) AS o (id) CROSS JOIN LATERAL (${page('d.organisation = $5 AND d.manager = o.id')}) l`
    const why =
      whose === 'mine'
        ? `CASE WHEN p.case_manager IS NULL THEN 'first-person' WHEN p.case_manager = ${MY.person} THEN 'manager' ELSE 'deputy' END`
        : `'${isAll ? 'organisation-lead' : 'team-supervisor'}'`
    const order = (of: string) => `ORDER BY ${of}.sort_at, ${of}.case_id, ${of}.key`
    const shown = `SELECT DISTINCT ON (p.case_id) p.case_id, ${why} AS why FROM (SELECT l.* FROM l ${order('l')} LIMIT $7) p ORDER BY p.case_id`
    const text = `WITH l AS MATERIALIZED (
       SELECT l.*, c.number, c.stage, c.risk, c.edition, c.manager AS case_manager
         FROM (SELECT l.* FROM (${found}) l ${order('l')} LIMIT ${limit}) l JOIN cases."case" c ON c.id = l.case_id),
       ${recordList({ shown, row: '$4::jsonb', day: '$6' })}
       SELECT l.* FROM l ${order('l')}`
    const trail = JSON.stringify(this.#trail.row({ who, what: `read-work-list-${whose}` }))
    const rows = await db.query(
      text,
      [...from, trail, standing.organisation, dayOf(standing.now), asked.limit, ...(isAll ? [] : [people])],
      nameOf('work-list', text),
    )
    const now = this.#clock.now()
    const items = rows.slice(0, asked.limit).map((row) => ({
      caseId: row['case_id'] as string,
      number: row['number'] as string,
      stage: row['stage'] as string,
      risk: row['risk'] as string,
      ...(row['case_manager'] ? { manager: row['case_manager'] as string } : {}),
      deadline: listedViewOf(row as never, now),
    }))
    const last = rows[asked.limit - 1]
    return { items, ...(rows.length > asked.limit && last ? { next: cursorFrom(last['sort_at'], last['case_id'], last['key']) } : {}) }
  }

  /** The case as its page shows it; the reading is recorded. */
  async page(caseId: string, who: Who): Promise<CasePage> {
    const { row, taken, decision, db } = await this.#open(caseId, who, 'open')
    const [earlier] = await db.query('SELECT cases.earlier_unconfirmed($1, $2) AS n', [row.child, CERTAIN], 'earlier-unconfirmed')
    const now = this.#clock.now()
    return pageOf(row, await this.#procedure.historyOf(row.facts), now, decision, {
      taken,
      monitoring: row.erased_at ? undefined : await this.#procedure.monitoringOf(row.facts, dayOf(now)),
      earlierUnconfirmed: Number(earlier!['n']),
    })
  }

  /** Who the child is: asked for by a tap of its own, recorded by a row of its own. */
  async child(caseId: string, who: Who): Promise<Record<string, unknown>> {
    const { decision, db } = await this.#open(caseId, who, 'read-name')
    const columns = [
      ...(decision.sees('name') ? ['ch.name', 'ch.iin', 'ch.birth_date AS "birthDate"', 'ch.age', 'ch.sex', 'ch.family'] : []),
      ...(decision.sees('whereabouts') ? ['ch.phone', 'ch.address'] : []),
    ]
    const [child] = await db.query(
      `SELECT ${columns.join(', ')} FROM cases.child ch JOIN cases."case" c ON c.child = ch.id WHERE c.id = $1`,
      [caseId],
    )
    return Object.fromEntries(Object.entries(child!).filter(([, value]) => value !== null))
  }

  /** Acts and steps taken, newest first, by pages; acts of one instant by the versions that they made, under the steps. */
  async timeline(
    caseId: string,
    who: Who,
    asked: { cursor?: string | undefined; limit: number },
  ): Promise<{ items: TimelineItem[]; next?: string }> {
    const { decision, db } = await this.#open(caseId, who, 'read-timeline')
    const { kinds, own, past, upTo } = decision.acts
    const [at, place] = timelineCursorOf(asked.cursor) ?? [Number.MAX_SAFE_INTEGER, '']
    const rows = await db.query(
      `SELECT * FROM (
         SELECT a.id::text AS id, a.kind, a.happened_at AS at, a.recorded_at, a.by, a.origin, a.form, NULL AS row, NULL::jsonb AS whom,
                a.id::text IN (${WITHDRAWN}) AS withdrawn, lpad(a.version::text, 10, '0') || a.id::text COLLATE "C" AS place
           FROM cases.act a WHERE a.case_id = $1 AND (a.kind = ANY($5) OR (a.kind = ANY($6) AND a.by = $7) OR (a.kind = ANY($8) AND a.version <= $9::int))
         UNION ALL
         SELECT s.key, s."do", s.at, s.taken_at, NULL, NULL, NULL, d.row, s.whom, false, 'x' || s.key FROM cases.step s LEFT JOIN cases.deadline d ON d.case_id = s.case_id AND d.key = s.deadline_key WHERE s.case_id = $1 AND $10::boolean) t
        WHERE (t.at, t.place) < ($2::bigint, $3::text) ORDER BY t.at DESC, t.place DESC LIMIT $4`,
      [caseId, at, place, asked.limit + 1, kinds, own, who.person, past, upTo, decision.sees('deadlines')],
      'timeline',
    )
    const items = rows.slice(0, asked.limit).map((row): TimelineItem => ({
      id: row['id'],
      kind: row['by'] ? row['kind'] : `step-${row['kind']}`,
      label: row['by']
        ? definitionOf(row['kind'] as ActKind).label
        : row['row']
          ? programmeOf('child-protection').rowText(row['row'] as string).what
          : STEP,
      happenedAt: row['at'],
      recordedAt: row['recorded_at'],
      ...(row['origin'] ? { origin: row['origin'] } : row['by'] ? { by: row['by'] } : {}),
      form: row['by'] ? row['form'] : { whom: row['whom'] },
      withdrawn: row['withdrawn'],
    }))
    const last = rows[asked.limit - 1]
    return { items, ...(rows.length > asked.limit && last ? { next: cursorFrom(last['at'], last['place']) } : {}) }
  }

  /** Every deadline of the case and how it was closed. */
  async deadlines(caseId: string, who: Who): Promise<{ items: CasePage['deadlines'] }> {
    const { row, taken } = await this.#open(caseId, who, 'read-deadlines')
    const now = this.#clock.now()
    return { items: (await this.#procedure.historyOf(row.facts)).map((deadline) => viewOf(deadline, now, row.edition, taken)) }
  }

  /** Why one of them is due: rule, source, norm, and the facts it was counted from. */
  async grounds(caseId: string, key: string, who: Who): Promise<DeadlineGrounds> {
    const { row, decision, db } = await this.#open(caseId, who, 'read-deadlines')
    const deadline = (await this.#procedure.historyOf(row.facts)).find((one) => one.key === key)
    if (!deadline) throw new ProblemError('not-found')
    const { kinds, own, past, upTo } = decision.acts
    const [began] = await db.query(
      `SELECT a.kind FROM cases.act a WHERE a.case_id = $1 AND a.happened_at = $2 AND a.id::text NOT IN (${WITHDRAWN})
         AND (a.kind = ANY($3) OR (a.kind = ANY($4) AND a.by = $5) OR (a.kind = ANY($6) AND a.version <= $7::int)) ORDER BY a.version LIMIT 1`,
      [caseId, deadline.from, kinds, own, who.person, past, upTo],
      'grounds-act',
    )
    return groundsView(
      deadline,
      await this.#procedure.groundsOf(deadline, row.facts),
      decision,
      began && definitionOf(began['kind'] as ActKind).label,
    )
  }

  /** Who has confirmed reading the letters of the case's hours. Never evidence: nothing is decided by it. */
  async receipts(caseId: string, who: Who): Promise<Receipts> {
    await this.#open(caseId, who, 'read-receipts')
    return this.#receiptsOf(caseId)
  }

  /** CP-17: what lies in the personal file, in the order of its contents list, and what is expected there and missing. */
  async file(caseId: string, who: Who): Promise<PersonalFile> {
    const { row, decision, db } = await this.#open(caseId, who, 'read-file')
    const acts = (await db.query(
      `SELECT a.id, a.kind, a.happened_at AS at, a.by, a.origin, a.form FROM cases.act a WHERE a.case_id = $1 AND a.kind = ANY($2) AND a.id::text NOT IN (${WITHDRAWN}) ORDER BY a.happened_at, a.version`,
      [caseId, decision.acts.kinds],
    )) as FiledAct[]
    const open = await this.#procedure.openDeadlines(row.facts)
    return fileOf(
      { opened: row.file_opened, number: row.number, stage: (row.facts as { baseStage?: string }).baseStage ?? row.stage },
      acts,
      open,
      this.#clock.now(),
    )
  }

  /** CP-18: active cases of each worker of the organisation against the norm. */
  async caseload(who: Who): Promise<{ least: number; most: number; items: { person: string; active: number }[] }> {
    const rows = await this.#db.query(
      `SELECT p.id, coalesce(a.active, 0) AS active FROM directory.person_view p LEFT JOIN cases.active_cases($1) a ON a.person = p.id
        WHERE p.organisation = $1 AND p.role = 'social-worker' AND p.active ORDER BY active DESC, p.id`,
      [who.organisation],
    )
    const { least = CASELOAD.least, most = CASELOAD.most } = await this.#contexts.of(who.organisation)
    return { least, most, items: rows.map((row) => ({ person: row['id'] as string, active: Number(row['active']) })) }
  }

  /** The case if the person may give it out whole: that is a row of the trail of its own. */
  async exported(caseId: string, who: Who): Promise<CaseRow> {
    const { row } = await this.#open(caseId, who, 'export')
    if (row.erased_at) throw new ProblemError('case-erased')
    return row
  }

  /** The case if the person may do this with it; the reading is recorded before anything is told. */
  async #open(
    caseId: string,
    who: Who,
    action: Action,
  ): Promise<{ row: CaseRow & { child: string }; taken: Map<string, number>; decision: Decision; db: Seeing['db'] }> {
    const { standing, db } = await this.#asPerson.of(who)
    const [row] = await db.query(
      `SELECT ${CASE_COLUMNS}, ${ACCESS}, (SELECT coalesce(jsonb_object_agg(s.key, s.taken_at), '{}') FROM cases.step s WHERE s.case_id = c.id) AS taken FROM cases."case" c LEFT JOIN cases.child ch ON ch.id = c.child WHERE c.id = $1`,
      [caseId],
      'open-case',
    )
    const decision = mustMay(standing, row as CaseRow | undefined, action)
    await this.#trail.record([{ who, what: action === 'open' ? 'read' : action, why: decision.why(action), caseId }])
    return {
      row: row as unknown as CaseRow & { child: string },
      taken: new Map(Object.entries(row!['taken'] as Record<string, number>)),
      decision,
      db,
    }
  }
}

/** Which acts of the case $1 were withdrawn: read once, not once an act. */
const WITHDRAWN = `SELECT w.fact->>'act' FROM cases.act w WHERE w.case_id = $1 AND w.kind = 'withdrawn' AND w.fact ? 'act'`

const NEWEST = [Number.MAX_SAFE_INTEGER, 'ffffffff-ffff-ffff-ffff-ffffffffffff'] as const
const BEGINNING = [-1, '00000000-0000-0000-0000-000000000000', ''] as const
/** A step whose deadline is no more: the act that made it was withdrawn. */
const STEP = { ru: 'Напоминание', kk: 'Еске салу', en: 'Reminder' }

export const cursorFrom = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url')
export function cursorOf(cursor: string | undefined, length: number): unknown[] | undefined {
  if (cursor === undefined) return undefined
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const isUuid = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(value)
    if (
      Array.isArray(parts) &&
      parts.length === length &&
      Number.isSafeInteger(parts[0]) &&
      isUuid(parts[1]) &&
      (length === 2 || (typeof parts[2] === 'string' && !parts[2].includes('\0')))
    )
      return parts
  } catch {
    // falls through to the refusal
  }
  throw new ProblemError('bad-input', { issues: [{ code: 'custom', path: ['cursor'], message: 'invalid' }] })
}

function timelineCursorOf(cursor: string | undefined): [number, string] | undefined {
  if (cursor === undefined) return undefined
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (
      Array.isArray(parts) &&
      parts.length === 2 &&
      Number.isSafeInteger(parts[0]) &&
      typeof parts[1] === 'string' &&
      !parts[1].includes('\0')
    )
      return [parts[0], parts[1]]
  } catch {
    // falls through to the refusal
  }
  throw new ProblemError('bad-input', { issues: [{ code: 'custom', path: ['cursor'], message: 'invalid' }] })
}
