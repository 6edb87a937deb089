/**
 * How often a person searches the register: a file of children must not be read through by asking for one name after another. The trail's own
 * rows are counted, so a restart or a second replica forgets nothing.
 */
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Database } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import { ofPerson } from '@tirek/platform/trail-wall'
import { SEARCHES } from '@tirek/policy/searches'
import { dayOf, startOfDay } from '@tirek/procedure/time'

const WHY = 'register-of-organisation'

export class Searches {
  readonly #db: Database
  readonly #clock: Clock
  readonly #trail: Trail

  constructor(db: Database, clock: Clock, trail: Trail) {
    this.#db = db
    this.#clock = clock
    this.#trail = trail
  }

  /** Notes a search. Throws `too-many-searches` with the minutes to wait: then nothing may be searched. */
  async note(who: Who): Promise<void> {
    const wait = await this.#count(who)
    if (wait === 0) return
    throw new ProblemError('too-many-searches', {
      params: { minutes: Math.ceil(wait / 60_000) },
      more: { retryAfter: Math.ceil(wait / 1_000) },
    })
  }

  /** The question before a case is opened shows what a search would: it counts as one. `false`: asked without showing anything. */
  async mayShow(who: Who): Promise<boolean> {
    return (await this.#count(who)) === 0
  }

  /** Writes the row of a search, or of its refusal. Returns for how long to wait, ms; 0: not at all. */
  #count(who: Who): Promise<number> {
    return this.#db.as(ofPerson(who.person)).transaction(async (sql) => {
      // Sent together they are counted one after the other.
      await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`searches/${who.person}`])
      const now = this.#clock.now()
      const today = startOfDay(dayOf(now))
      const rows = await sql(
        `SELECT at, what, outcome FROM cases.trail WHERE who = $1 AND at > $2 AND what IN ('searched', 'searched-much') ORDER BY at DESC, seq DESC`,
        [who.person, Math.min(today - 1, now - SEARCHES.windowMs)],
        'searches-of-person',
      )
      const since = now - SEARCHES.windowMs
      const done = rows.filter((row) => row['what'] === 'searched' && row['outcome'] === 'done').map((row) => row['at'] as number)
      const oldest = done[SEARCHES.most - 1]
      if (oldest !== undefined && oldest > since) {
        // One row tells it: whoever goes on asking must not fill the trail.
        if (!rows.some((row) => row['outcome'] === 'refused' && row['at'] > since))
          await this.#trail.record([{ who, what: 'searched', why: 'too-many-searches', outcome: 'refused', at: now }], sql)
        return oldest - since
      }
      const isMuch = done.filter((at) => at >= today).length >= SEARCHES.usualADay
      const isTold = rows.some((row) => row['what'] === 'searched-much' && row['at'] >= today)
      await this.#trail.record(
        ['searched', ...(isMuch && !isTold ? ['searched-much'] : [])].map((what) => ({ who, what, why: WHY, at: now })),
        sql,
      )
      return 0
    })
  }
}
