/** RT-30: what erasing a case takes away, statement by statement, and what it leaves. */
import type { Sql } from '@tirek/platform/database'

/**
 * Left: the case with its number, organisation, stage, risk level and how it ended; kinds and times of its acts, terms and reminders (what
 * the organisation counts); the trail. None of it says whose case it was.
 */
const STATEMENTS = [
  // The child: nothing is left but a row that acts of old point to. Brothers and sisters are no more linked to it.
  `UPDATE cases.child SET name = NULL, name_folded = NULL, iin = NULL, phone = NULL, address = NULL, address_folded = NULL, birth_date = NULL, age = NULL,
     sex = 'unknown', family = gen_random_uuid() WHERE id = (SELECT child FROM cases."case" WHERE id = $1)`,
  `UPDATE cases.act SET form = '{}', fact = '{}' WHERE case_id = $1`,
  // Running numbers of journals have no gap. Entries made by hand that name the case go with it.
  `UPDATE cases.journal SET entry = '{}', withdrawn_why = NULL WHERE case_id = $1
     OR (case_id IS NULL AND organisation = (SELECT organisation FROM cases."case" WHERE id = $1) AND entry->>'request' = (SELECT number FROM cases."case" WHERE id = $1))`,
  `DELETE FROM cases.idempotency WHERE answer #>> '{summary,id}' = $1::text`,
  // Its reasons are text.
  `DELETE FROM cases.access WHERE case_id = $1`,
  `DELETE FROM cases.draft WHERE case_id = $1`,
  `DELETE FROM cases.outbox WHERE case_id = $1`,
  `DELETE FROM cases.refold WHERE case_id = $1`,
] as const

export async function eraseContent(sql: Sql, caseId: string): Promise<void> {
  for (const statement of STATEMENTS) await sql(statement, [caseId])
}

/** Facts of an erased case: codes that its row shows anyway, nothing that was folded from its acts. */
export const bareFacts = (facts: object): object => {
  const { programme, edition, calendar, version, settings, stage, baseStage, episode, riskLevel, ended, end, endedAt, firstReportAt } =
    facts as Record<string, unknown>
  return {
    ...{ programme, edition, calendar, version, settings, stage, baseStage, episode, riskLevel, ended, end, endedAt, firstReportAt },
    ...{ hours: [], openHours: [], criteria: [], withFirstPerson: false, crueltySigns: false, terms: [], reviews: [], monitoring: [] },
    contacts: { anchors: [], all: [], set: [] },
  }
}
