/** Prints a sheet as PDF: A4, DejaVu Sans (Kazakh letters and ₸), tables whose captions repeat and whose rows do not split. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Content, CustomTableLayout, TableCell } from 'pdfmake'
import type { Block } from '@tirek/contract/prints'
import { PICTURE_WIDTH, printedOf, type Picture, type Printed, type Sheet } from './sheet.ts'
import { linesIn, piecesOf } from './text.ts'

/** Points. Left more: the sheet is filed. */
const MARGINS: [number, number, number, number] = [71, 48, 42, 54]
const PORTRAIT = { width: 595.28 - MARGINS[0] - MARGINS[2], height: 841.89 - MARGINS[1] - MARGINS[3], size: 9.5, padding: 4 }
/** A journal is filed by its long side: more columns, smaller letters. */
const LANDSCAPE_MARGINS: [number, number, number, number] = [36, 56, 36, 46]
const LANDSCAPE = {
  width: 841.89 - LANDSCAPE_MARGINS[0] - LANDSCAPE_MARGINS[2],
  height: 595.28 - LANDSCAPE_MARGINS[1] - LANDSCAPE_MARGINS[3],
  size: 7,
  padding: 2.5,
}
type Page = typeof PORTRAIT
const LARGE = 12
/** Of a line to write on by hand. */
const PEN = 24
const MOST_PENS_KEPT = 10
/** So few short rows stand on one page: a signature with the name and the day that it is for. */
const MOST_ROWS_KEPT = 4
/** Rows do not split, so none may be taller than a page: a longer text goes on in the next row. */
const MOST_LINES = 24
const GREY = '#666666'
/** Where a name is written by hand. */
const BLANK = '_'.repeat(60)
type Around = [number, number, number, number]

const fileOf = (name: string) => fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}`))
let printer: ReturnType<typeof prepared> | undefined
/** Loaded with the first sheet: it and its fonts take time and memory that a service at rest does not have. */
const prepare = () => (printer ??= prepared())

async function prepared() {
  const { default: pdfmake } = await import('pdfmake')
  // The types of the package leave its files in memory out.
  const { virtualfs } = pdfmake as unknown as { virtualfs: { writeFileSync(name: string, bytes: Buffer): void } }
  // Named by their places: texts of drawings are set by those names past the files in memory.
  const DejaVu = { normal: fileOf('DejaVuSans.ttf'), bold: fileOf('DejaVuSans-Bold.ttf') }
  for (const file of Object.values(DejaVu)) virtualfs.writeFileSync(file, readFileSync(file))
  pdfmake.setFonts({ DejaVu })
  // Fonts lie in memory: nothing of what people typed can make it read a file or ask another server.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => false)
  return pdfmake
}

/** Same sheet, same bytes. */
export async function pdfOf(sheet: Sheet): Promise<Buffer> {
  const pdfmake = await prepare()
  const margins = sheet.isLandscape ? LANDSCAPE_MARGINS : MARGINS
  // A drawing with its tables is read as a page is, not as a journal.
  const page = sheet.drawings
    ? { ...LANDSCAPE, size: PORTRAIT.size }
    : sheet.isLandscape
      ? LANDSCAPE
      : sheet.isLarge
        ? { ...PORTRAIT, size: LARGE }
        : PORTRAIT
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageOrientation: sheet.isLandscape ? 'landscape' : 'portrait',
      pageMargins: margins,
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
      defaultStyle: { font: 'DejaVu', fontSize: page.size, lineHeight: 1.15 },
      footer: (number, pages) => ({
        margin: [margins[0], 14, margins[2], 0],
        fontSize: 8,
        color: GREY,
        columns: [
          { width: '*', text: sheet.title, noWrap: false },
          { width: 60, text: `${number} / ${pages}`, alignment: 'right' },
        ],
      }),
      content: [
        ...(sheet.appendix ? [{ text: sheet.appendix, alignment: 'right' as const, fontSize: 8, margin: [0, 0, 0, 6] as Around }] : []),
        { text: sheet.issuer === '' ? BLANK : sheet.issuer, alignment: 'center', color: GREY, margin: [0, 0, 0, 8] },
        ...sheet.heading.map((text, at): Content => ({
          text,
          alignment: 'center',
          bold: at === 0,
          fontSize: at === 0 ? 14 : 11,
          margin: [0, 0, 0, 2],
        })),
        { text: '', margin: [0, 0, 0, 6] },
        ...drawings(sheet, page),
        ...headed(sheet.blocks, page),
      ],
    })
    .getBuffer()
}

/** A notice is the heading of what comes after it: both stand on one page, where that is short. */
function headed(blocks: readonly Block[], page: Page): Content[] {
  const drawn = blocks.map((block) => (block.kind === 'picture' ? picture(block, page) : table(printedOf(block), page)))
  return drawn.flatMap((one, n): Content[] => {
    const [block, before, next] = [blocks[n]!, blocks[n - 1], blocks[n + 1]]
    const isShort = (of: Block | undefined) => of?.kind === 'facts' && of.rows.length <= MOST_ROWS_KEPT
    if (block.kind === 'notice' && isShort(next)) return [{ unbreakable: true, stack: [one, drawn[n + 1]!] }]
    return before?.kind === 'notice' && isShort(block) ? [] : [one]
  })
}

const PX = 0.75
/** What the heading leaves of a page at the most; what does not fit beside another goes to the next one. */
const drawings = ({ drawings: all = [], heading }: Sheet, { width, height }: Page): Content[] =>
  all.map(({ svg, ...size }) => ({
    svg,
    fit: [Math.min(width, size.width * PX), Math.min(height - 60 - heading.length * 16, size.height * PX)],
    alignment: 'center',
    margin: [0, 0, 0, 8],
  }))

/** One line each on a page of its own, to be put over other pages. */
export async function marksPdf(marks: readonly string[], createdAt: number): Promise<Buffer> {
  const pdfmake = await prepare()
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

/** In the frame of the fields around it. */
const picture = ({ caption, png, note }: Picture, { padding }: Page): Content => ({
  unbreakable: true,
  margin: [0, 0, 0, 6],
  table: {
    widths: ['*'],
    body: [
      [{ text: caption, bold: true, fillColor: '#eeeeee' }],
      [
        {
          stack: [
            { image: `data:image/png;base64,${png}`, width: PICTURE_WIDTH },
            { text: note, fontSize: 8, color: GREY },
          ],
        },
      ],
    ],
  },
  layout: framed(padding),
})

const framed = (padding: number, goingOn?: ReadonlySet<number>): CustomTableLayout => ({
  hLineWidth: (line) => (goingOn?.has(line) ? 0 : 0.5),
  vLineWidth: () => 0.5,
  hLineColor: () => GREY,
  vLineColor: () => GREY,
  paddingLeft: () => padding,
  paddingRight: () => padding,
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
})

function table(
  { caption, columns, rows, pen = 0, rowPens, hasHead, isFirstBold, isToSign, fill }: Printed,
  { width: whole, size, padding }: Page,
): Content {
  // The lines between take their part: tables of one or of five columns end at the same edge.
  const between = (0.5 * (columns.length + 1)) / columns.length
  const widths = columns.map(({ width }) => width * whole - 2 * padding - between)
  const body: TableCell[][] = []
  if (caption !== undefined)
    body.push([
      { text: caption, bold: true, colSpan: columns.length, fillColor: '#eeeeee' },
      ...columns.slice(1).map((): TableCell => ({ text: '' })),
    ])
  if (hasHead) body.push(columns.map(({ title }): TableCell => ({ text: title, fontSize: Math.min(8, size), color: GREY })))
  const headerRows = body.length
  /** Rows that go on with the one before. */
  const goingOn = new Set<number>()
  const heights: number[] = []
  let lines = 0
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
  for (const [n, row] of rows.entries()) {
    const perLine = row.map((_, at) => Math.max(1, Math.floor(widths[at]! / (size * 0.62))))
    const cells = row.map((text, at) => piecesOf(text, MOST_LINES, perLine[at]!))
    lines += Math.max(...row.map((text, at) => linesIn(text, perLine[at]!)))
    const height = isToSign || row.some((text) => text === '' && !hasHead) ? PEN * (rowPens?.[n] ?? 1) : 0
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
  return {
    margin: [0, 0, 0, 6],
    // Lines for the pen stay with the caption that they are for.
    ...(((rows.length === 0 && pen > 0 && pen < MOST_PENS_KEPT) ||
      (rows.length > 0 && rows.length <= MOST_ROWS_KEPT && lines <= MOST_LINES)) && {
      unbreakable: true,
    }),
    table: {
      widths,
      headerRows,
      keepWithHeaderRows: headerRows > 0 ? 1 : 0,
      dontBreakRows: true,
      heights: (row) => heights[row] || 'auto',
      body,
    },
    layout: framed(padding, goingOn),
  }
}
