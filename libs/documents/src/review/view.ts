/** The papers of a review as plain data (forms/family-support-plan.md). Days are `YYYY-MM-DD`. */
import type { MARKS, PLACEMENTS, REVIEW_DECISIONS, RISK_LEVELS, WORKED } from '@tirek/contract/forms/codes'
import type { Lang } from '@tirek/contract/roles'
import type { Named } from '../protocol/view.ts'

type OfReview = {
  lang: Lang
  /** When it was recorded, ms UTC: the files carry it as their time, and no other. */
  createdAt: number
  organisation: string
  /** Which review of the plan it belongs to: 1 is the first. */
  number: number
  child: { name: string; fileNumber: string }
}

export type MeasureLine = {
  text: string
  need?: string | undefined
  /** First and last day. */
  from?: string | undefined
  due?: string | undefined
  responsible?: string | undefined
  mark?: keyof typeof MARKS | undefined
}

/** CP-52: what the case manager hands in before the review. */
export type ReviewReportView = OfReview & {
  day: string
  planVersion?: number | undefined
  /** The time that it tells of. */
  since?: string | undefined
  until?: string | undefined
  text: string
  measures: readonly (MeasureLine & { worked?: keyof typeof WORKED | undefined; effect?: string | undefined; note?: string | undefined })[]
  contacts?: { made: number; attempted: number; late: number; missed: number } | undefined
  assessments?: string | undefined
  placement?: keyof typeof PLACEMENTS | undefined
  changes?: string | undefined
  levelThen?: keyof typeof RISK_LEVELS | undefined
  levelNow?: keyof typeof RISK_LEVELS | undefined
  /** Codes of the criteria of closure that are met (CP-60). */
  closureCriteria: readonly string[]
  proposal?: { code: keyof typeof REVIEW_DECISIONS; reason?: string | undefined } | undefined
  writtenBy?: Named | undefined
}

/** CP-55: one numbered sheet of the plan. */
export type ReviewSheetView = OfReview & {
  day: string
  /** Who took part, each with a role, and who coordinated it. */
  present: readonly string[]
  coordinator?: Named | undefined
  /** The measures of the version that followed; without one, those that stood. */
  measures: readonly MeasureLine[]
  /** The version that these measures stand in; absent: it is not signed yet. */
  planVersion?: number | undefined
  decision: { code: keyof typeof REVIEW_DECISIONS; reason?: string | undefined }
  earlierReason?: string | undefined
  next?: string | undefined
}
