import { defineConfig } from 'vitest/config'
import { LongestFirst } from './infra/dev/longest-first.ts'

// Nest's decorators, spelt out: otherwise oxc reads the tsconfig that happens to include the file.
const oxc = { decorator: { legacy: true, emitDecoratorMetadata: true } }
// Files of one worker share their modules: loading them anew for each file took most of the time.
const node = {
  environment: 'node' as const,
  isolate: false,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // What a test makes is gone soon: more room for it costs less than collecting it often.
  execArgv: ['--max-semi-space-size=64'],
}

export default defineConfig({
  oxc,
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        oxc,
        test: {
          ...node,
          name: 'unit',
          include: ['libs/**/*.test.ts', 'infra/**/*.test.ts'],
          exclude: ['infra/dev/boot/**', '**/node_modules/**', '**/dist/**'],
        },
      },
      {
        oxc,
        test: {
          ...node,
          name: 'boot',
          include: ['infra/dev/boot/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 150_000,
          hookTimeout: 150_000,
        },
      },
      { oxc, test: { ...node, name: 'workflow', include: ['workflows/**/*.test.ts', 'services/worker/**/*.test.ts'] } },
      {
        oxc,
        test: {
          ...node,
          name: 'services',
          // They wait for their databases, and some of them on purpose: two at a time left a processor idle.
          maxWorkers: 3,
          include: ['services/*/**/*.test.{ts,tsx}'],
          exclude: ['services/worker/**', '**/node_modules/**', '**/dist/**'],
        },
      },
      {
        oxc,
        test: {
          ...node,
          name: 'journeys',
          // A page waits for its services, and they for their database.
          maxWorkers: 3,
          include: ['test/{journeys,pages,load,doors,fuzz}/**/*.test.ts'],
          globalSetup: ['test/world/model.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      // It waits most of its time for parts that were killed.
      {
        oxc,
        test: { ...node, name: 'faults', include: ['test/faults/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
      },
      // Not in `npm test`: `npm run fuzz` runs it. A sample of it is a journey.
      { oxc, test: { ...node, name: 'fuzz', include: ['test/fuzz/run.ts'] } },
      {
        oxc,
        test: {
          ...node,
          name: 'prove',
          include: ['test/prove/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
