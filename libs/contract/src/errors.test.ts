import { expect, test } from 'vitest'
import { z } from 'zod'
import { ActRequest, definitionOf } from './acts.ts'
import { ERROR_WORDS } from './error-words.ts'
import { fieldErrorsOf, timesAtFault } from './errors.ts'
import { ACT_FORMS } from './examples/examples.ts'
import { HelpRequest } from './forms/help-request.ts'
import type { Lang } from './roles.ts'

const errorsOf = (schema: z.ZodType, value: unknown, lang: Lang = 'en') =>
  fieldErrorsOf((schema.safeParse(value).error?.issues ?? []) as never[], lang, { schema })
const request = ACT_FORMS['help-request-registered']
const plan = ACT_FORMS['plan-signed']
const PlanSigned = definitionOf('plan-signed').form

test('a field is called by its caption in the language asked for, with its rule', () => {
  const { reportedAt: _, ...unsaid } = request
  const words = (lang: Lang) => errorsOf(HelpRequest, unsaid, lang)
  expect(words('ru')).toEqual([
    {
      pointer: '/reportedAt',
      code: 'required',
      message: 'Заполните это поле.',
      caption: 'Когда сообщение получено (от него идет час)',
      rule: 'CP-10',
    },
  ])
  expect(words('kk')[0]).toMatchObject({ caption: 'Хабар қашан алынды (сағат осыдан басталады)', message: 'Бұл өрісті толтырыңыз.' })
  expect(words('en')[0]).toMatchObject({
    caption: 'When the report was received (the hour counts from it)',
    message: 'Fill in this field.',
  })
})

test.each([
  ['required: a text', { ...request, ground: '' }, '/ground', 'required', undefined],
  ['too long', { ...request, mother: { name: 'я'.repeat(301) } }, '/mother/name', 'long', '300'],
  ['a choice that is none', { ...request, channel: 'pigeon' }, '/channel', 'choice', undefined],
  ['a day that does not exist', { ...request, child: { ...request.child, birthDate: '2026-02-30' } }, '/child/birthDate', 'day', undefined],
  [
    'a year that nobody means',
    { ...request, child: { ...request.child, birthDate: '0206-02-20' } },
    '/child/birthDate',
    'format',
    undefined,
  ],
  ['a time without its zone', { ...request, reportedAt: '2026-11-24T14:05' }, '/reportedAt', 'moment', undefined],
  ['nothing ticked', { ...request, criteria: [] }, '/criteria', 'at-least-one', undefined],
  ['too many', { ...request, kinds: Array(6).fill('K1') }, '/kinds', 'many', '5'],
  ['too big', { ...request, child: { ...request.child, age: { n: 217, unit: 'months' } } }, '/child/age/n', 'big', '216'],
  ['too small', { ...request, child: { ...request.child, age: { n: -1, unit: 'months' } } }, '/child/age/n', 'small', '0'],
  ['a criterion that is none', { ...request, criteria: ['H9'] }, '/criteria/0', 'choice', undefined],
] as const)('%s: the field, what is wrong, what to do', (_, form, pointer, code, n) => {
  const found = errorsOf(HelpRequest, form).filter((error) => error.pointer === pointer)
  expect(found).toMatchObject([{ code, caption: expect.stringMatching(/\w{3}/) }])
  if (n) expect(found[0]!.message).toContain(n)
})

test('an answer of yes or no is asked for as such', () => {
  const { childSeen: _, ...visit } = ACT_FORMS['contact-made']
  expect(errorsOf(definitionOf('contact-made').form, visit, 'ru')).toMatchObject([
    { pointer: '/childSeen', code: 'yes-or-no', caption: 'Ребенка видели или говорили с ним', message: 'Ответьте: да или нет.' },
  ])
})

test('keys that the form does not have are named, with the part that they stand in', () => {
  expect(errorsOf(HelpRequest, { ...request, child: { ...request.child, colour: 'red', shoe: 31 } })).toEqual([
    { pointer: '/child', code: 'unknown', message: 'The form has no such field: colour, shoe. Take it away.', caption: 'The child' },
  ])
  expect(errorsOf(HelpRequest, { ...request, colour: 'red' })).toMatchObject([{ pointer: '', code: 'unknown' }])
})

test('in a list the number stands before the caption, and the rule of the nearest field that has one holds', () => {
  const [first, second] = plan.measures
  const form = { ...plan, measures: [first, { ...second, due: 'завтра' }] }
  expect(errorsOf(PlanSigned, form)).toMatchObject([
    { pointer: '/measures/1/due', code: 'day', caption: 'Plan of action 2: Due', rule: 'CP-25' },
  ])
  expect(errorsOf(PlanSigned, { ...plan, measures: [first, { ...second, need: 2 }] })).toMatchObject([
    { pointer: '/measures/1/need', code: 'no-such-need' },
  ])
  expect(errorsOf(PlanSigned, { ...plan, measures: [{ ...first, due: '2026-11-30' }] })).toMatchObject([{ code: 'order' }])
})

test('pointers of the form of an act lie below /form, captions are found all the same', () => {
  const { form } = definitionOf('child-safe')
  const issues = form.safeParse({ placed: true }).error!.issues.map((issue) => ({ ...issue, path: ['form', ...issue.path] }))
  expect(fieldErrorsOf(issues as never[], 'en', { schema: form, at: ['form'] })).toMatchObject([
    { pointer: '/form/confirmedBy', caption: 'Who confirmed it', rule: 'CP-112' },
  ])
  expect(errorsOf(ActRequest, { version: 1, form: {} }, 'ru')).toMatchObject([{ pointer: '/happenedAt', caption: 'Когда это произошло' }])
})

test('a time in days to come, or before the first report, is named by its field', () => {
  const told = {
    happenedAt: 100,
    recordedAt: Date.parse('2026-11-24T14:00:00+05:00'),
    firstReportAt: Date.parse('2026-11-24T10:00:00+05:00'),
  }
  const evidence = { hour: 0, lawEnforcement: { at: '2026-11-24T14:00:00.001+05:00', reference: '2026-11-24' } }
  const paths = (code: string, form: unknown, more = {}) => timesAtFault(code, form, { ...told, ...more }, ['form']).map(({ path }) => path)
  expect(paths('happened-in-the-future', evidence)).toEqual([['form', 'lawEnforcement', 'at']])
  const now = { lawEnforcement: { at: '2026-11-24T14:00:00.000+05:00' } }
  expect(paths('happened-in-the-future', now, { happenedAt: told.recordedAt + 1 })).toEqual([['happenedAt']])
  expect(paths('before-the-first-report', { at: '2026-11-24T09:59:59.999+05:00' })).toEqual([['form', 'at']])
  expect(paths('before-the-first-report', { at: '2026-11-24T10:00:00+05:00' }, { happenedAt: told.recordedAt })).toEqual([])
  expect(paths('case-ended', evidence)).toEqual([])
})

test('every code has its words in three languages', () => {
  for (const [code, words] of Object.entries(ERROR_WORDS))
    for (const lang of ['ru', 'kk', 'en'] as const) expect(words[lang].length, code).toBeGreaterThan(10)
})

/** Every field of every form that a person fills has its caption: an error that names none is of no use. */
test('no field of a form is without a caption', () => {
  const without: string[] = []
  const look = (schema: any, path: string) => {
    for (const [name, one] of Object.entries<any>(schema.properties ?? {})) {
      if (!one.title && !one.format) without.push(`${path}/${name}`)
      look(one, `${path}/${name}`)
      look(one.items ?? {}, `${path}/${name}/0`)
    }
  }
  for (const kind of Object.keys(ACT_FORMS) as (keyof typeof ACT_FORMS)[])
    look(z.toJSONSchema(definitionOf(kind).form, { io: 'input', reused: 'inline', target: 'draft-2020-12' }), kind)
  expect(without).toEqual([])
})
