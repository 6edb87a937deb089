/** Every act of a person on a meeting: one transaction with its row of the trail, what others are told, and the answer kept for a repeat. */
import type { MeetingPage } from '@tirek/contract/meetings'
import type { CaseDecision } from '@tirek/contract/meetings'
import { MEETING_RULES } from '@tirek/procedure/meetings/rows'
import { openMeetingSteps } from '@tirek/procedure/meetings/steps'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Sql } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import { createHash } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { MeetingEntity } from '../calling/meeting.entity.ts'
import { Decisions, mayAct, STANDS_FOR } from './decisions.ts'
import type { DirectoryViews } from './directory.ts'
import { factsOf, load, type Loaded } from './loaded.ts'
import { tell, type Told } from './outbox.ts'
import { sqlOf, type Store } from './store.ts'

export type Asked = { who: Who; key: string }
export type Answer = { status: number; body: MeetingPage }

/** An act while it is done. */
export type Changing = {
  tx: EntityManager
  sql: Sql
  who: Who
  now: number
  decision: CaseDecision
  loaded: Loaded
  /** What follows is told in this order, with the newest facts after it. */
  told: Told[]
  /** Parts of a protocol that are written otherwise now. */
  fields: string[]
}

type PageOf = (loaded: Loaded, decision: CaseDecision, tx: EntityManager, now: number) => Promise<MeetingPage>

export type ChangeTools = { store: Store; clock: Clock; trail: Trail; decisions: Decisions; directory: DirectoryViews; pageOf: PageOf }

export class Changes {
  readonly #tools: ChangeTools

  constructor(tools: ChangeTools) {
    this.#tools = tools
  }

  /** An act on a meeting that is there. `version`: the one its writer saw; absent: nothing can have been overwritten. */
  async on(
    id: string,
    act: { what: string; stands: keyof typeof STANDS_FOR; version?: number; form: unknown },
    asked: Asked,
    work: (change: Changing) => Promise<void>,
  ): Promise<Answer> {
    const { store, decisions } = this.#tools
    const caseId = await store.caseOf(id)
    if (!caseId) throw new ProblemError('not-found')
    const decision = await decisions.mustSee(asked.who, caseId)
    if (!mayAct(decision, act.stands)) throw new ProblemError('not-allowed')
    return this.once(asked, decision, [id, act], 200, async (change) => {
      const loaded = await load(change.tx, id, true)
      if (!loaded) throw new ProblemError('not-found')
      if (act.version !== undefined && act.version !== loaded.meeting.version) throw await stale(change.sql, loaded, act.version)
      change.loaded = loaded
      // The case may have been handed over: whoever leads it now invites, numbers the protocol and reads what comes in.
      Object.assign(loaded.meeting, {
        organisation: decision.organisation,
        manager: decision.manager,
        firstPerson: decision.firstPerson,
        caseNumber: decision.number,
      })
      const seen = loaded.meeting.version
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
    work: (change: Changing) => Promise<void>,
  ): Promise<Answer> {
    const { store, clock, trail, pageOf } = this.#tools
    const hash = createHash('sha256').update(JSON.stringify(request)).digest('base64')
    return store.asWriter(who.person, [decision.caseId], async (tx) => {
      const sql = sqlOf(tx)
      await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${who.person}/${key}`])
      const [known] = await sql('SELECT hash, status, answer FROM meetings.idempotency WHERE person = $1 AND key = $2', [who.person, key])
      if (known) {
        if (known['hash'] !== hash) throw new ProblemError('key-reused')
        await trail.record([{ who, what: 'read-answer-again', why: 'own-act', caseId: decision.caseId }], sql)
        return { status: known['status'] as number, body: known['answer'] as MeetingPage }
      }
      const now = clock.now()
      const change: Changing = { tx, sql, who, now, decision, loaded: undefined as never, told: [], fields: [] }
      await work(change)
      const body = await pageOf(change.loaded, decision, tx, now)
      await sql('INSERT INTO meetings.idempotency (person, key, hash, status, answer, made_at) VALUES ($1, $2, $3, $4, $5, $6)', [
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

  /** Writes the meeting as it became, guarded by the version it was read with, and all that follows from it. */
  async save(change: Changing, what: string, seen: number): Promise<void> {
    const { tx, sql, who, now, loaded, decision, told, fields } = change
    const { trail, directory } = this.#tools
    const { meeting } = loaded
    meeting.version = seen + 1
    await saveMeeting(tx, directory, loaded, seen)
    await sql('INSERT INTO meetings.change (meeting, version, case_id, what, by, at, fields) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
      meeting.id,
      meeting.version,
      meeting.caseId,
      what,
      who.person,
      now,
      JSON.stringify(fields),
    ])
    await trail.record(
      [{ who, what: `meeting-${what}`, why: decision.relations[0], caseId: meeting.caseId, about: meeting.id, at: now }],
      sql,
    )
    await tell(sql, { meeting: meeting.id, caseId: meeting.caseId, version: meeting.factsVersion, now }, [...told, { kind: 'facts' }])
  }
}

/**
 * A guarded UPDATE: `save()` of TypeORM would overwrite what somebody else wrote. The next step is looked up with what was taken. `seen`: the
 * version it was read with.
 */
export async function saveMeeting(tx: EntityManager, directory: DirectoryViews, loaded: Loaded, seen: number): Promise<void> {
  const { meeting } = loaded
  meeting.factsVersion++
  meeting.nextStepAt = await nextStepOf(tx, directory, loaded)
  const { id, ...columns } = meeting
  const { affected } = await tx
    .createQueryBuilder()
    .update(MeetingEntity)
    .set(columns)
    .where('id = :id AND version = :seen AND facts_version = :facts', { id, seen, facts: meeting.factsVersion - 1 })
    .execute()
  if (affected !== 1) throw new ProblemError('stale', { more: { version: seen, changes: [] } })
}

export async function nextStepOf(tx: EntityManager, directory: DirectoryViews, loaded: Loaded): Promise<number | null> {
  const taken = await sqlOf(tx)('SELECT key FROM meetings.step WHERE meeting = $1', [loaded.meeting.id])
  const calendar = await directory.calendar(loaded.meeting.calendar)
  const [next] = openMeetingSteps(factsOf(loaded), MEETING_RULES, calendar, new Set(taken.map((row) => row['key'] as string)))
  return next?.at ?? null
}

/** Tells what was changed since, by whom. */
async function stale(sql: Sql, { meeting }: Loaded, seen: number): Promise<ProblemError> {
  const changes = await sql(
    'SELECT version, what AS kind, by, at, fields FROM meetings.change WHERE meeting = $1 AND version > $2 ORDER BY version',
    [meeting.id, seen],
  )
  return new ProblemError('stale', {
    more: { version: meeting.version, changes: changes.map((one) => ({ ...one, at: Number(one['at']) })) },
  })
}
