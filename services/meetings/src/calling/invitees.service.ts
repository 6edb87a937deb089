/** Who is asked to come: taken in, looked up in the directory, invited later, taken back (CP-31). */
import { Inject, Injectable } from '@nestjs/common'
import type { InviteeAdded, InviteeRemoved, NewInvitee } from '@tirek/contract/forms/meeting'
import type { CaseDecision } from '@tirek/contract/proceedings'
import { Changes, type Asked } from '@tirek/proceedings/changes'
import { isWithheld } from '@tirek/proceedings/decisions'
import { DirectoryViews } from '@tirek/proceedings/directory'
import { randomUUID } from 'node:crypto'
import { IsNull, Not, type EntityManager } from 'typeorm'
import type { z } from 'zod'
import { STANDS_FOR, type Answer, type Changing, type MeetingChanges } from '../record/kind.ts'
import { InviteeEntity } from './invitee.entity.ts'
import { mailAll } from './mails.ts'
import type { MeetingEntity } from './meeting.entity.ts'
import { badField, mustBe, mustGoOn } from './state.ts'

@Injectable()
export class InviteesService {
  constructor(
    @Inject(Changes) private readonly changes: MeetingChanges,
    @Inject(DirectoryViews) private readonly directory: DirectoryViews,
  ) {}

  invite(id: string, version: number, form: z.output<typeof InviteeAdded>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'invited', stands: STANDS_FOR.meeting, version, form }, asked, async (change) => {
      const { meeting, invitees } = change.loaded
      mustBe(meeting, ['draft', 'called'])
      mustGoOn(change)
      const added = await this.take(change, form.invitee, 1 + Math.max(-1, ...invitees.map(({ position }) => position)), [
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
  uninvite(id: string, version: number, form: z.output<typeof InviteeRemoved>, asked: Asked): Promise<Answer> {
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
  async lookUp({ tx, decision }: Changing, one: InviteeEntity, position: number): Promise<void> {
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

  /** Nobody is written to yet. `path`: where they stand in what was sent. */
  async take(change: Changing, asked: NewInvitee, position: number, path: PropertyKey[]): Promise<InviteeEntity> {
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
}

/** An address that was taken back has had a CANCEL: its calendar hears that it is invited again by a higher sequence alone (RFC 5546). */
async function aheadOf(tx: EntityManager, { id }: MeetingEntity, email: string | null): Promise<number> {
  if (email === null) return 0
  const gone = await tx.find(InviteeEntity, { where: { meeting: id, uninvitedAt: Not(IsNull()) } })
  const last = Math.max(0, ...gone.filter((one) => one.email?.toLowerCase() === email.toLowerCase()).map((one) => one.calendarAhead))
  // Nothing had been asked yet when it was taken out of a draft.
  return last === 0 ? 0 : last + 1
}
