/** The record: a case is opened and changed here and nowhere else, each act in one transaction with all that follows from it. */
import { ActRequest, definitionOf } from '@tirek/contract/acts'
import type { CasePage, RegisterHit, Warning } from '@tirek/contract/answers'
import { timesAtFault } from '@tirek/contract/errors'
import type { Origin } from '@tirek/contract/origins'
import { REFUSALS } from '@tirek/contract/refusals'
import { RESPONSIBLE_ROLES } from '@tirek/contract/responsible-roles'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { RecordedAct } from '@tirek/procedure/case'
import { currentEdition, programmeOf } from '@tirek/procedure/programmes'
import { dayOf } from '@tirek/procedure/time'
import { refusedOn } from '@tirek/platform/asking'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Queries, Sql } from '@tirek/platform/database'
import { ProblemError, RefusalError } from '@tirek/platform/problem'
import { SYSTEM, type Trail, type TrailEntry } from '@tirek/platform/trail'
import { createHash, randomUUID } from 'node:crypto'
import type { Contexts, OrganisationContext } from './contexts.ts'
import type { FamilyDrawn } from '@tirek/contract/forms/family'
import type { ChildCorrected } from '@tirek/contract/forms/rights'
import { childOfCase, correct, writeChild } from './corrections.ts'
import { accessChangeOf, endedWithCase, nameOffered, whyRefused, writeAccess } from './access-acts.ts'
import { nameFile } from './case-files.ts'
import { draftDone } from './form-drafts.ts'
import { changesBetween } from './deadline-rows.ts'
import type { KnownFacts, Procedure } from './facts.ts'
import { mustHaveCome } from './family.ts'
import { journalEntryOf, requestSaid } from './journal-entries.ts'
import {
  childOf,
  isFileOpened,
  isOlder,
  managerOf,
  mustBeBorn,
  openedAt,
  warningsOf,
  type OpeningChild,
  type OpeningForm,
} from './opening.ts'
import { asStillSeen, pageOf, type CaseRow } from './pages.ts'
import { CHANGE_CASE, CREATE_CASE, LOCK_CASE, MOVE_DEADLINES, STORED_ANSWER, WAIT_FOR_CASE } from './statements.ts'
import { toTell } from './telling.ts'
import { decide, type Decision } from '@tirek/policy/decide'
import { mayComeBy } from '@tirek/policy/policy'
import type { Access, Standing } from '@tirek/policy/standing'
import type { Asking } from '@tirek/policy/standing-sql'
import { ACCESS, type AsPerson } from './as-person.ts'

/** `origin`: nobody of ours did it, so no relation allows it; how it came does. */
export type Asked = { who: Asking; key?: string | undefined; origin?: Origin }
/** Who writes what nobody of ours did: the trail has it as the system's. */
export const NOBODY: Asking = { ...SYSTEM, organisation: SYSTEM.person }
export type Answer<T> = { status: number; body: T; replayed: boolean }

export type SaveAct = { kind: ActKind; happenedAt: number; version: number; form: unknown; also?: { hour?: number | undefined } }

/** What the register holds that is like a child. `cases`: ids of the hits, for the trail. */
export type Similar = { certain: boolean; hits: RegisterHit[]; cases: string[]; unconfirmed: number }

type Locked = CaseRow & { acts: RecordedAct[]; taken: { [key: string]: number } }

export class Record {
  readonly #clock: Clock
  readonly #trail: Trail
  readonly #contexts: Contexts
  readonly #asPerson: AsPerson
  readonly #procedure: Procedure
  readonly #coalesceMs: number

  constructor(clock: Clock, trail: Trail, contexts: Contexts, asPerson: AsPerson, procedure: Procedure, coalesceMs: number) {
    this.#asPerson = asPerson
    this.#trail = trail
    this.#clock = clock
    this.#contexts = contexts
    this.#procedure = procedure
    this.#coalesceMs = coalesceMs
  }

  /** Opens a case by its first act. Throws ProblemError; the same key and body give the same answer. */
  async open(
    kind: 'help-request-registered' | 'taken-over-from-paper',
    form: unknown,
    asked: Asked & { who: Who },
    check: {
      similar(form: OpeningChild, who: Who): Promise<Similar>
      /** `false`: the person is asked whether it is another child, and shown none. */
      mayShow(who: Who): Promise<boolean>
      happenedAt?: number
    },
  ): Promise<Answer<CasePage>> {
    const { who } = asked
    const hash = hashOf([kind, form])
    const child = childOf(form as OpeningForm, who.organisation)
    // Neither needs the other: one wait for both.
    const [stored, found] = await Promise.all([this.#stored(asked, hash), check.similar(child.searched, who)])
    if (stored) return stored
    const now = this.#clock.now()
    const definition = definitionOf(kind)
    const fact = definition.toFact(form as never, who)
    const context = await this.#contexts.of(who.organisation)
    const edition = currentEdition('child-protection', dayOf(now)).id
    const act: RecordedAct = {
      id: randomUUID(),
      kind,
      happenedAt: check.happenedAt ?? openedAt(kind, fact, now),
      recordedAt: now,
      by: who.person,
      fact,
      version: 1,
    }
    await this.#refuse(act, undefined, edition, context.calendar, form, [])
    mustBeBorn((form as OpeningForm).child.birthDate, now, kind)

    const acts = [act]
    const manager = managerOf(kind, form as OpeningForm, who)
    if ((form as OpeningForm).familyOf) await this.#mustBeFamily((form as OpeningForm).familyOf!, who)
    if (manager && manager !== who.person) await this.#mustBeWorker(manager, who.organisation)
    const state = await this.#procedure.stateOf('child-protection', acts, edition, 1, context)
    const isUrgent = state.facts.hours.length > 0
    // A report of danger is never held up by a search; the likeness is told with the answer.
    if (found.certain && !(form as OpeningForm).anotherChild && !isUrgent) {
      // The likeness may be this very request, sent twice at once.
      const twin = await this.#stored(asked, hash)
      if (twin) return twin
      const mayShow = await check.mayShow(who)
      if (mayShow) await this.#trail.record(shownTo(who, found.cases))
      throw new ProblemError('similar-found', { more: { similar: mayShow ? found.hits : [] } })
    }

    const warnings: Warning[] = [
      ...child.warnings,
      ...(found.hits.length > 0 && !(form as OpeningForm).anotherChild ? (['similar-found'] as const) : []),
    ]
    const older = isOlder(child.row.birth_date, child.row.age, dayOf(now))
    if (older) warnings.push('older-than-five')
    const id = randomUUID()
    const { standing, db } = await this.#asPerson.of(who, id)
    return this.#once(asked, hash, async () => {
      const row: CaseRow = {
        id,
        access: [],
        number: '',
        organisation: who.organisation,
        territory: context.territory,
        programme: 'child-protection',
        edition,
        version: 1,
        facts: state.facts,
        stage: state.facts.stage,
        risk: state.facts.riskLevel,
        ended: state.facts.ended,
        end: state.facts.end ?? null,
        manager: state.facts.manager ?? manager ?? null,
        first_person: who.person,
        file_opened: isFileOpened(state.facts, false),
        opened_at: now,
        sex: child.row.sex,
        birth_date: child.row.birth_date,
        age: child.row.age,
      }
      const body = pageOf(row, state.history, now, decide(standing, row), { warnings, earlierUnconfirmed: found.unconfirmed })
      const [made] = await db.query(
        CREATE_CASE,
        [
          JSON.stringify({
            prefix: context.prefix,
            year: Number(dayOf(now).slice(0, 4)),
            case: { ...row, told_six_at: older ? now : null },
            child: child.row,
            acts: [{ ...act, form, version: 1 }],
            deadlines: changesBetween([], state.history, new Set()).write,
            outbox: toTell(undefined, state, kind, 1, now, this.#coalesceMs),
            trail: [this.#trail.row({ who, what: kind, why: 'opens', caseId: row.id, about: act.id, at: now })],
            idempotency: this.#keep(asked, hash, 201, body, now),
            journal: journalEntryOf(act, form, undefined, state.facts, ''),
          }),
        ],
        'create-case',
      )
      await this.#noteIfChanged(db, id, context)
      return { status: 201, body: { ...body, summary: { ...body.summary, number: made!['number'] as string } }, replayed: false }
    })
  }

  /** A change of the context was noted for the cases that were there: one that came in between is noted here. */
  async #noteIfChanged(db: Queries, caseId: string, context: OrganisationContext): Promise<void> {
    // The case is saved: in doubt its facts are made again.
    if (await this.#contexts.isCurrent(context).catch(() => false)) return
    await db.query('INSERT INTO cases.refold (case_id) VALUES ($1) ON CONFLICT DO NOTHING', [caseId], 'note-new-case')
  }

  /** Records an act on a case. `version` is the one its writer saw. */
  async act(caseId: string, save: SaveAct, asked: Asked): Promise<Answer<CasePage>> {
    const hash = hashOf([caseId, save])
    const stored = await this.#stored(asked, hash)
    if (stored) return stored
    const { standing, db } = await this.#asPerson.of(asked.who, asked.origin && caseId)
    return this.#once(asked, hash, () => db.transaction((sql) => this.#change(sql, standing, caseId, save, asked, hash)))
  }

  /** One evidence form for several cases of a family: all or none. Answers the first. */
  async actOnSeveral(cases: readonly { caseId: string; save: SaveAct }[], asked: Asked): Promise<Answer<CasePage>> {
    const hash = hashOf(cases)
    const stored = await this.#stored(asked, hash)
    if (stored) return stored
    const { standing, db } = await this.#asPerson.of(asked.who)
    return this.#once(asked, hash, () =>
      db.transaction(async (sql) => {
        let first: Answer<CasePage> | undefined
        // Always in the same order, so that two of them never wait for each other.
        for (const { caseId, save } of [...cases].sort((a, b) => (a.caseId < b.caseId ? -1 : 1))) {
          const isFirst = caseId === cases[0]!.caseId
          const answer = await this.#change(
            sql,
            standing,
            caseId,
            isFirst ? save : { ...save, version: 0 },
            isFirst ? asked : { ...asked, key: undefined },
            hash,
          ).catch((error: unknown) => {
            refusedOn(caseId)
            throw error
          })
          if (isFirst) first = answer
        }
        return first!
      }),
    )
  }

  async #change(sql: Sql, standing: Standing, caseId: string, save: SaveAct, asked: Asked, hash: string): Promise<Answer<CasePage>> {
    const { who, origin } = asked
    const now = this.#clock.now()
    const answers = await nameOffered(sql, standing, caseId, save.kind)
    // Nobody compares versions for these: whoever waits for the lock must read the acts after it.
    if (save.version === 0 || answers) await sql(WAIT_FOR_CASE, [caseId], 'wait-for-case')
    const [found] = await sql(LOCK_CASE, [caseId], 'lock-case')
    const decision = found && decide(standing, found as CaseRow)
    const may = origin ? mayComeBy(origin, save.kind) : decision?.mayRecord(save.kind)
    if (!found || !decision || !may) throw await whyRefused(sql, standing, caseId, save.kind)
    const why = origin ?? decision.why({ record: save.kind })
    const row = found as unknown as Locked
    if (row.erased_at) throw new ProblemError('case-erased')
    // 0: written for a brother or sister, who has versions of his own. Whoever is offered a file has seen none.
    if (save.version !== 0 && !answers && save.version !== row.version)
      throw await this.#stale(sql, caseId, save.version, row.version, decision)
    const form = save.form as {
      manager?: string
      organisation?: string
      overNormReason?: string
      edition?: string
      act?: string
      otherCase?: string
    }
    const organisation = save.kind === 'hand-over-accepted' ? who.organisation : row.organisation
    const context = await this.#contexts.of(organisation)
    const fact = definitionOf(save.kind).toFact(save.form as never, who)
    // An offer is answered when it is: whoever leads the case from then on is named after all that was done before.
    const happenedAt = answers ? now : save.happenedAt
    const act: RecordedAct = {
      id: randomUUID(),
      kind: save.kind,
      happenedAt,
      recordedAt: now,
      by: who.person,
      fact,
      version: row.version + 1,
    }
    await this.#refuse(act, row.facts, row.edition, row.facts.calendar, save.form, ['form'])
    const accessAsked = await accessChangeOf(sql, row, act, save.form, now)
    if (form.manager)
      await this.#mayCarry(sql, form.manager, organisation, form.overNormReason !== undefined || save.kind !== 'assigned', context.most)
    if (save.kind === 'plan-signed') await this.#mustWorkHere(save.form as PlanPeople, organisation)
    if (save.kind === 'family-drawn') mustHaveCome(save.form as FamilyDrawn, dayOf(now))
    if (save.kind === 'review-held') await this.#mustBeSuperior(save.form as { coordinator?: string }, organisation)
    if (save.kind === 'withdrawn' && !row.acts.some((one) => one.id === form.act && one.kind !== 'withdrawn')) throw badField('act')
    if (save.kind === 'moved-to-edition' && !programmeOf(row.programme).editions.some((one) => one.id === form.edition))
      throw badField('edition')
    if (save.kind === 'merged-into' && !(await this.#mayTakeIn(sql, form.otherCase!, row))) throw badField('otherCase')

    await draftDone(sql, caseId, save.kind, who.person)
    await nameFile(sql, caseId, { id: act.id, kind: save.kind }, save.form)
    const corrected = save.kind === 'child-corrected' ? correct(await childOfCase(sql, caseId), save.form as ChildCorrected) : undefined
    const said = await requestSaid(sql, caseId, act)
    const edition = save.kind === 'moved-to-edition' ? form.edition! : row.edition
    const version = row.version + 1
    const before = await this.#procedure.historyOf(row.facts)
    const state = await this.#procedure.stateOf(row.programme, [...row.acts, act], edition, version, context)
    const access = state.facts.ended && !row.ended ? await endedWithCase(sql, caseId, accessAsked) : accessAsked
    const taken = new Map(Object.entries(row.taken))
    const takenKeys = new Set(taken.keys())
    const { write, remove } = changesBetween(before, state.history, takenKeys)
    // Brought in by a taking-over from paper, a manager stands in no fact: he stays until somebody else is named.
    const manager = state.facts.manager ?? row.manager
    const changed: CaseRow = {
      ...row,
      organisation,
      territory: context.territory,
      edition,
      version,
      facts: state.facts,
      stage: state.facts.stage,
      risk: state.facts.riskLevel,
      ended: state.facts.ended,
      end: state.facts.end ?? null,
      manager,
      file_opened: isFileOpened(state.facts, row.file_opened),
      access: row.access.filter((one) => !access.ended.includes((one as Access & { id: string }).id)),
      ...(corrected && { sex: corrected.child.sex, birth_date: corrected.child.birth_date, age: corrected.child.age }),
    }
    const warnings = [...warningsOf(act, row, dayOf(now)), ...(corrected?.warnings ?? [])]
    const next = decide(standing, changed)
    const body = pageOf(changed, state.history, now, answers ? next : decision, { warnings, taken, next })
    // An act by which its writer loses the case is written to its end.
    if (!next.mayWrite) await sql(`SELECT set_config('tirek.writes', $1, true)`, [caseId], 'writes')
    const writer = origin ? { ...who, organisation } : who
    const [done] = await sql(
      CHANGE_CASE,
      [
        JSON.stringify({
          case: { ...changed, from: row.version, changed_at: now },
          remove,
          acts: [{ ...act, form: corrected?.form ?? save.form, version, origin }],
          deadlines: write,
          outbox: [
            ...toTell({ facts: row.facts, history: before }, state, save.kind, version, now, this.#coalesceMs, {
              row: changed,
              act,
              taken: takenKeys,
            }),
            ...access.told,
          ],
          trail: [this.#trail.row({ who: writer, what: save.kind, why, caseId, about: act.id, at: now })],
          idempotency: this.#keep(asked, hash, 200, body, now),
          journal: journalEntryOf(act, save.form, row.facts, state.facts, row.number, said),
        }),
      ],
      'change-case',
    )
    if (Number(done?.['n']) !== 1) throw await this.#stale(sql, caseId, save.version, row.version, decision)
    if (corrected) await writeChild(sql, caseId, corrected.child, dayOf(now))
    await writeAccess(sql, changed, access, who.person, now)
    if (organisation !== row.organisation) await sql('SELECT cases.child_follows($1)', [caseId])
    if (manager !== row.manager || organisation !== row.organisation)
      await sql(MOVE_DEADLINES, [caseId, manager ?? row.first_person, organisation])
    return { status: 200, body, replayed: false }
  }

  async #refuse(
    act: RecordedAct,
    facts: KnownFacts | undefined,
    edition: string,
    calendar: string,
    form: unknown,
    at: readonly string[],
  ): Promise<void> {
    const refusal = await this.#procedure.refusal(act, facts, 'child-protection', edition, calendar)
    if (!refusal) return
    const issues = timesAtFault(
      refusal.code,
      form,
      { ...act, firstReportAt: (facts as { firstReportAt?: number } | undefined)?.firstReportAt },
      at,
    )
    const isOfEnvelope = issues[0]?.path?.[0] === 'happenedAt'
    throw new RefusalError(
      { ...refusal, ...(REFUSALS[refusal.code] ? { text: REFUSALS[refusal.code]! } : {}) },
      { issues, read: isOfEnvelope ? { schema: ActRequest } : { schema: definitionOf(act.kind as ActKind).form, at } },
    )
  }

  async #mustBeWorker(person: string, organisation: string): Promise<void> {
    if (!(await this.#contexts.isPerson(person, organisation, ['social-worker', 'supervisor']))) throw new ProblemError('no-such-person')
  }

  /** CP-127: who is to be reminded of a measure works here. */
  async #mustWorkHere({ measures }: PlanPeople, organisation: string): Promise<void> {
    for (const [at, { person }] of measures.entries())
      if (person && !(await this.#contexts.isPerson(person, organisation, RESPONSIBLE_ROLES)))
        throw new ProblemError('bad-input', {
          issues: [{ code: 'custom', message: 'no-such-person', path: ['form', 'measures', at, 'person'] }],
          read: { schema: definitionOf('plan-signed').form, at: ['form'] },
        })
  }

  /** CP-51: a review is coordinated by the superior manager or a supervisor. */
  async #mustBeSuperior({ coordinator }: { coordinator?: string }, organisation: string): Promise<void> {
    if (coordinator === undefined || (await this.#contexts.isPerson(coordinator, organisation, ['supervisor', 'head']))) return
    throw new ProblemError('bad-input', {
      issues: [{ code: 'custom', message: 'not-superior', path: ['form', 'coordinator'] }],
      read: { schema: definitionOf('review-held').form, at: ['form'] },
    })
  }

  /** CP-107: brothers and sisters are linked within the organisation. */
  async #mustBeFamily(family: string, who: Who): Promise<void> {
    const { db } = await this.#asPerson.of(who)
    const found = await db.query('SELECT 1 FROM cases.child WHERE family = $1 AND organisation = $2 LIMIT 1', [family, who.organisation])
    if (found.length === 0) throw new ProblemError('bad-input', { issues: [{ code: 'custom', message: 'invalid', path: ['familyOf'] }] })
  }

  /** CP-64: somebody there to carry it; CP-18: not above the norm without a reason. */
  async #mayCarry(sql: Sql, person: string, organisation: string, reasonGiven: boolean, most = 30): Promise<void> {
    await this.#mustBeWorker(person, organisation)
    if (reasonGiven) return
    const [count] = await sql('SELECT active FROM cases.active_cases($1) WHERE person = $2', [organisation, person])
    if (Number(count?.['active'] ?? 0) >= most) throw new ProblemError('over-norm', { params: { most } })
  }

  /** CP-107: the file of the same child goes on in another one of the organisation. */
  async #mayTakeIn(sql: Sql, otherCase: string, row: CaseRow): Promise<boolean> {
    const found = await sql('SELECT 1 FROM cases."case" WHERE id = $1 AND id <> $2 AND organisation = $3 AND NOT ended', [
      otherCase,
      row.id,
      row.organisation,
    ])
    return found.length > 0
  }

  /** Tells of the changes that this person may read. */
  async #stale(sql: Sql, caseId: string, seen: number, version: number, decision: Decision): Promise<ProblemError> {
    const acts = await sql(
      'SELECT kind, by, recorded_at AS at, version FROM cases.act WHERE case_id = $1 AND version > $2 ORDER BY version',
      [caseId, seen],
    )
    const changes = acts.filter((act) => decision.shows(act as never)).map(({ kind, by, at }) => ({ kind, by, at }))
    return new ProblemError('stale', { more: { version, changes } })
  }

  #keep(asked: Asked, hash: string, status: number, answer: unknown, now: number): unknown[] {
    return asked.key ? [{ person: asked.who.person, key: asked.key, hash, status, answer, made_at: now }] : []
  }

  async #stored(asked: Asked, hash: string): Promise<Answer<CasePage> | undefined> {
    if (!asked.key) return undefined
    const { standing, db } = await this.#asPerson.of(asked.who)
    const [row] = await db.query(STORED_ANSWER, [asked.who.person, asked.key], 'stored-answer')
    if (!row) return undefined
    if (row['hash'] !== hash) throw new ProblemError('key-reused')
    const page = row['answer'] as CasePage
    const caseId = page.summary.id
    const [seen] = await db.query(`SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = $1`, [caseId], 'case-of-stored-answer')
    await this.#trail.record([{ who: asked.who, what: 'read-answer-again', why: 'own-act', caseId }])
    // What was saved stays saved; what may be seen of it may have ended since.
    const body = asStillSeen(page, seen && decide(standing, seen as CaseRow))
    return { status: row['status'] as number, body, replayed: true }
  }

  /** Two sends of one key at once: the slower finds the key taken, or the version it saw gone, and gets the answer of the faster. */
  async #once(asked: Asked, hash: string, work: () => Promise<Answer<CasePage>>): Promise<Answer<CasePage>> {
    try {
      return await work()
    } catch (error) {
      const isTwice =
        (error as { constraint?: string }).constraint === 'idempotency_pkey' || (error instanceof ProblemError && error.code === 'stale')
      const stored = isTwice ? await this.#stored(asked, hash) : undefined
      if (stored) return stored
      throw error
    }
  }
}

type PlanPeople = { measures: readonly { person?: string }[] }

const badField = (name: string) => new ProblemError('bad-input', { issues: [{ code: 'custom', message: 'invalid', path: ['form', name] }] })

/** Cases that a person learns of because a form looks like theirs. */
export const shownTo = (who: Who, cases: readonly string[]): TrailEntry[] =>
  cases.map((caseId) => ({ who, what: 'seen-in-register', why: 'register-of-organisation', caseId }))

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64')
