/** A referral with all that belongs to it, as one transaction reads it, and the facts that its steps depend on. */
import type { Delivery, ReferralFacts } from '@tirek/procedure/referrals/facts'
import type { EntityManager } from 'typeorm'
import { AnswerEntity, MailEntity, PacketEntity, SendingEntity } from './parts.entities.ts'
import { ReferralEntity } from './referral.entity.ts'

export type Loaded = {
  referral: ReferralEntity
  /** The newest version. */
  packet?: PacketEntity
  sendings: SendingEntity[]
  mails: MailEntity[]
  answers: AnswerEntity[]
  /** The referral that goes on from it, unless that was withdrawn. */
  next?: string
}

/** Nothing where these rows are not there for who asks. `lock`: nobody else changes it until the end of the transaction. */
export async function load(tx: EntityManager, id: string, lock = false): Promise<Loaded | undefined> {
  const referral = await tx.findOne(ReferralEntity, { where: { id }, ...(lock && { lock: { mode: 'pessimistic_write' as const } }) })
  if (!referral) return undefined
  const where = { referral: id }
  const packet = await tx.findOne(PacketEntity, { where, order: { version: 'DESC' } })
  const sendings = await tx.find(SendingEntity, { where, order: { n: 'ASC' } })
  const mails = await tx.find(MailEntity, { where, order: { askedAt: 'ASC' } })
  const answers = await tx.find(AnswerEntity, { where, order: { n: 'ASC' } })
  const following = await tx.find(ReferralEntity, { where: { previous: id }, order: { preparedAt: 'DESC' } })
  const next = following.find(({ state }) => state !== 'withdrawn')
  return { referral, sendings, mails, answers, ...(packet && { packet }), ...(next && { next: next.id }) }
}

const FAILED: readonly string[] = ['failed', 'bounced', 'locked']
const ARRIVED: readonly string[] = ['accepted', 'opened', 'confirmed']

/** What became of the packet as it went out last. */
export function deliveryOf({ referral, sendings, mails }: Loaded): Delivery | undefined {
  const last = sendings.at(-1)
  if (!last) return undefined
  if (last.way === 'paper') return { reach: 'paper', state: 'delivered', since: last.at }
  const mail = mails.findLast((one) => one.sending === last.n && one.kind === 'referral-sent')
  if (!mail) return { reach: referral.addressee?.email === undefined ? 'phone' : 'mail', state: 'waiting', since: last.at }
  return {
    reach: 'mail',
    state: FAILED.includes(mail.state) ? 'failed' : ARRIVED.includes(mail.state) ? 'delivered' : 'waiting',
    since: mail.at,
  }
}

export function factsOf(loaded: Loaded): ReferralFacts {
  const { referral, sendings, answers, next } = loaded
  const delivery = deliveryOf(loaded)
  const answered = answers.at(-1)
  return {
    version: referral.factsVersion,
    body: referral.body,
    state: referral.state,
    calendar: referral.calendar,
    preparedAt: referral.preparedAt,
    since: referral.since,
    sendings: sendings.length,
    answers: answers.length,
    ...(answered && { answeredBy: answered.by }),
    isNobodySet: referral.isNobodySet,
    ...(delivery && { delivery }),
    ...(referral.receivedAt !== null && { receivedAt: referral.receivedAt }),
    ...(referral.dueDay !== null && { dueDay: referral.dueDay }),
    isFollowed: next !== undefined || referral.nothingFollows,
    placement: referral.placement,
  }
}
