import { expect, test } from 'vitest'
import { groundOf, lookBehind, looksOf, lookToSend } from './after-closure.ts'
import { knownOf, sheetGivenAt } from './closing.ts'
import { act } from '../timeline.fixture.ts'

const found = (risk?: string) => ({ summary: { ...(risk && { risk }) } }) as never
const contact = (at: number, more: object = {}) =>
  act('contact-made', at, { by: 'home-visit', childSeen: true, signsOfCruelty: false, ...more })

test('risk stands beside the first criterion: the level, since when, signs of cruelty at the last contact only', () => {
  const timeline = [contact(9), contact(5, { signsOfCruelty: true }), act('risk-assessed', 3, { level: 'low' })]
  expect(knownOf(found('low'), timeline).C1).toEqual([{ what: 'level', level: 'low', since: 3 }])
  expect(knownOf(found('medium'), timeline.slice(1)).C1).toEqual([
    { what: 'level', level: 'medium', since: 3 },
    { what: 'cruelty', at: 5 },
  ])
  expect(knownOf(found(), []).C1).toEqual([])
})

test('the last contact and the attempts since; none is said too', () => {
  const attempt = (at: number) => act('contact-attempted', at, { by: 'phone' })
  expect(knownOf(found(), [attempt(9), attempt(8), contact(7, { childSeen: false }), attempt(6)]).C2).toEqual([
    { what: 'contact', at: 7, by: 'home-visit', seen: false },
    { what: 'attempts', n: 2 },
  ])
  expect(
    knownOf(
      found(),
      [contact(7, {})].map((one) => ({ ...one, withdrawn: true })),
    ).C2,
  ).toEqual([{ what: 'no-contact' }])
})

test('measures of the plan stand beside the criterion they speak of, by need or by help; the report says what it ticked', () => {
  const plan = {
    planVersion: 1,
    needs: [
      { kind: 'development', text: 'Речь' },
      { kind: 'parents', text: 'Уход' },
    ],
    measures: [
      { id: 'a', action: 'Логопед', need: 1 },
      { id: 'b', action: 'Врач', need: 1 },
      { id: 'c', action: 'Пособие', help: 'benefits' },
    ],
  }
  const timeline = [
    act('review-report-handed-in', 9, { report: '…', closureCriteria: ['C1', 'C3'] }),
    act('measure-marked', 8, { measure: 'b', mark: 'partly' }),
    act('measure-marked', 7, { measure: 'a', mark: 'done' }),
    act('plan-signed', 5, plan),
  ]
  const known = knownOf(found(), timeline)
  expect(known.C3).toEqual([
    { what: 'measures', done: 1, all: 2, open: ['Врач'] },
    { what: 'reported', met: true, at: 9 },
  ])
  expect(known.C4[0]).toEqual({ what: 'no-measures' })
  expect(known.C5[0]).toEqual({ what: 'measures', done: 0, all: 1, open: ['Пособие'] })
  expect(known.C6).toEqual([{ what: 'no-measures' }, { what: 'reported', met: false, at: 9 }])
})

test('CP-61: the sheet that was given counts, other notes and one entered in error do not', () => {
  const given = act('noted', 4, { what: 'sheet-given', text: 'маме' })
  expect(sheetGivenAt([act('noted', 5, { what: 'visitor', text: '…' }), given])).toBe(4)
  expect(sheetGivenAt([{ ...given, withdrawn: true }])).toBeUndefined()
})

const look = (at: number, more: object = {}) =>
  act('monitoring-look', at, { copes: true, problemsBack: false, worse: false, last: false, ...more })

test('looks of this monitoring, newest first; a relapse begins with the newest where it speaks of one and none was recorded since', () => {
  const timeline = [look(9, { worse: true, conclusion: 'Дверь заперта' }), look(7), look(2)]
  expect(looksOf(timeline, 5).map(({ at }) => at)).toEqual([9, 7])
  expect(lookBehind(timeline)).toMatchObject({ at: 9, worse: true })
  expect(lookBehind(timeline.slice(1))).toBeUndefined()
  expect(lookBehind([act('relapse', 10, {}), ...timeline])).toBeUndefined()
  expect(lookBehind([act('relapse', 10, {}, { withdrawn: true }), ...timeline])).toMatchObject({ at: 9 })
})

test('the ground of a relapse says what the look found, in the words of who writes', () => {
  const found = { id: 'x', at: Date.parse('2026-11-24T09:00:00+05:00'), copes: true, problemsBack: true, worse: true }
  expect(groundOf(found, 'ru')).toBe('Осмотр 24 ноября: проблемы вернулись, ребенку хуже')
  expect(groundOf({ ...found, worse: false, conclusion: 'Снова пьют' }, 'ru')).toBe('Осмотр 24 ноября: проблемы вернулись. Снова пьют')
})

test('a look that proposes a relapse is never the last one, whatever was ticked before', () => {
  const last = { copes: true, problemsBack: false, worse: false, last: true, conclusion: 'Справляются' }
  expect(lookToSend(last)).toEqual(last)
  expect(lookToSend({ ...last, worse: true })).toEqual({ copes: true, problemsBack: false, worse: true, last: false })
  expect(lookToSend({ copes: true, problemsBack: false, worse: false })).toMatchObject({ last: false })
})
