import type { WorkListItem } from '@tirek/contract/answers'
import { expect, test } from 'vitest'
import { teamLoad } from './team-load.ts'

/** A Thursday in Almaty. */
const NOW = Date.parse('2026-11-26T12:00:00+05:00')
const term = (manager: string | undefined, dueDay: string): WorkListItem => ({
  caseId: '0198f0a0-0000-7000-8000-000000000001',
  number: 'ZHQ-1',
  stage: 'implementation',
  risk: 'low',
  ...(manager && { manager }),
  deadline: { key: `k${manager}${dueDay}`, dueDay, due: Date.parse(`${dayAfter(dueDay)}T00:00:00+05:00`) } as WorkListItem['deadline'],
})
const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

test('terms stand in the week that their day belongs to; overdue apart; what nobody leads is named', () => {
  const { ends, workers, unowned } = teamLoad(
    [
      term('a', '2026-11-25'),
      term('a', '2026-11-26'),
      term('a', '2026-11-29'),
      term('a', '2026-11-30'),
      term('b', '2026-12-20'),
      term('b', '2026-12-21'),
      term(undefined, '2026-11-27'),
    ],
    new Map([
      ['a', 12],
      ['c', 0],
    ]),
    NOW,
  )
  expect(ends).toEqual(['2026-11-29', '2026-12-06', '2026-12-13', '2026-12-20'])
  expect(workers.get('a')).toEqual({ active: 12, overdue: 1, weeks: [2, 1, 0, 0] })
  // Somebody who leads cases and is no social worker stands there too; whoever has none is not forgotten.
  expect(workers.get('b')).toEqual({ active: 0, overdue: 0, weeks: [0, 0, 0, 1] })
  expect(workers.get('c')).toEqual({ active: 0, overdue: 0, weeks: [0, 0, 0, 0] })
  expect(unowned).toHaveLength(1)
})
