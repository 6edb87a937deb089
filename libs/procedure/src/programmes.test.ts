import { expect, test } from 'vitest'
import { calendar, local, Told } from './child-protection/case.fixture.ts'
import type { Rules } from './child-protection/rows.ts'
import { currentEdition, preview, PROGRAMMES, programmeOf, rulesOf } from './programmes.ts'

test('a programme is known by its id only', () => {
  expect(programmeOf('child-protection')).toBe(PROGRAMMES['child-protection'])
  expect(() => programmeOf('none' as never)).toThrow(RangeError)
  expect(programmeOf('child-protection').rowText('contact-home').act).toBe('contact-made')
  expect(() => programmeOf('child-protection').rowText('none')).toThrow(RangeError)
})

test('the edition in force on a day; before the first one, the first', () => {
  expect(currentEdition('child-protection', '2026-11-24').id).toBe('2026-1')
  expect(currentEdition('child-protection', '2020-01-01').id).toBe('2026-1')
  expect(rulesOf('child-protection', '2026-1')).toBe(currentEdition('child-protection', '2026-11-24').rules)
  expect(() => rulesOf('child-protection', 'none')).toThrow(RangeError)
})

test('preview: what would move, and what would become late', () => {
  const rules = rulesOf('child-protection', '2026-1') as Rules
  const stricter: Rules = { ...rules, terms: { ...rules.terms, assessment: { ...rules.terms.assessment, term: { length: { weeks: 4 } } } } }
  const told = new Told()
  told.registered('2026-10-15 10:00')
  told.confirmed('2026-10-16')
  const cases = [{ id: 'c1', facts: told.facts() }]
  const seen = preview('child-protection', rules, { rules: stricter }, cases, calendar, local('2026-11-24'))
  expect(seen).toMatchObject([
    { caseId: 'c1', row: 'assessment', becomesLate: true, before: local('2026-11-28 00:00'), after: local('2026-11-14 00:00') },
  ])
  expect(preview('child-protection', rules, { rules: stricter }, cases, calendar, local('2026-11-13'))).toMatchObject([
    { becomesLate: false },
  ])
  expect(preview('child-protection', rules, '2026-1', cases, calendar, local('2026-11-24'))).toEqual([])
})
