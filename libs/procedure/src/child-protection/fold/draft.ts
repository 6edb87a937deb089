/** The state while acts are folded into facts, and the few ways it changes. */
import type { Hour } from '../../case.ts'
import type { Instant } from '../../time.ts'
import type { CaseEnd, Placement } from '../acts.ts'
import type { Anchor, BaseStage, ChildProtectionCase, Consents, Contact, Monitoring, Review, Term } from '../facts.ts'
import type { TermRow } from '../rows.ts'

/** An instant with its place in the record. */
export type Moment = { id: string; at: Instant; recordedAt: Instant; paper?: true }

type Open<T> = { -readonly [K in keyof T]: T[K] }

export type Draft = {
  base: BaseStage
  riskLevel: ChildProtectionCase['riskLevel']
  episode: number
  registeredAt: Instant
  criteria: readonly string[]
  manager?: string
  withFirstPerson: boolean
  hours: readonly Hour[]
  openHours: Set<number>
  safe?: ChildProtectionCase['safe']
  /** Absent with `placed`: taken out of the family, form of care unknown. Absent without: with the parents. */
  placement?: Placement
  asParents?: true
  placed: boolean
  placements: Moment[]
  assessmentFinishedAt?: Instant
  planAt?: Instant
  crueltySigns: boolean
  reviewDecision?: ChildProtectionCase['reviewDecision']
  pendingEnd?: { end: CaseEnd; months?: number }
  end?: CaseEnd
  endedAt?: Instant
  edition?: string
  terms: Open<Term>[]
  anchors: Anchor[]
  contacts: Contact[]
  set: { id: string; at: Instant; recordedAt: Instant; day: string }[]
  reviews: (Omit<Open<Review>, 'changes'> & { changes: Open<Review['changes'][number]>[] })[]
  monitoring: (Omit<Open<Monitoring>, 'looks'> & { looks: Monitoring['looks'][number][] })[]
  consents: Open<Consents>
  held?: ChildProtectionCase['held']
}

export const newDraft = (hours: readonly Hour[]): Draft => ({
  base: 'registered',
  riskLevel: 'unknown',
  episode: 0,
  registeredAt: 0,
  criteria: [],
  withFirstPerson: false,
  hours,
  openHours: new Set(),
  placed: false,
  placements: [],
  crueltySigns: false,
  terms: [],
  anchors: [],
  contacts: [],
  set: [],
  reviews: [],
  monitoring: [],
  consents: {},
})

const isOpen = (period: { closedAt?: Instant; endedAt?: Instant }) => period.closedAt === undefined && period.endedAt === undefined

export const openTerms = (draft: Draft, row: TermRow) => draft.terms.filter((term) => term.row === row && isOpen(term))
export const hasOpen = (draft: Draft, row: TermRow) => draft.terms.some((term) => term.row === row && isOpen(term))

/** Opens a period of a row, counted from the moment unless told otherwise. */
export function open(
  draft: Draft,
  row: TermRow,
  moment: Moment,
  more: Partial<Pick<Term, 'of' | 'from' | 'variant' | 'day' | 'responsible' | 'person'>> = {},
) {
  let of = more.of ?? moment.id
  // The same measure taken up again on the same day is a new period.
  if (draft.terms.some((term) => term.row === row && term.of === of)) of = `${of}.${moment.id}`
  draft.terms.push({
    row,
    from: moment.at,
    bornAt: moment.recordedAt,
    ...more,
    of,
    ...(moment.paper && { paper: true }),
  })
}

/** Evidence closes the open periods of a row (of one subject where given). */
export function close(draft: Draft, row: TermRow, at: Instant, of?: (term: Term) => boolean) {
  for (const term of openTerms(draft, row)) if (!of || of(term)) term.closedAt = at
}

/** A change ends the open periods of a row. */
export function end(draft: Draft, row: TermRow, at: Instant, of?: (term: Term) => boolean) {
  for (const term of openTerms(draft, row)) if (!of || of(term)) term.endedAt = at
}

/** What waits on others goes on after the family's support was ended: papers and answers. */
const OUTLIVES_CLOSURE: readonly TermRow[] = ['protocol', 'request-answer']

/** Ends every open period: of the episode, or of the whole case. */
export function endAll(draft: Draft, moment: Moment, whole: boolean) {
  for (const term of draft.terms) if (isOpen(term) && (whole || !OUTLIVES_CLOSURE.includes(term.row))) term.endedAt = moment.at
  for (const review of draft.reviews) if (review.heldAt === undefined && review.endedAt === undefined) review.endedAt = moment.at
  for (const monitoring of draft.monitoring) monitoring.endedAt ??= moment.at
  if (contactsRun(draft)) draft.anchors.push({ ...anchorOf(draft, moment), kind: 'stop' })
}

export function endCase(draft: Draft, moment: Moment, how: CaseEnd | undefined) {
  endAll(draft, moment, true)
  draft.base = 'ended'
  draft.end = how
  draft.endedAt = moment.at
  delete draft.pendingEnd
}

export const contactsRun = (draft: Draft) => draft.anchors.length > 0 && draft.anchors.at(-1)!.kind !== 'stop'

const anchorOf = (draft: Draft, moment: Moment): Omit<Anchor, 'kind'> => ({
  id: moment.id,
  at: moment.at,
  recordedAt: moment.recordedAt,
  beforePlan: draft.planAt === undefined,
  // Nobody said otherwise: the child lives with the parents.
  ...(draft.placement ? { placement: draft.placement } : !draft.placed && { placement: 'with-parents' as const }),
  ...(draft.asParents && { asParents: true as const }),
  ...(moment.paper && { paper: true as const }),
})

/** The contact schedule starts anew at this moment. */
export function anchor(draft: Draft, kind: Exclude<Anchor['kind'], 'stop'>, moment: Moment) {
  draft.anchors.push({ ...anchorOf(draft, moment), kind })
}

/** The review period that is not held yet. */
export const openReview = (draft: Draft) => draft.reviews.find((review) => review.heldAt === undefined && review.endedAt === undefined)
