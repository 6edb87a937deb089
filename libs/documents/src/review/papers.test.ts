import { CLOSURE_CRITERIA } from '@tirek/contract/forms/criteria'
import { expect, test } from 'vitest'
import { boxesOf, dense, readDocx, readPdf } from '../examples/reading.fixture.ts'
import { crowdedReport, report, sheet, unsigned } from '../examples/reviews.fixture.ts'
import { reportFile, sheetFile } from './papers.ts'
import { reviewFileName } from './sheets.ts'
import { COLUMNS, REPORT_ROWS, SHEET_ROWS, WORDS } from './words.ts'

const pdfText = (bytes: Buffer) =>
  dense(
    readPdf(bytes)
      .placed.map(({ text }) => text)
      .join(''),
  )
const docxText = (bytes: Buffer) => dense(readDocx(bytes).text)
const both = async (make: (ending: 'pdf' | 'docx') => Promise<Buffer>) => [pdfText(await make('pdf')), docxText(await make('docx'))]

function inOrder(text: string, captions: readonly string[]) {
  let from = 0
  for (const caption of captions) {
    const at = text.indexOf(dense(caption), from)
    expect(at, caption).toBeGreaterThanOrEqual(from)
    from = at + 1
  }
}

test.each(['ru', 'kk', 'en'] as const)(
  'in %s the report holds its parts in their order, in both files, captions official and in the language',
  async (lang) => {
    for (const text of await both((ending) => reportFile({ ...report, lang }, ending))) {
      inOrder(
        text,
        Object.values(REPORT_ROWS).map((row) => row.ru),
      )
      if (lang !== 'ru') for (const row of Object.values(REPORT_ROWS)) expect(text).toContain(dense(`${row.ru} / ${row[lang]}`))
    }
  },
)

test('the report says each measure with its mark and effect, contacts against the norm, risk then and now, all six criteria', async () => {
  for (const text of await both((ending) => reportFile(report, ending))) {
    for (const said of [
      'Отчет к пересмотру плана № 2',
      'версия 3, с 12 ноября 2026 г. по 27 апреля 2027 г.',
      'Потребность: Доход семьи',
      'выполнено',
      'Помогло: да',
      'Пособие приходит с января',
      'Не пришла дважды',
      'состоялось: 11; попыток без встречи: 2; позже срока: 1; пропущено: 1',
      'тогда: высокий; сейчас: средний',
      'в расширенной семье',
      '43 250 ₸',
      'Продолжить с изменениями',
      'Оспанова Айгерім Болатқызы',
    ])
      expect(text, said).toContain(dense(said))
    expect(text.split('невыполнен').length - 1).toBeGreaterThanOrEqual(CLOSURE_CRITERIA.length - 2)
  }
})

test.each(['ru', 'kk', 'en'] as const)('in %s the sheet of the plan holds R1 to R4 of Appendix 4 and the five columns', async (lang) => {
  for (const text of await both((ending) => sheetFile({ ...sheet, lang }, ending))) {
    inOrder(text, [SHEET_ROWS.number.ru.replace('{n}', '2'), SHEET_ROWS.held.ru, SHEET_ROWS.measures.ru, SHEET_ROWS.signatures.ru])
    for (const column of Object.values(COLUMNS)) expect(text).toContain(dense(column[lang]))
    // Each of those who took part has a line to sign on, beside the list of who came.
    for (const name of sheet.present) expect(text.split(dense(name)).length - 1, name).toBe(2)
    expect(text).toContain(dense('Анасын дәрігерге жазу'))
  }
})

test('a sheet whose version is not signed yet says so and leaves room for the pen', async () => {
  for (const text of await both((ending) => sheetFile(unsigned, ending))) expect(text).toContain(dense(WORDS.unsigned.ru))
  for (const text of await both((ending) => sheetFile(sheet, ending))) expect(text).not.toContain(dense(WORDS.unsigned.kk))
})

test('same view, same bytes; another view, others', async () => {
  for (const ending of ['pdf', 'docx'] as const) {
    expect((await reportFile(report, ending)).equals(await reportFile(structuredClone(report), ending))).toBe(true)
    expect((await reportFile(report, ending)).equals(await reportFile({ ...report, number: 3 }, ending))).toBe(false)
    expect((await sheetFile(sheet, ending)).equals(await sheetFile(structuredClone(sheet), ending))).toBe(true)
  }
})

test('a hundred measures and the longest texts: all is printed and nothing leaves the page', async () => {
  const pdf = await reportFile(crowdedReport, 'pdf')
  const text = pdfText(pdf)
  for (const end of ['соңы-есеп', 'соңы-нәтиже']) expect(text).toContain(end)
  for (const { x, y } of readPdf(pdf).placed) {
    expect(x).toBeGreaterThanOrEqual(70)
    expect(y).toBeGreaterThanOrEqual(20)
  }
  const pages = boxesOf(pdf)
  if (!pages) return console.warn('The right edge of the words is NOT checked: pdftotext is not installed (apt-get install poppler-utils)')
  for (const { width, words } of pages) for (const word of words) expect(word.right, word.text).toBeLessThanOrEqual(width - 40)
})

test('no name of a person in the name of the file or in its properties', async () => {
  expect(reviewFileName('report', report, 'pdf')).toBe('Отчет-к-пересмотру-плана_№2_TRZ-2026-17_2027-04-27.pdf')
  expect(reviewFileName('sheet', sheet, 'docx')).toBe('Жоспарды-қайта-қарау-парағы_№2_TRZ-2026-17_2027-05-11.docx')
  expect(readPdf(await reportFile(report, 'pdf')).properties).not.toMatch(/Сейітқали|Оспанова/)
  expect(readDocx(await sheetFile(sheet, 'docx')).properties).not.toMatch(/Сейітқали|Ахметова/)
})
