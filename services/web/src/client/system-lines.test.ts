import { FIGURES, type Figure, type SystemHealth } from '@tirek/contract/system'
import { expect, test } from 'vitest'
import { isDeserted, secondsOf, troubleOf, troublesOf } from './system-lines.ts'
import { FIGURE_WORDS } from './words-of/admin.ts'

test.each<[Figure, number, ReturnType<typeof troubleOf>]>([
  ['relayOldestMs', 15_000, undefined],
  ['relayOldestMs', 15_001, 'soon'],
  ['relayOldestMs', 60_000, 'soon'],
  ['relayOldestMs', 60_001, 'late'],
  ['urgentLetterSeconds', 60, 'soon'],
  ['urgentLetterSeconds', 60.1, 'late'],
  ['letterSeconds', 900, undefined],
  ['letterSeconds', 901, 'soon'],
  ['lettersFailed', 0, undefined],
  ['lettersFailed', 1, 'soon'],
  // However many hours run, that is no trouble of the system; what came back stays so.
  ['lettersBounced', 7, undefined],
  ['hoursOpen', 50, undefined],
  ['deadlinesOverdue', 900, undefined],
])('%s at %d: %s', (figure, value, trouble) => {
  expect(troubleOf(figure, value)).toBe(trouble)
})

test('every figure has words, and a wait is told in seconds', () => {
  expect(Object.keys(FIGURE_WORDS).toSorted()).toEqual(Object.keys(FIGURES).toSorted())
  expect([secondsOf('relayOldestMs', 1_500), secondsOf('letterSeconds', 3), secondsOf('relayRows', 3)]).toEqual([1.5, 3, undefined])
})

test('a queue is deserted without a worker, or when none asked for longer than a poll lasts', () => {
  const queue = (workers: number, seconds?: number) => ({
    queue: 'cases',
    type: 'activity' as const,
    workers,
    ...(seconds !== undefined && { seconds }),
  })
  expect([queue(1, 75), queue(1, 75.1), queue(0, 1), queue(1)].map(isDeserted)).toEqual([false, true, true, true])
})

test('what cannot wait comes first; what several processes lean on is named once', () => {
  const health: SystemHealth = {
    processes: [
      { name: 'relay', state: 'unwell', parts: { database: 'ok', temporal: 'away' } },
      { name: 'steps', state: 'unwell', parts: { temporal: 'away', scanner: 'absent' } },
      { name: 'cases', state: 'away', parts: {} },
    ],
    figures: { lettersFailed: 2, relayOldestMs: 90_000, relayRows: 3 },
    queues: [{ queue: 'urgent', type: 'workflow', workers: 0 }],
  }
  expect(troublesOf(health).map(({ of, name }) => `${of} ${name}`)).toEqual([
    'process cases',
    'part temporal',
    'queue urgent workflow',
    'figure relayOldestMs',
    'figure lettersFailed',
  ])
  expect(troublesOf({ processes: [], figures: {}, queues: [] })).toEqual([])
})
