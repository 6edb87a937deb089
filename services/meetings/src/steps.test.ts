/** Who takes the steps of meetings lives in the service: whether it does is told, and the service is ready without it. */
import { machineClock } from '@tirek/platform/clock'
import { createLog } from '@tirek/platform/log'
import { openRealServer } from '@tirek/workflows/testing/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMeetings, type RunningMeetings } from './app.ts'
import { MeetingsWorld } from './meetings.fixture.ts'

let world: MeetingsWorld
let meetings: RunningMeetings
beforeAll(async () => {
  world = await MeetingsWorld.open()
  meetings = await startMeetings({
    config: { ...world.config(), SERVICE_PORT: 0 },
    clock: machineClock,
    log: createLog('test', 'silent'),
    loops: false,
  })
})
afterAll(async () => {
  await meetings?.close()
  await world?.close()
})

const health = async () => {
  const answer = await fetch(`${meetings.url}/health`)
  return [answer.status, await answer.json()]
}
const told = (steps: 'ok' | 'away') => [200, { status: 'ok', parts: { database: 'ok', files: 'ok' }, beside: { steps } }]

test('while Temporal is away, before it comes and after it went, no steps are taken and the service is ready all the same', async () => {
  expect(await health()).toEqual(told('away'))
  const temporal = await openRealServer({ port: world.temporalPort, namespace: 'tirek' })
  try {
    await expect.poll(health, { timeout: 30_000, interval: 500 }).toEqual(told('ok'))
  } finally {
    await temporal.teardown()
  }
  await expect.poll(health, { timeout: 30_000, interval: 500 }).toEqual(told('away'))
})
