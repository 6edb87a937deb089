/** Looks into a zip file without trusting it: what is promised is counted first, and what comes out is measured while it comes. */
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'

export type Entry = { name: string; method: number; packed: number; size: number; start: number }
export class ZipRefused extends Error {}

export const MOST_ENTRIES = 2_000
/** Bytes of all entries unpacked. */
export const MOST_UNPACKED = 100_000_000

const [END, LISTED, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50]
const inflate = promisify(inflateRaw) as (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>

/** The list of entries. Throws `ZipRefused` for what is broken, locked, divided, overlapping, escaping, or promises too much. */
export function entriesOf(zip: Buffer): Entry[] {
  try {
    return listed(zip)
  } catch (error) {
    throw error instanceof ZipRefused ? error : new ZipRefused('broken')
  }
}

function listed(zip: Buffer): Entry[] {
  let end = zip.length - 22
  while (end >= Math.max(0, zip.length - 22 - 65_535) && zip.readUInt32LE(end) !== END) end--
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new ZipRefused('no list')
  const count = zip.readUInt16LE(end + 10)
  const [onThisDisk, here] = [zip.readUInt16LE(end + 8), zip.readUInt16LE(end + 4)]
  if (here !== 0 || onThisDisk !== count || count === 0xffff) throw new ZipRefused('divided')
  if (count === 0 || count > MOST_ENTRIES) throw new ZipRefused('too many entries')
  if (end + 22 + zip.readUInt16LE(end + 20) !== zip.length) throw new ZipRefused('something follows')
  const entries: Entry[] = []
  const names = new Set<string>()
  let unpacked = 0
  let at = zip.readUInt32LE(end + 16)
  for (let n = 0; n < count; n++) {
    if (zip.readUInt32LE(at) !== LISTED) throw new ZipRefused('broken list')
    const [flags, method, packed, size] = [
      zip.readUInt16LE(at + 8),
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt32LE(at + 24),
    ]
    const [nameLength, extraLength, commentLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const local = zip.readUInt32LE(at + 42)
    if ((flags & 1) !== 0) throw new ZipRefused('locked')
    if (method !== 0 && method !== 8) throw new ZipRefused('unknown method')
    if (/(^|[/\\])\.\.([/\\]|$)|^[/\\]|\\|:|\0/.test(name)) throw new ZipRefused('name leads outside')
    if (names.has(name.toLowerCase())) throw new ZipRefused('one name twice')
    names.add(name.toLowerCase())
    unpacked += size
    if (unpacked > MOST_UNPACKED) throw new ZipRefused('promises too much')
    if (zip.readUInt32LE(local) !== LOCAL) throw new ZipRefused('broken entry')
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    if (start + packed > end) throw new ZipRefused('beyond the end')
    if (zip.toString('utf8', local + 30, local + 30 + zip.readUInt16LE(local + 26)) !== name) throw new ZipRefused('two names')
    entries.push({ name, method, packed, size, start })
    at += 46 + nameLength + extraLength + commentLength
  }
  // A bomb of a few kilobytes lets thousands of entries share the same bytes.
  const ordered = entries.toSorted((a, b) => a.start - b.start)
  for (const [n, entry] of ordered.entries())
    if (n > 0 && entry.start < ordered[n - 1]!.start + ordered[n - 1]!.packed) throw new ZipRefused('overlapping')
  return entries
}

/** One entry unpacked: exactly as many bytes as the list promises, or `ZipRefused`. */
export async function unpacked(zip: Buffer, { method, packed, size, start }: Entry): Promise<Buffer> {
  const bytes = zip.subarray(start, start + packed)
  const out = method === 0 ? bytes : await inflate(bytes, { maxOutputLength: Math.max(1, size) }).catch(() => undefined)
  if (out?.length !== size) throw new ZipRefused('not what it promises')
  return out
}
