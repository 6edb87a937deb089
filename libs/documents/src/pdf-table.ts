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
/** Lines of a long text that go to the page of the signature. */
const LINES_WITH_SIGNATURE = 4
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
  texts: readonly string[]
  /** 0: as high as its text. */
  height: number
  /** With the one before: no line between. */
  isGoingOn: boolean
}

const perLineOf = ({ columns }: Printed, { width: whole, size, padding }: Page): number[] =>
  columns.map(({ width }) => Math.max(1, Math.floor((width * whole - 2 * padding - 1) / (size * 0.62))))

/** Lines for the pen stay with the caption that they are for, a few short rows together. */
const isKept = ({ rows, pen = 0, isToSign }: Printed, lines: number): boolean =>
  (rows.length === 0 && pen > 0 && pen < MOST_PENS_KEPT) ||
  (rows.length > 0 && rows.length <= (isToSign ? MOST_PENS_KEPT - 1 : MOST_ROWS_KEPT) && lines <= MOST_LINES)

/** Stands on one page as a whole. */
export const standsWhole = (printed: Printed, page: Page): boolean => isKept(printed, rowsOf(printed, perLineOf(printed, page)).lines)

/** One table; where it is broken before a signature, its last rows begin a page under the same captions. Short ones go there whole. */
export function tables(printed: Printed, page: Page, isBroken: boolean): Content[] {
  const { caption, columns, hasHead, isFirstBold, fill } = printed
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
  const perLine = perLineOf(printed, page)
  const { made, lines } = rowsOf(printed, perLine)
  const isWhole = isKept(printed, lines)
  const cell = (text: string, at: number): TableCell => ({
    text,
    bold: isFirstBold === true && at === 0,
    ...(fill ? { fillColor: `#${fill}` } : {}),
  })
  const table = (part: readonly Row[]): Content => ({
    ...(isWhole && { unbreakable: true }),
    table: {
      widths,
      headerRows,
      keepWithHeaderRows: headerRows > 0 ? 1 : 0,
      dontBreakRows: true,
      heights: (row) => part[row - headerRows]?.height || 'auto',
      body: [...head(), ...part.map(({ texts }) => texts.map(cell))],
    },
    layout: framed(padding, new Set(part.flatMap(({ isGoingOn }, n) => (isGoingOn && n > 0 ? [headerRows + n] : [])))),
  })
  if (!isBroken) return [table(made)]
  const all = withShortEnd(made, perLine)
  const kept = heightOf(all.at(-1)!, perLine) > ROWS_WITH_SIGNATURE ? 1 : ROWS_WITH_SIGNATURE
  const stay = isWhole && all === made ? 0 : Math.max(all.length - kept, Math.min(1, all.length - 1))
  return [...(stay > 0 ? [table(all.slice(0, stay))] : []), { stack: [table(all.slice(stay))], pageBreak: 'before' }]
}

const heightOf = ({ texts }: Row, perLine: readonly number[]): number => Math.max(...texts.map((text, at) => linesIn(text, perLine[at]!)))

/** A long last row as two, so that a few lines of it can begin a page and the others stay. */
function withShortEnd(rows: readonly Row[], perLine: readonly number[]): readonly Row[] {
  const last = rows.at(-1)!
  const lines = heightOf(last, perLine)
  if (lines <= 3 * LINES_WITH_SIGNATURE) return rows
  const cut = last.texts.map((text, at) => piecesOf(text, lines - LINES_WITH_SIGNATURE, perLine[at]!))
  return [
    ...rows.slice(0, -1),
    { ...last, texts: cut.map(([first]) => first!) },
    { texts: cut.map(([, ...others]) => others.join('\n')), height: 0, isGoingOn: true },
  ]
}

/** `lines`: how many the rows take at the most, without those for the pen. */
function rowsOf({ columns, rows, pen = 0, rowPens, hasHead, isToSign }: Printed, perLine: readonly number[]) {
  const made: Row[] = []
  let lines = 0
  const put = (texts: readonly string[], isGoingOn: boolean, height: number) => made.push({ texts, height, isGoingOn })
  for (const [n, row] of rows.entries()) {
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
