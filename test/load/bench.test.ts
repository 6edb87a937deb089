/** That the bench runs to its end and prints every figure; how fast, nothing asserts. */
import { expect, test } from 'vitest'
import { runBench, SIZES } from './run.ts'

test('a small bench measures everything and says so', async () => {
  const said: string[] = []
  const figures = await runBench(SIZES.sample, (line) => said.push(line))
  expect(figures.map(({ what }) => what.replace(/\d+/g, 'n'))).toEqual([
    ...['cases', 'directory', 'notifications', 'web', 'watchdog', 'relay', 'steps', 'meetings', 'referrals', 'worker', 'urgent'].map(
      (name) => `memory of ${name}`,
    ),
    'work list of a person among n cases, pn',
    'a form at n a second, pn',
    'a form at n a second, pn',
    'n clients saving forms',
    'start of an hour, n rows before it, pn',
    'relay lag at five acts a second, pn',
    `the hour's steps beside the wave, late (pn)`,
    'the wave: forms saved',
    'the wave: to its last step',
    'the wave: first steps taken once the forms are saved',
    'invitations to a mail server that takes n ms to keep one',
  ])
  for (const { what, measured } of figures) {
    expect(measured, what).toMatch(/\d|Infinity/)
    expect(measured, what).not.toMatch(/NaN/)
    expect(said.some((line) => line.includes(what) && line.includes(measured))).toBe(true)
  }
  expect(said.at(-1)).toContain('figures as wanted')
})
