/** For tests: an example in which everything that people write by hand is a mark of its own, also in fields that the example leaves out. */
import { z } from 'zod'

/** What is used of a JSON schema. */
export type Schema = {
  type?: string
  format?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  propertyNames?: Schema
  additionalProperties?: Schema | boolean
  pattern?: string
  minimum?: number
  default?: unknown
  $ref?: string
  $defs?: Record<string, Schema>
}

/** The schema of a form as it is sent, without references. */
export function schemaOf(form: z.ZodType): Schema {
  const root = z.toJSONSchema(form, { target: 'draft-2020-12', io: 'input', reused: 'inline', unrepresentable: 'any' }) as Schema
  const inlined = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(inlined)
    if (node === null || typeof node !== 'object') return node
    const { $ref, ...rest } = node as Schema
    const target = $ref ? root.$defs?.[$ref.replace('#/$defs/', '')] : undefined
    return Object.fromEntries(Object.entries({ ...target, ...rest }).map(([name, one]) => [name, inlined(one)]))
  }
  const { $defs: _, ...schema } = inlined(root) as Schema
  return schema
}

/** People write these as they like; days of birth are personal though they have a form. */
const isByHand = (schema: Schema, name: string) =>
  (schema.type === 'string' && !schema.enum && schema.const === undefined && !schema.format && !schema.pattern) || name === 'birthDate'

const holdsWriting = (schema: Schema, name: string): boolean =>
  isByHand(schema, name) ||
  Object.entries(schema.properties ?? {}).some(([part, one]) => holdsWriting(one, part)) ||
  (schema.items !== undefined && holdsWriting(schema.items, '')) ||
  (typeof schema.additionalProperties === 'object' && holdsWriting(schema.additionalProperties, ''))

/** `added`: pointers of fields by hand that the example did not have. */
export function marked(schema: Schema, example: unknown): { form: unknown; marks: string[]; added: string[] } {
  const marks: string[] = []
  const added: string[] = []
  const markOf = (name: string) => {
    const n = marks.length + 1
    const mark = name === 'birthDate' ? `20${10 + Math.floor(n / 28)}-07-${String((n % 28) + 1).padStart(2, '0')}` : `Мх${n}хМ`
    marks.push(mark)
    return mark
  }
  const made = (one: Schema): unknown => {
    if (one.default !== undefined) return one.default
    if (one.enum) return one.enum[0]
    if (one.format === 'date') return '2026-12-01'
    if (one.format === 'date-time') return '2026-11-24T14:00:00+05:00'
    if (one.format === 'uuid') return '0190e000-0000-7000-8000-000000000009'
    if (one.type === 'boolean') return true
    return one.minimum ?? 1
  }
  const fill = (one: Schema, value: unknown, name: string, pointer: string): unknown => {
    if (isByHand(one, name)) {
      // The first of a list shows what belongs there.
      if (value === undefined && !/\/[1-9]\d*\//.test(pointer)) added.push(pointer)
      return markOf(name)
    }
    if (one.properties) {
      const given = (value ?? {}) as Record<string, unknown>
      return Object.fromEntries(
        Object.entries(one.properties).flatMap(([part, inner]) => {
          const isAsked = value === undefined && (one.required ?? []).includes(part)
          if (given[part] === undefined && !isAsked && !holdsWriting(inner, part)) return []
          return [[part, fill(inner, given[part], part, `${pointer}/${part}`)]]
        }),
      )
    }
    if (one.items) {
      const given = (value as unknown[] | undefined) ?? []
      const items = given.length > 0 ? given : holdsWriting(one.items, '') ? [undefined] : []
      return items.map((item, i) => fill(one.items!, item, '', `${pointer}/${i}`))
    }
    if (typeof one.additionalProperties === 'object') {
      const given = value as Record<string, unknown> | undefined
      const names = given ? Object.keys(given) : [String(one.propertyNames?.enum?.[0] ?? 'a')]
      return Object.fromEntries(names.map((key) => [key, fill(one.additionalProperties as Schema, given?.[key], '', `${pointer}/${key}`)]))
    }
    return value ?? made(one)
  }
  return { form: fill(schema, example, '', ''), marks, added }
}
