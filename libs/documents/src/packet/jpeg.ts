/** A photograph without what the camera wrote beside the picture: where and when it was taken is nobody's. */

const SOI = 0xffd8
const SOS = 0xda
/** JFIF, and Adobe's mark of colours: without it a picture comes out in others. */
const KEPT = new Set([0xe0, 0xee])
const EXIF = Buffer.from('Exif\0\0', 'latin1')

/** Degrees clockwise by which it is to be shown turned. */
export type Plain = { bytes: Buffer; turned: 0 | 90 | 180 | 270 }

/** Drops all that programs wrote beside the picture. Throws when it is no JPEG. */
export function plainJpeg(bytes: Buffer): Plain {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== SOI) throw new Error('no JPEG')
  const kept = [bytes.subarray(0, 2)]
  let turned: Plain['turned'] = 0
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) throw new Error('a broken JPEG')
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === SOS) return { bytes: Buffer.concat([...kept, bytes.subarray(at)]), turned }
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    const isOfPrograms = (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe
    if (marker === 0xe1) turned = turnOf(bytes.subarray(at + 4, end)) ?? turned
    if (!isOfPrograms || KEPT.has(marker)) kept.push(bytes.subarray(at, end))
    at = end
  }
  throw new Error('a JPEG without a picture')
}

/** The tag of orientation (0x0112) in an Exif segment; mirrored ones are shown as they lie. */
function turnOf(segment: Buffer): Plain['turned'] | undefined {
  if (!segment.subarray(0, 6).equals(EXIF)) return undefined
  const tiff = segment.subarray(6)
  if (tiff.length < 8) return undefined
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const start = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  const entries = Math.min(short(start), 64)
  for (let n = 0; n < entries; n++) {
    const entry = start + 2 + n * 12
    if (short(entry) === 0x0112) return ({ 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270 } as const)[short(entry + 8)] ?? 0
  }
  return undefined
}
