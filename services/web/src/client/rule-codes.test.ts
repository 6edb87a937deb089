import { expect, test } from 'vitest'
import { joined } from './rule-codes.ts'
import { wordsOf } from './words.ts'

test.each([
  ['Пока закрыть нельзя (CP-60).', 'Пока закрыть нельзя (CP-\u206060).'],
  ['CP-23, RT-03', 'CP-\u206023, RT-\u206003'],
  // Once more changes nothing; neither does what is no code.
  ['CP-\u206060', 'CP-\u206060'],
  ['10-30, A4-2, PDF-', '10-30, A4-2, PDF-'],
])('%s', (text, whole) => expect(joined(text)).toBe(whole))

test('words of pages hold their codes together', () => {
  for (const lang of ['ru', 'kk', 'en'] as const)
    expect(Object.values(wordsOf(lang)).filter((text) => /\b[A-Z]{2}-\d/.test(text))).toEqual([])
})
