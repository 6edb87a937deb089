/** The genogram: generations as rows, couples joined, children below them in order of birth, a broken line round those who live together. The same family gives the same drawing. */
import type { FamilyDrawn } from '../forms/family.ts'
import {
  INK,
  keyOfBond,
  keyOfCouple,
  keyOfParent,
  line,
  SOFT,
  type Box,
  type Drawing,
  type Line,
  type Point,
  type Shape,
} from './drawing.ts'
import { generationsOf } from './generations.ts'
import { householdOf } from './household.ts'
import { placesOf } from './places.ts'
import { rowsOf, type Family, type Rows, type Union } from './rows.ts'
import { bent, bondShapes, outside } from './strokes.ts'
import { HALF, labelOf, symbolOf, type Label, type Member } from './symbols.ts'

/** Words on the drawing and beside it. */
export type Saying = {
  label(member: Member): Label
  age(member: Member): string
  member(member: Member): string
  parent(one: FamilyDrawn['parents'][number]): string
  couple(one: FamilyDrawn['couples'][number]): string
  bond(one: FamilyDrawn['bonds'][number]): string
  together: string
}

export const BOX = { width: 120, height: 100 }
const APART = 132
const BETWEEN = 24
const MARGIN = 40
/** Room above the first row: bonds bow over it. */
const ABOVE = 76
const GAP = 46
const TRACK = 14
/** From a member's middle to the free lane between two. */
const LANE = APART / 2
/** Where a lane leaves a symbol: below its middle, where couples are joined. */
const LEAVES = 15

type Placed = {
  middle: ReadonlyMap<string, Point>
  rowOf: ReadonlyMap<string, number>
  order: ReadonlyMap<string, number>
  rows: Rows['rows']
}
/** A level stretch in the gap below a row, that needs a height of its own. */
type Stretch = { gap: number; left: number; right: number; rank: number; track: number }

export function genogramOf(family: Family, say: Saying): Drawing {
  const found = rowsOf(family, generationsOf(family))
  const { rows, unions } = found
  const x = placesOf(found, APART, BETWEEN)
  const left = Math.min(...x.values())
  const rowOf = new Map(rows.flatMap((ids, row) => ids.map((id) => [id, row] as const)))
  const order = new Map(rows.flatMap((ids) => ids.map((id, i) => [id, i] as const)))
  const members = new Map(family.members.map((member) => [member.id, member]))
  const xOf = (id: string) => x.get(id)! - left + MARGIN + BOX.width / 2 + (members.get(id)!.moved?.x ?? 0)

  const plan = planOf(family, unions, { rowOf, order, xOf })
  const heights = rows.map(
    (_, row) => GAP + TRACK * (1 + Math.max(-1, ...plan.stretches.filter(({ gap }) => gap === row).map(({ track }) => track))),
  )
  const tops = rows.map((_, row) => ABOVE + heights.slice(0, row).reduce((sum, one) => sum + one + BOX.height, 0))
  const middle = new Map(
    family.members.map(({ id, moved }) => [id, { x: xOf(id), y: tops[rowOf.get(id)!]! + HALF + 3 + (moved?.y ?? 0) }] as const),
  )
  const trackY = (stretch: Stretch) => tops[stretch.gap]! + BOX.height + 20 + stretch.track * TRACK
  const placed: Placed = { middle, rowOf, order, rows }

  const drawn = strokesOf(family, plan, placed, trackY, say)
  const boxes = family.members.map((member): Box => {
    const { x: mx, y: my } = middle.get(member.id)!
    const [w, top] = [BOX.width / 2, HALF + 3]
    return {
      id: member.id,
      x: mx - w,
      y: my - top,
      ...BOX,
      shapes: [...symbolOf(member, say.age(member), w, top), ...labelOf(say.label(member), w, top + HALF + 17)],
      says: say.member(member),
    }
  })
  const ends = boxes.map((box) => ({ right: box.x + box.width, bottom: box.y + box.height }))
  const household = householdOf(family.members, placed, BOX, HALF + 3)
  return {
    width: Math.max(...ends.map(({ right }) => right)) + MARGIN,
    height: Math.max(...ends.map(({ bottom }) => bottom)) + MARGIN,
    ground: [
      ...household.map(({ path }): Shape => ({ path, stroke: SOFT, width: 1.6, dash: '9 6' })),
      ...household
        .slice(0, 1)
        .map(({ corner }): Shape => ({ text: say.together, x: corner.x + 6, y: corner.y - 5, size: 12, fill: SOFT, anchor: 'start' })),
      ...drawn.ground,
    ],
    lines: drawn.lines,
    boxes,
  }
}

type Known = { rowOf: ReadonlyMap<string, number>; order: ReadonlyMap<string, number>; xOf(id: string): number }
type Plan = {
  stretches: Stretch[]
  /** Couples that do not stand side by side. */
  brackets: Map<string, Stretch>
  /** The bar over the children of a union, and where the way to it leaves. */
  bars: { union: Union; start: Point & { from: 'couple' | 'lane' }; bar: Stretch; lane: Stretch | undefined }[]
  /** Parents apart from those under whom the child stands. */
  apart: { all: FamilyDrawn['parents']; side: number; out: Stretch; into: Stretch; lane: number; at: number }[]
}

/** Which level stretches there are; each gets a track in its gap where it touches no other. */
function planOf(family: Family, unions: readonly Union[], known: Known): Plan {
  const { rowOf, order, xOf } = known
  const stretches: Stretch[] = []
  const stretch = (gap: number, a: number, b: number, rank: number): Stretch => {
    const made = { gap, left: Math.min(a, b), right: Math.max(a, b), rank, track: 0 }
    stretches.push(made)
    return made
  }
  const areBeside = (a: string, b: string) => rowOf.get(a) === rowOf.get(b) && Math.abs(order.get(a)! - order.get(b)!) === 1
  const laneX = (id: string, towards: number) => xOf(id) + (towards >= xOf(id) ? LANE : -LANE)
  const brackets = new Map<string, Stretch>()
  const pairs = [
    ...family.couples.map(({ a, b }) => [a, b] as const),
    ...unions.filter(({ parents }) => parents.length === 2).map(({ parents }) => [parents[0]!, parents[1]!] as const),
  ]
  for (const [a, b] of pairs) {
    const key = [a, b].toSorted().join(' ')
    if (areBeside(a, b) || brackets.has(key)) continue
    brackets.set(key, stretch(Math.max(rowOf.get(a)!, rowOf.get(b)!), laneX(a, xOf(b)), laneX(b, xOf(a)), 0))
  }
  const bars = unions.map((union) => {
    const [a, b] = union.parents as [string, string | undefined]
    const xs = union.children.map(xOf)
    const row = Math.max(...union.parents.map((id) => rowOf.get(id)!))
    const below = Math.min(...union.children.map((id) => rowOf.get(id)!)) - 1
    const centre = xs.reduce((sum, one) => sum + one, 0) / xs.length
    const bracket = b === undefined ? undefined : brackets.get([a, b].toSorted().join(' '))
    const startX =
      b === undefined ? laneX(a, centre) : bracket ? Math.min(bracket.right, Math.max(bracket.left, centre)) : (xOf(a) + xOf(b)) / 2
    // Children further down: first level to a lane of their own, which runs past the rows between.
    const lane = below > row ? stretch(row, startX, freeLane(known, row + 1, below, centre), 1) : undefined
    const from = lane ? (lane.left === startX ? lane.right : lane.left) : startX
    const bar = stretch(below, Math.min(from, ...xs), Math.max(from, ...xs), 2)
    return { union, start: { x: startX, y: bracket ? -1 : 0, from: b === undefined ? ('lane' as const) : ('couple' as const) }, bar, lane }
  })
  const counts = new Map<string, number>()
  const drawnAbove = new Set(
    unions.flatMap(({ parents, children }) => children.flatMap((child) => parents.map((parent) => `${parent} ${child}`))),
  )
  // A couple that is both the foster parents of a child has one line to it.
  const together = new Map<string, FamilyDrawn['parents']>()
  for (const one of family.parents) {
    if (drawnAbove.has(`${one.parent} ${one.child}`)) continue
    const pair = [...together].find(
      ([, [first, second]]) => first!.child === one.child && first!.kind === one.kind && !second && areBeside(first!.parent, one.parent),
    )
    together.set(pair?.[0] ?? `${one.parent} ${one.child}`, [...(pair?.[1] ?? []), one])
  }
  const apart = [...together.values()].map((all) => {
    const [one, other] = all as [FamilyDrawn['parents'][number], FamilyDrawn['parents'][number] | undefined]
    const at = (counts.get(one.child) ?? 0) + 1
    counts.set(one.child, at)
    const [row, below] = [rowOf.get(one.parent)!, rowOf.get(one.child)! - 1]
    const childX = xOf(one.child) + (at % 2 ? 1 : -1) * (8 + 7 * Math.floor((at - 1) / 2))
    const side = other ? (xOf(one.parent) + xOf(other.parent)) / 2 : laneX(one.parent, childX)
    const lane = below > row ? freeLane(known, row + 1, below, side) : side
    return {
      all,
      side,
      out: stretch(row, side, lane, 3),
      into: below > row ? stretch(below, lane, childX, 3) : stretch(row, side, childX, 3),
      lane,
      at: childX,
    }
  })
  for (const [i, one] of stretches.toSorted((a, b) => a.rank - b.rank).entries()) {
    const before = stretches.toSorted((a, b) => a.rank - b.rank).slice(0, i)
    const taken = new Set(
      before
        .filter((other) => other.gap === one.gap && other.left < one.right + TRACK && one.left < other.right + TRACK)
        .map(({ track }) => track),
    )
    // Ways down begin above the bars: what is ranked later lies lower where they meet.
    let track = 0
    while (taken.has(track)) track++
    one.track = track
  }
  return { stretches, brackets, bars, apart }
}

/** The nearest way down between members of these rows. */
function freeLane({ rowOf, xOf }: Known, first: number, last: number, near: number): number {
  const between = [...rowOf].filter(([, row]) => row >= first && row <= last).map(([id]) => xOf(id))
  const isFree = (x: number) => between.every((one) => Math.abs(one - x) >= BOX.width / 2 + 2)
  const lanes = [near, ...between.flatMap((one) => [one - LANE, one + LANE])].filter(isFree)
  return lanes.toSorted((a, b) => Math.abs(a - near) - Math.abs(b - near))[0] ?? Math.max(...between) + LANE
}

/** A biological child hangs on a plain line; how else it came to its parents is seen by the line. */
export const BY_KIND = {
  biological: { width: 1.8 },
  adopted: { width: 1.8, dash: '12 4' },
  foster: { width: 1.8, dash: '3 5' },
  guardian: { width: 1.8, dash: '12 4 2 4' },
} as const

function strokesOf(
  { couples, parents, bonds }: Family,
  plan: Plan,
  { middle, rowOf, order }: Placed,
  trackY: (stretch: Stretch) => number,
  say: Saying,
): { ground: Shape[]; lines: Line[] } {
  const ground: Shape[] = []
  const lines: Line[] = []
  const of = (id: string) => middle.get(id)!
  const coupleOf = (a: string, b: string) => couples.find((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a))
  /** From one partner to the other: level where they stand side by side, else below the row. */
  const way = (a: string, b: string): Point[] => {
    const bracket = plan.brackets.get([a, b].toSorted().join(' '))
    if (!bracket) return [of(a), of(b)]
    const [p, q] = of(a).x <= of(b).x ? [of(a), of(b)] : [of(b), of(a)]
    const y = trackY(bracket)
    const [first, last] = [
      { ...p, y: p.y + LEAVES },
      { ...q, y: q.y + LEAVES },
    ]
    return [first, { x: bracket.left, y: first.y }, { x: bracket.left, y }, { x: bracket.right, y }, { x: bracket.right, y: last.y }, last]
  }

  for (const one of couples) {
    const points = way(one.a, one.b)
    const [p, q] =
      points.length > 2 ? [points[2]!, points[3]!] : points[0]!.x <= points[1]!.x ? [points[0]!, points[1]!] : [points[1]!, points[0]!]
    const years = one.from === undefined && one.until === undefined ? '' : `${one.from ?? ''}–${one.until ?? ''}`
    const slashes = { married: 0, partners: 0, separated: 1, divorced: 2 }[one.kind]
    // Off the middle, where the children hang.
    const cut = { x: p.x + (q.x - p.x) * 0.5 + 16, y: p.y + (q.y - p.y) * 0.5 }
    lines.push({
      id: keyOfCouple(one),
      of: [keyOfCouple(one)],
      from: one.a,
      to: one.b,
      says: say.couple(one),
      shapes: [
        { path: line(...points), stroke: INK, width: 2.2, ...(one.kind === 'partners' && { dash: '8 6' }) },
        ...Array.from({ length: slashes }, (_, i): Shape => ({
          path: line({ x: cut.x + i * 7 - 5, y: cut.y + 9 }, { x: cut.x + i * 7 + 5, y: cut.y - 9 }),
          stroke: INK,
          width: 2.2,
        })),
        ...(years ? [{ text: years, x: (p.x + q.x) / 2, y: Math.min(p.y, q.y) - 12, size: 11, fill: SOFT }] : []),
      ],
    })
  }

  for (const { union, start, bar, lane } of plan.bars) {
    const [a, b] = union.parents as [string, string | undefined]
    const barY = trackY(bar)
    const bracket = b === undefined ? undefined : plan.brackets.get([a, b].toSorted().join(' '))
    const begin: Point[] =
      b === undefined
        ? [
            { x: of(a).x, y: of(a).y + LEAVES },
            { x: start.x, y: of(a).y + LEAVES },
          ]
        : [{ x: start.x, y: bracket ? trackY(bracket) : (of(a).y + of(b).y) / 2 }]
    if (b !== undefined && !coupleOf(a, b)) ground.push({ path: line(...way(a, b)), stroke: SOFT, width: 1.4, dash: '2 4' })
    const down = lane
      ? [
          { x: start.x, y: trackY(lane) },
          { x: lane.left === start.x ? lane.right : lane.left, y: trackY(lane) },
        ]
      : []
    const at = down.at(-1)?.x ?? start.x
    ground.push({ path: line(...begin, ...down, { x: at, y: barY }), stroke: INK, width: 1.8 })
    const xs = [at, ...union.children.map((id) => of(id).x)]
    if (Math.max(...xs) > Math.min(...xs))
      ground.push({ path: line({ x: Math.min(...xs), y: barY }, { x: Math.max(...xs), y: barY }), stroke: INK, width: 1.8 })
    for (const child of union.children) {
      const own = parents.filter((one) => one.child === child && union.parents.includes(one.parent))
      lines.push({
        id: own.map(keyOfParent).join('+'),
        of: own.map(keyOfParent),
        from: a,
        to: child,
        says: own.map(say.parent).join('; '),
        shapes: [{ path: line({ x: of(child).x, y: barY }, of(child)), stroke: INK, ...BY_KIND[own[0]!.kind] }],
      })
    }
  }

  for (const { all, side, out, into, lane, at } of plan.apart) {
    const [one, other] = all as [FamilyDrawn['parents'][number], FamilyDrawn['parents'][number] | undefined]
    const [p, c] = [of(one.parent), of(one.child)]
    const begin = other
      ? [{ x: side, y: (p.y + of(other.parent).y) / 2 }]
      : [
          { x: p.x, y: p.y + LEAVES },
          { x: side, y: p.y + LEAVES },
        ]
    const [outY, intoY] = [trackY(out), trackY(into)]
    const down =
      out.gap === into.gap
        ? [{ x: side, y: intoY }]
        : [
            { x: side, y: outY },
            { x: lane, y: outY },
            { x: lane, y: intoY },
          ]
    lines.push({
      id: all.map(keyOfParent).join('+'),
      of: all.map(keyOfParent),
      from: one.parent,
      to: one.child,
      says: all.map(say.parent).join('; '),
      shapes: [{ path: line(...begin, ...down, { x: at, y: intoY }, { x: at, y: c.y }), stroke: INK, ...BY_KIND[one.kind] }],
    })
  }

  const between = new Map<string, number>()
  for (const one of bonds) {
    const pair = [one.from, one.to].toSorted().join(' ')
    const nth = between.get(pair) ?? 0
    between.set(pair, nth + 1)
    const [p, q] = [of(one.from), of(one.to)]
    const isLevel = rowOf.get(one.from) === rowOf.get(one.to)
    const steps = isLevel ? Math.abs(order.get(one.from)! - order.get(one.to)!) : 0
    // Over the row, higher where somebody stands between; else a little beside the straight way.
    const bow = isLevel ? (46 + Math.min(steps - 1, 4) * 9 + nth * 15) * (p.x <= q.x ? 1 : -1) : 18 + nth * 16
    const points = outside(bent(p, q, bow), HALF + 4, HALF + 4)
    lines.push({
      id: keyOfBond(one),
      of: [keyOfBond(one)],
      from: one.from,
      to: one.to,
      says: say.bond(one),
      shapes: bondShapes(one.kind, points, one.oneWay),
    })
  }
  return { ground, lines }
}
