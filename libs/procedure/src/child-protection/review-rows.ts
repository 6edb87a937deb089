/** What a review decided and is not done yet (CP-53): each decision leads somewhere, by a day, so that none is forgotten. Since edition 2026-2. */
import { days, weeks, workingDays } from '../time.ts'
import type { ActOf } from './acts.ts'
import { every, passed, remind, type TermRule } from './row-steps.ts'

/** Past the protocol's three working days, since a referral carries the protocol. */
const term = { length: workingDays(5), setting: 'review-outcome' }
const steps = [remind({ before: workingDays(1) }), passed('supervisor')]
const again = every(weeks(1), 'supervisor')

export const REVIEW_OUTCOME_RULES = {
  'review-plan': { rule: 'CP-55', source: 'stage 3; Appendix 4; term: practice', waitsFor: 'case-manager', term, steps, again },
  'review-plan-signature': {
    rule: 'CP-27',
    source: 'stage 3; Appendix 4; after a review, term: practice',
    waitsFor: 'case-manager',
    term: { length: days(7), setting: 'family-signature' },
    steps: [passed('case-manager', 'overdue')],
    again: every(weeks(1), 'case-manager', 'overdue'),
  },
  'review-referral': { rule: 'CP-54', source: 'stage 3 and its footnote; term: practice', waitsFor: 'case-manager', term, steps, again },
  'review-closure': { rule: 'CP-60', source: 'stages 3, 4; term: practice', waitsFor: 'case-manager', term, steps, again },
} as const satisfies Record<string, TermRule>

export type ReviewOutcomeRow = keyof typeof REVIEW_OUTCOME_RULES

/** Where each decision leads. */
export const FOLLOWS = {
  continue: 'review-plan',
  'extend-stay': 'review-referral',
  separate: 'review-referral',
  close: 'review-closure',
} as const satisfies Record<ActOf<'review-held'>['fact']['decision'], ReviewOutcomeRow>
