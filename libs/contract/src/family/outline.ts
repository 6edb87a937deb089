/** The line round several rectangles, corner by corner. */
import type { Point } from './drawing.ts'

export type Area = { left: number; top: number; right: number; bottom: number }

/** Closed ways round the union of rectangles, in one direction. */
export function outlinesOf(areas: readonly Area[]): Point[][] {
  const sorted = (values: number[]) => [...new Set(values)].toSorted((a, b) => a - b)
  const xs = sorted(areas.flatMap(({ left, right }) => [left, right]))
  const ys = sorted(areas.flatMap(({ top, bottom }) => [top, bottom]))
  const isIn = (i: number, j: number): boolean => {
    const [x, y] = [(xs[i]! + xs[i + 1]!) / 2, (ys[j]! + ys[j + 1]!) / 2]
    return areas.some((area) => area.left < x && x < area.right && area.top < y && y < area.bottom)
  }
  // Sides of filled cells that have no filled neighbour, the inside to their right.
  const sides = new Map<string, [number, number][]>()
  const side = (i: number, j: number, toI: number, toJ: number) => {
    const key = `${i} ${j}`
    sides.set(key, [...(sides.get(key) ?? []), [toI, toJ]])
  }
  for (let i = 0; i < xs.length - 1; i++)
    for (let j = 0; j < ys.length - 1; j++) {
      if (!isIn(i, j)) continue
      if (j === 0 || !isIn(i, j - 1)) side(i, j, i + 1, j)
      if (i === xs.length - 2 || !isIn(i + 1, j)) side(i + 1, j, i + 1, j + 1)
      if (j === ys.length - 2 || !isIn(i, j + 1)) side(i + 1, j + 1, i, j + 1)
      if (i === 0 || !isIn(i - 1, j)) side(i, j + 1, i, j)
    }
  const ways: Point[][] = []
  for (let start = sides.keys().next().value; start !== undefined; start = sides.keys().next().value) {
    const way: [number, number][] = []
    for (let key = start; ;) {
      const next = sides.get(key)?.pop()
      if (!next) break
      if (sides.get(key)!.length === 0) sides.delete(key)
      way.push(next)
      key = `${next[0]} ${next[1]}`
    }
    const corners = way.filter(([i, j], n) => {
      const [a, b] = [way.at(n - 1)!, way[(n + 1) % way.length]!]
      return !((a[0] === i && b[0] === i) || (a[1] === j && b[1] === j))
    })
    ways.push(corners.map(([i, j]) => ({ x: xs[i]!, y: ys[j]! })))
  }
  return ways
}

/** A closed way with round corners. */
export function roundedPath(corners: readonly Point[], radius: number): string {
  return `${corners
    .map((corner, i) => {
      const towards = (other: Point) => {
        const length = Math.hypot(other.x - corner.x, other.y - corner.y) || 1
        const by = Math.min(radius, length / 2) / length
        return `${corner.x + (other.x - corner.x) * by} ${corner.y + (other.y - corner.y) * by}`
      }
      return `${i === 0 ? 'M' : 'L'}${towards(corners.at(i - 1)!)}Q${corner.x} ${corner.y} ${towards(corners[(i + 1) % corners.length]!)}`
    })
    .join('')}Z`
}
