import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FAMILY } from '../examples/family.ts'
import { fieldErrorsOf } from '../errors.ts'
import { FamilyDrawn, ownAncestor } from './family.ts'

const example = FAMILY['family-drawn']
const child = { id: 'm1', isChild: true }
const errorsOf = (form: unknown) =>
  fieldErrorsOf((FamilyDrawn.safeParse(form).error?.issues ?? []) as never[], 'kk', { schema: FamilyDrawn }).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  )

test('one child alone is a family that can be drawn', () => {
  expect(FamilyDrawn.parse({ asOf: '2026-11-24', members: [child] })).toMatchObject({ parents: [], couples: [], systems: [] })
})

test.each([
  ['nobody', { members: [] }, '/members at-least-one'],
  ['no child of this case', { members: [{ id: 'm1' }] }, '/members one-child-itself'],
  ['two of them', { members: [child, { ...child, id: 'm2' }] }, '/members one-child-itself'],
  ['one number twice', { members: [child, { id: 'm1' }] }, '/members/1/id twice'],
  ['a number of another kind', { members: [{ ...child, id: 's1' }] }, '/members/0/id invalid'],
  ['a year of death of somebody who lives', { members: [{ ...child, deathYear: 2020 }] }, '/members/0/died died-needed'],
  ['a parent who is not there', { parents: [{ parent: 'm9', child: 'm1', kind: 'foster' }] }, '/parents/0/parent not-on-drawing'],
  ['one who is their own parent', { parents: [{ parent: 'm1', child: 'm1', kind: 'foster' }] }, '/parents/0/child with-oneself'],
  ['a parent twice', { parents: ['foster', 'biological'].map((kind) => ({ parent: 'm2', child: 'm1', kind })) }, '/parents/1/child twice'],
  [
    'a couple twice, the other way round',
    {
      couples: [
        { a: 'm1', b: 'm2', kind: 'married' },
        { a: 'm2', b: 'm1', kind: 'partners' },
      ],
    },
    '/couples/1/b twice',
  ],
  [
    'a couple that ended before it began',
    { couples: [{ a: 'm1', b: 'm2', kind: 'divorced', from: 2010, until: 2009 }] },
    '/couples/0/until order',
  ],
  [
    'a bond twice',
    {
      bonds: [
        { from: 'm1', to: 'm2', kind: 'close' },
        { from: 'm2', to: 'm1', kind: 'close' },
      ],
    },
    '/bonds/1/kind twice',
  ],
  ['a tie to what is not there', { ties: [{ system: 's1', strength: 'weak', flow: 'none' }] }, '/ties/0/system not-on-drawing'],
  [
    'a tie of somebody who is not there',
    { systems: [{ id: 's1', kind: 'police' }], ties: [{ system: 's1', member: 'm9', strength: 'weak', flow: 'none' }] },
    '/ties/0/member not-on-drawing',
  ],
  [
    'an ancestor of their own',
    {
      parents: [
        { parent: 'm1', child: 'm2', kind: 'biological' },
        { parent: 'm2', child: 'm1', kind: 'biological' },
      ],
    },
    '/parents/1/child own-ancestor',
  ],
])('refused: %s', (_, more, error) => {
  expect(errorsOf({ asOf: '2026-11-24', members: [child, { id: 'm2' }], ...more })).toContain(error)
})

test('the year of an ended couple is a year at the least: one year for both is taken', () => {
  expect(errorsOf({ ...example, couples: [{ a: 'm2', b: 'm3', kind: 'divorced', from: 2010, until: 2010 }] })).toEqual([])
})

test('a loop of ancestors is found wherever it stands, and none is found where parents come before children', () => {
  const pair = fc.tuple(fc.nat(12), fc.nat(12)).filter(([a, b]) => a !== b)
  const named = (pairs: (readonly [number, number])[]) => pairs.map(([a, b]) => ({ parent: `m${a + 1}`, child: `m${b + 1}` }))
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 30 }), (pairs) => {
      const downward = pairs.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
      expect(ownAncestor(named(downward))).toBeUndefined()
      const [first] = downward
      if (first) expect(ownAncestor(named([...downward, [first[1], first[0]]]))).toBe(downward.length)
    }),
  )
})
