/** The packet of a referral as one PDF: cover letter, then every enclosure. Same view, same bytes: its SHA-256 may be kept. */
import { PDFDocument } from '@cantoo/pdf-lib'
import { createHash } from 'node:crypto'
import { fileNameOf } from '../file-name.ts'
import { marksPdf, pdfOf } from '../pdf.ts'
import { coverSheet, packetTitle, pageMark } from './cover.ts'
import { fitToA4, markPage } from './placing.ts'
import { pagesOf } from './sources.ts'
import type { Enclosed, Enclosure, Packet, PacketView } from './view.ts'
import { WORDS } from './words.ts'

/** Bytes: in a mail it is a third more, and most mail servers take 15 MB. */
export const MOST_PACKET = 10 * 1_048_576

export class PacketTooLarge extends Error {}
/** An enclosure has no pages to give: what goes out is one file, and it would be missing there. */
export class WithoutPages extends Error {}

type Ready = Pick<Enclosed, 'title' | 'sha256' | 'size'> & { source: PDFDocument; isOurs: boolean }

/** Throws `PacketTooLarge` above `MOST_PACKET`, `WithoutPages`. */
export async function packetOf(view: PacketView): Promise<Packet> {
  const ready: Ready[] = []
  for (const one of view.enclosures) ready.push(await readied(one))
  const { cover, enclosures } = await coverOf(view, ready)

  const packet = await PDFDocument.create({ updateMetadata: false })
  await append(packet, cover, true)
  for (const { source, isOurs } of ready) await append(packet, source, isOurs)
  await numberPages(packet, view)
  describe(packet, view)
  const bytes = Buffer.from(await packet.save({ addDefaultPage: false, updateFieldAppearances: false }))
  if (bytes.length > MOST_PACKET) throw new PacketTooLarge(`a packet of ${bytes.length} bytes`)
  return { bytes, sha256: sha256(bytes), pages: packet.getPageCount(), name: packetFileName(view), enclosures }
}

/** `Пакет_№15-2026_2026-11-25.pdf` */
export const packetFileName = ({ lang, outgoing }: Pick<PacketView, 'lang' | 'outgoing'>): string =>
  fileNameOf([WORDS.packet[lang], `№${outgoing.number}`, outgoing.day], 'pdf')

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

async function readied(one: Enclosure): Promise<Ready> {
  const bytes = 'sheet' in one ? await pdfOf(one.sheet) : one.file.bytes
  const source = await pagesOf(bytes, 'sheet' in one ? 'application/pdf' : one.file.type)
  if (!source) throw new WithoutPages('an enclosure has no pages')
  return { title: one.title, sha256: sha256(bytes), size: bytes.length, source, isOurs: 'sheet' in one }
}

/** Its list names the pages behind it, and so depends on its own length. */
async function coverOf(view: PacketView, ready: readonly Ready[]): Promise<{ cover: PDFDocument; enclosures: Enclosed[] }> {
  for (let length = 1; ;) {
    let first = length + 1
    const enclosures = ready.map(({ title, sha256: hash, size, source }): Enclosed => {
      const count = source.getPageCount()
      first += count
      return { title, sha256: hash, size, pages: { first: first - count, count } }
    })
    const cover = await PDFDocument.load(await pdfOf(coverSheet(view, enclosures, first - 1)), { updateMetadata: false })
    if (cover.getPageCount() === length) return { cover, enclosures }
    // Larger numbers never make it shorter: it ends.
    length = Math.max(length + 1, cover.getPageCount())
  }
}

async function append(packet: PDFDocument, source: PDFDocument, isOurs: boolean): Promise<void> {
  for (const page of await packet.copyPages(source, source.getPageIndices())) {
    packet.addPage(page)
    // Ours are A4 and keep their head free.
    if (!isOurs) fitToA4(page)
  }
}

async function numberPages(packet: PDFDocument, view: PacketView): Promise<void> {
  const pages = packet.getPages()
  const marks = pages.map((_, n) => pageMark(view, n + 1, pages.length))
  const drawn = await packet.embedPdf(await marksPdf(marks, view.createdAt), [...pages.keys()])
  for (const [n, page] of pages.entries()) markPage(page, drawn[n]!)
}

function describe(packet: PDFDocument, view: PacketView): void {
  const at = new Date(view.createdAt)
  packet.setTitle(packetTitle(view), { showInWindowTitleBar: true })
  packet.setAuthor(view.organisation)
  packet.setCreator('Tirek')
  packet.setProducer('Tirek')
  packet.setLanguage(view.lang)
  packet.setCreationDate(at)
  packet.setModificationDate(at)
}
