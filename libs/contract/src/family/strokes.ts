/** Lines that say what kind of relation they are by their form: double, dotted, zigzag, cut, with an arrow. */
import { INK, KEPT, LATE, pathOf, type Point, type Shape } from './drawing.ts'

export type BondKind = 'close' | 'very-close' | 'distant' | 'conflict' | 'close-conflict' | 'cut-off' | 'violence'
export type TieKind = 'strong' | 'ordinary' | 'weak' | 'stressful' | 'broken'
/** At which ends an arrow stands. */
export type Arrows = { atStart?: boolean; atEnd?: boolean }

/** Points of a bent line in equal steps of about four units. `bow`: how far its middle lies to its left. */
export function bent(from: Point, to: Point, bow: number): Point[] {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy) || 1
  const middle = { x: (from.x + to.x) / 2 + (dy / length) * bow * 2, y: (from.y + to.y) / 2 - (dx / length) * bow * 2 }
  const steps = Math.max(8, Math.round((length + Math.abs(bow)) / 4))
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps
    return {
      x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * middle.x + t ** 2 * to.x,
      y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * middle.y + t ** 2 * to.y,
    }
  })
}

/** The part of a line outside of the circles round its ends. */
export function outside(points: readonly Point[], fromRadius: number, toRadius: number): Point[] {
  const [first, last] = [points[0]!, points.at(-1)!]
  const kept = points.filter(
    (point) => Math.hypot(point.x - first.x, point.y - first.y) >= fromRadius && Math.hypot(point.x - last.x, point.y - last.y) >= toRadius,
  )
  return kept.length >= 2 ? kept : [first, last]
}

const normalAt = (points: readonly Point[], i: number): Point => {
  const [a, b] = [points[Math.max(0, i - 1)]!, points[Math.min(points.length - 1, i + 1)]!]
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  return { x: -(b.y - a.y) / length, y: (b.x - a.x) / length }
}
const aside = (points: readonly Point[], by: (i: number) => number): Point[] =>
  points.map((point, i) => {
    const normal = normalAt(points, i)
    return { x: point.x + normal.x * by(i), y: point.y + normal.y * by(i) }
  })
const beside = (points: readonly Point[], by: number): string => pathOf(aside(points, () => by))
/** Straight for a moment at both ends, so that it is seen where it leads. */
const zigzag = (points: readonly Point[], high: number): string =>
  pathOf(aside(points, (i) => (i < 2 || i > points.length - 3 ? 0 : [0, high, 0, -high][i % 4]!)))

function arrow(points: readonly Point[], atEnd: boolean, colour: string): Shape {
  const way = atEnd ? points : points.toReversed()
  const tip = way.at(-1)!
  const back = way[Math.max(0, way.length - 4)]!
  const length = Math.hypot(tip.x - back.x, tip.y - back.y) || 1
  const [ux, uy] = [(tip.x - back.x) / length, (tip.y - back.y) / length]
  const wing = (side: number) => ({ x: tip.x - ux * 12 - uy * 5.5 * side, y: tip.y - uy * 12 + ux * 5.5 * side })
  return { path: `${pathOf([wing(1), tip, wing(-1)])}Z`, fill: colour, stroke: colour, width: 1 }
}

/** Broken: two halves, a bar at the end of each. */
function broken(points: readonly Point[], colour: string): Shape[] {
  const [left, right] = [Math.floor(points.length * 0.44), Math.ceil(points.length * 0.56)]
  const bar = (i: number) => {
    const [point, normal] = [points[i]!, normalAt(points, i)]
    return pathOf([
      { x: point.x + normal.x * 8, y: point.y + normal.y * 8 },
      { x: point.x - normal.x * 8, y: point.y - normal.y * 8 },
    ])
  }
  const path = `${pathOf(points.slice(0, left + 1))}${bar(left)}${bar(right)}${pathOf(points.slice(right))}`
  return [{ path, stroke: colour, width: 2 }]
}

const arrows = (points: readonly Point[], { atStart, atEnd }: Arrows, colour: string): Shape[] => [
  ...(atStart ? [arrow(points, false, colour)] : []),
  ...(atEnd ? [arrow(points, true, colour)] : []),
]

/** How two people stand to each other. Violence always shows whom it is against. */
export function bondShapes(kind: BondKind, points: readonly Point[], oneWay: boolean): Shape[] {
  const ends = { atStart: kind === 'violence' && !oneWay, atEnd: oneWay || kind === 'violence' }
  switch (kind) {
    case 'close':
      return [{ path: beside(points, 2.5) + beside(points, -2.5), stroke: KEPT, width: 1.6 }, ...arrows(points, ends, KEPT)]
    case 'very-close':
      return [
        { path: beside(points, 4.5) + beside(points, 0) + beside(points, -4.5), stroke: KEPT, width: 1.6 },
        ...arrows(points, ends, KEPT),
      ]
    case 'distant':
      return [{ path: pathOf(points), stroke: INK, width: 1.8, dash: '2 6' }, ...arrows(points, ends, INK)]
    case 'conflict':
      return [{ path: zigzag(points, 6), stroke: LATE, width: 1.6 }, ...arrows(points, ends, LATE)]
    case 'close-conflict':
      return [
        { path: beside(points, 9) + beside(points, -9), stroke: KEPT, width: 1.4 },
        { path: zigzag(points, 6), stroke: LATE, width: 1.6 },
        ...arrows(points, ends, LATE),
      ]
    case 'cut-off':
      return [...broken(points, INK), ...arrows(points, ends, INK)]
    case 'violence':
      return [{ path: zigzag(points, 6), stroke: LATE, width: 3 }, ...arrows(points, ends, LATE)]
  }
}

/** How the family stands to what surrounds it, and which way energy and help go. */
export function tieShapes(kind: TieKind, points: readonly Point[], ends: Arrows): Shape[] {
  switch (kind) {
    case 'strong':
      return [{ path: pathOf(points), stroke: KEPT, width: 5 }, ...arrows(points, ends, KEPT)]
    case 'ordinary':
      return [{ path: pathOf(points), stroke: INK, width: 1.8 }, ...arrows(points, ends, INK)]
    case 'weak':
      return [{ path: pathOf(points), stroke: INK, width: 1.8, dash: '7 6' }, ...arrows(points, ends, INK)]
    case 'stressful':
      return [{ path: zigzag(points, 6), stroke: LATE, width: 1.8 }, ...arrows(points, ends, LATE)]
    case 'broken':
      return [...broken(points, INK), ...arrows(points, ends, INK)]
  }
}
