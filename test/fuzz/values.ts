/** Values that a careless or ill-meaning sender may write, and values of a published JSON schema. */
import fc from 'fast-check'

/** What is used of a JSON schema of the published descriptions. */
export type JsonSchema = {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  additionalProperties?: JsonSchema | boolean
  propertyNames?: JsonSchema
  pattern?: string
  minimum?: number
  maximum?: number
  maxLength?: number
  minItems?: number
}
export type Defs = Record<string, JsonSchema>

/** Filled in when a request is sent: see `resolve.ts`. */
export const HOLES = ['@case:own:1@', '@case:own:2@', '@case:other:1@', '@case:other:2@', '@person:own:1@', '@person:other:1@'] as const

export const NAUGHTY: readonly string[] = [
  '',
  ' ',
  '\t\n\r',
  '\0',
  'a\0b',
  '\ud800',
  'x\udc00y',
  '\ufeffтекст',
  '\u202eкечер\u202c',
  'مرحبا بالعالم',
  'Әжібек Құрманғазыұлы Ңұғметова',
  'é́̂̃'.repeat(40),
  'Z̷͎̈a̴̛͚l̶̰̆g̷̭̈́o̵͙͐',
  '👩‍👩‍👧‍👦🇰🇿💥',
  'ﷺ'.repeat(30),
  'İı ſ ß ﬁ',
  '\u2028\u2029\u0085',
  '\x1b[31m\x07\x7f',
  'x'.repeat(301),
  'ж'.repeat(20_001),
  'x'.repeat(70_000),
  "'; DROP TABLE cases.act; --",
  "' OR 1=1 --",
  '$1',
  '%_\\',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '=HYPERLINK("http://x.test";"y")',
  '@SUM(1+1)*cmd|x',
  'a@b.test\r\nBcc: c@d.test',
  '=?utf-8?q?=0D=0ABcc:_c=40d.test?=',
  '{{7*7}}${7*7}<%= 7*7 %>#{7*7}',
  '{rule} {constructor} {__proto__}',
  '../../../../etc/passwd',
  'file:///etc/passwd',
  'http://127.0.0.1:1/internal',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-0',
  '1e400',
  '0x10',
  '١٢٣',
  '９９',
  'true',
  '[object Object]',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '240305500115',
  '+77015550002',
  '+7701555' + '0'.repeat(200),
]

/** Days and instants at every edge: of the calendar, of the type, of what people mean. */
export const TIMES: readonly string[] = [
  '0000-01-01',
  '0001-01-01',
  '1899-12-31',
  '1900-01-01',
  '1970-01-01',
  '2023-02-29',
  '2024-02-29',
  '2026-11-24',
  '2026-11-25',
  '2026-11-31',
  '2027-01-01',
  '2199-12-31',
  '2200-01-01',
  '9999-12-31',
  '20266-01-01',
  '-000001-01-01',
  '2026-11-24T24:00:00Z',
  '2026-11-24T23:59:60Z',
  '2026-11-24T10:00:00',
  '2026-11-24T10:00Z',
  '2026-11-24T10:00:00+23:59',
  '2026-11-24T10:00:00-23:59',
  '2026-11-24T10:00:00+24:00',
  '2026-11-24T10:00:00.123456789Z',
  '0000-01-01T00:00:00Z',
  '1999-12-31T23:59:59Z',
  '2000-01-01T00:00:00Z',
  '2199-12-31T23:59:59-23:59',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00Z',
  '2024-02-29T12:00:00+05:00',
  '2026-11-24T14:30:00+05:00',
]

const NUMBERS = [
  0,
  -0,
  -1,
  1,
  0.5,
  1e-320,
  1e21,
  1e308,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  2 ** 64,
  Number.MAX_SAFE_INTEGER,
  200,
  201,
  100_000,
]

export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NAUGHTY) },
  { weight: 2, arbitrary: fc.constantFrom(...TIMES) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(...HOLES) },
)

export const oddNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: oddText },
  { weight: 2, arbitrary: oddNumber },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom<unknown>(1, 'x', null, {}), { maxLength: 30 }) },
  { weight: 1, arbitrary: fc.constant({ toString: 1, valueOf: null, length: -1, toJSON: 'x' }) },
)

const DEEP = 6

/** Values that the schema allows, in all its corners. */
export function valuesOf(schema: JsonSchema, defs: Defs, depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref) return valuesOf(defs[schema.$ref.split('/').at(-1)!] ?? {}, defs, depth + 1)
  const some = schema.anyOf ?? schema.oneOf
  if (some && some.length > 0) return fc.oneof(...some.map((one) => valuesOf(one, defs, depth + 1)))
  if (schema.allOf && schema.allOf.length > 0)
    return fc
      .tuple(...schema.allOf.map((one) => valuesOf(one, defs, depth + 1)))
      .map((parts) => Object.assign({}, ...(parts as object[])) as unknown)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  if (type === 'integer' || type === 'number') {
    const min = Math.max(schema.minimum ?? -5, -2_147_483_648)
    return fc.integer({ min: Math.ceil(min), max: Math.max(Math.ceil(min), Math.min(schema.maximum ?? min + 10, 2_147_483_647)) })
  }
  if (type === 'array') {
    if (depth > DEEP || !schema.items) return fc.constant([])
    const least = schema.minItems ?? 0
    return fc.array(valuesOf(schema.items, defs, depth + 1), { minLength: least, maxLength: least + 3 })
  }
  if (type === 'object' || schema.properties) {
    if (depth > DEEP) return fc.constant({})
    const members = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, valuesOf(one, defs, depth + 1)]))
    const open = schema.additionalProperties
    if (Object.keys(members).length === 0 && typeof open === 'object')
      return fc.dictionary(
        schema.propertyNames?.enum ? fc.constantFrom(...(schema.propertyNames.enum as string[])) : fc.string(),
        valuesOf(open, defs, depth + 1),
        { maxKeys: 3 },
      )
    return fc.record(members, { requiredKeys: (schema.required ?? []).filter((name) => Object.hasOwn(members, name)) })
  }
  if (schema.format === 'uuid') return fc.oneof(fc.uuid(), fc.constantFrom(...HOLES))
  if (schema.format === 'date') return fc.constantFrom('2024-03-05', '2026-11-24', '2026-12-20', '2027-02-28', '2199-12-31', '1900-01-01')
  if (schema.format === 'date-time')
    return fc.constantFrom('2026-11-24T14:30:00+05:00', '2026-11-24T09:59:59.999Z', '2000-01-01T00:00:00Z', '2199-12-31T23:59:59Z')
  if (schema.pattern)
    return fc.oneof(fc.constantFrom('240305500115', 'QZA', 'a1', '@case:own:1@'), fc.stringMatching(safePattern(schema.pattern)))
  return fc.constantFrom('Текст @mark@', 'Ұлы дала @mark@', "O'k; -- @mark@", '💥 @mark@', '@mark@')
}

/** fast-check makes strings of most patterns; of one that it cannot, any text is as good. */
function safePattern(pattern: string): RegExp {
  try {
    const made = new RegExp(pattern, 'u')
    fc.sample(fc.stringMatching(made), 1)
    return made
  } catch {
    return /^[a-z]{1,10}$/
  }
}
