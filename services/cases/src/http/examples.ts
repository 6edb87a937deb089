/** Examples of the published description: invented people, forms as they are sent. */
import type { HelpRequestInput } from '@tirek/contract/forms/help-request'
import type { ActKind } from '@tirek/procedure/child-protection/acts'

type Example<T> = { [name: string]: { summary: string; value: T } }

const FOUND = { name: 'Айгерим Соседова', status: 'соседка', contact: '+77015550001', relation: 'соседка' }

export const HELP_REQUESTS: Example<HelpRequestInput> = {
  'high-risk': {
    summary: 'Danger to the child: an hour starts from `reportedAt`',
    value: {
      child: { name: 'Мирас Ахметов', birthDate: '2024-03-05', sex: 'male', address: 'г. Алматы, ул. Примерная, 12' },
      asker: FOUND,
      ground: 'Второй день слышен плач, взрослых в квартире нет.',
      channel: 'phone',
      source: 'public',
      reportedAt: '2026-11-24T14:05:00+05:00',
      kinds: ['K5'],
      criteria: ['H1'],
      level: 'high',
    },
  },
  'medium-risk': {
    summary: 'Risk of abandonment: primary assessment in three working days',
    value: {
      child: { name: 'Аружан Серикова', age: { n: 4, unit: 'months' }, sex: 'female', address: 'Алматинская область, с. Пример' },
      asker: { name: 'Патронажная медсестра', status: 'медсестра' },
      mother: { name: 'Гульнара Серикова', occupation: 'не работает' },
      ground: 'Нет дохода и постоянного жилья.',
      channel: 'in-person',
      source: 'medical-staff',
      reportedAt: '2026-11-24T10:30:00+05:00',
      kinds: ['K1'],
      criteria: ['M2', 'M3'],
      level: 'medium',
    },
  },
}

const act = (summary: string, form: Record<string, unknown>) => ({
  summary,
  value: { happenedAt: '2026-11-24T14:40:00+05:00', version: 1, form },
})

/** By kind of act. */
export const ACT_EXAMPLES: Partial<
  Record<ActKind, { summary: string; value: { happenedAt: string; version: number; form: Record<string, unknown> } }>
> = {
  'urgent-measures-evidenced': act('Evidence of the hour: all three end it', {
    hour: 0,
    measuresAgreed: { at: '2026-11-24T14:25:00+05:00', by: 'Сауле Ким, супервизор', measures: 'Выезд с полицией' },
    lawEnforcement: { at: '2026-11-24T14:20:00+05:00', reference: 'КУИ 1543' },
    juvenileInspection: { at: '2026-11-24T14:30:00+05:00', reference: 'инспектор Оспанов' },
  }),
  'child-safe': act('The child is safe', { confirmedBy: 'врач приемного отделения', placed: false }),
  'risk-assessed': act('Level confirmed', { level: 'medium', criteria: ['M2'], reason: 'Подтверждено при посещении' }),
  'primary-assessment-done': act('Primary assessment', { outcome: 'confirmed', reason: 'Сведения подтвердились' }),
  'placement-recorded': act('Where the child lives', { placement: 'with-parents' }),
  'contact-made': act('A visit', { by: 'home-visit', childSeen: true, signsOfCruelty: false, found: 'Ребенок здоров' }),
  'contact-attempted': act('Nobody was seen', { by: 'home-visit', note: 'Дверь не открыли' }),
  'plan-signed': act('The plan is signed', {
    planVersion: 1,
    needs: [{ kind: 'family', text: 'Постоянное жилье' }],
    measures: [
      { id: '5f0c1c58-6d1f-4c0c-9d1e-0a2b3c4d5e6f', action: 'Встать в очередь на жилье', due: '2026-12-20', responsible: 'family' },
    ],
  }),
  'request-sent': act('A request in writing', {
    request: '0e7f3b4e-66a5-4f7c-9a55-0c2f6a1f2b3c',
    to: 'Акимат района',
    subject: 'О жилье семьи',
  }),
  assigned: act('The case is given to a worker', { manager: '7b1e2a34-1f1c-4f5e-8a55-0c2f6a1f2b3c' }),
  withdrawn: act('Entered in error', { act: '3c9d2f10-0f4b-4b7e-9a55-0c2f6a1f2b3c', reason: 'Записано в другое дело' }),
}
