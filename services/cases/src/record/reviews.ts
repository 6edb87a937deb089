/** What the record knows of a case's reviews (CP-50, CP-52, CP-53): the one that comes, those that were held, the report filled from acts. */
import { PLACEMENTS, REVIEW_DECISIONS, RISK_LEVELS, type MARKS } from '@tirek/contract/forms/codes'
import { definitionOf } from '@tirek/contract/acts'
import { paperDay } from '@tirek/contract/paper-day'
import type { PlanMeasure, ReviewState } from '@tirek/contract/reviews'
import type { Lang } from '@tirek/contract/roles'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { ChildProtectionCase, Review } from '@tirek/procedure/child-protection/facts'
import { labelOf } from '@tirek/procedure/child-protection/labels'
import { FOLLOWS } from '@tirek/procedure/child-protection/review-rows'
import type { Deadline } from '@tirek/procedure/deadline'
import { isOverdue } from '@tirek/procedure/next-step'
import { dayOf, type Instant } from '@tirek/procedure/time'

export type Written = { id: string; kind: ActKind; at: Instant; recordedAt: Instant; by: string; form: Record<string, unknown> }

/** Acts not withdrawn, oldest first; history: every deadline. */
export type OfCase = {
  id: string
  number: string
  facts: ChildProtectionCase
  acts: readonly Written[]
  history: readonly Deadline[]
}

type Plan = {
  planVersion: number
  needs?: { text: string }[]
  measures: {
    id: string
    action: string
    need?: number
    responsible: string
    person?: string
    responsibleName?: string
    from?: string
    due: string
  }[]
}

export const plansOf = (acts: readonly Written[]): (Written & { form: Plan })[] =>
  acts.filter((act) => act.kind === 'plan-signed') as (Written & { form: Plan })[]

/** Measures of a version with the marks that stood at an instant. */
export function measuresOf(
  plan: Plan,
  acts: readonly Written[],
  nameOf: (person: string) => string | undefined,
  until = Infinity,
): PlanMeasure[] {
  return plan.measures.map(({ id, action, need, responsible, person, responsibleName, from, due }) => {
    const marked = acts.findLast((act) => act.kind === 'measure-marked' && act.form['measure'] === id && act.at <= until)
    const needed = need === undefined ? undefined : plan.needs?.[need - 1]?.text
    const who = responsibleName ?? (person && nameOf(person))
    return {
      id,
      action,
      ...(needed && { need: needed }),
      responsible,
      ...(who && { who }),
      ...(from && { from }),
      due,
      ...(marked && { mark: marked.form['mark'] as keyof typeof MARKS, markedOn: dayOf(marked.at) }),
    }
  })
}

export const awaitedOf = (facts: ChildProtectionCase): Review | undefined =>
  facts.reviews.find((review) => review.heldAt === undefined && review.endedAt === undefined)

/** The report that was handed in for the review that an act closed: the last one since the review before. */
export function reportOf(acts: readonly Written[], heldAt: Instant): Written | undefined {
  const before = acts.findLast((act) => act.kind === 'review-held' && act.at < heldAt)?.at ?? -Infinity
  return acts.findLast((act) => act.kind === 'review-report-handed-in' && act.at <= heldAt && act.at > before)
}

/** What the protocol of a review says of it: which one it is, and the report before it. `review`: its meeting and when it was held. */
export function asProtocolTells(acts: readonly Written[], review: { meeting: string; heldAt: Instant }, lang: Lang) {
  const before = acts.filter((act) => act.kind === 'review-held' && act.at < review.heldAt && act.form['meeting'] !== review.meeting)
  const report = reportOf(acts, review.heldAt)?.form as
    | { report: string; proposal?: keyof typeof REVIEW_DECISIONS; proposalReason?: string }
    | undefined
  const proposals = [report?.proposal && REVIEW_DECISIONS[report.proposal][lang === 'kk' ? 'kk' : 'ru'], report?.proposalReason]
  return { nth: before.length + 1, ...(report && { report: report.report }), proposals: proposals.filter((one) => one !== undefined) }
}

export function stateOf(of: OfCase, now: Instant, nameOf: (person: string) => string | undefined): Omit<ReviewState, 'form'> {
  const { facts, acts, history } = of
  const reviews = acts.filter((act) => act.kind === 'review-held')
  const awaited = awaitedOf(facts)
  const due = history.find((one) => (one.row === 'review' || one.row === 'review-day') && one.state === 'open')?.dueDay
  const report = awaited && acts.findLast((act) => act.kind === 'review-report-handed-in' && act.at > awaited.from)
  const plan = plansOf(acts).at(-1)
  const outcome = outcomeOf(of, now)
  return {
    caseId: of.id,
    number: of.number,
    nth: reviews.length + 1,
    ...(awaited && { since: dayOf(awaited.from) }),
    ...(due && { due }),
    ...(report && { report: { act: report.id, at: report.at } }),
    ...(plan && { plan: { act: plan.id, version: plan.form.planVersion, measures: measuresOf(plan.form, acts, nameOf) } }),
    held: reviews.map((act, n) => {
      const handedIn = reportOf(acts, act.at)
      return {
        act: act.id,
        nth: n + 1,
        day: dayOf(act.at),
        decision: act.form['decision'] as ReviewState['held'][number]['decision'],
        ...(typeof act.form['meeting'] === 'string' && { meeting: act.form['meeting'] }),
        ...(handedIn && { report: handedIn.id }),
      }
    }),
    ...(outcome && { outcome }),
  }
}

/** Told from the facts, so that a case of an edition without these rows shows it too. */
function outcomeOf({ facts, acts, history }: OfCase, now: Instant): ReviewState['outcome'] {
  const last = acts.findLast((act) => act.kind === 'review-held')
  if (!last) return undefined
  const decision = last.form['decision'] as keyof typeof FOLLOWS
  const row = FOLLOWS[decision]
  const isOpen = facts.terms.some((term) => term.row === row && term.closedAt === undefined && term.endedAt === undefined)
  if (!isOpen) return undefined
  const deadline = history.find((one) => one.row === row && one.state === 'open')
  return {
    decision,
    act: labelOf(row).act,
    ...(deadline?.dueDay && { due: deadline.dueDay }),
    overdue: deadline !== undefined && isOverdue(deadline, now),
    ...(typeof last.form['meeting'] === 'string' && { meeting: last.form['meeting'] }),
  }
}

const IS_CONTACT = /^contact-/

/** Contacts since an instant, against the norm: those later than it and those that never came. */
export function contactsSince({ facts, history }: OfCase, since: Instant, now: Instant) {
  const within = facts.contacts.all.filter(({ at }) => at > since && at <= now)
  const terms = history.filter((one) => IS_CONTACT.test(one.row))
  const ended = terms.filter(({ closedAt }) => closedAt !== undefined && closedAt > since && closedAt <= now)
  return {
    made: within.filter(({ made }) => made).length,
    attempted: within.filter(({ made }) => !made).length,
    late: ended.filter(({ state }) => state === 'kept-late').length,
    missed:
      ended.filter(({ state }) => state === 'missed').length + terms.filter((one) => one.state === 'open' && isOverdue(one, now)).length,
  }
}

const ASSESSED: readonly ActKind[] = ['primary-assessment-done', 'assessment-decided', 'assessment-finished', 'risk-assessed']

/** The form of the report as far as the record knows it; the rest is the case manager's. `then`: the facts of when the period began. */
export function reportForm(of: OfCase, then: ChildProtectionCase, now: Instant, lang: Lang): Record<string, unknown> | undefined {
  const awaited = awaitedOf(of.facts)
  if (!awaited) return undefined
  const { facts, acts } = of
  const plan = plansOf(acts).at(-1)
  const lately = acts.filter(({ at }) => at > awaited.from && at <= now)
  const level = (risk: string) => (risk in RISK_LEVELS ? (risk as keyof typeof RISK_LEVELS) : undefined)
  const assessments = lately.filter(({ kind }) => ASSESSED.includes(kind)).map((act) => assessmentLine(act, lang))
  const moves = lately.filter(({ kind }) => kind === 'placement-recorded').map((act) => moveLine(act, lang))
  const filled = {
    planVersion: plan?.form.planVersion,
    since: dayOf(awaited.from),
    until: dayOf(now),
    measures: plan?.form.measures.map(({ id }) => {
      const marked = acts.findLast((act) => act.kind === 'measure-marked' && act.form['measure'] === id)
      return {
        measure: id,
        ...(marked && { mark: marked.form['mark'] }),
        ...(marked?.form['note'] !== undefined && { effect: marked.form['note'] }),
      }
    }),
    contacts: contactsSince(of, awaited.from, now),
    assessments: assessments.join('\n') || undefined,
    placement: facts.placement ?? (facts.safe?.placed ? undefined : 'with-parents'),
    changes: moves.join('\n') || undefined,
    levelThen: level(then.riskLevel),
    levelNow: level(facts.riskLevel),
  }
  return Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== undefined))
}

function assessmentLine({ kind, at, form }: Written, lang: Lang): string {
  const level = form['level'] as keyof typeof RISK_LEVELS | undefined
  return `${paperDay(dayOf(at))}: ${definitionOf(kind).label[lang]}${level ? `, ${RISK_LEVELS[level][lang]}` : ''}`
}

const moveLine = ({ at, form }: Written, lang: Lang) =>
  `${paperDay(dayOf(at))}: ${PLACEMENTS[form['placement'] as keyof typeof PLACEMENTS][lang]}`
