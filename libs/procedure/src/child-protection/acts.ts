/** The acts of child protection as the procedure sees them: kinds and the non-personal facts each carries. */
import type { RecordedAct } from '../case.ts'
import type { AddresseeKind, ConsentBy, ConsentPurpose } from '../rights/consent.ts'
import type { Day, Instant } from '../time.ts'

export type RiskLevel = 'high' | 'medium' | 'low'

/** Where the child lives (CP-113, CP-40...CP-49). */
export type Placement =
  | 'with-parents' // CP-40
  | 'guardian' // CP-40; not a relative
  | 'relative-guardian' // CP-49: as extended family, supervisor may set CP-40
  | 'foster-parents' // CP-40: named with parents and guardians
  | 'extended-family' // CP-41
  | 'foster-family' // CP-43: patronage family; home and phone
  | 'childrens-home' // CP-42
  | 'institution' // CP-42: other boarding-type institution
  | 'temporary-centre' // CP-49: as CP-42
  | 'hospital' // CP-49: 7 days, visit or call
  | 'maternity-hospital' // CP-49

/** Ticked criteria by code (H1, M3, U2, P1...), those answered "yes" only. */
export type CriterionCode = string

export type ContactBy = 'home-visit' | 'phone' | 'remote' | 'ward'

/** Whose a measure of the plan is (Appendix 4). */
export type Responsible = 'family' | 'worker' | 'agency' | 'specialist'

/** The fact of every kind of act. Nothing personal: ids, codes, times. */
export type ChildProtectionFacts = {
  'help-request-registered': {
    /** When somebody of the organisation first received the report: the hour counts from it. */
    reportedAt: Instant
    criteria: readonly CriterionCode[]
    /** The level the writer confirmed; absent: not yet decided. */
    level?: RiskLevel
    /** Taken by somebody who is no social worker: CP-103 runs until `taken-by-social-worker`. */
    takenByOther: boolean
    /** Low risk: help that ends at once, journal entry only (CP-08, CP-105): ends the case. */
    oneOffHelp: boolean
  }
  'taken-by-social-worker': { manager: string }
  /**
   * Level confirmed or changed (CP-07); new facts were received at `receivedAt` (absent: nothing new, a confirmation).
   * A change to high, a new high criterion or a second report starts an hour from it.
   */
  'risk-assessed': { level: RiskLevel; criteria: readonly CriterionCode[]; receivedAt?: Instant; signsOfCruelty?: boolean }
  /** Evidence of an hour (CP-11), piece by piece, each by its own happened time. */
  'urgent-measures-evidenced': {
    hour: number
    measuresAgreedAt?: Instant
    lawEnforcementInformedAt?: Instant
    juvenileInspectionInformedAt?: Instant
    /** CP-111: held to need no urgent measures, agreed with the supervisor by name, time and reason. `level` stands from then on. */
    noGrounds?: { agreedAt: Instant; level: 'medium' | 'low' }
  }
  /** CP-112: immediate help organised, child safe. `placed`: taken out of the family, form of care still unknown (CP-15). */
  'child-safe': { placed: boolean }
  /** Form of care or any change of where the child lives (CP-113). Happened = first day there. `asParents`: supervisor set CP-40 for a relative guardian. */
  'placement-recorded': { placement: Placement; asParents?: boolean }
  'primary-assessment-done': { outcome: 'confirmed' | 'not-confirmed'; level?: RiskLevel }
  /** Decision to assess comprehensively (CP-23) where no other act implies it; or a term set by law or court. */
  'assessment-decided': { termDay?: Day }
  /** CP-23, CP-121: the court's or law's term replaces the six weeks. */
  'assessment-term-set': { termDay: Day }
  'assessment-finished': { confirmed: 'yes' | 'partly' | 'no'; level: RiskLevel }
  /** CP-21, RS-14: members and relations as of a day, for genogram and ecomap; no term depends on it. */
  'family-drawn': Record<string, never>
  /** The case manager signs a version of the plan; the first one's day is the plan's day. All measures of the plan as they stand now. */
  'plan-signed': {
    planVersion: number
    measures: readonly {
      id: string
      due: Day
      responsible: Responsible
      /** Person id of somebody of the organisation. */ person?: string
    }[]
  }
  'plan-signed-by-family': { signed: boolean }
  'measure-marked': { measure: string; mark: 'done' | 'partly' | 'not-done' }
  'contact-made': { by: ContactBy; childSeen: boolean; signsOfCruelty?: boolean }
  'contact-attempted': { by: ContactBy }
  /** CP-41 "then as needed": the day the worker sets for the next contact. */
  'next-contact-set': { day: Day }
  /** CP-50: the meeting, or the supervisor after a raised risk, agreed an earlier day. */
  'review-agreed': { day: Day }
  'review-report-handed-in': Record<string, never>
  'review-held': { decision: 'continue' | 'extend-stay' | 'separate' | 'close'; nextDay?: Day; meeting?: string }
  'meeting-held': { meeting: string }
  'protocol-approved': { meeting: string }
  'referral-sent': { referral: string; to: 'pmpk' | 'commission' | 'guardianship-body'; examination?: true }
  'referral-answered': { referral: string; answer: 'decided' | 'recommended' | 'returned' | 'postponed' | 'withdrawn'; newDay?: Day }
  'request-sent': { request: string; answerBy?: Day; addressee?: AddresseeKind }
  'request-answered': { request: string }
  'request-received': Record<string, never>
  /** CP-60: closure (or another end, CP-66) put to the supervisor. */
  'closure-asked': { end: CaseEnd; criteria: readonly string[]; monitoringMonths?: 3 | 4 | 5 | 6 }
  'closure-decided': { approved: boolean }
  'monitoring-look': { copes: boolean; problemsBack: boolean; worse: boolean; last: boolean }
  relapse: { reportedAt: Instant; criteria: readonly CriterionCode[]; level?: RiskLevel }
  assigned: { manager: string; overNorm: boolean }
  /** CP-64: the whole file goes to another worker; to another organisation only in what was recorded before offers were. */
  'handed-over': { manager: string; organisation: string }
  /** Entered from paper (deadlines.md "Taken over"). */
  'taken-over-from-paper': {
    stage: 'primary-assessment' | 'comprehensive-assessment' | 'planning' | 'implementation' | 'monitoring'
    level: RiskLevel
    registeredDay: Day
    assessmentDecidedDay?: Day
    assessmentFinishedDay?: Day
    placement?: Placement
    placementSince?: Day
    planDay?: Day
    lastHomeContact?: Day
    lastPhoneContact?: Day
    lastReview?: Day
    closedDay?: Day
    monitoringEnd?: Day
    lastLook?: Day
  }
  /** Entered in error: the act named counts no more (its deadline opens again). */
  withdrawn: { act: string }
  /** Two files of one child: this case goes on in another and ends here. */
  'merged-into': { otherCase: string }
  /** This case is moved to another procedure edition. */
  'moved-to-edition': { edition: string }
  /** Notes that have no term of their own but belong to the case's timeline (help directed to CP-28, sheet given CP-61...). */
  noted: { what: 'help-directed' | 'sheet-given' | 'plan-note' | 'document-added' | 'kind-of-risk-added' | 'visitor' }
  /** RT-01: the child's representative agrees, by a version of the text, up to and with a day where one was set. */
  'consent-given': { for: readonly ConsentPurpose[]; by: ConsentBy; text: string; until?: Day }
  'consent-refused': { for: readonly ConsentPurpose[]; by: ConsentBy; text: string }
  'consent-withdrawn': { for: readonly ConsentPurpose[]; by: ConsentBy }
  /** RT-20: which data of the child were put right; old and new ones stand in the form. */
  'child-corrected': { fields: readonly ChildField[] }
  /** RT-21: a correction was asked for and refused. */
  'correction-refused': { objected: boolean }
  /** RT-10: somebody asked for all that is held on the child, or on who reported. */
  'access-asked': { about: 'child' | 'reporter'; granted: boolean }
  /** RT-32: erasure stopped, or let go on. */
  'erasure-held': { held: boolean; ground: HoldGround }
  /** CP-19: somebody takes part in the case, by the parts that are named, until the act is ended or withdrawn. */
  'participant-invited': { person: string; parts: readonly string[] }
  'participation-ended': { person: string }
  /** CP-64: the file is offered to another organisation; whoever led it leads it until it is accepted. */
  'hand-over-offered': { organisation: string }
  'hand-over-accepted': { manager: string; organisation: string }
  'hand-over-declined': Record<string, never>
  'hand-over-taken-back': Record<string, never>
}

/** What the register holds of a child and may be put right. */
export type ChildField = 'name' | 'birthDate' | 'age' | 'sex' | 'iin' | 'phone' | 'address'
export type HoldGround = 'court' | 'prosecutor' | 'complaint' | 'other'

/** How a case ends (CP-60, CP-66, CP-106). */
export type CaseEnd = 'closed' | 'not-confirmed' | 'adopted' | 'moved-away' | 'child-died' | 'family-refused' | 'one-off-help' | 'merged'

export type ActKind = keyof ChildProtectionFacts

/** Every kind, in the order of the procedure: acts of one instant are taken in this order. A kind forgotten does not compile. */
export const ACT_KINDS = Object.keys({
  'help-request-registered': 0,
  'taken-by-social-worker': 0,
  'risk-assessed': 0,
  'urgent-measures-evidenced': 0,
  'child-safe': 0,
  'placement-recorded': 0,
  'primary-assessment-done': 0,
  'assessment-decided': 0,
  'assessment-term-set': 0,
  'assessment-finished': 0,
  'family-drawn': 0,
  'plan-signed': 0,
  'plan-signed-by-family': 0,
  'measure-marked': 0,
  'contact-made': 0,
  'contact-attempted': 0,
  'next-contact-set': 0,
  'review-agreed': 0,
  'review-report-handed-in': 0,
  'review-held': 0,
  'meeting-held': 0,
  'protocol-approved': 0,
  'referral-sent': 0,
  'referral-answered': 0,
  'request-sent': 0,
  'request-answered': 0,
  'request-received': 0,
  'closure-asked': 0,
  'closure-decided': 0,
  'monitoring-look': 0,
  relapse: 0,
  assigned: 0,
  'handed-over': 0,
  'taken-over-from-paper': 0,
  withdrawn: 0,
  'merged-into': 0,
  'moved-to-edition': 0,
  noted: 0,
  'consent-given': 0,
  'consent-refused': 0,
  'consent-withdrawn': 0,
  'child-corrected': 0,
  'correction-refused': 0,
  'access-asked': 0,
  'erasure-held': 0,
  'participant-invited': 0,
  'participation-ended': 0,
  'hand-over-offered': 0,
  'hand-over-accepted': 0,
  'hand-over-declined': 0,
  'hand-over-taken-back': 0,
} satisfies Record<ActKind, 0>) as readonly ActKind[]

export type ActOf<K extends ActKind> = RecordedAct<K, ChildProtectionFacts[K]>
/** Any act of child protection, told apart by `kind`. */
export type ChildProtectionAct = { [K in ActKind]: ActOf<K> }[ActKind]

export type Stage =
  | 'registered' // level not yet decided
  | 'urgent-measures'
  | 'primary-assessment'
  | 'comprehensive-assessment'
  | 'planning'
  | 'implementation'
  | 'monitoring'
  | 'ended'
