/** How often the child is seen (CP-40...CP-49): part of the rows of an edition. */
import type { StepKind, ToldRole } from '../deadline.ts'
import { days, months, weeks, workingDays, type Length } from '../time.ts'
import type { ContactBy, Placement } from './acts.ts'
import type { StepRule } from './row-steps.ts'

export type ContactRow = 'contact-home' | 'contact-phone' | 'contact-hospital'

/** first-later: weekly at first, monthly after. for-a-time: monthly for three months, then as needed. every: one norm throughout. */
export type ContactNorm =
  | { kind: 'first-later'; first: Length; for: Length; later: Length }
  | { kind: 'for-a-time'; every: Length; for: Length; enoughBefore: Length }
  | { kind: 'every'; every: Length; setting?: string }

export type ContactRule = {
  rule: string
  source: string
  row: ContactRow
  /** What counts as this contact. */
  by: readonly ContactBy[]
  /** RS-01, CP-45: a remote contact counts while quarantine is declared. */
  remoteInQuarantine: boolean
  /** CP-48: the child is seen or spoken with, else it counts as an attempt. */
  childSeen: boolean
  norm: ContactNorm
}

const home = (rule: string, norm: ContactNorm, source = 'stage 3'): ContactRule => ({
  rule,
  source,
  row: 'contact-home',
  by: ['home-visit'],
  remoteInQuarantine: true,
  childSeen: true,
  norm,
})
const phone = (rule: string, source = 'stage 3'): ContactRule => ({
  rule,
  source,
  row: 'contact-phone',
  by: ['phone'],
  remoteInQuarantine: false,
  childSeen: false,
  norm: { kind: 'every', every: months(1) },
})
const hospital: ContactRule = {
  rule: 'CP-49',
  source: 'practice',
  row: 'contact-hospital',
  by: ['ward', 'home-visit', 'phone'],
  remoteInQuarantine: false,
  childSeen: false,
  norm: { kind: 'every', every: days(7), setting: 'contact-hospital' },
}
const WEEKLY_THEN_MONTHLY: ContactNorm = { kind: 'first-later', first: weeks(1), for: months(1), later: months(1) }
const THREE_MONTHS: ContactNorm = { kind: 'for-a-time', every: months(1), for: months(3), enoughBefore: days(14) }

/** How often the child is seen, by where the child lives. */
// oxfmt-ignore
export const CONTACT_SCHEDULE = {
  'with-parents':       [home('CP-40', WEEKLY_THEN_MONTHLY)],
  guardian:             [home('CP-40', WEEKLY_THEN_MONTHLY)],
  'foster-parents':     [home('CP-40', WEEKLY_THEN_MONTHLY)],
  'extended-family':    [home('CP-41', THREE_MONTHS)],
  'relative-guardian':  [home('CP-41', THREE_MONTHS, 'CP-49: practice')],
  'childrens-home':     [phone('CP-42')],
  institution:          [phone('CP-42')],
  'temporary-centre':   [phone('CP-42', 'CP-49: practice')],
  'foster-family':      [home('CP-43', WEEKLY_THEN_MONTHLY), phone('CP-43')],
  hospital:             [hospital],
  'maternity-hospital': [hospital],
} as const satisfies Record<Placement, readonly ContactRule[]>

/** CP-49: the supervisor may set CP-40 for a relative who is guardian. */
export const AS_PARENTS: readonly ContactRule[] = [home('CP-40', WEEKLY_THEN_MONTHLY, 'CP-49: practice')]

/** What happens around the contacts of every schedule. */
export const CONTACT_STEPS = {
  rule: 'CP-45',
  source: 'stage 3; practice',
  waitsFor: 'case-manager',
  retry: workingDays(2),
  steps: [{ id: 'passed', do: 'escalate', whom: ['supervisor'], when: 'passed' }],
  again: { id: 'again', do: 'escalate', whom: ['supervisor'] },
} as const satisfies ContactSteps

export type ContactSteps = {
  rule: string
  source: string
  waitsFor: ToldRole
  retry: Length
  steps: readonly StepRule[]
  again: { id: string; do: StepKind; whom: readonly ToldRole[] }
}
