/**
 * Limits on tries at the links of letters, counted in Postgres: all tries with one token, and wrong tokens of one address. Right ones never lock
 * out a clinic that sits behind one address.
 */
import type { LinkAnswer } from '@tirek/contract/links'
import { asking } from '@tirek/platform/asking'
import type { Database } from '@tirek/platform/database'
import { Tries } from '@tirek/platform/limits'

export const LINK_TRIES = { token: { most: 30, seconds: 60 }, wrong: { most: 20, seconds: 60 } } as const

export class LinkTries {
  readonly #tokens: Tries
  readonly #wrong: Tries

  constructor(db: Database) {
    this.#tokens = new Tries(LINK_TRIES.token, { db, schema: 'notifications', name: 'link' })
    this.#wrong = new Tries(LINK_TRIES.wrong, { db, schema: 'notifications', name: 'link-wrong' })
  }

  /** What `work` answers. Throws `too-many-tries` before anything is looked for. */
  async counted<T>(token: string, work: () => Promise<T>, answerOf: (told: T) => LinkAnswer): Promise<T> {
    const from = asking()?.from ?? ''
    await this.#wrong.mayTry(from)
    await this.#tokens.take(token)
    const told = await work()
    if (answerOf(told).state === 'unknown') await this.#wrong.failed(from)
    return told
  }
}
