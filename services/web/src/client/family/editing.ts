/** Changes to a family: relatives, relations and surroundings added and taken away. Each gives a new family and leaves the old one as it is. */
import type { FamilyDrawn } from '@tirek/contract/forms/family'
import { keyOfBond, keyOfCouple, keyOfParent, keyOfTie } from '@tirek/contract/family/drawing'
import type { System } from '@tirek/contract/family/ecomap'
import type { Member } from '@tirek/contract/family/symbols'

/** The family with somebody or something new in it, and the number of the new one. */
export type Added = { family: FamilyDrawn; id: string }
export type Relative = 'parent' | 'partner' | 'child' | 'sibling'

const nextNumber = (letter: 'm' | 's', all: readonly { id: string }[]): string =>
  `${letter}${1 + Math.max(0, ...all.map(({ id }) => Number(id.slice(1))))}`
const newMember = (id: string, more: Partial<Member> = {}): Member => ({
  id,
  isChild: false,
  sex: 'unknown',
  died: false,
  unborn: false,
  inHousehold: false,
  ...more,
})

export const newFamily = (asOf: string, child: Partial<Member>): FamilyDrawn => ({
  asOf,
  members: [newMember('m1', { ...child, isChild: true })],
  parents: [],
  couples: [],
  bonds: [],
  systems: [],
  ties: [],
})

export function memberAdded(family: FamilyDrawn, more: Partial<Member> = {}): Added {
  const id = nextNumber('m', family.members)
  return { id, family: { ...family, members: [...family.members, newMember(id, more)] } }
}

/** What most often is so is filled in: a second parent of the other sex, a child of the couple, brothers and sisters of the same parents. */
export function relativeAdded(family: FamilyDrawn, to: string, as: Relative): Added {
  const sexOf = (id: string) => family.members.find((member) => member.id === id)?.sex ?? 'unknown'
  const other = (sex: Member['sex']): Member['sex'] => ({ male: 'female', female: 'male', unknown: 'unknown' })[sex] as Member['sex']
  const own = family.parents.filter(({ child, kind }) => child === to && kind === 'biological')
  const partner = family.couples.flatMap(({ a, b }) => (a === to ? [b] : b === to ? [a] : [])).at(-1)
  const biological = (parent: string, child: string) => ({ parent, child, kind: 'biological' as const })
  switch (as) {
    case 'parent': {
      const { family: more, id } = memberAdded(family, { sex: own.length === 1 ? other(sexOf(own[0]!.parent)) : 'female' })
      return { id, family: { ...more, parents: [...more.parents, biological(id, to)] } }
    }
    case 'partner': {
      const { family: more, id } = memberAdded(family, { sex: other(sexOf(to)) })
      return { id, family: { ...more, couples: [...more.couples, { a: to, b: id, kind: 'married' }] } }
    }
    case 'child': {
      const { family: more, id } = memberAdded(family)
      return {
        id,
        family: { ...more, parents: [...more.parents, ...[to, ...(partner ? [partner] : [])].map((parent) => biological(parent, id))] },
      }
    }
    case 'sibling': {
      const { family: more, id } = memberAdded(family)
      return { id, family: { ...more, parents: [...more.parents, ...own.map(({ parent }) => biological(parent, id))] } }
    }
  }
}

/** The child of the case stays. */
export function memberRemoved(family: FamilyDrawn, id: string): FamilyDrawn {
  if (family.members.find((member) => member.id === id)?.isChild !== false) return family
  return {
    ...family,
    members: family.members.filter((one) => one.id !== id),
    parents: family.parents.filter(({ parent, child }) => parent !== id && child !== id),
    couples: family.couples.filter(({ a, b }) => a !== id && b !== id),
    bonds: family.bonds.filter(({ from, to }) => from !== id && to !== id),
    ties: family.ties.filter(({ member }) => member !== id),
  }
}

export function systemAdded(family: FamilyDrawn): Added {
  const id = nextNumber('s', family.systems)
  return {
    id,
    family: {
      ...family,
      systems: [...family.systems, { id, kind: 'other' } satisfies System],
      ties: [...family.ties, { system: id, strength: 'ordinary', flow: 'both' }],
    },
  }
}
export const systemRemoved = (family: FamilyDrawn, id: string): FamilyDrawn => ({
  ...family,
  systems: family.systems.filter((one) => one.id !== id),
  ties: family.ties.filter(({ system }) => system !== id),
})

export type RelationList = 'parents' | 'couples' | 'bonds' | 'ties'
export type Related = { list: RelationList; at: number }

/** The name of the relation that stands there. */
export function keyAt(family: FamilyDrawn, { list, at }: Related): string {
  if (list === 'parents') return keyOfParent(family.parents[at]!)
  if (list === 'couples') return keyOfCouple(family.couples[at]!)
  return list === 'bonds' ? keyOfBond(family.bonds[at]!) : keyOfTie(family.ties[at]!)
}

/** Where the relation of this name stands. */
export function relationAt(family: FamilyDrawn, key: string): Related | undefined {
  const lists: [RelationList, readonly string[]][] = [
    ['parents', family.parents.map(keyOfParent)],
    ['couples', family.couples.map(keyOfCouple)],
    ['bonds', family.bonds.map(keyOfBond)],
    ['ties', family.ties.map(keyOfTie)],
  ]
  for (const [list, keys] of lists) if (keys.includes(key)) return { list, at: keys.indexOf(key) }
  return undefined
}
export const relationRemoved = (family: FamilyDrawn, { list, at }: Related): FamilyDrawn => ({
  ...family,
  [list]: family[list].toSpliced(at, 1),
})

/** `how`: `parent`, `child`, `couple`, or a quality of relations. Nothing changes where they are related so already. */
export function related(family: FamilyDrawn, from: string, to: string, how: string): { family: FamilyDrawn; key: string } {
  const parent = (one: { parent: string; child: string }) => {
    const key = keyOfParent(one)
    return {
      key,
      family: relationAt(family, key) ? family : { ...family, parents: [...family.parents, { ...one, kind: 'biological' as const }] },
    }
  }
  if (how === 'parent') return parent({ parent: from, child: to })
  if (how === 'child') return parent({ parent: to, child: from })
  if (how === 'couple') {
    const known = family.couples.find(({ a, b }) => (a === from && b === to) || (a === to && b === from))
    if (known) return { family, key: keyOfCouple(known) }
    return {
      family: { ...family, couples: [...family.couples, { a: from, b: to, kind: 'married' }] },
      key: keyOfCouple({ a: from, b: to }),
    }
  }
  const bond = { from, to, kind: how as FamilyDrawn['bonds'][number]['kind'], oneWay: false }
  const known = family.bonds.find((one) => one.kind === how && [one.from, one.to].toSorted().join() === [from, to].toSorted().join())
  if (known) return { family, key: keyOfBond(known) }
  return { family: { ...family, bonds: [...family.bonds, bond] }, key: keyOfBond(bond) }
}

export function tied(family: FamilyDrawn, system: string, member: string | undefined): { family: FamilyDrawn; key: string } {
  const key = keyOfTie({ system, member })
  if (relationAt(family, key)) return { family, key }
  return { key, family: { ...family, ties: [...family.ties, { system, ...(member && { member }), strength: 'ordinary', flow: 'both' }] } }
}

/** What can hardly be so; told, never refused. */
export type Doubt = { what: 'parent' | 'death'; a: string; b?: string }
export function doubtsOf({ members, parents }: FamilyDrawn): Doubt[] {
  const year = (id: string) => {
    const member = members.find((one) => one.id === id)
    return member?.birthYear ?? (member?.birthDate === undefined ? undefined : Number(member.birthDate.slice(0, 4)))
  }
  return [
    ...parents.flatMap(({ parent, child, kind }): Doubt[] => {
      const [a, b] = [year(parent), year(child)]
      return kind === 'biological' && a !== undefined && b !== undefined && b - a < 12 ? [{ what: 'parent', a: parent, b: child }] : []
    }),
    ...members.flatMap(({ id, deathYear }): Doubt[] => {
      const born = year(id)
      return deathYear !== undefined && born !== undefined && deathYear < born ? [{ what: 'death', a: id }] : []
    }),
  ]
}
