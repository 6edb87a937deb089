import { Inject, Injectable } from '@nestjs/common'
import type { LetterView, MyNotice } from '@tirek/contract/letters'
import type { Who } from '@tirek/platform/auth'
import type { Row } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { LettersRecord } from './record.ts'

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
  name: row['name'],
  subject: row['subject'],
  state: row['state'],
  attempts: row['attempts'],
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
  ) {}

  /** The newest first. */
  async ofPerson(who: Who, asked: Asked & { unread?: boolean | undefined }) {
    const [rows, [count]] = await Promise.all([
      this.record.db.query(
        'SELECT * FROM notifications.letter WHERE person = $1 AND ($2::bigint IS NULL OR seq < $2) AND (NOT $3 OR read_at IS NULL) ORDER BY seq DESC LIMIT $4',
        [who.person, asked.before ?? null, asked.unread ?? false, asked.limit + 1],
      ),
      this.record.db.query('SELECT count(*) AS n FROM notifications.letter WHERE person = $1 AND read_at IS NULL', [who.person]),
    ])
    return { ...pageOf(rows, asked.limit, noticeOf), unread: count!['n'] as number }
  }

  async markRead(id: string, who: Who): Promise<void> {
    await this.record.db.transaction(async (sql) => {
      const [found] = await sql(
        'UPDATE notifications.letter SET read_at = coalesce(read_at, $3) WHERE id = $1 AND person = $2 RETURNING 1',
        [id, who.person, this.record.clock.now()],
      )
      if (!found) throw new ProblemError('not-found')
      await this.trail.record([{ who, what: 'notice-read', why: 'told-to', about: id }], sql)
    })
  }

  /** Administrators and auditors see all, supervisors and heads those of their organisation. */
  async list(who: Who, asked: Asked & { state?: string | undefined }) {
    const everywhere = who.role === 'administrator' || who.role === 'auditor'
    const rows = await this.record.db.query(
      'SELECT * FROM notifications.letter WHERE ($1::uuid IS NULL OR organisation = $1) AND ($2::text IS NULL OR state = $2) AND ($3::bigint IS NULL OR seq < $3) ORDER BY seq DESC LIMIT $4',
      [everywhere ? null : who.organisation, asked.state ?? null, asked.before ?? null, asked.limit + 1],
    )
    return pageOf(rows, asked.limit, letterOf)
  }

  async sendAgain(id: string, who: Who): Promise<void> {
    // The address may have been corrected meanwhile; other bytes than before are made then.
    await this.record.db.transaction(async (sql) => {
      const found = await sql(
        `UPDATE notifications.letter l SET state = 'queued', by_hand = true, try_at = $2, queued_at = $2, doubts = 0, settled_at = NULL, address = coalesce(p.email, l.address), bytes = CASE WHEN p.email IS DISTINCT FROM l.address THEN NULL ELSE bytes END
       FROM directory.person_view p WHERE l.id = $1 AND p.id = l.person AND l.state IN ('held', 'failed', 'bounced', 'doubtful') AND coalesce(p.email, l.address) IS NOT NULL RETURNING 1`,
        [id, this.record.clock.now()],
      )
      if (found.length === 0) throw new ProblemError('not-found')
      await this.trail.record([{ who, what: 'letter-sent-again', about: id }], sql)
    })
    await this.record.tellNow()
  }
}
