/** What the signs of a drawing mean, drawn with the very same signs; goes along into the file and onto paper. */
import { BONDS, COUPLES, PARENTHOODS, TIES } from '../forms/family-codes.ts'
import type { Lang } from '../roles.ts'
import { drawnWords } from './words.ts'
import { INK, line, SOFT, type Drawing, type Shape } from './drawing.ts'
import { BY_KIND } from './genogram.ts'
import { bent, bondShapes, tieShapes, type BondKind, type TieKind } from './strokes.ts'
import { symbolOf } from './symbols.ts'

type Entry = { shapes(x: number, y: number): Shape[]; text: string }
const SIGN = 64
const ENTRY = { width: 292, height: 34 }
const MARGIN = 24
/** Of a letter of its words, at the most. */
const LETTER = 7

const stroke = (x: number, y: number) =>
  [
    { x, y },
    { x: x + SIGN - 12, y },
  ] as const
const plain = (x: number, y: number, more: object, slashes = 0): Shape[] => {
  const [from, to] = stroke(x, y)
  return [
    { path: line(from, to), stroke: INK, width: 2.2, ...more },
    ...Array.from({ length: slashes }, (_, i): Shape => ({
      path: line({ x: x + 22 + i * 7, y: y + 8 }, { x: x + 30 + i * 7, y: y - 8 }),
      stroke: INK,
      width: 2.2,
    })),
  ]
}
const person = (more: object) => (x: number, y: number) =>
  symbolOf({ sex: 'male', unborn: false, isChild: false, died: false, ...more }, '', x + (SIGN - 12) / 2, y, 12)

/** As wide as the drawing lets it be; at least one column. */
export function legendOf(of: 'genogram' | 'ecomap', lang: Lang, width: number): Drawing {
  const fam = drawnWords(lang)
  const keys = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as K[]
  const people: Entry[] = [
    { shapes: person({}), text: fam.man },
    { shapes: person({ sex: 'female' }), text: fam.woman },
    { shapes: person({ sex: 'unknown' }), text: fam.unknownSex },
    { shapes: person({ unborn: true }), text: fam.unborn },
    {
      shapes: (x, y) => [...symbolOf({ sex: 'male', unborn: false, isChild: true, died: false }, '', x + (SIGN - 12) / 2, y, 13)],
      text: fam.indexChild,
    },
    { shapes: person({ died: true }), text: fam.dead },
  ]
  const entries: Entry[] =
    of === 'genogram'
      ? [
          ...people,
          ...keys(COUPLES).map((kind) => ({
            shapes: (x: number, y: number) =>
              plain(x, y, kind === 'partners' ? { dash: '8 6' } : {}, { married: 0, partners: 0, separated: 1, divorced: 2 }[kind]),
            text: COUPLES[kind][lang],
          })),
          ...keys(PARENTHOODS).map((kind) => ({
            shapes: (x: number, y: number) => plain(x, y, BY_KIND[kind]),
            text: PARENTHOODS[kind][lang],
          })),
          { shapes: (x, y) => plain(x, y, { dash: '9 6', stroke: SOFT, width: 1.6 }), text: fam.together },
          ...keys(BONDS).map((kind) => ({
            shapes: (x: number, y: number) => bondShapes(kind as BondKind, bent(...stroke(x, y), 0), false),
            text: BONDS[kind][lang],
          })),
        ]
      : [
          ...keys(TIES).map((kind) => ({
            shapes: (x: number, y: number) => tieShapes(kind as TieKind, bent(...stroke(x, y), 0), {}),
            text: TIES[kind][lang],
          })),
          { shapes: (x: number, y: number) => tieShapes('ordinary', bent(...stroke(x, y), 0), { atEnd: true }), text: fam.flow },
          ...people,
        ]
  // As wide as the longest of its words: none runs into the next column.
  const wide = Math.max(ENTRY.width, ...entries.map(({ text }) => SIGN + 16 + text.length * LETTER))
  const columns = Math.max(1, Math.floor((width - MARGIN * 2) / wide))
  const rows = Math.ceil(entries.length / columns)
  const ground = entries.flatMap((entry, i): Shape[] => {
    const [x, y] = [MARGIN + Math.floor(i / rows) * wide, 44 + (i % rows) * ENTRY.height]
    return [...entry.shapes(x, y), { text: entry.text, x: x + SIGN, y: y + 4, size: 12, anchor: 'start' }]
  })
  return {
    width: MARGIN * 2 + columns * wide,
    height: 44 + rows * ENTRY.height,
    ground: [{ text: fam.legend, x: MARGIN, y: 20, size: 13, bold: true, anchor: 'start' }, ...ground],
    lines: [],
    boxes: [],
  }
}
