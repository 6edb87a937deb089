import { Inject, Injectable } from '@nestjs/common'
import type { Sql } from '@tirek/platform/database'
import { SYSTEM, Trail } from '@tirek/platform/trail'
import { LettersRecord } from '../letters/record.ts'

type Line = { caseId: string; rule: string; what: string }

/** Rights of people in what was written to others: told when asked for, erased with its case. */
@Injectable()
export class RightsService {
  constructor(
    @Inject(LettersRecord) private readonly record: LettersRecord,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  /** Letters and notices that speak of a case: its own lines of them alone, no address, no text of other cases. */
  async lettersOf(
    caseId: string,
  ): Promise<{ items: { at: number; person: string; state: string; confirmedAt?: number; lines: Pick<Line, 'rule' | 'what'>[] }[] }> {
    const rows = await this.record.db.query(
      `SELECT coalesce(l.settled_at, l.queued_at) AS at, l.person, l.state, l.items, r.confirmed_at FROM notifications.letter l
         LEFT JOIN notifications.receipt r ON r.letter = l.id WHERE l.items @> $1 ORDER BY l.seq`,
      [JSON.stringify([{ caseId }])],
    )
    return {
      items: rows.map((row) => ({
        at: row['at'] as number,
        person: row['person'] as string,
        state: row['state'] as string,
        ...(row['confirmed_at'] ? { confirmedAt: row['confirmed_at'] as number } : {}),
        lines: (row['items'] as Line[]).filter((line) => line.caseId === caseId).map(({ rule, what }) => ({ rule, what })),
      })),
    }
  }

  /** What was sent to people without an account and what they answered; their links work no more. */
  async #eraseMails(sql: Sql, caseId: string): Promise<void> {
    const { links } = this.record
    const meetings = await sql('SELECT DISTINCT meeting FROM notifications.invitation WHERE case_id = $1', [caseId])
    const letters = await sql('UPDATE notifications.mail SET content = NULL WHERE case_id = $1 RETURNING letter', [caseId])
    const referrals = await sql('DELETE FROM notifications.asking WHERE case_id = $1 RETURNING referral', [caseId])
    for (const subject of [
      ...meetings.map((row) => row['meeting']),
      ...referrals.map((row) => row['referral']),
      ...letters.map((row) => row['letter']),
    ])
      await links.revoke(sql, { subject: subject as string })
    await sql('DELETE FROM notifications.file_code WHERE letter IN (SELECT letter FROM notifications.mail WHERE case_id = $1)', [caseId])
    await sql(
      'DELETE FROM notifications.answer a USING notifications.invitation i WHERE i.case_id = $1 AND a.meeting = i.meeting AND a.invitee = i.invitee',
      [caseId],
    )
    await sql('DELETE FROM notifications.invitation WHERE case_id = $1', [caseId])
    await sql('UPDATE notifications.news SET body = NULL, try_at = NULL WHERE case_id = $1', [caseId])
    await sql('DELETE FROM notifications.unmatched WHERE case_id = $1', [caseId])
  }

  /**
   * The text goes whole, of a digest too: it names the case. What stays says that a letter went, to which person, when, and the hash of its
   * bytes. Nothing of the case is sent any more.
   */
  async erase(caseId: string): Promise<{ letters: number }> {
    return this.record.db.transaction(async (sql) => {
      const letters = await sql(
        `UPDATE notifications.letter SET name = CASE kind WHEN 'mail' THEN '' ELSE name END, address = CASE kind WHEN 'mail' THEN NULL ELSE address END, subject = '', body = '', html = NULL, bytes = NULL, try_at = NULL,
                state = CASE WHEN state IN ('queued', 'sending', 'retry', 'doubtful', 'held') THEN 'failed' ELSE state END,
                items = (SELECT coalesce(jsonb_agg(i), '[]') FROM jsonb_array_elements(items) i WHERE i->>'caseId' <> $2)
          WHERE items @> $1 RETURNING 1`,
        [JSON.stringify([{ caseId }]), caseId],
      )
      await sql(
        `UPDATE notifications.notice SET body = '{}', state = CASE state WHEN 'waiting' THEN 'dropped' ELSE state END WHERE case_id = $1`,
        [caseId],
      )
      await sql('DELETE FROM notifications.told WHERE case_id = $1', [caseId])
      await this.#eraseMails(sql, caseId)
      await sql('DELETE FROM notifications.push WHERE case_id = $1', [caseId])
      await sql(`DELETE FROM notifications.alert WHERE key LIKE $1 || '/%'`, [caseId])
      // The receipt: what was held is gone, or the row is not there.
      await this.trail.record([{ who: SYSTEM, what: 'letters-erased', caseId }], sql)
      return { letters: letters.length }
    })
  }
}
