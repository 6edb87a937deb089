import type { ActOfReferral } from '@tirek/contract/proceedings'
import type { Told } from '@tirek/proceedings/outbox'
import type { ReferralEntity } from './referral.entity.ts'

type Given = Pick<ActOfReferral, 'kind' | 'form' | 'happenedAt'>

/**
 * An act that the case is to record. `person`: who did it here; absent: it was the body itself, by the link of its mail, and nobody of ours.
 * Its key is the facts' version: told again it changes nothing.
 */
export function actFor(referral: ReferralEntity, { kind, form, happenedAt }: Given, person?: string): Told {
  const key = `referral/${referral.id}/${kind}/${referral.factsVersion + 1}`
  const act = { key, caseId: referral.caseId, happenedAt, form }
  if (person !== undefined) return { kind: 'act', payload: { ...act, kind, who: { person } } }
  if (kind !== 'referral-answered') throw new Error(`${kind} is done by somebody`)
  return { kind: 'act', payload: { ...act, kind, origin: 'one-time-link' } }
}
