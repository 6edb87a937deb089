/** CP-101: a child of an open case turns six, the case goes on, the supervisor is told. Birth dates stay in Postgres, so this is no timer of Temporal. */
import { addMonths, at0900, dayOf } from '@tirek/procedure/time'
import type { Clock } from '@tirek/platform/clock'
import type { Database } from '@tirek/platform/database'
import { notice, writeNotice } from '../record/outbox.ts'
import { peopleOf, type KnownRow } from '../steps/people.ts'

const SIX_YEARS = 72

/** One turn; returns how many were told. */
export const createBirthdays = (db: Database, clock: Clock) => async (): Promise<number> => {
  const now = clock.now()
  const today = dayOf(now)
  if (now < at0900(today)) return 0
  const rows = (await db.query(
    `SELECT c.* FROM cases."case" c JOIN cases.child ch ON ch.id = c.child WHERE NOT c.ended AND c.told_six_at IS NULL AND ch.birth_date <= $1 AND c.opened_at < $2 LIMIT 100`,
    [addMonths(today, -SIX_YEARS), now],
  )) as unknown as (KnownRow & { opened_at: number })[]
  for (const row of rows)
    await db.transaction(async (sql) => {
      const [claimed] = await sql('UPDATE cases."case" SET told_six_at = $2 WHERE id = $1 AND told_six_at IS NULL RETURNING id', [
        row.id,
        now,
      ])
      if (!claimed) return
      const told = notice(
        {
          key: `${row.id}/turned-six`,
          caseId: row.id,
          caseNumber: row.number,
          organisation: row.organisation,
          programme: row.programme,
          rule: 'CP-101',
          row: 'turned-six',
          deadlineKey: 'CP-101/turned-six',
          urgent: false,
          sendAt: now,
          event: 'turned-six',
          people: peopleOf(row),
          steps: [{ key: `${row.id}/turned-six`, do: 'remind', at: now, whom: ['supervisor'], repeat: 0 }],
        },
        row.facts.version,
        now,
      )
      await writeNotice(sql, row.id, told)
    })
  return rows.length
}
