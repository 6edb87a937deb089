import type { CaseNumbers } from '@tirek/platform/trail-table'

/** The trail names cases by their numbers, for auditors, who see nothing else of a case; of one that is erased this service knows none. */
export const NUMBERS: CaseNumbers = {
  numberOf: 'referrals.number_of(t.case_id)',
  caseNumbered: 'SELECT referrals.case_numbered(upper($1)) AS id',
}
