/**
 * AC-11: nothing lies between two organisations. An offer without an answer is told to the receiver again, then to the supervisor of who leads the
 * case, then to that supervisor and the head, every few days for as long as it waits.
 */
import type { Clock } from '@tirek/platform/clock'
import type { Database } from '@tirek/platform/database'
import { ACCESS_TERMS, offerEscalationAgainAt, offerEscalationAt, offerReminderAt } from '@tirek/procedure/access/terms'
import { DAY, dayOf } from '@tirek/procedure/time'
import { notice, writeNotice } from '../record/outbox.ts'
import { peopleOf, type KnownRow } from './people.ts'

type Offered = KnownRow & { offer: string; receiver: string; from_at: number; reminded_at: number | null; escalated_at: number | null }
/** `was`: when it was told last, as this turn found it. */
type Telling = { mark: 'reminded_at' | 'escalated_at'; was: number | null; repeat: number }

/** One turn; returns how many were told. */
export const createOffers = (db: Database, clock: Clock) => async (): Promise<number> => {
  const now = clock.now()
  const rows = (await db.query(
    `SELECT c.*, a.id AS offer, a.organisation AS receiver, a.from_at, a.reminded_at, a.escalated_at
       FROM cases.access a JOIN cases."case" c ON c.id = a.case_id WHERE a.relation = 'hand-over-receiver' AND a.until_at IS NULL AND (a.escalated_at IS NULL OR a.escalated_at <= $1) ORDER BY a.from_at LIMIT 500`,
    [now - (ACCESS_TERMS['offer-escalation-again'].term - 1) * DAY],
  )) as unknown as Offered[]
  let told = 0
  for (const row of rows) for (const telling of dueOf(row, now)) told += await tell(db, row, telling, now)
  return told
}

function dueOf({ from_at: from, reminded_at: reminded, escalated_at: escalated }: Offered, now: number): Telling[] {
  const due: Telling[] = []
  if (reminded === null && now >= offerReminderAt(from)) due.push({ mark: 'reminded_at', was: null, repeat: 0 })
  if (escalated === null && now >= offerEscalationAt(from)) due.push({ mark: 'escalated_at', was: null, repeat: 0 })
  if (escalated !== null && now >= offerEscalationAgainAt(escalated)) {
    const repeat = Math.max(1, Math.floor((now - offerEscalationAt(from)) / (ACCESS_TERMS['offer-escalation-again'].term * DAY)))
    due.push({ mark: 'escalated_at', was: escalated, repeat })
  }
  return due
}

/** Claimed and told in one transaction: once, however many processes look. */
const tell = (db: Database, row: Offered, { mark, was, repeat }: Telling, now: number): Promise<number> =>
  db.transaction(async (sql) => {
    const [claimed] = await sql(
      `UPDATE cases.access SET ${mark} = $2 WHERE id = $1 AND ${mark} IS NOT DISTINCT FROM $3 AND until_at IS NULL RETURNING id`,
      [row.offer, now, was],
    )
    if (!claimed) return 0
    const isReminder = mark === 'reminded_at'
    const event = isReminder ? 'hand-over-waits' : 'hand-over-unanswered'
    const key = `${row.id}/${event}/${row.offer}${repeat > 0 ? `/${dayOf(now)}` : ''}`
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
              whom: isReminder ? ['next-in-line', 'head'] : repeat > 0 ? ['supervisor', 'head'] : ['supervisor'],
              repeat,
            },
          ],
        },
        row.facts.version,
        now,
      ),
    )
    return 1
  })
