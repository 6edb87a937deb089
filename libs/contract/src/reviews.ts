/** A case's reviews as pages and other services read them: the one that comes, those that were held, and what was decided and is not done. */
import { z } from 'zod'
import { MARKS, REVIEW_DECISIONS } from './forms/codes.ts'
import { oneOf } from './forms/fields.ts'

const Ms = z.number().int()
const Day = z.string()

/** A measure of the newest version of the plan, as it stands. */
const PlanMeasure = z.strictObject({
  id: z.uuid(),
  action: z.string(),
  need: z.string().optional(),
  responsible: z.string(),
  /** Who exactly, in words. */
  who: z.string().optional(),
  from: Day.optional(),
  due: Day,
  mark: oneOf(MARKS).optional(),
  markedOn: Day.optional(),
})
export type PlanMeasure = z.infer<typeof PlanMeasure>

export const ReviewState = z
  .strictObject({
    caseId: z.uuid(),
    number: z.string(),
    /** Which review comes: one more than were held. */
    nth: z.number().int(),
    /** The next one's period: since the plan or the last review, and the day by which it is due. Absent: none is awaited. */
    since: Day.optional(),
    due: Day.optional(),
    /** The report for it, once handed in. */
    report: z.strictObject({ act: z.uuid(), at: Ms }).optional(),
    plan: z.strictObject({ act: z.uuid(), version: z.number().int(), measures: z.array(PlanMeasure) }).optional(),
    held: z.array(
      z.strictObject({
        act: z.uuid(),
        nth: z.number().int(),
        day: Day,
        decision: oneOf(REVIEW_DECISIONS),
        meeting: z.uuid().optional(),
        /** The report it was held with. */
        report: z.uuid().optional(),
      }),
    ),
    /** What the last review decided and is not done yet. */
    outcome: z
      .strictObject({
        decision: oneOf(REVIEW_DECISIONS),
        act: z.string(),
        due: Day.optional(),
        overdue: z.boolean(),
        meeting: z.uuid().optional(),
      })
      .optional(),
    /** The form of the report, filled from the record, for who may hand it in. */
    form: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'ReviewState' })
export type ReviewState = z.infer<typeof ReviewState>

export const PAPER_ENDINGS = ['pdf', 'docx'] as const
/** The acts that are printed. */
export const PRINTED_ACTS = ['review-report-handed-in', 'review-held'] as const
