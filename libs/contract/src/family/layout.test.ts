/** Genogram and ecomap of families of any shape: nobody lies on anybody, every relation is drawn once, and the same family gives the same drawing. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyOfBond, keyOfCouple, keyOfParent, keyOfTie, type Drawing } from './drawing.ts'
import { ecomapOf, FAMILY_BOX, type Saying as SayingEcomap } from './ecomap.ts'
import { families, THREE_GENERATIONS } from './families.fixture.ts'
import { generationsOf } from './generations.ts'
import { genogramOf, type Saying } from './genogram.ts'
import { outlinesOf } from './outline.ts'
import { spread } from './places.ts'
import { rowsOf } from './rows.ts'
import { svgOf } from './svg.ts'

const say: Saying & SayingEcomap = {
  label: ({ id }) => ({ who: [id], more: [] }),
  age: () => '',
  member: ({ id }) => id,
  parent: keyOfParent,
  couple: keyOfCouple,
  bond: keyOfBond,
  together: 'вместе',
  systemLabel: ({ id }) => ({ who: [id], more: [] }),
  system: ({ id }) => id,
  tie: keyOfTie,
  family: 'семья',
}

function overlaps({ boxes }: Drawing): string[] {
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.id} ${b.id}`),
  )
}
const isDrawable = (drawing: Drawing) => expect(svgOf(drawing, 'title')).not.toMatch(/NaN|undefined|Infinity/)

test('whatever the family, no two of its genogram overlap, each relation is drawn once and all lies on the sheet', () => {
  fc.assert(
    fc.property(families, (family) => {
      const drawing = genogramOf(family, say)
      expect(overlaps(drawing)).toEqual([])
      expect(drawing.lines.flatMap(({ of }) => of).toSorted()).toEqual(
        [...family.parents.map(keyOfParent), ...family.couples.map(keyOfCouple), ...family.bonds.map(keyOfBond)].toSorted(),
      )
      expect(drawing.boxes.map(({ id }) => id)).toEqual(family.members.map(({ id }) => id))
      for (const box of drawing.boxes) {
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0)
        expect(box.x + box.width).toBeLessThanOrEqual(drawing.width)
        expect(box.y + box.height).toBeLessThanOrEqual(drawing.height)
      }
      isDrawable(drawing)
      expect(genogramOf(structuredClone(family), say)).toEqual(drawing)
    }),
    { numRuns: 100 },
  )
})

test('whatever the family, parents stand above their children and brothers and sisters in order of birth', () => {
  fc.assert(
    fc.property(families, (family) => {
      const level = generationsOf(family)
      for (const { parent, child } of family.parents) expect(level.get(parent)!).toBeLessThan(level.get(child)!)
      expect(Math.min(...level.values())).toBe(0)
      const { rows, unions } = rowsOf(family, level)
      expect(rows.flat().toSorted()).toEqual(family.members.map(({ id }) => id).toSorted())
      const year = new Map(family.members.map(({ id, birthYear }) => [id, birthYear ?? 9999]))
      for (const { children } of unions)
        for (const row of rows) {
          const here = row.filter((id) => children.includes(id)).map((id) => year.get(id)!)
          expect(here).toEqual(here.toSorted((a, b) => a - b))
        }
    }),
    { numRuns: 100 },
  )
})

test('whatever the family, the line of the household goes round those who live there and round nobody else', () => {
  fc.assert(
    fc.property(families, (family) => {
      const { ground, boxes } = genogramOf(family, say)
      // Corners are rounded by curves whose control points are the corners themselves.
      const ways = ground.flatMap((shape) =>
        'path' in shape && shape.dash === '9 6'
          ? [[...shape.path.matchAll(/Q(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }))]
          : [],
      )
      const isInside = (x: number, y: number) =>
        ways.reduce((n, way) => {
          const crossings = way.filter((a, i) => {
            const b = way[(i + 1) % way.length]!
            return a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x
          })
          return n + crossings.length
        }, 0) %
          2 ===
        1
      for (const [i, box] of boxes.entries())
        expect(isInside(box.x + box.width / 2 + 0.3, box.y + box.height / 2 + 0.3), box.id).toBe(family.members[i]!.inHousehold)
    }),
    { numRuns: 100 },
  )
})

test('whatever surrounds the family, nothing of the ecomap overlaps and each tie is drawn once', () => {
  fc.assert(
    fc.property(families, (family) => {
      const drawing = ecomapOf(family, say)
      expect(overlaps({ ...drawing, boxes: drawing.boxes.filter(({ id }) => id !== FAMILY_BOX) })).toEqual([])
      const [whole, ...rest] = drawing.boxes
      const surroundings = rest.filter(({ id }) => id.startsWith('s'))
      const [radius, cx, cy] = [whole!.width / 2, whole!.x + whole!.width / 2, whole!.y + whole!.height / 2]
      for (const { id, x, y, width, height } of surroundings) {
        const nearest = [Math.min(Math.max(cx, x), x + width), Math.min(Math.max(cy, y), y + height)] as const
        expect(Math.hypot(nearest[0] - cx, nearest[1] - cy), id).toBeGreaterThan(radius)
      }
      expect(drawing.lines.map(({ id }) => id).toSorted()).toEqual(family.ties.map(keyOfTie).toSorted())
      isDrawable(drawing)
    }),
    { numRuns: 100 },
  )
})

test('three generations: the father’s side on the left, couples side by side, the earlier partner before the later', () => {
  const { rows } = rowsOf(THREE_GENERATIONS, generationsOf(THREE_GENERATIONS))
  expect(rows).toEqual([
    ['m9', 'm10', 'm6', 'm5'],
    ['m3', 'm2', 'm11', 'm8', 'm7'],
    ['m4', 'm1', 'm12'],
  ])
})

test('what was moved by hand is moved by so much, and nothing else is', () => {
  const before = genogramOf(THREE_GENERATIONS, say)
  const members = THREE_GENERATIONS.members.map((one) => (one.id === 'm7' ? { ...one, moved: { x: 30, y: -20 } } : one))
  const after = genogramOf({ ...THREE_GENERATIONS, members }, say)
  for (const [i, box] of after.boxes.entries()) {
    const by = box.id === 'm7' ? { x: 30, y: -20 } : { x: 0, y: 0 }
    expect([box.x - before.boxes[i]!.x, box.y - before.boxes[i]!.y], box.id).toEqual([by.x, by.y])
  }
})

test('places keep order and distance, and stay where they are wished when that can be', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 90 })), { minLength: 1, maxLength: 20 }),
      (all) => {
        const [wanted, apart] = [all.map(([want]) => want), all.map(([, one]) => one)]
        const places = spread(wanted, apart)
        for (let i = 1; i < places.length; i++) expect(places[i]! - places[i - 1]!).toBeGreaterThanOrEqual(apart[i]! - 1e-6)
        const free = places.map((_, i) => places[0]! + apart.slice(1, i + 1).reduce((sum, one) => sum + one + 1, 0))
        for (const [i, place] of spread(free, apart).entries()) expect(place).toBeCloseTo(free[i]!, 6)
      },
    ),
  )
})

test('the way round two rectangles that touch is one, round two apart are two', () => {
  const area = (left: number, right: number) => ({ left, right, top: 0, bottom: 10 })
  expect(outlinesOf([area(0, 10), area(5, 20)])).toEqual([
    expect.arrayContaining([
      { x: 0, y: 0 },
      { x: 20, y: 10 },
    ]),
  ])
  expect(outlinesOf([area(0, 10), area(15, 20)])).toHaveLength(2)
})
