/** Meetings, reviews, referrals, requests. */
import type { ActOf } from '../acts.ts'
import { FOLLOWS, REVIEW_OUTCOME_RULES, type ReviewOutcomeRow } from '../review-rows.ts'
import { close, end, open, openReview, type Draft } from './draft.ts'
import { act as momentOf } from './moment.ts'

/** CP-50: "2 weeks before (report due)" asks for what is there; the invitation and what is told when the day has passed stay. */
const REMINDERS_OF_THE_REPORT = ['report'] as const

export function reviewAgreed(draft: Draft, act: ActOf<'review-agreed'>) {
  openReview(draft)?.changes.push({ of: act.id, at: act.happenedAt, recordedAt: act.recordedAt, day: act.fact.day })
}

export function reviewReportHandedIn(draft: Draft, act: ActOf<'review-report-handed-in'>) {
  const review = openReview(draft)
  if (!review) return
  review.reportAt ??= act.happenedAt
  review.spared = REMINDERS_OF_THE_REPORT
}

/** The next review counts from this day; a day agreed at the meeting may only be earlier. Its protocol is due (CP-32), and what it decided (CP-53). */
export function reviewHeld(draft: Draft, act: ActOf<'review-held'>) {
  const review = openReview(draft)
  if (!review) return
  const { id, at, recordedAt } = momentOf(act)
  review.heldAt = at
  draft.reviewDecision = act.fact.decision
  const changes = act.fact.nextDay ? [{ of: id, at, recordedAt, day: act.fact.nextDay }] : []
  draft.reviews.push({ of: id, from: at, bornAt: recordedAt, changes })
  open(draft, 'protocol', momentOf(act), act.fact.meeting ? { of: act.fact.meeting } : {})
  // What the review before decided and nobody did: this one has decided anew.
  for (const row of Object.keys(REVIEW_OUTCOME_RULES) as ReviewOutcomeRow[]) end(draft, row, at)
  open(draft, FOLLOWS[act.fact.decision], momentOf(act), { variant: act.fact.decision })
}

export const meetingHeld = (draft: Draft, act: ActOf<'meeting-held'>) => open(draft, 'protocol', momentOf(act), { of: act.fact.meeting })

/** `meeting` is the meeting's id, or of a review without one the id of the act by which it was recorded. */
export const protocolApproved = (draft: Draft, act: ActOf<'protocol-approved'>) =>
  close(draft, 'protocol', act.happenedAt, (term) => term.of === act.fact.meeting)

export function referralSent(draft: Draft, act: ActOf<'referral-sent'>) {
  // An examination alone puts the review's decision to nobody.
  if (!act.fact.examination) close(draft, 'review-referral', act.happenedAt)
  open(draft, 'referral', momentOf(act), { of: act.fact.referral, variant: act.fact.to })
}

export function referralAnswered(draft: Draft, act: ActOf<'referral-answered'>) {
  const { referral, answer, newDay } = act.fact
  const sent = draft.terms.find((term) => term.row === 'referral' && term.of === referral)
  if (!sent) return
  close(draft, 'referral', act.happenedAt, (term) => isOf(term.of, referral))
  // Withdrawn: what the review decided is put to nobody again.
  const undone = answer === 'withdrawn' && draft.terms.some((term) => term.row === 'review-referral' && term.closedAt === sent.from)
  if (undone && draft.reviewDecision) open(draft, 'review-referral', momentOf(act), { variant: draft.reviewDecision })
  // Postponed: it waits on with the new day.
  if (answer === 'postponed')
    open(draft, 'referral', momentOf(act), { of: `${referral}.${act.id}`, variant: sent.variant, ...(newDay && { day: newDay }) })
}

const isOf = (of: string, subject: string) => of === subject || of.startsWith(`${subject}.`)

export const requestSent = (draft: Draft, act: ActOf<'request-sent'>) =>
  open(draft, 'request-answer', momentOf(act), { of: act.fact.request, ...(act.fact.answerBy && { day: act.fact.answerBy }) })

export const requestAnswered = (draft: Draft, act: ActOf<'request-answered'>) =>
  close(draft, 'request-answer', act.happenedAt, (term) => isOf(term.of, act.fact.request))
