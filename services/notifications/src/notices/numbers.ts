import type { CaseNumbers } from '@tirek/platform/trail-table'

/** Of a case this service knows the number that its notices name; of one that is erased, none. */
export const NUMBERS: CaseNumbers = {
  numberOf: `(SELECT n.body->>'caseNumber' FROM notifications.notice n WHERE n.case_id = t.case_id AND n.body ? 'caseNumber' LIMIT 1)`,
  caseNumbered: `SELECT case_id AS id FROM notifications.notice WHERE body->>'caseNumber' = upper($1) LIMIT 1`,
}
