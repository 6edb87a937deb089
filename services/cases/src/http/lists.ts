/** What is read: register, lists, work list, timeline, personal file, caseload. Every list is a keyset page by an index. */
import { definitionOf } from '@tirek/contract/acts'
import type { CasePage, CaseSummary, RegisterHit, TimelineItem, WorkList } from '@tirek/contract/answers'
import { fold } from '@tirek/contract/names'
import { phoneOf } from '@tirek/contract/phone'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { CASELOAD } from '@tirek/procedure/child-protection/rows'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Database, Row } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import type { Procedure } from '../record/facts.ts'
import { pageOf, summaryOf, viewOf, type CaseRow } from '../record/pages.ts'
import type { OpeningChild } from '../record/record.ts'
import { maySee, visibleSql } from '../record/visibility.ts'

const CASE_COLUMNS = `c.*, ch.sex, ch.birth_date, ch.age`
/** Names as alike as this are shown; as this, with the same birth date, are held to be one child. */
const ALIKE = { shown: 0.3, certain: 0.6 }

export class Lists {
  readonly #db: Database
  readonly #clock: Clock
  readonly #procedure: Procedure

  constructor(db: Database, clock: Clock, procedure: Procedure) {
    this.#db = db
    this.#clock = clock
    this.#procedure = procedure
  }

  /** CP-02: cases of children like this one in the organisation, closed ones first, then the likest. */
  async similar(child: OpeningChild, who: Who): Promise<{ certain: boolean; hits: RegisterHit[]; unconfirmed: number }> {
    const name = child.name ? fold(child.name) : null
    const address = child.address ? fold(child.address) : null
    const phone = child.phone ? (phoneOf(child.phone).e164 ?? child.phone) : null
    if (!name && !address && !phone && !child.iin) return { certain: false, hits: [], unconfirmed: 0 }
    const rows = await this.#db.query(
      `WITH near AS (
         SELECT id FROM cases.child WHERE $1::text IS NOT NULL AND name_folded % $1
         UNION SELECT id FROM cases.child WHERE $2::text IS NOT NULL AND iin = $2
         UNION SELECT id FROM cases.child WHERE $3::text IS NOT NULL AND phone = $3
         UNION SELECT id FROM cases.child WHERE $4::text IS NOT NULL AND address_folded % $4 AND similarity(address_folded, $4) > 0.6)
       SELECT c.id, c.number, c.ended, c."end", c.stage, c.opened_at, ch.name, ch.birth_date, ch.address, ch.iin, ch.phone,
              coalesce(similarity(ch.name_folded, $1), 0)::float8 AS alike
         FROM near JOIN cases.child ch USING (id) JOIN cases."case" c ON c.child = ch.id
        WHERE ch.organisation = $5
        ORDER BY (ch.iin = $2) DESC NULLS LAST, c.ended DESC, alike DESC LIMIT 20`,
      [name, child.iin ?? null, phone, address, who.organisation],
      'similar',
    )
    const hits = rows.map((row): RegisterHit & { certain: boolean } => {
      const alike = row['alike'] as number
      const isSameIin = Boolean(child.iin && row['iin'] === child.iin)
      return {
        caseId: row['id'],
        number: row['number'],
        ended: row['ended'],
        ...(row['end'] ? { end: row['end'] } : {}),
        stage: row['stage'],
        ...(row['name'] ? { name: row['name'] } : {}),
        ...(row['birth_date'] ? { birthDate: row['birth_date'] } : {}),
        ...(row['address'] ? { address: row['address'] } : {}),
        openedAt: row['opened_at'],
        likeness: isSameIin ? 1 : Math.round(alike * 100) / 100,
        why: isSameIin ? 'iin' : alike >= ALIKE.shown ? 'name' : phone && row['phone'] === phone ? 'phone' : 'address',
        certain: isSameIin || (alike >= ALIKE.certain && Boolean(child.birthDate) && row['birth_date'] === child.birthDate),
      }
    })
    const certain = hits.some((hit) => hit.certain)
    const unconfirmed = hits.filter((hit) => hit.certain && hit.end === 'not-confirmed').length
    return { certain, hits: hits.map(({ certain: _, ...hit }) => hit), unconfirmed }
  }

  /** The register searched by whatever is typed: a name, an IIN, a phone, an address, a case number. */
  async register(query: string, who: Who): Promise<RegisterHit[]> {
    const digits = query.replace(/\D/g, '')
    const phone = phoneOf(query).e164
    const byNumber = await this.#db.query(`SELECT c.id, c.number, c.ended, c."end", c.stage, c.opened_at, ch.name, ch.birth_date FROM cases."case" c JOIN cases.child ch ON ch.id = c.child WHERE c.number = $1 AND c.organisation = $2`, [query.trim().toUpperCase(), who.organisation])
    const { hits } = await this.similar({ name: query, address: query, ...(/^\d{12}$/.test(digits) ? { iin: digits } : {}), ...(phone ? { phone } : {}) }, who)
    const numbered = byNumber.map((row): RegisterHit => ({ caseId: row['id'], number: row['number'], ended: row['ended'], stage: row['stage'], ...(row['name'] ? { name: row['name'] } : {}), ...(row['birth_date'] ? { birthDate: row['birth_date'] } : {}), openedAt: row['opened_at'], likeness: 1, why: 'name' }))
    return [...numbered, ...hits.filter((hit) => !numbered.some((one) => one.caseId === hit.caseId))]
  }

  /** Cases the person may see, newest first. */
  async cases(who: Who, asked: { cursor?: string | undefined; limit: number; stage?: string | undefined; risk?: string | undefined; ended?: boolean | undefined }): Promise<{ items: CaseSummary[]; next?: string }> {
    const [at, id] = cursorOf(asked.cursor, 2) ?? [null, null]
    const rows = (await this.#db.query(
      `SELECT ${CASE_COLUMNS} FROM cases."case" c JOIN cases.child ch ON ch.id = c.child
        WHERE ${visibleSql(who)} AND ($3::bigint IS NULL OR (c.opened_at, c.id) < ($3::bigint, $4::uuid)) AND ($5::text IS NULL OR c.stage = $5) AND ($6::text IS NULL OR c.risk = $6) AND ($7::boolean IS NULL OR c.ended = $7)
        ORDER BY c.opened_at DESC, c.id DESC LIMIT $8`,
      [who.person, who.organisation, at, id, asked.stage ?? null, asked.risk ?? null, asked.ended ?? null, asked.limit + 1],
    )) as unknown as CaseRow[]
    const items = rows.slice(0, asked.limit)
    const last = items.at(-1)
    return { items: items.map(summaryOf), ...(rows.length > asked.limit && last ? { next: cursorFrom(last.opened_at, last.id) } : {}) }
  }

  /** Open deadlines by their due: of the person's own cases, or of the whole organisation. */
  async workList(who: Who, whose: 'mine' | 'team', asked: { cursor?: string | undefined; limit: number }): Promise<WorkList> {
    if (whose === 'team' && !['supervisor', 'head', 'psychologist'].includes(who.role)) throw new ProblemError('not-allowed')
    const [at, caseId, key] = cursorOf(asked.cursor, 3) ?? [null, null, null]
    const rows = await this.#db.query(
      `SELECT d.case_id, d.key, d.sort_at FROM cases.deadline d
        WHERE d.state = 'open' AND ${whose === 'mine' ? 'd.manager = $1' : 'd.organisation = $1'} AND ($2::bigint IS NULL OR (d.sort_at, d.case_id, d.key) > ($2::bigint, $3::uuid, $4::text))
        ORDER BY d.sort_at, d.case_id, d.key LIMIT $5`,
      [whose === 'mine' ? who.person : who.organisation, at, caseId, key, asked.limit + 1],
      `work-list-${whose}`,
    )
    const shown = rows.slice(0, asked.limit)
    const ids = [...new Set(shown.map((row) => row['case_id'] as string))]
    const cases = new Map<string, { row: Row; open: Awaited<ReturnType<Procedure['openDeadlines']>>; taken: Map<string, number> }>()
    if (ids.length > 0)
      for (const row of await this.#db.query(
        `SELECT c.id, c.number, c.stage, c.risk, c.manager, c.facts, (SELECT coalesce(jsonb_object_agg(s.key, s.taken_at), '{}') FROM cases.step s WHERE s.case_id = c.id) AS taken FROM cases."case" c WHERE c.id = ANY($1)`,
        [ids],
        'work-list-cases',
      ))
        cases.set(row['id'] as string, { row, open: await this.#procedure.openDeadlines(row['facts']), taken: new Map(Object.entries(row['taken'] as Record<string, number>)) })
    const now = this.#clock.now()
    const items = shown.flatMap((listed) => {
      const found = cases.get(listed['case_id'] as string)
      const deadline = found?.open.find((open) => open.key === listed['key'])
      if (!found || !deadline) return []
      const { id, number, stage, risk, manager } = found.row
      return [{ caseId: id as string, number: number as string, stage: stage as string, risk: risk as string, ...(manager ? { manager: manager as string } : {}), deadline: viewOf(deadline, now, found.taken) }]
    })
    const last = shown.at(-1)
    return { items, ...(rows.length > asked.limit && last ? { next: cursorFrom(last['sort_at'], last['case_id'], last['key']) } : {}) }
  }

  /** The case as its page shows it; the reading is recorded. */
  async page(caseId: string, who: Who, request: string): Promise<CasePage> {
    const { row, taken } = await this.#open(caseId, who, 'read', request)
    return pageOf(row, await this.#procedure.historyOf(row.facts), this.#clock.now(), { taken })
  }

  /** Who the child is: asked for by a tap of its own, recorded by a row of its own. */
  async child(caseId: string, who: Who, request: string): Promise<Record<string, unknown>> {
    await this.#open(caseId, who, 'read-name', request)
    const [child] = await this.#db.query('SELECT ch.name, ch.iin, ch.phone, ch.address, ch.birth_date AS "birthDate", ch.age, ch.sex, ch.family FROM cases.child ch JOIN cases."case" c ON c.child = ch.id WHERE c.id = $1', [caseId])
    return Object.fromEntries(Object.entries(child!).filter(([, value]) => value !== null))
  }

  /** Acts and steps taken, newest first. */
  async timeline(caseId: string, who: Who, request: string): Promise<{ items: TimelineItem[] }> {
    await this.#open(caseId, who, 'read-timeline', request)
    const acts = await this.#db.query(
      `SELECT a.*, EXISTS (SELECT 1 FROM cases.act w WHERE w.case_id = a.case_id AND w.kind = 'withdrawn' AND w.fact->>'act' = a.id::text) AS is_withdrawn FROM cases.act a WHERE a.case_id = $1`,
      [caseId],
    )
    const steps = await this.#db.query(`SELECT s.*, d.row FROM cases.step s LEFT JOIN cases.deadline d ON d.case_id = s.case_id AND d.key = s.deadline_key WHERE s.case_id = $1`, [caseId])
    const items: TimelineItem[] = [
      ...acts.map((act) => ({ id: act['id'] as string, kind: act['kind'] as string, label: definitionOf(act['kind'] as ActKind).label, happenedAt: act['happened_at'] as number, recordedAt: act['recorded_at'] as number, by: act['by'] as string, withdrawn: act['is_withdrawn'] as boolean, form: act['form'] as Record<string, unknown> })),
      ...steps.map((step) => ({ id: step['key'] as string, kind: `step:${step['do']}`, label: { ru: 'Напоминание', kk: 'Еске салу', en: 'Step' }, happenedAt: step['at'] as number, recordedAt: step['taken_at'] as number, withdrawn: false, form: { whom: step['whom'], row: step['row'], deadline: step['deadline_key'], by: step['taken_by'] } })),
    ]
    return { items: items.sort((a, b) => b.happenedAt - a.happenedAt || b.recordedAt - a.recordedAt) }
  }

  /** Every deadline of the case and how it was closed. */
  async deadlines(caseId: string, who: Who, request: string): Promise<{ items: CasePage['deadlines'] }> {
    const { row, taken } = await this.#open(caseId, who, 'read-deadlines', request)
    const now = this.#clock.now()
    return { items: (await this.#procedure.historyOf(row.facts)).map((deadline) => viewOf(deadline, now, taken)) }
  }

  /** CP-17: what lies in the personal file, and what is expected there and missing. */
  async file(caseId: string, who: Who, request: string): Promise<{ opened: boolean; documents: { kind: string; label: unknown; day: number; act: string }[]; missing: string[] }> {
    const { row } = await this.#open(caseId, who, 'read-file', request)
    const acts = await this.#db.query(
      `SELECT id, kind, happened_at FROM cases.act a WHERE case_id = $1 AND kind = ANY($2) AND NOT EXISTS (SELECT 1 FROM cases.act w WHERE w.case_id = a.case_id AND w.kind = 'withdrawn' AND w.fact->>'act' = a.id::text) ORDER BY happened_at`,
      [caseId, FILE_KINDS],
    )
    const has = (kind: string) => acts.some((act) => act['kind'] === kind)
    const isPast = (stages: string[]) => stages.includes((row.facts as { baseStage?: string }).baseStage ?? row.stage)
    const missing: string[] = []
    if (!has('help-request-registered') && !has('taken-over-from-paper')) missing.push('help-request')
    if (!has('assessment-finished') && isPast(['planning', 'implementation', 'monitoring'])) missing.push('assessment-report')
    if (!has('plan-signed') && isPast(['implementation', 'monitoring'])) missing.push('plan')
    if (!has('plan-signed-by-family') && has('plan-signed')) missing.push('family-signature')
    return { opened: row.file_opened, documents: acts.map((act) => ({ kind: act['kind'] as string, label: definitionOf(act['kind'] as ActKind).label, day: act['happened_at'] as number, act: act['id'] as string })), missing }
  }

  /** CP-18: active cases of each worker of the organisation against the norm. */
  async caseload(who: Who): Promise<{ least: number; most: number; items: { person: string; active: number }[] }> {
    const rows = await this.#db.query(
      `SELECT p.id, count(c.id) FILTER (WHERE NOT c.ended AND c.stage <> 'monitoring') AS active FROM directory.person_view p LEFT JOIN cases."case" c ON c.manager = p.id
        WHERE p.organisation = $1 AND p.role = 'social-worker' AND p.active GROUP BY p.id ORDER BY active DESC`,
      [who.organisation],
    )
    return { least: CASELOAD.least, most: CASELOAD.most, items: rows.map((row) => ({ person: row['id'] as string, active: Number(row['active']) })) }
  }

  /** The case if the person may see it; the reading is recorded before anything is told. */
  async #open(caseId: string, who: Who, what: string, request: string): Promise<{ row: CaseRow; taken: Map<string, number> }> {
    const [row] = await this.#db.query(
      `SELECT ${CASE_COLUMNS}, (SELECT coalesce(jsonb_object_agg(s.key, s.taken_at), '{}') FROM cases.step s WHERE s.case_id = c.id) AS taken FROM cases."case" c JOIN cases.child ch ON ch.id = c.child WHERE c.id = $1`,
      [caseId],
      'open-case',
    )
    if (!row || !maySee(who, row as CaseRow)) throw new ProblemError('not-found')
    await this.#db.query('INSERT INTO cases.audit (at, who, role, what, case_id, request) VALUES ($1, $2, $3, $4, $5, $6)', [this.#clock.now(), who.person, who.role, what, caseId, request], 'audit-reading')
    return { row: row as unknown as CaseRow, taken: new Map(Object.entries(row['taken'] as Record<string, number>)) }
  }
}

const FILE_KINDS: ActKind[] = ['help-request-registered', 'taken-over-from-paper', 'assessment-finished', 'plan-signed', 'plan-signed-by-family', 'review-report-handed-in', 'review-held', 'protocol-approved', 'request-sent', 'request-received', 'request-answered', 'placement-recorded', 'referral-sent', 'referral-answered', 'closure-decided']

const cursorFrom = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url')
function cursorOf(cursor: string | undefined, length: number): unknown[] | undefined {
  if (cursor === undefined) return undefined
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const isUuid = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(value)
    if (Array.isArray(parts) && parts.length === length && Number.isSafeInteger(parts[0]) && isUuid(parts[1]) && (length === 2 || (typeof parts[2] === 'string' && !parts[2].includes('\0')))) return parts
  } catch {
    // falls through to the refusal
  }
  throw new ProblemError('bad-input', { issues: [{ code: 'custom', path: ['cursor'], message: 'invalid' }] })
}
