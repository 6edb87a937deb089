import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesBetween } from './form-changes.ts'

test('of a list only the entries that came or went, of anything else both', () => {
  const measure = (action: string) => ({ action, due: '2026-12-20' })
  expect(
    changesBetween(
      { planVersion: 1, measures: [measure('a'), measure('b')], notes: 'x', same: { a: 1, b: 2 }, gone: true },
      { planVersion: 2, measures: [measure('b'), measure('c')], notes: 'y', same: { b: 2, a: 1 }, come: 3 },
    ),
  ).toEqual({
    was: { planVersion: 1, measures: [measure('a')], notes: 'x', gone: true },
    is: { planVersion: 2, measures: [measure('c')], notes: 'y', come: 3 },
  })
})

test('an order is no change, and a form differs from itself in nothing', () => {
  expect(changesBetween({ list: ['a', 'b'] }, { list: ['b', 'a'] })).toEqual({ was: {}, is: {} })
  const form = fc.dictionary(
    fc.string().filter((name) => name !== '__proto__'),
    fc.jsonValue(),
  )
  fc.assert(
    fc.property(form, (one) => {
      expect(changesBetween(one, structuredClone(one))).toEqual({ was: {}, is: {} })
    }),
  )
  // What came one way goes the other.
  fc.assert(
    fc.property(form, form, (a, b) => {
      const [there, back] = [changesBetween(a, b), changesBetween(b, a)]
      expect([there.was, there.is]).toEqual([back.is, back.was])
    }),
  )
})
