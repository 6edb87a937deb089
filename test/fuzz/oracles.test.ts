/** The oracles themselves: each sees what it is there to see. */
import { expect, test } from 'vitest'
import type { Answered, Sent } from './asking.ts'
import { Marks, type Reader } from './marks.ts'
import type { Operation } from './operations.ts'
import { ROUTES } from '@tirek/policy/work'
import { SERVICES } from './operations.ts'
import { faultsOf } from './oracles.ts'

const operation: Operation = {
  key: 'cases GET /api/cases',
  service: 'cases',
  method: 'GET',
  path: '/api/cases',
  parameters: [],
  defs: {},
  faultsOf: (_, body) => ((body as { items?: unknown }).items ? undefined : 'no items'),
}
const reader: Reader = { name: 'b.head', side: 'b', role: 'head' }
const sent = (more: Partial<Sent> = {}): Sent =>
  ({ actor: reader, method: 'GET', path: '/api/cases', headers: { 'accept-language': 'en' }, body: undefined, recipe: {}, ...more }) as Sent
const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Answered => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = status >= 400 ? 'application/problem+json; charset=utf-8' : 'application/json'
  return { status, text, json: typeof body === 'string' ? undefined : body, headers: { 'content-type': type, ...headers }, ms: 1 }
}
const problem = (more: Record<string, unknown> = {}) => ({
  type: 't',
  status: 404,
  code: 'not-found',
  title: 'Not found',
  next: 'Check the address or the number.',
  instance: 'i',
  ...more,
})
const rules = (marks: Marks, answered: Answered, of = sent()) => faultsOf(operation, of, answered, marks).map(({ rule }) => rule)
const LEAK = 'nobody is told what belongs to another organisation'

test('a good answer and a good refusal are no fault', () => {
  expect(rules(new Marks(), answer(200, { items: [] }))).toEqual([])
  expect(rules(new Marks(), answer(404, problem()))).toEqual([])
})

test.each([
  ['as it is', (mark: string) => ({ items: [{ name: `Ребенок ${mark}` }] })],
  ['folded', (mark: string) => ({ items: [mark.toUpperCase()] })],
  ['in a cursor', (mark: string) => ({ items: [], next: Buffer.from(JSON.stringify([1, mark, 'more of it'])).toString('base64url') })],
])('a mark of the other organisation is seen, %s', (_, bodyOf) => {
  const marks = new Marks()
  expect(rules(marks, answer(200, bodyOf(marks.make('a'))))).toEqual([LEAK])
  expect(rules(marks, answer(200, bodyOf(marks.make('b'))))).toEqual([])
})

test('a mark in a header, a number or an id of a case of the other organisation is seen; one’s own word said back is not', () => {
  const marks = new Marks()
  const mark = marks.make('a')
  const id = '6f1f3b4e-66a5-4f7c-9a55-0c2f6a1f2b3c'
  marks.note(id, 'a', 'QZA-2026-0007')
  expect(rules(marks, answer(200, { items: [] }, { 'x-name': mark }))).toEqual([LEAK])
  expect(rules(marks, answer(200, { items: ['QZA-2026-0007'] }))).toEqual([LEAK])
  expect(rules(marks, answer(200, { items: [id] }))).toEqual([LEAK])
  expect(rules(marks, answer(200, { items: [mark] }), sent({ path: `/api/register?query=${mark}` }))).toEqual([])
  marks.wrote('a', id)
  expect(rules(marks, answer(200, { items: [id] }))).toEqual([LEAK])
  marks.wrote('b', id)
  expect(rules(marks, answer(200, { items: [id] }))).toEqual([])
  marks.sentTo(mark, [id])
  marks.handedOver(id)
  expect(rules(marks, answer(200, { items: [id, mark, 'QZA-2026-0007'] }))).toEqual([])
})

test('administrators and auditors see people and numbers, and no content of any case', () => {
  const marks = new Marks()
  for (const role of ['administrator', 'auditor'] as const) {
    const of = sent({ actor: { name: `a.${role}`, side: 'a', role } })
    expect(rules(marks, answer(200, { items: [marks.make('a')] }), of)).toEqual([LEAK])
    expect(rules(marks, answer(200, { items: [marks.make('b', 'person'), 'QZB-2026-0001'] }), of)).toEqual([])
  }
  expect(rules(marks, answer(200, { items: [marks.make('a', 'person')] }))).toEqual([LEAK])
})

test('a fault of ours, the inside told, another language, no way on, another shape: each is a fault', () => {
  const marks = new Marks()
  const language = 'an error is a problem in the language asked for'
  expect(rules(marks, answer(500, problem({ status: 500, code: 'our-fault', title: 'A fault of ours' })))).toEqual([
    'no answer is a fault of ours',
  ])
  expect(
    rules(
      marks,
      answer(400, problem({ status: 400, code: 'bad-json', title: 'The request could not be read', next: 'relation "cases.act"' })),
    ),
  ).toEqual(['nothing of the inside is told'])
  expect(rules(marks, answer(404, problem({ title: 'Не найдено' })))).toEqual([language])
  expect(rules(marks, answer(404, problem({ next: '' })))).toEqual([language])
  expect(rules(marks, answer(404, problem({ next: 'Try in {seconds} s.' })))).toEqual([language])
  expect(rules(marks, answer(404, problem({ status: 400 })))).toEqual([language])
  expect(rules(marks, answer(404, problem(), { 'content-type': 'application/json' }))).toEqual([language])
  expect(rules(marks, answer(404, ''))).toEqual([language])
  expect(rules(marks, answer(429, problem({ status: 429, code: 'too-many-tries', title: 'Too many tries' })))).toEqual([
    'who is told to wait is told how long',
  ])
  expect(rules(marks, answer(200, { rows: [] }))).toEqual(['an answer is what the description says'])
  expect(rules(marks, answer(200, { items: [] }), sent({ actor: { name: 'nobody', side: 'none' } }))).toEqual([
    'nobody enters without signing in',
  ])
})

test('every service of the policy is asked', () => {
  expect(SERVICES.toSorted()).toEqual(Object.keys(ROUTES).toSorted())
})

test('a mark in a log line is seen', () => {
  const mark = new Marks().make('a')
  expect(Marks.inLog(`{"msg":"answered","url":"/api/register?query=${mark}"}`)).toBe(mark)
  expect(Marks.inLog('{"msg":"answered"}')).toBeUndefined()
})
