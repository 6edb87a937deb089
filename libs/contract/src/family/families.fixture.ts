/** For tests: a family of three generations with a divorce, a new partner, a foster family and a grandfather who has died; and families of any shape. */
import { FamilyDrawn } from '../forms/family.ts'
import { BONDS, COUPLES, FLOWS, PARENTHOODS, SYSTEMS, TIES } from '../forms/family-codes.ts'
import fc from 'fast-check'

export const THREE_GENERATIONS: FamilyDrawn = FamilyDrawn.parse({
  asOf: '2026-11-24',
  members: [
    { id: 'm1', isChild: true, name: 'Мирас Ахметов', sex: 'male', birthDate: '2023-03-06' },
    { id: 'm2', name: 'Гульнара Ахметова', sex: 'female', birthYear: 1996, inHousehold: true },
    { id: 'm3', name: 'Ерлан Сапаров', sex: 'male', birthYear: 1990 },
    { id: 'm4', name: 'Алия Ахметова', sex: 'female', birthYear: 2019, inHousehold: true },
    { id: 'm5', name: 'Роза Ахметова', sex: 'female', birthYear: 1968, inHousehold: true },
    { id: 'm6', name: 'Бекзат Ахметов', sex: 'male', birthYear: 1964, died: true, deathYear: 2020 },
    { id: 'm7', role: 'патронатный воспитатель', name: 'Салтанат Ибраева', sex: 'female', birthYear: 1980 },
    { id: 'm8', role: 'муж воспитателя', name: 'Канат Ибраев', sex: 'male', birthYear: 1978 },
    { id: 'm9', name: 'Кайрат Сапаров', sex: 'male', birthYear: 1960 },
    { id: 'm10', name: 'Зауре Сапарова', sex: 'female', birthYear: 1962, died: true, deathYear: 2015 },
    { id: 'm11', name: 'Тимур Жанов', sex: 'male', birthYear: 1994, inHousehold: true },
    { id: 'm12', name: 'Диас Жанов', sex: 'male', birthDate: '2026-03-20', inHousehold: true },
  ],
  parents: [
    ...['m1', 'm4'].flatMap((child) => ['m2', 'm3'].map((parent) => ({ parent, child, kind: 'biological' as const }))),
    ...['m2', 'm11'].map((parent) => ({ parent, child: 'm12', kind: 'biological' as const })),
    ...['m5', 'm6'].map((parent) => ({ parent, child: 'm2', kind: 'biological' as const })),
    ...['m9', 'm10'].map((parent) => ({ parent, child: 'm3', kind: 'biological' as const })),
    ...['m7', 'm8'].map((parent) => ({ parent, child: 'm1', kind: 'foster' as const })),
  ],
  couples: [
    { a: 'm3', b: 'm2', kind: 'divorced', from: 2018, until: 2024 },
    { a: 'm11', b: 'm2', kind: 'partners', from: 2024 },
    { a: 'm6', b: 'm5', kind: 'married', from: 1990 },
    { a: 'm9', b: 'm10', kind: 'married', from: 1985 },
    { a: 'm8', b: 'm7', kind: 'married' },
  ],
  bonds: [
    { from: 'm3', to: 'm2', kind: 'violence', oneWay: true },
    { from: 'm5', to: 'm1', kind: 'close' },
    { from: 'm2', to: 'm5', kind: 'conflict' },
    { from: 'm9', to: 'm3', kind: 'cut-off' },
  ],
  systems: [
    { id: 's1', kind: 'clinic', name: 'Поликлиника № 1' },
    { id: 's2', kind: 'police' },
    { id: 's3', kind: 'kindergarten', name: '«Айголек»' },
    { id: 's4', kind: 'relatives' },
    { id: 's5', kind: 'social-protection' },
    { id: 's6', kind: 'guardianship' },
  ],
  ties: [
    { system: 's1', strength: 'strong', flow: 'to-family' },
    { system: 's2', member: 'm3', strength: 'stressful', flow: 'none' },
    { system: 's3', member: 'm4', strength: 'ordinary', flow: 'both' },
    { system: 's4', strength: 'weak', flow: 'from-family' },
    { system: 's5', strength: 'weak', flow: 'to-family' },
    { system: 's6', member: 'm1', strength: 'broken', flow: 'none' },
  ],
})

const codes = <K extends string>(table: Readonly<Record<K, unknown>>) => fc.constantFrom(...(Object.keys(table) as K[]))

/** Families that the form takes. Those earlier in the list may be parents of later ones, so nobody is their own ancestor. */
export const families: fc.Arbitrary<FamilyDrawn> = fc
  .integer({ min: 1, max: 14 })
  .chain((n) => {
    const two = fc.tuple(fc.nat(n - 1), fc.nat(n - 1)).filter(([a, b]) => a < b)
    const pairs = n < 2 ? fc.constant([]) : fc.uniqueArray(two, { maxLength: 14, selector: ([a, b]) => `${a} ${b}` })
    return fc.record({
      n: fc.constant(n),
      child: fc.nat(n - 1),
      people: fc.array(
        fc.record({
          sex: fc.constantFrom('male' as const, 'female' as const, 'unknown' as const),
          birthYear: fc.option(fc.integer({ min: 1930, max: 2026 }), { nil: undefined }),
          died: fc.boolean(),
          inHousehold: fc.boolean(),
          unborn: fc.boolean(),
        }),
        { minLength: n, maxLength: n },
      ),
      parents: pairs.chain((all) => fc.tuple(...all.map(([a, b]) => codes(PARENTHOODS).map((kind) => ({ parent: a, child: b, kind }))))),
      couples: pairs.chain((all) => fc.tuple(...all.slice(0, 5).map(([a, b]) => codes(COUPLES).map((kind) => ({ a, b, kind }))))),
      bonds: pairs.chain((all) =>
        fc.tuple(...all.map(([from, to]) => fc.tuple(codes(BONDS), fc.boolean()).map(([kind, oneWay]) => ({ from, to, kind, oneWay })))),
      ),
      systems: fc.array(codes(SYSTEMS), { maxLength: 12 }),
      ties: fc.uniqueArray(fc.tuple(fc.nat(11), fc.nat(n), codes(TIES), codes(FLOWS)), {
        maxLength: 14,
        selector: ([a, b]) => `${a} ${b}`,
      }),
    })
  })
  .map(({ child, people, parents, couples, bonds, systems, ties }) => {
    const m = (at: number) => `m${at + 1}`
    return FamilyDrawn.parse({
      asOf: '2026-11-24',
      members: people.map((one, at) => ({ ...one, id: m(at), isChild: at === child })),
      parents: parents.map((one) => ({ ...one, parent: m(one.parent), child: m(one.child) })),
      couples: couples.map((one) => ({ ...one, a: m(one.a), b: m(one.b) })),
      bonds: bonds.map((one) => ({ ...one, from: m(one.from), to: m(one.to) })),
      systems: systems.map((kind, at) => ({ id: `s${at + 1}`, kind })),
      ties: ties.flatMap(([system, of, strength, flow]) =>
        system < systems.length ? [{ system: `s${system + 1}`, strength, flow, ...(of < people.length && { member: m(of) }) }] : [],
      ),
    })
  })
