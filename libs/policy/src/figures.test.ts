import type { Role } from '@tirek/contract/roles'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { figuresFor, isExact, told, wholeMonths } from './figures.ts'
import type { Standing } from './standing.ts'

test('none is none, one to four is not told, the rest to the nearest five', () => {
  expect([0, 1, 4, 5, 7, 8, 12, 13, 100].map(told)).toEqual([0, undefined, undefined, 5, 5, 10, 10, 15, 100])
})

test('what is told is never a number of one to four, and never further than two from the truth', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), (n) => {
      const said = told(n)
      if (said === undefined) expect(n > 0 && n < 5).toBe(true)
      else expect(Math.abs(said - n) <= 2 && said % 5 === 0).toBe(true)
    }),
  )
})

test('days are widened to the months they lie in', () => {
  expect(wholeMonths('2026-02-10', '2026-02-10')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(wholeMonths('2026-11-30', '2026-12-01')).toEqual({ from: '2026-11-01', to: '2026-12-31' })
})

test('of whose cases each is shown figures, and who is told them exactly', () => {
  const standing = (role: Role, leads = false): Standing => ({
    person: 'p',
    organisation: 'o',
    role,
    persons: ['p'],
    roles: new Set([role]),
    team: [],
    leads,
    called: false,
    now: 0,
  })
  expect(figuresFor(standing('social-worker'))).toEqual(['mine', 'organisation'])
  expect(figuresFor(standing('supervisor'))).toEqual(['team', 'organisation'])
  expect(figuresFor(standing('head', true))).toEqual(['organisation'])
  expect(isExact(standing('social-worker'), 'mine')).toBe(true)
  expect(isExact(standing('supervisor'), 'team')).toBe(true)
  expect(isExact(standing('supervisor'), 'organisation')).toBe(false)
  expect(isExact(standing('social-worker'), 'organisation')).toBe(false)
  expect(isExact(standing('head', true), 'organisation')).toBe(true)
})
