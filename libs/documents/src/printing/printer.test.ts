/** Threads that stand in for the printing one: each answers with its number, fails or hangs as the sheet says. */
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Sheet } from '../sheet.ts'
import { printerBy } from './printer.ts'

const entry = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads'
    parentPort.on('message', async ({ sheet }) => {
      if (sheet === 'fails') throw new Error('no such font')
      if (sheet === 'ends') process.exit(3)
      if (sheet !== 'hangs') parentPort.postMessage(new Uint8Array([threadId]))
    })`)}`,
)
const asked = (print: ReturnType<typeof printerBy>) => async (what: 'prints' | 'fails' | 'ends' | 'hangs') =>
  (await print(what as unknown as Sheet, 'pdf'))[0]

test('one thread prints one sheet after another, two at once, and ends when nobody asks', async () => {
  const print = asked(printerBy({ entry, idleMs: 200 }))
  const first = await print('prints')
  expect(await print('prints')).toBe(first)
  const both = await Promise.all([print('prints'), print('prints'), print('prints'), print('prints')])
  expect(new Set(both).size).toBe(2)
  expect(both).toContain(first)
  await pause(400)
  expect(both).not.toContain(await print('prints'))
})

test('a thread that is asked again before it ends is not ended by the pause before', async () => {
  const print = asked(printerBy({ entry, idleMs: 150, longestMs: 300 }))
  await print('prints')
  await pause(100)
  // Hangs past the end of that pause: given up by its own limit, not ended by the pause.
  await expect(print('hangs')).rejects.toThrow('took too long')
})

test('what goes wrong in a thread is told, ends it, and the next sheet is printed by another', async () => {
  const print = asked(printerBy({ entry, longestMs: 500 }))
  const first = await print('prints')
  await expect(print('fails')).rejects.toThrow('no such font')
  const second = await print('prints')
  expect(second).not.toBe(first)
  await expect(print('ends')).rejects.toThrow('the printing thread ended with 3')
  await expect(print('hangs')).rejects.toThrow('printing took too long')
  const third = await print('prints')
  expect([first, second]).not.toContain(third)
})
