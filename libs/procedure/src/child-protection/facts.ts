/**
 * What a case's terms depend on: a pure fold over the acts not withdrawn. Nothing personal, no lengths (those are rule rows).
 */
import type { BaseFacts } from '../case.ts'
import type { Day, Instant } from '../time.ts'
import type { ConsentPurpose } from '../rights/consent.ts'
import type { CaseEnd, ContactBy, HoldGround, Placement, Responsible, Stage } from './acts.ts'
import type { TermRow } from './rows.ts'

/** Where the case stands when no hour runs: an hour and CP-112 show as `urgent-measures` and give the stage back. */
export type BaseStage = Stage

/** One period of a term: when it began, what closed it or which change ended it. */
export type Term = {
  row: TermRow
  of: string
  /** The event that the length is counted from. */
  from: Instant
  /** When it was written down. */
  bornAt: Instant
  /** Which length of the row (risk level, addressee). */
  variant?: string
  /** The act names the day itself: replaces the length. */
  day?: Day
  /** Evidence, by its happened time. */
  closedAt?: Instant
  /** A change ended it: lapsed, or missed when it was overdue. */
  endedAt?: Instant
  /** Taken over from paper: what came due before is neither asked nor told. */
  paper?: true
  /** CP-127: whose measure it is, and the person id where it is somebody of the organisation. */
  responsible?: Responsible
  person?: string
}

/** The contact schedule starts here anew, or stops. */
export type Anchor = {
  id: string
  at: Instant
  recordedAt: Instant
  kind: 'before-plan' | 'plan' | 'placement' | 'stop'
  /** CP-47: an anchor of before the plan counts only where the organisation keeps the norms before it. */
  beforePlan: boolean
  /** Absent: taken out of the family, form of care not known yet (CP-15): nobody to contact. */
  placement?: Placement
  asParents?: true
  paper?: true
}

export type Contact = { id: string; at: Instant; recordedAt: Instant; by: ContactBy; made: boolean; childSeen: boolean; paper?: true }

export type ContactFacts = {
  anchors: readonly Anchor[]
  all: readonly Contact[]
  /** CP-41 "then as needed": days set by the worker. */
  set: readonly { id: string; at: Instant; recordedAt: Instant; day: Day }[]
}

/** One review period: from the plan's day or the last review to the next. */
export type Review = {
  of: string
  from: Instant
  bornAt: Instant
  /** Days agreed, or set by default after an hour in stage 3, in order. */
  changes: readonly { of: string; at: Instant; recordedAt: Instant; day?: Day }[]
  reportAt?: Instant
  /**
   * Steps of the review that evidence made needless, by the id of their row: `report` once the report is handed in. Told in the facts, not
   * concluded from `reportAt`: a run that began with facts without it replays the steps that it took.
   */
  spared?: readonly string[]
  heldAt?: Instant
  endedAt?: Instant
  paper?: true
}

export type Monitoring = {
  of: string
  from: Instant
  bornAt: Instant
  /** Chosen length; absent: the shortest. */
  months?: number
  endDay?: Day
  looks: readonly { id: string; at: Instant; recordedAt: Instant; last: boolean; paper?: true }[]
  endedAt?: Instant
  paper?: true
}

export type ChildProtectionCase = BaseFacts & {
  programme: 'child-protection'
  stage: Stage
  /** The stage without the hour. */
  baseStage: BaseStage
  /** 1, and one more with every relapse (CP-63). */
  episode: number
  /** Nothing may have happened before it. */
  firstReportAt: Instant
  /** Criteria as they were ticked last. */
  criteria: readonly string[]
  /** Person id of the case manager, once a social worker took it over or it was assigned. */
  manager?: string
  /** Taken by somebody who is no social worker, and not taken over yet (CP-103). */
  withFirstPerson: boolean
  /** Hours (by n) without complete evidence. */
  openHours: readonly number[]
  /** CP-112 of this episode, the latest. */
  safe?: { id: string; at: Instant; recordedAt: Instant; placed: boolean }
  placement?: Placement
  assessmentFinishedAt?: Instant
  /** The day the case manager signed the first version (of this episode). */
  planDay?: Day
  /** A contact or the assessment told of signs of cruelty, and nobody decided on the level since (CP-123). */
  crueltySigns: boolean
  /** The review decided to close (CP-53). */
  reviewDecision?: 'continue' | 'extend-stay' | 'separate' | 'close'
  pendingEnd?: { end: CaseEnd; months?: number }
  end?: CaseEnd
  endedAt?: Instant
  terms: readonly Term[]
  contacts: ContactFacts
  reviews: readonly Review[]
  monitoring: readonly Monitoring[]
  /** What the child's representative said last of each purpose (RT-01); absent: nothing was recorded. */
  consents?: Consents
  /** RT-32: not to be erased. */
  held?: { ground: HoldGround; at: Instant }
}

export type Consent = { state: 'given' | 'refused' | 'withdrawn'; at: Instant; text?: string; until?: Day }
export type Consents = Readonly<Partial<Record<ConsentPurpose, Consent>>>
