/** Reads back what was printed, by other code than that which prints. */
import { spawnSync } from 'node:child_process'
import { inflateRawSync, inflateSync } from 'node:zlib'

export type Placed = { page: number; x: number; y: number; text: string }

/** Every piece of text of a PDF in the order in which it is drawn, by the fonts' own tables of what each glyph means. */
export function readPdf(pdf: Buffer): { pages: number; placed: Placed[]; raw: string; properties: string } {
  const raw = pdf.toString('latin1')
  const objects = new Map<number, string>()
  for (const [, id, body] of raw.matchAll(/\n(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(Number(id), body!)
  const streamOf = (id: number): string => {
    const body = objects.get(id)!
    const start = body.indexOf('stream\n') + 7
    const bytes = Buffer.from(body.slice(start, body.lastIndexOf('\nendstream')), 'latin1')
    return (body.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1')
  }
  const meanings = new Map<string, Map<string, string>>()
  for (const [, name, id] of raw.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const [, cmap] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(id)) ?? '') ?? []
    if (cmap && !meanings.has(name!)) meanings.set(name!, meaningsOf(streamOf(Number(cmap))))
  }
  const [, kids] = /\/Type \/Pages[\s\S]*?\/Kids \[([^\]]*)\]/.exec(raw)!
  const pages = [...kids!.matchAll(/(\d+) 0 R/g)].map(([, id]) => Number(id))
  const placed: Placed[] = []
  for (const [page, id] of pages.entries()) {
    const content = streamOf(Number(/\/Contents (\d+) 0 R/.exec(objects.get(id)!)![1]))
    for (const [, block] of content.matchAll(/BT\n([\s\S]*?)ET/g)) {
      // Texts of a drawing are turned over with it.
      const [, x, y] = /1 0 0 -?1 ([-\d.]+) ([-\d.]+) Tm/.exec(block!)!
      const meaning = meanings.get(/\/(F\d+) [\d.]+ Tf/.exec(block!)![1]!)!
      const glyphs = [...block!.matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex]) => hex!.match(/.{4}/g) ?? [])
      placed.push({
        page: page + 1,
        x: Number(x),
        y: Number(y),
        text: glyphs.map((glyph) => meaning.get(glyph.toLowerCase()) ?? '?').join(''),
      })
    }
  }
  const properties = ['Title', 'Author', 'Creator', 'Producer']
    .map((name) => objects.get(Number(new RegExp(`/${name} (\\d+) 0 R`).exec(raw)?.[1])) ?? '')
    .map((text) =>
      text.startsWith('(\xFE\xFF')
        ? Buffer.from(text.slice(3, -1).replace(/\\([\\()])/g, '$1'), 'latin1')
            .swap16()
            .toString('utf16le')
        : text,
    )
    .join('\n')
  return { pages: pages.length, placed, raw, properties }
}

function meaningsOf(cmap: string): Map<string, string> {
  const found = new Map<string, string>()
  const letters = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le')
  for (const [, ranges] of cmap.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g))
    for (const [, from, list] of ranges!.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi))
      for (const [at, [, hex]] of [...list!.matchAll(/<([0-9a-f ]*)>/gi)].entries())
        found.set((Number.parseInt(from!, 16) + at).toString(16).padStart(4, '0'), letters(hex!.replaceAll(' ', '')))
  return found
}

/** Without any space: how words are set apart is the printer's. */
export const dense = (text: string): string => text.replace(/\s+/g, '')

/** The files of a zip by their names. */
export function readZip(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'))
  let at = zip.readUInt32LE(end + 16)
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    const local = zip.readUInt32LE(at + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20))
    files.set(zip.toString('utf8', at + 46, at + 46 + name), zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes)
    at += 46 + name + extra + comment
  }
  return files
}

/** Text of a DOCX, one paragraph a line. */
export function readDocx(docx: Buffer): { text: string; xml: string; footer: string; properties: string } {
  const files = readZip(docx)
  const xml = files.get('word/document.xml')!.toString('utf8')
  const footer = [...files].filter(([name]) => /footer\d+\.xml$/.test(name)).map(([, bytes]) => bytes.toString('utf8'))
  return { text: textOf(xml), xml, footer: footer.join('\n'), properties: files.get('docProps/core.xml')!.toString('utf8') }
}

const MEANT: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' }
const textOf = (xml: string): string =>
  [...xml.matchAll(/<w:p(?: [^>]*)?>([\s\S]*?)<\/w:p>|<w:p\/>/g)]
    .map(([, paragraph = '']) => [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text).join(''))
    .map((text) => text.replace(/&(lt|gt|quot|apos|amp);/g, (sign) => MEANT[sign]!))
    .join('\n')

/** The boxes of all words by poppler's `pdftotext`, another reader of PDF; undefined where it is not installed. */
export function boxesOf(
  pdf: Buffer,
): { width: number; height: number; words: { left: number; right: number; top: number; bottom: number; text: string }[] }[] | undefined {
  const { error, stdout } = spawnSync('pdftotext', ['-bbox', '-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 200_000_000 })
  if (error) return undefined
  return [...stdout.matchAll(/<page width="([\d.]+)" height="([\d.]+)">([\s\S]*?)<\/page>/g)].map(([, width, height, words]) => ({
    width: Number(width),
    height: Number(height),
    words: [...words!.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</g)].map(
      ([, left, top, right, bottom, text]) => ({
        left: Number(left),
        top: Number(top),
        right: Number(right),
        bottom: Number(bottom),
        text: text!,
      }),
    ),
  }))
}
