import type { Day, Instant } from './time.ts'

export type ProgrammeId = 'child-protection'

/** An act as the record keeps it, without anything personal: what the procedure counts with. */
export type RecordedAct<Kind extends string = string, Fact = unknown> = {
  /** uuid */
  id: string
  kind: Kind
  /** When it happened: rules count from this. */
  happenedAt: Instant
  /** When it was written down: the audit, and "born late". */
  recordedAt: Instant
  /** Person id (uuid) of who recorded it. */
  by: string
  fact: Fact
  /** Version of the facts that it made: which of two acts of one millisecond came first. */
  version?: number | undefined
}

/** One urgent hour (CP-10). `hours[n]` of a case belongs to workflow `case/<uuid>/urgent/<n>`. */
export type Hour = {
  n: number
  /** Act that started it. */
  actId: string
  /** When somebody of the organisation first received the report: the hour counts from it. */
  receivedAt: Instant
  recordedAt: Instant
  /** The four facts of CP-11, by their happened times; or the no-grounds decision of CP-111. */
  measuresAgreedAt?: Instant
  lawEnforcementInformedAt?: Instant
  juvenileInspectionInformedAt?: Instant
  noGroundsAgreedAt?: Instant
  /** Set when the evidence is complete: the latest of the happened times, or that of the no-grounds decision. */
  closedAt?: Instant
  /** Recorded time of the act that completed the evidence. */
  closedRecordedAt?: Instant
  /** Evidence of this hour was withdrawn at this recorded instant: the supervisor is told at once. */
  reopenedAt?: Instant
  /** The act that started it was entered in error: it keeps its number, nobody is told any more. */
  withdrawnAt?: Instant
}

/** Terms that the text leaves to the organisation, and facts of its territory, as they stood when the facts were made. */
export type CaseSettings = {
  /** Term id (see the settings table of the programme) → number in the unit of the row. Absent: the row's default. */
  terms: Readonly<Record<string, number>>
  /** CP-47: contact norms are kept between confirmation and plan. Default true. */
  contactsBeforePlan: boolean
  /** RS-01: when strict quarantine was declared for the territory of the case. `to` absent: still on. */
  quarantine: readonly { from: Day; to?: Day }[]
}

/**
 * The non-personal part of a case that deadlines depend on: the whole set travels with every message, newest version wins.
 * Every programme's facts extend this; workflows and services know nothing else of a programme.
 */
export type BaseFacts = {
  programme: ProgrammeId
  /** Procedure edition the case was opened under. */
  edition: string
  /** Version of the working calendar these facts were made with. */
  calendar: string
  /** Grows by one with every act of the case. */
  version: number
  stage: string
  riskLevel: 'high' | 'medium' | 'low' | 'none' | 'unknown'
  ended: boolean
  hours: readonly Hour[]
  settings: CaseSettings
}
