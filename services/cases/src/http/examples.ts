/** Examples of the published description, made from those of the contract: invented people, forms as they are sent. */
import { ACT_FORMS, JOURNAL_ROWS } from '@tirek/contract/examples/examples'
import { definitionOf, KINDS } from '@tirek/contract/acts'
import type { HelpRequestInput } from '@tirek/contract/forms/help-request'

type Example<T> = { [name: string]: { summary: string; value: T } }

const high = ACT_FORMS['help-request-registered']

export const HELP_REQUESTS: Example<HelpRequestInput> = {
  'high-risk': { summary: 'Danger to the child: an hour starts from `reportedAt`', value: high },
  'medium-risk': {
    summary: 'Risk of abandonment, by a caller who gave no name: primary assessment in three working days',
    value: {
      child: { name: 'Аружан Серикова', age: { n: 4, unit: 'months' }, sex: 'female', address: 'Алматинская область, с. Пример' },
      asker: { notNamed: true },
      mother: { name: 'Гульнара Серикова', occupation: 'не работает' },
      ground: 'Нет дохода и постоянного жилья.',
      channel: 'phone',
      source: 'public',
      reportedAt: '2026-11-24T10:30:00+05:00',
      kinds: ['K1'],
      criteria: ['M2', 'M3', 'M6'],
      level: 'medium',
    },
  },
}

export const FROM_PAPER: Example<(typeof ACT_FORMS)['taken-over-from-paper']> = {
  'from-paper': { summary: definitionOf('taken-over-from-paper').label.en, value: ACT_FORMS['taken-over-from-paper'] },
}

/** By kind of act; what opens a case is sent elsewhere. */
export const ACT_EXAMPLES = Object.fromEntries(
  KINDS.filter((kind) => kind !== 'help-request-registered' && kind !== 'taken-over-from-paper').map((kind) => [
    kind,
    { summary: definitionOf(kind).label.en, value: { happenedAt: '2026-11-24T14:40:00+05:00', version: 1, form: ACT_FORMS[kind] } },
  ]),
)

export const JOURNAL_EXAMPLES = Object.fromEntries(Object.entries(JOURNAL_ROWS).map(([name, value]) => [name, { summary: name, value }]))
