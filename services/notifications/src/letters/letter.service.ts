import { Inject, Injectable } from '@nestjs/common'
import type { LetterView, MyNotice } from '@tirek/contract/letters'
import type { Who } from '@tirek/platform/auth'
import type { Row } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { copiesOf } from '../mails/news.ts'
import { LettersRecord } from './record.ts'
import { LETTER_COLUMNS, LetterPages } from './wall.ts'

type Asked = { before?: number | undefined; limit: number }

const noticeOf = (row: Row): MyNotice => ({
  id: row['id'],
  at: row['queued_at'],
  urgent: row['urgent'],
  kind: row['kind'],
  subject: row['subject'],
  items: row['items'],
  readAt: row['read_at'],
})
const letterOf = (row: Row): LetterView => ({
  id: row['id'],
  messageId: row['message_id'],
  kind: row['kind'],
  urgent: row['urgent'],
  person: row['person'],
  name: row['shown_name'],
  subject: row['subject'],
  state: row['state'],
  attempts: row['attempts'],
  copies: ['accepted', 'bounced', 'doubtful'].includes(row['state']) ? copiesOf(row['state'], row['doubts']) : row['doubts'],
  queuedAt: row['queued_at'],
  settledAt: row['settled_at'],
  nextTryAt: row['try_at'],
  server: row['server'],
  answer: row['answer'],
  sha256: row['sha256'],
})

const pageOf = <T>(rows: Row[], limit: number, of: (row: Row) => T) => ({
  items: rows.slice(0, limit).map(of),
  ...(rows.length > limit ? { before: rows[limit - 1]!['seq'] as number } : {}),
})

@Injectable()
export class LetterService {
  constructor(
    @Inject(LettersRecord) private readonly record: LettersRecord,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(LetterPages) private readonly pages: LetterPages,
  ) {}

  /** The newest first. */
  async ofPerson(who: Who, asked: Asked & { unread?: boolean | undefined }) {
    const db = this.pages.own(who)
    const [rows, [count]] = await Promise.all([
      db.query(
        `SELECT ${LETTER_COLUMNS} FROM notifications.letter WHERE person = $1 AND kind <> 'mail' AND seq < $2${asked.unread ? ' AND read_at IS NULL' : ''} ORDER BY seq DESC LIMIT $3`,
        [who.person, asked.before ?? Number.MAX_SAFE_INTEGER, asked.limit + 1],
      ),
      db.query(`SELECT count(*) AS n FROM notifications.letter WHERE person = $1 AND kind <> 'mail' AND read_at IS NULL`, [who.person]),
    ])
    return { ...pageOf(rows, asked.limit, noticeOf), unread: count!['n'] as number }
  }

  async markRead(id: string, who: Who): Promise<void> {
    await this.pages.own(who).transaction(async (sql) => {
      const [found] = await sql(
        'UPDATE notifications.letter SET read_at = coalesce(read_at, $3) WHERE id = $1 AND person = $2 RETURNING 1',
        [id, who.person, this.record.clock.now()],
      )
      if (!found) throw new ProblemError('not-found')
      await this.trail.record([{ who, what: 'notice-read', why: 'told-to', about: id }], sql)
    })
  }

  /**
   * What became of letters, the newest first: administrators and auditors see all, who leads an organisation those of its people, a supervisor
   * their own and those of the people whose work they supervise. Whom a letter was for decides, not its case: a digest is of many cases.
   */
  async list(who: Who, asked: Asked & { state?: string | undefined }) {
    const { whose, standing, db } = await this.pages.lookedAfter(who)
    const values: unknown[] = [asked.before ?? Number.MAX_SAFE_INTEGER, asked.limit + 1]
    const state = asked.state ? ` AND l.state = $${values.push(asked.state)}` : ''
    const page = (where: string) =>
      `SELECT ${LETTER_COLUMNS} FROM notifications.letter l WHERE ${where} AND l.seq < $1${state} ORDER BY l.seq DESC LIMIT $2`
    const ofOrganisation = () => `l.organisation = $${values.push(standing.organisation)}`
    const text =
      whose === 'all'
        ? page('true')
        : whose === 'organisation'
          ? page(ofOrganisation())
          : // Of each by the index of a person's letters.
            `SELECT l.* FROM unnest($${values.push([...new Set([...standing.team, who.person])])}::uuid[]) AS m (id) CROSS JOIN LATERAL (${page(`l.person = m.id AND ${ofOrganisation()}`)}) l ORDER BY l.seq DESC LIMIT $2`
    return pageOf(await db.query(text, values), asked.limit, letterOf)
  }

  async sendAgain(id: string, who: Who): Promise<void> {
    // The address may have been corrected meanwhile; other bytes than before are made then.
    await this.record.db.transaction(async (sql) => {
      const found = await sql(
        `UPDATE notifications.letter l SET state = 'queued', by_hand = true, try_at = $2, queued_at = $2, doubts = 0, settled_at = NULL, address = p.email, bytes = CASE WHEN p.email IS DISTINCT FROM l.address THEN NULL ELSE bytes END
       FROM (SELECT l.id, coalesce(p.email, l.address) AS email FROM notifications.letter l LEFT JOIN directory.person_view p ON p.id = l.person AND l.kind <> 'mail'
              WHERE l.id = $1 AND (p.id IS NOT NULL OR EXISTS (SELECT 1 FROM notifications.mail m WHERE m.letter = l.id AND m.content IS NOT NULL))) p
       WHERE l.id = p.id AND l.state IN ('held', 'failed', 'bounced', 'doubtful') AND p.email IS NOT NULL RETURNING 1`,
        [id, this.record.clock.now()],
      )
      if (found.length === 0) throw new ProblemError('not-found')
      await this.trail.record([{ who, what: 'letter-sent-again', about: id }], sql)
    })
    await this.record.tellNow()
  }
}
