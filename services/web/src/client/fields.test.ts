import { expect, test } from 'vitest'
import { formOf } from '@tirek/contract/forms/described'
import { actList } from '../server/forms.ts'
import { answered, captionOf, fromForm, getAt, idOf, isRequired, kindOf, schemaAt, setAt, type Schema } from './fields.ts'

test('every field of every form is asked in some way and has its choices named in three languages', () => {
  const unnamed: string[] = []
  const walk = (schema: Schema, at: string) => {
    kindOf(schema)
    if (schema.enum)
      for (const one of schema.enum)
        for (const lang of ['ru', 'kk', 'en'] as const) if (!schema.labels?.[one]?.[lang]) unnamed.push(`${at}: ${one} (${lang})`)
    for (const [name, one] of Object.entries(schema.properties ?? {})) walk(one, `${at}/${name}`)
    if (schema.items) walk(schema.items, `${at}/*`)
  }
  for (const { kind } of actList()) walk(formOf(kind) as Schema, kind)
  expect(unnamed).toEqual([])
})

test('every field that people fill has a caption in three languages', () => {
  const unnamed: string[] = []
  const walk = (schema: Schema, at: string) => {
    for (const [name, one] of Object.entries(schema.properties ?? {})) {
      // Ids are chosen by names of their own; notes of criteria are not asked for on a page yet.
      if (kindOf(one) !== 'uuid' && name !== 'notes' && !(one.title && one.kk && one.en)) unnamed.push(`${at}/${name}`)
      walk(one, `${at}/${name}`)
    }
    if (schema.items) walk(schema.items, `${at}/*`)
  }
  for (const { kind } of actList()) walk(formOf(kind) as Schema, kind)
  expect(unnamed).toEqual([])
})

test('a form holds no pointer to elsewhere', () => {
  for (const { kind } of actList()) expect(JSON.stringify(formOf(kind))).not.toContain('$ref')
})

test('kinds of fields', () => {
  expect(kindOf({ type: 'string', maxLength: 300 })).toBe('line')
  expect(kindOf({ type: 'string', maxLength: 20_000 })).toBe('words')
  expect(kindOf({ type: 'string', format: 'date' })).toBe('day')
  expect(kindOf({ type: 'string', format: 'date-time' })).toBe('moment')
  expect(kindOf({ type: 'array', items: { type: 'string', enum: ['a'] } })).toBe('choices')
  expect(kindOf({ type: 'array', items: { type: 'object' } })).toBe('list')
  expect(kindOf({ type: 'array', items: { type: 'string' } })).toBe('lines')
  expect(kindOf({ anyOf: [{ const: 3 }, { const: 4 }] })).toBe('numbers')
})

test('a place is changed and nothing else', () => {
  const before = { a: [{ b: 1 }], c: 2 }
  const after = setAt(before, ['a', 1, 'b'], 5)
  expect(after).toEqual({ a: [{ b: 1 }, { b: 5 }], c: 2 })
  expect(before).toEqual({ a: [{ b: 1 }], c: 2 })
  expect(getAt(after, ['a', 1, 'b'])).toBe(5)
  expect(getAt(after, ['x', 'y'])).toBeUndefined()
  expect(setAt(undefined, ['child', 'name'], 'x')).toEqual({ child: { name: 'x' } })
})

test('what was not answered is not sent; no and zero are answers', () => {
  expect(answered({ a: '  ', b: false, c: 0, d: [], e: { f: '' }, g: ['', 'x'] })).toEqual({ b: false, c: 0, g: ['x'] })
  expect(answered({})).toBeUndefined()
})

test('errors find their field', () => {
  const schema: Schema = { properties: { child: { properties: { name: { title: 'Имя', kk: 'Аты', en: 'Name' } }, required: ['name'] } } }
  expect(fromForm('/form/child/name')).toBe('/child/name')
  expect(fromForm('/formal')).toBe('/formal')
  expect(idOf('/child/name')).toBe('field-child-name')
  expect(captionOf(schemaAt(schema, '/child/name')!, 'kk')).toBe('Аты')
  expect(captionOf({ title: 'Имя' }, 'en')).toBe('Имя')
  expect(isRequired(schema.properties!['child']!, 'name')).toBe(true)
  expect(isRequired({ required: ['a'], properties: { a: { default: [] } } }, 'a')).toBe(false)
})
