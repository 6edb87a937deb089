/** Limits on tries at a door: by account and by address. Kept in the memory of one process; a restart forgets them. */
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { ProblemError } from './problem.ts'

export type TriesAllowed = { perAccount: number; perAddress: number; seconds: number }

/** Of a sign-in: as many as a person mistypes, and as many as the people of one clinic behind one address may need at once. */
export const SIGN_IN_TRIES: TriesAllowed = { perAccount: 6, perAddress: 60, seconds: 60 }
/** Of a one-time link or a bearer token: nobody types these. */
export const TOKEN_TRIES: TriesAllowed = { perAccount: 10, perAddress: 60, seconds: 60 }

/**
 * Counts failures only, so nobody is kept out by success; a known and an unknown account count alike. A person who is signed in already is never
 * asked here: the duty worker's session goes on whatever others try with their login.
 */
export class Tries {
  readonly #accounts: RateLimiterMemory
  readonly #addresses: RateLimiterMemory

  constructor({ perAccount, perAddress, seconds }: TriesAllowed) {
    this.#accounts = new RateLimiterMemory({ points: perAccount, duration: seconds })
    this.#addresses = new RateLimiterMemory({ points: perAddress, duration: seconds })
  }

  /** Throws `too-many-tries` with the seconds to wait when no try is left. */
  async mayTry(of: { account?: string | undefined; address: string }): Promise<void> {
    for (const [limiter, key] of this.#keysOf(of)) {
      const used = await limiter.get(key)
      if (used && used.consumedPoints >= limiter.points) throw tooMany(used.msBeforeNext)
    }
  }

  /** Notes a failure. */
  async failed(of: { account?: string | undefined; address: string }): Promise<void> {
    for (const [limiter, key] of this.#keysOf(of)) await limiter.penalty(key)
  }

  #keysOf({ account, address }: { account?: string | undefined; address: string }): [RateLimiterMemory, string][] {
    return [
      ...(account === undefined ? [] : [[this.#accounts, account.slice(0, 254)] as [RateLimiterMemory, string]]),
      [this.#addresses, address],
    ]
  }
}

const tooMany = (ms: number) => {
  const seconds = Math.max(1, Math.ceil(ms / 1_000))
  return new ProblemError('too-many-tries', { params: { seconds }, more: { retryAfter: seconds } })
}
