/** What a referral is as a proceeding: its rows, its facts, its steps, its workflow. */
import type { ReferralPage } from '@tirek/contract/referrals'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { isOver, outlivesCase, type ReferralFacts } from '@tirek/procedure/referrals/facts'
import { REFERRAL_ROWS, REFERRAL_RULES, type ReferralRow } from '@tirek/procedure/referrals/rows'
import { referralStepsOf, referralStepsThatHelp, type ReferralStep } from '@tirek/procedure/referrals/steps'
import type { Answer as AnswerOf, Changes, Changing as ChangingOf } from '@tirek/proceedings/changes'
import type { Erased } from '@tirek/proceedings/erasing'
import type { Kind } from '@tirek/proceedings/kind'
import type { WorkflowOf } from '@tirek/proceedings/tell'
import { referralTold, referralWorkflowId } from '@tirek/workflows/messages'
import { factsOf, load, type Loaded } from './loaded.ts'
import { ReferralEntity } from './referral.entity.ts'

/** `referral-sent` and `referral-answered` are acts of the case, with words of their own. */
const TRAIL: Readonly<Record<string, string>> = { sent: 'referral-went-out', answered: 'referral-answer-noted' }

export const REFERRAL: Kind<Loaded, ReferralFacts, ReferralStep> = {
  schema: 'referrals',
  of: 'referral',
  entity: ReferralEntity,
  load,
  rowOf: ({ referral }) => referral,
  factsOf,
  stepsOf: (facts, calendar) => referralStepsOf(facts, REFERRAL_RULES, calendar),
  helping: (due, facts, now) => referralStepsThatHelp(due, facts, REFERRAL_RULES, now),
  isOver,
  stopsWithCase: (row) => REFERRAL_ROWS[row as ReferralRow].ended === 'stops',
  outlivesCase,
  ruleOf: (row) => REFERRAL_ROWS[row as ReferralRow].rule,
  // Where the child lives is not in the case then: it is asked for again until it is.
  refused: ({ referral }, act) => {
    if (act !== 'placement-recorded') return false
    referral.placement = 'waiting'
    return true
  },
  trailOf: (what) => TRAIL[what] ?? `referral-${what}`,
}

export const REFERRAL_WORKFLOW: WorkflowOf<ReferralFacts> = {
  name: 'referralWorkflow',
  id: referralWorkflowId,
  told: referralTold,
  start: (referralId, start) => ({ referralId, ...start }),
}

/** What goes when a case is erased. */
export const ERASED: Erased = {
  schema: REFERRAL.schema,
  of: REFERRAL.of,
  tables: ['outbox', 'step', 'workflow_ack', 'change', 'packet', 'file', 'sending', 'mail', 'answer'],
  files: ['file'],
}

export type Changing = ChangingOf<Loaded>
export type Answer = AnswerOf<ReferralPage>
export type ReferralChanges = Changes<Loaded, ReferralPage, ReferralFacts, ReferralStep>

/** The act of a case that stands for what is done with its referrals. */
export const STANDS_FOR = {
  referral: 'referral-sent',
  answer: 'referral-answered',
  placement: 'placement-recorded',
} as const satisfies Record<string, ActKind>
