/** Answers kept for repeated requests hold what a page showed: they go after 30 days, without anybody's approval (they are no document). */
import type { Clock } from '@tirek/platform/clock'
import type { Database } from '@tirek/platform/database'
import { DAY } from '@tirek/procedure/time'

export const ANSWER_KEPT_MS = 30 * DAY
/** One turn takes so many away: a statement never runs long. */
const AT_ONCE = 5_000

export class Answers {
  readonly #db: Database
  readonly #clock: Clock
  constructor(db: Database, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** Returns how many went. */
  async turn(): Promise<number> {
    const gone = await this.#db.query(
      'DELETE FROM cases.idempotency WHERE ctid IN (SELECT ctid FROM cases.idempotency WHERE made_at < $1 LIMIT $2) RETURNING 1',
      [this.#clock.now() - ANSWER_KEPT_MS, AT_ONCE],
    )
    return gone.length
  }
}
