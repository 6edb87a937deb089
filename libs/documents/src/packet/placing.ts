/** Pages of any size and turn on A4, with room for the packet's own page number at the head. */
import {
  clip,
  concatTransformationMatrix,
  degrees,
  endPath,
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  type PDFEmbeddedPage,
  type PDFPage,
} from '@cantoo/pdf-lib'

const A4 = { short: 595.28, long: 841.89 }
/** Points at the head that no enclosure draws on. */
const STRIP = 28
const MARGIN = { right: 42, top: 8 }

type Turn = 0 | 90 | 180 | 270
const turnOf = (page: PDFPage): Turn => ((((page.getRotation().angle % 360) + 360) % 360) as Turn) || 0
const isTurned = (turn: Turn) => turn === 90 || turn === 270

/** Makes a page of an enclosure A4, upright or wide as it is looked at; larger ones shrink, smaller ones stand in the middle. */
export function fitToA4(page: PDFPage): void {
  const turn = turnOf(page)
  const { x, y, width: w, height: h } = page.getCropBox()
  const seen = isTurned(turn) ? { width: h, height: w } : { width: w, height: h }
  const sheet = seen.width > seen.height ? { width: A4.long, height: A4.short } : { width: A4.short, height: A4.long }
  const scale = Math.min(1, sheet.width / seen.width, (sheet.height - STRIP) / seen.height)
  const side = (sheet.width - scale * seen.width) / 2
  const below = (sheet.height - STRIP - scale * seen.height) / 2
  const above = sheet.height - below - scale * seen.height
  // Where its lower left corner comes to lie before the page is turned.
  const to = { 0: [side, below], 90: [above, side], 180: [side, above], 270: [below, side] }[turn] as [number, number]
  wrap(page, [scale, 0, 0, scale, to[0] - scale * x, to[1] - scale * y], [x, y, w, h])
  moveNotes(page, ([left, bottom]) => [to[0] + scale * (left - x), to[1] + scale * (bottom - y)])
  const [newWidth, newHeight] = isTurned(turn) ? [sheet.height, sheet.width] : [sheet.width, sheet.height]
  for (const box of ['CropBox', 'BleedBox', 'TrimBox', 'ArtBox']) page.node.delete(PDFName.of(box))
  page.setMediaBox(0, 0, newWidth, newHeight)
}

/** What it draws is moved, and seen within its own edges only. What is drawn later is not. */
function wrap(page: PDFPage, matrix: [number, number, number, number, number, number], seen: [number, number, number, number]): void {
  const { node } = page
  const { context } = page.doc
  node.normalize()
  const before = context.contentStream([pushGraphicsState(), concatTransformationMatrix(...matrix), rectangle(...seen), clip(), endPath()])
  node.wrapContentStreams(context.register(before), context.register(context.contentStream([popGraphicsState()])))
}

function moveNotes(page: PDFPage, moved: (corner: [number, number]) => [number, number]): void {
  const { context } = page.doc
  for (const one of page.node.Annots()?.asArray() ?? []) {
    const note = context.lookup(one)
    const corners = note instanceof PDFDict ? note.lookup(PDFName.of('Rect')) : undefined
    if (!(note instanceof PDFDict) || !(corners instanceof PDFArray)) continue
    const [left, bottom, right, top] = corners.asArray().map((side) => (context.lookup(side) as PDFNumber).asNumber()) as [
      number,
      number,
      number,
      number,
    ]
    note.set(PDFName.of('Rect'), context.obj([...moved([left, bottom]), ...moved([right, top])]))
  }
}

/** Draws a mark at the upper right corner of a page as it is looked at. */
export function markPage(page: PDFPage, mark: PDFEmbeddedPage): void {
  const turn = turnOf(page)
  const { width, height } = page.getSize()
  const seen = isTurned(turn) ? { width: height, height: width } : { width, height }
  const right = seen.width - MARGIN.right - mark.width
  const up = seen.height - MARGIN.top - mark.height
  const at = {
    0: { x: right, y: up },
    90: { x: width - up, y: right },
    180: { x: width - right, y: height - up },
    270: { x: up, y: height - right },
  }[turn]
  page.drawPage(mark, { ...at, rotate: degrees(turn) })
}
