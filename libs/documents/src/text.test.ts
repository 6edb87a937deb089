import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agenda } from './examples/protocols.fixture.ts'
import { dense, readPdf } from './examples/reading.fixture.ts'
import { agendaFileName, agendaPdf } from './agenda.ts'
import { fileNameOf } from './file-name.ts'
import { clean, piecesOf } from './text.ts'

test('a long text is cut into pieces that fit and lose nothing, whatever it is', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({ unit: fc.constantFrom('a', ' ', '\n', '😀'), maxLength: 300 }),
  )
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 2, max: 40 }), (typed, lines, perLine) => {
      const kept = clean(typed)
      const pieces = piecesOf(kept, lines, perLine)
      expect(dense(pieces.join(''))).toBe(dense(kept))
      for (const piece of pieces) {
        expect(piece.isWellFormed()).toBe(true)
        expect(piece.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / perLine)), 0)).toBeLessThanOrEqual(lines)
      }
    }),
    { numRuns: 500 },
  )
})

test('what cannot be kept is marked, what turns the reading round is taken out', () => {
  expect(clean('a\0b\x07c\uD800')).toBe('a\uFFFDb\uFFFDc\uFFFD')
  expect(clean('отчет\u202Efdp.exe')).toBe('отчетfdp.exe')
  expect(clean(' й\r\n\r\n\r\n\r\nx\ty ')).toBe('й\n\nx y')
})

test('a name of a file is one name, whatever its parts hold', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 120 }), { maxLength: 4 }), (parts) => {
      const name = fileNameOf(['Протокол', ...parts], 'pdf')
      expect(name).toMatch(/^[\p{L}\p{M}\p{N}№_-]+\.pdf$/u)
      expect([...name].length).toBeLessThanOrEqual(84)
    }),
  )
})

test('the agenda names the case by its number, and the place where to come', async () => {
  const { placed, pages } = readPdf(await agendaPdf(agenda))
  const text = dense(placed.map((one) => one.text).join(''))
  for (const said of [agenda.caseNumber, agenda.organisation, '25 ноября 2026 г., 10:00–11:30', ...agenda.items, ...agenda.invited])
    expect(text).toContain(dense(said))
  expect(text).toContain(`1/${pages}`)
  expect(agendaFileName(agenda)).toBe('Повестка_TRZ-2026-17_2026-11-25.pdf')
  expect(await agendaPdf(agenda)).toEqual(await agendaPdf(structuredClone(agenda)))
})
