import { ALLOWED } from '@tirek/procedure/child-protection/allowed'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { ACTS, ActRequest, definitionOf, KINDS } from './acts.ts'
import { fieldErrorsOf } from './errors.ts'
import { HelpRequest } from './forms/help-request.ts'
import { ClosureAsked } from './forms/support.ts'
import { fill, PROBLEMS } from './problems.ts'

const request = {
  child: {
    name: 'Личное Имя',
    address: 'Личный адрес, 5',
    iin: '240505500016',
    phone: '+77015550199',
    birthDate: '2024-05-05',
    sex: 'male',
  },
  asker: { name: 'Личный Сосед', contact: 'Личный контакт' },
  ground: 'Личные слова обратившегося',
  nextActions: 'Личные действия',
  channel: 'phone',
  source: 'public',
  reportedAt: '2026-11-25T10:05:00+05:00',
  criteria: ['H4'],
  level: 'high',
}

test('a fact holds nothing of what is personal in its form', () => {
  const form = HelpRequest.parse(request)
  const fact = JSON.stringify(ACTS['help-request-registered'].toFact(form, { role: 'medic', organisation: '' }))
  expect(JSON.parse(fact)).toEqual({
    reportedAt: Date.parse('2026-11-25T05:05:00Z'),
    criteria: ['H4'],
    level: 'high',
    takenByOther: true,
    oneOffHelp: false,
  })
  for (const personal of ['Личн', '240505500016', '77015550199', '2024-05-05']) expect(fact).not.toContain(personal)
})

test.each([
  ['one of name, address, whereabouts', { ...request, child: { sex: 'male', birthDate: '2024-05-05' } }, '/child/name', 'one-of'],
  ['at least one criterion (CP-07)', { ...request, criteria: [] }, '/criteria', 'at-least-one'],
  ['a name or the mark that there is none', { ...request, asker: {} }, '/asker/name', 'name-or-mark'],
  ['not both', { ...request, asker: { name: 'Сосед', notNamed: true } }, '/asker/notNamed', 'name-and-mark'],
  ['the ground', { ...request, ground: '  ' }, '/ground', 'required'],
  ['no field of its own making', { ...request, colour: 'red' }, '', 'unknown'],
  ['no character that cannot be kept', { ...request, ground: 'нуль\u0000' }, '/ground', 'zero-byte'],
])('the help request asks for %s and names the field', (_, form, pointer, code) => {
  const read = HelpRequest.safeParse(form)
  const errors = fieldErrorsOf((read.error?.issues ?? []) as never[], 'kk')
  expect(errors).toContainEqual(expect.objectContaining({ pointer, code }))
  expect(errors.every(({ message }) => message.length > 5)).toBe(true)
})

test.each(['name', 'address', 'whereabouts'])('a report that says only the %s of the child is taken', (known) => {
  expect(HelpRequest.safeParse({ ...request, child: { [known]: 'Известно' } }).success).toBe(true)
})

test('who asks need not be named, when the form says so', () => {
  expect(HelpRequest.safeParse({ ...request, asker: { notNamed: true } }).success).toBe(true)
  // One tick is all: nothing of the person is asked.
  expect(HelpRequest.parse({ ...request, asker: { notNamed: true } }).asker).toEqual({ notNamed: true })
})

test('CP-07: another level than the ticked criteria propose needs a reason', () => {
  const lower = { ...request, level: 'medium' }
  expect(HelpRequest.safeParse(lower).error?.issues[0]?.path).toEqual(['levelReason'])
  expect(HelpRequest.safeParse({ ...lower, levelReason: 'опасности нет: ребенок у бабушки' }).success).toBe(true)
})

test('CP-60: a case closes only with the first criterion', () => {
  expect(ClosureAsked.safeParse({ end: 'closed', criteria: ['C2'] }).error?.issues[0]?.path).toEqual(['criteria'])
  expect(ClosureAsked.safeParse({ end: 'closed', criteria: ['C1'] }).success).toBe(true)
})

test('every kind of act has a form that can be published, words in three languages and somebody who may record it', () => {
  for (const kind of KINDS) {
    const { form, label, roles } = definitionOf(kind)
    expect(() => z.toJSONSchema(form, { target: 'draft-2020-12', io: 'input' })).not.toThrow()
    expect(Object.values(label).every((text) => text.length > 2)).toBe(true)
    expect(roles.length).toBeGreaterThan(0)
  }
  expect(() => z.toJSONSchema(ActRequest, { target: 'draft-2020-12', io: 'input' })).not.toThrow()
})

test('every act that a stage allows is known here', () => {
  for (const kinds of Object.values(ALLOWED)) for (const kind of kinds) expect(KINDS).toContain(kind)
})

test('every refusal says what it is and what to do next, in three languages, with its parameters filled in', () => {
  for (const { title, next } of Object.values(PROBLEMS))
    for (const text of [title, next]) expect([text.ru, text.kk, text.en].every(Boolean)).toBe(true)
  expect(fill(PROBLEMS['over-norm'].title.en, { most: 30 })).toContain('30')
})
