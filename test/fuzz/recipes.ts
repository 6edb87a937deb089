/** How one request is made: a right one by schema or example, then bent. A recipe is plain data, so that it can be printed, shrunk and sent again. */
import fc from 'fast-check'
import { bend, bent, torn, type Bend, type Torn } from './bends.ts'
import type { Operation, Parameter } from './operations.ts'
import { oddNumber, oddText, valuesOf, type JsonSchema } from './values.ts'

export type Recipe = {
  /** Key of its operation. */
  operation: string
  /** Name of who asks. */
  as: string
  method: string
  /** With holes (`resolve.ts`), without the query. */
  path: string
  query: string
  headers: Record<string, string>
  body: string | undefined
  /** The body's text is bytes of latin-1, and so no UTF-8. */
  bytes?: boolean
}

type Json = unknown
const HAPPENED = '2026-11-24T14:50:00+05:00'

/** What an operation's requests are made of, made once: schemas are many and long. */
const known = new Map<string, unknown>()
function once<T>(of: string, make: () => T): T {
  if (!known.has(of)) known.set(of, make())
  return known.get(of) as T
}

/** Right bodies: examples and values of the schema, with the mark where people write. */
function bodies(operation: Operation, kind: string | undefined): fc.Arbitrary<Json> | undefined {
  const { body, defs } = operation
  if (!body) return undefined
  const { schema, examples, forms } = body
  const form = kind === undefined ? undefined : forms?.[kind]
  const made = form
    ? valuesOf(form, {}).map((form): Json => ({
        ...(operation.service === 'cases' && { happenedAt: HAPPENED }),
        version: '@version@',
        form,
      }))
    : valuesOf(schema, defs)
  const named = kind !== undefined && Object.hasOwn(examples, kind) ? [examples[kind]] : kind === undefined ? Object.values(examples) : []
  if (named.length === 0) return made
  const right = fc.constantFrom(...named.map((value) => fitting(value)))
  return fc.oneof({ weight: 4, arbitrary: right }, { weight: 1, arbitrary: made })
}

/** An example as this world takes it: marked, of the newest version, and another child than the last. */
export function fitting(example: Json): Json {
  const marked = (value: Json, name: string): Json => {
    if (Array.isArray(value)) return value.map((one) => marked(one, name))
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, marked(one, key)]))
    if (name === 'happenedAt') return HAPPENED
    if (name === 'version') return '@version@'
    if (name === 'organisation') return '@organisation:other@'
    if (['manager', 'person'].includes(name)) return '@person:own:1@'
    if (name === 'supervisor' || name === 'coordinator') return '@supervisor:own@'
    if (name === 'agency') return '@id:agencies:own:1@'
    if (name === 'meeting') return '@id:meetings:own:0@'
    if (name === 'otherCase' || name === 'caseId' || name === 'familyOf') return '@case:own:2@'
    if (name === 'iin') return '@iin@'
    if (name === 'phone') return '@phone@'
    return typeof value === 'string' && /[\u0400-\u04ff ]/.test(value) ? `${value} @mark@` : value
  }
  const form = marked(example, '') as Record<string, Json>
  return 'child' in form && 'reportedAt' in form ? { ...form, anotherChild: true } : form
}

/** Holes whose content is no text: their quotes go when they are filled. */
const written = (value: Json): string => JSON.stringify(value) ?? 'null'

const idOf = (segment: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.nat(40).map((n) => `@id:${segment}:own:${n}@`) },
    { weight: 4, arbitrary: fc.nat(40).map((n) => `@id:${segment}:other:${n}@`) },
    { weight: 1, arbitrary: fc.uuid() },
    { weight: 1, arbitrary: fc.constantFrom('x', '0', '1', '-1', '..', '%00', '%2e%2e', 'undefined', '__proto__', 'a'.repeat(201), 'ж') },
  )

function pathOf(operation: Operation): fc.Arbitrary<{ path: string; kind: string | undefined }> {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  if (names.length === 0) return fc.constant({ path: operation.path, kind: undefined })
  const values = names.map((name): fc.Arbitrary<string> => {
    const schema = operation.parameters.find((one) => one.in === 'path' && one.name === name)?.schema
    const choices = choicesOf(operation, name, schema)
    if (choices.length > 0)
      return fc.oneof(
        { weight: 20, arbitrary: fc.constantFrom(...choices) },
        { weight: 1, arbitrary: fc.constantFrom('none', 'constructor', '__proto__', 'toString', '%00', 'ж', 'x'.repeat(201)) },
      )
    const segment = operation.path
      .slice(0, operation.path.indexOf(`{${name}}`))
      .split('/')
      .filter(Boolean)
      .at(-1)!
    return idOf(segment)
  })
  return fc.tuple(...values).map((chosen) => ({
    path: names.reduce((path, name, at) => path.replace(`{${name}}`, chosen[at]!), operation.path),
    kind: chosen[names.findIndex((name) => ['kind', 'name', 'act'].includes(name))],
  }))
}

/** The kinds that an example names are asked for; without examples those of the schema. */
function choicesOf(operation: Operation, name: string, schema: JsonSchema | undefined): string[] {
  const resolved = schema?.$ref ? operation.defs[schema.$ref.split('/').at(-1)!] : schema
  const listed = (resolved?.enum ?? []) as string[]
  const examples = Object.keys(operation.body?.examples ?? {})
  return examples.length > 0 && listed.length > 0 && examples.every((one) => listed.includes(one)) && name !== 'id' ? examples : listed
}

/** A query as the schema means it, or as nobody does. */
function queryOf(parameters: readonly Parameter[]): fc.Arbitrary<string> {
  const known = parameters.filter((one) => one.in === 'query')
  if (known.length === 0)
    return fc.oneof(
      { weight: 6, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.constantFrom('?', '?a=1', '?a[]=1&a=2', '?__proto__=1') },
    )
  const pair = fc
    .constantFrom(...known)
    .chain(({ name, schema }) =>
      fc
        .oneof(
          { weight: 4, arbitrary: valuesOf(schema ?? {}, {}).map(String) },
          { weight: 2, arbitrary: fc.constantFrom('@cursor@', '@mark-own@', '@foreign@', '@number:own@', '@number:other@', '@iin@') },
          { weight: 2, arbitrary: oddText },
          { weight: 1, arbitrary: oddNumber.map(String) },
        )
        .map(
          (value) =>
            `${name}=${/^@[a-z:-]+@$/.test(value) ? value : encodeURIComponent(value.isWellFormed() ? value.slice(0, 900) : '\ufffd')}`,
        ),
    )
  return fc
    .tuple(
      fc.array(pair, { maxLength: 3 }),
      fc.constantFrom('', '', '', '', '', '', '&', '&limit=%zz', '&x[y]=1', '&limit=1&limit=2', '&cursor=%00'),
    )
    .map(([pairs, more]) => (pairs.length > 0 || more ? `?${pairs.join('&')}${more}` : ''))
}

const lang = fc.constantFrom('ru', 'kk', 'en', 'ru', 'kk', 'en', '', 'de, en;q=0.5', 'x'.repeat(300))
const typeHeader = fc.oneof(
  { weight: 30, arbitrary: fc.constant('application/json') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
      'application/json;',
      'application/xml',
      'x',
      'application/problem+json',
    ),
  },
)
const key = fc.oneof(
  { weight: 20, arbitrary: fc.constant('@key@') },
  { weight: 2, arbitrary: fc.constant('@key-again@') },
  { weight: 1, arbitrary: fc.constantFrom('', 'short', 'x'.repeat(201), 'x'.repeat(200), '        ', 'a, b', '\xff\xfe key of bytes') },
)
const moreHeaders = fc.oneof(
  { weight: 25, arbitrary: fc.constant({} as Record<string, string>) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { 'x-request-id': 'x'.repeat(65) },
      { 'x-request-id': "a'b;--\xe9" },
      { 'x-forwarded-for': "1.2.3.4, ' OR 1=1" },
      { 'x-tirek-from': 'a.b.c' },
      { 'x-session-started': '99999999999999' },
      { 'x-http-method-override': 'DELETE' },
      { 'content-encoding': 'gzip' },
      { 'if-none-match': '*' },
      { range: 'bytes=0-1' },
      { expect: 'x' },
      { host: 'evil.test' },
      { 'x-long': 'y'.repeat(9_000) },
    ),
  },
)

/** Requests of an operation by one who asks. */
export const recipesOf = (operation: Operation, as: string): fc.Arbitrary<Recipe> =>
  once(operation.key, () => requestsOf(operation)).map((request) => ({ ...request, as }))

function requestsOf(operation: Operation): fc.Arbitrary<Omit<Recipe, 'as'>> {
  const isSafe = operation.method === 'GET' || operation.method === 'HEAD'
  const method = fc.oneof(
    { weight: 40, arbitrary: fc.constant(operation.method) },
    { weight: 1, arbitrary: fc.constantFrom('HEAD', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND') },
  )
  const body = (kind: string | undefined): fc.Arbitrary<{ body: string | undefined; bytes?: boolean }> => {
    const right = once(`${operation.key} ${kind}`, () => bodies(operation, kind))
    if (!right)
      return isSafe
        ? fc.constant({ body: undefined })
        : fc.constantFrom({ body: undefined }, { body: undefined }, { body: '{}' }, { body: '[' })
    const bends = fc.oneof(
      { weight: 5, arbitrary: fc.constant([] as Bend[]) },
      { weight: 5, arbitrary: fc.array(bend, { minLength: 1, maxLength: 3 }) },
    )
    const tear = fc.oneof(
      { weight: 25, arbitrary: fc.constant<Torn>('none') },
      { weight: 2, arbitrary: fc.constantFrom<Torn>('cut', 'twice', 'deep', 'wide', 'bom', 'bytes', 'comma', 'other') },
      { weight: 1, arbitrary: fc.constantFrom<Torn>('cut', 'cut', 'cut', 'deep', 'wide', 'full', 'over') },
    )
    return fc.tuple(right, bends, tear, fc.nat(2_000)).map(([value, how, tears, n]) => torn(written(bent(value, how)), tears, n))
  }
  const path = pathOf(operation).chain(({ path, kind }) =>
    fc.tuple(
      fc.oneof(
        { weight: 30, arbitrary: fc.constant(path) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(`${path}/`, `/${path}`, `${path}%20`, path.replace('/api/', '/api/./'), path.toUpperCase()),
        },
      ),
      body(kind),
    ),
  )
  return fc
    .tuple(method, path, queryOf(operation.parameters), lang, typeHeader, key, moreHeaders)
    .map(([method, [path, body], query, language, type, idempotency, more]) => ({
      operation: operation.key,
      method,
      path,
      query,
      headers: {
        ...(language && { 'accept-language': language }),
        ...(body.body === undefined || !type ? {} : { 'content-type': type }),
        ...(isSafe || !idempotency ? {} : { 'idempotency-key': idempotency }),
        ...more,
      },
      ...body,
    }))
}

/** The plain right request of an operation: what a careful client sends. */
export function plainRecipe(operation: Operation, as: string, kind?: string): Recipe {
  const examples = operation.body?.examples ?? {}
  const example = kind ? examples[kind] : Object.values(examples)[0]
  return {
    operation: operation.key,
    as,
    method: operation.method,
    path: operation.path,
    query: '',
    headers: { 'content-type': 'application/json', 'idempotency-key': '@key@', 'accept-language': 'en' },
    body: example === undefined ? undefined : written(fitting(example)),
  }
}
