/** What is said to the workflows: how they are started, named and told. Clients import these same objects. */
import type { BaseFacts } from '@tirek/procedure/case'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { MeetingFacts } from '@tirek/procedure/meetings/facts'
import type { ReferralFacts } from '@tirek/procedure/referrals/facts'
import { defineUpdate } from '@temporalio/workflow'

/** The hour has its own queue for workflow tasks and activities, so that it never waits behind a wave of day-level steps. */
export const TASK_QUEUES = {
  caseWorkflows: 'cases-workflows',
  cases: 'cases',
  urgent: 'urgent',
  meetings: 'meetings',
  referrals: 'referrals',
} as const

export const caseWorkflowId = (caseId: string) => `case/${caseId}`
/** Of its case: what Temporal keeps of it is sealed, opened and erased with the case. */
export const meetingWorkflowId = (caseId: string, meetingId: string) => `case/${caseId}/meeting/${meetingId}`
export const referralWorkflowId = (caseId: string, referralId: string) => `case/${caseId}/referral/${referralId}`
export const urgentWorkflowId = (caseId: string, hour: number) => `case/${caseId}/urgent/${hour}`

/** What administrators see of a case in Temporal besides its facts: ids and a link, nothing personal. */
export type AboutCase = {
  /** `<organisation>-<year>-<n>` */
  number?: string
  /** uuid */
  organisation?: string
  /** Person id (uuid). */
  manager?: string
  /** Where the case's page is. */
  link?: string
}

export type CaseStart = {
  /** uuid */
  caseId: string
  facts: BaseFacts
  /** Keys of the steps already taken of deadlines still open. */
  taken: readonly string[]
  about?: AboutCase
}

/** The hour number `hour` of a case: `facts.hours[hour]`. */
export type UrgentStart = CaseStart & { hour: number }

/** The version of the facts the workflow knows from now on: the newest it was ever told. */
export type Known = { version: number }

/**
 * The acts, in a few words for the Temporal UI. Each is a message with the whole set of newest facts: a lost, repeated or late one
 * cannot leave a wrong deadline.
 */
export const ACTS = {
  'help-request-registered': 'a help request was registered',
  'taken-by-social-worker': 'a social worker took the request',
  'risk-assessed': 'the level of risk was confirmed or changed',
  'urgent-measures-evidenced': 'evidence of the hour',
  'child-safe': 'the child is safe',
  'placement-recorded': 'where the child lives',
  'primary-assessment-done': 'primary assessment done',
  'assessment-decided': 'a comprehensive assessment was decided',
  'assessment-term-set': 'the term of the assessment was set',
  'assessment-finished': 'comprehensive assessment finished',
  'plan-signed': 'a version of the plan was signed',
  'plan-signed-by-family': 'the family signed the plan, or why not',
  'measure-marked': 'a measure of the plan was marked',
  'contact-made': 'a contact was made',
  'contact-attempted': 'a contact was attempted, nobody seen',
  'next-contact-set': 'the day of the next contact was set',
  'review-agreed': 'the day of the review was agreed',
  'review-report-handed-in': 'the report for the review was handed in',
  'review-held': 'the review was held',
  'meeting-held': 'a meeting was held',
  'protocol-approved': 'a protocol was approved',
  'referral-sent': 'a referral was sent',
  'referral-answered': 'a referral was answered',
  'request-sent': 'a request was sent',
  'request-answered': 'a request was answered',
  'request-received': 'a request was received',
  'closure-asked': 'closure was put to the supervisor',
  'closure-decided': 'closure was decided',
  'monitoring-look': 'a look during monitoring',
  relapse: 'relapse',
  assigned: 'the case was assigned',
  'handed-over': 'the case was handed over',
  'taken-over-from-paper': 'the case was taken over from paper',
  withdrawn: 'an act was entered in error',
  'merged-into': 'the case goes on in another file',
  'moved-to-edition': 'the case was moved to another edition of the procedure',
  noted: 'a note',
  'family-drawn': 'the family was drawn',
  'consent-given': 'consent was given',
  'consent-refused': 'consent was refused',
  'consent-withdrawn': 'consent was withdrawn',
  'child-corrected': 'data of the child were corrected',
  'correction-refused': 'a correction was refused',
  'access-asked': 'what is held was asked for',
  'erasure-held': 'erasure was held or let go on',
  'participant-invited': 'somebody was invited to the case',
  'participation-ended': 'somebody takes part no more',
  'hand-over-offered': 'the file was offered to another organisation',
  'hand-over-accepted': 'the file was accepted by another organisation',
  'hand-over-declined': 'the offered file was declined',
  'hand-over-taken-back': 'the offer of the file was taken back',
} as const satisfies Record<ActKind, string>

/** The update of one kind of act: its arguments are the newest facts and, when it changed, what is shown of the case. */
export const told = (kind: string) => defineUpdate<Known, [BaseFacts, AboutCase?]>(kind)

/** Facts sent again without an act of their own: by the reconciler, or after a setting or the calendar changed. */
export const FACTS_SENT_AGAIN = 'facts-sent-again'

/** What is shown of a meeting or a referral besides its facts; the number is the case's, the link leads to its own page. */
export type AboutMeeting = AboutCase

export type MeetingStart = {
  /** uuid */
  meetingId: string
  facts: MeetingFacts
  /** Keys of the steps already taken. */
  taken: readonly string[]
  about?: AboutMeeting
}
export type ReferralStart = {
  /** uuid */
  referralId: string
  facts: ReferralFacts
  /** Keys of the steps already taken. */
  taken: readonly string[]
  about?: AboutCase
}

/** Whatever happened to it, the message is its newest facts. */
export const meetingTold = defineUpdate<Known, [MeetingFacts, AboutMeeting?]>('meeting-changed')
export const referralTold = defineUpdate<Known, [ReferralFacts, AboutCase?]>('referral-changed')
