/** The ecomap: the household in the middle, what surrounds it round about, each tie by its strength and by which way help and energy go. */
import type { FamilyDrawn } from '../forms/family.ts'
import { INK, keyOfTie, PAPER, SOFT, type Box, type Drawing, type Line, type Point } from './drawing.ts'
import { bent, outside, tieShapes } from './strokes.ts'
import { labelOf, symbolOf, type Label, type Member } from './symbols.ts'

export type System = FamilyDrawn['systems'][number]
export type Surrounded = Pick<FamilyDrawn, 'members' | 'systems' | 'ties'>
export type Saying = {
  label(member: Member): Label
  age(member: Member): string
  member(member: Member): string
  systemLabel(system: System): Label
  system(system: System): string
  tie(one: FamilyDrawn['ties'][number]): string
  family: string
}

/** The box of the whole family; ties that are nobody's alone lead to it. */
export const FAMILY_BOX = 'family'
const SYMBOL = 18
const PERSON = { width: 92, height: 78 }
const SYSTEM = { width: 132, height: 76 }
const MARGIN = 24
const CLEAR = 46

const roundAbout = (middle: Point, radius: number, i: number, n: number): Point => {
  const angle = -Math.PI / 2 + (i * 2 * Math.PI) / n
  return { x: middle.x + radius * Math.cos(angle), y: middle.y + radius * Math.sin(angle) }
}
/** The least radius at which so many of a size stand on a ring without touching. */
const ringFor = (n: number, size: number): number => (n <= 1 ? 0 : size / (2 * Math.sin(Math.PI / n)))

export function ecomapOf({ members, systems, ties }: Surrounded, say: Saying): Drawing {
  const tied = new Set(ties.flatMap(({ member }) => member ?? []))
  // Whoever lives elsewhere stands in the middle too when a tie is theirs.
  const inside = members.filter(({ id, inHousehold, isChild }) => inHousehold || isChild || tied.has(id))
  const inner = ringFor(inside.length, Math.hypot(PERSON.width, PERSON.height) + 4)
  const round = inner + Math.hypot(PERSON.width, PERSON.height) / 2 + 18
  const size = Math.hypot(SYSTEM.width, SYSTEM.height)
  const outer = Math.max(round + CLEAR + size / 2, ringFor(systems.length, size + 8))
  const middle = { x: 0, y: 0 }

  const spot = new Map(inside.map(({ id }, i) => [id, roundAbout(middle, inner, i, inside.length)] as const))
  const boxesInside = inside.map((member): Box => {
    const { x, y } = spot.get(member.id)!
    return {
      id: member.id,
      x: x - PERSON.width / 2,
      y: y - PERSON.height / 2,
      ...PERSON,
      shapes: [
        ...symbolOf(member, say.age(member), PERSON.width / 2, SYMBOL + 3, SYMBOL),
        ...labelOf(say.label(member), PERSON.width / 2, 2 * SYMBOL + 20, 2),
      ],
      says: say.member(member),
    }
  })

  // What is tied to one of them stands on their side.
  const angleOf = ({ id }: System): number => {
    const own = ties.flatMap((tie) => (tie.system === id && tie.member !== undefined ? [spot.get(tie.member)!] : []))
    if (own.length === 0 || inside.length < 2) return Number.POSITIVE_INFINITY
    const [x, y] = [own.reduce((sum, one) => sum + one.x, 0), own.reduce((sum, one) => sum + one.y, 0)]
    return (Math.atan2(y, x) + 2.5 * Math.PI) % (2 * Math.PI)
  }
  const ring = ringOrder(systems, angleOf)
  const place = new Map(
    ring.map(({ id, moved }, i) => {
      const { x, y } = roundAbout(middle, outer, i, systems.length)
      return [id, { x: x + (moved?.x ?? 0), y: y + (moved?.y ?? 0) }] as const
    }),
  )
  const boxesOutside = systems.map((system): Box => {
    const { x, y } = place.get(system.id)!
    const [w, h] = [SYSTEM.width / 2, SYSTEM.height / 2]
    const label = say.systemLabel(system)
    const lines = label.who.length + label.more.length
    return {
      id: system.id,
      x: x - w,
      y: y - h,
      ...SYSTEM,
      shapes: [
        { path: `M0 ${h}a${w} ${h} 0 1 0 ${SYSTEM.width} 0a${w} ${h} 0 1 0 ${-SYSTEM.width} 0Z`, stroke: INK, width: 1.6, fill: PAPER },
        ...labelOf(label, w, h + 5 - (lines - 1) * 7),
      ],
      says: say.system(system),
    }
  })

  const lines = ties.map((tie): Line => {
    const from = place.get(tie.system)!
    const member = tie.member === undefined ? undefined : spot.get(tie.member)
    const nth = ties.filter((other) => other.system === tie.system && other.member === undefined).length > 0 && member ? 10 : 0
    const whole = bent(from, member ?? middle, nth)
    const points = outside(trimmed(whole, from), 0, member ? SYMBOL + 16 : round + 2)
    const ends = { atEnd: tie.flow === 'to-family' || tie.flow === 'both', atStart: tie.flow === 'from-family' || tie.flow === 'both' }
    return {
      id: keyOfTie(tie),
      of: [keyOfTie(tie)],
      from: tie.system,
      to: tie.member ?? FAMILY_BOX,
      shapes: tieShapes(tie.strength, points, ends),
      says: say.tie(tie),
    }
  })

  const family: Box = {
    id: FAMILY_BOX,
    x: -round,
    y: -round,
    width: round * 2,
    height: round * 2,
    shapes: [
      {
        path: `M0 ${round}a${round} ${round} 0 1 0 ${round * 2} 0a${round} ${round} 0 1 0 ${-round * 2} 0Z`,
        stroke: SOFT,
        width: 2,
        fill: 'none',
      },
    ],
    says: say.family,
  }
  return shifted([family, ...boxesInside, ...boxesOutside], lines)
}

/** By the angle of whom they are tied to, the others in the room that is left. */
function ringOrder(systems: readonly System[], angleOf: (system: System) => number): readonly System[] {
  const aimed = systems.filter((one) => Number.isFinite(angleOf(one))).toSorted((a, b) => angleOf(a) - angleOf(b))
  const slots: (System | undefined)[] = Array.from({ length: systems.length })
  for (const one of aimed) {
    const wish = Math.round((angleOf(one) / (2 * Math.PI)) * systems.length)
    for (let i = 0; i < systems.length; i++) {
      const slot = (wish + i) % systems.length
      if (slots[slot]) continue
      slots[slot] = one
      break
    }
  }
  const rest = systems.filter((one) => !aimed.includes(one))
  return slots.map((one) => one ?? rest.shift()!)
}

/** Without the part that lies under the oval it comes from. */
function trimmed(points: readonly Point[], oval: Point): Point[] {
  const [a, b] = [SYSTEM.width / 2 + 3, SYSTEM.height / 2 + 3]
  const kept = points.filter(({ x, y }) => ((x - oval.x) / a) ** 2 + ((y - oval.y) / b) ** 2 >= 1)
  return kept.length >= 2 ? kept : [...points]
}

/** A path whose numbers are points alone, `x` and `y` in turns. */
function movedPath(path: string, left: number, top: number): string {
  let isX = false
  return path
    .split(/([A-Za-z ]+)/)
    .map((part, n) => {
      if (n % 2 === 1 || part === '') return part
      isX = !isX
      return `${Math.round((Number(part) - (isX ? left : top)) * 10) / 10}`
    })
    .join('')
}

/** All of it right of and below the corner. */
function shifted(boxes: readonly Box[], lines: readonly Line[]): Drawing {
  const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN
  const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN
  const moved = (shape: Line['shapes'][number]) =>
    'path' in shape
      ? {
          ...shape,
          path: movedPath(shape.path, left, top),
        }
      : { ...shape, x: shape.x - left, y: shape.y - top }
  const placed = boxes.map((box) => ({ ...box, x: box.x - left, y: box.y - top }))
  return {
    width: Math.max(...placed.map(({ x, width }) => x + width)) + MARGIN,
    height: Math.max(...placed.map(({ y, height }) => y + height)) + MARGIN,
    ground: [],
    // Paths of ties are made of points alone.
    lines: lines.map((one) => ({ ...one, shapes: one.shapes.map(moved) })),
    boxes: placed,
  }
}
