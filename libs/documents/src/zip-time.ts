/** The times within a zip file: its entries would carry the machine's. */

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

/** Sets the time of every entry to `at` (ms UTC), in place. Throws when `zip` has no list of entries. */
export function stamped(zip: Buffer, at: number): Buffer {
  const { time, date } = dosTime(at)
  let end = zip.length - 22
  while (end >= 0 && zip.readUInt32LE(end) !== END) end--
  if (end < 0) throw new Error('this is no zip file')
  const entries = zip.readUInt16LE(end + 10)
  let entry = zip.readUInt32LE(end + 16)
  for (let n = 0; n < entries; n++) {
    const local = zip.readUInt32LE(entry + 42)
    if (zip.readUInt32LE(entry) !== ENTRY || zip.readUInt32LE(local) !== LOCAL) throw new Error('the list of this zip file is broken')
    zip.writeUInt16LE(time, entry + 12)
    zip.writeUInt16LE(date, entry + 14)
    zip.writeUInt16LE(time, local + 10)
    zip.writeUInt16LE(date, local + 12)
    entry += 46 + zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32)
  }
  return zip
}

/** Two seconds are the finest it keeps; years from 1980. */
function dosTime(at: number): { time: number; date: number } {
  const when = new Date(Math.min(Math.max(at, Date.UTC(1980, 0, 1)), Date.UTC(2107, 11, 31)))
  return {
    time: (when.getUTCHours() << 11) | (when.getUTCMinutes() << 5) | (when.getUTCSeconds() >> 1),
    date: ((when.getUTCFullYear() - 1980) << 9) | ((when.getUTCMonth() + 1) << 5) | when.getUTCDate(),
  }
}
