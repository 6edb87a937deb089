/** Figures of an organisation: how many cases, which terms were kept, how fast the hour was answered. */
import { z } from 'zod'

/** `null`: fewer than five, which is not told to who may not see the cases. */
const Count = z.number().int().min(0).nullable()
const Text = z.object({ ru: z.string(), kk: z.string(), en: z.string() })

/** `open`: not ended now. `opened`: registered in the time that was asked for, as they stand now. */
const CasesCounted = z.object({ key: z.string(), open: Count, opened: Count })

const TermsCounted = z.object({
  row: z.string(),
  rule: z.string(),
  what: Text,
  /** In time, after its term, never within its period, over without need. */
  kept: Count,
  keptLate: Count,
  missed: Count,
  lapsed: Count,
  /** Not kept yet: past its term, and still before it. */
  late: Count,
  running: Count,
})

export const Figures = z
  .object({
    whose: z.enum(['mine', 'team', 'organisation', 'everywhere']),
    /** What else this person may ask for. */
    may: z.array(z.enum(['mine', 'team', 'organisation', 'everywhere'])),
    /** Local days, both included: of rounded figures whole months. */
    from: z.string(),
    to: z.string(),
    at: z.number(),
    /** Small numbers are not told, others to the nearest five. */
    rounded: z.boolean(),
    total: z.object({ open: Count, opened: Count }),
    stages: z.array(CasesCounted),
    risks: z.array(CasesCounted),
    territories: z.array(CasesCounted),
    rules: z.array(TermsCounted),
    hour: z.object({
      /** Hours that began in the time, those ended by evidence, and of these within the term. */
      begun: Count,
      answered: Count,
      within: Count,
      limitMinutes: z.number(),
      /** From the report to the last evidence, ms; absent where too few were answered. */
      medianMs: z.number().optional(),
      p90Ms: z.number().optional(),
    }),
  })
  .meta({ id: 'Figures' })
export type Figures = z.infer<typeof Figures>
export type CasesCounted = z.infer<typeof CasesCounted>
export type TermsCounted = z.infer<typeof TermsCounted>
