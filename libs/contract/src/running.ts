/** What an administrator sees of the cases: which workflows run, and how many terms an edition would change. Ids, rules and numbers. */
import { z } from 'zod'
import { Uuid } from './forms/fields.ts'

const Ms = z.number().int()

/** Those of cases themselves, and those of what goes on beside them. */
export const CASE_WORKFLOWS = ['case', 'hour'] as const
export const WORKFLOW_KINDS = [...CASE_WORKFLOWS, 'meeting', 'referral'] as const
/** in-step: Temporal confirmed the newest version. behind: an older one. missing: none. */
export const WORKFLOW_STATES = ['in-step', 'behind', 'missing'] as const

export const RunningWorkflow = z
  .strictObject({
    /** Its id in Temporal. */
    workflow: z.string(),
    kind: z.enum(WORKFLOW_KINDS),
    number: z.string(),
    organisation: Uuid,
    state: z.enum(WORKFLOW_STATES),
    /** Rules of its open deadlines. */
    rules: z.array(z.string()),
    openDeadlines: z.number().int(),
    late: z.number().int(),
    lateSince: Ms.optional(),
  })
  .meta({ id: 'RunningWorkflow' })
export type RunningWorkflow = z.infer<typeof RunningWorkflow>

export const Running = z
  .strictObject({
    items: z.array(RunningWorkflow),
    next: z.string().optional(),
    /** Of all, whatever the filters. */
    counts: z.strictObject({ all: z.number().int(), late: z.number().int(), behind: z.number().int(), missing: z.number().int() }),
  })
  .meta({ id: 'Running' })
export type Running = z.infer<typeof Running>

/** CP-90: for a page of open cases what another edition would change, by organisation. */
export const EditionCount = z
  .strictObject({
    organisations: z.array(
      z.strictObject({
        organisation: Uuid,
        cases: z.number().int(),
        /** Open terms whose day would change. */
        terms: z.number().int(),
        /** Cases with a term that would become late. */
        late: z.number().int(),
      }),
    ),
    next: Uuid.optional(),
  })
  .meta({ id: 'EditionCount' })
export type EditionCount = z.infer<typeof EditionCount>
