/** Texts that no spreadsheet takes for a formula, and the same texts as they were. Pure: pages write tables too. */

const SEPARATORS = new Set([';', ',', '\t', '\r', '\n'])
const SKIPPED = /^["'\s\p{Z}\p{C}]$/u
/** What a formula begins with, written in any width. */
const FORMULA = new Set(['=', '+', '-', '@', '%', '|', '\u2212'])
/** Cannot be seen and can be kept by no spreadsheet. */
const INVISIBLE = /[^\P{Cc}\t\n\r]/gu

/**
 * A text that no spreadsheet takes for a formula: an apostrophe stands before one at the start of the cell, and after any separator within it,
 * since a program that expects another separator cuts there.
 */
export function harmless(text: string): string {
  const characters = [...text.replace(INVISIBLE, '\uFFFD')]
  let isBeforeFormula = false
  for (let i = characters.length - 1; i >= 0; i--) {
    const character = characters[i]!
    if (SEPARATORS.has(character) && isBeforeFormula) characters[i] = `${character}'`
    if (!SKIPPED.test(character)) isBeforeFormula = FORMULA.has(character.normalize('NFKC')[0]!)
  }
  const first = text[0] ?? ''
  return isBeforeFormula || first === '\t' || first === '\r' || first === '\n' ? `'${characters.join('')}` : characters.join('')
}

/** A cell of ours as it was before it was made harmless: a table that is exported and imported again says the same. */
export const unguarded = (cell: string): string => {
  const characters = [...cell]
  let isBeforeFormula = false
  for (let i = characters.length - 1; i >= 0; i--) {
    const character = characters[i]!
    const isGuard = character === "'" && (i === 0 || SEPARATORS.has(characters[i - 1]!))
    if (isGuard && (isBeforeFormula || (i === 0 && /^[\t\r\n]$/.test(characters[1] ?? '')))) characters[i] = ''
    else if (!SKIPPED.test(character)) isBeforeFormula = FORMULA.has(character.normalize('NFKC')[0]!)
  }
  return characters.join('')
}

/** How a table is written: RFC 4180, UTF-8 with its mark. */
export const csvForm = (separator: ';' | ',') =>
  ({ delimiter: separator, quoted: true, quoted_empty: true, record_delimiter: 'windows', bom: true }) as const
