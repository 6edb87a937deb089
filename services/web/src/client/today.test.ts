import type { WorkListItem } from '@tirek/contract/answers'
import { endOfDay } from '@tirek/procedure/time'
import { expect, test } from 'vitest'
import { groupsOf } from './today.ts'

const said = { ru: 'x', kk: 'x', en: 'x' }
const item = (number: string, deadline: Partial<WorkListItem['deadline']>): WorkListItem => ({
  caseId: '00000000-0000-4000-8000-000000000001',
  number,
  stage: 'implementation',
  risk: 'medium',
  deadline: {
    key: number,
    rule: 'CP-40',
    row: 'contact-home',
    what: said,
    why: said,
    verb: said,
    act: 'contact-made',
    state: 'open',
    overdue: false,
    from: 0,
    waitsFor: 'case-manager',
    steps: [],
    ...deadline,
  },
})
const onDay = (number: string, dueDay: string) => item(number, { dueDay, due: endOfDay(dueDay) })

// Wednesday 25 November 2026, 10:00 in Almaty.
const NOW = Date.UTC(2026, 10, 25, 5)

test('hours stand first, then overdue, today, to Sunday, later', () => {
  const groups = groupsOf(
    [
      onDay('later', '2026-11-30'),
      onDay('sunday', '2026-11-29'),
      onDay('today', '2026-11-25'),
      onDay('yesterday', '2026-11-24'),
      item('hour', { hour: 0, due: NOW + 1 }),
      item('no term', {}),
    ],
    NOW,
  )
  const numbers = Object.fromEntries(Object.entries(groups).map(([group, items]) => [group, items.map(({ number }) => number)]))
  expect(numbers).toEqual({ hours: ['hour'], overdue: ['yesterday'], today: ['today', 'no term'], week: ['sunday'], later: ['later'] })
})

test('a day-level term is overdue from the first instant after its day', () => {
  const midnight = endOfDay('2026-11-25')
  expect(groupsOf([onDay('a', '2026-11-25')], midnight - 1).today).toHaveLength(1)
  expect(groupsOf([onDay('a', '2026-11-25')], midnight).overdue).toHaveLength(1)
})

test('an hour long past stays on top, the oldest first', () => {
  const groups = groupsOf([item('new', { hour: 0, due: NOW + 60_000 }), item('old', { hour: 0, due: NOW - 9_000_000 })], NOW)
  expect(groups.hours.map(({ number }) => number)).toEqual(['old', 'new'])
})
