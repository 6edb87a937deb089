/** Symbols of people as McGoldrick has them: square a man, circle a woman, diamond unknown, triangle not born yet; double the child of the case, crossed who has died, the age inside. */
import type { FamilyDrawn } from '../forms/family.ts'
import { INK, PAPER, SOFT, type Shape } from './drawing.ts'

export type Member = FamilyDrawn['members'][number]

/** Half of a symbol's side. */
export const HALF = 25

/** The outline of a symbol round a middle, so far from it. */
function outlineOf({ sex, unborn }: Pick<Member, 'sex' | 'unborn'>, x: number, y: number, half: number): string {
  if (unborn) return `M${x} ${y - half}L${x + half} ${y + half * 0.8}L${x - half} ${y + half * 0.8}Z`
  if (sex === 'male') return `M${x - half} ${y - half}h${half * 2}v${half * 2}h${-half * 2}Z`
  if (sex === 'female') return `M${x - half} ${y}a${half} ${half} 0 1 0 ${half * 2} 0a${half} ${half} 0 1 0 ${-half * 2} 0Z`
  return `M${x} ${y - half - 2}L${x + half + 2} ${y}L${x} ${y + half + 2}L${x - half - 2} ${y}Z`
}

/** A symbol round a middle; `age` stands inside. */
export function symbolOf(
  member: Pick<Member, 'sex' | 'unborn' | 'isChild' | 'died'>,
  age: string,
  x: number,
  y: number,
  half = HALF,
): Shape[] {
  const shapes: Shape[] = [{ path: outlineOf(member, x, y, half), stroke: INK, width: 2, fill: PAPER }]
  if (member.isChild) shapes.push({ path: outlineOf(member, x, y, half - 5), stroke: INK, width: 2 })
  if (member.died) {
    // Within a circle the cross ends at its line.
    const arm = member.sex === 'male' ? half : member.sex === 'female' ? half * 0.7 : half * 0.5
    shapes.push({
      path: `M${x - arm} ${y - arm}L${x + arm} ${y + arm}M${x + arm} ${y - arm}L${x - arm} ${y + arm}`,
      stroke: INK,
      width: 1.6,
    })
  }
  if (age)
    shapes.push({
      text: age,
      x,
      y: y + (member.unborn ? 12 : 5),
      size: Math.min(age.length > 3 ? 12 : 14, Math.round(half * (age.length > 3 ? 0.48 : 0.7))),
      bold: true,
    })
  return shapes
}

/** Lines of words: who it is, and what else is told, up to three in all. */
export type Label = { who: readonly string[]; more: readonly string[] }

/** What stands under a symbol: who it is in bold, the rest softer. `most`: lines there is room for. */
export const labelOf = ({ who, more }: Label, x: number, y: number, most = 3): Shape[] =>
  [...who, ...more]
    .slice(0, most)
    .map((text, i) => ({ text, x, y: y + i * 14, size: 12, ...(i < who.length ? { bold: true } : { fill: SOFT }) }))
