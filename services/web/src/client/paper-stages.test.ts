import { TakenOverFromPaper } from '@tirek/contract/forms/support'
import { expect, test } from 'vitest'
import { askedAt, leftOut, PAPER_GROUPS, PAPER_STAGES, paperToSend } from './paper-stages.ts'

const { stage, level: _, child: __, anotherChild: ___, manager: ____, ...rest } = TakenOverFromPaper.shape
const fields = Object.keys(rest)
const full = Object.fromEntries(fields.map((field) => [field, '2026-01-10']))

test('the stages are those of the form, and every field of it stands in one group', () => {
  expect([...PAPER_STAGES]).toEqual(stage.options)
  expect(Object.values(PAPER_GROUPS).flat().toSorted()).toEqual(fields.toSorted())
})

test.each([
  ['primary-assessment', ['registration', 'living'], []],
  ['comprehensive-assessment', ['registration', 'assessment', 'living', 'contacts'], []],
  ['planning', ['registration', 'assessment', 'living', 'contacts'], []],
  ['implementation', ['registration', 'plan', 'living', 'contacts'], ['assessment']],
  ['monitoring', ['registration', 'monitoring', 'living'], ['assessment', 'plan']],
] as const)('at %s', (at, now, before) => {
  expect(askedAt(at).now.map(({ group }) => group)).toEqual(now)
  expect(askedAt(at).before.map(({ group }) => group)).toEqual(before)
})

test('the report of an assessment that runs is not asked for', () => {
  const [, assessment] = askedAt('comprehensive-assessment').now
  expect(assessment).toEqual({ group: 'assessment', fields: ['assessmentDecidedDay'] })
})

test.each(PAPER_STAGES)('what was typed for another stage than %s is named, and not sent', (at) => {
  const value = { ...full, stage: at, level: 'low', child: { name: 'А' } }
  const left = leftOut(at, value)
  const shown = [...askedAt(at).now, ...askedAt(at).before].flatMap((one) => one.fields as readonly string[])
  expect([...left, ...shown].toSorted()).toEqual(fields.toSorted())
  expect(Object.keys(paperToSend(value)).toSorted()).toEqual([...shown, 'stage', 'level', 'child'].toSorted())
  expect(leftOut(at, { stage: at })).toEqual([])
})
