import { REFERRAL_ACTS, type ReferralActKind } from '@tirek/contract/referrals'
import { ProblemError } from '@tirek/platform/problem'
import type { Loaded } from './loaded.ts'
import type { ReferralEntity } from './referral.entity.ts'

/** Throws unless this act is possible in the state that stands. */
export function mustAllow(referral: ReferralEntity, act: ReferralActKind): void {
  if (!REFERRAL_ACTS[act].in.some((state) => state === referral.state))
    throw new ProblemError('referral-state', { more: { state: referral.state } })
}

export function become(referral: ReferralEntity, state: ReferralEntity['state'], now: number): void {
  Object.assign(referral, { state, since: now })
}

/** What the packet is made of is written otherwise now: later than the packet that it makes stale, even in one instant. */
export function edited({ loaded: { referral, packet }, now }: { loaded: Loaded; now: number }): void {
  referral.editedAt = Math.max(now, (packet?.madeAt ?? 0) + 1)
}

export const badField = (path: PropertyKey[], message: string) =>
  new ProblemError('bad-input', { issues: [{ code: 'custom', message, path }] })
