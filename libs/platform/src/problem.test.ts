import { expect, test } from 'vitest'
import { problemOf } from './problem.ts'

test.each(['22003', '22007', '22008', '22021', '22P02', '22P05'])(
  'what Postgres cannot keep (%s) is bad input, never a fault of ours',
  (code) => {
    expect(problemOf(Object.assign(new Error('out of range'), { code }), 'en', 'r')).toMatchObject({ status: 400, code: 'bad-input' })
  },
)

test('a division by zero stays a fault of ours', () => {
  expect(problemOf(Object.assign(new Error('x'), { code: '22012' }), 'en', 'r')).toMatchObject({ status: 500, code: 'our-fault' })
})
