import { endOfDay } from '@tirek/procedure/time'
import { expect, test } from 'vitest'
import { ageText } from '@tirek/contract/ages'
import { dayTitle, dueWords, endOfWeek, fromLocalInput, localInput, momentText, shortDay } from './when.ts'

// Wednesday 25 November 2026, 10:00 in Almaty.
const NOW = Date.UTC(2026, 10, 25, 5)
const onDay = (dueDay: string) => ({ dueDay, due: endOfDay(dueDay) })

test('days are written as each language writes them', () => {
  expect(dayTitle('2026-11-25', 'ru')).toBe('Среда, 25 ноября')
  expect(dayTitle('2026-11-25', 'kk')).toBe('25 қараша, сәрсенбі')
  expect(dayTitle('2026-11-25', 'en')).toBe('Wednesday, 25 November')
  expect(shortDay('2027-05-12', 'ru', '2026-11-25')).toBe('12 мая 2027')
  expect(momentText(Date.UTC(2026, 10, 23, 11, 20), 'ru', '2026-11-25')).toBe('23 ноября 16:20')
})

test.each([
  ['2026-11-23', 'ru', 'просрочено на 2 дня', 'late'],
  ['2026-11-20', 'ru', 'просрочено на 5 дней', 'late'],
  ['2026-11-24', 'ru', 'просрочено на 1 день', 'late'],
  ['2026-11-24', 'kk', '1 күн кешікті', 'late'],
  ['2026-11-24', 'en', '1 day overdue', 'late'],
  ['2026-11-25', 'ru', 'сегодня', 'soon'],
  ['2026-11-26', 'kk', 'ертең', 'soon'],
  ['2026-11-27', 'ru', 'пт, 27 ноября', 'plain'],
] as const)('due %s in %s: %s', (day, lang, text, tone) => {
  expect(dueWords(onDay(day), NOW, lang)).toEqual({ text, tone })
})

test('an hour is late only after its due instant', () => {
  expect(dueWords({ due: NOW }, NOW, 'ru').tone).toBe('soon')
  expect(dueWords({ due: NOW - 1 }, NOW, 'ru')).toEqual({ text: 'просрочено', tone: 'late' })
})

test('the week ends on Sunday', () => {
  expect(endOfWeek('2026-11-25')).toBe('2026-11-29')
  expect(endOfWeek('2026-11-29')).toBe('2026-11-29')
})

test('typed local times are Almaty times, before and after the clocks changed', () => {
  expect(fromLocalInput('2026-11-25T10:00')).toBe(NOW)
  expect(localInput(NOW)).toBe('2026-11-25T10:00')
  expect(fromLocalInput('2024-02-01T10:00')).toBe(Date.UTC(2024, 1, 1, 4))
  expect(fromLocalInput('2026-11-25')).toBeUndefined()
  expect(fromLocalInput('')).toBeUndefined()
})

test.each([
  ['2023-09-25', 'ru', '3 года 2 мес.'],
  ['2026-11-20', 'ru', '0 мес.'],
  ['2026-05-26', 'ru', '5 мес.'],
  ['2021-11-25', 'ru', '5 лет'],
  ['2024-11-25', 'kk', '2 жас'],
  ['2025-11-01', 'en', '1 year'],
] as const)('born %s (%s): %s', (born, lang, text) => {
  expect(ageText(born, '2026-11-25', lang)).toBe(text)
})
