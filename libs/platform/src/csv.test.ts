import fc from 'fast-check'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { asAttachment, csvOf, csvStream, safeFileName, type Cell } from './csv.ts'
import { harmless, unguarded } from './harmless.ts'

/** Reads as spreadsheets do: a quoted cell, then whatever stands before the next separator. */
function read(text: string, separator: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let isQuoted = false
  let isFresh = true
  const source = text.replace(/^\uFEFF/, '')
  for (let i = 0; i < source.length; i++) {
    const sign = source[i]!
    if (isQuoted && sign === '"' && source[i + 1] === '"') cell += source[i++]
    else if (isQuoted && sign === '"') isQuoted = false
    else if (isQuoted) cell += sign
    else if (sign === '"' && isFresh) isQuoted = true
    else if (sign === separator || sign === '\n' || (sign === '\r' && source[i + 1] === '\n')) {
      rows.at(-1)!.push(cell)
      cell = ''
      if (sign !== separator) rows.push([])
      if (sign === '\r') i++
    } else cell += sign
    isFresh = cell === '' && !isQuoted && (sign === separator || sign === '\n' || sign === '\r')
  }
  rows.at(-1)!.push(cell)
  return rows.filter((row) => row.length > 1 || row[0] !== '')
}
const isFormula = (cell: string) => /^["\s\p{Z}\p{C}]*[=+\-@]/u.test(cell.normalize('NFKC'))

test.each([
  ['=1+1', "'=1+1"],
  ['+77015550199', "'+77015550199"],
  ['-5', "'-5"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['  =1', "'  =1"],
  ['\t=1', "'\t'=1"],
  ['\rтекст', "'\rтекст"],
  ['＝1', "'＝1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠a', "'＠a"],
  ['⩵1', "'⩵1"],
  ['\u200B=1', "'\u200B=1"],
  ['\u00A0=1', "'\u00A0=1"],
  ['"=1', '\'"=1'],
  ['a;=1', "a;'=1"],
  ['a,""=1', 'a,\'""=1'],
  ['a\n=1', "a\n'=1"],
  ['a=1', 'a=1'],
  ['кв. 5-6', 'кв. 5-6'],
  ['Әсел «Қ»', 'Әсел «Қ»'],
  ['a\0b', 'a\uFFFDb'],
  ['', ''],
])('%j is written %j', (text, written) => {
  expect(harmless(text)).toBe(written)
})

test('numbers stay numbers, nothing stays empty', () => {
  expect(
    csvOf(
      ['a', 'b'],
      [
        [-5, null],
        [true, undefined],
        [Number.NaN, 'x"y'],
      ],
    ),
  ).toBe('\uFEFF"a";"b"\r\n"-5";""\r\n"true";""\r\n"";"x""y"\r\n')
})

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc
    .array(fc.constantFrom('=', '+', '-', '@', ';', ',', '\t', '\r', '\n', '"', "'", ' ', '＝', 'a', '\u200B', '\uFEFF', 'cmd|'), {
      maxLength: 12,
    })
    .map((all) => all.join('')),
)

test('no cell is a formula for a reader of any separator, and the right one gives the same number of cells', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(hostile, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(';', ',' as const),
      (rows, separator) => {
        const text = csvOf(['a', 'b', 'c'], rows, separator as ';' | ',')
        const right = read(text, separator)
        expect(right.slice(1)).toEqual(rows.map((row) => row.map(harmless)))
        for (const cell of right.flat()) expect(cell).not.toMatch(/^[\t\r\n]/)
        for (const other of [';', ',', '\t'])
          for (const cell of read(text, other).flat()) expect(isFormula(cell), JSON.stringify(cell)).toBe(false)
      },
    ),
    { numRuns: 2_000 },
  )
})

test('a stream gives the same bytes and stops with the error of its rows', async () => {
  const rows: Cell[][] = Array.from({ length: 3_000 }, (_, i) => [i, `=row ${i}`])
  async function* each() {
    yield* rows
  }
  expect((await buffer(csvStream(['n', 'text'], each()))).toString('utf8')).toBe(csvOf(['n', 'text'], rows))
  async function* broken(): AsyncGenerator<Cell[]> {
    yield [1]
    throw new Error('the database is away')
  }
  await expect(buffer(csvStream(['n'], broken()))).rejects.toThrow('the database is away')
})

test.each([
  ['Журнал 2026-11', 'csv', 'Журнал-2026-11.csv'],
  ['../../etc/passwd', 'csv', 'etc-passwd.csv'],
  ['C:\\x\\y', 'csv', 'C-x-y.csv'],
  ['NUL', 'csv', 'file-NUL.csv'],
  ['...', 'csv', 'file.csv'],
  ['a\u202Egpj', 'exe.csv', 'a-gpj.execsv'],
  ['a"; filename="b.exe', 'csv', 'a-filename-b-exe.csv'],
  ['a\r\nset-cookie: x', 'csv', 'a-set-cookie-x.csv'],
  ['ж'.repeat(300), 'csv', `${'ж'.repeat(100)}.csv`],
])('a file asked for as %j with ending %j is named %j', (stem, ending, name) => {
  expect(safeFileName(stem, ending)).toBe(name)
})

test('any name makes a header of one line that names one file', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (stem) => {
      const header = asAttachment(stem, 'csv')
      expect(header).toMatch(/^attachment; filename="?[^"\r\n\\/]+"?(; filename\*=UTF-8''[A-Za-z0-9%._-]+)?$/)
      new Headers({ 'content-disposition': header })
    }),
  )
})

test('a cell that was made harmless is read back as it was, and is made harmless the same way again', () => {
  for (const typed of ['=1+1', '+77015550199', 'a;-b', 'x\n@y', "д'Артаньян", "'просто", '\tтекст', ''])
    expect(unguarded(harmless(typed))).toBe(typed)
  const signs = fc.string({ unit: fc.constantFrom('=', '+', "'", '"', ';', ',', ' ', '\n', '\t', 'a', 'ә'), maxLength: 12 })
  fc.assert(
    fc.property(signs, (typed) => void expect(harmless(unguarded(harmless(typed)))).toBe(harmless(typed))),
    { numRuns: 2_000 },
  )
})
