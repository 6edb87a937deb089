/** Stage 4: closure, other ends, monitoring. */
import type { ActOf, CaseEnd } from '../acts.ts'
import { close, endAll, endCase, hasOpen, open, type Draft } from './draft.ts'
import { act as momentOf } from './moment.ts'

export function closureAsked(draft: Draft, act: ActOf<'closure-asked'>) {
  if (hasOpen(draft, 'closure-approval')) return
  const months = act.fact.monitoringMonths
  draft.pendingEnd = { end: act.fact.end, ...(months && { months }) }
  close(draft, 'review-closure', act.happenedAt)
  open(draft, 'closure-approval', momentOf(act), { variant: act.fact.end === 'closed' ? 'closed' : 'other' })
}

export function closureDecided(draft: Draft, act: ActOf<'closure-decided'>) {
  const asked = draft.pendingEnd
  if (!asked) return
  const moment = momentOf(act)
  close(draft, 'closure-approval', act.happenedAt)
  delete draft.pendingEnd
  if (!act.fact.approved) return returned(draft, act, asked.end)

  // CP-66: no monitoring after other ends unless it was chosen.
  const monitored = asked.end === 'closed' || (asked.months !== undefined && asked.end !== 'child-died' && asked.end !== 'merged')
  if (!monitored) {
    endCase(draft, moment, asked.end)
    if (asked.end === 'not-confirmed') draft.riskLevel = 'none'
    return
  }
  endAll(draft, moment, false)
  draft.base = 'monitoring'
  draft.end = asked.end
  draft.monitoring.push({
    of: act.id,
    from: act.happenedAt,
    bornAt: act.recordedAt,
    ...(asked.months && { months: asked.months }),
    looks: [],
  })
}

/** Sent back: the case goes on where it was, and what the review decided is to be done still. */
function returned(draft: Draft, act: ActOf<'closure-decided'>, asked: CaseEnd) {
  if (asked === 'closed' && draft.reviewDecision === 'close') open(draft, 'review-closure', momentOf(act), { variant: 'close' })
  const wasPrimary = draft.base === 'primary-assessment' && !hasOpen(draft, 'primary-assessment')
  if (!wasPrimary) return
  open(draft, 'primary-assessment', momentOf(act), { variant: draft.riskLevel === 'low' ? 'low' : 'medium' })
}

export function monitoringLook(draft: Draft, act: ActOf<'monitoring-look'>) {
  const monitoring = draft.monitoring.find((one) => one.endedAt === undefined)
  if (!monitoring) return
  const { id, at, recordedAt } = momentOf(act)
  monitoring.looks.push({ id, at, recordedAt, last: act.fact.last })
  if (!act.fact.last) return
  endCase(draft, momentOf(act), draft.end)
  // CP-95: a child whose monitoring ended well.
  if (act.fact.copes && !act.fact.problemsBack && !act.fact.worse) draft.riskLevel = 'none'
}

export const mergedInto = (draft: Draft, act: ActOf<'merged-into'>) => endCase(draft, momentOf(act), 'merged')
