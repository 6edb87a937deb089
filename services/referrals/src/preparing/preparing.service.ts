/** A referral is prepared and edited (CP-54, CP-56 to CP-58): to whom, what is asked and why, in its turn. */
import { Inject, Injectable } from '@nestjs/common'
import type { ReferralChanged, ReferralPrepared } from '@tirek/contract/forms/referral'
import type { ReferralBody } from '@tirek/procedure/referrals/facts'
import { ProblemError } from '@tirek/platform/problem'
import { Changes, type Asked } from '@tirek/proceedings/changes'
import { Decisions, mayAct } from '@tirek/proceedings/decisions'
import { DirectoryViews } from '@tirek/proceedings/directory'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { Agencies } from '../addressing/agencies.ts'
import { isFollowedAnew } from '../following/followed.ts'
import { STANDS_FOR, type Answer, type Changing, type ReferralChanges } from '../record/kind.ts'
import { load } from '../record/loaded.ts'
import { ReferralEntity, type Demand } from '../record/referral.entity.ts'
import { badField, edited, mustAllow } from '../record/state.ts'
import { Decided, withDemandsOf } from './decided.ts'
import { orderOf } from './order.ts'

@Injectable()
export class PreparingService {
  constructor(
    @Inject(Changes) private readonly changes: ReferralChanges,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(DirectoryViews) private readonly directory: DirectoryViews,
    @Inject(Agencies) private readonly agencies: Agencies,
    @Inject(Decided) private readonly decided: Decided,
  ) {}

  async prepare(form: ReferralPrepared, asked: Asked): Promise<Answer> {
    const decision = await this.decisions.mustSee(asked.who, form.caseId)
    if (!mayAct(decision, STANDS_FOR.referral)) throw new ProblemError('not-allowed')
    if (decision.ended) throw new ProblemError('referral-state', { more: { state: 'ended' } })
    const decided = form.meeting === undefined ? undefined : await this.decided.by(form.meeting, form.caseId)
    if (form.meeting !== undefined && !decided) throw badField(['meeting'], 'not-of-case')
    const addressed = await this.#addressed(form.body, decision.territory, form, [])
    const commissions = await this.agencies.of('commission', decision.territory)
    return this.changes.once(asked, decision, form, 201, async (change) => {
      const { tx, now, who } = change
      await this.#previous(change, form.previous)
      const specialNeeds = form.specialNeeds || (decided?.pmpk ?? false)
      const wanted = { decision, decided, body: form.body, question: form.question, specialNeeds }
      const refusal = await orderOf(tx, { ...wanted, hasNoCommission: commissions.length === 0 })
      if (refusal && !(refusal.mayOverride && form.outOfOrder)) throw new ProblemError(`${refusal.first}-first`)
      const referral: ReferralEntity = {
        id: randomUUID(),
        caseId: decision.caseId,
        caseNumber: decision.number,
        programme: decision.programme,
        organisation: decision.organisation,
        body: form.body,
        question: form.question,
        state: 'prepared',
        version: 0,
        factsVersion: 0,
        calendar: await this.directory.currentCalendar(),
        meeting: form.meeting ?? null,
        specialNeeds,
        previous: form.previous ?? null,
        outOfOrder: refusal ? form.outOfOrder! : null,
        outgoing: null,
        ...addressed,
        letter: form.letter,
        enclosures: form.enclosures,
        documents: [],
        demands: withDemandsOf(decided, added(form.demands)),
        editedAt: now,
        preparedAt: now,
        preparedBy: who.person,
        since: now,
        dueDay: null,
        receivedAt: null,
        placement: 'none',
        reason: null,
        nothingFollows: false,
        manager: decision.manager,
        firstPerson: decision.firstPerson,
        nextStepAt: null,
      }
      await tx.insert(ReferralEntity, referral)
      change.loaded = { referral, sendings: [], mails: [], answers: [] }
      await this.changes.save(change, 'prepared', 0)
      await isFollowedAnew(change, form.previous, this.directory)
    })
  }

  change(id: string, version: number, form: z.output<typeof ReferralChanged>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'changed', stands: STANDS_FOR.referral, version, form }, asked, async (change) => {
      const { referral } = change.loaded
      mustAllow(referral, 'changed')
      const addressed = await this.#addressed(referral.body, change.decision.territory, form, ['form'])
      const demands = [...referral.demands.filter(({ from }) => from === 'protocol'), ...added(form.demands)]
      Object.assign(referral, addressed, { letter: form.letter, enclosures: form.enclosures, demands })
      edited(change)
    })
  }

  /** CP-56: the agency that was chosen, else the one that the territory has; nobody where none is set. */
  async #addressed(
    body: ReferralBody,
    territory: string,
    form: { agency?: string | undefined; contact?: string | undefined },
    at: readonly string[],
  ): Promise<Pick<ReferralEntity, 'agency' | 'contact' | 'addressee' | 'isNobodySet'>> {
    const candidates = await this.agencies.of(body, territory)
    const chosen = form.agency === undefined ? candidates[0] : candidates.find(({ id }) => id === form.agency)
    if (!chosen && form.agency !== undefined) throw badField([...at, 'agency'], 'not-this-body')
    if (!chosen) return { agency: null, contact: null, addressee: null, isNobodySet: true }
    const addressed = await this.agencies.addressed(chosen, form.contact)
    if (!addressed) throw badField([...at, 'contact'], 'not-in-directory')
    return { agency: chosen.id, ...addressed, isNobodySet: false }
  }

  async #previous({ tx, decision }: Changing, previous: string | undefined): Promise<void> {
    if (previous === undefined) return
    const before = await load(tx, previous, true)
    if (before?.referral.caseId !== decision.caseId) throw badField(['previous'], 'not-of-case')
    if (before.next !== undefined || !['recommended', 'returned'].includes(before.referral.state))
      throw new ProblemError('referral-state', { more: { state: before.referral.state } })
  }
}

const added = (demands: ReferralPrepared['demands']): Demand[] => demands.map((one) => ({ ...one, from: 'added' }))
