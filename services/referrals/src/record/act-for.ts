import type { ActOfReferral } from '@tirek/contract/proceedings'
import type { Told } from '@tirek/proceedings/outbox'
import type { z } from 'zod'
import type { ReferralEntity } from './referral.entity.ts'

type Given = Pick<z.infer<typeof ActOfReferral>, 'kind' | 'form' | 'happenedAt'>

/**
 * An act that the case is to record. `person`: who did it here; absent: it was the body itself, and it is recorded by whoever leads the case then.
 * Its key is the facts' version: told again it changes nothing.
 */
export function actFor(referral: ReferralEntity, { kind, form, happenedAt }: Given, person?: string): Told {
  const key = `referral/${referral.id}/${kind}/${referral.factsVersion + 1}`
  const who = { person: person ?? referral.manager ?? referral.firstPerson }
  return { kind: 'act', payload: { who, key, caseId: referral.caseId, kind, happenedAt, form }, isOfNobody: person === undefined }
}
