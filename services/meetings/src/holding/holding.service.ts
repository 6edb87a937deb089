/** Whether a meeting was held, and what it decided (CP-30, CP-53, CP-58). The case learns of it by an act of its own. */
import { Inject, Injectable } from '@nestjs/common'
import { msOf } from '@tirek/contract/forms/fields'
import { decidesToClose, MeetingHeldForm, type MeetingNotHeld } from '@tirek/contract/forms/meeting'
import { dayOf } from '@tirek/procedure/time'
import { ProblemError } from '@tirek/platform/problem'
import type { z } from 'zod'
import { AgreementService } from '../calling/agreement.service.ts'
import { MovingService } from '../calling/moving.service.ts'
import { badField, mustBe, mustGoOn, mustLieAhead } from '../calling/state.ts'
import { hasBegun } from '../calling/meeting.entity.ts'
import { ProtocolEntity } from '../protocol/protocol.entity.ts'
import { ProtocolService } from '../protocol/protocol.service.ts'
import { actFor } from '../protocol/act-for.ts'
import { Changes, type Asked } from '@tirek/proceedings/changes'
import { STANDS_FOR, type Answer, type MeetingChanges } from '../record/kind.ts'

@Injectable()
export class HoldingService {
  constructor(
    @Inject(Changes) private readonly changes: MeetingChanges,
    @Inject(AgreementService) private readonly agreement: AgreementService,
    @Inject(MovingService) private readonly moving: MovingService,
    @Inject(ProtocolService) private readonly protocols: ProtocolService,
  ) {}

  /** Its decisions are the first version of the protocol, which is due from now on (CP-32, a deadline of the case). */
  held(id: string, version: number, form: MeetingHeldForm, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'held', stands: STANDS_FOR.meeting, version, form }, asked, async (change) => {
      const { loaded, now, tx, who, told } = change
      const { meeting } = loaded
      mustBe(meeting, ['called'])
      const { heldAt, coordinator, ...content } = form
      if (!hasBegun(meeting, now)) throw new ProblemError('meeting-not-begun')
      const at = msOf(heldAt)
      if (at > now) throw badField(['form', 'heldAt'], 'in-future')
      if (at < meeting.madeAt) throw badField(['form', 'heldAt'], 'order')
      if (content.next) mustLieAhead(content.next, now, ['form', 'next'])
      if (meeting.kind === 'review' && !content.decision) throw badField(['form', 'decision'], 'required')
      this.protocols.mustNameOwn(loaded, content)
      const coordinated = coordinator ?? meeting.coordinator ?? meeting.agreedBy
      // Looked up now: whoever was to coordinate it weeks ago may supervise here no more.
      if (meeting.kind === 'review' || coordinator) {
        if (!coordinated) throw badField(['form', 'coordinator'], 'required')
        await this.agreement.mustBeSuperior(coordinated, change.decision, { schema: MeetingHeldForm, at: ['form'] })
        meeting.coordinator = coordinated
      }
      Object.assign(meeting, { state: 'held', heldAt: at, reason: null })
      const protocol: ProtocolEntity = {
        meeting: id,
        version: 1,
        caseId: meeting.caseId,
        state: 'written',
        number: null,
        content,
        recipients: [],
        changed: null,
        writtenBy: who.person,
        writtenAt: now,
        approvedBy: null,
        approvedAt: null,
      }
      await tx.insert(ProtocolEntity, protocol)
      loaded.protocol = protocol
      const present = this.protocols.present(loaded, content)
      told.push(
        actFor(
          change,
          meeting.kind === 'review'
            ? {
                kind: 'review-held',
                form: {
                  meeting: id,
                  decision: content.decision,
                  coordinator: meeting.coordinator,
                  present,
                  opinions: this.protocols.opinions(loaded, content),
                  ...(content.next && !decidesToClose(content) && { nextDay: dayOf(msOf(content.next.startsAt)) }),
                  ...(content.reason && { reason: content.reason }),
                },
              }
            : { kind: 'meeting-held', form: { meeting: id, present } },
          at,
        ),
      )
    })
  }

  notHeld(id: string, version: number, form: z.output<typeof MeetingNotHeld>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'not-held', stands: STANDS_FOR.meeting, version, form }, asked, async (change) => {
      mustBe(change.loaded.meeting, ['called'])
      if (!form.next) return this.moving.callOff(change, form.reason, 'meeting-not-held')
      mustGoOn(change)
      mustLieAhead(form.next, change.now, ['form', 'next'])
      await this.moving.moveTo(change, form.next, { reason: form.reason }, 'meeting-not-held')
    })
  }
}
