/** Prints a sheet as PDF: A4, DejaVu Sans (Kazakh letters and ₸), tables whose captions repeat and whose rows do not split. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Content } from 'pdfmake'
import type { Block } from '@tirek/contract/prints'
import { loneAmong, spaced, withEnds, type Ends } from './pdf-signatures.ts'
import { GREY, MOST_ROWS_KEPT, picture, standsWhole, tables, type Page } from './pdf-table.ts'
import { isSigned, printedOf, type Sheet } from './sheet.ts'

/** Points. Left more: the sheet is filed. */
const MARGINS: [number, number, number, number] = [71, 48, 42, 54]
const PORTRAIT: Page = { width: 595.28 - MARGINS[0] - MARGINS[2], height: 841.89 - MARGINS[1] - MARGINS[3], size: 9.5, padding: 4 }
/** A journal is filed by its long side: more columns, smaller letters. */
const LANDSCAPE_MARGINS: [number, number, number, number] = [36, 56, 36, 46]
const LANDSCAPE: Page = {
  width: 841.89 - LANDSCAPE_MARGINS[0] - LANDSCAPE_MARGINS[2],
  height: 595.28 - LANDSCAPE_MARGINS[1] - LANDSCAPE_MARGINS[3],
  size: 7,
  padding: 2.5,
}
const LARGE = 12
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
  // Where a signature would begin a page, what is before it goes there too: it takes a layout to see that. No block is broken twice, so this ends.
  const broken = new Set<number>()
  const page = pageOf(sheet)
  const signed = sheet.blocks.map((block) => block.kind !== 'picture' && isSigned(block) && standsWhole(printedOf(block), page))
  for (;;) {
    const ends: Ends = new Map()
    // oxlint-disable-next-line no-await-in-loop -- each layout follows from the one before
    const pdf = await laidOut(sheet, page, signed, broken, ends)
    const lone = loneAmong(sheet.blocks, signed, ends).find((block) => !broken.has(block))
    if (lone === undefined) return pdf
    broken.add(lone)
  }
}

/** A drawing with its tables is read as a page is, not as a journal. */
const pageOf = ({ drawings, isLandscape, isLarge }: Sheet): Page =>
  drawings ? { ...LANDSCAPE, size: PORTRAIT.size } : isLandscape ? LANDSCAPE : isLarge ? { ...PORTRAIT, size: LARGE } : PORTRAIT

async function laidOut(sheet: Sheet, page: Page, signed: readonly boolean[], broken: ReadonlySet<number>, ends: Ends): Promise<Buffer> {
  const pdfmake = await prepare()
  const margins = sheet.isLandscape ? LANDSCAPE_MARGINS : MARGINS
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
      pageBreakBefore: ({ headlineLevel, startPosition: { pageNumber, top }, pages }) => {
        if (headlineLevel !== undefined) ends.set(headlineLevel, { page: pageNumber, isTop: pageNumber > 1 && top <= margins[1], pages })
        return false
      },
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
        ...headed(sheet.blocks, page, signed, broken),
      ],
    })
    .getBuffer()
}

/** A notice is the heading of what comes after it: both stand on one page, where that is short. */
function headed(blocks: readonly Block[], page: Page, signed: readonly boolean[], broken: ReadonlySet<number>): Content[] {
  const drawn = (n: number, isBroken = broken.has(n)): Content[] => {
    const block = blocks[n]!
    return block.kind === 'picture' ? [picture(block, page)] : tables(printedOf(block), page, isBroken)
  }
  const isShort = (of: Block | undefined) => of?.kind === 'facts' && of.rows.length <= MOST_ROWS_KEPT
  return blocks.flatMap((block, n): Content[] => {
    if (block.kind === 'notice' && isShort(blocks[n + 1])) {
      const stack = [...drawn(n), ...spaced(drawn(n + 1, false))]
      return withEnds(signed, n, [{ unbreakable: true, stack, ...(broken.has(n + 1) && { pageBreak: 'before' }) }])
    }
    return blocks[n - 1]?.kind === 'notice' && isShort(block) ? [] : withEnds(signed, n, drawn(n))
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
