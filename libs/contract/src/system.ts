/** How the system runs, as its processes tell it: their health, and figures of their /metrics. */
import { z } from 'zod'

/** Figures and where they stand: `metric` of the process, with the label that tells rows apart. */
// oxfmt-ignore
export const FIGURES = {
  /** Age of the oldest event that is due and not carried, ms. */
  relayOldestMs:     { process: 'relay', metric: 'tirek_outbox_oldest_ms' },
  relayRows:         { process: 'relay', metric: 'tirek_outbox_rows' },
  /** Since the reconciler ended its last turn, seconds. */
  reconcilerSeconds: { process: 'relay', metric: 'tirek_reconciler_age_seconds' },
  reconcilerRepairs: { process: 'relay', metric: 'tirek_reconciler_repairs_total' },
  stepsLate:         { process: 'relay', metric: 'tirek_steps_late' },
  hoursOpen:         { process: 'relay', metric: 'tirek_hours_open' },
  deadlinesOverdue:  { process: 'relay', metric: 'tirek_deadlines_overdue' },
  watchdogSteps:     { process: 'watchdog', metric: 'tirek_watchdog_steps_total' },
  urgentLetterSeconds: { process: 'notifications', metric: 'tirek_letters_oldest_unsent_seconds', label: 'lane="urgent"' },
  letterSeconds:     { process: 'notifications', metric: 'tirek_letters_oldest_unsent_seconds', label: 'lane="ordinary"' },
  lettersBounced:    { process: 'notifications', metric: 'tirek_letters', label: 'state="bounced"' },
  lettersFailed:     { process: 'notifications', metric: 'tirek_letters', label: 'state="failed"' },
  lettersHeld:       { process: 'notifications', metric: 'tirek_letters', label: 'state="held"' },
} as const satisfies Record<string, { process: string; metric: string; label?: string }>
export type Figure = keyof typeof FIGURES

const State = z.enum(['ok', 'away', 'absent'])
export const SystemHealth = z
  .strictObject({
    /** `away`: it did not answer, and nothing more is known of it. `unwell`: it answers that one of its parts is away. */
    processes: z.array(z.strictObject({ name: z.string(), state: z.enum(['ok', 'unwell', 'away']), parts: z.record(z.string(), State) })),
    /** Those that were told; an absent one is not known. */
    figures: z.partialRecord(z.enum(Object.keys(FIGURES) as [Figure, ...Figure[]]), z.number()),
    /** Task queues of Temporal: how many workers ask there, and when the last one did. Empty: Temporal did not say. */
    queues: z.array(
      z.strictObject({
        queue: z.string(),
        type: z.enum(['workflow', 'activity']),
        workers: z.number().int(),
        /** Absent: none ever did. */
        seconds: z.number().optional(),
      }),
    ),
    /** Where administrators look at the workflows themselves: `<this>/<workflow id>`. */
    temporalUi: z.string().optional(),
  })
  .meta({ id: 'SystemHealth' })
export type SystemHealth = z.infer<typeof SystemHealth>
