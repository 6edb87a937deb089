/** The text of a table that somebody saved from a spreadsheet, whatever it was saved as. */

/** UTF-8, UTF-16 with its mark, else Windows Cyrillic, which Excel calls CSV. `undefined`: no text at all. */
export function tableText(bytes: Uint8Array): string | undefined {
  const read = (encoding: string) => new TextDecoder(encoding, { fatal: true }).decode(bytes)
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
  for (const one of encoding ? [encoding] : ['utf-8', 'windows-1251']) {
    try {
      const text = read(one)
      // A workbook or another file of bytes is no table.
      return text.includes('\0') || text.startsWith('PK') ? undefined : text
    } catch {
      continue
    }
  }
  return undefined
}
