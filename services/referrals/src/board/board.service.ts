/** What people see of referrals: where each stands, what went out, what became of it, what was answered, and what is possible now. */
import { Inject, Injectable } from '@nestjs/common'
import type { CaseDecision } from '@tirek/contract/proceedings'
import {
  REFERRAL_ACT_KINDS,
  REFERRAL_ACTS,
  type ReferralActKind,
  type ReferralFile,
  type ReferralList,
  type ReferralPage,
  type ReferralSummary,
} from '@tirek/contract/referrals'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { isAwaited, outlivesCase } from '@tirek/procedure/referrals/facts'
import { answersOf, nextBody } from '@tirek/procedure/referrals/order'
import { endOfDay } from '@tirek/procedure/time'
import { Decisions, mayAct } from '@tirek/proceedings/decisions'
import { sqlOf, Store } from '@tirek/proceedings/store'
import { CLOCK } from '@tirek/proceedings/tokens'
import { In, type EntityManager } from 'typeorm'
import { isFresh } from '../packet/packets.ts'
import { STANDS_FOR } from '../record/kind.ts'
import { load, type Loaded } from '../record/loaded.ts'
import { FileEntity, type AnswerEntity, type SendingEntity } from '../record/parts.entities.ts'
import { ReferralEntity } from '../record/referral.entity.ts'

@Injectable()
export class BoardService {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Referrals of one case, the latest first. */
  async list(caseId: string, who: Who): Promise<ReferralList> {
    const decision = await this.decisions.mustSee(who, caseId)
    return this.store.asPerson(who.person, [caseId], async (tx) => {
      const found = await tx.find(ReferralEntity, { where: { caseId }, order: { preparedAt: 'DESC' }, take: 200 })
      await this.trail.record([{ who, what: 'read-referrals', why: decision.relations[0], caseId }], sqlOf(tx))
      const now = this.clock.now()
      return {
        items: found.map((one) => summaryOf(one, now, decision)),
        mayRefer: mayAct(decision, STANDS_FOR.referral) && !decision.ended,
      }
    })
  }

  async page(id: string, who: Who): Promise<ReferralPage> {
    const decision = await this.#seen(id, who)
    return this.store.asPerson(who.person, [decision.caseId], async (tx) => {
      const loaded = await load(tx, id)
      if (!loaded) throw new ProblemError('not-found')
      const entry = { who, what: 'read-referral', why: decision.relations[0], caseId: decision.caseId, about: id }
      await this.trail.record([entry], sqlOf(tx))
      return pageOf(loaded, decision, tx, this.clock.now())
    })
  }

  /** A packet, a document that goes with it, or what was handed in, for who sees the referral. */
  async file(id: string, file: string, who: Who): Promise<FileEntity> {
    const decision = await this.#seen(id, who)
    return this.store.asPerson(who.person, [decision.caseId], async (tx) => {
      const found = await tx.findOne(FileEntity, { where: { id: file, caseId: decision.caseId } })
      const isOwn = found?.referral === id || (await tx.findOneBy(ReferralEntity, { id }))?.documents.some((one) => one.file === file)
      if (!found || !isOwn) throw new ProblemError('not-found')
      if ((found.of !== 'answer' || found.referral !== id) && !mayOpenPacket(decision)) throw new ProblemError('not-allowed')
      const entry = { who, what: 'referral-file-read', why: decision.relations[0], caseId: decision.caseId, about: file }
      await this.trail.record([entry], sqlOf(tx))
      return found
    })
  }

  async #seen(id: string, who: Who): Promise<CaseDecision> {
    const caseId = await this.store.caseOf(id)
    if (!caseId) throw new ProblemError('not-found')
    return this.decisions.mustSee(who, caseId)
  }
}

/** A packet holds assessment, plan, protocol and documents in full: whoever may open the personal file has them, the correspondence alone is not enough. */
const mayOpenPacket = ({ actions }: CaseDecision): boolean => actions.includes('read-file')

const optional = <T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)) as never

export function summaryOf(referral: ReferralEntity, now: number, { ended }: Pick<CaseDecision, 'ended'>): ReferralSummary {
  const { id, caseId, caseNumber, body, question, state, version, since, preparedAt, addressee, dueDay } = referral
  return {
    ...{ id, caseId, caseNumber, body, question, state, version, since, preparedAt },
    ...optional({ addressee: addressee?.name, dueDay }),
    isOverdue: isAwaited(state) && dueDay !== null && now >= endOfDay(dueDay),
    ...(ended && outlivesCase({ state }) && { toWithdraw: true as const }),
  }
}

export async function pageOf(loaded: Loaded, decision: CaseDecision, tx: EntityManager, now: number): Promise<ReferralPage> {
  const { referral, packet } = loaded
  const sql = sqlOf(tx)
  const changes = await sql('SELECT version, what, by, at FROM referrals.change WHERE referral = $1 ORDER BY version DESC LIMIT 100', [
    referral.id,
  ])
  const steps = await sql('SELECT "row", taken_at AS at, spared FROM referrals.step WHERE referral = $1 ORDER BY taken_at DESC LIMIT 100', [
    referral.id,
  ])
  const named = referral.documents.map(({ file }) => file)
  const found = await tx.find(FileEntity, { where: [{ referral: referral.id }, { id: In(named), caseId: referral.caseId }] })
  const files = new Map(found.map((one) => [one.id, fileView(one)]))
  const { lang: _, ...to } = referral.addressee ?? { lang: undefined }
  return {
    ...summaryOf(referral, now, decision),
    specialNeeds: referral.specialNeeds,
    ...(referral.addressee && { to: to as NonNullable<ReferralPage['to']> }),
    ...optional({
      meeting: referral.meeting,
      previous: referral.previous,
      next: loaded.next,
      outOfOrder: referral.outOfOrder,
      reason: referral.reason,
      receivedAt: referral.receivedAt,
      nextBody: referral.state === 'recommended' ? nextBody(referral) : undefined,
    }),
    letter: referral.letter,
    enclosures: referral.enclosures,
    documents: referral.documents.map(({ file, kind, title }) => ({
      ...{ id: file, kind },
      ...optional({ title }),
      ...(mayOpenPacket(decision) && files.has(file) && { file: files.get(file)! }),
    })),
    demands: referral.demands,
    ...(packet && {
      packet: {
        version: packet.version,
        madeAt: packet.madeAt,
        ...optional({ frozenAt: packet.frozenAt }),
        isStale: !isFresh(loaded),
        ...(mayOpenPacket(decision) && { file: files.get(packet.file)! }),
        enclosures: packet.enclosures,
      },
    }),
    sendings: loaded.sendings.map((one) => sendingView(one, loaded, mayAct(decision, STANDS_FOR.referral))),
    answers: loaded.answers.map((one) => answerView(one, files)),
    placement: referral.placement,
    steps: steps.map(({ row, at, spared }) => ({
      row: row as string,
      at: Number(at),
      ...(spared ? { spared: 'case-ended' as const } : {}),
    })),
    changes: changes.map(({ version, what, by, at }) => ({ version, what, by, at: Number(at) })) as ReferralPage['changes'],
    allowedActs: REFERRAL_ACT_KINDS.filter((act) => isPossible(act, loaded, decision)),
    answersOffered: [...answersOf(referral.body, referral.question)],
  }
}

const fileView = ({ id, name, type, sha256, size }: FileEntity): ReferralFile => ({ id, name, type, sha256, size })

/** The code opens the file until it has been opened, or the packet went out another time. */
function sendingView(one: SendingEntity, { sendings, mails }: Loaded, mayTell: boolean): ReferralPage['sendings'][number] {
  const own = mails.filter(({ sending }) => sending === one.n)
  const isOpened = own.some(({ state }) => state === 'opened' || state === 'confirmed')
  const isLast = one.n === sendings.length
  const { n, way, at, by, packet, number, day, addressee, address, code } = one
  return {
    ...{ n, way, at, by, packet },
    ...optional({ number, day, addressee, to: address, code: mayTell && isLast && !isOpened ? code : null }),
    mails: own.map(({ kind, state, at: since, copies }) => ({ kind, state, at: since, copies })),
  }
}

const answerView = (
  { n, by, at, recordedAt, recordedBy, content }: AnswerEntity,
  files: ReadonlyMap<string, ReferralFile>,
): ReferralPage['answers'][number] => ({
  ...{ n, by, at, recordedAt, content },
  ...optional({ recordedBy }),
  files: content.files.flatMap((id) => files.get(id) ?? []),
})

function isPossible(act: ReferralActKind, loaded: Loaded, decision: CaseDecision): boolean {
  const { referral } = loaded
  if (!REFERRAL_ACTS[act].in.some((state) => state === referral.state)) return false
  const stands = act === 'answered' ? STANDS_FOR.answer : act === 'placement-confirmed' ? STANDS_FOR.placement : STANDS_FOR.referral
  if (!mayAct(decision, stands)) return false
  if (act === 'placement-confirmed') return referral.placement === 'waiting'
  if (act === 'document-removed') return referral.documents.length > 0
  if (act === 'nothing-follows') return loaded.next === undefined && !referral.nothingFollows && referral.placement === 'none'
  return act !== 'sent' || isFresh(loaded)
}
