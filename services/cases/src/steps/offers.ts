/** AC-11: nothing lies between two organisations. An offer without an answer is told to the receiver again, then to the supervisor of who leads the case. */
import type { Clock } from '@tirek/platform/clock'
import type { Database } from '@tirek/platform/database'
import { ACCESS_TERMS, offerEscalationAt, offerReminderAt } from '@tirek/procedure/access/terms'
import { notice, writeNotice } from '../record/outbox.ts'
import { peopleOf, type KnownRow } from './people.ts'

type Offered = KnownRow & { offer: string; receiver: string; from_at: number; reminded_at: number | null; escalated_at: number | null }

/** One turn; returns how many were told. */
export const createOffers = (db: Database, clock: Clock) => async (): Promise<number> => {
  const now = clock.now()
  const rows = (await db.query(
    `SELECT c.*, a.id AS offer, a.organisation AS receiver, a.from_at, a.reminded_at, a.escalated_at
       FROM cases.access a JOIN cases."case" c ON c.id = a.case_id WHERE a.relation = 'hand-over-receiver' AND a.until_at IS NULL AND a.escalated_at IS NULL ORDER BY a.from_at LIMIT 500`,
  )) as unknown as Offered[]
  let told = 0
  for (const row of rows) {
    if (row.reminded_at === null && now >= offerReminderAt(row.from_at)) told += await tell(db, row, 'reminded_at', now)
    if (now >= offerEscalationAt(row.from_at)) told += await tell(db, row, 'escalated_at', now)
  }
  return told
}

/** Claimed and told in one transaction: once, however many processes look. */
const tell = (db: Database, row: Offered, mark: 'reminded_at' | 'escalated_at', now: number): Promise<number> =>
  db.transaction(async (sql) => {
    const [claimed] = await sql(
      `UPDATE cases.access SET ${mark} = $2 WHERE id = $1 AND ${mark} IS NULL AND until_at IS NULL RETURNING id`,
      [row.offer, now],
    )
    if (!claimed) return 0
    const isReminder = mark === 'reminded_at'
    const event = isReminder ? 'hand-over-waits' : 'hand-over-unanswered'
    const key = `${row.id}/${event}/${row.offer}`
    await writeNotice(
      sql,
      row.id,
      notice(
        {
          key,
          caseId: row.id,
          caseNumber: row.number,
          organisation: isReminder ? row.receiver : row.organisation,
          programme: row.programme,
          rule: ACCESS_TERMS['offer-reminder'].rule,
          row: event,
          deadlineKey: `${event}/${row.offer}`,
          urgent: false,
          sendAt: now,
          event,
          people: isReminder ? {} : peopleOf(row),
          steps: [
            {
              key,
              do: isReminder ? 'remind' : 'escalate',
              at: now,
              whom: isReminder ? ['next-in-line', 'head'] : ['supervisor'],
              repeat: 0,
            },
          ],
        },
        row.facts.version,
        now,
      ),
    )
    return 1
  })
