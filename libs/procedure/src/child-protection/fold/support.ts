/** Stage 3: assessment, plan, measures, placement and contacts. */
import type { ActOf } from '../acts.ts'
import { anchor, close, contactsRun, end, hasOpen, open, openTerms, type Draft } from './draft.ts'
import { act as momentOf } from './moment.ts'
import { crueltySeen, setLevel, startHour } from './risk.ts'

export function assessmentDecided(draft: Draft, act: ActOf<'assessment-decided'>) {
  const moment = momentOf(act)
  if (hasOpen(draft, 'assessment')) {
    if (act.fact.termDay) setTerm(draft, moment, act.fact.termDay)
    return
  }
  open(draft, 'assessment', moment, act.fact.termDay ? { day: act.fact.termDay } : {})
}

/** CP-23, CP-121: the court's term takes the place of the six weeks, counted from the same event. */
function setTerm(draft: Draft, moment: ReturnType<typeof momentOf>, day: string) {
  for (const term of openTerms(draft, 'assessment')) {
    term.endedAt = moment.at
    open(draft, 'assessment', moment, { from: term.from, day })
  }
}

export const assessmentTermSet = (draft: Draft, act: ActOf<'assessment-term-set'>) => setTerm(draft, momentOf(act), act.fact.termDay)

export function assessmentFinished(draft: Draft, act: ActOf<'assessment-finished'>) {
  const moment = momentOf(act)
  close(draft, 'assessment', act.happenedAt)
  draft.assessmentFinishedAt = act.happenedAt
  if (startHour(draft, moment, { level: act.fact.level }) || draft.base === 'ended' || draft.base === 'monitoring') return
  if (draft.base === 'comprehensive-assessment') draft.base = 'planning'
  setLevel(draft, act.fact.level, moment)
  if (!hasOpen(draft, 'plan')) open(draft, 'plan', moment)
}

export function planSigned(draft: Draft, act: ActOf<'plan-signed'>) {
  const moment = momentOf(act)
  close(draft, 'plan', act.happenedAt)
  const isOfReview = hasOpen(draft, 'review-plan')
  close(draft, 'review-plan', act.happenedAt)
  measuresStand(draft, act)
  // CP-53: what a review changed is signed anew.
  if (isOfReview && !hasOpen(draft, 'review-plan-signature')) open(draft, 'review-plan-signature', moment)
  if (draft.planAt !== undefined) return
  // The plan's day: the first version (of this episode). New versions do not move it.
  draft.planAt = act.happenedAt
  draft.base = 'implementation'
  open(draft, 'family-signature', moment)
  draft.reviews.push({ of: act.id, from: act.happenedAt, bornAt: act.recordedAt, changes: [] })
  anchor(draft, 'plan', moment)
}

/** A version holds all measures as they stand: a new day is a new period, a measure left out is ended. */
function measuresStand(draft: Draft, act: ActOf<'plan-signed'>) {
  const wanted = new Map(act.fact.measures.map((measure) => [`${measure.id}.${measure.due}`, measure]))
  end(draft, 'measure', act.happenedAt, (term) => !wanted.has(term.of))
  for (const [of, { due, responsible, person }] of wanted) {
    const whose = { responsible, ...(person && { person }) }
    const standing = draft.terms.find((term) => term.row === 'measure' && term.of === of && term.endedAt === undefined)
    if (!standing) open(draft, 'measure', momentOf(act), { of, day: due, ...whose })
    // Given to somebody else: the term runs on, the new one is told.
    else if (standing.closedAt === undefined) {
      delete standing.person
      Object.assign(standing, whose)
    }
  }
}

export function planSignedByFamily(draft: Draft, act: ActOf<'plan-signed-by-family'>) {
  close(draft, 'family-signature', act.happenedAt)
  close(draft, 'review-plan-signature', act.happenedAt)
}

export const measureMarked = (draft: Draft, act: ActOf<'measure-marked'>) =>
  close(draft, 'measure', act.happenedAt, (term) => term.of.startsWith(`${act.fact.measure}.`))

/** CP-113, CP-45: the schedule is written anew from the first day there. */
export function placementRecorded(draft: Draft, act: ActOf<'placement-recorded'>) {
  const moment = momentOf(act)
  draft.placement = act.fact.placement
  draft.placed = false
  if (act.fact.asParents) draft.asParents = true
  else delete draft.asParents
  draft.placements.push(moment)
  close(draft, 'form-of-care', act.happenedAt)
  if (contactsRun(draft)) anchor(draft, 'placement', moment)
}

export function contactMade(draft: Draft, act: ActOf<'contact-made'>) {
  draft.contacts.push({ ...momentOf(act), by: act.fact.by, made: true, childSeen: act.fact.childSeen })
  if (act.fact.signsOfCruelty && draft.base !== 'ended') crueltySeen(draft, momentOf(act))
}

export const contactAttempted = (draft: Draft, act: ActOf<'contact-attempted'>) => {
  draft.contacts.push({ ...momentOf(act), by: act.fact.by, made: false, childSeen: false })
}

export const nextContactSet = (draft: Draft, act: ActOf<'next-contact-set'>) => {
  draft.set.push({ ...momentOf(act), day: act.fact.day })
}
