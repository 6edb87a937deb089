/** What a rule row is made of: a length, and the steps on the way. */
import type { StepKind, ToldRole } from '../deadline.ts'
import type { Length } from '../time.ts'

export type StepRule = {
  id: string
  do: StepKind
  whom: readonly ToldRole[]
  /** after: the event. before: the due day. due-day: 09:00 of it. passed: 09:00 of the first working day after it. */
  when: { after: Length } | { before: Length } | 'due-day' | 'passed'
}

/** A step repeated until evidence comes: from the due day, or from the event where there is no term. */
export type RepeatRule = { id: string; do: StepKind; whom: readonly ToldRole[]; every: Length }

/** A length, and the id of the setting by which an organisation may change it. */
export type TermLength = { length: Length; setting?: string; rule?: string }

export type TermRule = {
  rule: string
  source: string
  waitsFor: ToldRole
  /** Absent: no term, only reminders; or the length stands in `variants`, or the act names the day. */
  term?: TermLength
  variants?: Readonly<Record<string, TermLength>>
  steps: readonly StepRule[]
  again?: RepeatRule
}

export const remind = (when: StepRule['when'], whom: ToldRole = 'case-manager', id = 'remind'): StepRule => ({
  id,
  do: 'remind',
  whom: [whom],
  when,
})
export const passed = (whom: ToldRole, kind: StepKind = 'escalate'): StepRule => ({ id: 'passed', do: kind, whom: [whom], when: 'passed' })
export const every = (every: Length, whom: ToldRole, kind: StepKind = 'escalate'): RepeatRule => ({
  id: 'again',
  do: kind,
  whom: [whom],
  every,
})
