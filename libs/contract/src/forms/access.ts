/** Who takes part in a case, and how it goes to another organisation. */
import { z } from 'zod'
import { GIVEN_PARTS } from './codes.ts'
import { field, oneOf, Uuid, Words } from './fields.ts'

export const ParticipantInvited = z
  .strictObject({
    person: field(Uuid, 'Кого пригласить', 'Кімді шақыру', 'Whom to invite', 'CP-19'),
    parts: field(
      z
        .array(oneOf(GIVEN_PARTS))
        .min(1)
        .refine((all) => new Set(all).size === all.length, 'invalid'),
      'Какие части дела открыть',
      'Істің қай бөліктерін ашу',
      'Which parts of the case to open',
      'CP-19',
    ),
    reason: field(Words, 'Для чего', 'Не үшін', 'What for').optional(),
  })
  .meta({ id: 'ParticipantInvited' })
export const ParticipationEnded = z
  .strictObject({
    person: field(Uuid, 'Кто больше не участвует', 'Кім енді қатыспайды', 'Who takes part no more', 'CP-19'),
    reason: field(Words, 'Причина', 'Себебі', 'Reason').optional(),
  })
  .meta({ id: 'ParticipationEnded' })

export const HandOverOffered = z
  .strictObject({
    organisation: field(Uuid, 'Какой организации', 'Қай ұйымға', 'To which organisation', 'CP-64'),
    reason: field(Words, 'Причина', 'Себебі', 'Reason'),
  })
  .meta({ id: 'HandOverOffered' })
export const HandOverAccepted = z
  .strictObject({ manager: field(Uuid, 'Кто поведет случай', 'Істі кім жүргізеді', 'Who will lead the case', 'CP-64') })
  .meta({ id: 'HandOverAccepted' })
export const HandOverDeclined = z
  .strictObject({ reason: field(Words, 'Почему не принимаем', 'Неге қабылдамаймыз', 'Why it is declined', 'CP-64') })
  .meta({ id: 'HandOverDeclined' })
export const HandOverTakenBack = z
  .strictObject({ reason: field(Words, 'Причина', 'Себебі', 'Reason').optional() })
  .meta({ id: 'HandOverTakenBack' })
