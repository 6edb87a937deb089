/** What a drawing is made of: shapes in its own units, the same for the page, for SVG, for PNG. Black on white, so that it prints; colour only beside a form. */

export type Point = { x: number; y: number }
export type Shape =
  | { path: string; stroke?: string; width?: number; dash?: string; fill?: string }
  | { text: string; x: number; y: number; size: number; bold?: boolean; fill?: string; anchor?: 'start' | 'middle' }

/** Somebody or something, from its left upper corner; `shapes` count from there. `says`: for whoever cannot see it. */
export type Box = { id: string; x: number; y: number; width: number; height: number; shapes: readonly Shape[]; says: string }
/** A relation, or several that are drawn as one; `of` names them. */
export type Line = { id: string; of: readonly string[]; from: string; to: string; shapes: readonly Shape[]; says: string }
export type Drawing = {
  width: number
  height: number
  /** Under everything: household, trunks of a family. */
  ground: readonly Shape[]
  lines: readonly Line[]
  boxes: readonly Box[]
}

export const INK = '#1d2326'
export const SOFT = '#566064'
export const LATE = '#a4262c'
export const KEPT = '#276241'
export const PAPER = '#ffffff'

/** Names of relations, as `of` has them. */
export const keyOfParent = (one: { parent: string; child: string }): string => `parent ${one.parent} ${one.child}`
export const keyOfCouple = (one: { a: string; b: string }): string => `couple ${one.a} ${one.b}`
export const keyOfBond = (one: { from: string; to: string; kind: string }): string => `bond ${one.from} ${one.to} ${one.kind}`
export const keyOfTie = (one: { system: string; member?: string | undefined }): string => `tie ${one.system} ${one.member ?? 'family'}`

const n = (value: number): string => String(Math.round(value * 10) / 10)
export const at = ({ x, y }: Point): string => `${n(x)} ${n(y)}`
export const pathOf = (points: readonly Point[]): string => points.map((point, i) => `${i === 0 ? 'M' : 'L'}${at(point)}`).join('')
/** A path of steps along the axes. */
export const line = (...points: readonly Point[]): string => pathOf(points)

/** Into lines of at most so many signs, at most so many lines; what is left out shows as …. */
export function wrapped(text: string, signs: number, most: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= signs) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word.length > signs ? `${word.slice(0, signs - 1)}…` : word)
  }
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `${lines[most - 1]!.slice(0, signs - 1)}…`]
}
