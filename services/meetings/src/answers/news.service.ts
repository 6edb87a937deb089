/** What the notifications service tells: what became of a mail, an answer, mail that a person must look at. Each once, in any order. */
import { Inject, Injectable } from '@nestjs/common'
import type { MailNews, MailState } from '@tirek/contract/mails'
import type { Clock } from '@tirek/platform/clock'
import type { Sql } from '@tirek/platform/database'
import type { EntityManager } from 'typeorm'
import { saveProceeding } from '@tirek/proceedings/changes'
import { DirectoryViews } from '@tirek/proceedings/directory'
import { MEETING } from '../record/kind.ts'
import { load, type Loaded } from '../record/loaded.ts'
import { tell, type Told } from '@tirek/proceedings/outbox'
import { sqlOf, Store } from '@tirek/proceedings/store'
import { CLOCK, WORK } from '@tirek/proceedings/tokens'
import { noticeOf } from '@tirek/proceedings/notice'
import { AnswerEntity } from './answer.entity.ts'
import { MailEntity } from './mail.entity.ts'

/** Of two states of one instant the later one in this order holds. */
const ORDER: readonly MailState[] = ['queued', 'doubtful', 'accepted', 'failed', 'bounced', 'locked', 'opened', 'confirmed']

type News<W extends MailNews['what']> = Extract<MailNews, { what: W }>

@Injectable()
export class NewsService {
  constructor(
    @Inject(WORK) private readonly work: Store,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DirectoryViews) private readonly directory: DirectoryViews,
  ) {}

  /** Returns whether it was new. */
  take(news: MailNews): Promise<boolean> {
    return this.work.asItself(async (tx) => {
      const sql = sqlOf(tx)
      const now = this.clock.now()
      const fresh = await sql('INSERT INTO meetings.news (key, taken_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING key', [
        news.key,
        now,
      ])
      if (fresh.length === 0) return false
      const loaded = news.meeting === undefined ? undefined : await load(tx, news.meeting, true)
      if (news.what === 'unmatched') await this.#unmatched(sql, loaded, news)
      // Of a meeting that is not there, such as one that was erased, nothing is to be known.
      if (!loaded) return true
      const told: Told[] = []
      const isNews =
        news.what === 'state'
          ? await this.#state(tx, loaded, news)
          : news.what === 'answer'
            ? await this.#answer(tx, loaded, news, now)
            : told.push({
                kind: 'notice',
                payload: noticeOf(
                  MEETING,
                  loaded.meeting,
                  [{ row: 'mail-unmatched', key: `mail-unmatched/${news.key}`, at: now, whom: 'case-manager' }],
                  now,
                ),
              }) > 0
      if (!isNews) return true
      await saveProceeding(tx, MEETING, this.directory, loaded, loaded.meeting.version)
      const { id, caseId, factsVersion } = loaded.meeting
      await tell(sql, MEETING, { id, caseId, version: factsVersion, now }, [...told, { kind: 'facts' }])
      return true
    })
  }

  async #state(tx: EntityManager, { mails }: Loaded, news: News<'state'>): Promise<boolean> {
    const mail = mails.find(({ key }) => key === news.mail)
    if (!mail || mail.invitee !== news.invitee) return false
    const isLater = news.at > mail.at || (news.at === mail.at && ORDER.indexOf(news.state) > ORDER.indexOf(mail.state))
    const copies = Math.max(mail.copies, news.copies)
    if (!isLater && copies === mail.copies) return false
    Object.assign(mail, isLater ? { state: news.state, at: news.at, copies } : { copies })
    await tx.update(MailEntity, { key: mail.key }, { state: mail.state, at: mail.at, copies: mail.copies })
    return true
  }

  /** Kept whatever it is: whether it counts is computed, so that the order in which answers come in changes nothing. */
  async #answer(tx: EntityManager, { meeting, invitees, answers }: Loaded, news: News<'answer'>, now: number): Promise<boolean> {
    const one = invitees.find(({ id }) => id === news.invitee)
    if (!one) return false
    const answer: AnswerEntity = {
      key: news.key,
      meeting: meeting.id,
      caseId: meeting.caseId,
      invitee: news.invitee,
      by: news.by,
      answer: news.answer,
      comment: news.comment ?? null,
      sequence: news.sequence === undefined ? null : news.sequence - one.calendarAhead,
      at: news.at,
      recordedAt: now,
      recordedBy: null,
    }
    await tx.insert(AnswerEntity, answer)
    answers.push(answer)
    return true
  }

  async #unmatched(sql: Sql, loaded: Loaded | undefined, { key, reason, at }: News<'unmatched'>): Promise<void> {
    await sql('INSERT INTO meetings.unmatched (key, meeting, case_id, reason, at) VALUES ($1, $2, $3, $4, $5)', [
      key,
      loaded?.meeting.id ?? null,
      loaded?.meeting.caseId ?? null,
      reason,
      at,
    ])
  }
}
