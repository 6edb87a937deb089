/** The examples against their own schemas, and every fact against everything personal that a form may hold. */
import { ACT_KINDS, type ActKind } from '@tirek/procedure/child-protection/acts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { definitionOf, KINDS } from '../acts.ts'
import { JournalEntryForms } from '../forms/journals.ts'
import { ROLES, type Role } from '../roles.ts'
import { ACT_FORMS, JOURNAL_ROWS } from './examples.ts'
import { marked, schemaOf } from './marked.fixture.ts'

test('every act has an example, and nothing else has', () => {
  expect(Object.keys(ACT_FORMS).sort()).toEqual([...ACT_KINDS].sort())
  expect(KINDS).toHaveLength(ACT_KINDS.length)
})

test.each(KINDS)('%s: the example is taken by its own schema and comes out as it went in', (kind) => {
  const { form } = definitionOf(kind)
  const read = form.parse(ACT_FORMS[kind])
  // Read once more it stays the same: what is stored is a form that could have been sent.
  expect(form.parse(read)).toEqual(read)
  expect(read).toMatchObject(ACT_FORMS[kind] as object)
})

test.each(Object.keys(JOURNAL_ROWS) as (keyof typeof JOURNAL_ROWS)[])('the row of the journal %s is taken', (name) => {
  expect(JournalEntryForms[name].parse(JOURNAL_ROWS[name])).toMatchObject(JOURNAL_ROWS[name])
})

/** What is free text in a form has its field in the example, so that people see what belongs there. */
const NOT_SHOWN: Partial<Record<ActKind, readonly string[]>> = {
  // A child that has an IIN needs no reason for having none; the level is as proposed; the case is opened.
  'help-request-registered': ['/child/noIinReason', '/levelReason', '/helpGiven'],
  // Written by the record itself.
  'child-corrected': ['/was/name', '/was/birthDate', '/was/iin', '/was/phone', '/was/address'],
  // Evidence, or the decision that none is needed.
  'urgent-measures-evidenced': ['/noGrounds/agreedBy', '/noGrounds/reason'],
}
test.each(KINDS)('%s: the example shows every field that people fill with words', (kind) => {
  const { added } = marked(schemaOf(definitionOf(kind).form), ACT_FORMS[kind])
  expect(added).toEqual(NOT_SHOWN[kind] ?? [])
})

test.each(KINDS)('%s: its fact holds nothing of what is personal in its form, whoever writes it', (kind) => {
  const { form: schema, toFact } = definitionOf(kind)
  const { form, marks } = marked(schemaOf(schema), ACT_FORMS[kind])
  const read = schema.parse(form)
  // The marks are in the form, every one: else the test would look for nothing.
  for (const mark of marks) expect(JSON.stringify(read), mark).toContain(mark)
  for (const role of Object.keys(ROLES) as Role[]) {
    const fact = JSON.stringify(toFact(read as never, { role, organisation: '' }))
    expect(marks.filter((mark) => fact.includes(mark))).toEqual([])
  }
})

test('the marks find a fact that leaks: a name, a list, a text in a group, an IIN, a birth date', () => {
  const schema = z.strictObject({
    name: z.string(),
    iin: z.string().max(20).optional(),
    seen: z.array(z.string()).optional(),
    part: z.strictObject({ text: z.string() }).optional(),
    birthDate: z.iso.date().optional(),
    due: z.iso.date(),
    kind: z.enum(['a', 'b']).optional(),
    person: z.uuid().optional(),
  })
  const { form, marks, added } = marked(schemaOf(schema), { name: 'Имя', due: '2026-12-20', birthDate: '2024-01-01' })
  const read = schema.parse(form)
  expect(marks).toHaveLength(5)
  expect(added).toEqual(['/iin', '/seen/0', '/part/text'])
  expect(read.due).toBe('2026-12-20')
  for (const leak of [read.name, read.iin, read.seen, read.part, read.birthDate]) {
    const fact = JSON.stringify({ leak })
    expect(marks.filter((mark) => fact.includes(mark))).toHaveLength(1)
  }
})
