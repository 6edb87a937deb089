/** Prints a sheet as DOCX: the same tables as the PDF, to be edited and signed on paper. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeightRule,
  ImageRun,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx'
import { isSigned, PICTURE_WIDTH, printedOf, ROWS_WITH_SIGNATURE, type Picture, type Printed, type Sheet } from './sheet.ts'
import { stamped } from './zip-time.ts'

/** Twentieths of a point, as Word counts. */
const MARGIN = { top: 960, right: 850, bottom: 1080, left: 1420 }
const PORTRAIT = { margin: MARGIN, width: 11_906 - MARGIN.left - MARGIN.right, size: 19 }
const LANDSCAPE_MARGIN = { top: 1120, right: 720, bottom: 920, left: 720 }
const LANDSCAPE = { margin: LANDSCAPE_MARGIN, width: 16_838 - LANDSCAPE_MARGIN.left - LANDSCAPE_MARGIN.right, size: 15 }
type Page = typeof PORTRAIT
const LARGE = 24
const PEN = 480
const GREY = '666666'
/** Where a name is written by hand. */
const BLANK = '_'.repeat(60)
/** A row of more characters than this may go on at the next page: it would not fit on one. */
const UNSPLIT = 1_200
const BORDER = { style: BorderStyle.SINGLE, size: 4, color: GREY }
const BORDERS = { top: BORDER, bottom: BORDER, left: BORDER, right: BORDER, insideHorizontal: BORDER, insideVertical: BORDER }

/** Same sheet, same bytes. */
export async function docxOf(sheet: Sheet): Promise<Buffer> {
  const page = sheet.isLandscape ? LANDSCAPE : sheet.isLarge ? { ...PORTRAIT, size: LARGE } : PORTRAIT
  const file = new Document({
    styles: { default: { document: { run: { font: 'DejaVu Sans', size: page.size, language: { value: wordLang[sheet.lang] } } } } },
    sections: [
      {
        properties: {
          // The library turns the two round for a landscape page.
          page: {
            size: { width: 11_906, height: 16_838, ...(sheet.isLandscape && { orientation: PageOrientation.LANDSCAPE }) },
            margin: page.margin,
          },
        },
        footers: { default: footer(sheet.title, page) },
        children: [
          ...(sheet.appendix ? [line(sheet.appendix, { size: 16, after: 120, alignment: AlignmentType.RIGHT })] : []),
          line(sheet.issuer === '' ? BLANK : sheet.issuer, { color: GREY, after: 160 }),
          ...sheet.heading.map((text, at) => line(text, { bold: at === 0, size: at === 0 ? 28 : 22, after: 40 })),
          new Paragraph({ spacing: { after: 80 }, children: [] }),
          ...sheet.blocks.flatMap((block, n) => {
            const isAbove = isSigned(sheet.blocks[n + 1])
            const kept = isSigned(block) ? Infinity : isAbove ? ROWS_WITH_SIGNATURE : 0
            return [
              ...(block.kind === 'picture' ? picture(block) : [table(printedOf(block), page, kept, isAbove)]),
              new Paragraph({ ...(isAbove && { keepNext: true }), spacing: { after: 60, line: 120 }, children: [] }),
            ]
          }),
        ],
      },
    ],
  })
  return stamped(await Packer.toBuffer(file, undefined, [{ path: 'docProps/core.xml', data: properties(sheet) }]), sheet.createdAt)
}

const wordLang = { ru: 'ru-RU', kk: 'kk-KZ', en: 'en-GB' } as const

type Looks = {
  color?: string
  bold?: boolean
  size?: number
  after: number
  alignment?: (typeof AlignmentType)[keyof typeof AlignmentType]
}
const line = (text: string, { color, bold, size, after, alignment = AlignmentType.CENTER }: Looks) =>
  new Paragraph({
    alignment,
    spacing: { after },
    children: [new TextRun({ text, ...(color ? { color } : {}), ...(bold ? { bold } : {}), ...(size ? { size } : {}) })],
  })

const footer = (title: string, { width }: Page) =>
  new Footer({
    children: [
      new Paragraph({
        tabStops: [{ type: TabStopType.RIGHT, position: width }],
        children: [
          new TextRun({ text: `${title}\t`, size: 16, color: GREY }),
          new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], size: 16, color: GREY }),
        ],
      }),
    ],
  })

/** Word counts the size of a picture in pixels, 96 to the inch. */
const picture = ({ caption, png, width, height, note }: Picture): Paragraph[] => {
  const wide = Math.round((PICTURE_WIDTH * 96) / 72)
  return [
    new Paragraph({ keepNext: true, children: [new TextRun({ text: caption, bold: true })] }),
    new Paragraph({
      keepNext: true,
      children: [
        new ImageRun({
          type: 'png',
          data: Buffer.from(png, 'base64'),
          transformation: { width: wide, height: Math.round((wide * height) / width) },
        }),
      ],
    }),
    new Paragraph({ children: [new TextRun({ text: note, size: 16, color: GREY })] }),
  ]
}

/** `kept`: of its last rows, that stay on one page; `isAbove`: with the signature that comes next. */
function table(
  { caption, columns, rows, pen = 0, rowPens, hasHead, isFirstBold, isToSign, fill }: Printed,
  { width: whole }: Page,
  kept: number,
  isAbove: boolean,
): Table {
  const widths = columns.map(({ width }) => Math.floor(width * whole))
  const shading = (color: string) => ({ shading: { type: ShadingType.CLEAR, fill: color, color: 'auto' } })
  const all = rows.length + pen
  const isKept = (n: number) => n >= all - kept && (isAbove || n < all - 1)
  const cell = (text: string, at: number, keepNext: boolean, run: { bold?: boolean; size?: number; color?: string } = {}) =>
    new TableCell({
      width: { size: widths[at]!, type: WidthType.DXA },
      ...(fill ? shading(fill) : {}),
      children: text
        .split('\n')
        .map((one) => new Paragraph({ ...(keepNext && { keepNext }), children: [new TextRun({ text: one, ...run })] })),
    })
  const row = (cells: TableCell[], length: number, height: number, tableHeader = false) =>
    new TableRow({
      tableHeader,
      cantSplit: length <= UNSPLIT,
      ...(height > 0 ? { height: { value: height, rule: HeightRule.ATLEAST } } : {}),
      children: cells,
    })
  const made: TableRow[] = []
  if (caption !== undefined)
    made.push(
      row(
        [
          new TableCell({
            columnSpan: columns.length,
            width: { size: whole, type: WidthType.DXA },
            ...shading('EEEEEE'),
            children: [new Paragraph({ keepNext: true, children: [new TextRun({ text: caption, bold: true })] })],
          }),
        ],
        0,
        0,
        true,
      ),
    )
  if (hasHead)
    made.push(
      row(
        columns.map(({ title }, at) => cell(title, at, kept > all, { size: 16, color: GREY })),
        0,
        0,
        true,
      ),
    )
  for (const [n, cells] of rows.entries())
    made.push(
      row(
        cells.map((text, at) => cell(text, at, isKept(n), isFirstBold && at === 0 ? { bold: true } : {})),
        Math.max(...cells.map((text) => text.length)),
        isToSign || cells.some((text) => text === '' && !hasHead) ? PEN * (rowPens?.[n] ?? 1) : 0,
      ),
    )
  for (let n = 0; n < pen; n++)
    made.push(
      row(
        columns.map((_, at) => cell('', at, isKept(rows.length + n))),
        0,
        PEN,
      ),
    )
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: whole, type: WidthType.DXA },
    columnWidths: widths,
    borders: BORDERS,
    margins: { top: 50, bottom: 50, left: 80, right: 80 },
    rows: made,
  })
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** In place of the library's own, whose times are those of the machine. */
function properties({ title, issuer, createdAt }: Sheet): string {
  const at = new Date(createdAt).toISOString().replace(/\.\d+Z$/, 'Z')
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" ' +
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(issuer)}</dc:creator>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified>` +
    '</cp:coreProperties>'
  )
}
