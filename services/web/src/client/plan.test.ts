import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesBetween, familySaid, marksOf, placesOf, versionsOf, withMeasure, withoutNeed, type Plan } from './plan.ts'
import { act } from './timeline.fixture.ts'

const plan: Plan = {
  planVersion: 1,
  needs: [
    { kind: 'development', text: 'Речь' },
    { kind: 'family', text: 'Жилье' },
  ],
  measures: [
    { id: 'a', action: 'Логопед', due: '2026-12-10', responsible: 'agency', need: 1 },
    { id: 'b', action: 'Ремонт печи', due: '2026-12-20', responsible: 'family', need: 2 },
    { id: 'c', action: 'Пособие', due: '2026-12-15', responsible: 'worker' },
  ],
}

test('measures stand under the need they answer; one of no need, or of a need that is no more, apart', () => {
  expect(placesOf(plan, 1)).toEqual([0])
  expect(placesOf(plan, undefined)).toEqual([2])
  expect(placesOf({ ...plan, needs: [] }, undefined)).toEqual([0, 1, 2])
})

test('a need that is taken away leaves its measures, and the others answer the needs they did', () => {
  const left = withoutNeed(plan, 0)
  expect(left.needs).toEqual([{ kind: 'family', text: 'Жилье' }])
  expect(left.measures!.map(({ id, need }) => [id, need])).toEqual([
    ['a', undefined],
    ['b', 1],
    ['c', undefined],
  ])
})

test('every measure keeps the words of its need, whichever need goes', () => {
  const places = fc.integer({ min: 1, max: 6 }).chain((n) =>
    fc.record({
      n: fc.constant(n),
      of: fc.array(fc.option(fc.integer({ min: 1, max: n }), { nil: undefined })),
      gone: fc.integer({ min: 0, max: n - 1 }),
    }),
  )
  fc.assert(
    fc.property(places, ({ n, of, gone }) => {
      const before: Plan = {
        needs: Array.from({ length: n }, (_, i) => ({ text: `need ${i}` })),
        measures: of.map((need, i) => ({ id: String(i), ...(need && { need }) })),
      }
      const after = withoutNeed(before, gone)
      before.measures!.forEach(({ need }, i) => {
        const text = need === undefined || need === gone + 1 ? undefined : `need ${need - 1}`
        const now = after.measures![i]!.need
        expect(now === undefined ? undefined : after.needs![now - 1]!.text).toBe(text)
      })
    }),
  )
})

test('what changed: added, removed, and each field that differs; a need that moved changes nothing', () => {
  const after: Plan = {
    needs: [plan.needs![1]!, { kind: 'development', text: 'Сон' }],
    measures: [
      { id: 'b', action: 'Ремонт печи', due: '2027-01-15', responsible: 'family', need: 1 },
      { id: 'c', action: 'Пособие', due: '2026-12-15', responsible: 'worker' },
      { id: 'd', action: 'Врач', due: '2026-12-30', responsible: 'agency', need: 2 },
    ],
  }
  expect(changesBetween(plan, after)).toEqual([
    { what: 'need', how: 'removed', text: 'Речь', fields: [] },
    { what: 'need', how: 'added', text: 'Сон', fields: [] },
    { what: 'measure', how: 'removed', text: 'Логопед', fields: [] },
    { what: 'measure', how: 'changed', text: 'Ремонт печи', fields: [{ name: 'due', before: '2026-12-20', after: '2027-01-15' }] },
    { what: 'measure', how: 'added', text: 'Врач', fields: [] },
  ])
  expect(changesBetween(plan, plan)).toEqual([])
})

test('a need in other words is one that changed, and its measures answer it as before', () => {
  const after: Plan = {
    ...plan,
    needs: [{ kind: 'development', text: 'Речь' }, { kind: 'family', text: 'Жилье и тепло' }, { text: 'Отдых матери' }],
  }
  expect(changesBetween(plan, after)).toEqual([
    { what: 'need', how: 'added', text: 'Отдых матери', fields: [] },
    { what: 'need', how: 'changed', text: '№ 2', fields: [{ name: 'text', before: 'Жилье', after: 'Жилье и тепло' }] },
  ])
})

test('a new measure stands behind those of its need, before those of later ones', () => {
  const ids = ({ measures = [] }: Plan) => measures.map(({ id, need }) => `${id}${need ?? ''}`)
  expect(ids(withMeasure(plan, 'n', 1))).toEqual(['a1', 'n1', 'b2', 'c'])
  expect(ids(withMeasure(plan, 'n', 2))).toEqual(['a1', 'b2', 'n2', 'c'])
  expect(ids(withMeasure({ ...plan, measures: [] }, 'n', 2))).toEqual(['n2'])
})

test('versions newest first; the last mark of a measure counts, one entered in error does not', () => {
  const timeline = [
    act('plan-signed', 1, { planVersion: 1 }),
    act('plan-signed', 5, { planVersion: 2 }),
    act('plan-signed', 9, { planVersion: 3 }, { withdrawn: true }),
    act('measure-marked', 6, { measure: 'a', mark: 'partly' }),
    act('measure-marked', 8, { measure: 'a', mark: 'done', note: 'Справка' }),
    act('measure-marked', 7, { measure: 'b', mark: 'done' }, { withdrawn: true }),
  ]
  expect(versionsOf(timeline).map(({ plan: { planVersion } }) => planVersion)).toEqual([2, 1])
  expect([...marksOf(timeline)]).toEqual([['a', { mark: 'done', at: 8, note: 'Справка' }]])
})

test('what the family said stands by its version: as the form names it, else the newest before; the last word counts', () => {
  const timeline = [
    act('plan-signed', 1, { planVersion: 1 }),
    act('plan-signed-by-family', 2, { signed: false, reason: 'Мать в больнице' }),
    act('plan-signed', 5, { planVersion: 2 }),
    act('plan-signed-by-family', 6, { signed: true, how: 'screen', by: 'Мать', signature: 'f', planVersion: 1 }),
    act('plan-signed-by-family', 7, { signed: true, planVersion: 2 }, { withdrawn: true }),
  ]
  expect([...familySaid(timeline)]).toEqual([
    [1, { act: 'plan-signed-by-family6', at: 6, signed: true, how: 'screen', by: 'Мать', signature: 'f' }],
  ])
  expect(familySaid(timeline.slice(0, 2)).get(1)).toMatchObject({ signed: false, reason: 'Мать в больнице' })
})
