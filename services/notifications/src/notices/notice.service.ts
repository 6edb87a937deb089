import { Inject, Injectable } from '@nestjs/common'
import type { Notice } from '@tirek/contract/notices'
import type { Sql } from '@tirek/platform/database'
import { randomUUID } from 'node:crypto'
import { LettersRecord } from '../letters/record.ts'
import { queueAlert } from '../alerts/alert.ts'

/** Takes what the cases service asks to tell: each step once. */
@Injectable()
export class NoticeService {
  constructor(@Inject(LettersRecord) private readonly record: LettersRecord) {}

  /** Returns how many letters it has become by now: a day-level one becomes letters at its instant. */
  async take(notice: Notice): Promise<{ letters: number }> {
    const fresh = await this.record.db.transaction(async (sql) => {
      const isFresh = await this.#note(sql, notice)
      if (isFresh && notice.urgent) await queueAlert(sql, this.record, notice)
      return isFresh
    })
    if (!fresh || !notice.urgent) return { letters: 0 }
    return { letters: await this.record.tellNow() }
  }

  /** Returns whether it holds a step that nobody was told before. */
  async #note(sql: Sql, notice: Notice): Promise<boolean> {
    const id = randomUUID()
    const made = await sql(
      `INSERT INTO notifications.notice (id, key, case_id, body, urgent, send_at, received_at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting')
       ON CONFLICT (key) DO UPDATE SET received_at = greatest(excluded.received_at, notice.received_at + 1) WHERE notice.state = 'waiting' AND NOT notice.urgent RETURNING id`,
      [id, `${notice.caseId}/${notice.key}`, notice.caseId, JSON.stringify(notice), notice.urgent, notice.sendAt, this.record.clock.now()],
    )
    // Asked for again while it waits: what was about to drop it looks once more.
    if (made[0]?.['id'] !== id) return false
    if (notice.steps.length === 0) return true
    const inserted = await sql(
      'INSERT INTO notifications.step (case_id, key, notice) SELECT $1, unnest($2::text[]), $3 ON CONFLICT DO NOTHING RETURNING key',
      [notice.caseId, notice.steps.map(({ key }) => key), id],
    )
    const unknown = new Set(inserted.map(({ key }) => key as string))
    if (unknown.size === notice.steps.length) return true
    // Steps that another notice has told already are left out of this one.
    const steps = notice.steps.filter(({ key }) => unknown.has(key))
    await sql(`UPDATE notifications.notice SET body = $2, state = CASE WHEN $3 THEN 'waiting' ELSE 'dropped' END WHERE id = $1`, [
      id,
      JSON.stringify({ ...notice, steps }),
      steps.length > 0,
    ])
    return steps.length > 0
  }
}
