import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import {
  ActOfMeeting,
  ActOfReferral,
  ChildAsked,
  DecisionsAsked,
  type CaseDecision,
  type ChildTold,
  type ToldAct,
} from '@tirek/contract/proceedings'
import { KINDS } from '@tirek/contract/acts'
import type { Database } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { decide } from '@tirek/policy/decide'
import { ALL_PARTS } from '@tirek/policy/parts'
import { ACTIONS, type Action } from '@tirek/policy/policy'
import type { ChildProtectionCase } from '@tirek/procedure/child-protection/facts'
import { withheldFrom } from '@tirek/procedure/child-protection/refusals'
import { z } from 'zod'
import { ACCESS, AsPerson } from '../record/as-person.ts'
import { Contexts } from '../record/contexts.ts'
import type { CaseRow } from '../record/pages.ts'
import { NOBODY, Record as CaseRecord } from '../record/record.ts'
import { asProtocolTells, type Written } from '../record/reviews.ts'
import { checked } from './case.controller.ts'
import { WORK } from './tokens.ts'

const Asked = z.strictObject({ caseIds: z.array(z.uuid()).min(1).max(200) })

const SEEN = `SELECT c.*, ${ACCESS}, (SELECT t.supervisor FROM directory.team_view t WHERE t.person = coalesce(c.manager, c.first_person)) AS supervisor
  FROM cases."case" c WHERE c.id = ANY($1) AND c.erased_at IS NULL`

const REVIEW_ACTS = `SELECT a.id, a.kind, a.happened_at AS at, a.recorded_at AS "recordedAt", a.by, a.form FROM cases.act a
  WHERE a.case_id = $1 AND a.kind IN ('review-held', 'review-report-handed-in')
    AND NOT EXISTS (SELECT 1 FROM cases.act w WHERE w.case_id = $1 AND w.kind = 'withdrawn' AND w.fact->>'act' = a.id::text) ORDER BY a.happened_at, a.version`

/** Services whose rows belong to cases ask here: who may do what with a case is decided in one place. */
@Controller('internal')
export class ForServicesController {
  constructor(
    @Inject(AsPerson) private readonly asPerson: AsPerson,
    @Inject(Contexts) private readonly contexts: Contexts,
    @Inject(CaseRecord) private readonly record: CaseRecord,
    @Inject(WORK) private readonly work: Database,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  /** What a person may do with each of these cases now. Those that they have nothing to do with are left out. */
  @Post('decisions')
  @HttpCode(200)
  async decisions(@Body({ schema: DecisionsAsked }) { who, caseIds }: DecisionsAsked): Promise<{ items: CaseDecision[] }> {
    const person = await this.contexts.person(who.person)
    if (!person) return { items: [] }
    const { standing, db } = await this.asPerson.of(person)
    const rows = (await db.query(SEEN, [caseIds], 'decisions')) as (CaseRow & { supervisor: string | null })[]
    const items = rows.flatMap((row): CaseDecision[] => {
      const decision = decide(standing, row)
      if (decision.relations.length === 0) return []
      return [
        {
          caseId: row.id,
          number: row.number,
          organisation: row.organisation,
          programme: row.programme,
          stage: row.stage,
          ended: row.ended,
          manager: row.manager,
          firstPerson: row.first_person,
          supervisor: row.supervisor,
          territory: row.territory,
          reviewDecision: 'reviewDecision' in row.facts ? (row.facts.reviewDecision as CaseDecision['reviewDecision']) : null,
          terms: { ...row.facts.settings.terms },
          relations: [...decision.relations],
          parts: ALL_PARTS.filter((part) => decision.seesNow(part)),
          actions: (Object.keys(ACTIONS) as Action[]).filter((action) => decision.may(action)),
          acts: KINDS.filter((kind) => decision.mayRecord(kind)),
          withheld: row.erased_at === null ? withheldFrom(row.facts as unknown as ChildProtectionCase, standing.now) : [],
        },
      ]
    })
    return { items }
  }

  /** Who leads each of these cases now, whom a letter about it goes to, and whether it has ended. */
  @Post('cases/people')
  @HttpCode(200)
  async people(@Body({ schema: Asked }) { caseIds }: z.infer<typeof Asked>) {
    const items = await this.work.query(
      `SELECT id AS "caseId", organisation, manager, first_person AS "firstPerson", ended FROM cases."case" WHERE id = ANY($1) AND erased_at IS NULL`,
      [caseIds],
    )
    return { items }
  }

  /** Who the child is, for a document that a person makes elsewhere: asked by their rights, and a reading like any other. */
  @Post('cases/child')
  @HttpCode(200)
  async child(@Body({ schema: ChildAsked }) { who, caseId, review }: z.infer<typeof ChildAsked>): Promise<ChildTold> {
    const person = await this.contexts.person(who.person)
    if (!person) throw new ProblemError('not-allowed')
    const { standing, db } = await this.asPerson.of(person)
    const [row] = (await db.query(SEEN, [[caseId]], 'decisions')) as CaseRow[]
    const decision = row && decide(standing, row)
    if (!row || !decision || decision.relations.length === 0) throw new ProblemError('not-found')
    if (!decision.may('read-name') || !decision.sees('name')) throw new ProblemError('not-allowed')
    await this.trail.record([{ who: person, what: 'read-name', why: decision.why('read-name'), caseId }])
    const [child] = await db.query('SELECT ch.name FROM cases.child ch JOIN cases."case" c ON c.child = ch.id WHERE c.id = $1', [caseId])
    const name = (child?.['name'] as string | null | undefined) ?? ''
    if (!review || !decision.sees('reviews')) return { name }
    const acts = (await db.query(REVIEW_ACTS, [caseId], 'acts-for-protocol')) as unknown as Written[]
    return { name, review: asProtocolTells(acts, review, person.lang) }
  }

  /** Records an act of a meeting that a person held there, by their rights now; the same key records it once. */
  @Post('acts')
  @HttpCode(200)
  ofMeeting(@Body({ schema: ActOfMeeting }) act: z.infer<typeof ActOfMeeting>) {
    return this.#record(act)
  }

  /** The same, of a referral; what its body answered by the link of its mail is nobody's of ours. */
  @Post('acts-of-referrals')
  @HttpCode(200)
  ofReferral(@Body({ schema: ActOfReferral }) act: ActOfReferral) {
    return this.#record(act)
  }

  async #record(act: ToldAct) {
    const { key, caseId, kind, happenedAt, form } = act
    const by = 'origin' in act ? { who: NOBODY, origin: act.origin } : { who: await this.contexts.person(act.who.person) }
    if (!by.who) throw new ProblemError('not-allowed')
    const save = { kind, happenedAt, version: 0, form: checked(kind, form) }
    const { body } = await this.record.act(caseId, save, { ...by, who: by.who, key })
    return { version: body.summary.version }
  }
}
