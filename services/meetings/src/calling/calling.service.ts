/** A meeting is called, or the draft of the next one is made and called (CP-30, CP-34). */
import { Inject, Injectable } from '@nestjs/common'
import { MeetingCalled, type MeetingConfirmed } from '@tirek/contract/forms/meeting'
import { msOf } from '@tirek/contract/forms/fields'
import { ProblemError } from '@tirek/platform/problem'
import { randomBytes, randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { Changes, type Asked } from '@tirek/proceedings/changes'
import { STANDS_FOR, type Answer, type Changing, type MeetingChanges } from '../record/kind.ts'
import { Decisions, mayAct } from '@tirek/proceedings/decisions'
import { DirectoryViews } from '@tirek/proceedings/directory'
import { Host } from '@tirek/proceedings/host'
import { AgreementService } from './agreement.service.ts'
import { InviteeEntity } from './invitee.entity.ts'
import { InviteesService } from './invitees.service.ts'
import { mailAll } from './mails.ts'
import { MeetingEntity } from './meeting.entity.ts'
import { mustBe, mustGoOn, mustLieAhead, timeOf, whereOf, type Time } from './state.ts'

@Injectable()
export class CallingService {
  constructor(
    @Inject(Changes) private readonly changes: MeetingChanges,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(DirectoryViews) private readonly directory: DirectoryViews,
    @Inject(Host) private readonly host: Host,
    @Inject(AgreementService) private readonly agreement: AgreementService,
    @Inject(InviteesService) private readonly inviting: InviteesService,
  ) {}

  /** CP-30: by a worker or psychologist with the supervisor's agreement, or by the supervisor. */
  async call(form: MeetingCalled, asked: Asked): Promise<Answer> {
    const decision = await this.decisions.mustSee(asked.who, form.caseId)
    if (!mayAct(decision, STANDS_FOR.meeting)) throw new ProblemError('not-allowed')
    mustGoOn({ decision })
    const agreed = await this.agreement.of(form, asked, decision)
    if (form.coordinator) await this.agreement.mustBeSuperior(form.coordinator, decision, { schema: MeetingCalled })
    return this.changes.once(asked, decision, form, 201, async (change) => {
      const { now, who, tx } = change
      mustLieAhead(form, now)
      const meeting = await this.#make(change, {
        kind: form.kind,
        state: 'called',
        startsAt: msOf(form.startsAt),
        endsAt: msOf(form.endsAt),
        place: form.place ?? null,
        video: form.video ?? null,
        phone: form.phone ?? null,
        agenda: form.agenda,
        agreedBy: agreed?.supervisor ?? null,
        agreedDay: agreed?.day ?? null,
        coordinator: form.coordinator ?? (form.kind === 'review' ? (agreed?.supervisor ?? null) : null),
        calledBy: who.person,
        calledAt: now,
        previous: null,
      })
      await tx.insert(MeetingEntity, meeting)
      change.loaded = { meeting, invitees: [], answers: [], mails: [] }
      for (const [position, one] of form.invitees.entries()) await this.inviting.take(change, one, position, ['invitees', position])
      await mailAll(change, await this.directory.organisationName(meeting.organisation), change.loaded.invitees, {
        kind: 'meeting-invited',
        nth: '0',
        method: 'REQUEST',
        asks: true,
      })
      await this.changes.save(change, 'called', 0)
    })
  }

  /** CP-34: the draft that the meeting before it made is looked at and called. */
  confirm(id: string, version: number, form: z.output<typeof MeetingConfirmed>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'confirmed', stands: STANDS_FOR.meeting, version, form }, asked, async (change) => {
      const { loaded, now, who } = change
      mustBe(loaded.meeting, ['draft'])
      mustGoOn(change)
      mustLieAhead(form, now)
      for (const [position, one] of loaded.invitees.entries()) await this.inviting.lookUp(change, one, position)
      Object.assign(loaded.meeting, timeOf(form), whereOf(form), {
        agenda: form.agenda,
        state: 'called',
        since: now,
        calledBy: who.person,
        calledAt: now,
      })
      await mailAll(change, await this.directory.organisationName(loaded.meeting.organisation), loaded.invitees, {
        kind: 'meeting-invited',
        nth: '0',
        method: 'REQUEST',
        asks: true,
      })
    })
  }

  /** CP-34: the next date becomes the next meeting by itself; the people are taken along. */
  async draftNext(change: Changing, time: Time): Promise<void> {
    const { tx, loaded } = change
    const { meeting: before, invitees } = loaded
    const meeting = await this.#make(change, {
      kind: before.kind,
      state: 'draft',
      ...timeOf(time),
      place: before.place,
      video: before.video,
      phone: before.phone,
      agenda: before.agenda,
      agreedBy: before.agreedBy,
      agreedDay: before.agreedDay,
      coordinator: before.coordinator,
      calledBy: change.who.person,
      calledAt: null,
      previous: before.id,
    })
    await tx.insert(MeetingEntity, meeting)
    const copied = invitees.map((one): InviteeEntity => ({
      ...one,
      id: randomUUID(),
      meeting: meeting.id,
      addedAt: change.now,
      calendarAhead: 0,
    }))
    if (copied.length > 0) await tx.insert(InviteeEntity, copied)
    const next: Changing = { ...change, loaded: { meeting, invitees: copied, answers: [], mails: [] }, told: [], fields: [] }
    await this.changes.save(next, 'drafted', 0)
  }

  async #make(
    { now, decision }: Changing,
    given: Omit<
      MeetingEntity,
      | 'id'
      | 'caseId'
      | 'caseNumber'
      | 'programme'
      | 'organisation'
      | 'version'
      | 'factsVersion'
      | 'calendar'
      | 'uid'
      | 'agent'
      | 'sequence'
      | 'since'
      | 'heldAt'
      | 'reason'
      | 'manager'
      | 'firstPerson'
      | 'nextStepAt'
      | 'madeAt'
    >,
  ): Promise<MeetingEntity> {
    const id = randomUUID()
    return {
      id,
      caseId: decision.caseId,
      caseNumber: decision.number,
      programme: decision.programme,
      organisation: decision.organisation,
      version: 0,
      factsVersion: 0,
      calendar: await this.directory.currentCalendar(),
      uid: `meeting-${id}@${this.host.name}`,
      agent: `m-${randomBytes(20).toString('hex')}`,
      sequence: 0,
      since: now,
      heldAt: null,
      reason: null,
      manager: decision.manager,
      firstPerson: decision.firstPerson,
      nextStepAt: null,
      madeAt: now,
      ...given,
    }
  }
}
