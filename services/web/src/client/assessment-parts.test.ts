import { AssessmentFinished } from '@tirek/contract/forms/assessment-report'
import { describedOf } from '@tirek/contract/forms/described'
import { ACT_FORMS } from '@tirek/contract/examples/examples'
import { expect, test } from 'vitest'
import { PARTS, partOf, stateOf } from './assessment-parts.ts'
import type { Schema } from './fields.ts'

const schema = describedOf(AssessmentFinished) as Schema
const example = ACT_FORMS['assessment-finished'] as Record<string, unknown>

test('every field of the form stands in exactly one part', () => {
  const placed = PARTS.flatMap(({ fields }) => fields)
  expect(placed.toSorted()).toEqual(Object.keys(schema.properties ?? {}).toSorted())
  expect(partOf('/health/body')).toBe('health')
  expect(partOf('/signsSeen')).toBe('conclusion')
  expect(partOf('')).toBe('signatures')
})

test('a part is not begun, then looked at, then done; the whole example is done', () => {
  expect(stateOf('analysis', schema, {}, false)).toBe('not-begun')
  expect(stateOf('analysis', schema, {}, true)).toBe('incomplete')
  expect(stateOf('analysis', schema, { analysis: { strengths: 'Бабушка рядом' } }, false)).toBe('incomplete')
  for (const { id } of PARTS) expect.soft(stateOf(id, schema, example, true), id).toBe('done')
})

test('a part under heads needs one of them, sources alone are not enough; what asks for nothing is done once looked at', () => {
  expect(stateOf('health', schema, { health: { sources: ['other'] } }, true)).toBe('incomplete')
  expect(stateOf('health', schema, { health: { body: 'здоров' } }, true)).toBe('done')
  expect(stateOf('history', schema, {}, false)).toBe('not-begun')
  expect(stateOf('history', schema, {}, true)).toBe('done')
})

test('one answer makes another needed', () => {
  const signed = { ...example, familySigned: false, noSignatureReason: undefined }
  expect(stateOf('signatures', schema, signed, true)).toBe('incomplete')
  expect(stateOf('signatures', schema, { ...signed, noSignatureReason: 'Отец отказался' }, true)).toBe('done')
  expect(stateOf('conclusion', schema, { ...example, signsOfCruelty: true, signsSeen: '' }, true)).toBe('incomplete')
})
