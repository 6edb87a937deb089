/** Text as documents can keep it, and how long it gets on paper. */
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'

/** Nothing that an XML file cannot hold. */
const UNKEEPABLE = /[^\P{Cc}\n]|[\uFFFE\uFFFF]/gu
/** Turns the reading of what stands beside it round. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/gu

/** One spelling of letters, no controls, no half characters, at most one empty line in a row. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replaceAll('\t', ' ')
    .replace(TURNING, '')
    .replace(UNKEEPABLE, '\uFFFD')
    .replace(/ +\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** How many lines a text takes at the most, `perLine` characters each. */
export const linesIn = (text: string, perLine: number): number =>
  text.split('\n').reduce((sum, paragraph) => sum + Math.max(1, Math.ceil(paragraph.length / perLine)), 0)

/** Cuts a text into pieces of at most `lines` lines, `perLine` characters each: between paragraphs, else words, else anywhere. At least one piece. */
export function piecesOf(text: string, lines: number, perLine: number): string[] {
  const pieces: string[] = []
  let piece: string[] = []
  let used = 0
  const close = () => {
    if (piece.length > 0) pieces.push(piece.join('\n').trim())
    piece = []
    used = 0
  }
  for (const paragraph of text.split('\n')) {
    let rest = paragraph
    for (;;) {
      const needs = linesIn(rest, perLine)
      if (used + needs <= lines) {
        piece.push(rest)
        used += needs
        break
      }
      const room = (lines - used) * perLine
      const cut = cutAt(rest, room)
      if (cut > 0) piece.push(rest.slice(0, cut))
      rest = rest.slice(cut).trimStart()
      close()
    }
  }
  close()
  return pieces.filter((one) => one !== '').length > 0 ? pieces.filter((one) => one !== '') : ['']
}

/** Where to cut so that at most `room` characters stay before, never within a pair of surrogates. */
function cutAt(text: string, room: number): number {
  if (room <= 0) return 0
  const space = text.lastIndexOf(' ', room)
  if (space > room / 2) return space
  const isWithinPair = /[\uD800-\uDBFF]/.test(text[room - 1] ?? '')
  return isWithinPair ? (room > 1 ? room - 1 : room + 1) : room
}

/** Official captions are Russian; the language of the document stands beside them. */
export const caption = (text: Text, lang: Lang): string =>
  lang === 'ru' || text[lang] === text.ru ? text.ru : `${text.ru} / ${text[lang]}`

const DAYS: Record<Lang, Intl.DateTimeFormat> = {
  ru: new Intl.DateTimeFormat('ru', { dateStyle: 'long', timeZone: 'UTC' }),
  kk: new Intl.DateTimeFormat('kk', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
}
/** A calendar day (`YYYY-MM-DD`) in words. Where a line ends, the year stays with its sign and the day with its month. */
export const dayIn = (lang: Lang, day: string): string =>
  DAYS[lang].format(new Date(`${day}T00:00:00Z`)).replace(/(\d) (?=\p{L})/gu, '$1\u00A0')

/** What there is of these, one after another. */
export const joined = (parts: readonly (string | undefined)[], between = ', '): string =>
  parts.filter((part) => part !== undefined && part !== '').join(between)
