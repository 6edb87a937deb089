/** Which acts start an hour, and which evidence closes it (CP-10, CP-11, CP-111). */
import type { Hour } from '../../case.ts'
import type { Instant } from '../../time.ts'
import type { ActOf, ChildProtectionAct, RiskLevel } from '../acts.ts'
import { highCriteria } from '../criteria.ts'
import { byHappening, cameFirst, effective, withdrawals } from './record.ts'

type Start = { actId: string; receivedAt: Instant; recordedAt: Instant }

/** What an act says of the level, and what it counts from. */
type Risk = { level?: RiskLevel; criteria?: readonly string[]; receivedAt?: Instant; report?: Instant }

/** Acts that say something of the risk. */
function riskOf(act: ChildProtectionAct): Risk | undefined {
  switch (act.kind) {
    case 'help-request-registered':
    case 'relapse':
      return { level: act.fact.level, criteria: act.fact.criteria, report: act.fact.reportedAt }
    case 'risk-assessed':
      return { level: act.fact.level, criteria: act.fact.criteria, receivedAt: act.fact.receivedAt }
    case 'primary-assessment-done':
    case 'assessment-finished':
      return act.fact.level && { level: act.fact.level }
    case 'taken-over-from-paper':
      return { level: act.fact.level }
    case 'urgent-measures-evidenced':
      return act.fact.noGrounds && { level: act.fact.noGrounds.level }
    default:
      return undefined
  }
}

/** The acts that start an hour, going through the acts as they happened. */
function startsOf(acts: readonly ChildProtectionAct[]): Start[] {
  const starts: Start[] = []
  let level: RiskLevel | 'unknown' = 'unknown'
  let criteria: readonly string[] = []
  for (const act of acts) {
    const risk = riskOf(act)
    if (!risk) continue
    const saysHigh = risk.level === 'high' || highCriteria(risk.criteria ?? []).length > 0
    const receivedAt = risk.report ?? risk.receivedAt ?? act.happenedAt
    // The same report, written down again.
    const known = starts.some((start) => start.receivedAt === receivedAt)
    const newCriteria = highCriteria(risk.criteria ?? []).some((code) => !criteria.includes(code))
    const raised = risk.level === 'high' && (level === 'high' ? risk.receivedAt !== undefined : level !== 'unknown' || starts.length === 0)
    const starting =
      act.kind !== 'taken-over-from-paper' &&
      act.kind !== 'urgent-measures-evidenced' &&
      saysHigh &&
      (risk.report !== undefined || (!known && (newCriteria || raised)))
    if (starting) starts.push({ actId: act.id, receivedAt, recordedAt: act.recordedAt })
    if (risk.level) level = risk.level
    else if (risk.report !== undefined) level = 'unknown'
    if (risk.criteria) criteria = risk.criteria
  }
  return starts
}

/**
 * Hours in the order in which they came to be known, so that `hours[n]` is the same hour for ever: an act backdated or
 * withdrawn later moves no number.
 */
export function hoursOf(all: readonly ChildProtectionAct[]): Hour[] {
  const recorded = [...all].sort((a, b) => a.recordedAt - b.recordedAt || cameFirst(a, b))
  const known: Start[] = []
  const seen = new Set<string>()
  recorded.forEach((act, i) => {
    if (!riskOf(act) && act.kind !== 'withdrawn') return
    for (const start of startsOf(byHappening(effective(recorded.slice(0, i + 1))))) {
      if (seen.has(start.actId)) continue
      seen.add(start.actId)
      known.push(start)
    }
  })
  const now = effective(recorded)
  const gone = withdrawals(recorded)
  return known.map((start, n) => {
    const withdrawnAt = gone.get(start.actId)?.recordedAt
    return { n, ...start, ...evidenceOf(n, now, recorded, gone), ...(withdrawnAt !== undefined && { withdrawnAt }) }
  })
}

type Evidence = ActOf<'urgent-measures-evidenced'>
const isEvidenceOf =
  (n: number) =>
  (act: ChildProtectionAct): act is Evidence =>
    act.kind === 'urgent-measures-evidenced' && act.fact.hour === n

type Piece = { at: Instant; recordedAt: Instant }

function evidenceOf(
  n: number,
  now: readonly ChildProtectionAct[],
  recorded: readonly ChildProtectionAct[],
  gone: ReadonlyMap<string, { recordedAt: Instant }>,
): Partial<Hour> {
  const pieces = now.filter(isEvidenceOf(n))
  const earliest = (of: (evidence: Evidence) => Instant | undefined): Piece | undefined =>
    pieces
      .flatMap((act) => (of(act) === undefined ? [] : [{ at: of(act)!, recordedAt: act.recordedAt }]))
      .sort((a, b) => a.at - b.at || a.recordedAt - b.recordedAt)[0]
  const agreed = earliest((act) => act.fact.measuresAgreedAt)
  const police = earliest((act) => act.fact.lawEnforcementInformedAt)
  const juvenile = earliest((act) => act.fact.juvenileInspectionInformedAt)
  const noGrounds = earliest((act) => act.fact.noGrounds?.agreedAt)

  const measures = agreed && police && juvenile ? latest([agreed, police, juvenile]) : undefined
  const closing = measures && noGrounds ? (noGrounds.at < measures.at ? noGrounds : measures) : (measures ?? noGrounds)
  const reopened = recorded.filter(isEvidenceOf(n)).flatMap((act) => gone.get(act.id)?.recordedAt ?? [])
  return {
    ...(agreed && { measuresAgreedAt: agreed.at }),
    ...(police && { lawEnforcementInformedAt: police.at }),
    ...(juvenile && { juvenileInspectionInformedAt: juvenile.at }),
    ...(noGrounds && { noGroundsAgreedAt: noGrounds.at }),
    ...(closing && { closedAt: closing.at, closedRecordedAt: closing.recordedAt }),
    ...(!closing && reopened.length > 0 && { reopenedAt: Math.max(...reopened) }),
  }
}

const latest = (pieces: Piece[]): Piece => ({
  at: Math.max(...pieces.map((piece) => piece.at)),
  recordedAt: Math.max(...pieces.map((piece) => piece.recordedAt)),
})

/** Closed without measures: nobody has to say that the child is safe. */
export const closedWithoutGrounds = (hour: Hour) => hour.closedAt !== undefined && hour.closedAt === hour.noGroundsAgreedAt
