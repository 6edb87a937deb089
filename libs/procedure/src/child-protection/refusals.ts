/** Why an act may not happen now: the stage's table of acts, then named reasons; the first to refuse tells the rule. */
import type { Calendar } from '../calendar.ts'
import type { RecordedAct } from '../case.ts'
import type { Refusal } from '../programme.ts'
import { ADDRESSEES, type AddresseeKind, type ConsentPurpose } from '../rights/consent.ts'
import { dayOf, type Instant } from '../time.ts'
import type { ActKind, ActOf, ChildProtectionAct } from './acts.ts'
import { ALLOWED } from './allowed.ts'
import { criterionOf, REQUIRED_FOR_CLOSURE } from './criteria.ts'
import { monitoringNow } from './deadlines/monitoring.ts'
import type { ChildProtectionCase } from './facts.ts'
import type { Rules } from './rows.ts'

const OPENING: readonly ActKind[] = ['help-request-registered', 'taken-over-from-paper']

/** An hour that a withdrawal opened again on an ended case is closed like any other. */
const HOUR_OF_ENDED = [...ALLOWED.ended, 'urgent-measures-evidenced'] as const satisfies ActKind[]

export const allowedActs = (facts: ChildProtectionCase): readonly ActKind[] =>
  facts.baseStage === 'ended' && !facts.ended ? HOUR_OF_ENDED : ALLOWED[facts.baseStage]

type Asked = { act: ChildProtectionAct; facts: ChildProtectionCase; rules: Rules; calendar: Calendar }
type Reason = (asked: Asked) => Refusal | undefined

const refuse = (code: string, rule: string, params?: Refusal['params']): Refusal => ({ code, rule, ...(params && { params }) })

const inTheFuture = (act: RecordedAct): Refusal | undefined =>
  act.happenedAt > act.recordedAt ? refuse('happened-in-the-future', 'CP-01') : undefined

const noCriterion = (act: ChildProtectionAct): Refusal | undefined => {
  if (act.kind !== 'help-request-registered' && act.kind !== 'risk-assessed' && act.kind !== 'relapse') return undefined
  return act.fact.criteria.some(isOfRiskList) ? undefined : refuse('no-criterion', 'CP-07')
}

const isOfRiskList = (code: string) => !['kind-of-risk', 'closure', 'first-in-line', undefined].includes(criterionOf(code)?.group)

const beforeFirstReport: Reason = ({ act, facts }) =>
  act.kind !== 'withdrawn' && act.happenedAt < facts.firstReportAt ? refuse('before-the-first-report', 'CP-01') : undefined

/** New facts, or a new report, were received after the first one and not in days to come. */
const receivedAt: Reason = ({ act, facts }) => {
  const at = act.kind === 'risk-assessed' ? act.fact.receivedAt : act.kind === 'relapse' ? act.fact.reportedAt : undefined
  if (at === undefined) return undefined
  if (at > act.recordedAt) return refuse('happened-in-the-future', 'CP-10')
  return at < facts.firstReportAt ? refuse('before-the-first-report', 'CP-10') : undefined
}

/** Which rule closes the way, per act asked for in the wrong stage. */
const NOT_NOW: Partial<Record<ActKind, string>> = {
  'assessment-finished': 'CP-112',
  'assessment-decided': 'CP-112',
  'assessment-term-set': 'CP-23',
  'primary-assessment-done': 'CP-16',
  'plan-signed': 'CP-126',
  'plan-signed-by-family': 'CP-27',
  'measure-marked': 'CP-127',
  'review-agreed': 'CP-50',
  'review-held': 'CP-50',
  'review-report-handed-in': 'CP-52',
  'monitoring-look': 'CP-62',
  relapse: 'CP-63',
}

const childNotSafe: Reason = ({ act, facts }) => {
  const early = act.kind === 'assessment-finished' || act.kind === 'assessment-decided'
  return early && facts.baseStage === 'urgent-measures' ? refuse('child-not-safe-yet', 'CP-112') : undefined
}

const caseEnded: Reason = ({ act, facts }) => {
  const forGood = facts.end === 'child-died' || facts.end === 'merged'
  if (facts.ended && forGood && act.kind === 'relapse') return refuse('case-ended', facts.end === 'merged' ? 'CP-107' : 'CP-66')
  return facts.ended && !(ALLOWED.ended as readonly ActKind[]).includes(act.kind) ? refuse('case-ended', 'CP-63') : undefined
}

const notInThisStage: Reason = ({ act, facts }) =>
  OPENING.includes(act.kind) || !allowedActs(facts).includes(act.kind)
    ? refuse('not-in-this-stage', NOT_NOW[act.kind] ?? 'CP-108', { stage: facts.stage, act: act.kind })
    : undefined

/** What stands against closing a case by its review (CP-60), whatever criteria are met, the gravest first. */
export const CLOSURE_BARS = ['hour-open', 'closure-asked-already', 'not-in-this-stage', 'review-did-not-close'] as const
export type ClosureBar = (typeof CLOSURE_BARS)[number]

export function closureBars(facts: ChildProtectionCase): ClosureBar[] {
  const stands: Record<ClosureBar, boolean> = {
    'hour-open': facts.openHours.length > 0,
    'closure-asked-already': facts.pendingEnd !== undefined,
    'not-in-this-stage': facts.baseStage !== 'implementation',
    'review-did-not-close': facts.reviewDecision !== 'close',
  }
  return CLOSURE_BARS.filter((bar) => stands[bar])
}

const closureAsked: Reason = ({ act, facts }) => {
  if (act.kind !== 'closure-asked') return undefined
  const bars = closureBars(facts)
  if (bars.includes('hour-open') && act.fact.end !== 'child-died') return refuse('hour-open', 'CP-11')
  if (bars.includes('closure-asked-already')) return refuse('closure-asked-already', 'CP-60')
  if (act.fact.end === 'family-refused' && facts.riskLevel === 'high') return refuse('refusal-at-high-risk', 'CP-66')
  if (act.fact.end !== 'closed') return undefined
  if (bars.includes('not-in-this-stage')) return refuse('not-in-this-stage', 'CP-60', { stage: facts.stage, act: act.kind })
  if (!act.fact.criteria.includes(REQUIRED_FOR_CLOSURE)) return refuse('risk-not-reduced', 'CP-60')
  if (bars.includes('review-did-not-close')) return refuse('review-did-not-close', 'CP-60')
  return undefined
}

const closureDecided: Reason = ({ act, facts }) => {
  if (act.kind !== 'closure-decided') return undefined
  if (!facts.pendingEnd) return refuse('closure-not-asked', 'CP-60')
  if (act.fact.approved && facts.openHours.length > 0 && facts.pendingEnd.end !== 'child-died') return refuse('hour-open', 'CP-11')
  return undefined
}

const merge: Reason = ({ act, facts }) =>
  act.kind === 'merged-into' && facts.openHours.length > 0 ? refuse('hour-open', 'CP-11') : undefined

const evidence: Reason = ({ act, facts }) => {
  if (act.kind !== 'urgent-measures-evidenced') return undefined
  const hour = facts.hours.find((one) => one.n === act.fact.hour && one.withdrawnAt === undefined)
  if (!hour) return refuse('no-such-hour', 'CP-10', { hour: act.fact.hour })
  const { measuresAgreedAt, lawEnforcementInformedAt, juvenileInspectionInformedAt, noGrounds } = act.fact
  const times = [measuresAgreedAt, lawEnforcementInformedAt, juvenileInspectionInformedAt, noGrounds?.agreedAt].filter(
    (at) => at !== undefined,
  )
  if (times.length === 0) return refuse('no-evidence', 'CP-11')
  if (times.some((at) => at > act.recordedAt)) return refuse('happened-in-the-future', 'CP-11')
  if (times.some((at) => at < facts.firstReportAt)) return refuse('before-the-first-report', 'CP-11')
  return undefined
}

const safeWithoutHour: Reason = ({ act, facts }) =>
  act.kind === 'child-safe' && facts.hours.length === 0 ? refuse('no-such-hour', 'CP-112') : undefined

const handedOutAlready: Reason = ({ act, facts }) =>
  act.kind === 'taken-by-social-worker' && !facts.withFirstPerson ? refuse('taken-over-already', 'CP-103') : undefined

const primaryPending: Reason = ({ act, facts }) =>
  act.kind === 'primary-assessment-done' && facts.pendingEnd ? refuse('closure-asked-already', 'CP-66') : undefined

const openOf = (facts: ChildProtectionCase, row: string, of?: string) =>
  facts.terms.some(
    (term) =>
      term.row === row &&
      term.closedAt === undefined &&
      term.endedAt === undefined &&
      (of === undefined || term.of === of || term.of.startsWith(`${of}.`)),
  )

const noSuchSubject: Reason = ({ act, facts }) => {
  switch (act.kind) {
    case 'measure-marked':
      return facts.terms.some((term) => term.row === 'measure' && term.of.startsWith(`${act.fact.measure}.`))
        ? undefined
        : refuse('no-such-measure', 'CP-127')
    case 'protocol-approved':
      return openOf(facts, 'protocol', act.fact.meeting) ? undefined : refuse('no-such-meeting', 'CP-32')
    case 'referral-answered':
      return openOf(facts, 'referral', act.fact.referral) ? undefined : refuse('no-such-referral', 'CP-54')
    case 'request-answered':
      return openOf(facts, 'request-answer', act.fact.request) ? undefined : refuse('no-such-request', 'CP-118')
    case 'assessment-term-set':
      return openOf(facts, 'assessment') ? undefined : refuse('no-open-assessment', 'CP-23')
    case 'assessment-finished':
      return openOf(facts, 'assessment') ? undefined : refuse('no-open-assessment', 'CP-23')
    default:
      return undefined
  }
}

/** CP-62: the conclusion is drawn by the last look, not months before the end chosen at closure. */
const monitoringTooShort: Reason = ({ act, facts, rules, calendar }) => {
  if (act.kind !== 'monitoring-look' || !act.fact.last) return undefined
  const monitoring = monitoringNow(facts, rules, calendar, dayOf(act.happenedAt))
  return !monitoring || monitoring.isLast ? undefined : refuse('monitoring-not-over', 'CP-62', { until: monitoring.until })
}

/** RT-02: danger to the child does not wait for consent. */
const goesOnWithoutConsent = (facts: ChildProtectionCase): boolean =>
  facts.riskLevel === 'high' || facts.openHours.length > 0 || facts.stage === 'urgent-measures'

const SHARING = ['share-agencies', 'share-ngo'] as const satisfies ConsentPurpose[]

const isRefused = ({ consents }: ChildProtectionCase, purpose: ConsentPurpose, at: Instant): boolean => {
  const said = consents?.[purpose]
  return said !== undefined && said.state !== 'given' && said.at <= at
}

/** RT-03: kinds of agencies that are told nothing at this instant, since the family refuses and no duty tells them: to a meeting none of them is asked. */
export const withheldFrom = (facts: ChildProtectionCase, at: Instant): AddresseeKind[] =>
  goesOnWithoutConsent(facts)
    ? []
    : (Object.keys(ADDRESSEES) as AddresseeKind[]).filter((kind) => {
        const { needs } = ADDRESSEES[kind]
        return needs !== 'duty' && isRefused(facts, needs, at)
      })

/** RT-03: what a standing refusal forbids. An act of before the refusal may still be written down. */
const refusedByFamily: Reason = ({ act, facts }) => {
  const refuses = (purpose: ConsentPurpose) => isRefused(facts, purpose, act.happenedAt)
  if (!facts.consents || goesOnWithoutConsent(facts)) return undefined
  if (act.kind === 'plan-signed' && refuses('support')) return refuse('support-refused', 'RT-03')
  if (act.kind === 'referral-sent' && act.fact.to === 'pmpk' && refuses('examination')) return refuse('sharing-refused', 'RT-03')
  if (act.kind !== 'request-sent') return undefined
  const { addressee } = act.fact
  if (addressee === undefined) return SHARING.some(refuses) ? refuse('addressee-unknown', 'RT-03') : undefined
  const { needs } = ADDRESSEES[addressee]
  return needs !== 'duty' && refuses(needs) ? refuse('sharing-refused', 'RT-03') : undefined
}

/** A consent can be withdrawn when it was given. */
const nothingToWithdraw: Reason = ({ act, facts }) =>
  act.kind === 'consent-withdrawn' && !act.fact.for.every((purpose) => facts.consents?.[purpose]?.state === 'given')
    ? refuse('no-consent-to-withdraw', 'RT-01')
    : undefined

const notHeld: Reason = ({ act, facts }) =>
  act.kind === 'erasure-held' && !act.fact.held && !facts.held ? refuse('not-held', 'RT-32') : undefined

const REASONS: readonly Reason[] = [
  beforeFirstReport,
  receivedAt,
  caseEnded,
  childNotSafe,
  notInThisStage,
  evidence,
  safeWithoutHour,
  handedOutAlready,
  primaryPending,
  closureAsked,
  closureDecided,
  merge,
  noSuchSubject,
  monitoringTooShort,
  refusedByFamily,
  nothingToWithdraw,
  notHeld,
]

/** May this act be recorded on a case with these facts? `undefined`: yes. */
export function refusalOf(
  recorded: RecordedAct,
  facts: ChildProtectionCase | undefined,
  rules: Rules,
  calendar: Calendar,
): Refusal | undefined {
  const act = recorded as ChildProtectionAct
  const always = inTheFuture(act) ?? noCriterion(act)
  if (always) return always
  if (!facts) return opening(act)
  for (const reason of REASONS) {
    const refusal = reason({ act, facts, rules, calendar })
    if (refusal) return refusal
  }
  return undefined
}

function opening(act: ChildProtectionAct): Refusal | undefined {
  if (!OPENING.includes(act.kind)) return refuse('no-case-yet', 'CP-01')
  if (act.kind !== 'help-request-registered') return undefined
  if (act.fact.reportedAt > act.recordedAt) return refuse('happened-in-the-future', 'CP-01')
  return endsInDanger(act) ? refuse('one-off-help-in-danger', 'CP-105') : undefined
}

/** CP-105: help that ends at once is for low risk only. */
const endsInDanger = (act: ActOf<'help-request-registered'>) =>
  act.fact.oneOffHelp && (act.fact.level !== 'low' || act.fact.criteria.some((code) => criterionOf(code)?.decides === 'high'))
