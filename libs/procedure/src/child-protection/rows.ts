/**
 * The numbers of child protection: how long each term is, who is told what on the way, how often the child is seen.
 * Code reads these rows only as data handed in (`Rules`), since a case keeps the edition it was opened under.
 * Lengths are counted as time.ts says; source `practice` is our own where the text is silent.
 */
import type { StepKind, ToldRole } from '../deadline.ts'
import { days, minutes, months, weeks, workingDays } from '../time.ts'
import type { Placement } from './acts.ts'
import { AS_PARENTS, CONTACT_SCHEDULE, CONTACT_STEPS, type ContactRow, type ContactRule, type ContactSteps } from './contact-rows.ts'
import type { ReviewOutcomeRow } from './review-rows.ts'
import { every, passed, remind, type TermRule } from './row-steps.ts'

/** The hour: one more person at each step; only evidence ends it. */
export const HOUR_RULE = {
  rule: 'CP-10',
  source: 'SOP-CM stage 1 "within one hour"; start and ladder: practice',
  waitsFor: 'case-manager',
  length: minutes(60),
  /** Minutes of the local day; outside of them the person on duty is told at +0. */
  workingHours: { from: 9 * 60, to: 18 * 60 },
  outside: { id: 'on-duty', do: 'remind', whom: ['on-duty'], after: minutes(0) },
  // oxfmt-ignore
  steps: [
    { id: 'nudge',        do: 'remind',   whom: ['case-manager'], after: minutes(30) },
    { id: 'supervisor',   do: 'escalate', whom: ['supervisor'],   after: minutes(45) },
    { id: 'next-in-line', do: 'escalate', whom: ['next-in-line'], after: minutes(60) },
    { id: 'head',         do: 'escalate', whom: ['head'],         after: minutes(90) },
    { id: 'duty-list',    do: 'escalate', whom: ['duty-list'],    after: minutes(120) },
  ],
  again: { id: 'again', do: 'escalate', whom: ['case-manager', 'supervisor', 'next-in-line', 'head', 'duty-list'], every: minutes(60) },
} as const satisfies HourRule

export type HourRule = {
  rule: string
  source: string
  waitsFor: ToldRole
  length: { minutes: number }
  workingHours: { from: number; to: number }
  outside: HourStep
  steps: readonly HourStep[]
  again: { id: string; do: StepKind; whom: readonly ToldRole[]; every: { minutes: number } }
}
export type HourStep = { id: string; do: StepKind; whom: readonly ToldRole[]; after: { minutes: number } }

/** Every other term of a case, but for contacts. */
export const TERM_RULES = {
  'level-decision': {
    rule: 'CP-07',
    source: 'stage 1; term: practice',
    waitsFor: 'case-manager',
    term: { length: workingDays(1), setting: 'level-decision' },
    steps: [passed('supervisor')],
    again: every(days(1), 'supervisor'),
  },
  'take-over': {
    rule: 'CP-103',
    source: 'stage 1; reminder: practice',
    waitsFor: 'first-person',
    steps: [],
    again: { id: 'again', do: 'remind', whom: ['first-person', 'supervisor'], every: workingDays(1) },
  },
  'child-safe': {
    rule: 'CP-112',
    source: 'stage 3; term: practice',
    waitsFor: 'case-manager',
    term: { length: days(1) },
    steps: [passed('supervisor')],
    again: every(days(1), 'supervisor'),
  },
  'form-of-care': {
    rule: 'CP-15',
    source: 'stage 2; reminder: practice',
    waitsFor: 'case-manager',
    steps: [],
    again: every(workingDays(2), 'case-manager', 'remind'),
  },
  'primary-assessment': {
    rule: 'CP-116',
    source: 'practice',
    waitsFor: 'case-manager',
    variants: {
      medium: { length: workingDays(3), setting: 'primary-assessment-medium' },
      low: { length: workingDays(10), setting: 'primary-assessment-low' },
    },
    steps: [remind({ before: workingDays(1) }), passed('supervisor')],
  },
  assessment: {
    rule: 'CP-23',
    source: 'stage 3; start and reminders: practice',
    waitsFor: 'case-manager',
    term: { length: weeks(6) },
    steps: [
      remind({ after: days(28) }, 'case-manager', 'remind-4-weeks'),
      remind({ after: days(35) }, 'case-manager', 'remind-5-weeks'),
      passed('supervisor'),
    ],
    again: every(weeks(1), 'supervisor'),
  },
  plan: {
    rule: 'CP-126',
    source: 'stage 3; term: practice',
    waitsFor: 'case-manager',
    term: { length: days(14), setting: 'plan' },
    steps: [remind({ before: days(3) }), passed('supervisor')],
  },
  'family-signature': {
    rule: 'CP-27',
    source: 'stage 3; Appendix 4; term: practice',
    waitsFor: 'case-manager',
    term: { length: days(7), setting: 'family-signature' },
    steps: [passed('case-manager', 'overdue')],
    again: every(weeks(1), 'case-manager', 'overdue'),
  },
  measure: {
    rule: 'CP-127',
    source: 'Appendix 4; reminders: practice',
    waitsFor: 'responsible',
    steps: [remind({ before: days(3) }, 'responsible'), passed('case-manager', 'overdue')],
    again: every(weeks(1), 'case-manager', 'overdue'),
  },
  review: {
    rule: 'CP-50',
    source: 'stage 3; counting and reminders: practice',
    waitsFor: 'supervisor',
    term: { length: months(6) },
    steps: [
      remind({ before: weeks(4) }, 'case-manager', 'invite'),
      remind({ before: weeks(2) }, 'case-manager', 'report'),
      passed('supervisor'),
    ],
    again: every(weeks(1), 'supervisor'),
  },
  'review-day': {
    rule: 'CP-50',
    source: 'stage 3 "earlier when risk is raised"; default: practice',
    waitsFor: 'supervisor',
    term: { length: days(14), setting: 'review-after-hour' },
    steps: [remind({ after: days(0) }, 'supervisor', 'set-day'), passed('supervisor')],
    again: every(weeks(1), 'supervisor'),
  },
  'review-report': {
    rule: 'CP-52',
    source: 'stage 3; term: practice',
    waitsFor: 'case-manager',
    /** Counted back from the review's day. */
    term: { length: days(-14) },
    steps: [remind({ before: days(3) }), passed('supervisor')],
  },
  protocol: {
    rule: 'CP-32',
    source: 'stage 3; term: practice',
    waitsFor: 'case-manager',
    term: { length: workingDays(3), setting: 'protocol' },
    steps: [remind('due-day'), passed('supervisor')],
  },
  referral: {
    rule: 'CP-54',
    source: 'stage 3 and its footnote; deadline: practice',
    waitsFor: 'case-manager',
    variants: {
      pmpk: { length: days(30), setting: 'referral-pmpk', rule: 'CP-57' },
      commission: { length: workingDays(10), setting: 'referral-commission' },
      'guardianship-body': { length: workingDays(10), setting: 'referral-guardianship-body', rule: 'CP-57' },
    },
    steps: [passed('supervisor')],
    again: every(weeks(1), 'supervisor'),
  },
  'closure-approval': {
    rule: 'CP-60',
    source: 'stages 3, 4; approval: practice',
    waitsFor: 'supervisor',
    variants: {
      closed: { length: workingDays(2), setting: 'closure-approval' },
      other: { length: workingDays(2), setting: 'closure-approval', rule: 'CP-66' },
    },
    steps: [passed('head')],
  },
  'monitoring-look': {
    rule: 'CP-62',
    source: 'stage 4; monthly: practice',
    waitsFor: 'case-manager',
    term: { length: months(1) },
    steps: [remind({ before: days(3) }), passed('supervisor')],
  },
  'request-answer': {
    rule: 'CP-118',
    source: '§6; stage 2; reminder: practice',
    waitsFor: 'case-manager',
    term: { length: workingDays(10), setting: 'request-answer' },
    steps: [passed('case-manager', 'overdue')],
  },
} as const satisfies Record<string, TermRule>

type FirstRow = keyof typeof TERM_RULES
export type TermRow = FirstRow | ReviewOutcomeRow
export type DeadlineRow = TermRow | ContactRow | 'urgent-measures'

/** CP-62: months of monitoring when none were chosen, and the bounds of the choice. */
export const MONITORING = { rule: 'CP-62', source: 'stage 4', shortest: months(3), longest: months(6) } as const

/** SV-20: active cases per social worker. */
export const CASELOAD = { rule: 'SV-20', source: 'STD-153 §11', least: 10, most: 30 } as const

/** A whole edition of the procedure's numbers, plain JSON. */
export type Rules = {
  hour: HourRule
  /** An edition lacks the rows that came after it. */
  terms: Readonly<Record<FirstRow, TermRule> & Partial<Record<ReviewOutcomeRow, TermRule>>>
  contacts: Readonly<Record<Placement, readonly ContactRule[]>>
  asParents: readonly ContactRule[]
  contactSteps: ContactSteps
  monitoring: { rule: string; source: string; shortest: { months: number }; longest: { months: number } }
  caseload: { rule: string; source: string; least: number; most: number }
}

/** Edition 2026-1: never changed. */
export const RULE_ROWS: Rules = {
  hour: HOUR_RULE,
  terms: TERM_RULES,
  contacts: CONTACT_SCHEDULE,
  asParents: AS_PARENTS,
  contactSteps: CONTACT_STEPS,
  monitoring: MONITORING,
  caseload: CASELOAD,
}
