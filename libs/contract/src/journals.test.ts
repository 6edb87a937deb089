import { JOURNAL_ROWS } from './examples/examples.ts'
import { JournalEntryForms } from './forms/journals.ts'
import { expect, test } from 'vitest'
import { cellsOf, entriesThat, JOURNALS, textOf, type JournalItem, type JournalName } from './journals.ts'

const item = (n: number, day: string, entry: Record<string, unknown>): JournalItem => ({
  n,
  at: Date.parse(`${day}T23:30:00+05:00`),
  by: 'x',
  withdrawn: false,
  entry,
})

test('every field of a journal kept by hand is a column, and every code is said in words', () => {
  for (const name of Object.keys(JournalEntryForms) as (keyof typeof JournalEntryForms)[]) {
    const { happenedAt: _, ...fields } = JournalEntryForms[name].shape
    expect(JOURNALS[name].columns.map(({ key }) => key).toSorted()).toEqual(Object.keys(fields).toSorted())
    const cells = cellsOf(name, item(1, '2026-11-24', JOURNAL_ROWS[name]), 'ru')
    JOURNALS[name].columns.forEach((column, n) => 'labels' in column && expect.soft(cells[n], column.key).toMatch(/[а-я]/))
  }
})

test('people and days are said as papers say them', () => {
  expect(textOf({ notNamed: true, status: 'соседка' }, 'ru')).toBe('не назвался, соседка')
  expect(textOf({ name: 'Мирас', birthDate: '2024-02-01', age: { n: 2, unit: 'years' } }, 'ru')).toBe('Мирас, 01.02.2024, 2')
  expect(textOf('2026-11-24T10:00:00+05:00', 'kk')).toBe('24.11.2026 10:00')
  expect(textOf(['a', 'b'], 'en')).toBe('a, b')
  expect(textOf(undefined, 'en')).toBe('')
})

test('entries are found by their words and their local day, the newest first', () => {
  const items = [item(1, '2026-11-01', { visitor: 'Роза Ахметова' }), item(2, '2026-11-02', { visitor: 'Анна', level: 'low' })]
  const found = (text: string, from = '', to = '', name: JournalName = 'visitors') =>
    entriesThat(name, items, { text, from, to }, 'ru').map(({ n }) => n)
  expect(found('')).toEqual([2, 1])
  expect(found('рОЗА')).toEqual([1])
  // By what is shown, not by the code.
  expect(found('низкая')).toEqual([2])
  // Half past eleven in the evening is still that day.
  expect(found('', '2026-11-02')).toEqual([2])
  expect(found('', '', '2026-11-01')).toEqual([1])
  expect(found('', '2026-11-03')).toEqual([])
})
