/**
 * The family as it was on a day: members, how they belong together, what surrounds them. Genogram and ecomap are drawn from it (comprehensive
 * assessment; SOP-REMOTE §10). Every saving is an act of its own: one of the same day takes the place of the one before, another day stands beside it.
 */
import { z } from 'zod'
import { SEXES } from './codes.ts'
import { BONDS, COUPLES, FLOWS, PARENTHOODS, SYSTEMS, TIES } from './family-codes.ts'
import { DayField, field, Line, oneOf, Words } from './fields.ts'

/** Numbers of the drawing, not ids: the table and an export say who is meant. */
export const MemberNumber = z.string().regex(/^m[1-9]\d{0,2}$/)
export const SystemNumber = z.string().regex(/^s[1-9]\d{0,2}$/)
const Year = z.number().int().min(1850).max(2199)

/** How far somebody was moved by hand from where the drawing would place them, in its units. */
const shift = z.number().int().min(-4000).max(4000)
const Moved = z.strictObject({
  x: field(shift, 'Вправо', 'Оңға', 'To the right'),
  y: field(shift, 'Вниз', 'Төмен', 'Down'),
})
const moved = field(Moved, 'Сдвиг на рисунке', 'Суреттегі ығысу', 'Moved on the drawing').optional()

const member = (ru: string, kk: string, en: string) => field(MemberNumber, ru, kk, en)

export const FamilyMember = z
  .strictObject({
    id: member('Номер на рисунке', 'Суреттегі нөмірі', 'Number on the drawing'),
    isChild: field(z.boolean(), 'Ребенок, чье это дело', 'Осы істегі бала', 'The child of this case').default(false),
    name: field(Line, 'Имя', 'Аты-жөні', 'Name').optional(),
    role: field(Line, 'Кем приходится ребенку', 'Балаға кім болады', 'Relation to the child').optional(),
    sex: field(oneOf(SEXES), 'Пол', 'Жынысы', 'Sex').default('unknown'),
    birthDate: field(DayField, 'Дата рождения', 'Туған күні', 'Date of birth').optional(),
    birthYear: field(
      Year,
      'Год рождения, если дата неизвестна',
      'Туған жылы, күні белгісіз болса',
      'Year of birth, if the date is not known',
    ).optional(),
    died: field(z.boolean(), 'Умер(ла)', 'Қайтыс болған', 'Has died').default(false),
    deathYear: field(Year, 'Год смерти', 'Қайтыс болған жылы', 'Year of death').optional(),
    unborn: field(z.boolean(), 'Беременность: еще не родился', 'Жүктілік: әлі туған жоқ', 'Pregnancy: not born yet').default(false),
    inHousehold: field(z.boolean(), 'Живет в доме', 'Үйде тұрады', 'Lives in the home').default(false),
    note: field(Words, 'Важное о человеке', 'Адам туралы маңыздысы', 'What matters about the person').optional(),
    moved,
  })
  .meta({ id: 'FamilyMember' })

const Parenthood = z.strictObject({
  parent: member('Родитель', 'Ата-ана', 'Parent'),
  child: member('Ребенок', 'Бала', 'Child'),
  kind: field(oneOf(PARENTHOODS), 'Какой родитель', 'Қандай ата-ана', 'Kind of parent'),
})
const Couple = z.strictObject({
  a: member('Первый', 'Біріншісі', 'First'),
  b: member('Второй', 'Екіншісі', 'Second'),
  kind: field(oneOf(COUPLES), 'Пара', 'Жұп', 'Couple'),
  from: field(Year, 'С какого года', 'Қай жылдан', 'From the year').optional(),
  until: field(Year, 'По какой год', 'Қай жылға дейін', 'Until the year').optional(),
})
const Bond = z.strictObject({
  from: member('Кто', 'Кім', 'Who'),
  to: member('С кем', 'Кіммен', 'With whom'),
  kind: field(oneOf(BONDS), 'Какие отношения', 'Қандай қатынас', 'Quality of the relation'),
  oneWay: field(z.boolean(), 'Только от первого ко второму', 'Тек біріншіден екіншіге', 'Only from the first to the second').default(false),
})
const OutsideSystem = z.strictObject({
  id: field(SystemNumber, 'Номер на экокарте', 'Экокартадағы нөмірі', 'Number on the ecomap'),
  kind: field(oneOf(SYSTEMS), 'Что это', 'Бұл не', 'What it is'),
  name: field(Line, 'Название или имя', 'Атауы не аты', 'Name').optional(),
  moved,
})
const Tie = z.strictObject({
  system: field(SystemNumber, 'С чем', 'Немен', 'With what'),
  member: field(
    MemberNumber,
    'Чья связь (пусто: всей семьи)',
    'Кімнің байланысы (бос: бүкіл отбасының)',
    'Whose tie (empty: of the whole family)',
  ).optional(),
  strength: field(oneOf(TIES), 'Связь', 'Байланыс', 'Tie'),
  flow: field(oneOf(FLOWS), 'Куда идут силы и помощь', 'Күш пен көмек қайда бағытталады', 'Where energy and help go'),
})

export const FamilyDrawn = z
  .strictObject({
    asOf: field(DayField, 'На какой день', 'Қай күнгі', 'As of the day'),
    members: field(z.array(FamilyMember).min(1).max(60), 'Члены семьи', 'Отбасы мүшелері', 'Members of the family'),
    parents: field(z.array(Parenthood).max(200), 'Родители и дети', 'Ата-аналар мен балалар', 'Parents and children').default([]),
    couples: field(z.array(Couple).max(100), 'Пары', 'Жұптар', 'Couples').default([]),
    bonds: field(z.array(Bond).max(200), 'Отношения', 'Қатынастар', 'Quality of relations').default([]),
    systems: field(z.array(OutsideSystem).max(30), 'Окружение семьи', 'Отбасының ортасы', 'Surroundings of the family').default([]),
    ties: field(z.array(Tie).max(200), 'Связи с окружением', 'Ортамен байланыстар', 'Ties with the surroundings').default([]),
    conclusions: field(Words, 'Что видно из рисунков', 'Суреттерден не көрінеді', 'What the drawings show').optional(),
  })
  .superRefine((form, context) => {
    const wrong = (message: string, ...path: (string | number)[]) => context.addIssue({ code: 'custom', message, path })
    const members = numbersOf(form.members, (at) => wrong('twice', 'members', at, 'id'))
    const systems = numbersOf(form.systems, (at) => wrong('twice', 'systems', at, 'id'))
    if (form.members.filter(({ isChild }) => isChild).length !== 1) wrong('one-child-itself', 'members')
    for (const [at, one] of form.members.entries())
      if (one.deathYear !== undefined && !one.died) wrong('died-needed', 'members', at, 'died')

    const known = (numbers: ReadonlySet<string>, id: string, ...path: (string | number)[]) =>
      numbers.has(id) || wrong('not-on-drawing', ...path)
    const seen = new Set<string>()
    const once = (key: string, ...path: (string | number)[]) => (seen.has(key) ? wrong('twice', ...path) : seen.add(key))
    for (const [at, { parent, child }] of form.parents.entries()) {
      known(members, parent, 'parents', at, 'parent')
      known(members, child, 'parents', at, 'child')
      if (parent === child) wrong('with-oneself', 'parents', at, 'child')
      once(`parent ${parent} ${child}`, 'parents', at, 'child')
    }
    for (const [at, { a, b, from, until }] of form.couples.entries()) {
      known(members, a, 'couples', at, 'a')
      known(members, b, 'couples', at, 'b')
      if (a === b) wrong('with-oneself', 'couples', at, 'b')
      once(`couple ${[a, b].toSorted().join(' ')}`, 'couples', at, 'b')
      if (from !== undefined && until !== undefined && until < from) wrong('order', 'couples', at, 'until')
    }
    for (const [at, { from, to, kind }] of form.bonds.entries()) {
      known(members, from, 'bonds', at, 'from')
      known(members, to, 'bonds', at, 'to')
      if (from === to) wrong('with-oneself', 'bonds', at, 'to')
      once(`bond ${[from, to].toSorted().join(' ')} ${kind}`, 'bonds', at, 'kind')
    }
    for (const [at, { system, member: of }] of form.ties.entries()) {
      known(systems, system, 'ties', at, 'system')
      if (of !== undefined) known(members, of, 'ties', at, 'member')
      once(`tie ${system} ${of}`, 'ties', at, 'member')
    }
    const loop = ownAncestor(form.parents)
    if (loop !== undefined) wrong('own-ancestor', 'parents', loop, 'child')
  })
  .meta({ id: 'FamilyDrawn' })
export type FamilyDrawn = z.output<typeof FamilyDrawn>

function numbersOf(all: readonly { id: string }[], twice: (at: number) => void): ReadonlySet<string> {
  const numbers = new Set<string>()
  for (const [at, { id }] of all.entries()) {
    if (numbers.has(id)) twice(at)
    numbers.add(id)
  }
  return numbers
}

/** The place of a parenthood that makes somebody their own ancestor. */
export function ownAncestor(parents: readonly { parent: string; child: string }[]): number | undefined {
  const below = new Map<string, string[]>()
  for (const [at, { parent, child }] of parents.entries()) {
    const waiting = [child]
    const met = new Set(waiting)
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      if (one === parent && parent !== child) return at
      for (const next of below.get(one) ?? [])
        if (!met.has(next)) {
          met.add(next)
          waiting.push(next)
        }
    }
    below.set(parent, [...(below.get(parent) ?? []), child])
  }
  return undefined
}
