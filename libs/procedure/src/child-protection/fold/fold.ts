/** The fold itself: acts in the order in which they happened, with the end of each hour between them. */
import type { FactsContext } from '../../programme.ts'
import type { RecordedAct } from '../../case.ts'
import { dayOf, startOfDay, type Instant } from '../../time.ts'
import type { ActKind, ActOf, ChildProtectionAct } from '../acts.ts'
import type { ChildProtectionCase } from '../facts.ts'
import { ALLOWED, RIGHTS_ACTS } from '../allowed.ts'
import { closureAsked, closureDecided, mergedInto, monitoringLook } from './closure.ts'
import { endCase, hasOpen, newDraft, type Draft } from './draft.ts'
import { hoursOf } from './hours.ts'
import { takenOverFromPaper } from './paper.ts'
import { byHappening, effective } from './record.ts'
import * as review from './review.ts'
import * as rights from './rights.ts'
import * as risk from './risk.ts'
import * as support from './support.ts'

const nothing = () => {}

/** What each kind of act does to the state. A kind forgotten does not compile. */
const DOES: { [K in ActKind]: (draft: Draft, act: ActOf<K>) => void } = {
  'help-request-registered': risk.registered,
  'taken-by-social-worker': risk.takenBySocialWorker,
  'risk-assessed': risk.riskAssessed,
  // Folded beforehand: an hour ends when its evidence is complete, not when a piece is written down.
  'urgent-measures-evidenced': nothing,
  'child-safe': risk.childSafe,
  'placement-recorded': support.placementRecorded,
  'primary-assessment-done': risk.primaryAssessmentDone,
  'assessment-decided': support.assessmentDecided,
  'assessment-term-set': support.assessmentTermSet,
  'assessment-finished': support.assessmentFinished,
  'family-drawn': nothing,
  'plan-signed': support.planSigned,
  'plan-signed-by-family': support.planSignedByFamily,
  'measure-marked': support.measureMarked,
  'contact-made': support.contactMade,
  'contact-attempted': support.contactAttempted,
  'next-contact-set': support.nextContactSet,
  'review-agreed': review.reviewAgreed,
  'review-report-handed-in': review.reviewReportHandedIn,
  'review-held': review.reviewHeld,
  'meeting-held': review.meetingHeld,
  'protocol-approved': review.protocolApproved,
  'referral-sent': review.referralSent,
  'referral-answered': review.referralAnswered,
  'request-sent': review.requestSent,
  'request-answered': review.requestAnswered,
  'request-received': nothing,
  'closure-asked': closureAsked,
  'closure-decided': closureDecided,
  'monitoring-look': monitoringLook,
  relapse: risk.relapsed,
  assigned: (draft, act) => void (draft.manager = act.fact.manager),
  'handed-over': (draft, act) => void (draft.manager = act.fact.manager),
  'taken-over-from-paper': takenOverFromPaper,
  withdrawn: nothing,
  'merged-into': mergedInto,
  'moved-to-edition': (draft, act) => void (draft.edition = act.fact.edition),
  noted: nothing,
  'consent-given': rights.consentGiven,
  'consent-refused': rights.consentRefused,
  'consent-withdrawn': rights.consentWithdrawn,
  'child-corrected': nothing,
  'correction-refused': nothing,
  'access-asked': nothing,
  'erasure-held': rights.erasureHeld,
  // Who takes part, and to whom the file is offered, moves no term.
  'participant-invited': nothing,
  'participation-ended': nothing,
  'hand-over-offered': nothing,
  'hand-over-accepted': (draft, act) => void (draft.manager = act.fact.manager),
  'hand-over-declined': nothing,
  'hand-over-taken-back': nothing,
}

/** These may say that the child is in danger: then an hour runs, wherever the case stood. */
const MAY_START_AN_HOUR: readonly ActKind[] = ['relapse', 'risk-assessed', 'primary-assessment-done', 'assessment-finished']

/**
 * An act that was right when it was recorded may come to lie behind the case's end, by a withdrawal: it stays in the record
 * and does nothing.
 */
function stillCounts(draft: Draft, kind: ActKind): boolean {
  if (draft.base !== 'ended' && draft.base !== 'monitoring') return true
  if ((RIGHTS_ACTS as readonly ActKind[]).includes(kind)) return true
  if (draft.base === 'ended' && draft.end === 'child-died') return false
  return (ALLOWED[draft.base] as readonly ActKind[]).includes(kind) || MAY_START_AN_HOUR.includes(kind)
}

type Event = { actId?: string; at: Instant; recordedAt: Instant; happen: (draft: Draft) => void }

/** Acts, and each hour's end at the instant when its last piece of evidence happened (not before the act that started it). */
function eventsOf(acts: readonly ChildProtectionAct[], draft: Draft): Event[] {
  const events: Event[] = byHappening(acts).map((act) => ({
    actId: act.id,
    at: act.happenedAt,
    recordedAt: act.recordedAt,
    happen: () => {
      if (stillCounts(draft, act.kind)) (DOES[act.kind] as (draft: Draft, act: ChildProtectionAct) => void)(draft, act)
    },
  }))
  for (const hour of draft.hours) {
    if (hour.closedAt === undefined || hour.withdrawnAt !== undefined) continue
    const started = acts.find((act) => act.id === hour.actId)!
    const at = Math.max(hour.closedAt, started.happenedAt)
    const recordedAt = Math.max(hour.closedRecordedAt!, hour.recordedAt)
    const level = noGroundsLevelOf(acts, hour.n)
    const moment = { id: `hour-${hour.n}`, at: hour.closedAt, recordedAt }
    // After everything of the same instant, and after the act that started it.
    const place = Math.max(
      events.findLastIndex((event) => event.at <= at),
      events.findIndex((event) => event.actId === hour.actId),
    )
    events.splice(place + 1, 0, { at, recordedAt, happen: (d) => risk.hourClosed(d, hour, moment, level) })
  }
  return events
}

const noGroundsLevelOf = (acts: readonly ChildProtectionAct[], n: number) =>
  acts.flatMap((act) =>
    act.kind === 'urgent-measures-evidenced' && act.fact.hour === n && act.fact.noGrounds ? [act.fact.noGrounds.level] : [],
  )[0]

/** Facts of a case from its record. The order of the list does not matter. */
export function factsOf(acts: readonly RecordedAct[], context: FactsContext): ChildProtectionCase {
  const all = acts as readonly ChildProtectionAct[]
  const now = effective(all)
  const draft = newDraft(hoursOf(all))
  for (const event of eventsOf(now, draft)) {
    event.happen(draft)
    risk.settleUrgent(draft, event.recordedAt)
  }
  // The act that made the case was entered in error: nothing is left of it.
  if (draft.episode === 0) endCase(draft, { id: '', at: Math.max(0, ...all.map((act) => act.recordedAt)), recordedAt: 0 }, undefined)
  return finish(draft, now, context)
}

function finish(draft: Draft, acts: readonly ChildProtectionAct[], context: FactsContext): ChildProtectionCase {
  const urgent = draft.openHours.size > 0 || hasOpen(draft, 'child-safe')
  // An hour opened again by a withdrawal outlives the end of its case; only death ends it.
  const ended = draft.base === 'ended' && (draft.openHours.size === 0 || draft.end === 'child-died')
  return {
    programme: 'child-protection',
    edition: draft.edition ?? context.edition,
    calendar: context.calendar,
    version: context.version,
    settings: context.settings,
    stage: urgent && !ended ? 'urgent-measures' : draft.base,
    baseStage: draft.base,
    episode: draft.episode,
    riskLevel: draft.riskLevel,
    ended,
    hours: draft.hours,
    openHours: [...draft.openHours].sort((a, b) => a - b),
    firstReportAt: firstReportOf(acts),
    criteria: draft.criteria,
    withFirstPerson: draft.withFirstPerson,
    crueltySigns: draft.crueltySigns,
    ...defined({
      manager: draft.manager,
      safe: draft.safe,
      placement: draft.placement,
      assessmentFinishedAt: draft.assessmentFinishedAt,
      planDay: draft.planAt === undefined ? undefined : dayOf(draft.planAt),
      reviewDecision: draft.reviewDecision,
      pendingEnd: draft.pendingEnd,
      end: draft.end,
      endedAt: draft.endedAt,
      consents: Object.keys(draft.consents).length > 0 ? draft.consents : undefined,
      held: draft.held,
    }),
    terms: draft.terms,
    contacts: { anchors: draft.anchors, all: draft.contacts, set: draft.set },
    reviews: draft.reviews,
    monitoring: draft.monitoring,
  }
}

const defined = <T extends object>(all: T) =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Partial<T>

function firstReportOf(acts: readonly ChildProtectionAct[]): Instant {
  const first = byHappening(acts)[0]
  if (!first) return 0
  if (first.kind === 'help-request-registered') return Math.min(first.fact.reportedAt, first.happenedAt)
  if (first.kind === 'taken-over-from-paper') return startOfDay(first.fact.registeredDay)
  return first.happenedAt
}
