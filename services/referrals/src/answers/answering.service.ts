/** An answer is written down by a worker, or given by the body itself by the link of its mail (CP-54). */
import { Inject, Injectable } from '@nestjs/common'
import { msOf } from '@tirek/contract/forms/fields'
import type { ReferralAnswerNoted } from '@tirek/contract/forms/referral'
import type { ReferralAnswerByLink, ReferralAnswerTaken, ReferralAsking } from '@tirek/contract/referrals'
import type { ReferralMailNews, ReferralReplyNews } from '@tirek/contract/referral-mails'
import type { MailState } from '@tirek/contract/mails'
import type { Clock } from '@tirek/platform/clock'
import { ProblemError } from '@tirek/platform/problem'
import { isAwaited } from '@tirek/procedure/referrals/facts'
import { answersOf } from '@tirek/procedure/referrals/order'
import { Changes, saveProceeding, type Asked } from '@tirek/proceedings/changes'
import { DirectoryViews } from '@tirek/proceedings/directory'
import { noticeOf } from '@tirek/proceedings/notice'
import { tell, type Told } from '@tirek/proceedings/outbox'
import { sqlOf, Store } from '@tirek/proceedings/store'
import { CLOCK, WORK } from '@tirek/proceedings/tokens'
import { isDeepStrictEqual } from 'node:util'
import type { EntityManager } from 'typeorm'
import { REFERRAL, STANDS_FOR, type Answer, type ReferralChanges } from '../record/kind.ts'
import { load, type Loaded } from '../record/loaded.ts'
import { MailEntity } from '../record/parts.entities.ts'
import { badField, become, mustAllow } from '../record/state.ts'
import { take } from './taking.ts'

/** Of two states of one instant the later one in this order holds. */
const ORDER: readonly MailState[] = ['queued', 'doubtful', 'accepted', 'failed', 'bounced', 'locked', 'opened', 'confirmed']

@Injectable()
export class AnsweringService {
  constructor(
    @Inject(Changes) private readonly changes: ReferralChanges,
    @Inject(WORK) private readonly work: Store,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DirectoryViews) private readonly directory: DirectoryViews,
  ) {}

  note(id: string, version: number, form: ReferralAnswerNoted, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'answered', stands: STANDS_FOR.answer, version, form }, asked, async (change) => {
      const { loaded, tx, now, who, told } = change
      mustAllow(loaded.referral, 'answered')
      const { answeredAt, ...content } = form
      const at = answeredAt === undefined ? now : msOf(answeredAt)
      if (at > now) throw badField(['form', 'answeredAt'], 'in-future')
      if (at < loaded.sendings[0]!.at) throw badField(['form', 'answeredAt'], 'before-sending')
      told.push(...(await take(tx, loaded, { key: `person/${who.person}/${asked.key}`, content, at, now, person: who.person }, ['form'])))
    })
  }

  /** By the link. Told again it is answered as before, also when it says something else now; one that nothing is awaited of any more stays as it is. */
  byLink({ key, referral: id, at, form }: ReferralAnswerByLink): Promise<ReferralAnswerTaken> {
    return this.work.asItself(async (tx) => {
      const loaded = await load(tx, id, true)
      if (!loaded) throw new ProblemError('not-found')
      const { referral } = loaded
      const held = loaded.answers.find((one) => one.key === key)?.content
      if (held) {
        const isSame = isDeepStrictEqual(held, JSON.parse(JSON.stringify(form)))
        const { answer, newDay } = held
        return { taken: isSame, state: referral.state, ...(!isSame && { held: { answer, ...(newDay && { newDay }) } }) }
      }
      if (!isAwaited(referral.state)) return { taken: false, state: referral.state }
      const now = this.clock.now()
      const told = await take(tx, loaded, { key, content: form, at: Math.min(at, now), now }, ['form'])
      await this.#save(tx, loaded, told, now)
      return { taken: true, state: referral.state }
    })
  }

  asking(id: string): Promise<ReferralAsking> {
    return this.work.asItself(async (tx) => {
      const referral = (await load(tx, id))?.referral
      if (!referral) throw new ProblemError('not-found')
      const { caseNumber, body, question, state, dueDay } = referral
      const answersOffered = isAwaited(state) ? [...answersOf(body, question)] : []
      return { referral: id, caseNumber, body, question, state, ...(dueDay !== null && { dueDay }), answersOffered }
    })
  }

  /** What became of a mail; each once, in any order. Returns whether it was new. */
  news({ key, mail: of, referral: id, state, at, copies }: ReferralMailNews): Promise<boolean> {
    return this.work.asItself(async (tx) => {
      const now = this.clock.now()
      if (!(await this.#isFresh(tx, key, now))) return false
      const loaded = await load(tx, id, true)
      const mail = loaded?.mails.find((one) => one.key === of)
      if (!loaded || !mail) return true
      const isLater = at > mail.at || (at === mail.at && ORDER.indexOf(state) > ORDER.indexOf(mail.state))
      const most = Math.max(copies, mail.copies)
      if (!isLater && most === mail.copies) return true
      Object.assign(mail, isLater ? { state, at, copies: most } : { copies: most })
      await tx.update(MailEntity, { key: of }, { state: mail.state, at: mail.at, copies: mail.copies })
      this.#received(loaded, state, now)
      await this.#save(tx, loaded, [], now)
      return true
    })
  }

  /** The body replied by a plain mail: whoever leads the case is told, once. Returns whether it was new. */
  replied({ key, referral: id }: ReferralReplyNews): Promise<boolean> {
    return this.work.asItself(async (tx) => {
      const now = this.clock.now()
      if (!(await this.#isFresh(tx, key, now))) return false
      const loaded = await load(tx, id, true)
      if (!loaded) return true
      const step = { row: 'reply-came', key: `reply-came/${key}`, at: now, whom: 'case-manager' } as const
      await this.#save(tx, loaded, [{ kind: 'notice', payload: noticeOf(REFERRAL, loaded.referral, [step], now) }], now)
      return true
    })
  }

  async #isFresh(tx: EntityManager, key: string, now: number): Promise<boolean> {
    const sql = sqlOf(tx)
    const fresh = await sql('INSERT INTO referrals.news (key, taken_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING key', [key, now])
    return fresh.length > 0
  }

  /** The button that confirms the receipt. */
  #received({ referral }: Loaded, state: MailState, now: number): void {
    if (state !== 'confirmed') return
    referral.receivedAt ??= now
    if (referral.state === 'sent') become(referral, 'received', now)
  }

  async #save(tx: EntityManager, loaded: Loaded, told: readonly Told[], now: number): Promise<void> {
    const { referral } = loaded
    await saveProceeding(tx, REFERRAL, this.directory, loaded, referral.version)
    const of = { id: referral.id, caseId: referral.caseId, version: referral.factsVersion, now }
    await tell(sqlOf(tx), REFERRAL, of, [...told, { kind: 'facts' }])
  }
}
