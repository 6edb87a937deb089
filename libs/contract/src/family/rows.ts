/** Who stands beside whom: each generation as a row, brothers and sisters in order of birth, partners next to each other, the father's side on the left. */
import type { FamilyDrawn } from '../forms/family.ts'
import { spread } from './places.ts'

export type Family = Pick<FamilyDrawn, 'members' | 'parents' | 'couples' | 'bonds'>
type Member = FamilyDrawn['members'][number]

/** The parents under whom a child stands; others are drawn to it apart. */
export type Union = { key: string; parents: readonly string[]; children: readonly string[] }
export type Rows = { rows: readonly (readonly string[])[]; unions: readonly Union[]; unionOf: ReadonlyMap<string, Union> }

const KINDS = ['biological', 'adopted', 'foster', 'guardian'] as const
const FAR = 1e6

/** The day or year of birth for an order; unknown ones last, in the order in which they were written. */
const bornOf = ({ birthDate, birthYear }: Member): string => birthDate ?? (birthYear === undefined ? '9999' : `${birthYear}-13`)

export function unionsOf({ members, parents }: Family): Pick<Rows, 'unions' | 'unionOf'> {
  const place = new Map(members.map((member, i) => [member.id, { member, i }]))
  const manFirst = (a: string, b: string) => {
    const rank = (id: string) => ({ male: 0, unknown: 1, female: 2 })[place.get(id)!.member.sex]
    return rank(a) - rank(b) || place.get(a)!.i - place.get(b)!.i
  }
  const children = new Map<string, { parents: string[]; children: Member[] }>()
  for (const member of members) {
    const own = parents.filter(({ child }) => child === member.id)
    const kind = KINDS.find((one) => own.some((parent) => parent.kind === one))
    if (!kind) continue
    const both = own
      .filter((one) => one.kind === kind)
      .slice(0, 2)
      .map(({ parent }) => parent)
      .toSorted(manFirst)
    const key = both.join(' ')
    const union = children.get(key) ?? { parents: both, children: [] }
    union.children.push(member)
    children.set(key, union)
  }
  const unions = [...children].map(([key, union]) => ({
    key,
    parents: union.parents,
    children: union.children.toSorted((a, b) => (bornOf(a) < bornOf(b) ? -1 : bornOf(a) > bornOf(b) ? 1 : 0)).map(({ id }) => id),
  }))
  return { unions, unionOf: new Map(unions.flatMap((union) => union.children.map((child) => [child, union] as const))) }
}

export function rowsOf(family: Family, level: ReadonlyMap<string, number>): Rows {
  const { unions, unionOf } = unionsOf(family)
  const partners = partnersOf(family, unions, level)
  const rank = founderRanks(family, unionOf)
  const placed = new Set<string>()
  const x = new Map<string, number>()
  const rows: string[][] = []
  for (let row = 0; row <= Math.max(...level.values()); row++) {
    const here = family.members.filter(({ id }) => level.get(id) === row)
    const groups: { at: number; ids: string[] }[] = []
    // Partners without parents of their own stand next to theirs; those with parents among their brothers and sisters.
    const isFree = (id: string) => !unionOf.has(id) && !placed.has(id) && level.get(id) === row
    const above = (id: string) => {
      const places = (unionOf.get(id)?.parents ?? []).flatMap((one) => x.get(one) ?? [])
      return places.reduce((sum, one) => sum + one, 0) / (places.length || 1)
    }
    const withPartners = (id: string): string[] => {
      placed.add(id)
      const free = (partners.get(id) ?? []).filter(isFree)
      for (const one of free) placed.add(one)
      const isMan = family.members.find((member) => member.id === id)!.sex === 'male'
      // Earlier partners on the left, the last one on the right. The only one of a woman stands on her left, unless a partner of other parents comes from there.
      const elsewhere = (partners.get(id) ?? []).filter((one) => unionOf.has(one)).map((one) => above(one) - above(id))
      const onLeft = elsewhere.length > 0 ? elsewhere[0]! > 0 : !isMan
      const left = free.length === 1 ? (onLeft ? free : []) : free.slice(0, -1)
      const right = free.length === 1 ? (onLeft ? [] : free) : free.slice(-1)
      return [...left.flatMap((one) => withPartners(one)), id, ...right.flatMap((one) => withPartners(one))]
    }
    const sibships = new Map<string, string[]>()
    for (const { id } of here) {
      const union = unionOf.get(id)
      if (union)
        sibships.set(
          union.key,
          union.children.filter((child) => level.get(child) === row),
        )
    }
    for (const children of sibships.values()) groups.push({ at: above(children[0]!), ids: children.flatMap((id) => withPartners(id)) })
    for (const { id } of here.toSorted((a, b) => (rank.get(a.id) ?? FAR) - (rank.get(b.id) ?? FAR)))
      if (!placed.has(id)) groups.push({ at: row === 0 ? (rank.get(id) ?? FAR) : FAR, ids: withPartners(id) })
    const ordered = groups.toSorted((a, b) => a.at - b.at)
    const ids = ordered.flatMap((group) => group.ids)
    const wanted = ordered.flatMap(({ at: middle, ids: of }) => of.map((_, i) => ({ middle, i, n: of.length })))
    let free = 0
    const places = spread(
      wanted.map(({ middle, i, n }) => (row > 0 && middle < FAR ? middle + (i - (n - 1) / 2) : (free += 1))),
      wanted.map(() => 1),
    )
    for (const [i, id] of ids.entries()) x.set(id, places[i]!)
    rows.push(ids)
  }
  return { rows, unions, unionOf }
}

/** Couples, and parents of one child, in the order in which they came together. */
function partnersOf({ couples }: Family, unions: readonly Union[], level: ReadonlyMap<string, number>): ReadonlyMap<string, string[]> {
  const found = new Map<string, { id: string; from: number }[]>()
  const put = (a: string, b: string, from: number) => {
    if (level.get(a) !== level.get(b)) return
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const list = found.get(one) ?? []
      if (!list.some(({ id }) => id === other)) list.push({ id: other, from })
      found.set(one, list)
    }
  }
  for (const { a, b, kind, from, until } of couples) put(a, b, from ?? until ?? (kind === 'divorced' || kind === 'separated' ? 0 : 9999))
  for (const { parents } of unions) if (parents.length === 2) put(parents[0]!, parents[1]!, 0)
  return new Map([...found].map(([id, list]) => [id, list.toSorted((a, b) => a.from - b.from).map((one) => one.id)]))
}

/** Forebears of the child who have no parents on the drawing, the father's side first. */
function founderRanks({ members }: Family, unionOf: ReadonlyMap<string, Union>): ReadonlyMap<string, number> {
  const rank = new Map<string, number>()
  const met = new Set<string>()
  const climb = (id: string) => {
    if (met.has(id)) return
    met.add(id)
    const union = unionOf.get(id)
    if (union) for (const parent of union.parents) climb(parent)
    else rank.set(id, rank.size)
  }
  const child = members.find(({ isChild }) => isChild)
  if (child) climb(child.id)
  for (const { id } of members) climb(id)
  return rank
}
