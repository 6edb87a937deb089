import { expect, test, vi } from 'vitest'

vi.stubGlobal('window', { localStorage: { getItem: () => null, setItem: () => {}, removeItem: () => {}, key: () => null, length: 0 } })
const { planWith } = await import('./into-plan.ts')

const invitees = [
  { id: 'a', who: 'agency', name: 'Опека' },
  { id: 'f', who: 'family', name: 'Бабушка' },
] as never
const content = (measures: object[]) => ({ content: { needs: ['Жилье'], measures } }) as never
const measure = { action: 'Оформить пособие', due: '2026-12-20', invitee: 'a' }

test('measures of a protocol join those of the plan that stands, each once; whose it is follows who is responsible', () => {
  const plan = {
    needs: [{ kind: 'family', text: 'Работа' }],
    measures: [{ id: '1', action: 'Посещать', due: '2026-12-01', responsible: 'worker' }],
  }
  const next = planWith(plan, 2, {
    invitees,
    protocol: content([
      measure,
      { ...measure, action: 'Найти жилье', invitee: 'f' },
      { action: 'Помочь', due: '2026-12-21', responsible: 'Школа' },
    ]),
  })
  expect(next).toMatchObject({ planVersion: 2, needs: plan.needs })
  expect(next.measures!.map(({ action, responsible, responsibleName }) => [action, responsible, responsibleName])).toEqual([
    ['Посещать', 'worker', undefined],
    ['Оформить пособие', 'agency', 'Опека'],
    ['Найти жилье', 'family', 'Бабушка'],
    ['Помочь', undefined, 'Школа'],
  ])
  expect(planWith(next, 2, { invitees, protocol: content([measure]) }).measures).toHaveLength(4)
})

test('without a plan the needs of the meeting are its first', () => {
  expect(planWith({}, 1, { invitees, protocol: content([measure]) })).toMatchObject({
    planVersion: 1,
    needs: [{ text: 'Жилье' }],
    measures: [{ action: 'Оформить пособие' }],
  })
})
