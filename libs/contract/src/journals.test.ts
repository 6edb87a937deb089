import { expect, test } from 'vitest'
import { JOURNAL_ROWS } from './examples/examples.ts'
import { JournalEntryForms } from './forms/journals.ts'
import {
  captionsOf,
  cellsOf,
  JOURNAL_NAMES,
  JOURNALS,
  kindsOf,
  officialCaptionsOf,
  rowOf,
  sheetRowOf,
  textOf,
  type JournalItem,
} from './journals.ts'

const item = (day: string, entry: Record<string, unknown>): JournalItem => ({
  id: 'one',
  n: 7,
  at: Date.parse(`${day}T23:30:00+05:00`),
  by: 'x',
  withdrawn: false,
  entry,
})
const nameOf = (person: string) => (person === 'x' ? 'Айгуль Ермекова' : '')

test('every field of a journal kept by hand is a column, and every code is said in words', () => {
  for (const name of Object.keys(JournalEntryForms) as (keyof typeof JournalEntryForms)[]) {
    const { happenedAt: _, ...fields } = JournalEntryForms[name].shape
    expect(JOURNALS[name].columns.map(({ key }) => key).toSorted()).toEqual(Object.keys(fields).toSorted())
    const cells = rowOf(name, item('2026-11-24', JOURNAL_ROWS[name]), 'ru', nameOf)
    JOURNALS[name].columns.forEach((column, n) => 'labels' in column && expect.soft(cells[n + 2], column.key).toMatch(/[а-я]/))
  }
})

test('each line has a cell under each caption, in every language', () => {
  for (const name of JOURNAL_NAMES)
    for (const lang of ['ru', 'kk', 'en'] as const) {
      const captions = captionsOf(name, lang)
      expect(rowOf(name, item('2026-11-24', {}), lang, nameOf)).toHaveLength(captions.length)
      expect(new Set(captions).size, name).toBe(captions.length)
    }
  expect(captionsOf('visitors', 'ru').slice(0, 3)).toEqual(['№', 'Дата', 'Посетитель'])
  expect(officialCaptionsOf('visitors', 'ru')).toEqual(captionsOf('visitors', 'ru'))
  expect(officialCaptionsOf('visitors', 'kk').slice(0, 3)).toEqual(['№', 'Дата / Күні', 'Посетитель / Келуші'])
  expect(cellsOf('groups', item('2026-11-24', { kind: 'club' }), 'ru')[1]).toBe('клуб')
  expect(captionsOf('files', 'ru').slice(0, 3)).toEqual(['№ дела', 'Обращение', 'Ребенок'])
})

test('a day is a day for a spreadsheet and is said as papers say it; half past eleven in the evening is still that day', () => {
  const entry = item('2026-11-24', { answerBy: '2026-12-01', subject: '=1+1' })
  expect(sheetRowOf('requests', entry, 'ru', nameOf)).toEqual([
    { text: '7' },
    { day: '2026-11-24' },
    { text: '' },
    { text: '' },
    { text: '' },
    { text: '' },
    { text: '=1+1' },
    { day: '2026-12-01' },
    { text: '' },
    { text: 'Айгуль Ермекова' },
  ])
  expect(rowOf('requests', { ...entry, withdrawn: true }, 'ru', nameOf).filter((cell) => cell !== '')).toEqual([
    '7',
    '24.11.2026',
    '=1+1',
    '01.12.2026',
    'Айгуль Ермекова (внесено ошибочно)',
  ])
})

test('people and days are said as papers say them', () => {
  expect(textOf({ notNamed: true, status: 'соседка' }, 'ru')).toBe('не назвался, соседка')
  expect(textOf({ name: 'Мирас', birthDate: '2024-02-01', age: { n: 2, unit: 'years' } }, 'ru')).toBe('Мирас, 01.02.2024, 2')
  expect(textOf('2026-11-24T10:00:00+05:00', 'kk')).toBe('24.11.2026 10:00')
  expect(textOf(['a', 'b'], 'en')).toBe('a, b')
  expect(textOf(undefined, 'en')).toBe('')
})

test('what a journal is filtered by are codes of one of its columns', () => {
  expect(kindsOf('visitors')).toMatchObject({ key: 'help', labels: { advice: { ru: 'консультация' } } })
  expect(kindsOf('protocols')).toBeUndefined()
  for (const name of JOURNAL_NAMES) if ('kind' in JOURNALS[name]) expect(kindsOf(name), name).toBeDefined()
})
