import { expect, test } from 'vitest'
import { ladderOf, leftOf } from './hour.ts'

const DUE = Date.UTC(2026, 10, 25, 6, 5)

test.each([
  [DUE - 3_600_000, '1:00:00', false],
  [DUE - (23 * 60 + 41) * 1000, '23:41', false],
  [DUE - 1, '00:01', false],
  [DUE, '00:00', false],
  [DUE + 1_000, '+00:01', true],
  [DUE + 3_725_000, '+1:02:05', true],
])('at %d the clock shows %s', (now, text, late) => {
  expect(leftOf(DUE, now)).toEqual({ text, late })
})

test('the ladder tells who knows, who is next and who comes after', () => {
  const step = (key: string, at: number, whom: string[], takenAt?: number) => ({
    key,
    at,
    do: 'escalate',
    whom,
    ...(takenAt && { takenAt }),
  })
  const ladder = ladderOf([
    step('c', 60, ['next-in-line']),
    step('a', 30, ['case-manager'], 31),
    step('b', 45, ['supervisor']),
    step('d', 90, ['head']),
  ])
  expect(ladder).toEqual([
    { at: 31, whom: ['case-manager'], state: 'told' },
    { at: 45, whom: ['supervisor'], state: 'next' },
    { at: 60, whom: ['next-in-line'], state: 'later' },
  ])
})
