/** A fixed sample of `npm run fuzz`: every operation by everybody at least once, some stories, and refused forms counted table by table. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Campaign } from './campaign.ts'
import { ROUTES } from '@tirek/policy/work'
import { failureText } from './report.ts'
import { Stories } from './stories.ts'

const SEED = 20_261_124

let campaign: Campaign
beforeAll(async () => {
  campaign = await Campaign.open()
  await campaign.seed()
})
afterAll(() => campaign?.close())
// Half a minute on a machine that does nothing else.
vi.setConfig({ testTimeout: 900_000 })

const failures = () => [...campaign.failures.values()].map(failureText).join('\n')

test('every route of every service of the policy is an operation that is asked', () => {
  const routes = Object.entries(ROUTES).flatMap(([service, of]) => Object.keys(of).map((route) => `${service} ${route}`))
  const asked = new Set(campaign.operations.map(({ key }) => key.replaceAll(/\{(\w+)\}/g, ':$1')))
  expect(routes.filter((route) => !asked.has(route))).toEqual([])
})

test('every operation by everybody: no fault of ours, no word of another organisation, every refusal a problem', async () => {
  await campaign.runAll('once', SEED, 8)
  expect(failures()).toBe('')
  expect(campaign.uncovered()).toEqual([])
})

test('what was taken is there, what was refused left nothing', async () => {
  await new Stories(campaign).play(6, SEED)
  await campaign.mustLeaveNothing(30, SEED)
  await campaign.mustBeWell()
  expect(failures()).toBe('')
})
