/** An answer that was given by phone is written down by a worker (CP-31). */
import { Inject, Injectable } from '@nestjs/common'
import type { AnswerByPhone } from '@tirek/contract/forms/meeting'
import type { z } from 'zod'
import { badField, mustBe } from '../calling/state.ts'
import { Changes, type Asked } from '@tirek/proceedings/changes'
import { STANDS_FOR, type Answer, type MeetingChanges } from '../record/kind.ts'
import { AnswerEntity } from './answer.entity.ts'

@Injectable()
export class PhoneService {
  constructor(@Inject(Changes) private readonly changes: MeetingChanges) {}

  /** Nothing can be overwritten by it, so no version is compared: the latest answer counts, whoever wrote down which. */
  answer(id: string, form: z.output<typeof AnswerByPhone>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'answered', stands: STANDS_FOR.meeting, form }, asked, async ({ loaded, tx, now, who }) => {
      const { meeting, invitees, answers } = loaded
      mustBe(meeting, ['called'])
      if (!invitees.some((one) => one.id === form.invitee)) throw badField(['form', 'invitee'], 'not-of-meeting')
      const answer: AnswerEntity = {
        key: `phone/${who.person}/${asked.key}`,
        meeting: meeting.id,
        caseId: meeting.caseId,
        invitee: form.invitee,
        by: 'phone',
        answer: form.answer,
        comment: form.comment ?? null,
        sequence: meeting.sequence,
        at: now,
        recordedAt: now,
        recordedBy: who.person,
      }
      await tx.insert(AnswerEntity, answer)
      answers.push(answer)
    })
  }
}
