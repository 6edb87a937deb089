/** Every act of a person on a proceeding: one transaction with its row of the trail, what others are told, and the answer kept for a repeat. */
import type { CaseDecision } from '@tirek/contract/proceedings'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Sql } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { createHash } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { mayAct, type Decisions } from './decisions.ts'
import type { DirectoryViews } from './directory.ts'
import { openStepsOf, type Kind, type ProceedingFacts, type ProceedingRow, type ProceedingStep } from './kind.ts'
import { tell, type Told } from './outbox.ts'
import { sqlOf, type Store } from './store.ts'

export type Asked = { who: Who; key: string }
export type Answer<P> = { status: number; body: P }

/** An act while it is done. */
export type Changing<L> = {
  tx: EntityManager
  sql: Sql
  who: Who
  now: number
  decision: CaseDecision
  loaded: L
  /** What follows is told in this order, with the newest facts after it. */
  told: Told[]
  /** Parts of a document that are written otherwise now. */
  fields: string[]
}

export type ChangeTools<L, P, F extends ProceedingFacts, S extends ProceedingStep> = {
  kind: Kind<L, F, S>
  store: Store
  clock: Clock
  trail: Trail
  decisions: Decisions
  directory: DirectoryViews
  pageOf(loaded: L, decision: CaseDecision, tx: EntityManager, now: number): Promise<P>
}

export class Changes<L, P, F extends ProceedingFacts = ProceedingFacts, S extends ProceedingStep = ProceedingStep> {
  readonly #tools: ChangeTools<L, P, F, S>

  constructor(tools: ChangeTools<L, P, F, S>) {
    this.#tools = tools
  }

  /** An act on one that is there. `version`: the one its writer saw; absent: nothing can have been overwritten. */
  async on(
    id: string,
    act: { what: string; stands: ActKind; version?: number; form: unknown },
    asked: Asked,
    work: (change: Changing<L>) => Promise<void>,
  ): Promise<Answer<P>> {
    const { kind, store, decisions } = this.#tools
    const caseId = await store.caseOf(id)
    if (!caseId) throw new ProblemError('not-found')
    const decision = await decisions.mustSee(asked.who, caseId)
    if (!mayAct(decision, act.stands)) throw new ProblemError('not-allowed')
    return this.once(asked, decision, [id, act], 200, async (change) => {
      const loaded = await kind.load(change.tx, id, true)
      if (!loaded) throw new ProblemError('not-found')
      const row = kind.rowOf(loaded)
      if (act.version !== undefined && act.version !== row.version) throw await this.#stale(change.sql, row, act.version)
      change.loaded = loaded
      // The case may have been handed over: whoever leads it now is who writes, is told and reads what comes in.
      Object.assign(row, {
        organisation: decision.organisation,
        manager: decision.manager,
        firstPerson: decision.firstPerson,
        caseNumber: decision.number,
      })
      const seen = row.version
      await work(change)
      await this.save(change, act.what, seen)
    })
  }

  /** Runs an act once by its key; the same key and form are answered as before. */
  async once(
    { who, key }: Asked,
    decision: CaseDecision,
    request: unknown,
    status: number,
    work: (change: Changing<L>) => Promise<void>,
  ): Promise<Answer<P>> {
    const { kind, store, clock, trail, pageOf } = this.#tools
    const hash = createHash('sha256').update(JSON.stringify(request)).digest('base64')
    return store.asWriter(who.person, [decision.caseId], async (tx) => {
      const sql = sqlOf(tx)
      await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${who.person}/${key}`])
      const [known] = await sql(`SELECT hash, status, answer FROM ${kind.schema}.idempotency WHERE person = $1 AND key = $2`, [
        who.person,
        key,
      ])
      if (known) {
        if (known['hash'] !== hash) throw new ProblemError('key-reused')
        await trail.record([{ who, what: 'read-answer-again', why: 'own-act', caseId: decision.caseId }], sql)
        return { status: known['status'] as number, body: known['answer'] as P }
      }
      const now = clock.now()
      const change: Changing<L> = { tx, sql, who, now, decision, loaded: undefined as never, told: [], fields: [] }
      await work(change)
      const body = await pageOf(change.loaded, decision, tx, now)
      await sql(`INSERT INTO ${kind.schema}.idempotency (person, key, hash, status, answer, made_at) VALUES ($1, $2, $3, $4, $5, $6)`, [
        who.person,
        key,
        hash,
        status,
        JSON.stringify(body),
        now,
      ])
      return { status, body }
    })
  }

  /** Writes it as it became, guarded by the version it was read with, and all that follows from it. */
  async save(change: Changing<L>, what: string, seen: number): Promise<void> {
    const { tx, sql, who, now, loaded, decision, told, fields } = change
    const { kind, trail, directory } = this.#tools
    const row = kind.rowOf(loaded)
    row.version = seen + 1
    await saveProceeding(tx, kind, directory, loaded, seen)
    await sql(
      `INSERT INTO ${kind.schema}.change (${kind.of}, version, case_id, what, by, at, fields) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [row.id, row.version, row.caseId, what, who.person, now, JSON.stringify(fields)],
    )
    const named = kind.trailOf?.(what) ?? `${kind.of}-${what}`
    await trail.record([{ who, what: named, why: decision.relations[0], caseId: row.caseId, about: row.id, at: now }], sql)
    await tell(sql, kind, { id: row.id, caseId: row.caseId, version: row.factsVersion, now }, [...told, { kind: 'facts' }])
  }

  /** Tells what was changed since, by whom. */
  async #stale(sql: Sql, { id, version }: ProceedingRow, seen: number): Promise<ProblemError> {
    const { schema, of } = this.#tools.kind
    const changes = await sql(
      `SELECT version, what AS kind, by, at, fields FROM ${schema}.change WHERE ${of} = $1 AND version > $2 ORDER BY version`,
      [id, seen],
    )
    return new ProblemError('stale', { more: { version, changes: changes.map((one) => ({ ...one, at: Number(one['at']) })) } })
  }
}

/**
 * A guarded UPDATE: `save()` of TypeORM would overwrite what somebody else wrote. The next step is looked up with what was taken. `seen`: the
 * version it was read with.
 */
export async function saveProceeding<L, F extends ProceedingFacts, S extends ProceedingStep>(
  tx: EntityManager,
  kind: Kind<L, F, S>,
  directory: DirectoryViews,
  loaded: L,
  seen: number,
): Promise<void> {
  const row = kind.rowOf(loaded)
  row.factsVersion++
  row.nextStepAt = await nextStepOf(tx, kind, directory, loaded)
  const { id, ...columns } = row
  const { affected } = await tx
    .createQueryBuilder()
    .update(kind.entity)
    .set(columns)
    .where('id = :id AND version = :seen AND facts_version = :facts', { id, seen, facts: row.factsVersion - 1 })
    .execute()
  if (affected !== 1) throw new ProblemError('stale', { more: { version: seen, changes: [] } })
}

export async function nextStepOf<L, F extends ProceedingFacts, S extends ProceedingStep>(
  tx: EntityManager,
  kind: Kind<L, F, S>,
  directory: DirectoryViews,
  loaded: L,
): Promise<number | null> {
  const { id, calendar } = kind.rowOf(loaded)
  const [next] = openStepsOf(kind, kind.factsOf(loaded), await directory.calendar(calendar), await takenOf(tx, kind, id))
  return next?.at ?? null
}

/** Keys of the steps that were taken. */
export async function takenOf(tx: EntityManager, { schema, of }: Pick<Kind<never>, 'schema' | 'of'>, id: string): Promise<Set<string>> {
  const rows = await sqlOf(tx)(`SELECT key FROM ${schema}.step WHERE ${of} = $1`, [id])
  return new Set(rows.map((row) => row['key'] as string))
}
