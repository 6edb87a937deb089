/** Round whom a broken line is drawn: those who live in the home, and nobody else. */
import { outlinesOf, roundedPath, type Area } from './outline.ts'
import type { Point } from './drawing.ts'

type Placed = { middle: ReadonlyMap<string, Point>; rows: readonly (readonly string[])[] }

const AROUND = 5
const LINK = 7

/** Closed ways, and the left upper corner of each. Neighbours of a row, and rows that follow each other, are joined through the gaps between them. */
export function householdOf(
  members: readonly { id: string; inHousehold: boolean; moved?: unknown }[],
  { middle, rows }: Placed,
  box: { width: number; height: number },
  top: number,
): { path: string; corner: Point }[] {
  const home = new Set(members.filter(({ inHousehold }) => inHousehold).map(({ id }) => id))
  if (home.size === 0) return []
  const isMoved = members.some(({ id, moved }) => home.has(id) && moved !== undefined)
  const areaOf = (ids: readonly string[]): Area => {
    const all = ids.map((id) => middle.get(id)!)
    return {
      left: Math.min(...all.map(({ x }) => x)) - box.width / 2 - AROUND,
      right: Math.max(...all.map(({ x }) => x)) + box.width / 2 + AROUND,
      top: Math.min(...all.map(({ y }) => y)) - top - AROUND - 4,
      bottom: Math.max(...all.map(({ y }) => y)) - top + box.height + AROUND,
    }
  }
  const runs = rows.map((ids) => {
    const found: string[][] = []
    for (const [i, id] of ids.entries()) {
      if (!home.has(id)) continue
      if (i > 0 && home.has(ids[i - 1]!) && !isMoved) found.at(-1)!.push(id)
      else found.push([id])
    }
    return found.map(areaOf)
  })
  const areas = runs.flat()
  // Whoever was moved by hand may stand anywhere: each then has a line of their own.
  if (!isMoved)
    for (const [row, here] of runs.entries()) {
      const above = runs[row - 1] ?? []
      const hung = here.map((down) => {
        const up = above.toSorted((a, b) => common(b, down) - common(a, down))[0]
        if (!up || common(up, down) < 3 * LINK) return false
        areas.push({ left: Math.max(up.left, down.left), right: Math.min(up.right, down.right), top: up.bottom - 1, bottom: down.top + 1 })
        return true
      })
      if (above.length > 0 && here.length > 0 && !hung.includes(true)) areas.push(...stepped(above[0]!, here[0]!))
      // Two that hang from the row above are joined by it.
      for (const [i, area] of here.entries()) {
        const next = here[i + 1]
        if (next && !(hung[i] && hung[i + 1] && above.length === 1)) areas.push(...joined(area, next, area.bottom + 4))
      }
    }
  return outlinesOf(areas).map((corners) => ({
    path: roundedPath(corners, 10),
    corner: corners.toSorted((a, b) => a.y - b.y || a.x - b.x)[0]!,
  }))
}

const common = (a: Area, b: Area): number => Math.min(a.right, b.right) - Math.max(a.left, b.left)

/** Two of one row round somebody between them, through the gap below. */
const joined = (a: Area, b: Area, y: number): Area[] => [
  { left: a.right - 2 * LINK, right: a.right, top: a.bottom - 1, bottom: y + LINK },
  { left: a.right - 2 * LINK, right: b.left + 2 * LINK, top: y - 1, bottom: y + LINK },
  { left: b.left, right: b.left + 2 * LINK, top: b.bottom - 1, bottom: y + LINK },
]

/** A step from a row to the one below, where nobody stands above the other. */
function stepped(up: Area, down: Area): Area[] {
  const y = (up.bottom + down.top) / 2
  const from = up.left > down.right ? up.left + LINK : up.right - LINK
  const to = up.left > down.right ? down.right - LINK : down.left + LINK
  return [
    { left: from - LINK, right: from + LINK, top: up.bottom - 1, bottom: y + LINK },
    { left: Math.min(from, to) - LINK, right: Math.max(from, to) + LINK, top: y - LINK, bottom: y + LINK },
    { left: to - LINK, right: to + LINK, top: y - LINK, bottom: down.top + 1 },
  ]
}
