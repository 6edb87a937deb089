/** Everything that a person asks of the record goes through here: with their standing, and under the settings that the row-level policies read. */
import type { Clock } from '@tirek/platform/clock'
import type { Database, Queries } from '@tirek/platform/database'
import { decide, type Decision } from '@tirek/policy/decide'
import type { Action } from '@tirek/policy/policy'
import { MY, settingsOf } from '@tirek/policy/settings'
import type { Seen, Standing } from '@tirek/policy/standing'
import type { Asking } from '@tirek/policy/standing-sql'
import { ProblemError } from '@tirek/platform/problem'
import type { Contexts } from './contexts.ts'

export type Seeing = { standing: Standing; db: Queries }

export class AsPerson {
  readonly #db: Database
  readonly #clock: Clock
  readonly #contexts: Contexts

  constructor(db: Database, clock: Clock, contexts: Contexts) {
    this.#db = db
    this.#clock = clock
    this.#contexts = contexts
  }

  /** The record as this person may see it. `writes`: the case that is written and whose row is not theirs to see yet. */
  async of(who: Asking, writes?: string): Promise<Seeing> {
    const standing = await this.#contexts.standing(who, this.#clock.now())
    return { standing, db: this.#db.as({ ...settingsOf(standing), ...(writes ? { 'tirek.writes': writes } : {}) }) }
  }
}

/** Rows of access to the case `c` that concern who asks: what `decide` needs beside the case itself. */
export const ACCESS = `(SELECT coalesce(jsonb_agg(to_jsonb(g)), '[]') FROM cases.access g WHERE g.case_id = c.id AND (g.person = ${MY.person} OR g.organisation = ${MY.organisation})) AS access`

/** The decision on a case that was found, or a refusal: a case that somebody has nothing to do with is not there for them. */
export function mustMay(standing: Standing, seen: Seen | undefined, action: Action): Decision {
  const decision = seen && decide(standing, seen)
  if (!decision || decision.relations.length === 0) throw new ProblemError('not-found')
  if (!decision.may(action)) throw new ProblemError('not-allowed')
  return decision
}
