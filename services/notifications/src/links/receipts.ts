/**
 * Receipts of the hour's letters (CP-10): who was asked to confirm reading, and who has. A receipt is no evidence: nothing here ends a deadline
 * or spares a step.
 */
import type { Receipt } from '@tirek/contract/links'
import type { Database, Sql } from '@tirek/platform/database'
import { LinkRevoked, type Link } from '@tirek/platform/links'
import { describe } from '@tirek/platform/ticker'
import type { Trail } from '@tirek/platform/trail'
import type { Notice } from '@tirek/contract/notices'
import type { Instant } from '@tirek/procedure/time'
import type { Earlier } from '../letters/compose.ts'
import type { LettersRecord } from '../letters/record.ts'
import type { Book } from '../recipients/book.ts'
import type { Recipient, ToldRole } from '../recipients/recipients.ts'

/** Who is told so that somebody else acts. The answer of those who act themselves is their record of what was done. */
const ASKED: ReadonlySet<ToldRole> = new Set<ToldRole>(['supervisor', 'next-in-line', 'head', 'duty-list', 'on-duty'])

export const isAskedForReceipt = (notice: Pick<Notice, 'urgent' | 'hour'>, { roles }: Pick<Recipient, 'roles'>): boolean =>
  notice.urgent && notice.hour !== undefined && roles.some((role) => ASKED.has(role))

export const askForReceipt = (sql: Sql, letter: string, notice: Notice, { person, roles }: Recipient, now: Instant) =>
  sql('INSERT INTO notifications.receipt (letter, case_id, deadline_key, person, roles, asked_at) VALUES ($1, $2, $3, $4, $5, $6)', [
    letter,
    notice.caseId,
    notice.deadlineKey,
    person.id,
    roles,
    now,
  ])

/** Those who have confirmed a letter of this deadline, in the order in which they did; `at` is their first one. */
export async function confirmedOf(
  sql: Sql,
  { caseId, deadlineKey }: Pick<Notice, 'caseId' | 'deadlineKey'>,
  book: Book,
): Promise<Earlier[]> {
  const rows = await sql(
    `SELECT DISTINCT ON (person) person, roles, confirmed_at FROM notifications.receipt WHERE case_id = $1 AND deadline_key = $2 AND confirmed_at IS NOT NULL ORDER BY person, confirmed_at`,
    [caseId, deadlineKey],
  )
  return rows
    .map(({ person, roles, confirmed_at: at }) => ({ person, name: book.people.get(person)?.name ?? '', roles: roles as ToldRole[], at }))
    .sort((a, b) => a.at - b.at)
}

/** Everybody who was asked, for one case, in the order in which they were. */
export async function receiptsOf(db: Pick<Database, 'query'>, caseId: string): Promise<Receipt[]> {
  const rows = await db.query(
    `SELECT * FROM (
       SELECT DISTINCT ON (deadline_key, person) deadline_key, person, roles, asked_at, min(confirmed_at) OVER (PARTITION BY deadline_key, person) AS confirmed_at
         FROM notifications.receipt WHERE case_id = $1 ORDER BY deadline_key, person, asked_at) first
      ORDER BY asked_at, person`,
    [caseId],
  )
  return rows.map((row) => ({
    deadlineKey: row['deadline_key'],
    person: row['person'],
    roles: row['roles'],
    askedAt: row['asked_at'],
    ...(row['confirmed_at'] === null ? {} : { confirmedAt: row['confirmed_at'] as number }),
  }))
}

/** The act of a receipt's link, in the link's transaction. Somebody who works here no more confirms nothing. */
export async function confirm(
  sql: Sql,
  { subject, recipient }: Pick<Link<'receipt'>, 'subject' | 'recipient'>,
  trail: Trail,
  now: Instant,
): Promise<void> {
  const [person] = await sql('SELECT role, organisation FROM directory.person_view WHERE id = $1 AND active', [recipient])
  if (!person) throw new LinkRevoked()
  const [receipt] = await sql(
    'UPDATE notifications.receipt SET confirmed_at = coalesce(confirmed_at, $3) WHERE letter = $1 AND person = $2 RETURNING case_id',
    [subject, recipient, now],
  )
  if (!receipt) throw new LinkRevoked()
  await trail.record(
    [
      {
        who: { person: recipient, role: person['role'], organisation: person['organisation'] },
        what: 'receipt-confirmed',
        why: 'one-time-link',
        caseId: receipt['case_id'],
        about: subject,
        at: now,
      },
    ],
    sql,
  )
}

/**
 * Has the hour of the letter ended, or was it entered in error? Asked when the link is opened, so an hour that opens again has its links again.
 * While the cases service is away nobody is turned back: a receipt stops nothing.
 */
export async function isHourClosed({ db, settings, log }: LettersRecord, { subject }: Pick<Link<'receipt'>, 'subject'>): Promise<boolean> {
  const [receipt] = await db.query('SELECT case_id, deadline_key FROM notifications.receipt WHERE letter = $1', [subject])
  if (!receipt) return false
  const key = `${receipt['case_id']}/${receipt['deadline_key']}`
  const ask = settings.caller.call('cases', new URL('/internal/steps/open', settings.casesUrl).href, { keys: [key] })
  const answer = (await ask.catch((error: unknown) => {
    log.warn({ error: describe(error) }, 'the cases service did not say whether an hour is open')
  })) as { open: string[] } | undefined
  return answer !== undefined && !answer.open.includes(key)
}
