/** Which generation each belongs to: 0 is the eldest that is drawn. Parents stand above their children always, couples on one row where that can be. */
import type { FamilyDrawn } from '../forms/family.ts'

type Family = Pick<FamilyDrawn, 'members' | 'parents' | 'couples' | 'bonds'>

/** Blood and couples say most of a generation; a grandmother may be the guardian. */
const SPREAD: readonly (readonly string[])[] = [['biological', 'adopted'], ['foster'], ['guardian']]

export function generationsOf(family: Family): ReadonlyMap<string, number> {
  const level = new Map<string, number>()
  spread(family, level)
  settle(family, level)
  const used = [...new Set(level.values())].toSorted((a, b) => a - b)
  return new Map(family.members.map(({ id }) => [id, used.indexOf(level.get(id)!)]))
}

/** From the child outward: a parent is one row up, a partner on the same row. Whoever is tied to nobody stands beside the child, or beside whom they are close to. */
function spread({ members, parents, couples, bonds }: Family, level: Map<string, number>): void {
  const reach = (kinds: ReadonlySet<string>) => {
    for (let more = true; more;) {
      more = false
      const put = (from: string, to: string, by: number) => {
        if (!level.has(from) || level.has(to)) return
        level.set(to, level.get(from)! + by)
        more = true
      }
      for (const { parent, child, kind } of parents) {
        if (!kinds.has(kind)) continue
        put(child, parent, -1)
        put(parent, child, 1)
      }
      for (const { a, b } of couples) {
        put(a, b, 0)
        put(b, a, 0)
      }
    }
  }
  const child = members.find(({ isChild }) => isChild) ?? members[0]
  if (child) level.set(child.id, 0)
  const kinds = new Set<string>()
  for (const more of SPREAD) {
    for (const kind of more) kinds.add(kind)
    reach(kinds)
  }
  for (const { id } of members) {
    if (level.has(id)) continue
    const near = bonds.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : [])).find((one) => level.has(one))
    level.set(id, near === undefined ? 0 : level.get(near)!)
    reach(kinds)
  }
}

/** Puts right what contradicts: children go down, partners follow; then those without parents come down to just above their children. */
function settle({ members, parents, couples }: Family, level: Map<string, number>): void {
  const lower = () => {
    let moved = false
    for (const { parent, child } of parents)
      if (level.get(child)! <= level.get(parent)!) {
        level.set(child, level.get(parent)! + 1)
        moved = true
      }
    return moved
  }
  for (let n = 0; n <= members.length; n++) {
    let moved = lower()
    for (const { a, b } of couples) {
      const down = Math.max(level.get(a)!, level.get(b)!)
      moved ||= level.get(a) !== down || level.get(b) !== down
      level.set(a, down)
      level.set(b, down)
    }
    if (!moved) break
  }
  // A partner who is an ancestor cannot stand on the same row: parents above children comes first.
  for (let n = 0; n <= members.length && lower(); n++);
  const hasParents = new Set(parents.map(({ child }) => child))
  const above = (ids: readonly string[]) =>
    Math.min(...parents.filter(({ parent }) => ids.includes(parent)).map(({ child }) => level.get(child)!)) - 1
  for (const { id } of members) {
    const pair = [id, ...couples.flatMap(({ a, b }) => (a === id ? [b] : b === id ? [a] : []))]
    const want = above(pair)
    if (pair.some((one) => hasParents.has(one)) || !Number.isFinite(want)) continue
    for (const one of pair) if (want > level.get(one)!) level.set(one, want)
  }
}
