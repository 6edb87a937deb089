import { expect, test } from 'vitest'
import { nameIn } from './api.ts'

test('a file keeps its name with the letters it has', () => {
  const russian = encodeURIComponent('Генограмма_ALM-2026-0017.pdf')
  expect(nameIn(`attachment; filename="_________.pdf"; filename*=UTF-8''${russian}`)).toBe('Генограмма_ALM-2026-0017.pdf')
  expect(nameIn('attachment; filename=Journal-of-visitors.csv')).toBe('Journal-of-visitors.csv')
  expect(nameIn(`attachment; filename="plain.pdf"; filename*=UTF-8''%E0%A4%A`)).toBe('plain.pdf')
  expect(nameIn('')).toBe('tirek')
})
