import type { DeadlineView, TimelineItem } from '@tirek/contract/answers'
import { endOfDay } from '@tirek/procedure/time'
import { expect, test } from 'vitest'
import { labelStart, LETTER, placedOf, pointsOf } from './line.ts'

const NOW = Date.UTC(2026, 10, 25, 5)
const DAY = 86_400_000
const said = (text: string) => ({ ru: text, kk: text, en: text })
const act = (id: string, at: number, more: Partial<TimelineItem> = {}): TimelineItem => ({
  id,
  kind: 'contact-made',
  label: said(id),
  happenedAt: at,
  recordedAt: at,
  by: 'p',
  withdrawn: false,
  form: {},
  ...more,
})
const term = (key: string, dueDay: string, more: Partial<DeadlineView> = {}): DeadlineView => ({
  key,
  rule: 'CP-40',
  row: 'contact-home',
  what: said(key),
  why: said(''),
  verb: said(''),
  act: 'contact-made',
  state: 'open',
  overdue: false,
  from: 0,
  due: endOfDay(dueDay),
  dueDay,
  waitsFor: 'case-manager',
  steps: [],
  ...more,
})

test('acts, letters, meetings and open terms in order of time; letters of one day are one point; closed terms and cancelled meetings are not drawn', () => {
  const points = pointsOf(
    [
      act('visit', NOW - 3 * DAY),
      act('tried', NOW - 2 * DAY, { kind: 'contact-attempted' }),
      act('step', NOW - DAY, { by: undefined }),
      act('step-again', NOW - DAY + 60_000, { by: undefined }),
      act('other-step', NOW - 8 * DAY, { by: undefined }),
      act('wrong', NOW - 9 * DAY, { withdrawn: true }),
    ],
    [
      term('late', '2026-11-24', { overdue: true }),
      term('next', '2026-12-08'),
      term('review', '2027-05-12', { row: 'review' }),
      term('kept', '2026-11-20', { state: 'kept' }),
    ],
    [
      { id: 'meeting', startsAt: NOW + 2 * DAY, label: 'совещание', cancelled: false },
      { id: 'no-meeting', startsAt: NOW + 3 * DAY, label: 'совещание', cancelled: true },
    ],
    NOW,
    'ru',
    'Письма',
  )
  expect(points.map(({ key, mark, past }) => [key, mark, past])).toEqual([
    ['wrong', 'withdrawn', true],
    ['letters-2026-11-17', 'letter', true],
    ['visit', 'act', true],
    ['tried', 'attempt', true],
    ['letters-2026-11-24', 'letter', true],
    ['late', 'overdue', true],
    ['meeting', 'meeting', false],
    ['next', 'coming', false],
    ['review', 'review', false],
  ])
  expect(points.filter(({ mark }) => mark === 'letter').map(({ label }) => label)).toEqual(['Письма: other-step', 'Письма: 2'])
})

test('points keep their order, stay on the line, and labels never cover each other', () => {
  const points = pointsOf(
    Array.from({ length: 30 }, (_, i) => act(`act ${i}`, NOW - (i * i + 1) * DAY)),
    Array.from({ length: 12 }, (_, i) => term(`term number ${i}`, new Date(NOW + i * 9 * DAY).toISOString().slice(0, 10))),
    [],
    NOW,
    'ru',
    'Письма',
  )
  const { placed, nowAt } = placedOf(points, NOW, () => '25 ноя 2026')
  const xs = placed.map(({ x }) => x)
  expect(xs).toEqual(xs.toSorted((a, b) => a - b))
  expect(Math.min(...xs)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...xs)).toBeLessThanOrEqual(1)
  for (const point of placed) expect(point.past ? point.x <= nowAt : point.x >= nowAt).toBe(true)
  for (const side of ['above', 'below'] as const) {
    const spans = placed
      .filter(({ labelled }) => labelled === side)
      .map(({ x, text }) => [labelStart(x, text), labelStart(x, text) + text.length * LETTER] as const)
    spans.sort((a, b) => a[0] - b[0])
    expect(spans.length).toBeGreaterThan(0)
    for (const [i, span] of spans.entries()) if (i > 0) expect(span[0]).toBeGreaterThan(spans[i - 1]![1])
  }
})
