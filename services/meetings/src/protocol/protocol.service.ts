/** The protocol (CP-32, CP-34): written, approved and so final, sent to all who took part, corrected by another version. */
import { Inject, Injectable } from '@nestjs/common'
import { DEMANDS } from '@tirek/contract/forms/meeting-codes'
import type { ProtocolContent, ProtocolCorrected, ProtocolHanded } from '@tirek/contract/forms/meeting'
import { decidesToClose } from '@tirek/contract/forms/meeting'
import { msOf } from '@tirek/contract/forms/fields'
import { dayOf } from '@tirek/procedure/time'
import { ProblemError } from '@tirek/platform/problem'
import { randomInt } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { CallingService } from '../calling/calling.service.ts'
import { badField, mustBe } from '../calling/state.ts'
import { mailAll } from '../calling/mails.ts'
import { Changes, type Asked } from '@tirek/proceedings/changes'
import { isWithheld } from '@tirek/proceedings/decisions'
import { STANDS_FOR, type Answer, type Changing, type MeetingChanges } from '../record/kind.ts'
import { DirectoryViews } from '@tirek/proceedings/directory'
import type { Loaded } from '../record/loaded.ts'
import { actFor } from './act-for.ts'
import { ProtocolFiles } from './files.ts'
import { ProtocolEntity, type ProtocolRecipient } from './protocol.entity.ts'

@Injectable()
export class ProtocolService {
  constructor(
    @Inject(Changes) private readonly changes: MeetingChanges,
    @Inject(CallingService) private readonly calling: CallingService,
    @Inject(DirectoryViews) private readonly directory: DirectoryViews,
    @Inject(ProtocolFiles) private readonly files: ProtocolFiles,
  ) {}

  write(id: string, version: number, content: ProtocolContent, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'protocol-written', stands: STANDS_FOR.protocol, version, form: content }, asked, async (change) => {
      const { loaded, tx, now, who } = change
      mustBe(loaded.meeting, ['held'])
      const protocol = loaded.protocol!
      if (protocol.state === 'approved') throw new ProblemError('protocol-final')
      this.mustNameOwn(loaded, content)
      this.#mustStand(change, protocol.content, content)
      change.fields.push(...fieldsChanged(protocol.content, content))
      Object.assign(protocol, { content, writtenBy: who.person, writtenAt: now })
      await tx.update(
        ProtocolEntity,
        { meeting: id, version: protocol.version, state: 'written' },
        { content: content as never, writtenBy: who.person, writtenAt: now },
      )
    })
  }

  /** CP-34: only when it is whole. It gets its number and goes to all who took part; the family is told; the next meeting is drafted. */
  approve(id: string, version: number, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'protocol-approved', stands: STANDS_FOR.protocol, version, form: {} }, asked, async (change) => {
      const { loaded, now } = change
      mustBe(loaded.meeting, ['held'])
      const protocol = loaded.protocol!
      if (protocol.state === 'approved') throw new ProblemError('protocol-final')
      mustBeWhole(protocol.content)
      Object.assign(protocol, { number: await this.#number(change), ...(await this.#approval(change, protocol.content)) })
      await this.#approved(change, protocol)
      await this.#send(change, protocol, 'protocol')
      change.told.push(
        actFor(
          change,
          { kind: 'protocol-approved', form: { meeting: id, number: protocol.number!, text: this.inWords(loaded, protocol.content) } },
          now,
        ),
      )
      if (protocol.content.next && !decidesToClose(protocol.content) && !change.decision.ended)
        await this.calling.draftNext(change, protocol.content.next)
    })
  }

  correct(id: string, version: number, form: z.output<typeof ProtocolCorrected>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'protocol-corrected', stands: STANDS_FOR.protocol, version, form }, asked, async (change) => {
      const { loaded, tx, who, now } = change
      mustBe(loaded.meeting, ['held'])
      const before = loaded.protocol!
      if (before.state !== 'approved') throw new ProblemError('protocol-not-approved')
      const { changed, ...content } = form
      this.mustNameOwn(loaded, content)
      this.#mustStand(change, before.content, content)
      mustBeWhole(content)
      change.fields.push(...fieldsChanged(before.content, content))
      const protocol: ProtocolEntity = {
        ...before,
        version: before.version + 1,
        content,
        changed,
        writtenBy: who.person,
        writtenAt: now,
        ...(await this.#approval(change, content)),
      }
      await tx.insert(ProtocolEntity, protocol)
      loaded.protocol = protocol
      await this.#send(change, protocol, 'protocol-corrected')
    })
  }

  /** No mail reached them, or they have no address: handed over another way. */
  handed(id: string, form: z.output<typeof ProtocolHanded>, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'protocol-handed', stands: STANDS_FOR.protocol, form }, asked, async ({ loaded, tx, now, who }) => {
      const { protocol } = loaded
      if (protocol?.state !== 'approved') throw new ProblemError('protocol-not-approved')
      if (form.day > dayOf(now)) throw badField(['form', 'day'], 'in-future')
      const recipient = protocol.recipients.find(({ invitee }) => invitee === form.invitee)
      if (!recipient) throw badField(['form', 'invitee'], 'not-of-meeting')
      recipient.handed = { way: form.way, day: form.day, at: now, by: who.person }
      await tx.update(ProtocolEntity, { meeting: id, version: protocol.version }, { recipients: protocol.recipients })
    })
  }

  /** Whoever it names was invited. */
  mustNameOwn({ invitees }: Loaded, { attendance, measures, dissent }: ProtocolContent): void {
    const own = new Set(invitees.map(({ id }) => id))
    for (const [list, all] of Object.entries({ attendance, measures, dissent }))
      for (const [n, { invitee }] of all.entries())
        if (invitee !== undefined && !own.has(invitee)) throw badField(['form', list, n, 'invitee'], 'not-of-meeting')
  }

  /**
   * CP-53: what a review decided stands in the case since it was held, and what follows from it has begun. The day of the next one may be put
   * right: the case is told.
   */
  #mustStand(change: Changing, before: ProtocolContent, after: ProtocolContent): void {
    if (change.loaded.meeting.kind !== 'review') return
    if (after.decision !== before.decision) throw badField(['form', 'decision'], 'decided-already')
    const dayOfNext = ({ next }: ProtocolContent) => next && dayOf(msOf(next.startsAt))
    const day = dayOfNext(after)
    if (day && day !== dayOfNext(before)) change.told.push(actFor(change, { kind: 'review-agreed', form: { day } }, change.now))
  }

  /** CP-58: who demands what, for the case and what it is referred with. */
  opinions({ invitees }: Loaded, { dissent }: ProtocolContent) {
    return dissent.map(({ invitee, demands, reasons }) => {
      const one = invitees.find(({ id }) => id === invitee)
      return { author: `${one?.name ?? ''}, ${one?.role ?? ''}`.slice(0, 300), ...(demands && { demands }), reasons }
    })
  }

  /** Names of those who were there, as the case's act holds them. */
  present({ invitees }: Loaded, { attendance, others }: ProtocolContent): string[] {
    const came = new Set(attendance.filter((one) => one.came).map(({ invitee }) => invitee))
    return [...invitees.filter(({ id }) => came.has(id)).map(({ name, role }) => `${name}, ${role}`.slice(0, 300)), ...others].slice(0, 60)
  }

  /** The decisions in words, for the timeline and the personal file of the case. */
  inWords({ invitees }: Loaded, content: ProtocolContent): string {
    const nameOf = (id: string | undefined) => invitees.find((one) => one.id === id)?.name
    return [
      ...content.needs.map((need) => `Потребность: ${need}`),
      ...content.measures.map(({ action, invitee, responsible, due }) => `Мера: ${action}. ${nameOf(invitee) ?? responsible}, до ${due}`),
      ...content.dissent.map(
        ({ invitee, reasons, demands }) => `Особое мнение, ${nameOf(invitee)}: ${reasons}${demands ? ` (${DEMANDS[demands].ru})` : ''}`,
      ),
    ]
      .join('\n')
      .slice(0, 20_000)
  }

  async #approval(change: Changing, { attendance }: ProtocolContent) {
    const { who, now, loaded } = change
    const came = new Set(attendance.filter((one) => one.came).map(({ invitee }) => invitee))
    const untold = await this.#untold(change)
    const recipients: ProtocolRecipient[] = loaded.invitees
      .filter(({ id, who: kind }) => (came.has(id) || kind === 'family') && !untold.has(id))
      .map(({ id, email, mayReceiveFiles }) => ({
        invitee: id,
        ...(email !== null && !mayReceiveFiles && { code: String(randomInt(100_000, 1_000_000)) }),
      }))
    return { state: 'approved' as const, approvedBy: who.person, approvedAt: now, recipients }
  }

  /** RT-03: agencies that the family has refused since they were asked, by the ids of the invitees. */
  async #untold({ decision, loaded }: Changing): Promise<ReadonlySet<string>> {
    const untold = new Set<string>()
    for (const { id, who, of } of loaded.invitees)
      if (who === 'agency' && isWithheld(decision, await this.directory.kindOfAgency(of!))) untold.add(id)
    return untold
  }

  /** Guarded: what is approved is approved once. */
  async #approved({ tx }: Changing, protocol: ProtocolEntity): Promise<void> {
    const { meeting, version, state, number, approvedBy, approvedAt, recipients } = protocol
    const { affected } = await tx.update(
      ProtocolEntity,
      { meeting, version, state: 'written' },
      { state, number, approvedBy, approvedAt, recipients },
    )
    if (affected !== 1) throw new ProblemError('protocol-final')
  }

  /** Attached where the directory marks the address, else behind a link that opens with the code; without an address it is a task of ours. */
  async #send(change: Changing, protocol: ProtocolEntity, kind: 'protocol' | 'protocol-corrected'): Promise<void> {
    const { loaded } = change
    const to = loaded.invitees.filter(({ id }) => protocol.recipients.some(({ invitee }) => invitee === id))
    const made = await this.files.make(change, protocol)
    const pdf = made.find(({ type }) => type === 'application/pdf')!
    const codeOf = (id: string) => protocol.recipients.find(({ invitee }) => invitee === id)?.code
    await mailAll(change, await this.directory.organisationName(loaded.meeting.organisation), to, (one) => {
      const code = codeOf(one.id)
      return {
        kind,
        nth: `v${protocol.version}`,
        receipt: true,
        protocol: { number: protocol.number!, version: protocol.version },
        ...(code ? { file: { id: pdf.id, code } } : { files: made.map(({ id }) => id) }),
      }
    })
  }

  /** `<n>/<year>`, running in the organisation. */
  async #number({ sql, now, loaded }: Changing): Promise<string> {
    const year = Number(dayOf(now).slice(0, 4))
    const [row] = await sql(
      'INSERT INTO meetings.protocol_counter AS c (organisation, year, last) VALUES ($1, $2, 1) ON CONFLICT (organisation, year) DO UPDATE SET last = c.last + 1 RETURNING last',
      [loaded.meeting.organisation, year],
    )
    return `${row!['last']}/${year}`
  }
}

function mustBeWhole({ needs, measures, goesOn, decision }: ProtocolContent): void {
  const missing = [
    ...(needs.length === 0 ? ['needs'] : []),
    ...(measures.length === 0 && !decidesToClose({ goesOn, decision }) ? ['measures'] : []),
  ]
  if (missing.length > 0)
    throw new ProblemError('bad-input', {
      issues: missing.map((name) => ({ code: 'custom', message: 'at-least-one', path: ['form', name] })),
    })
}

const fieldsChanged = (before: ProtocolContent, after: ProtocolContent): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !isDeepStrictEqual(before[name as keyof ProtocolContent], after[name as keyof ProtocolContent]),
  )
