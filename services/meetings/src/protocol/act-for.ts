import type { ActOfMeeting } from '@tirek/contract/proceedings'
import type { z } from 'zod'
import type { Changing } from '../record/kind.ts'
import type { Told } from '@tirek/proceedings/outbox'

/** An act that the case is to record for the person who did it here. Its key is the meeting's version: told again it changes nothing. */
export function actFor(
  { who: { person }, loaded: { meeting } }: Pick<Changing, 'who' | 'loaded'>,
  { kind, form }: Pick<z.infer<typeof ActOfMeeting>, 'kind' | 'form'>,
  happenedAt: number,
): Told {
  const key = `meeting/${meeting.id}/${kind}/${meeting.version + 1}`
  return { kind: 'act', payload: { who: { person }, key, caseId: meeting.caseId, kind, happenedAt, form } }
}
