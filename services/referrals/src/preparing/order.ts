/** CP-57: is this referral's turn? What the case and its referrals tell for it. */
import type { MeetingDecided } from '@tirek/contract/referrals'
import type { CaseDecision } from '@tirek/contract/proceedings'
import type { ReferralBody, ReferralQuestion } from '@tirek/procedure/referrals/facts'
import { outOfOrder, type OutOfOrder } from '@tirek/procedure/referrals/order'
import { MoreThanOrEqual, type EntityManager } from 'typeorm'
import { ReferralEntity } from '../record/referral.entity.ts'
import { asksForCommission } from './decided.ts'

export type OrderAsked = {
  decision: CaseDecision
  decided: MeetingDecided | undefined
  body: ReferralBody
  question: ReferralQuestion
  specialNeeds: boolean
  hasNoCommission: boolean
}

export async function orderOf(tx: EntityManager, asked: OrderAsked): Promise<OutOfOrder | undefined> {
  const { decision, decided, body, question, specialNeeds, hasNoCommission } = asked
  // What was answered before the meeting was answered to another question; without a meeting the question tells them apart.
  const where = { caseId: decision.caseId, ...(decided ? { preparedAt: MoreThanOrEqual(decided.heldAt) } : { question }) }
  const earlier = await tx.find(ReferralEntity, { where })
  const isDecided = decided ? asksForCommission(decided) : ['separate', 'extend-stay'].includes(decision.reviewDecision ?? '')
  return outOfOrder({ body, question, isDecided, specialNeeds, hasNoCommission, earlier })
}
