/** What follows an answer, or that nothing does: where the child lives, no further body, or the referral is withdrawn (CP-54, CP-57, CP-113). */
import { Inject, Injectable } from '@nestjs/common'
import { msOf } from '@tirek/contract/forms/fields'
import type { ReferralNothingFollows, ReferralPlacement, ReferralWithdrawn } from '@tirek/contract/forms/referral'
import { Changes, type Asked } from '@tirek/proceedings/changes'
import { DirectoryViews } from '@tirek/proceedings/directory'
import { ProblemError } from '@tirek/platform/problem'
import type { z } from 'zod'
import { actFor } from '../record/act-for.ts'
import { STANDS_FOR, type Answer, type ReferralChanges } from '../record/kind.ts'
import { badField, become, mustAllow } from '../record/state.ts'
import { mail } from '../sending/mails.ts'
import { isFollowedAnew } from './followed.ts'

@Injectable()
export class FollowingService {
  constructor(
    @Inject(Changes) private readonly changes: ReferralChanges,
    @Inject(DirectoryViews) private readonly directory: DirectoryViews,
  ) {}

  /** By a person: the day on which the child moved is not that of the decision. The case counts contacts anew from there. */
  placed(id: string, version: number, form: ReferralPlacement, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'placement-confirmed', stands: STANDS_FOR.placement, version, form }, asked, async (change) => {
      const { loaded, now, who, told } = change
      const { referral, answers } = loaded
      mustAllow(referral, 'placement-confirmed')
      if (referral.placement !== 'waiting') throw new ProblemError('referral-state', { more: { state: referral.state } })
      const { from, ...lives } = form
      if (msOf(from) > now) throw badField(['form', 'from'], 'in-future')
      const { documentNumber: decisionNumber, documentDay: decisionDay } = answers.findLast(
        ({ content }) => content.answer === 'decided',
      )!.content
      referral.placement = 'recorded'
      const placed = { ...lives, decisionNumber, decisionDay }
      told.push(actFor(referral, { kind: 'placement-recorded', form: placed, happenedAt: msOf(from) }, who.person))
    })
  }

  nothing(id: string, version: number, form: z.output<typeof ReferralNothingFollows>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'nothing-follows', stands: STANDS_FOR.referral, version, form }, asked, async (change) => {
      const { referral, next } = change.loaded
      mustAllow(referral, 'nothing-follows')
      if (next || referral.placement !== 'none') throw new ProblemError('referral-state', { more: { state: referral.state } })
      Object.assign(referral, { nothingFollows: true, reason: form.reason })
    })
  }

  /** Whoever has it is told, and their link ends. */
  withdraw(id: string, version: number, form: z.output<typeof ReferralWithdrawn>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'withdrawn', stands: STANDS_FOR.referral, version, form }, asked, async (change) => {
      const { loaded, now, who, told, decision } = change
      const { referral, sendings } = loaded
      mustAllow(referral, 'withdrawn')
      referral.reason = form.reason
      become(referral, 'withdrawn', now)
      await isFollowedAnew(change, referral.previous, this.directory, id)
      if (sendings.length === 0) return
      const act = { kind: 'referral-answered' as const, form: { referral: id, answer: 'withdrawn', text: form.reason }, happenedAt: now }
      // The deadline of a case that has ended ended with it.
      if (!decision.ended) told.push(actFor(referral, act, who.person))
      const names = await this.directory.organisationName(referral.organisation)
      told.push(...(await mail(change, names, { kind: 'referral-withdrawn', nth: `${sendings.length}` })))
    })
  }
}
