/** A referral goes out: by mail, or on paper with number and date; again when it did not arrive or more was asked for (CP-54). */
import { Inject, Injectable } from '@nestjs/common'
import type { ReferralSending } from '@tirek/contract/forms/referral'
import { ProblemError } from '@tirek/platform/problem'
import { answerDueDay } from '@tirek/procedure/referrals/due'
import { at0900, dayOf } from '@tirek/procedure/time'
import { Changes, type Asked } from '@tirek/proceedings/changes'
import { mustShareWith } from '@tirek/proceedings/decisions'
import { DirectoryViews } from '@tirek/proceedings/directory'
import { randomInt } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { Agencies } from '../addressing/agencies.ts'
import { isFresh, Packets } from '../packet/packets.ts'
import { actFor } from '../record/act-for.ts'
import { STANDS_FOR, type Answer, type Changing, type ReferralChanges } from '../record/kind.ts'
import type { Addressee, ReferralEntity } from '../record/referral.entity.ts'
import { FileEntity, PacketEntity, SendingEntity } from '../record/parts.entities.ts'
import { badField, become, mustAllow } from '../record/state.ts'
import { mail, onPaper } from './mails.ts'

/**
 * Here and not by the case afterwards, which hears of the first sending alone: by then the packet would be with the body. What went on paper before
 * is written down; the case judges its day.
 */
function mustGo({ decision, loaded: { referral }, now }: Changing, sentAt: number): void {
  if (decision.ended) throw new ProblemError('referral-state', { more: { state: 'ended' } })
  if (sentAt === now) mustShareWith(decision, referral.body)
}

@Injectable()
export class SendingService {
  constructor(
    @Inject(Changes) private readonly changes: ReferralChanges,
    @Inject(DirectoryViews) private readonly directory: DirectoryViews,
    @Inject(Agencies) private readonly agencies: Agencies,
    @Inject(Packets) private readonly packets: Packets,
  ) {}

  send(id: string, version: number, form: ReferralSending, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'sent', stands: STANDS_FOR.referral, version, form }, asked, async (change) => {
      const { loaded, now, decision, told, who } = change
      const { referral } = loaded
      mustAllow(referral, 'sent')
      const isMore = referral.state === 'more-asked-for'
      const sentAt = this.#whenOf(form, now)
      mustGo(change, sentAt)
      if (!isFresh(loaded)) throw new ProblemError('packet-needed')
      await this.#lookUp(change, form)
      if (!(await this.packets.isOfNow(change))) throw new ProblemError('packet-needed')
      const isFirst = loaded.sendings.length === 0
      if (isFirst) {
        referral.dueDay = answerDueDay(referral.body, sentAt, decision.terms, await this.directory.calendar(referral.calendar))
        const act = { kind: 'referral-sent' as const, form: sentForm(referral) }
        told.push(actFor(referral, { ...act, happenedAt: sentAt }, who.person))
      }
      await this.#goOut(change, form, sentAt, isMore)
      become(referral, 'sent', sentAt)
    })
  }

  /** Weeks may have gone by since it was addressed: it goes to nobody else, and no other way, than was shown and the letter names. */
  async #lookUp({ loaded: { referral }, decision }: Changing, { way }: ReferralSending): Promise<void> {
    if (referral.agency === null) return
    const now = await this.agencies.now(referral, decision.territory)
    if (!now) throw new ProblemError('addressee-missing')
    const said = ({ kind, name, contact, lang, email, mayReceiveFiles }: Addressee) => [
      ...[kind, name, contact, lang],
      ...(way === 'mail' ? [email, mayReceiveFiles] : []),
    ]
    if (!referral.addressee || !isDeepStrictEqual(said(now.addressee), said(referral.addressee))) throw new ProblemError('packet-needed')
    referral.addressee = now.addressee
  }

  /** On paper it may have gone before it is written down here. */
  #whenOf({ way, day }: ReferralSending, now: number): number {
    if (way !== 'paper' || day === undefined || day === dayOf(now)) return now
    if (day > dayOf(now)) throw badField(['form', 'day'], 'in-future')
    return at0900(day)
  }

  async #goOut(change: Changing, { way, number, day, addressee }: ReferralSending, at: number, isMore: boolean): Promise<void> {
    const { loaded, tx, now, who, told } = change
    const { referral, sendings } = loaded
    const packet = loaded.packet!
    const to = referral.addressee
    if (way === 'mail' && !to) throw new ProblemError('addressee-missing')
    if (way === 'mail' && to!.email === undefined) throw new ProblemError('no-address')
    if (way === 'paper' && !to && !addressee) throw new ProblemError('addressee-missing')
    const code = way === 'mail' && !to!.mayReceiveFiles ? String(randomInt(100_000, 1_000_000)) : null
    const sending: SendingEntity = {
      ...{ referral: referral.id, n: sendings.length + 1, caseId: referral.caseId, way, at, by: who.person, packet: packet.version },
      number: number ?? (way === 'mail' ? referral.outgoing : null),
      day: day ?? null,
      addressee: addressee ?? null,
      address: way === 'mail' ? to!.email! : null,
      code,
    }
    await tx.insert(SendingEntity, sending)
    sendings.push(sending)
    // From here on it is what the body has.
    packet.frozenAt ??= now
    await tx.update(PacketEntity, { referral: referral.id, version: packet.version }, { frozenAt: packet.frozenAt })
    const names = await this.directory.organisationName(referral.organisation)
    if (way !== 'mail') {
      told.push(...onPaper(change, names))
      return
    }
    const { sha256 } = await tx.findOneOrFail(FileEntity, { where: { id: packet.file } })
    const file = code === null ? { attached: packet.file } : { file: { id: packet.file, code, sha256 } }
    told.push(...(await mail(change, names, { kind: 'referral-sent', nth: `${sending.n}`, isMore, ...file })))
  }
}

const sentForm = ({ id, body, letter, question }: ReferralEntity) => ({
  ...{ referral: id, to: body, subject: letter },
  ...(question === 'examination' && { examination: true as const }),
})
