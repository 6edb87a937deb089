import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Tries } from './limits.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const tries = () => new Tries({ perAccount: 6, perAddress: 9, seconds: 60 })
const mayTry = (limit: Tries, account: string | undefined, address: string) =>
  limit.mayTry({ account, address }).then(
    () => 'may',
    (error: { code: string; params: { seconds: number } }) => `${error.code} ${error.params.seconds}`,
  )

test('the sixth failure of an account is its last in a minute, known or not; another account goes on', async () => {
  const limit = tries()
  for (const account of ['aigerim', 'nobody']) {
    for (let i = 0; i < 6; i++) {
      expect(await mayTry(limit, account, `a${i}`)).toBe('may')
      await limit.failed({ account, address: `a${i}` })
    }
    expect(await mayTry(limit, account, 'elsewhere')).toBe('too-many-tries 60')
  }
  expect(await mayTry(limit, 'timur', 'elsewhere')).toBe('may')
  vi.advanceTimersByTime(59_999)
  expect(await mayTry(limit, 'aigerim', 'elsewhere')).toBe('too-many-tries 1')
  vi.advanceTimersByTime(1)
  expect(await mayTry(limit, 'aigerim', 'elsewhere')).toBe('may')
})

test('one address that tries many accounts is stopped; success uses nothing up', async () => {
  const limit = tries()
  for (let i = 0; i < 100; i++) expect(await mayTry(limit, 'aigerim', 'clinic')).toBe('may')
  for (let i = 0; i < 9; i++) await limit.failed({ account: `n${i}`, address: 'clinic' })
  expect(await mayTry(limit, 'n100', 'clinic')).toBe('too-many-tries 60')
  expect(await mayTry(limit, 'n100', 'home')).toBe('may')
})
