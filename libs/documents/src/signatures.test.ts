/** A signature is never alone on a page: whoever signs sees what for, and a page that is lost is missed. */
import type { Block } from '@tirek/contract/prints'
import { expect, test } from 'vitest'
import { formSheets } from './examples/forms.fixture.ts'
import { dense, readDocx, readPdf } from './examples/reading.fixture.ts'
import { docxOf } from './docx.ts'
import { signatures, WORDS } from './forms/act-sheet.ts'
import { pdfOf } from './pdf.ts'
import { isSigned, type Sheet } from './sheet.ts'

/** Pages of a sheet that begin with one of its signatures. */
function lonePages(pdf: Buffer, sheet: Sheet): number[] {
  const { pages, placed } = readPdf(pdf)
  const captions = sheet.blocks.flatMap((block) => (block.kind === 'signatures' && isSigned(block) ? [dense(block.caption ?? '')] : []))
  return Array.from({ length: pages }, (_, n) => n + 1).filter((page) => {
    const text = dense(placed.filter((one) => one.page === page).map((one) => one.text).join('')) // prettier-ignore
    return page > 1 && captions.some((caption) => caption !== '' && text.startsWith(caption))
  })
}

const sheetOf = (blocks: Block[]): Sheet => ({ lang: 'ru', title: 'Лист', issuer: 'Емхана', heading: ['Лист'], createdAt: 0, blocks })
const SIGNED = signatures(WORDS.made, [], 'ru')
const TWICE = [SIGNED, signatures(WORDS.day, [], 'ru')]
const facts = (length: number): Block => ({
  kind: 'facts',
  rows: Array.from({ length }, (_, n) => ({ caption: `Строка №${n};`, text: 'да' })),
})
const pens = (pen: number): Block => ({ kind: 'texts', caption: 'Примечания', texts: [], pen })
const words = (length: number): Block => ({ kind: 'texts', caption: 'Текст', texts: [`${'слово '.repeat(length)}`], pen: 0 })

/** So long that somewhere on the way the signature no longer finds room on the page of what it is for. */
const LENGTHS = Array.from({ length: 7 }, (_, n) => 2 * n)
test.each<[string, (n: number) => Block[]]>([
  ['rows', (n) => [facts(30 + n), SIGNED]],
  ['lines for the pen', (n) => [pens(19 + n), SIGNED]],
  ['a few lines for the pen', (n) => [facts(24 + n), pens(4), SIGNED]],
  ['one long text', (n) => [facts(4), words(520 + n * 14), SIGNED]],
  ['a notice with its rows', (n) => [facts(28 + n), { kind: 'notice', texts: ['Кроме того'] }, facts(2), SIGNED]],
  ['two signatures', (n) => [facts(28 + n), ...TWICE]],
  ['a signature amid the sheet', (n) => [facts(30 + n), SIGNED, facts(3)]],
])('%s: the end stands on the page of the signature, and nothing is lost or said twice', async (_, blocksOf) => {
  const pages = new Set<number>()
  for (const n of LENGTHS) {
    const sheet = sheetOf(blocksOf(n))
    const pdf = await pdfOf(sheet)
    const read = readPdf(pdf)
    pages.add(read.pages)
    expect.soft(lonePages(pdf, sheet), `${n} more`).toEqual([])
    const text = dense(read.placed.map((one) => one.text).join(''))
    const said = sheet.blocks.flatMap((block) => (block.kind === 'texts' ? block.texts : [])).join('')
    expect.soft(text.match(/слово/g)?.length, `words of ${n} more`).toBe(said.match(/слово/g)?.length)
    const rows = sheet.blocks.flatMap((block) => (block.kind === 'facts' ? block.rows.map(({ caption }) => caption) : []))
    for (const row of rows) expect.soft(text.split(dense(row)).length - 1, row).toBe(rows.filter((one) => one === row).length)
    for (let page = 1; page <= read.pages; page++)
      expect.soft(read.placed.filter((one) => one.page === page).length, `page ${page} of ${n} more`).toBeGreaterThan(2)
  }
  // It did come to the foot of a page on the way.
  expect(pages.size).toBeGreaterThan(1)
})

test('no paper of the house ends with a signature alone', async () => {
  for (const [name, sheet] of Object.entries(formSheets())) expect.soft(lonePages(await pdfOf(sheet), sheet), name).toEqual([])
})

test('in a file for Word the last rows are kept with the signature', async () => {
  const { xml } = readDocx(await docxOf(sheetOf([facts(5), SIGNED])))
  const rows = [...xml.matchAll(/<w:tr[ >][\s\S]*?<\/w:tr>/g)].map(([row]) => row.includes('<w:keepNext/>'))
  // Five rows, then caption, head and line of the signature.
  expect(rows).toEqual([false, false, false, true, true, true, true, false])
})
