/** AC-01, AC-02: in danger to life a case of somebody else is opened for a while; who leads it hears of it at once, and it is reviewed. */
import type { BreakGlass, BrokenGlass, GlassBroken, GlassReview } from '@tirek/contract/access'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import { decide } from '@tirek/policy/decide'
import { MY } from '@tirek/policy/settings'
import { ACCESS_RULES, glassUntil, reviewDue } from '@tirek/procedure/access/terms'
import { randomUUID } from 'node:crypto'
import { peopleOf } from '../steps/people.ts'
import { ACCESS, type AsPerson } from './as-person.ts'
import { notice, writeNotice } from './outbox.ts'
import type { CaseRow } from './pages.ts'

const RULE: keyof typeof ACCESS_RULES = 'AC-01'

export class Glass {
  readonly #clock: Clock
  readonly #trail: Trail
  readonly #asPerson: AsPerson

  constructor(clock: Clock, trail: Trail, asPerson: AsPerson) {
    this.#clock = clock
    this.#trail = trail
    this.#asPerson = asPerson
  }

  /** Opens the case; a second time while the first one runs changes nothing. Throws `not-found` for a number of no case of the organisation. */
  async break({ number, reason }: BreakGlass, who: Who): Promise<GlassBroken> {
    const { db, standing } = await this.#asPerson.of(who)
    const now = standing.now
    return db.transaction(async (sql) => {
      const [found] = await sql('SELECT id FROM cases.numbered_case($1)', [number.toUpperCase()], 'id-of-number')
      if (!found) throw new ProblemError('not-found')
      const caseId = found['id'] as string
      // Of two at once by one person the second finds what the first wrote.
      await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${caseId}/${who.person}`])
      const [running] = await sql(
        `SELECT until_at FROM cases.access WHERE case_id = $1 AND relation = 'break-glass' AND person = ${MY.person} AND until_at > $2`,
        [caseId, now],
      )
      if (running) return { caseId, until: running['until_at'] as number }
      const [seen] = await sql(`SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = $1`, [caseId])
      if (seen && decide(standing, seen as unknown as CaseRow).may('read-file')) return { caseId }
      const id = randomUUID()
      const until = glassUntil(now)
      await sql(
        `INSERT INTO cases.access (id, case_id, relation, person, from_at, until_at, reason, given_by, of_organisation) VALUES ($1, $2, 'break-glass', $3, $4, $5, $6, $3, $7)`,
        [id, caseId, who.person, now, until, reason, who.organisation],
      )
      const [opened] = await sql('SELECT c.* FROM cases."case" c WHERE c.id = $1', [caseId])
      const row = opened as unknown as CaseRow
      const key = `${caseId}/glass-broken/${id}`
      const told = notice(
        {
          key,
          caseId,
          caseNumber: row.number,
          organisation: row.organisation,
          programme: row.programme,
          rule: RULE,
          row: 'glass-broken',
          deadlineKey: `${RULE}/${id}`,
          urgent: true,
          sendAt: now,
          event: 'glass-broken',
          people: peopleOf(row),
          steps: [{ key, do: 'escalate', at: now, whom: ['case-manager', 'supervisor'], repeat: 0 }],
        },
        row.version,
        now,
      )
      await writeNotice(sql, caseId, told)
      await this.#trail.record([{ who, what: 'broke-glass', why: 'break-glass', caseId, about: id, at: now }], sql)
      return { caseId, until }
    })
  }

  /** Openings that wait for a review, or those that have had it; the oldest first. A supervisor sees those of the team. */
  async list(who: Who, isReviewed: boolean): Promise<BrokenGlass[]> {
    const { db, standing } = await this.#asPerson.of(who)
    const rows = await db.query(
      `SELECT g.*, p.name FROM cases.broken_glass($1) g LEFT JOIN directory.person_view p ON p.id = g.person WHERE (g.reviewed_at IS NOT NULL) = $2 ORDER BY CASE WHEN $2 THEN -g.at ELSE g.at END LIMIT 500`,
      [who.role === 'auditor', isReviewed],
      'broken-glass',
    )
    await this.#trail.record([{ who, what: 'read-broken-glass' }])
    return rows.map((row): BrokenGlass => {
      const due = reviewDue(row['at'] as number)
      return {
        id: row['id'],
        number: row['number'],
        organisation: row['organisation'],
        person: row['person'],
        name: row['name'],
        at: row['at'],
        until: row['until'],
        reason: row['reason'],
        reviewDue: due,
        late: row['reviewed_at'] === null && standing.now >= due,
        ...(row['reviewed_at'] === null
          ? {}
          : { review: { by: row['reviewed_by'], at: row['reviewed_at'], conclusion: row['conclusion'], words: row['words'] } }),
      }
    })
  }

  /** One review each, by somebody else than who opened the case. */
  async review(id: string, { conclusion, words }: GlassReview, who: Who): Promise<void> {
    const { db } = await this.#asPerson.of(who)
    await db.transaction(async (sql) => {
      const [row] = await sql('SELECT case_id, person, reviewed_at FROM cases.broken_glass($1) WHERE id = $2', [who.role === 'auditor', id])
      if (!row) throw new ProblemError('not-found')
      if (row['person'] === who.person) throw new ProblemError('not-your-own')
      if (row['reviewed_at'] !== null) throw new ProblemError('reviewed-already')
      const now = this.#clock.now()
      await sql('INSERT INTO cases.break_glass_review (access, by, at, conclusion, words) VALUES ($1, $2, $3, $4, $5)', [
        id,
        who.person,
        now,
        conclusion,
        words,
      ]).catch((error: unknown) => {
        throw (error as { constraint?: string }).constraint === 'break_glass_review_pkey' ? new ProblemError('reviewed-already') : error
      })
      await this.#trail.record([{ who, what: 'reviewed-broken-glass', caseId: row['case_id'] as string, about: id, at: now }], sql)
    })
  }
}
