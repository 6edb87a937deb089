/** Stages 1 and 2: registration, level, the hour's end, the child safe, primary assessment. */
import type { Hour } from '../../case.ts'
import { dayOf } from '../../time.ts'
import type { ActOf, RiskLevel } from '../acts.ts'
import { highCriteria } from '../criteria.ts'
import { anchor, close, contactsRun, end, endAll, endCase, hasOpen, open, openReview, type Draft, type Moment } from './draft.ts'
import { closedWithoutGrounds } from './hours.ts'
import { act as momentOf } from './moment.ts'

/** Both a registration and a relapse begin the stages anew. */
function begin(draft: Draft, moment: Moment, fact: { criteria: readonly string[]; level?: RiskLevel }) {
  draft.episode++
  draft.registeredAt = moment.at
  draft.base = 'registered'
  draft.riskLevel = 'unknown'
  draft.criteria = fact.criteria
  for (const key of ['safe', 'assessmentFinishedAt', 'planAt', 'reviewDecision', 'pendingEnd', 'end', 'endedAt'] as const) delete draft[key]
  startHour(draft, moment, fact)
  if (fact.level) setLevel(draft, fact.level, moment)
  else open(draft, 'level-decision', moment)
}

/**
 * Marks the hour that an act started, if it started one. A child in danger after the support ended is a relapse, whatever
 * form said so (CP-63): then the stages begin anew and the answer is true.
 */
export function startHour(draft: Draft, moment: Moment, fact: { criteria?: readonly string[]; level?: RiskLevel }): boolean {
  const hour = draft.hours.find((one) => one.actId === moment.id && one.withdrawnAt === undefined)
  if (!hour) return false
  const over = draft.base === 'monitoring' || draft.base === 'ended'
  if (over) {
    endAll(draft, moment, false)
    begin(draft, moment, { criteria: draft.criteria, ...fact })
  }
  draft.openHours.add(hour.n)
  return over
}

export function registered(draft: Draft, act: ActOf<'help-request-registered'>) {
  const moment = momentOf(act)
  begin(draft, moment, act.fact)
  draft.withFirstPerson = act.fact.takenByOther
  if (act.fact.takenByOther) open(draft, 'take-over', moment)
  // CP-08, CP-105. While a high criterion is ticked nothing ends at once.
  const endsAtOnce = act.fact.oneOffHelp && act.fact.level === 'low' && highCriteria(act.fact.criteria).length === 0
  if (endsAtOnce) endCase(draft, moment, 'one-off-help')
}

/** CP-63: keeps its history and goes through all stages again. */
export function relapsed(draft: Draft, act: ActOf<'relapse'>) {
  endAll(draft, momentOf(act), false)
  begin(draft, momentOf(act), act.fact)
}

export function takenBySocialWorker(draft: Draft, act: ActOf<'taken-by-social-worker'>) {
  draft.withFirstPerson = false
  draft.manager = act.fact.manager
  close(draft, 'take-over', act.happenedAt)
}

export function riskAssessed(draft: Draft, act: ActOf<'risk-assessed'>) {
  const moment = momentOf(act)
  if (startHour(draft, moment, act.fact) || draft.base === 'ended') return
  draft.criteria = act.fact.criteria
  setLevel(draft, act.fact.level, moment, act.fact.receivedAt)
  if (act.fact.signsOfCruelty) crueltySeen(draft, moment)
}

/** The level as confirmed. Before the assessment it decides the way of the case (CP-108); later it only stands. */
export function setLevel(draft: Draft, level: RiskLevel, moment: Moment, receivedAt = moment.at) {
  const before = draft.riskLevel
  draft.riskLevel = level
  draft.crueltySigns = false
  close(draft, 'level-decision', moment.at)
  if (draft.base !== 'registered' && draft.base !== 'primary-assessment' && draft.base !== 'urgent-measures') return

  if (level === 'high') {
    end(draft, 'primary-assessment', moment.at)
    draft.base = 'urgent-measures'
    return
  }
  if (draft.base === 'primary-assessment' && level === before) return
  if (draft.base === 'primary-assessment' && !hasOpen(draft, 'primary-assessment')) return
  end(draft, 'primary-assessment', moment.at)
  draft.base = 'primary-assessment'
  // From the registration; a level raised later counts from the new facts.
  const raised = before === 'low' && level === 'medium'
  open(draft, 'primary-assessment', moment, { variant: level, from: raised ? receivedAt : draft.registeredAt })
}

/** CP-123: proposes high; somebody has to decide. */
export function crueltySeen(draft: Draft, moment: Moment) {
  if (draft.riskLevel === 'high') return
  draft.crueltySigns = true
  if (!hasOpen(draft, 'level-decision')) open(draft, 'level-decision', moment)
}

/** The evidence of an hour is complete. */
export function hourClosed(draft: Draft, hour: Hour, moment: Moment, noGroundsLevel: RiskLevel | undefined) {
  // Of a case that ended meanwhile (its evidence was withdrawn and given again) nothing more is asked.
  if (!draft.openHours.delete(hour.n) || draft.base === 'ended') return
  if (closedWithoutGrounds(hour)) {
    if (noGroundsLevel && draft.openHours.size === 0) setLevel(draft, noGroundsLevel, moment)
    return
  }
  open(draft, 'child-safe', moment, { of: String(hour.n) })
  // Safe already before the last agency was told.
  const safe = draft.safe
  if (safe && safe.at >= hour.receivedAt) close(draft, 'child-safe', Math.max(safe.at, moment.at), (term) => term.of === String(hour.n))
  settleStageThree(draft, moment)
}

/** CP-112, CP-15. */
export function childSafe(draft: Draft, act: ActOf<'child-safe'>) {
  const moment = momentOf(act)
  draft.safe = { id: act.id, at: act.happenedAt, recordedAt: act.recordedAt, placed: act.fact.placed }
  const waited = hasOpen(draft, 'child-safe')
  close(draft, 'child-safe', act.happenedAt)
  if (act.fact.placed) {
    const known = draft.placements.some((one) => dayOf(one.at) >= dayOf(act.happenedAt))
    if (!known) {
      open(draft, 'form-of-care', moment)
      draft.placed = true
      delete draft.placement
      delete draft.asParents
      if (contactsRun(draft)) anchor(draft, 'placement', moment)
    }
  }
  if (waited) settleStageThree(draft, moment)
}

/** In stage 3 the case is back in its stage, and the supervisor sets the review's day (14 days unless set). */
function settleStageThree(draft: Draft, moment: Moment) {
  if (draft.base !== 'implementation' || draft.openHours.size > 0 || hasOpen(draft, 'child-safe')) return
  openReview(draft)?.changes.push({ of: moment.id, at: moment.at, recordedAt: moment.recordedAt })
}

/** High risk: urgent measures are over and the child is safe, so the assessment starts, from CP-112 (CP-23). */
export function settleUrgent(draft: Draft, recordedAt: number) {
  if (draft.base !== 'urgent-measures' || !draft.safe || draft.openHours.size > 0 || hasOpen(draft, 'child-safe')) return
  const { id, at } = draft.safe
  const moment: Moment = { id, at, recordedAt: Math.max(recordedAt, draft.safe.recordedAt) }
  draft.base = 'comprehensive-assessment'
  open(draft, 'assessment', moment)
  anchor(draft, 'before-plan', moment)
}

export function primaryAssessmentDone(draft: Draft, act: ActOf<'primary-assessment-done'>) {
  const moment = momentOf(act)
  close(draft, 'primary-assessment', act.happenedAt)
  if (startHour(draft, moment, { level: act.fact.level }) || draft.base === 'ended' || draft.base === 'monitoring') return
  if (act.fact.outcome === 'not-confirmed') {
    // CP-106, CP-66: ends with the supervisor's approval.
    draft.pendingEnd = { end: 'not-confirmed' }
    if (!hasOpen(draft, 'closure-approval')) open(draft, 'closure-approval', moment, { variant: 'other' })
    return
  }
  if (act.fact.level) setLevel(draft, act.fact.level, moment)
  if (draft.base !== 'primary-assessment') return
  draft.base = 'comprehensive-assessment'
  open(draft, 'assessment', moment)
  anchor(draft, 'before-plan', moment)
}
