import { Inject, Injectable } from '@nestjs/common'
import { tellOfFailure } from '../letters/failure.ts'
import { LettersRecord } from '../letters/record.ts'
import { sha256 } from '../mail/bytes.ts'
import { readBounce } from './bounce.ts'
import { withoutAddresses } from '../mail/without-addresses.ts'

/** Mail that came in to the sender's address. */
@Injectable()
export class InboundService {
  constructor(@Inject(LettersRecord) private readonly record: LettersRecord) {}

  /** A delivery report changes the state of its letter once, however often it is handed in. */
  async take(raw: Buffer): Promise<{ read: 'bounced' | 'delayed' | 'known' | 'not-ours' | 'no-report' }> {
    const bounce = await readBounce(raw)
    if (!bounce) return { read: 'no-report' }
    const { db, clock } = this.record
    return db.transaction(async (sql) => {
      const [letter] = await sql(
        'SELECT * FROM notifications.letter WHERE id = $1::uuid OR message_id = $2 ORDER BY (id = $1::uuid) DESC NULLS LAST LIMIT 1 FOR UPDATE',
        [bounce.letter ?? null, bounce.messageId ?? null],
      )
      const fresh = await sql(
        'INSERT INTO notifications.bounce (message_hash, letter, status, action, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1',
        [sha256(raw), letter?.['id'] ?? null, bounce.status, bounce.action, clock.now()],
      )
      if (!letter) return { read: 'not-ours' as const }
      if (fresh.length === 0) return { read: 'known' as const }
      if (bounce.action !== 'failed' || !bounce.status.startsWith('5')) return { read: 'delayed' as const }
      const answer = withoutAddresses(`${bounce.status} ${bounce.diagnostic ?? ''}`.trim())
      await sql(`UPDATE notifications.letter SET state = 'bounced', try_at = NULL, answer = $2, settled_at = $3 WHERE id = $1`, [
        letter['id'],
        answer,
        clock.now(),
      ])
      await tellOfFailure(sql, this.record, letter, 'failed', answer)
      return { read: 'bounced' as const }
    })
  }
}
