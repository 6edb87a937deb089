/** Zip files as nobody should make them, and a document as everybody does. */
import { Document, Packer, Paragraph } from 'docx'
import { crc32, deflateRawSync } from 'node:zlib'

export type Part = {
  name: string
  content: Buffer | string
  /** Of the list instead of the truth. */ size?: number
  flags?: number
  method?: number
  /** Has no bytes of its own: begins at this byte of another part's content. */
  within?: { part: number; at: number }
  /** In the entry itself, where the list says `name`. */
  localName?: string
}

export function zipOf(parts: readonly Part[]): Buffer {
  const pieces: Buffer[] = []
  const list: Buffer[] = []
  const starts: number[] = []
  let at = 0
  for (const { name, content, size, flags = 0, method = 8, within, localName = name } of parts) {
    const bytes = Buffer.from(content)
    const packed = method === 8 ? deflateRawSync(bytes) : bytes
    const head = (signature: number, length: number, from: number, said: string) => {
      const header = Buffer.alloc(length)
      header.writeUInt32LE(signature, 0)
      header.writeUInt16LE(20, 4)
      header.writeUInt16LE(flags, from)
      header.writeUInt16LE(method, from + 2)
      header.writeUInt32LE(crc32(bytes), from + 8)
      header.writeUInt32LE(packed.length, from + 12)
      header.writeUInt32LE(size ?? bytes.length, from + 16)
      header.writeUInt16LE(Buffer.byteLength(said), from + 20)
      return header
    }
    const start = within ? starts[within.part]! + 30 + Buffer.byteLength(parts[within.part]!.name) + within.at : at
    starts.push(start)
    if (!within) {
      const piece = Buffer.concat([head(0x04034b50, 30, 6, localName), Buffer.from(localName), packed])
      pieces.push(piece)
      at += piece.length
    }
    const listed = head(0x02014b50, 46, 8, name)
    listed.writeUInt32LE(start, 42)
    list.push(listed, Buffer.from(name))
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...pieces, directory, end])
}

const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
/** A document of hand-made parts, with more of them. */
export const docxWith = (...more: Part[]): Buffer =>
  zipOf([{ name: '[Content_Types].xml', content: TYPES }, { name: 'word/document.xml', content: '<w:document/>' }, ...more])

export const realDocx = (): Promise<Buffer> =>
  Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('Заключение комиссии')] }] }))
export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n')
export const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
export const JPEG = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.alloc(40),
  Buffer.from('ffd9', 'hex'),
])
