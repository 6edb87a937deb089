import { expect, test } from 'vitest'
import { stepOfPointer } from './request-steps.ts'

test('each field is asked in one step, so that an error leads to it', () => {
  expect(['/child/name', '/child/iin', '/anotherChild'].map(stepOfPointer)).toEqual([1, 1, 1])
  expect(['/child', '/child/age/n', '/child/sex', '/asker/name', '/mother/name', '/channel'].map(stepOfPointer)).toEqual([2, 2, 2, 2, 2, 2])
  expect(['/ground', '/criteria', '/level', '/levelReason', '/childish', ''].map(stepOfPointer)).toEqual([3, 3, 3, 3, 3, 3])
})
