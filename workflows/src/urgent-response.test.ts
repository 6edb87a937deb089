import { ApplicationFailure } from '@temporalio/common'
import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { hours, minutes } from '../testing/words.ts'
import { World } from '../testing/world.ts'

let world: World
afterEach(() => world.close())

/** A working day, 10:00 in Almaty. */
const RECEIVED = Date.parse('2026-11-24T10:00:00+05:00')
const HIGH = { criteria: ['H1'], level: 'high', takenByOther: false, oneOffHelp: false } as const
const evidence = (happened: number, hour = 0) => ({
  hour,
  measuresAgreedAt: happened,
  lawEnforcementInformedAt: happened,
  juvenileInspectionInformedAt: happened,
})

async function reported(startsAt = RECEIVED) {
  world = await World.open(startsAt)
  const child = world.newCase()
  await child.saved('help-request-registered', { ...HIGH, reportedAt: RECEIVED }, RECEIVED)
  await child.startHour(0)
  return child
}

const told = (steps: Awaited<ReturnType<typeof reported>>['steps']) =>
  steps.map(({ at, whom }) => `+${(at - RECEIVED) / minutes(1)} ${whom}`)

test('CP-10: one more person is told at each step, then all of them every hour, each at its minute', async () => {
  const child = await reported()
  await world.until(RECEIVED + minutes(250))
  expect(told(child.steps)).toEqual([
    '+30 case-manager',
    '+45 supervisor',
    '+60 next-in-line',
    '+90 head',
    '+120 duty-list',
    expect.stringMatching(/^\+180 /),
    expect.stringMatching(/^\+240 /),
  ])
  const late = child.steps.map(({ at, takenAt }) => takenAt - at)
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...late)).toBeLessThan(2_000)
})

test('CP-11: evidence ends the hour, and nobody is told any more', async () => {
  const child = await reported()
  await world.until(RECEIVED + minutes(40))
  await child.saved('urgent-measures-evidenced', evidence(RECEIVED + minutes(38)))
  await child.tellHour(0, 'urgent-measures-evidenced')
  await world.until(RECEIVED + hours(3))
  expect(await child.isOver(child.hour(0))).toBe(true)
  expect(told(child.steps)).toEqual(['+30 case-manager'])
})

test('evidence whose message was lost: the record spares the next step, and the answer ends the hour', async () => {
  const child = await reported()
  await world.until(RECEIVED + minutes(40))
  await child.saved('urgent-measures-evidenced', evidence(RECEIVED + minutes(38)))
  await world.until(RECEIVED + minutes(46))
  expect(await child.isOver(child.hour(0))).toBe(true)
  expect(told(child.steps)).toEqual(['+30 case-manager'])
})

test('typed late: the steps already passed are taken at once and in one go', async () => {
  const child = await reported(RECEIVED + minutes(52))
  await world.until(RECEIVED + minutes(53))
  expect(told(child.steps)).toEqual(['+30 case-manager', '+45 supervisor'])
  expect(world.record.asked).toHaveLength(1)
  await world.until(RECEIVED + minutes(61))
  expect(told(child.steps).at(-1)).toBe('+60 next-in-line')
})

test('withdrawn evidence opens the hour again under the same id, and no step is taken twice', async () => {
  const child = await reported()
  await world.until(RECEIVED + minutes(50))
  const act = await child.saved('urgent-measures-evidenced', evidence(RECEIVED + minutes(48)))
  await child.tellHour(0, 'urgent-measures-evidenced')
  await world.until(RECEIVED + minutes(51))
  expect(await child.isOver(child.hour(0))).toBe(true)
  await child.saved('withdrawn', { act })
  await child.startHour(0)
  await world.until(RECEIVED + minutes(65))
  // The supervisor is told of the withdrawal at once; then the ladder goes on where it was.
  expect(told(child.steps)).toEqual([
    '+30 case-manager',
    '+45 supervisor',
    expect.stringMatching(/^\+51\..* supervisor$/),
    '+60 next-in-line',
  ])
})

test('a file merged into another keeps its hour: only evidence ends it', async () => {
  const child = await reported()
  await world.until(RECEIVED + minutes(31))
  await child.saved('merged-into', { otherCase: randomUUID() })
  await child.tellHour(0, 'merged-into')
  await world.until(RECEIVED + minutes(50))
  expect(told(child.steps)).toEqual(['+30 case-manager', '+45 supervisor'])
  await child.saved('urgent-measures-evidenced', evidence(RECEIVED + minutes(50)))
  await child.tellHour(0, 'urgent-measures-evidenced')
  await world.until(RECEIVED + minutes(70))
  expect(await child.isOver(child.hour(0))).toBe(true)
  expect(child.steps).toHaveLength(2)
})

test('ten days without evidence: told every hour, over many runs, none twice and none left out', async () => {
  const child = await reported()
  await world.until(RECEIVED + hours(24 * 10))
  const repeats = child.steps.filter(({ repeat }) => repeat > 0).map(({ at }) => (at - RECEIVED) / hours(1))
  expect(repeats).toEqual(Array.from({ length: repeats.length }, (_, k) => k + 3))
  expect(repeats.length).toBeGreaterThan(230)
  expect((await child.hour(0).describe()).historyLength).toBeLessThan(260)
})

test('a step that fails for good is tried again for ever, shown in the details, and comes when the fault is over', async () => {
  const child = await reported()
  await world.until(RECEIVED + minutes(1))
  world.record.failure = () => ApplicationFailure.nonRetryable('the text of the fault', 'RecordAway')
  await world.until(RECEIVED + minutes(40))
  const shown = await child.details(child.hour(0))
  expect(shown).toContain('In trouble')
  expect(shown).toContain('RecordAway')
  expect(shown).not.toContain('the text of the fault')
  expect(world.record.asked.length).toBeGreaterThan(5)
  expect(world.record.asked.length).toBeLessThan(30)
  world.record.failure = undefined
  await world.until(RECEIVED + minutes(42))
  expect(told(child.steps)).toEqual(['+30 case-manager'])
  expect(await child.details(child.hour(0))).not.toContain('In trouble')
})
