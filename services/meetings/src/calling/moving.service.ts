/** A meeting is moved, or called off (CP-33): everybody who was asked is told, in the same entry of their calendars. */
import { Inject, Injectable } from '@nestjs/common'
import type { MeetingCancelled, MeetingMoved } from '@tirek/contract/forms/meeting'
import { Changes, type Asked } from '@tirek/proceedings/changes'
import { DirectoryViews } from '@tirek/proceedings/directory'
import type { z } from 'zod'
import { STANDS_FOR, type Answer, type Changing, type MeetingChanges } from '../record/kind.ts'
import { mailAll } from './mails.ts'
import type { MeetingEntity } from './meeting.entity.ts'
import { mustBe, mustGoOn, mustLieAhead, timeOf, whereOf, type Time } from './state.ts'

@Injectable()
export class MovingService {
  constructor(
    @Inject(Changes) private readonly changes: MeetingChanges,
    @Inject(DirectoryViews) private readonly directory: DirectoryViews,
  ) {}

  /** Another time asks everybody anew, in the same entry of their calendars; another place alone asks nobody. */
  move(id: string, version: number, form: z.output<typeof MeetingMoved>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'moved', stands: STANDS_FOR.meeting, version, form }, asked, async (change) => {
      const { meeting } = change.loaded
      mustBe(meeting, ['called'])
      mustGoOn(change)
      mustLieAhead(form, change.now)
      await this.moveTo(change, form, { ...whereOf(form), reason: form.reason })
    })
  }

  async moveTo(
    change: Changing,
    time: Time,
    more: Partial<Pick<MeetingEntity, 'place' | 'video' | 'reason'>>,
    kind: 'meeting-changed' | 'meeting-not-held' = 'meeting-changed',
  ): Promise<void> {
    const { meeting, invitees } = change.loaded
    const was = { startsAt: meeting.startsAt, endsAt: meeting.endsAt, ...(meeting.place !== null && { place: meeting.place }) }
    const to = timeOf(time)
    const isMoved = to.startsAt !== was.startsAt || to.endsAt !== was.endsAt
    Object.assign(meeting, to, more, isMoved ? { sequence: meeting.sequence + 1, since: change.now } : {})
    await mailAll(change, await this.directory.organisationName(meeting.organisation), invitees, {
      kind,
      nth: isMoved ? `${meeting.sequence}` : `${meeting.sequence}.${meeting.version + 1}`,
      method: 'REQUEST',
      asks: true,
      was,
    })
  }

  cancel(id: string, version: number, form: z.output<typeof MeetingCancelled>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'cancelled', stands: STANDS_FOR.meeting, version, form }, asked, async (change) => {
      mustBe(change.loaded.meeting, ['draft', 'called'])
      await this.callOff(change, form.reason, 'meeting-cancelled')
    })
  }

  /** It will not be: those who were asked are told, and their calendars give it up. */
  async callOff(change: Changing, reason: string, kind: 'meeting-cancelled' | 'meeting-not-held'): Promise<void> {
    const { meeting, invitees } = change.loaded
    const wereAsked = meeting.state === 'called'
    Object.assign(meeting, { state: 'cancelled', reason, sequence: meeting.sequence + 1 })
    if (wereAsked)
      await mailAll(change, await this.directory.organisationName(meeting.organisation), invitees, {
        kind,
        nth: `${meeting.sequence}`,
        method: 'CANCEL',
      })
  }
}
