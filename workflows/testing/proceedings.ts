/** A meeting and a referral of a test: their activities, and how their newest facts are told to their workflows. */
import type { MeetingFacts } from '@tirek/procedure/meetings/facts'
import { MEETING_RULES } from '@tirek/procedure/meetings/rows'
import { meetingStepsOf, stepsThatHelp } from '@tirek/procedure/meetings/steps'
import type { ReferralFacts } from '@tirek/procedure/referrals/facts'
import { REFERRAL_RULES } from '@tirek/procedure/referrals/rows'
import { referralStepsOf, referralStepsThatHelp } from '@tirek/procedure/referrals/steps'
import type { Instant } from '@tirek/procedure/time'
import { WithStartWorkflowOperation, type Client } from '@temporalio/client'
import type { UpdateDefinition } from '@temporalio/common'
import { randomUUID } from 'node:crypto'
import type { MeetingActivities, ReferralActivities } from '../src/activities.ts'
import type { ProceedingFacts, ProceedingStep } from '../src/known-proceeding.ts'
import {
  meetingTold,
  meetingWorkflowId,
  referralTold,
  referralWorkflowId,
  TASK_QUEUES,
  type AboutCase,
  type Known,
} from '../src/messages.ts'
import { ProceedingRecordInMemory } from './proceeding-record.ts'

export const meetingRecord = (now: () => Promise<Instant>) =>
  new ProceedingRecordInMemory(
    {
      stepsOf: (facts: MeetingFacts, calendar) => meetingStepsOf(facts, MEETING_RULES, calendar),
      helping: (due, facts, at) => stepsThatHelp(due, facts, MEETING_RULES, at),
    },
    now,
  )
export const referralRecord = (now: () => Promise<Instant>) =>
  new ProceedingRecordInMemory(
    {
      stepsOf: (facts: ReferralFacts, calendar) => referralStepsOf(facts, REFERRAL_RULES, calendar),
      helping: (due, facts, at) => referralStepsThatHelp(due, facts, REFERRAL_RULES, at),
    },
    now,
  )

export const meetingActivities = (record: ReturnType<typeof meetingRecord>): MeetingActivities => ({
  takeMeetingSteps: ({ meetingId, stepKeys }) => record.take(meetingId, stepKeys),
  loadMeetingRules: async ({ calendar }) => ({ rules: MEETING_RULES, calendar: record.calendar(calendar) }),
})
export const referralActivities = (record: ReturnType<typeof referralRecord>): ReferralActivities => ({
  takeReferralSteps: ({ referralId, stepKeys }) => record.take(referralId, stepKeys),
  loadReferralRules: async ({ calendar }) => ({ rules: REFERRAL_RULES, calendar: record.calendar(calendar) }),
})

type Of<F> = {
  workflow: string
  workflowId(caseId: string, id: string): string
  told: UpdateDefinition<Known, [F, AboutCase?]>
  /** By what name its start tells its id. */
  idName: string
  page: string
}
export const MEETING: Of<MeetingFacts> = {
  workflow: 'meetingWorkflow',
  workflowId: meetingWorkflowId,
  told: meetingTold,
  idName: 'meetingId',
  page: 'meetings',
}
export const REFERRAL: Of<ReferralFacts> = {
  workflow: 'referralWorkflow',
  workflowId: referralWorkflowId,
  told: referralTold,
  idName: 'referralId',
  page: 'referrals',
}

/** One proceeding, and how its newest facts are told to its workflow. */
export class ProceedingFile<F extends ProceedingFacts, S extends ProceedingStep> {
  readonly id = randomUUID()
  readonly workflowId: string
  private readonly client: Client
  private readonly record: ProceedingRecordInMemory<F, S>
  private readonly of: Of<F>
  private facts: F | undefined

  constructor(client: Client, record: ProceedingRecordInMemory<F, S>, of: Of<F>) {
    this.client = client
    this.record = record
    this.of = of
    this.workflowId = of.workflowId(randomUUID(), this.id)
  }

  /** Saves facts in the record and tells the workflow, starting it where there is none, as the relay does. */
  async told(facts: Omit<F, 'version'>, left = 5): Promise<void> {
    this.facts = { ...facts, version: (this.facts?.version ?? 0) + 1 } as F
    this.record.save(this.id, this.facts)
    await this.tell(this.facts, left)
  }

  private async tell(facts: F, left: number): Promise<void> {
    const { workflow, told, idName, page } = this.of
    const about: AboutCase = {
      number: 'T-2026-1',
      organisation: this.id,
      manager: this.id,
      link: `http://localhost:3000/${page}/${this.id}`,
    }
    const startWorkflowOperation = new WithStartWorkflowOperation(workflow, {
      workflowId: this.workflowId,
      taskQueue: TASK_QUEUES.caseWorkflows,
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [{ [idName]: this.id, facts, taken: [], about }],
    })
    try {
      await this.client.workflow.executeUpdateWithStart(told, { args: [facts, about], updateId: randomUUID(), startWorkflowOperation })
    } catch (error) {
      // It met the moment of continue-as-new, or the end of the run.
      if (left === 0) throw error
      await this.tell(facts, left - 1)
    }
  }

  workflow = () => this.client.workflow.getHandle(this.workflowId)
  isOver = async () => (await this.workflow().describe()).status.name === 'COMPLETED'

  async details(): Promise<string> {
    const { currentDetails } = await this.workflow().query<{ currentDetails: string }>('__temporal_workflow_metadata')
    return currentDetails
  }

  get steps() {
    return this.record.steps.filter(({ id }) => id === this.id)
  }
}
