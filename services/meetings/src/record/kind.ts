/** What a meeting is as a proceeding: its rows, its facts, its steps, its workflow. */
import type { MeetingPage } from '@tirek/contract/meetings'
import { isOver, outlivesCase, type MeetingFacts } from '@tirek/procedure/meetings/facts'
import { MEETING_ROWS, MEETING_RULES, type MeetingRow } from '@tirek/procedure/meetings/rows'
import { meetingStepsOf, stepsThatHelp, type MeetingStep } from '@tirek/procedure/meetings/steps'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { Answer as AnswerOf, Changes, Changing as ChangingOf } from '@tirek/proceedings/changes'
import type { Kind } from '@tirek/proceedings/kind'
import type { WorkflowOf } from '@tirek/proceedings/tell'
import { meetingTold, meetingWorkflowId } from '@tirek/workflows/messages'
import { MeetingEntity } from '../calling/meeting.entity.ts'
import { factsOf, load, type Loaded } from './loaded.ts'

export const MEETING: Kind<Loaded, MeetingFacts, MeetingStep> = {
  schema: 'meetings',
  of: 'meeting',
  entity: MeetingEntity,
  load,
  rowOf: ({ meeting }) => meeting,
  factsOf,
  stepsOf: (facts, calendar) => meetingStepsOf(facts, MEETING_RULES, calendar),
  helping: (due, facts, now) => stepsThatHelp(due, facts, MEETING_RULES, now),
  isOver,
  stopsWithCase: (row) => MEETING_ROWS[row as MeetingRow].ended === 'stops',
  outlivesCase,
  ruleOf: (row) => MEETING_ROWS[row as MeetingRow].rule,
}

export const MEETING_WORKFLOW: WorkflowOf<MeetingFacts> = {
  name: 'meetingWorkflow',
  id: meetingWorkflowId,
  told: meetingTold,
  start: (meetingId, start) => ({ meetingId, ...start }),
}

export type Changing = ChangingOf<Loaded>
export type Answer = AnswerOf<MeetingPage>
export type MeetingChanges = Changes<Loaded, MeetingPage, MeetingFacts, MeetingStep>

/** The act of a case that stands for what is done in its meetings. */
export const STANDS_FOR = { meeting: 'meeting-held', protocol: 'protocol-approved' } as const satisfies Record<string, ActKind>
