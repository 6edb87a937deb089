/** Names of files that mail programs and disks of every kind keep. */

/** Parts joined by `_`: letters, digits, `№` and `-`. `Протокол_№42_2026-11-25.pdf` survives mail. */
export function fileNameOf(parts: readonly string[], ending: 'pdf' | 'docx'): string {
  const kept = parts.map((part) =>
    part
      .normalize('NFC')
      .split(/[^\p{L}\p{M}\p{N}№]/u)
      .filter((word) => word !== '')
      .join('-'),
  )
  const stem = [...kept.filter((part) => part !== '').join('_')].slice(0, 80).join('')
  return `${stem}.${ending}`
}
