import type { BaseFacts } from '@tirek/procedure/case'
import type { Calendar } from '@tirek/procedure/calendar'
import type { MeetingFacts } from '@tirek/procedure/meetings/facts'
import type { MeetingRules } from '@tirek/procedure/meetings/rows'
import type { ReferralFacts } from '@tirek/procedure/referrals/facts'
import type { ReferralRules } from '@tirek/procedure/referrals/rows'
import type { Instant } from '@tirek/procedure/time'
import type { AboutCase, AboutMeeting } from './messages.ts'

export type TakeSteps = { caseId: string; deadlineKey: string; stepKeys: readonly string[]; by: 'workflow' }

export type StepsTaken = {
  /** The newest facts of the record, so that a lost message heals itself. */
  facts: BaseFacts
  /** Keys that stand taken in the record now; those missing belong to a deadline that is closed there. */
  taken: readonly string[]
  /** Asked too early by the record's clock: come back then. */
  notYet?: Instant
  /** When the record holds something newer than the workflow may know. */
  about?: AboutCase
}

export type ProcedureWanted = { programme: string; edition: string; calendar: string }
export type Procedure = { rules: unknown; calendar: Calendar }

/** What the workflows ask of the cases service. The record has the last word: it drops steps that evidence has made needless. */
export interface StepActivities {
  /** Takes steps of one deadline once, in one transaction under the case's lock. */
  takeSteps(input: TakeSteps): Promise<StepsTaken>
  /** Rule rows of an edition and the working calendar, as data: a changed number never rewrites the history of a running case. */
  loadProcedure(input: ProcedureWanted): Promise<Procedure>
}

export type TakeMeetingSteps = { meetingId: string; stepKeys: readonly string[]; by: 'workflow' }
export type MeetingStepsTaken = {
  facts: MeetingFacts
  about: AboutMeeting
  /** Keys that stand taken in the record now. */
  taken: readonly string[]
  /** Asked too early by the record's clock: come back then. */
  notYet?: Instant
}

/** What the workflow of a meeting asks of the meetings service. The record has the last word. */
export interface MeetingActivities {
  takeMeetingSteps(input: TakeMeetingSteps): Promise<MeetingStepsTaken>
  /** Rule rows and the working calendar, as data: a changed number never rewrites the history of a running meeting. */
  loadMeetingRules(input: { calendar: string }): Promise<{ rules: MeetingRules; calendar: Calendar }>
}

export type TakeReferralSteps = { referralId: string; stepKeys: readonly string[]; by: 'workflow' }
export type ReferralStepsTaken = Omit<MeetingStepsTaken, 'facts' | 'about'> & { facts: ReferralFacts; about: AboutCase }

/** What the workflow of a referral asks of the referrals service. The record has the last word. */
export interface ReferralActivities {
  takeReferralSteps(input: TakeReferralSteps): Promise<ReferralStepsTaken>
  /** Rule rows and the working calendar, as data, as those of a meeting. */
  loadReferralRules(input: { calendar: string }): Promise<{ rules: ReferralRules; calendar: Calendar }>
}
