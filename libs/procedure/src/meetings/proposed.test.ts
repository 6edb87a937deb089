import { expect, test } from 'vitest'
import { kindsProposed } from './proposed.ts'

test('agencies in the order of the needs, each once; then those of the help that measures name', () => {
  const needs = [{ kind: 'development' }, { kind: 'parents' }, { kind: 'family' }]
  expect(kindsProposed({ needs })).toEqual(['education', 'preschool', 'pmpk', 'social-protection', 'ngo', 'guardianship-body', 'akimat'])
  expect(kindsProposed({ needs: [{ kind: 'parents' }], measures: [{ help: 'benefits' }, { help: 'day-centre' }] })).toEqual([
    'social-protection',
    'ngo',
    'day-centre',
  ])
})

test.each([
  {},
  { needs: [], measures: [] },
  { needs: [{ kind: 'constructor' }, {}], measures: [{ help: 'advice' }, { help: '__proto__' }] },
])('nobody for %j', (plan) => {
  expect(kindsProposed(plan)).toEqual([])
})
