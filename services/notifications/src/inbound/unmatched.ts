/** Mail that came in and changed nothing: a person must look at it. */
import { Inject, Injectable } from '@nestjs/common'
import type { ReferralReply, UnmatchedMail } from '@tirek/contract/unmatched-mail'
import type { Who } from '@tirek/platform/auth'
import type { Database, Row, Sql } from '@tirek/platform/database'
import { DAY, type Instant } from '@tirek/procedure/time'
import { randomUUID } from 'node:crypto'
import { LettersRecord } from '../letters/record.ts'
import { LetterPages, UNMATCHED_COLUMNS } from '../letters/wall.ts'
import type { Invitation } from '../mails/invitation.ts'
import type { Asking } from '../referrals/asking.ts'
import { plain } from '../mail/plain-text.ts'
import { queueNews, queueReply } from '../mails/news.ts'
import type { CalendarReply } from './calendar-reply.ts'
import type { Reason } from './judge.ts'
import type { ReadMail } from './read-mail.ts'

export async function keepUnmatched(
  sql: Sql,
  of: {
    reason: Reason
    at: Instant
    size: number
    head: ReadMail
    reply: CalendarReply | undefined
    invitation: Invitation | undefined
    referral: Pick<Asking, 'referral' | 'caseId' | 'organisation'> | undefined
  },
): Promise<unknown> {
  const id = randomUUID()
  const { reason, at, head, reply, invitation, referral } = of
  const owner = invitation ?? referral
  // A robot's answer belongs to the case all the same, and is nothing that its leader is told of.
  const repliesTo = reason === 'of-referral' ? referral : undefined
  await sql(
    `INSERT INTO notifications.unmatched (id, reason, at, bytes, meeting, case_id, organisation, from_address, attendee, delegate, subject, answer, comment, proposed_start, proposed_end, referral)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      id,
      reason,
      at,
      of.size,
      invitation?.meeting ?? null,
      owner?.caseId ?? null,
      owner?.organisation ?? null,
      ...[head.from, reply?.attendee, reply?.delegate, head.subject, reply?.partstat?.slice(0, 30)].map(kept),
      // What a robot says is not kept.
      reason === 'automatic' ? null : kept(reply?.comment ?? head.text),
      reason === 'countered' ? (reply?.start ?? null) : null,
      reason === 'countered' ? (reply?.end ?? null) : null,
      repliesTo?.referral ?? null,
    ],
  )
  if (repliesTo) return queueReply(sql, { what: 'reply', key: `reply/${id}`, referral: repliesTo.referral, at }, repliesTo.caseId)
  const meeting = invitation ? { meeting: invitation.meeting } : {}
  return queueNews(sql, { what: 'unmatched', key: `unmatched/${id}`, ...meeting, reason, at }, at, owner?.caseId ?? null)
}

/** Practice, as answers kept for repeats: so long somebody may find out to whom a mail belongs, ms. */
const KEPT_MS = 30 * DAY
const AT_ONCE = 1_000

/** Of mail that belongs to no case nobody erases what it says: it goes by itself, that it came stays. Returns of how many. */
export const forgetOldUnmatched = async (db: Pick<Database, 'query'>, now: Instant): Promise<number> => {
  const gone = await db.query(
    `UPDATE notifications.unmatched SET from_address = NULL, attendee = NULL, delegate = NULL, subject = NULL, answer = NULL, comment = NULL
      WHERE id IN (SELECT id FROM notifications.unmatched WHERE case_id IS NULL AND at < $1 AND coalesce(from_address, attendee, delegate, subject, answer, comment) IS NOT NULL LIMIT $2) RETURNING 1`,
    [now - KEPT_MS, AT_ONCE],
  )
  return gone.length
}

/** As a database can keep it. */
const kept = (text: string | undefined) => (text && plain(text)) || null

const SAID = 'from_address, attendee, delegate, subject, answer, comment, proposed_start, proposed_end'
/** More of one meeting, or one referral, nobody reads. */
const MOST_OF_ONE = 200

@Injectable()
export class UnmatchedService {
  constructor(
    @Inject(LetterPages) private readonly pages: LetterPages,
    @Inject(LettersRecord) private readonly record: LettersRecord,
  ) {}

  /** With what it says, the newest first: for the meetings service alone, which asks who may read it. */
  async ofMeeting(meeting: string): Promise<UnmatchedMail[]> {
    return (await this.#of('meeting', meeting)).map(unmatchedOf)
  }

  /** Replies to the mails of a referral, the newest first: for the referrals service alone, which asks who may read them. */
  async ofReferral(referral: string): Promise<ReferralReply[]> {
    const rows = await this.#of('referral', referral)
    return rows.map(({ id, at, bytes, from_address: from, subject, comment: text }) => ({
      ...{ id, at, bytes },
      ...Object.fromEntries(Object.entries({ from, subject, text }).filter(([, said]) => said !== null)),
    }))
  }

  #of(column: 'meeting' | 'referral', id: string): Promise<Row[]> {
    return this.record.db.query(
      `SELECT ${UNMATCHED_COLUMNS}, ${SAID} FROM notifications.unmatched WHERE ${column} = $1 ORDER BY seq DESC LIMIT ${MOST_OF_ONE}`,
      [id],
    )
  }

  /**
   * That it came and why, the newest first: supervisors and who leads an organisation of its meetings, administrators and auditors of all. What it
   * says is read at its meeting, by who may; of what belongs to no case administrators see from whom it is, to find out whose it is.
   */
  async list(who: Who, asked: { before?: number | undefined; limit: number }): Promise<{ items: UnmatchedMail[]; before?: number }> {
    const { whose, standing, db } = await this.pages.lookedAfter(who)
    const rows = await db.query(
      `SELECT ${UNMATCHED_COLUMNS} FROM notifications.unmatched WHERE seq < $1 AND ($3 OR organisation = $4) ORDER BY seq DESC LIMIT $2`,
      [asked.before ?? Number.MAX_SAFE_INTEGER, asked.limit + 1, whose === 'all', standing.organisation],
    )
    const shown = rows.slice(0, asked.limit)
    const said = who.role === 'administrator' ? await this.#ofNoMeeting(shown.map(({ id }) => id as string)) : new Map<string, Row>()
    return {
      items: shown.map((row) => unmatchedOf({ ...row, ...said.get(row['id'] as string) })),
      ...(rows.length > asked.limit ? { before: rows[asked.limit - 1]!['seq'] as number } : {}),
    }
  }

  /** From whom those of these are that belong to no case. Pages are not shown it by the database: nobody's rows but these are asked for. */
  async #ofNoMeeting(ids: readonly string[]): Promise<Map<string, Row>> {
    const rows = await this.record.db.query(
      `SELECT id, from_address, attendee, delegate FROM notifications.unmatched WHERE id = ANY($1) AND organisation IS NULL AND case_id IS NULL`,
      [ids],
    )
    return new Map(rows.map((row) => [row['id'] as string, row]))
  }
}

function unmatchedOf(row: Row): UnmatchedMail {
  const said = {
    from: row['from_address'],
    attendee: row['attendee'],
    delegate: row['delegate'],
    subject: row['subject'],
    answer: row['answer'],
    comment: row['comment'],
    proposedStart: row['proposed_start'],
    proposedEnd: row['proposed_end'],
  }
  return {
    id: row['id'],
    at: row['at'],
    reason: row['reason'],
    bytes: row['bytes'],
    ...(row['meeting'] === null ? {} : { meeting: row['meeting'], caseId: row['case_id'] }),
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null && value !== undefined)),
  }
}
