/** Tables of a sheet as the printer of PDF takes them: captions repeat on each page, rows do not split. */
import type { Content, CustomTableLayout, TableCell } from 'pdfmake'
import { MOST_PENS_KEPT, PICTURE_WIDTH, ROWS_WITH_SIGNATURE, type Picture, type Printed } from './sheet.ts'
import { linesIn, piecesOf } from './text.ts'

/** Points. */
export type Page = { width: number; height: number; size: number; padding: number }
/** Of a line to write on by hand. */
const PEN = 24
/** So few short rows stand on one page: a signature with the name and the day that it is for. */
export const MOST_ROWS_KEPT = 4
/** Rows do not split, so none may be taller than a page: a longer text goes on in the next row. */
const MOST_LINES = 24
export const GREY = '#666666'

/** In the frame of the fields around it. */
export const picture = ({ caption, png, note }: Picture, { padding }: Page): Content => ({
  unbreakable: true,
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

type Row = {
  cells: TableCell[]
  /** 0: as high as its text. */ height: number
  /** With the one before: no line between. */ isGoingOn: boolean
}

/** One table; where it is broken before a signature, its last rows begin a page under the same captions. Short ones go there whole. */
export function tables(printed: Printed, page: Page, isBroken: boolean): Content[] {
  const { caption, columns, rows, pen = 0, hasHead, isToSign } = printed
  const { size, padding } = page
  // The lines between take their part: tables of one or of five columns end at the same edge.
  const between = (0.5 * (columns.length + 1)) / columns.length
  const widths = columns.map(({ width }) => width * page.width - 2 * padding - between)
  // Made for each part: the printer uses a cell up.
  const head = (): TableCell[][] => [
    ...(caption === undefined
      ? []
      : [[{ text: caption, bold: true, colSpan: columns.length, fillColor: '#eeeeee' }, ...columns.slice(1).map(() => ({ text: '' }))]]),
    ...(hasHead ? [columns.map(({ title }) => ({ text: title, fontSize: Math.min(8, size), color: GREY }))] : []),
  ]
  const headerRows = (caption === undefined ? 0 : 1) + (hasHead ? 1 : 0)
  const { made, lines } = rowsOf(printed, widths, size)
  // Lines for the pen stay with the caption that they are for.
  const isWhole =
    (rows.length === 0 && pen > 0 && pen < MOST_PENS_KEPT) ||
    (rows.length > 0 && rows.length <= (isToSign ? MOST_PENS_KEPT - 1 : MOST_ROWS_KEPT) && lines <= MOST_LINES)
  const table = (part: readonly Row[]): Content => ({
    ...(isWhole && { unbreakable: true }),
    table: {
      widths,
      headerRows,
      keepWithHeaderRows: headerRows > 0 ? 1 : 0,
      dontBreakRows: true,
      heights: (row) => part[row - headerRows]?.height || 'auto',
      body: [...head(), ...part.map(({ cells }) => cells)],
    },
    layout: framed(padding, new Set(part.flatMap(({ isGoingOn }, n) => (isGoingOn && n > 0 ? [headerRows + n] : [])))),
  })
  if (!isBroken) return [table(made)]
  const stay = isWhole ? 0 : Math.max(made.length - ROWS_WITH_SIGNATURE, Math.min(1, made.length - 1))
  return [...(stay > 0 ? [table(made.slice(0, stay))] : []), { stack: [table(made.slice(stay))], pageBreak: 'before' }]
}

/** `lines`: how many the rows take at the most, without those for the pen. */
function rowsOf(
  { columns, rows, pen = 0, rowPens, hasHead, isFirstBold, isToSign, fill }: Printed,
  widths: readonly number[],
  size: number,
) {
  const made: Row[] = []
  let lines = 0
  const put = (cells: readonly string[], isGoingOn: boolean, height: number) =>
    made.push({
      cells: cells.map((text, at): TableCell => ({
        text,
        bold: isFirstBold === true && at === 0,
        ...(fill ? { fillColor: `#${fill}` } : {}),
      })),
      height,
      isGoingOn,
    })
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
  return { made, lines }
}
