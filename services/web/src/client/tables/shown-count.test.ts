import { expect, test } from 'vitest'
import { countText, keptShare, lengthOf, minutesOf } from './shown-count.ts'

const terms = (kept: number | null, keptLate: number | null, missed: number | null, late: number | null) => ({
  row: 'r',
  rule: 'CP-1',
  what: { ru: '', kk: '', en: '' },
  kept,
  keptLate,
  missed,
  late,
  lapsed: 7,
  running: 9,
})

test('what is kept is a share of what is over: neither what runs still nor what lapsed', () => {
  expect(keptShare(terms(2, 1, 1, 0))).toBe(50)
  expect(keptShare(terms(0, 0, 0, 3))).toBe(0)
  expect(keptShare(terms(0, 0, 0, 0))).toBeUndefined()
  expect(keptShare(terms(5, null, 0, 0))).toBeUndefined()
})

test('a number that is not told is said so, and drawn as nothing', () => {
  expect([countText(0, 'few'), countText(5, 'few'), countText(null, 'few')]).toEqual(['0', '5', 'few'])
  expect([lengthOf(null), lengthOf(7)]).toEqual([0, 7])
})

test('an hour is sixty minutes, a millisecond more is sixty-one', () => {
  expect([3_600_000, 3_600_001, 1].map(minutesOf)).toEqual([60, 61, 1])
})
