/**
 * Dated versions of the rule rows, oldest first. A released one never changes (its hash is held by a test): a correction
 * is a new edition, and a case keeps the one it was opened under.
 */
import type { Day } from '../time.ts'
import type { EditionId } from './edition-ids.ts'
import { REVIEW_OUTCOME_RULES } from './review-rows.ts'
import { RULE_ROWS, type Rules } from './rows.ts'

export type Edition = { id: EditionId; from: Day; rules: Rules; hash: string }

export const EDITIONS: readonly Edition[] = [
  { id: '2026-1', from: '2026-01-01', rules: RULE_ROWS, hash: '508cae7f477bcabb' },
  {
    // What a review decided has a day by which it is done.
    id: '2026-2',
    from: '2026-12-01',
    rules: { ...RULE_ROWS, terms: { ...RULE_ROWS.terms, ...REVIEW_OUTCOME_RULES } },
    hash: 'e5678c2abe2b9159',
  },
]
