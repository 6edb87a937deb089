/** A meeting is called, moved, cancelled, and more are invited (CP-30, CP-31, CP-33). */
import { Inject, Injectable } from '@nestjs/common'
import {
  MeetingCalled,
  MeetingCancelled,
  MeetingConfirmed,
  MeetingMoved,
  InviteeAdded,
  InviteeRemoved,
  type NewInvitee,
} from '@tirek/contract/forms/meeting'
import { msOf } from '@tirek/contract/forms/fields'
import type { CaseDecision } from '@tirek/contract/proceedings'
import { dayOf } from '@tirek/procedure/time'
import { ProblemError } from '@tirek/platform/problem'
import { randomBytes, randomUUID } from 'node:crypto'
import { IsNull, Not, type EntityManager } from 'typeorm'
import { z } from 'zod'
import { Changes, type Asked } from '@tirek/proceedings/changes'
import { STANDS_FOR, type Answer, type Changing, type MeetingChanges } from '../record/kind.ts'
import { Decisions, isWithheld, mayAct } from '@tirek/proceedings/decisions'
import { DirectoryViews } from '@tirek/proceedings/directory'
import { Host } from '@tirek/proceedings/host'
import { InviteeEntity } from './invitee.entity.ts'
import { mailAll } from './mails.ts'
import { MeetingEntity } from './meeting.entity.ts'

type Form<S extends z.ZodType> = z.output<S>
type Time = { startsAt: string; endsAt: string }

@Injectable()
export class CallingService {
  constructor(
    @Inject(Changes) private readonly changes: MeetingChanges,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(DirectoryViews) private readonly directory: DirectoryViews,
    @Inject(Host) private readonly host: Host,
  ) {}

  /** CP-30: by a worker or psychologist with the supervisor's agreement, or by the supervisor. */
  async call(form: MeetingCalled, asked: Asked): Promise<Answer> {
    const decision = await this.decisions.mustSee(asked.who, form.caseId)
    if (!mayAct(decision, STANDS_FOR.meeting)) throw new ProblemError('not-allowed')
    mustGoOn({ decision })
    const agreed = await this.#agreement(form, asked, decision)
    if (form.coordinator) await this.mustBeSuperior(form.coordinator, decision, { schema: MeetingCalled })
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
      for (const [position, one] of form.invitees.entries()) await this.#invite(change, one, position, ['invitees', position])
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
  confirm(id: string, version: number, form: Form<typeof MeetingConfirmed>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'confirmed', stands: STANDS_FOR.meeting, version, form }, asked, async (change) => {
      const { loaded, now, who } = change
      mustBe(loaded.meeting, ['draft'])
      mustGoOn(change)
      mustLieAhead(form, now)
      for (const [position, one] of loaded.invitees.entries()) await this.#lookUp(change, one, position)
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

  /** Another time asks everybody anew, in the same entry of their calendars; another place alone asks nobody. */
  move(id: string, version: number, form: Form<typeof MeetingMoved>, asked: Asked): Promise<Answer> {
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

  cancel(id: string, version: number, form: Form<typeof MeetingCancelled>, asked: Asked): Promise<Answer> {
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

  invite(id: string, version: number, form: Form<typeof InviteeAdded>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'invited', stands: STANDS_FOR.meeting, version, form }, asked, async (change) => {
      const { meeting, invitees } = change.loaded
      mustBe(meeting, ['draft', 'called'])
      mustGoOn(change)
      const added = await this.#invite(change, form.invitee, 1 + Math.max(-1, ...invitees.map(({ position }) => position)), [
        'form',
        'invitee',
      ])
      if (meeting.state === 'called')
        await mailAll(change, await this.directory.organisationName(meeting.organisation), [added], {
          kind: 'meeting-invited',
          nth: `${meeting.sequence}`,
          method: 'REQUEST',
          asks: true,
        })
    })
  }

  /** They alone are told, that they need not come. Their link ends with the mail, and their calendar gives the meeting up. */
  uninvite(id: string, version: number, form: Form<typeof InviteeRemoved>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'uninvited', stands: STANDS_FOR.meeting, version, form }, asked, async (change) => {
      const { loaded, tx, now } = change
      const { meeting } = loaded
      mustBe(meeting, ['draft', 'called'])
      const one = loaded.invitees.find(({ id: of }) => of === form.invitee)
      if (!one) throw badField(['form', 'invitee'], 'not-of-meeting')
      if (loaded.invitees.length === 1) throw badField(['form', 'invitee'], 'at-least-one')
      // Calendars pass over a CANCEL that is no higher than what they have; nobody else's entry changes.
      if (meeting.state === 'called') one.calendarAhead++
      await tx.update(InviteeEntity, { id: one.id }, { uninvitedAt: now, calendarAhead: one.calendarAhead })
      loaded.invitees = loaded.invitees.filter((other) => other !== one)
      if (meeting.state === 'called')
        await mailAll(change, await this.directory.organisationName(meeting.organisation), [one], {
          kind: 'meeting-uninvited',
          nth: `${meeting.sequence}`,
          method: 'CANCEL',
        })
    })
  }

  /** Weeks after they were copied: addresses, and whether files may go there, are those of the directory now. */
  async #lookUp({ tx, decision }: Changing, one: InviteeEntity, position: number): Promise<void> {
    if (one.who === 'family') return
    if (one.who === 'agency') await this.#mustBeTold(one.of!, decision, ['form', 'invitees', position, 'agency'])
    const found =
      one.who === 'agency'
        ? await this.directory.agency(one.of!, one.contact ?? undefined)
        : await this.directory.person(one.of!, decision.organisation)
    // Nobody is written to at an address that the directory does not know any more: taken back, or invited anew.
    if (!found) throw badField(['form', 'invitees', position, one.who], 'not-in-directory')
    Object.assign(one, found)
    await tx.update(InviteeEntity, { id: one.id }, found)
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

  async #invite(change: Changing, asked: NewInvitee, position: number, path: PropertyKey[]): Promise<InviteeEntity> {
    const { tx, now, loaded, decision } = change
    if (asked.who === 'agency') await this.#mustBeTold(asked.agency, decision, [...path, 'agency'])
    const found =
      asked.who === 'family'
        ? {
            name: asked.name,
            organisationName: null,
            email: asked.email ?? null,
            phone: asked.phone ?? null,
            lang: asked.lang,
            mayReceiveFiles: false,
          }
        : asked.who === 'agency'
          ? await this.directory.agency(asked.agency, asked.contact)
          : await this.directory.person(asked.person, decision.organisation)
    if (!found) throw badField([...path, asked.who], 'not-in-directory')
    const one: InviteeEntity = {
      id: randomUUID(),
      meeting: loaded.meeting.id,
      caseId: loaded.meeting.caseId,
      who: asked.who,
      of: asked.who === 'agency' ? asked.agency : asked.who === 'person' ? asked.person : null,
      contact: asked.who === 'agency' ? (asked.contact ?? null) : null,
      role: asked.role,
      needed: asked.needed,
      addedAt: now,
      position,
      uninvitedAt: null,
      calendarAhead: await aheadOf(tx, loaded.meeting, found.email),
      ...found,
    }
    await tx.insert(InviteeEntity, one)
    loaded.invitees.push(one)
    return one
  }

  /** RT-03: an agency that the family refuses, and that no duty tells, is not asked to speak of it. */
  async #mustBeTold(agency: string, decision: CaseDecision, path: PropertyKey[]): Promise<void> {
    if (isWithheld(decision, await this.directory.kindOfAgency(agency))) throw badField(path, 'sharing-refused')
  }

  /** CP-51: the superior manager or a supervisor of the organisation that leads the case. */
  async mustBeSuperior(person: string, { organisation }: CaseDecision, read: { schema: z.ZodType; at?: string[] }): Promise<void> {
    if (await this.directory.maySupervise(person, organisation)) return
    const path = [...(read.at ?? []), 'coordinator']
    throw new ProblemError('bad-input', { issues: [{ code: 'custom', message: 'not-superior', path }], read })
  }

  async #agreement(form: MeetingCalled, { who }: Asked, decision: CaseDecision): Promise<MeetingCalled['agreement']> {
    if (form.agreement) {
      if (!(await this.directory.maySupervise(form.agreement.supervisor, decision.organisation)))
        throw badField(['agreement', 'supervisor'], 'not-in-directory')
      return form.agreement
    }
    if (who.role !== 'supervisor' && who.role !== 'head') throw new ProblemError('agreement-needed')
    return { supervisor: who.person, day: dayOf(this.host.now()) }
  }
}

/** An address that was taken back has had a CANCEL: by a lower sequence its calendar would not hear that it is invited again. */
async function aheadOf(tx: EntityManager, { id }: MeetingEntity, email: string | null): Promise<number> {
  if (email === null) return 0
  const gone = await tx.find(InviteeEntity, { where: { meeting: id, uninvitedAt: Not(IsNull()) } })
  return Math.max(0, ...gone.filter((one) => one.email?.toLowerCase() === email.toLowerCase()).map((one) => one.calendarAhead))
}

const timeOf = ({ startsAt, endsAt }: Time) => ({ startsAt: msOf(startsAt), endsAt: msOf(endsAt) })
const whereOf = (form: { place?: string | undefined; video?: string | undefined }) => ({
  place: form.place ?? null,
  video: form.video ?? null,
})

export function mustBe(meeting: MeetingEntity, states: readonly MeetingEntity['state'][]): void {
  if (!states.includes(meeting.state)) throw new ProblemError('meeting-state', { more: { state: meeting.state } })
}

/** Nobody is asked to come for a case that has ended. */
export function mustGoOn({ decision }: Pick<Changing, 'decision'>): void {
  if (decision.ended) throw new ProblemError('meeting-state', { more: { state: 'ended' } })
}

export function mustLieAhead(form: Time, now: number, at: readonly string[] = []): void {
  if (msOf(form.startsAt) <= now) throw badField([...at, 'startsAt'], 'in-past')
}

export const badField = (path: PropertyKey[], message: string) =>
  new ProblemError('bad-input', { issues: [{ code: 'custom', message, path }] })
