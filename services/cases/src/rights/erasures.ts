/** RT-30...RT-32: what is due for erasure, its approval by the head, and the erasing again of what an old backup brought back. */
import { RIGHTS_ACTS } from '@tirek/procedure/child-protection/allowed'
import { isDueForErasure, monthsKept, retentionOf, RETENTION, type DocumentKind, type Retention } from '@tirek/procedure/rights/retention'
import { addMonths, DAY, dayOf, startOfDay, type Instant } from '@tirek/procedure/time'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Database, Sql } from '@tirek/platform/database'
import type { Uploads } from '@tirek/platform/files/uploads'
import type { Log } from '@tirek/platform/log'
import { ProblemError } from '@tirek/platform/problem'
import { SYSTEM, type Trail } from '@tirek/platform/trail'
import type { Seen } from '@tirek/policy/standing'
import { randomUUID } from 'node:crypto'
import { ACCESS, mustMay, type AsPerson, type Seeing } from '../record/as-person.ts'
import { eraseFiles } from '../record/case-files.ts'
import type { Contexts } from '../record/contexts.ts'
import type { KnownFacts } from '../record/facts.ts'
import { bareFacts, eraseContent } from './erasure-sql.ts'
import type { Erased, ErasureLedger } from './ledger.ts'

export type DueCase = { caseId: string; number: string; end: string | null; rule: string; from: Instant; until: Instant; held: boolean }
export type DueForErasure = { cases: DueCase[]; more: boolean; journals: { entries: number; until: Instant; rule: string } }

type Candidate = {
  id: string
  number: string
  organisation: string
  version: number
  facts: KnownFacts & { endedAt?: number; held?: unknown }
  erased_at: number | null
  last_entry: number
  other_stays: boolean
}

/** So many are looked at for one list. */
const MOST = 1_000

/** The last paper that came; a file that went on in another one stays as long as that one. $1 is what rights acts are called. */
const CANDIDATE = `SELECT c.id, c.number, c.organisation, c.version, c.facts, c.erased_at,
    (SELECT coalesce(max(a.recorded_at), 0) FROM cases.act a WHERE a.case_id = c.id AND NOT (a.kind = ANY($1))) AS last_entry,
    EXISTS (SELECT 1 FROM cases.act m JOIN cases."case" o ON o.id::text = m.fact->>'otherCase' WHERE m.case_id = c.id AND m.kind = 'merged-into' AND o.erased_at IS NULL) AS other_stays
  FROM cases."case" c`

export class Erasures {
  readonly #db: Database
  readonly #clock: Clock
  readonly #trail: Trail
  readonly #contexts: Contexts
  readonly #asPerson: AsPerson
  readonly #ledger: ErasureLedger
  readonly #log: Log
  readonly #files: Pick<Uploads, 'remove'>

  /** `db`: signed in as the role of rights. */
  constructor(
    db: Database,
    clock: Clock,
    trail: Trail,
    contexts: Contexts,
    asPerson: AsPerson,
    ledger: ErasureLedger,
    log: Log,
    files: Pick<Uploads, 'remove'>,
  ) {
    this.#files = files
    this.#asPerson = asPerson
    this.#db = db
    this.#clock = clock
    this.#trail = trail
    this.#contexts = contexts
    this.#ledger = ledger
    this.#log = log
  }

  /** Cases of the organisation past their term, the longest past first, those held among them; and entries made by hand. */
  async due(who: Who, limit: number): Promise<DueForErasure> {
    await this.#mustLead(who)
    const now = this.#clock.now()
    const { terms } = (await this.#contexts.of(who.organisation)).settings
    // Ended on the day that many months ago or before: the pure rule looks at each again.
    const before = (kind: DocumentKind) => startOfDay(addMonths(dayOf(now), -monthsKept(kind, terms))) + 4 * DAY
    const found = (await this.#db.query(
      `${CANDIDATE} WHERE c.organisation = $2 AND c.ended AND c.erased_at IS NULL
          AND (c.facts->>'endedAt')::bigint <= CASE c."end" WHEN 'not-confirmed' THEN $4::bigint WHEN 'one-off-help' THEN $5::bigint ELSE $3::bigint END
        ORDER BY (c.facts->>'endedAt')::bigint, c.id LIMIT $6`,
      [RIGHTS_ACTS, who.organisation, before('file'), before('unconfirmed'), before('one-off'), MOST],
    )) as unknown as Candidate[]
    const cases = found.flatMap((one): DueCase[] => {
      const retention = retentionOf(one.facts, one.last_entry, terms)
      const isPast = isDueForErasure(retention && { ...retention, held: false }, now) && !one.other_stays
      return isPast ? [{ caseId: one.id, number: one.number, end: one.facts.end ?? null, ...shown(retention!) }] : []
    })
    const until = this.#journalsUntil(terms, now)
    const [entries] = await this.#db.query(`SELECT count(*)::int AS n FROM cases.journal WHERE ${JOURNAL_DUE}`, [who.organisation, until])
    return {
      cases: cases.slice(0, limit),
      more: cases.length > limit || found.length === MOST,
      journals: { entries: entries!['n'], until, rule: RETENTION.journal.rule },
    }
  }

  /** Entries of before this instant are past their term. */
  #journalsUntil(terms: Readonly<Record<string, number>>, now: Instant): Instant {
    return startOfDay(addMonths(dayOf(now), -monthsKept('journal', terms)))
  }

  /** The head approves: each case in a transaction of its own. Throws `not-due` with the first that may not be erased; those before it are. */
  async approve(asked: { cases: readonly string[]; journals: boolean }, who: Who): Promise<{ cases: number; journals: number }> {
    const { standing, db } = await this.#mustLead(who)
    let cases = 0
    for (const caseId of [...new Set(asked.cases)].toSorted()) {
      const [seen] = await db.query(`SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = $1`, [caseId])
      mustMay(standing, seen as Seen | undefined, 'erase')
      const erased = await this.#db.transaction((sql) => this.#eraseCase(sql, caseId, who))
      // Written again at the next start, should it fail here.
      await this.#ledger.add(erased)
      cases++
    }
    return { cases, journals: asked.journals ? await this.#eraseJournals(who) : 0 }
  }

  /** Entries made by hand belong to no case: whoever leads the organisation answers for them. */
  async #mustLead(who: Who): Promise<Seeing> {
    const seeing = await this.#asPerson.of(who)
    if (!seeing.standing.leads) throw new ProblemError('not-allowed')
    return seeing
  }

  async #eraseCase(sql: Sql, caseId: string, who: Who): Promise<Erased> {
    const now = this.#clock.now()
    // The role may lock what has ended: a case that has not is read all the same, to say why it is refused.
    await sql('SELECT 1 FROM cases."case" WHERE id = $1 FOR UPDATE', [caseId])
    const [found] = await sql(`${CANDIDATE} WHERE c.id = $2 AND c.organisation = $3`, [RIGHTS_ACTS, caseId, who.organisation])
    if (!found) throw new ProblemError('not-found')
    const one = found as unknown as Candidate
    if (one.erased_at !== null) throw new ProblemError('case-erased')
    const { terms } = (await this.#contexts.of(one.organisation)).settings
    const retention = retentionOf(one.facts, one.last_entry, terms)
    if (!isDueForErasure(retention, now) || one.other_stays)
      throw new ProblemError('not-due-for-erasure', {
        params: { number: one.number, rule: retention?.held ? 'RT-32' : one.facts.ended ? 'RT-30' : 'RT-31' },
      })
    return this.#erase(sql, one, { caseId, rule: retention!.rule, at: now }, { who, what: 'erased' })
  }

  async #erase(
    sql: Sql,
    one: Pick<Candidate, 'facts' | 'organisation' | 'number'>,
    erased: Erased & { caseId: string },
    trail: { who: Who | typeof SYSTEM; what: string },
  ): Promise<Erased> {
    const { caseId, rule, at } = erased
    await eraseFiles(sql, this.#files, caseId)
    await eraseContent(sql, caseId)
    await sql(
      'UPDATE cases."case" SET facts = $2, erased_at = $3, erased_rule = $4, told_six_at = coalesce(told_six_at, $3) WHERE id = $1',
      [caseId, JSON.stringify(bareFacts(one.facts)), at, rule],
    )
    // What Temporal keeps of it cannot be read by anybody from here on.
    await sql('SELECT keys.erase_of_case($1)', [caseId])
    await sql(
      `INSERT INTO cases.outbox (id, kind, lane, case_id, name, version, payload, not_before, made_at) VALUES ($1, 'erase', 'ordinary', $2, 'erase', 0, '{}', $3, $3)`,
      [randomUUID(), caseId, this.#clock.now()],
    )
    await this.#trail.record([{ who: trail.who, what: trail.what, why: rule, caseId }], sql)
    return { caseId, rule, at }
  }

  async #eraseJournals(who: Who): Promise<number> {
    const now = this.#clock.now()
    const { terms } = (await this.#contexts.of(who.organisation)).settings
    const until = this.#journalsUntil(terms, now)
    return this.#db.transaction(async (sql) => {
      const gone = await sql(`UPDATE cases.journal SET entry = '{}', withdrawn_why = NULL WHERE ${JOURNAL_DUE} RETURNING 1`, [
        who.organisation,
        until,
      ])
      await this.#trail.record([{ who, what: 'erased-journals', why: RETENTION.journal.rule }], sql)
      // Before it is erased for good: of entries no row says that they were, so that a line missed here would never be written.
      await this.#ledger.add({ journalsOf: who.organisation, before: until, rule: RETENTION.journal.rule, at: now })
      return gone.length
    })
  }

  /**
   * At the start, before anybody is answered: what was erased and came back with an old copy of the database is erased again, and what the
   * ledger has missed is written into it. Returns how much was erased again.
   */
  async applyLedger(): Promise<number> {
    const written = await this.#ledger.read()
    let again = 0
    const cases = new Map(written.flatMap((line) => ('caseId' in line ? [[line.caseId, line] as const] : [])))
    const back = await this.#db.query(
      'SELECT id, number, organisation, facts, ended FROM cases."case" WHERE id = ANY($1) AND erased_at IS NULL',
      [[...cases.keys()]],
    )
    for (const row of back) {
      // RT-31 holds for the ledger too. A service that does not start for it would miss hours.
      if (!row['ended']) {
        this.#log.error({ case: row['id'] }, 'the ledger says that this case was erased, and here it has not ended: it is left as it is')
        continue
      }
      const line = cases.get(row['id'] as string)!
      await this.#db.transaction((sql) => this.#erase(sql, row as never, line, { who: SYSTEM, what: 'erased-after-restore' }))
      again++
    }
    for (const line of written)
      if ('journalsOf' in line) {
        const gone = await this.#db.query(`UPDATE cases.journal SET entry = '{}', withdrawn_why = NULL WHERE ${JOURNAL_DUE} RETURNING 1`, [
          line.journalsOf,
          line.before,
        ])
        again += gone.length
      }
    const erased = await this.#db.query('SELECT id, erased_at, erased_rule FROM cases."case" WHERE erased_at IS NOT NULL')
    for (const row of erased)
      if (!cases.has(row['id'])) await this.#ledger.add({ caseId: row['id'], rule: row['erased_rule'], at: row['erased_at'] })
    if (again > 0) this.#log.warn({ again }, 'what was erased before the restore is erased again')
    return again
  }
}

/** Entries of no case, of before $2, that hold something; the sheet of changes belongs to the procedure. */
const JOURNAL_DUE = `organisation = $1 AND case_id IS NULL AND at < $2 AND entry <> '{}' AND name <> 'changes'`

const shown = ({ rule, from, until, held }: Retention) => ({ rule, from, until, held })
