/** Examples of what is written when somebody is invited to a case, and when a file goes to another organisation. */
import type { Forms } from './forms.ts'
import { ID } from './intake.ts'

export const ACCESS = {
  'participant-invited': { person: ID.nurse, parts: ['contacts', 'plan'], reason: 'Посещает ребенка вместе с социальным работником' },
  'participation-ended': { person: ID.nurse, reason: 'Перешла в другую поликлинику' },
  'hand-over-offered': { organisation: ID.organisation, reason: 'Семья переехала в другой район' },
  'hand-over-accepted': { manager: ID.worker },
  'hand-over-declined': { reason: 'Семья живет в другом районе' },
  'hand-over-taken-back': { reason: 'Семья осталась' },
} satisfies Partial<Forms>
