/** Who each is to the child of the case, as the relations say it. */
import type { FamilyDrawn } from '../forms/family.ts'
import type { Said } from './words.ts'

export const KIN = {
  child: ['ребенок', 'бала', 'child'],
  mother: ['мать', 'анасы', 'mother'],
  father: ['отец', 'әкесі', 'father'],
  parent: ['родитель', 'ата-анасы', 'parent'],
  adopterF: ['усыновительница', 'асырап алған анасы', 'adoptive mother'],
  adopterM: ['усыновитель', 'асырап алған әкесі', 'adoptive father'],
  fosterF: ['приемная мать', 'қабылдаушы анасы', 'foster mother'],
  fosterM: ['приемный отец', 'қабылдаушы әкесі', 'foster father'],
  guardian: ['опекун', 'қамқоршысы', 'guardian'],
  olderBrother: ['старший брат', 'ағасы', 'elder brother'],
  youngerBrother: ['младший брат', 'інісі', 'younger brother'],
  brother: ['брат', 'ер бауыры', 'brother'],
  olderSister: ['старшая сестра', 'әпкесі', 'elder sister'],
  youngerSister: ['младшая сестра', 'қарындасы', 'younger sister'],
  youngerSisterOfGirl: ['младшая сестра', 'сіңлісі', 'younger sister'],
  sister: ['сестра', 'қыз бауыры', 'sister'],
  sibling: ['брат или сестра', 'бауыры', 'sibling'],
  mothersMother: ['бабушка по матери', 'нағашы әжесі', "mother's mother"],
  mothersFather: ['дедушка по матери', 'нағашы атасы', "mother's father"],
  fathersMother: ['бабушка по отцу', 'әжесі', "father's mother"],
  fathersFather: ['дедушка по отцу', 'атасы', "father's father"],
  greatGrandmother: ['прабабушка', 'үлкен әжесі', 'great-grandmother'],
  greatGrandfather: ['прадедушка', 'үлкен атасы', 'great-grandfather'],
  mothersBrother: ['дядя по матери', 'нағашысы', "mother's brother"],
  mothersSister: ['тетя по матери', 'нағашы әпкесі', "mother's sister"],
  fathersBrother: ['дядя по отцу', 'әкесінің бауыры', "father's brother"],
  fathersSister: ['тетя по отцу', 'әкесінің әпкесі не қарындасы', "father's sister"],
  cousin: ['двоюродный брат или сестра', 'немере не бөле туысы', 'cousin'],
  mothersPartner: ['партнер матери', 'анасының серігі', "mother's partner"],
  fathersPartner: ['партнер отца', 'әкесінің серігі', "father's partner"],
  other: ['член семьи', 'отбасы мүшесі', 'member of the family'],
} as const satisfies Record<string, Said>
export type Kin = keyof typeof KIN

type Family = Pick<FamilyDrawn, 'members' | 'parents' | 'couples'>
type Member = FamilyDrawn['members'][number]

const bornOf = ({ birthDate, birthYear }: Member): string | undefined => birthDate ?? birthYear?.toString()

/** The nearest relation of each; whoever is none of these is `other`. */
export function kinOf({ members, parents, couples }: Family): ReadonlyMap<string, Kin> {
  const child = members.find(({ isChild }) => isChild)
  const kin = new Map<string, Kin>()
  if (!child) return kin
  const by = new Map(members.map((member) => [member.id, member]))
  const sex = (id: string) => by.get(id)?.sex ?? 'unknown'
  const put = (id: string, what: Kin) => void (kin.has(id) || !by.has(id) || kin.set(id, what))
  const of = <K extends Kin>(id: string, woman: K, man: K, unknown: K): K => ({ female: woman, male: man, unknown })[sex(id)]
  const parentsOf = (id: string, ...kinds: string[]) =>
    parents.filter((one) => one.child === id && (kinds.length === 0 || kinds.includes(one.kind))).map(({ parent }) => parent)
  const childrenOf = (id: string) => parents.filter((one) => one.parent === id && one.kind !== 'guardian').map((one) => one.child)
  const partnersOf = (id: string) => couples.flatMap(({ a, b }) => (a === id ? [b] : b === id ? [a] : []))

  put(child.id, 'child')
  const own = parentsOf(child.id, 'biological')
  for (const id of own) put(id, of<Kin>(id, 'mother', 'father', 'parent'))
  const adopters = parentsOf(child.id, 'adopted')
  for (const id of adopters) put(id, of<Kin>(id, 'adopterF', 'adopterM', 'parent'))
  for (const id of [...own, ...adopters].flatMap(childrenOf)) put(id, siblingOf(by.get(id), child))
  for (const parent of [...own, ...adopters]) {
    const mother = sex(parent) === 'female'
    for (const grand of parentsOf(parent, 'biological', 'adopted')) {
      put(
        grand,
        mother ? of<Kin>(grand, 'mothersMother', 'mothersFather', 'other') : of<Kin>(grand, 'fathersMother', 'fathersFather', 'other'),
      )
      for (const great of parentsOf(grand)) put(great, of<Kin>(great, 'greatGrandmother', 'greatGrandfather', 'other'))
      for (const sibling of childrenOf(grand)) {
        put(
          sibling,
          mother
            ? of<Kin>(sibling, 'mothersSister', 'mothersBrother', 'other')
            : of<Kin>(sibling, 'fathersSister', 'fathersBrother', 'other'),
        )
        if (!own.includes(sibling)) for (const cousin of childrenOf(sibling)) put(cousin, 'cousin')
      }
    }
  }
  for (const id of parentsOf(child.id, 'foster')) put(id, of<Kin>(id, 'fosterF', 'fosterM', 'guardian'))
  for (const id of parentsOf(child.id, 'guardian')) put(id, 'guardian')
  for (const parent of own) for (const id of partnersOf(parent)) put(id, sex(parent) === 'female' ? 'mothersPartner' : 'fathersPartner')
  for (const { id } of members) put(id, 'other')
  return kin
}

function siblingOf(sibling: Member | undefined, child: Member): Kin {
  const [born, childBorn] = [sibling && bornOf(sibling), bornOf(child)]
  const length = Math.min(born?.length ?? 0, childBorn?.length ?? 0)
  const [a, b] = [born?.slice(0, length), childBorn?.slice(0, length)]
  const order = !a || !b || a === b ? undefined : a < b ? 'older' : 'younger'
  if (sibling?.sex === 'male') return order === 'older' ? 'olderBrother' : order ? 'youngerBrother' : 'brother'
  if (sibling?.sex !== 'female') return 'sibling'
  if (order === 'older') return 'olderSister'
  return order ? (child.sex === 'female' ? 'youngerSisterOfGirl' : 'youngerSister') : 'sister'
}
