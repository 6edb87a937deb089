/** Mail that nobody could match is looked at by a person (CP-31): it is somebody's answer, or it is set aside. Each once. */
import { Inject, Injectable } from '@nestjs/common'
import type { MAIL_SETTLED } from '@tirek/contract/forms/meeting-codes'
import type { MailAnswered, MailSetAside } from '@tirek/contract/forms/meeting'
import type { MeetingMails } from '@tirek/contract/meetings'
import type { Who } from '@tirek/platform/auth'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { Changes, type Asked } from '@tirek/proceedings/changes'
import { Decisions, mayAct } from '@tirek/proceedings/decisions'
import { sqlOf, Store } from '@tirek/proceedings/store'
import type { z } from 'zod'
import { badField, mustBe } from '../calling/state.ts'
import { STANDS_FOR, type Answer, type Changing, type MeetingChanges } from '../record/kind.ts'
import { askedAtOf } from '../record/loaded.ts'
import { AnswerEntity } from './answer.entity.ts'
import { UnmatchedContent } from './unmatched-content.ts'

/** Of an unmatched mail as its news named it. */
const keyOf = (mail: string): string => `unmatched/${mail}`

@Injectable()
export class MailToSettleService {
  constructor(
    @Inject(Changes) private readonly changes: MeetingChanges,
    @Inject(Store) private readonly store: Store,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(UnmatchedContent) private readonly content: UnmatchedContent,
  ) {}

  /** What it says, for who may settle it: whoever else sees the meeting sees that it came and why. The newest first. */
  async list(id: string, who: Who): Promise<MeetingMails> {
    const caseId = await this.store.caseOf(id)
    if (!caseId) throw new ProblemError('not-found')
    const decision = await this.decisions.mustSee(who, caseId)
    if (!mayAct(decision, STANDS_FOR.meeting)) throw new ProblemError('not-allowed')
    const mails = await this.content.of(id)
    return this.store.asPerson(who.person, [caseId], async (tx) => {
      const sql = sqlOf(tx)
      const rows = await sql('SELECT key, settled_as, settled_by, settled_at FROM meetings.unmatched WHERE meeting = $1', [id])
      const settled = new Map(rows.filter((row) => row['settled_as'] !== null).map((row) => [row['key'] as string, row]))
      await this.trail.record([{ who, what: 'read-unmatched-mail', why: decision.relations[0], caseId, about: id }], sql)
      return {
        items: mails.map(({ meeting: _, caseId: __, ...mail }) => {
          const row = settled.get(keyOf(mail.id))
          return {
            ...mail,
            ...(row && {
              settled: {
                as: row['settled_as'] as keyof typeof MAIL_SETTLED,
                by: row['settled_by'] as string,
                at: Number(row['settled_at']),
              },
            }),
          }
        }),
      }
    })
  }

  /** Given when it came in: an answer that came by another way after it counts before it. Nothing is overwritten, so no version is compared. */
  answered(id: string, form: z.output<typeof MailAnswered>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'mail-answered', stands: STANDS_FOR.meeting, form }, asked, async (change) => {
      const { loaded, tx, now, who } = change
      const { meeting, invitees, answers } = loaded
      mustBe(meeting, ['called'])
      const invitee = invitees.find((one) => one.id === form.invitee)
      if (!invitee) throw badField(['form', 'invitee'], 'not-of-meeting')
      const at = await this.#settle(change, form.mail, 'answer')
      if (at < askedAtOf(meeting, invitee)) throw badField(['form', 'mail'], 'mail-of-before')
      const answer: AnswerEntity = {
        key: `mail/${form.mail}`,
        meeting: meeting.id,
        caseId: meeting.caseId,
        invitee: invitee.id,
        by: 'mail',
        answer: form.answer,
        comment: form.comment ?? null,
        sequence: meeting.sequence,
        at,
        recordedAt: now,
        recordedBy: who.person,
      }
      await tx.insert(AnswerEntity, answer)
      answers.push(answer)
    })
  }

  setAside(id: string, form: z.output<typeof MailSetAside>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'mail-set-aside', stands: STANDS_FOR.meeting, form }, asked, async (change) => {
      await this.#settle(change, form.mail, 'set-aside')
    })
  }

  /** Once: whoever comes second is told. Returns when it came in. */
  async #settle({ sql, loaded, who, now }: Changing, mail: string, as: keyof typeof MAIL_SETTLED): Promise<number> {
    const [row] = await sql(
      'UPDATE meetings.unmatched SET settled_as = $3, settled_by = $4, settled_at = $5 WHERE key = $1 AND meeting = $2 AND settled_as IS NULL RETURNING at',
      [keyOf(mail), loaded.meeting.id, as, who.person, now],
    )
    if (!row) throw badField(['form', 'mail'], 'mail-not-open')
    return Number(row['at'])
  }
}
