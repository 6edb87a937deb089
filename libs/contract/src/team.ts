/** What a supervisor or head looks at: who carries how much, what comes, what waits for their decision. */
import { z } from 'zod'
import { DeadlineView } from './answers.ts'
import { Uuid } from './forms/fields.ts'

const Ms = z.number().int()
const Count = z.number().int().min(0)

/** What a term asks of a worker's week. */
export const Load = z.strictObject({ contacts: Count, reviews: Count, assessments: Count, others: Count })
export type Load = z.infer<typeof Load>

export const TeamBoard = z
  .strictObject({
    /** SV-20: the norm of active cases. */
    least: Count,
    most: Count,
    /** Sundays that end the weeks of the forecast. */
    ends: z.array(z.string()),
    workers: z.array(z.strictObject({ person: Uuid, active: Count, overdue: Count, weeks: z.array(Load) })),
    /** CP-64: open cases that nobody leads, or that stand under somebody who no longer works there. The longest waiting first. */
    unowned: z.strictObject({
      count: Count,
      items: z.array(
        z.strictObject({
          /** Absent: the asker may not open it. */
          caseId: Uuid.optional(),
          number: z.string(),
          openedAt: Ms,
          why: z.enum(['nobody', 'gone']),
        }),
      ),
    }),
  })
  .meta({ id: 'TeamBoard' })
export type TeamBoard = z.infer<typeof TeamBoard>

/** One version of a form: who wrote it and when. */
const Version = z.strictObject({ form: z.record(z.string(), z.unknown()), by: Uuid, at: Ms })

export const Approval = z
  .strictObject({
    kind: z.enum(['closure', 'review-day', 'protocol', 'plan']),
    caseId: Uuid,
    number: z.string(),
    /** Version of the case that this was read from. */
    version: z.number().int(),
    manager: Uuid.optional(),
    /** The term of the decision; of a plan there is none. */
    deadline: DeadlineView.optional(),
    /** What is to be decided on, and the version before it; neither where the asker does not see that part. */
    now: Version.optional(),
    before: Version.optional(),
    /** Why the version before was returned. */
    returned: z.strictObject({ reason: z.string().optional(), by: Uuid, at: Ms }).optional(),
  })
  .meta({ id: 'Approval' })
export type Approval = z.infer<typeof Approval>

export const Approvals = z.strictObject({ items: z.array(Approval), more: z.boolean() }).meta({ id: 'Approvals' })
export type Approvals = z.infer<typeof Approvals>
