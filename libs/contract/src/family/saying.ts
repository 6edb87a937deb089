/** How people, relations and ties are called, on the drawing, in the table and for whoever cannot see it. */
import { BONDS, COUPLES, FLOWS, PARENTHOODS, SYSTEMS, TIES } from '../forms/family-codes.ts'
import type { FamilyDrawn } from '../forms/family.ts'
import type { Lang } from '../roles.ts'
import { ageText } from '../ages.ts'
import { AT, drawnWords } from './words.ts'
import { wrapped } from './drawing.ts'
import type { Saying as SayingEcomap, System } from './ecomap.ts'
import type { Saying } from './genogram.ts'
import { KIN, kinOf } from './kin.ts'
import type { Member } from './symbols.ts'

export type Says = Saying &
  SayingEcomap & { who(id: string): string; ageWords(member: Member): string; years(member: Member): string; systemWho(id: string): string }

const SIGNS = 14
const filled = (text: string, values: Record<string, string>) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

/** `names`: people are called by their names too; without, by who they are to the child. */
export function sayingOf(family: FamilyDrawn, lang: Lang, names: boolean): Says {
  const fam = drawnWords(lang)
  const kin = kinOf(family)
  const by = new Map(family.members.map((member) => [member.id, member]))
  const systems = new Map(family.systems.map((system) => [system.id, system]))
  const kinWord = (member: Member) => {
    const known = kin.get(member.id) ?? 'other'
    return member.role && known !== 'child' ? member.role : KIN[known][AT[lang]]
  }
  const nameOf = (member: Member) => (names && member.name ? member.name : undefined)
  const who = (id: string): string => {
    const member = by.get(id)
    if (!member) return id
    const name = nameOf(member)
    const alike = family.members.filter((one) => kinWord(one) === kinWord(member)).length > 1
    return name ? `${kinWord(member)} (${name})` : alike ? `${kinWord(member)} №${id.slice(1)}` : kinWord(member)
  }
  const years = ({ birthDate, birthYear, died, deathYear }: Member): string => {
    const born = birthDate?.slice(0, 4) ?? birthYear?.toString()
    if (died) return `${born ?? '?'}–${deathYear ?? '?'}`
    return born ? `${fam.born} ${born}` : ''
  }
  const monthsOf = (birthDate: string): number => {
    const [y, m, d] = birthDate.split('-').map(Number) as [number, number, number]
    const [toY, toM, toD] = family.asOf.split('-').map(Number) as [number, number, number]
    return (toY - y) * 12 + toM - m - (toD < d ? 1 : 0)
  }
  const age = (member: Member): string => {
    const { birthDate, birthYear, died, deathYear, unborn } = member
    if (unborn) return ''
    const born = birthYear ?? (birthDate && Number(birthDate.slice(0, 4)))
    if (died) return deathYear !== undefined && born !== undefined && born !== '' ? String(Math.max(0, deathYear - Number(born))) : ''
    if (birthDate) {
      const months = Math.max(0, monthsOf(birthDate))
      return months < 24 ? filled(fam.months, { n: String(months) }) : String(Math.floor(months / 12))
    }
    return birthYear === undefined ? '' : String(Math.max(0, Number(family.asOf.slice(0, 4)) - birthYear))
  }
  const ageWords = (member: Member): string => {
    if (member.unborn) return fam.unborn
    if (member.died) return `${fam.died}${member.birthYear || member.birthDate || member.deathYear ? ` (${years(member)})` : ''}`
    if (member.birthDate && member.birthDate <= family.asOf) return ageText(member.birthDate, family.asOf, lang)
    return member.birthYear === undefined ? '' : `≈ ${age(member)}`
  }
  const sexWord = ({ sex, unborn }: Member) => (unborn ? fam.unborn : { male: fam.man, female: fam.woman, unknown: fam.unknownSex }[sex])
  const systemWho = (id: string) => {
    const system = systems.get(id)
    return system ? `${SYSTEMS[system.kind][lang]}${system.name ? ` (${system.name})` : ''}` : id
  }
  const pair = (a: string, b: string, kind: string) => filled(fam.pair, { a: who(a), b: who(b), kind })
  return {
    who,
    years,
    ageWords,
    age,
    systemWho,
    together: fam.together,
    family: fam.family,
    label: (member) => {
      const name = nameOf(member)
      return { who: wrapped(kinWord(member), SIGNS, 2), more: [...(name ? wrapped(name, SIGNS, 2) : []), years(member)].filter(Boolean) }
    },
    member: (member) =>
      [who(member.id), sexWord(member), ageWords(member), member.inHousehold ? fam.livesIn : ''].filter(Boolean).join(', '),
    parent: ({ parent, child, kind }) => filled(fam.parentOf, { a: who(parent), b: who(child), kind: PARENTHOODS[kind][lang] }),
    couple: ({ a, b, kind, from, until }) =>
      pair(a, b, `${COUPLES[kind][lang]}${from === undefined && until === undefined ? '' : `, ${from ?? ''}–${until ?? ''}`}`),
    bond: ({ from, to, kind, oneWay }) =>
      oneWay ? filled(fam.oneWayTo, { a: who(from), b: who(to), kind: BONDS[kind][lang] }) : pair(from, to, BONDS[kind][lang]),
    systemLabel: (system: System) => ({
      who: wrapped(SYSTEMS[system.kind][lang], SIGNS, 2),
      more: system.name ? wrapped(system.name, SIGNS, 1) : [],
    }),
    system: ({ id }) => systemWho(id),
    tie: ({ system, member, strength, flow }) =>
      `${systemWho(system)} – ${member === undefined ? fam.wholeFamily : who(member)}: ${TIES[strength][lang]}; ${FLOWS[flow][lang]}`,
  }
}
