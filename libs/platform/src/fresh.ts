/** A fresh sign-in: the person has just shown who they are. Asked for before acts that a stolen session must not do. */
import type { Who } from './auth.ts'
import { ProblemError } from './problem.ts'

export const FRESH_SIGN_IN_MS = 10 * 60_000

/** `now` is the machine's time, ms UTC, as the issuer's is. An issuer that does not tell `auth_time` gives no fresh sign-in. */
export const isFresh = ({ signedInAt }: Pick<Who, 'signedInAt'>, now: number): boolean =>
  signedInAt !== undefined && now - signedInAt <= FRESH_SIGN_IN_MS

/** For acts that need it only sometimes; throws `sign-in-again`. Routes that always need it carry `NeedsFreshSignIn` (http.ts). */
export function mustBeFresh(who: Who, now: number = Date.now()): void {
  if (!isFresh(who, now)) throw new ProblemError('sign-in-again')
}
