import type { Calendar } from './calendar.ts'
import type { Day, Instant } from './time.ts'

/** Whom a step tells. People behind a role are found when the letter is made (deputies, absences, duty list). */
export type ToldRole =
  | 'case-manager'
  | 'first-person' // who took the request first (CP-103)
  | 'supervisor'
  | 'next-in-line'
  | 'head'
  | 'duty-list'
  | 'on-duty' // the person on duty now, outside working hours (CP-10 at +0)
  | 'responsible' // of a measure (CP-127)

/** What a step does. `remind` comes before the due, `overdue` at it, `escalate` brings in somebody above. */
export type StepKind = 'remind' | 'escalate' | 'overdue'

/** One telling of people at an instant. It is taken once: `key` is the same however often it is computed. */
export type Step = {
  /** `<deadline key>/<id of the step's row>/<whom of the row joined by +>/<repeat>`: never made of who is told in the end, so a take-over repeats nothing. */
  key: string
  at: Instant
  do: StepKind
  whom: readonly ToldRole[]
  /** 0 for the step itself, k for its k-th repeat. */
  repeat: number
}

/** open · overdue is open after its due (computed, never stored) · the rest: how it was closed (deadlines.md). */
export type DeadlineState = 'open' | 'kept' | 'kept-late' | 'lapsed' | 'missed'

/** Something that must have happened by `due`. Ended by evidence, never by a letter or by time. */
export type Deadline = {
  /** `<rule>/<of>`: tells this period of the rule from every other of the same case. No personal data. */
  key: string
  /** Rule id, e.g. `CP-40`. */
  rule: string
  /** The row of the rule table: label and wording are looked up there, e.g. `contact-home`, `urgent-measures`. */
  row: string
  of: string
  /** The instant of the event that the term is counted from. */
  from: Instant
  /** When the act that made it was recorded: a step whose time was past by then is taken at once, only the latest per receiver ("born late"). */
  bornAt: Instant
  /** Overdue after this instant (hour), or from this instant on (day level: the end of `dueDay`). `undefined`: no term, only reminders (CP-15, CP-103). */
  due?: Instant
  dueDay?: Day
  /** Which workflow takes its steps. */
  runBy: 'urgent' | 'case'
  /** n of `facts.hours[n]` when `runBy` is `urgent`. */
  hour?: number
  state: DeadlineState
  /** Happened time of what closed it. */
  closedAt?: Instant
  /** Whose turn it is. */
  waitsFor: ToldRole
  /** Whose a measure is (CP-127): its kind, and the person id of somebody of the organisation. Nobody else has an account to be told by. */
  responsible?: { kind: string; person?: string }
  /** "Try again by" after an attempt on or after the due day (contacts): shown, moves nothing. */
  tryAgainBy?: Day
  /** Whole intervals late when kept late or missed (figures). */
  intervalsLate?: number
  /** Steps at fixed instants, in order, already pruned of those that "born late" drops. */
  steps: readonly Step[]
  /** Repeats after the fixed steps: without end, computed by `repeatOf`. */
  repeats?: StepRepeats
}

/** A step that is taken again and again until evidence comes. */
export type StepRepeats = {
  /** Key of the k-th repeat without its number: `<deadline key>/<id>/<whom>`. */
  key: string
  do: StepKind
  whom: readonly ToldRole[]
  /**
   * minutes: every n minutes from `base` (the hour). days, weeks, months: at 09:00 of the first working day after the day of
   * `base` + k × n. workingDays: at 09:00 of the working day k × n after the day of `base`.
   */
  every: { minutes: number } | { workingDays: number } | { days: number } | { weeks: number } | { months: number }
  base: Instant
  /** The first k that counts: earlier ones were past when the deadline was recorded ("born late"). */
  first: number
  /** Instant of the step that is repeated, where there is one: a repeat that falls on the same morning is left out. */
  after?: Instant
  /** The working calendar that day-level repeats are counted with. */
  calendar: Calendar
}
