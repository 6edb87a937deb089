import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common'

/** By what administrators find cases in the Temporal UI. They are in clear text: codes and ids only, and no logic reads them. */
export const SEARCH = {
  stage: defineSearchAttributeKey('CaseStage', 'KEYWORD'),
  risk: defineSearchAttributeKey('RiskLevel', 'KEYWORD'),
  programme: defineSearchAttributeKey('Programme', 'KEYWORD'),
  organisation: defineSearchAttributeKey('Organisation', 'KEYWORD'),
  manager: defineSearchAttributeKey('CaseManager', 'KEYWORD'),
  waitingFor: defineSearchAttributeKey('WaitingFor', 'KEYWORD'),
  nextDeadlineAt: defineSearchAttributeKey('NextDeadlineAt', 'DATETIME'),
  overdue: defineSearchAttributeKey('Overdue', 'BOOL'),
  emergency: defineSearchAttributeKey('Emergency', 'BOOL'),
}

export type SearchValue = SearchAttributeUpdatePair
