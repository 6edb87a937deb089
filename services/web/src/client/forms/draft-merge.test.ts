import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PARTS } from '../assessment-parts.ts'
import { merged, withParts, type Value } from './draft-merge.ts'

test('parts that only one of two devices wrote stand together; nobody is asked', () => {
  const base = { cause: 'Просьба', history: { family: 'а' } }
  expect(merged(base, { ...base, cause: 'Просьба матери' }, { ...base, recommendations: 'Помочь' })).toEqual({
    value: { cause: 'Просьба матери', history: { family: 'а' }, recommendations: 'Помочь' },
    taken: ['conclusion'],
    both: [],
  })
})

test('a part that both wrote keeps mine and is named; the same words are no difference', () => {
  expect(merged({}, { cause: 'моё' }, { cause: 'их' })).toEqual({ value: { cause: 'моё' }, taken: [], both: ['family'] })
  expect(merged({}, { cause: 'то же' }, { cause: 'то же' })).toEqual({ value: { cause: 'то же' }, taken: [], both: [] })
  // Of one part, different fields: what hangs together is not mixed.
  expect(merged({}, { cause: 'моё' }, { timeAndPeople: 'их' }).both).toEqual(['family'])
})

test('what was emptied there is empty here too', () => {
  expect(merged({ cause: 'x', analysis: { strengths: 'y' } }, { cause: 'x', analysis: { strengths: 'y' } }, { cause: 'x' })).toEqual({
    value: { cause: 'x' },
    taken: ['analysis'],
    both: [],
  })
})

test('theirs can be taken for the parts that both wrote, and for no other', () => {
  const mine = { cause: 'моё', recommendations: 'моё' }
  expect(withParts(mine, { cause: 'их', recommendations: 'их' }, ['family'])).toEqual({ cause: 'их', recommendations: 'моё' })
})

const names = [...PARTS.flatMap(({ fields }) => fields), 'unknown']
const values = fc.dictionary(fc.constantFrom(...names), fc.constantFrom('a', 'b', 'c')) as fc.Arbitrary<Value>

test('nothing that either wrote is lost unseen, whatever both wrote', () => {
  fc.assert(
    fc.property(values, values, values, (base, mine, theirs) => {
      const { value, taken, both } = merged(base, mine, theirs)
      for (const name of names) {
        const part = PARTS.find(({ fields }) => fields.includes(name))?.id ?? 'signatures'
        if (taken.includes(part)) expect(value[name]).toBe(theirs[name])
        else expect(value[name]).toBe(mine[name])
        // Written there and not here: taken, or named.
        if (theirs[name] !== base[name] && theirs[name] !== mine[name]) expect(taken.includes(part) || both.includes(part)).toBe(true)
      }
      expect(taken.filter((part) => both.includes(part))).toEqual([])
    }),
  )
})
