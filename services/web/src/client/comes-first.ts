/** Why an act cannot be recorded now, and what comes first: said before its form is filled. Pure; whether it is recorded the server decides. */
import type { CaseAccess } from '@tirek/contract/access'
import type { CasePage, TimelineItem } from '@tirek/contract/answers'
import type { ActKind, Stage } from '@tirek/procedure/child-protection/acts'
import { ALLOWED } from '@tirek/procedure/child-protection/allowed'
import { formsOf } from './case-data.ts'
import { versionsOf } from './plan.ts'

/** Pages that lead on and are no act. */
export type Place = 'new' | 'from-paper' | 'hand-overs' | 'hour' | 'meetings' | 'referrals'
export type First = { act: ActKind } | { place: Place }
export type Bar = {
  why:
    | 'opensCase'
    | 'ofOffer'
    | 'ofRoles'
    | 'ofOthers'
    | 'stageLater'
    | 'stagePast'
    | 'ended'
    | 'endedForGood'
    | 'notClosed'
    | 'noHour'
    | 'hourOpen'
    | 'closurePending'
    | 'closureNotAsked'
    | 'takenAlready'
    | 'noMeasure'
    | 'noMeeting'
    | 'noRequest'
    | 'noReferral'
    | 'noAssessment'
    | 'noConsent'
    | 'notOffered'
    | 'offeredAlready'
    | 'nobodyInvited'
  /** The stage in which it is recorded. */
  wanted?: Stage
  first?: First
}

/** As the procedure tells them, in the order of a case. */
const ORDER = Object.keys(ALLOWED) as Stage[]
/** What ends a stage, as its line of the work list would say. */
const ENDS: Partial<Record<Stage, ActKind>> = {
  registered: 'risk-assessed',
  'urgent-measures': 'child-safe',
  'primary-assessment': 'primary-assessment-done',
  'comprehensive-assessment': 'assessment-finished',
  planning: 'plan-signed',
  implementation: 'closure-asked',
}
/** Open terms without which an act has nothing to speak of. */
const NEEDS: Partial<Record<ActKind, { row: string } & Bar>> = {
  'taken-by-social-worker': { row: 'take-over', why: 'takenAlready' },
  'protocol-approved': { row: 'protocol', why: 'noMeeting', first: { place: 'meetings' } },
  'request-answered': { row: 'request-answer', why: 'noRequest', first: { act: 'request-sent' } },
  'referral-answered': { row: 'referral', why: 'noReferral', first: { place: 'referrals' } },
  'assessment-term-set': { row: 'assessment', why: 'noAssessment', first: { act: 'assessment-decided' } },
  'assessment-finished': { row: 'assessment', why: 'noAssessment', first: { act: 'assessment-decided' } },
}
const OFFERS: readonly string[] = ['hand-over-accepted', 'hand-over-declined']

/** What of a case's access says whether these may be recorded. */
export const NEED_ACCESS: ReadonlySet<string> = new Set(['hand-over-offered', 'hand-over-taken-back', 'participation-ended'])

/** `roles`: who may record this kind of act at all; not known: anybody. `undefined`: nothing is known that stands against it. */
export function barOf(
  kind: string,
  found: CasePage,
  timeline: readonly TimelineItem[],
  role: string,
  roles: readonly string[] | undefined,
  access?: Pick<CaseAccess, 'participants' | 'offer'>,
): Bar | undefined {
  if (kind === 'help-request-registered') return { why: 'opensCase', first: { place: 'new' } }
  if (kind === 'taken-over-from-paper') return { why: 'opensCase', first: { place: 'from-paper' } }
  if (OFFERS.includes(kind)) return { why: 'ofOffer', first: { place: 'hand-overs' } }
  const act = kind as ActKind
  if ((found.allowedActs as readonly string[]).includes(kind)) return nothingToSpeakOf(act, found, timeline, access)
  if (roles && !roles.includes(role)) return { why: 'ofRoles' }
  const stage = found.summary.stage as Stage
  const isOf = (one: Stage) => (ALLOWED[one] as readonly ActKind[]).includes(act)
  if (isOf(stage) || found.erased) return { why: 'ofOthers' }
  if (found.summary.ended) return isForGood(timeline) ? { why: 'endedForGood' } : { why: 'ended', first: { act: 'relapse' } }
  // CP-63 is for a case that was closed; in an open one danger has a way of its own.
  if (act === 'relapse') return { why: 'notClosed', first: { act: 'risk-assessed' } }
  const now = ORDER.indexOf(stage)
  const later = ORDER.find((one, at) => at > now && isOf(one))
  if (later) return { why: 'stageLater', wanted: later, ...withFirst(firstOfStage(stage, found)) }
  const earlier = ORDER.findLast((one, at) => at < now && isOf(one))
  return { why: 'stagePast', ...(earlier && { wanted: earlier }), ...(stage === 'monitoring' && { first: { act: 'relapse' } }) }
}

const withFirst = (first: First | undefined) => (first ? { first } : {})
const isRunning = ({ hours }: CasePage) => hours.some(({ closedAt }) => closedAt === undefined)

function firstOfStage(stage: Stage, found: CasePage): First | undefined {
  if (stage === 'urgent-measures' && isRunning(found)) return { place: 'hour' }
  if (stage === 'implementation' && found.closureBars.includes('closure-asked-already')) return { act: 'closure-decided' }
  const act = ENDS[stage]
  return act && { act }
}

const isForGood = (timeline: readonly TimelineItem[]): boolean =>
  formsOf(timeline, 'merged-into').length > 0 || formsOf(timeline, 'closure-asked')[0]?.['end'] === 'child-died'

/** It belongs to this stage, but what it would speak of is not there, or something graver stands before it. */
function nothingToSpeakOf(
  kind: ActKind,
  found: CasePage,
  timeline: readonly TimelineItem[],
  access?: Pick<CaseAccess, 'participants' | 'offer'>,
): Bar | undefined {
  const needs = NEEDS[kind]
  if (needs && found.mayReadDeadlines) {
    const { row, ...bar } = needs
    if (!found.deadlines.some((one) => one.row === row && one.state === 'open')) return bar
  }
  switch (kind) {
    case 'relapse':
      return isForGood(timeline) ? { why: 'endedForGood' } : undefined
    case 'child-safe':
    case 'urgent-measures-evidenced':
      return found.hours.length === 0 ? { why: 'noHour', first: { act: 'risk-assessed' } } : undefined
    case 'merged-into':
      return isRunning(found) ? { why: 'hourOpen', first: { place: 'hour' } } : undefined
    case 'primary-assessment-done':
      return found.closureBars.includes('closure-asked-already') ? { why: 'closurePending', first: { act: 'closure-decided' } } : undefined
    case 'closure-decided':
      return found.closureBars.includes('closure-asked-already') ? undefined : { why: 'closureNotAsked', first: { act: 'closure-asked' } }
    case 'measure-marked':
      return found.mayReadFile && (versionsOf(timeline)[0]?.plan.measures ?? []).length === 0
        ? { why: 'noMeasure', first: { act: 'plan-signed' } }
        : undefined
    case 'consent-withdrawn':
      return found.mayReadRights && !found.consents.some(({ state }) => state === 'given' || state === 'expired')
        ? { why: 'noConsent', first: { act: 'consent-given' } }
        : undefined
    case 'hand-over-offered':
      return access?.offer ? { why: 'offeredAlready', first: { act: 'hand-over-taken-back' } } : undefined
    case 'hand-over-taken-back':
      return access && !access.offer ? { why: 'notOffered', first: { act: 'hand-over-offered' } } : undefined
    case 'participation-ended':
      return access?.participants.length === 0 ? { why: 'nobodyInvited', first: { act: 'participant-invited' } } : undefined
    default:
      return undefined
  }
}
