import { expect, test } from 'vitest'
import { tableText } from './table-text.ts'

const TABLE = 'Вид;Ведомство\nсуд;Суд'

test('a table is read as it was saved: UTF-8 with its mark or without, UTF-16, Windows Cyrillic', () => {
  expect(tableText(Buffer.from(TABLE))).toBe(TABLE)
  expect(tableText(Buffer.from(`\uFEFF${TABLE} Қә`))).toBe(`${TABLE} Қә`)
  expect(tableText(Buffer.from(`\uFEFF${TABLE} Қә`, 'utf16le'))).toBe(`${TABLE} Қә`)
  expect(tableText(Buffer.from(`\uFEFF${TABLE}`, 'utf16le').swap16())).toBe(TABLE)
  expect(tableText(Uint8Array.from([0xc2, 0xe8, 0xe4, 0x3b, 0xf1, 0xf3, 0xe4]))).toBe('Вид;суд')
})

test('a workbook or a picture is no table', () => {
  expect(tableText(Buffer.from('PK\x03\x04rest'))).toBeUndefined()
  expect(tableText(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0x98]))).toBeUndefined()
})
