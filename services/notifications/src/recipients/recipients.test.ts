import { expect, test } from 'vitest'
import type { Book, BookPerson } from './book.ts'
import { peopleOf, recipientsOf, type ToldRole } from './recipients.ts'

const person = (id: string, more: Partial<BookPerson> = {}): BookPerson => ({
  id,
  name: id,
  role: 'social-worker',
  organisation: 'o',
  email: `${id}@example.org`,
  lang: 'ru',
  digest: true,
  active: true,
  supervisor: 'supervisor',
  ...more,
})

const book = (
  more: Partial<{
    people: BookPerson[]
    away: Record<string, string | null>
    duty: string[]
    head: string | null
    nextInLine: string | null
  }> = {},
): Book => ({
  people: new Map(
    (
      more.people ?? [
        person('worker'),
        person('deputy'),
        person('supervisor'),
        person('next'),
        person('head'),
        person('duty-1'),
        person('duty-2'),
        person('admin', { role: 'administrator' }),
      ]
    ).map((one) => [one.id, one]),
  ),
  organisations: new Map([
    [
      'o',
      { id: 'o', head: more.head === undefined ? 'head' : more.head, nextInLine: more.nextInLine === undefined ? 'next' : more.nextInLine },
    ],
  ]),
  away: new Map(Object.entries(more.away ?? {})),
  duty: new Map([['o', more.duty ?? ['duty-1', 'duty-2']]]),
})
const ASKED = { organisation: 'o', people: { caseManager: 'worker' } }
const told = (role: ToldRole, of: Book, asked: typeof ASKED | { organisation: string; people: object } = ASKED) =>
  peopleOf(role, asked, of).map(({ person }) => person.id)

test('every role has its people', () => {
  const all = book()
  expect(
    (['case-manager', 'supervisor', 'next-in-line', 'head', 'duty-list', 'on-duty', 'first-person', 'responsible'] as const).map((role) =>
      told(role, all),
    ),
  ).toEqual([['worker'], ['supervisor'], ['next'], ['head'], ['duty-1', 'duty-2'], ['duty-1'], ['worker'], ['worker']])
})

test('an absent person is stood in for by the deputy, a deputy by theirs; the absent one is named', () => {
  expect(told('case-manager', book({ away: { worker: 'deputy' } }))).toEqual(['deputy'])
  expect(peopleOf('case-manager', ASKED, book({ away: { worker: 'deputy' } }))[0]?.standsFor?.id).toBe('worker')
  expect(told('case-manager', book({ away: { worker: 'deputy', deputy: 'next' } }))).toEqual(['next'])
})

test('nobody in a role: the next one up is told at once', () => {
  expect(told('case-manager', book({ away: { worker: null } }))).toEqual(['supervisor'])
  expect(told('supervisor', book({ away: { supervisor: null } }))).toEqual(['next'])
  expect(told('supervisor', book({ away: { supervisor: null }, nextInLine: null }))).toEqual(['head'])
  expect(told('head', book({ head: null }))).toEqual(['duty-1', 'duty-2'])
  expect(told('duty-list', book({ duty: [] }))).toEqual(['head'])
  expect(told('on-duty', book({ duty: [] }))).toEqual(['worker'])
  expect(told('on-duty', book({ away: { 'duty-1': null } }))).toEqual(['duty-2'])
  // The supervisor is found through the manager even when the manager is away.
  expect(told('supervisor', book({ away: { worker: null } }))).toEqual(['supervisor'])
})

test('deputies in a circle are nobody, and somebody is told all the same', () => {
  expect(told('case-manager', book({ away: { worker: 'deputy', deputy: 'worker' } }))).toEqual(['supervisor'])
})

test('a person who left the organisation is told nothing', () => {
  expect(told('case-manager', book({ people: [person('worker', { active: false }), person('supervisor')] }))).toEqual(['supervisor'])
})

test('an organisation without anybody: the administrators are told', () => {
  expect(
    told('head', { ...book({ people: [person('admin', { role: 'administrator' })], duty: [], head: null, nextInLine: null }) }),
  ).toEqual(['admin'])
  expect(told('case-manager', book({ duty: [], head: null, nextInLine: null }), { organisation: 'o', people: {} })).toEqual(['admin'])
})

test('one letter a person, however many roles and steps lead to them', () => {
  const step = (key: string, whom: ToldRole[]) => ({ key, do: 'escalate' as const, at: 0, whom, repeat: 0 })
  const recipients = recipientsOf(
    { ...ASKED, steps: [step('a', ['case-manager', 'supervisor']), step('b', ['next-in-line', 'head'])] },
    book({ nextInLine: 'head', away: { worker: 'supervisor' } }),
  )
  expect(recipients.map(({ person, roles, steps }) => [person.id, roles, steps.map(({ key }) => key)])).toEqual([
    ['supervisor', ['case-manager', 'supervisor'], ['a']],
    ['head', ['next-in-line', 'head'], ['b']],
  ])
})

const remind = { key: 'm', do: 'remind' as const, at: 0, whom: ['responsible' as const], repeat: 0 }
const remindedOf = (responsible: string | undefined, of: Book) =>
  recipientsOf({ organisation: 'o', people: { caseManager: 'worker', ...(responsible && { responsible }) }, steps: [remind] }, of).map(
    ({ person: { id }, roles, standsFor }) => [id, roles.join('+'), ...(standsFor ? [standsFor.id] : [])],
  )

test('CP-127: the responsible of a measure is told before its day, or who stands in; nobody of the organisation: the case manager, as what they are', () => {
  expect(remindedOf('next', book())).toEqual([['next', 'responsible']])
  expect(remindedOf('next', book({ away: { next: 'deputy' } }))).toEqual([['deputy', 'responsible', 'next']])
  expect(remindedOf('next', book({ away: { next: null } }))).toEqual([['worker', 'responsible']])
  expect(remindedOf('next', book({ away: { next: null, worker: 'deputy' } }))).toEqual([['deputy', 'responsible', 'worker']])
  expect(remindedOf(undefined, book())).toEqual([['worker', 'case-manager']])
  expect(remindedOf(undefined, book({ away: { worker: 'deputy' } }))).toEqual([['deputy', 'case-manager', 'worker']])
  const gone = [person('worker'), person('next', { organisation: 'another' })]
  expect(remindedOf('next', book({ people: gone }))).toEqual([['worker', 'responsible']])
})

test('whoever went to another organisation, or stands in from there, is not told: the next one up is', () => {
  const elsewhere = (id: string) =>
    [person('worker'), person('supervisor'), person('deputy')].map((one) => (one.id === id ? { ...one, organisation: 'another' } : one))
  expect(told('case-manager', book({ people: elsewhere('worker') }))).toEqual(['supervisor'])
  expect(told('case-manager', book({ people: elsewhere('deputy'), away: { worker: 'deputy' } }))).toEqual(['supervisor'])
})
