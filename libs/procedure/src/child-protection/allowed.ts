/** Which acts belong to which stage. Pages read it too, so it draws on nothing. */
import type { ActKind, Stage } from './acts.ts'

/** Rights of people go with a case through every stage, and beyond its end. */
export const RIGHTS_ACTS = [
  'consent-given',
  'consent-refused',
  'consent-withdrawn',
  'child-corrected',
  'correction-refused',
  'access-asked',
  'erasure-held',
] as const satisfies ActKind[]

/** Who takes part and who leads: like the rights of people, in every stage. */
const ACCESS_ACTS = [
  'participation-ended',
  'hand-over-offered',
  'hand-over-accepted',
  'hand-over-declined',
  'hand-over-taken-back',
] as const satisfies ActKind[]

const EVERYWHERE = [
  'taken-by-social-worker',
  'risk-assessed',
  'urgent-measures-evidenced',
  'child-safe',
  'placement-recorded',
  'contact-made',
  'contact-attempted',
  'family-drawn',
  'meeting-held',
  'protocol-approved',
  'request-sent',
  'request-answered',
  'request-received',
  'closure-asked',
  'closure-decided',
  'assigned',
  'handed-over',
  'withdrawn',
  'merged-into',
  'moved-to-edition',
  'noted',
  ...RIGHTS_ACTS,
  'participant-invited',
  ...ACCESS_ACTS,
] as const satisfies ActKind[]

const FROM_ASSESSMENT_ON = [
  'assessment-decided',
  'assessment-term-set',
  'assessment-finished',
  'referral-sent',
  'referral-answered',
] as const satisfies ActKind[]

/** What may be recorded in each stage (the hour's stage is that of the case beneath it), in the order of a case. */
export const ALLOWED = {
  registered: EVERYWHERE,
  'urgent-measures': EVERYWHERE,
  'primary-assessment': [...EVERYWHERE, 'primary-assessment-done'],
  'comprehensive-assessment': [...EVERYWHERE, ...FROM_ASSESSMENT_ON],
  planning: [...EVERYWHERE, ...FROM_ASSESSMENT_ON, 'plan-signed'],
  implementation: [
    ...EVERYWHERE,
    ...FROM_ASSESSMENT_ON,
    'plan-signed',
    'plan-signed-by-family',
    'measure-marked',
    'next-contact-set',
    'review-agreed',
    'review-report-handed-in',
    'review-held',
  ],
  monitoring: [...EVERYWHERE, 'monitoring-look', 'relapse'],
  // Papers of what happened before the end may still be put right; a relapse opens it again.
  ended: [
    'relapse',
    'withdrawn',
    'noted',
    'protocol-approved',
    'request-received',
    'request-answered',
    'handed-over',
    'assigned',
    ...RIGHTS_ACTS,
    ...ACCESS_ACTS,
  ],
} as const satisfies Record<Stage, readonly ActKind[]>
