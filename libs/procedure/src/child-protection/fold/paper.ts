/** A case that began before it was entered: one act puts it where it stands (deadlines.md "Taken over"). */
import { at0900, type Day } from '../../time.ts'
import type { ActOf } from '../acts.ts'
import { anchor, open, type Draft, type Moment } from './draft.ts'

export function takenOverFromPaper(draft: Draft, act: ActOf<'taken-over-from-paper'>) {
  const { fact } = act
  const on = (day: Day, what: string): Moment => ({ id: `${act.id}.${what}`, at: at0900(day), recordedAt: act.recordedAt, paper: true })
  const began = fact.assessmentDecidedDay ?? fact.registeredDay

  draft.episode = 1
  draft.riskLevel = fact.level
  draft.base = fact.stage
  if (fact.placement) {
    draft.placement = fact.placement
    draft.placements.push(on(fact.placementSince ?? fact.registeredDay, 'placement'))
  }
  if (fact.stage === 'primary-assessment') {
    open(draft, 'primary-assessment', on(fact.registeredDay, 'registered'), { variant: fact.level === 'low' ? 'low' : 'medium' })
    return
  }
  if (fact.stage === 'monitoring') {
    const closed = fact.closedDay ?? fact.registeredDay
    draft.end = 'closed'
    draft.monitoring.push({
      of: act.id,
      from: at0900(closed),
      bornAt: act.recordedAt,
      paper: true,
      ...(fact.monitoringEnd && { endDay: fact.monitoringEnd }),
      looks: fact.lastLook ? [{ ...on(fact.lastLook, 'look'), last: false }] : [],
    })
    return
  }
  if (fact.stage === 'comprehensive-assessment') open(draft, 'assessment', on(began, 'assessment'))
  if (fact.stage === 'planning') {
    const finished = on(fact.assessmentFinishedDay ?? began, 'finished')
    draft.assessmentFinishedAt = finished.at
    open(draft, 'plan', finished)
  }
  if (fact.stage === 'implementation') {
    const plan = on(fact.planDay ?? began, 'plan')
    const last = fact.lastReview ? on(fact.lastReview, 'review') : undefined
    draft.planAt = plan.at
    draft.reviews.push({ of: (last ?? plan).id, from: (last ?? plan).at, bornAt: act.recordedAt, changes: [], paper: true })
    anchor(draft, 'plan', plan)
  } else anchor(draft, 'before-plan', on(began, 'confirmed'))
  placedSince(draft, act, on)
}

function placedSince(draft: Draft, act: ActOf<'taken-over-from-paper'>, on: (day: Day, what: string) => Moment) {
  const { placementSince, lastHomeContact, lastPhoneContact } = act.fact
  const start = draft.anchors.at(-1)!
  if (placementSince && at0900(placementSince) > start.at) anchor(draft, 'placement', on(placementSince, 'placement'))
  if (lastHomeContact) draft.contacts.push({ ...on(lastHomeContact, 'home'), by: 'home-visit', made: true, childSeen: true })
  if (lastPhoneContact) draft.contacts.push({ ...on(lastPhoneContact, 'phone'), by: 'phone', made: true, childSeen: true })
}
