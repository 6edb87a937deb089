import { UnmatchedMails, type UnmatchedMail } from '@tirek/contract/unmatched-mail'
import { ProblemError } from '@tirek/platform/problem'
import type { ServiceCaller } from '@tirek/platform/service-tokens'

/** What mail of a meeting says that nobody could match: the notifications service keeps it. */
export class UnmatchedContent {
  readonly #url: string
  readonly #caller: ServiceCaller

  constructor(notificationsUrl: string, caller: ServiceCaller) {
    this.#url = new URL('/internal/unmatched', notificationsUrl).href
    this.#caller = caller
  }

  /** The newest first. Throws `unavailable`. */
  async of(meeting: string): Promise<UnmatchedMail[]> {
    const answer = await this.#caller.call('notifications', this.#url, { meeting }, 5_000).catch(() => {
      throw new ProblemError('unavailable')
    })
    return UnmatchedMails.parse(answer).items
  }
}
