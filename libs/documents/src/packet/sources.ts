/** Files as pages of a packet: a PDF page by page without anything in it that acts, an image as one page. */
import { PDFArray, PDFBool, PDFDict, PDFDocument, PDFName, PDFRef, PDFStream, degrees, type PDFPage } from '@cantoo/pdf-lib'
import { plainJpeg } from './jpeg.ts'

/** More of one file is no enclosure to be read page by page. */
const MOST_PAGES = 300
/** Points of a side: what PDF itself allows, and what can be seen. */
const SIDES = { least: 3, most: 14_400 }
/** Pixels of an image that is unpacked to be put in. */
const MOST_PIXELS = 40_000_000
/** Points of one pixel: 150 to the inch; larger ones are made to fit. */
const PIXEL = 72 / 150

const name = (of: string) => PDFName.of(of)
/** What a page needs to be seen. Actions, threads and programs' own data are not taken along. */
const OF_PAGE = new Set(
  ['Type', 'Parent', 'MediaBox', 'CropBox', 'Rotate', 'Resources', 'Contents', 'Annots', 'Group'].map((one) => name(one)),
)
const HIDDEN = 0b10

/** A document all of whose pages belong into the packet. `undefined`: its pages cannot be had (encrypted, broken, filled in by a program's own means, too long). */
export async function pagesOf(bytes: Buffer, type: string): Promise<PDFDocument | undefined> {
  try {
    if (type === 'application/pdf') return await ofPdf(bytes)
    if (type === 'image/jpeg') return await ofJpeg(bytes)
    if (type === 'image/png') return await ofPng(bytes)
    return undefined
  } catch {
    // Whatever its writer did to it.
    return undefined
  }
}

async function ofPdf(bytes: Buffer): Promise<PDFDocument | undefined> {
  const source = await PDFDocument.load(bytes, { updateMetadata: false })
  if (source.isEncrypted || source.getPageCount() === 0 || source.getPageCount() > MOST_PAGES) return undefined
  const form = source.catalog.lookup(name('AcroForm'))
  // What was typed into it is drawn by the reader's program alone, or by none.
  if (form instanceof PDFDict && (form.has(name('XFA')) || form.lookup(name('NeedAppearances')) === PDFBool.True)) return undefined
  for (const page of source.getPages()) {
    const { width, height } = page.getCropBox()
    for (const side of [width, height]) if (!(side >= SIDES.least && side <= SIDES.most)) return undefined
    keepPlain(page)
  }
  return source
}

/** Of notes, stamps and fields their looks stay, and nothing that can be pressed. */
function keepPlain(page: PDFPage): void {
  const { node, doc } = page
  const notes = node.Annots()
  const looks = notes ? notes.asArray().flatMap((one) => lookOf(doc, one)) : []
  for (const key of node.keys()) if (!OF_PAGE.has(key)) node.delete(key)
  if (looks.length > 0) node.set(name('Annots'), doc.context.obj(looks))
  else node.delete(name('Annots'))
}

function lookOf({ context }: PDFDocument, one: unknown): PDFRef[] {
  const note = one instanceof PDFRef ? context.lookup(one) : one
  if (!(note instanceof PDFDict)) return []
  const flags = Number(note.lookup(name('F'))?.toString() ?? 0)
  const looks = note.lookup(name('AP'))
  const normal = looks instanceof PDFDict ? looks.get(name('N')) : undefined
  const rectangle = note.lookup(name('Rect'))
  if ((flags & HIDDEN) !== 0 || normal === undefined || !(rectangle instanceof PDFArray)) return []
  const drawn = context.lookup(normal)
  const state = note.lookup(name('AS'))
  const shown = drawn instanceof PDFStream ? normal : drawn instanceof PDFDict && state instanceof PDFName ? drawn.get(state) : undefined
  if (shown === undefined) return []
  return [context.register(context.obj({ Type: 'Annot', Subtype: 'Stamp', F: 4, Rect: rectangle, AP: context.obj({ N: shown }) }))]
}

async function ofJpeg(bytes: Buffer): Promise<PDFDocument> {
  const { bytes: picture, turned } = plainJpeg(bytes)
  const made = await PDFDocument.create({ updateMetadata: false })
  const image = await made.embedJpg(picture)
  const page = made.addPage([image.width * PIXEL, image.height * PIXEL])
  page.drawImage(image, { x: 0, y: 0, width: page.getWidth(), height: page.getHeight() })
  page.setRotation(degrees(turned))
  return made
}

async function ofPng(bytes: Buffer): Promise<PDFDocument | undefined> {
  // It is unpacked whole: the size that its head tells is looked at first.
  if (bytes.readUInt32BE(16) * bytes.readUInt32BE(20) > MOST_PIXELS) return undefined
  const made = await PDFDocument.create({ updateMetadata: false })
  const image = await made.embedPng(bytes)
  const page = made.addPage([image.width * PIXEL, image.height * PIXEL])
  page.drawImage(image, { x: 0, y: 0, width: page.getWidth(), height: page.getHeight() })
  return made
}
