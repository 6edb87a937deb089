/** Prints a sheet as PDF: A4, DejaVu Sans (Kazakh letters and ₸), tables whose captions repeat and whose rows do not split. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pdfmake, { type Content, type CustomTableLayout, type TableCell } from 'pdfmake'
import { printedOf, type Printed, type Sheet } from './sheet.ts'
import { piecesOf } from './text.ts'

/** Points. Left more: the sheet is filed. */
const MARGINS: [number, number, number, number] = [71, 48, 42, 54]
const WIDTH = 595.28 - MARGINS[0] - MARGINS[2]
const SIZE = 9.5
const PADDING = 4
/** Of a line to write on by hand. */
const PEN = 24
/** Rows do not split, so none may be taller than a page: a longer text goes on in the next row. */
const MOST_LINES = 24
const GREY = '#666666'

const fontOf = (name: string) => readFileSync(fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}`)))
let isReady = false
function prepare(): void {
  if (isReady) return
  // The types of the package leave its files in memory out.
  const { virtualfs } = pdfmake as unknown as { virtualfs: { writeFileSync(name: string, bytes: Buffer): void } }
  for (const name of ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf']) virtualfs.writeFileSync(name, fontOf(name))
  pdfmake.setFonts({ DejaVu: { normal: 'DejaVuSans.ttf', bold: 'DejaVuSans-Bold.ttf' } })
  // Fonts lie in memory: nothing of what people typed can make it read a file or ask another server.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => false)
  isReady = true
}

/** Same sheet, same bytes. */
export async function pdfOf(sheet: Sheet): Promise<Buffer> {
  prepare()
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageMargins: MARGINS,
      language: sheet.lang,
      displayTitle: true,
      info: {
        title: sheet.title,
        author: sheet.issuer,
        creator: 'Tirek',
        producer: 'Tirek',
        creationDate: new Date(sheet.createdAt),
        modDate: new Date(sheet.createdAt),
      },
      defaultStyle: { font: 'DejaVu', fontSize: SIZE, lineHeight: 1.15 },
      footer: (page, pages) => ({
        margin: [MARGINS[0], 14, MARGINS[2], 0],
        fontSize: 8,
        color: GREY,
        columns: [
          { width: '*', text: sheet.title, noWrap: false },
          { width: 60, text: `${page} / ${pages}`, alignment: 'right' },
        ],
      }),
      content: [
        { text: sheet.issuer, alignment: 'center', color: GREY, margin: [0, 0, 0, 8] },
        ...sheet.heading.map((text, at): Content => ({
          text,
          alignment: 'center',
          bold: at === 0,
          fontSize: at === 0 ? 14 : 11,
          margin: [0, 0, 0, 2],
        })),
        { text: '', margin: [0, 0, 0, 6] },
        ...sheet.blocks.map((block) => table(printedOf(block))),
      ],
    })
    .getBuffer()
}

/** One line each on a page of its own, to be put over other pages. */
export function marksPdf(marks: readonly string[], createdAt: number): Promise<Buffer> {
  prepare()
  const at = new Date(createdAt)
  return pdfmake
    .createPdf({
      pageSize: { width: 320, height: 12 },
      pageMargins: 0,
      info: { creator: 'Tirek', producer: 'Tirek', creationDate: at, modDate: at },
      defaultStyle: { font: 'DejaVu', fontSize: 8, color: GREY, alignment: 'right' },
      content: marks.map((text, n): Content => ({ text, noWrap: true, ...(n > 0 && { pageBreak: 'before' }) })),
    })
    .getBuffer()
}

function table({ caption, columns, rows, pen = 0, hasHead, isFirstBold, isToSign, fill }: Printed): Content {
  // The lines between take their part: tables of one or of five columns end at the same edge.
  const lines = (0.5 * (columns.length + 1)) / columns.length
  const widths = columns.map(({ width }) => width * WIDTH - 2 * PADDING - lines)
  const body: TableCell[][] = []
  if (caption !== undefined)
    body.push([
      { text: caption, bold: true, colSpan: columns.length, fillColor: '#eeeeee' },
      ...columns.slice(1).map((): TableCell => ({ text: '' })),
    ])
  if (hasHead) body.push(columns.map(({ title }): TableCell => ({ text: title, fontSize: 8, color: GREY })))
  const headerRows = body.length
  /** Rows that go on with the one before. */
  const goingOn = new Set<number>()
  const heights: number[] = []
  const put = (cells: readonly string[], isGoingOn: boolean, height: number) => {
    if (isGoingOn) goingOn.add(body.length)
    heights[body.length] = height
    body.push(
      cells.map((text, at): TableCell => ({
        text,
        bold: isFirstBold === true && at === 0,
        ...(fill ? { fillColor: `#${fill}` } : {}),
      })),
    )
  }
  for (const row of rows) {
    const cells = row.map((text, at) => piecesOf(text, MOST_LINES, Math.max(1, Math.floor(widths[at]! / (SIZE * 0.62)))))
    const height = isToSign || row.some((text) => text === '' && !hasHead) ? PEN : 0
    for (let piece = 0; piece < Math.max(...cells.map((one) => one.length)); piece++)
      put(
        cells.map((one) => one[piece] ?? ''),
        piece > 0,
        piece === 0 ? height : 0,
      )
  }
  for (let line = 0; line < pen; line++)
    put(
      columns.map(() => ''),
      false,
      PEN,
    )
  const layout: CustomTableLayout = {
    hLineWidth: (line) => (goingOn.has(line) ? 0 : 0.5),
    vLineWidth: () => 0.5,
    hLineColor: () => GREY,
    vLineColor: () => GREY,
    paddingLeft: () => PADDING,
    paddingRight: () => PADDING,
    paddingTop: () => 3,
    paddingBottom: () => 3,
  }
  return {
    margin: [0, 0, 0, 7],
    table: {
      widths,
      headerRows,
      keepWithHeaderRows: headerRows > 0 ? 1 : 0,
      dontBreakRows: true,
      heights: (row) => heights[row] || 'auto',
      body,
    },
    layout,
  }
}
