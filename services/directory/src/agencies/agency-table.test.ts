import type { Agency } from '@tirek/contract/agencies'
import { AGENCY_KINDS } from '@tirek/contract/agency-codes'
import { csvOf } from '@tirek/platform/csv'
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { agencyCells, CAPTIONS, MOST_LINES, readAgencies } from './agency-table.ts'

const HEAD = 'Вид;Территория;Ведомство;Служба;Контактное лицо;Эл. почта;Телефон;Язык писем'
const read = (...lines: string[]) => readAgencies([HEAD, ...lines].join('\r\n'), 'ru')

test('columns by their names in any language and order, kinds by any of their names, phones as people type them', () => {
  for (const table of [
    `${HEAD}\nполиция;Тараз;Отдел полиции;ювенальная;Инспектор;i@police.example;8 701 234 56 78;қазақша`,
    'phone,name,kind,territory,contact,email,lang,service\n+77012345678,Отдел полиции,police,Тараз,Инспектор,i@police.example,kk,ювенальная',
    '\uFEFFТүрі\tАумақ\tВедомство\tҚызмет\tБайланыс тұлғасы\tЭл. пошта\tТелефон\tХат тілі\nПОЛИЦИЯ\tТараз\tОтдел полиции\tювенальная\tИнспектор\ti@police.example\t77012345678\tkk',
  ]) {
    const { lines, errors } = readAgencies(table, 'ru')
    expect(errors).toEqual([])
    expect(lines).toEqual([
      {
        line: 2,
        kind: 'police',
        territory: 'Тараз',
        name: 'Отдел полиции',
        service: 'ювенальная',
        contact: 'Инспектор',
        email: 'i@police.example',
        phone: '+77012345678',
        lang: 'kk',
        files: false,
      },
    ])
  }
})

test('each wrong cell is named by line and column in the language of the person, and says what to do', () => {
  const { lines, errors } = read(
    'полиция;Тараз;Отдел;;Инспектор;i@police.example;;',
    'луна;Тараз;Отдел;;Инспектор;не почта;12;',
    'суд;;Суд;;;;;',
    'суд;Тараз;Суд;;;s@court.example;;',
  )
  expect(lines).toEqual([])
  expect(errors.map(({ pointer, caption }) => [pointer, caption])).toEqual([
    ['/3/kind', 'Строка 3, Вид'],
    ['/3/email', 'Строка 3, Эл. почта'],
    ['/3/phone', 'Строка 3, Телефон'],
    ['/4/territory', 'Строка 4, Территория'],
    ['/5/contact', 'Строка 5, Контактное лицо'],
  ])
  expect(errors[0]!.message).toBe('Выберите одно из предложенного.')
  expect(readAgencies(`${HEAD}\nлуна;Т;О`, 'kk').errors[0]).toMatchObject({
    caption: '2-жол, Түрі',
    message: 'Ұсынылғандардың бірін таңдаңыз.',
  })
  expect(readAgencies(`${HEAD}\nлуна;Т;О`, 'en').errors[0]).toMatchObject({ caption: 'Line 2, Kind' })
})

test('lines are counted as an editor counts them, quoted line breaks and empty lines too', () => {
  const { errors } = read('полиция;Тараз;"Отдел\nполиции";;;;;', '', ';;;;;;;', 'луна;Тараз;Отдел;;;;;')
  expect(errors.map(({ pointer }) => pointer)).toEqual(['/6/kind'])
})

test.each([
  ['Вид;Территория\nполиция;Т', '/1/name', 'column-missing'],
  ['Вид;Территория;Ведомство;Цвет\nполиция;Т;О;синий', '/1', 'column-unknown'],
  ['Вид;Территория;Ведомство;Вид\nполиция;Т;О;суд', '/1/kind', 'twice'],
  [`${HEAD}\nполиция;Т;О;;;;;;лишнее`, '/2', 'cells-too-many'],
  [`${HEAD}\nполиция;Т;"О;;;;;`, '/2', 'quote-open'],
  [HEAD, '/1', 'table-empty'],
  ['\n\n', '/1', 'table-empty'],
  [`${HEAD}\nполиция;Т;О;a;И;x@a.example;;\nполиция;Т;О;b;К;y@a.example;;`, '/3/service', 'unlike-line'],
  [`${HEAD}\nполиция;Т;О;;И;x@a.example;;\nполиция;Т;О;;К;X@a.example;;`, '/3/email', 'twice'],
  [`${HEAD}\n${'полиция;Т;О;;;;;\n'.repeat(MOST_LINES + 1)}`, `/${MOST_LINES + 2}`, 'lines-too-many'],
])('%#: a table that does not hold together says where', (table, pointer, code) => {
  expect(readAgencies(table, 'ru')).toMatchObject({ lines: [], errors: [{ pointer, code }] })
})

test('whatever bytes come in, it answers with lines or with what is wrong, never with a fault', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: fc.constantFrom('"', ';', ',', '\n', '\r', 'а', '=', ' ', '\t', '\uFEFF'), maxLength: 200 }),
  )
  fc.assert(
    fc.property(text, fc.boolean(), (typed, withHead) => {
      const { lines, errors } = readAgencies(withHead ? `${HEAD}\n${typed}` : typed, 'ru')
      expect(lines.length > 0).toBe(errors.length === 0)
    }),
    { numRuns: 1_000 },
  )
})

test('what is exported is read back as it was, in every language, formulas harmless on the way', () => {
  const line = fc
    .string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ';', ',', ' ', 'a', 'ә', 'Қ'), minLength: 1, maxLength: 20 })
    .map((text) => text.trim())
    .filter((text) => text !== '' && !text.includes("'"))
  const agencies = fc.uniqueArray(
    fc.record({
      kind: fc.constantFrom(...(Object.keys(AGENCY_KINDS) as Agency['kind'][])),
      territory: line,
      name: line,
      service: fc.option(line),
      contact: line,
    }),
    { minLength: 1, maxLength: 5, selector: ({ name }) => name.toLowerCase() },
  )
  fc.assert(
    fc.property(agencies, fc.constantFrom('ru' as const, 'kk' as const, 'en' as const), (made, lang) => {
      const book: Agency[] = made.map(({ contact, ...agency }) => ({
        ...agency,
        id: randomUUID(),
        powers: null,
        contacts: [
          {
            id: randomUUID(),
            name: contact,
            position: null,
            email: 'a@b.example',
            phone: '+77012345678',
            lang: 'kk',
            mayReceiveFiles: true,
            markedBy: null,
            markedAt: null,
          },
        ],
      }))
      const { columns, rows } = agencyCells(book, lang)
      const csv = csvOf(columns, rows, lang === 'en' ? ',' : ';')
      for (const cell of csv.slice(1).split(/[;,\r\n]+/)) expect(cell).not.toMatch(/^"?[=+\-@]/)
      const { lines, errors } = readAgencies(csv, 'ru')
      expect(errors).toEqual([])
      expect(
        lines.map(({ kind, territory, name, service, contact, phone, files }) => [
          kind,
          territory,
          name,
          service ?? null,
          contact,
          phone,
          files,
        ]),
      ).toEqual(made.map(({ kind, territory, name, service, contact }) => [kind, territory, name, service, contact, '+77012345678', true]))
    }),
    { numRuns: 300 },
  )
})

test('every column has its caption in three languages, none twice', () => {
  for (const lang of ['ru', 'kk', 'en'] as const) {
    const captions = Object.values(CAPTIONS).map((said) => said[lang])
    expect(new Set(captions).size).toBe(captions.length)
    expect(captions.every((caption) => caption.length > 1)).toBe(true)
  }
})
