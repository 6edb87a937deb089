/** Forms as data: what a schema's field is on a page, and values by their path. */
import type { Lang } from '@tirek/contract/roles'

type Text = { ru: string; kk: string; en: string }

/** What we use of a JSON schema, with our captions (`title` is the Russian one). */
export type Schema = {
  type?: string
  format?: string
  title?: string
  kk?: string
  en?: string
  enum?: string[]
  const?: unknown
  anyOf?: Schema[]
  labels?: Record<string, Text>
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minimum?: number
  maximum?: number
  minItems?: number
  maxLength?: number
  default?: unknown
  /** Written by the record, never typed. */
  readOnly?: boolean
}

export type Path = readonly (string | number)[]

export type FieldKind =
  | 'line'
  | 'words'
  | 'day'
  | 'moment'
  | 'uuid'
  | 'number'
  | 'yes-no'
  | 'choice'
  | 'choices'
  | 'lines'
  | 'group'
  | 'list'
  | 'numbers'

/** Short texts stand in one line. */
const LINE = 300

/** How a field is asked. */
export function kindOf(schema: Schema): FieldKind {
  if (schema.enum) return 'choice'
  if (schema.anyOf?.every((one) => typeof one.const === 'number')) return 'numbers'
  switch (schema.type) {
    case 'boolean':
      return 'yes-no'
    case 'integer':
    case 'number':
      return 'number'
    case 'object':
      return 'group'
    case 'array':
      return schema.items?.enum ? 'choices' : schema.items?.type === 'object' ? 'list' : 'lines'
    default:
      if (schema.format === 'date') return 'day'
      if (schema.format === 'date-time') return 'moment'
      if (schema.format === 'uuid') return 'uuid'
      return (schema.maxLength ?? 0) > LINE ? 'words' : 'line'
  }
}

/** Official captions are Russian; one without a translation stays so. */
export const captionOf = (schema: Schema, lang: Lang, fallback = ''): string =>
  (lang === 'ru' ? schema.title : schema[lang]) ?? schema.title ?? fallback

/** Has the page to ask for it? Fields with a default need no answer. */
export const isRequired = (parent: Schema, name: string): boolean =>
  (parent.required ?? []).includes(name) && parent.properties?.[name]?.default === undefined

export const pointerOf = (path: Path): string => path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Id of a field's input: error links go to it. */
export const idOf = (pointer: string): string => `field${pointer.replaceAll(/[^A-Za-z0-9_-]/g, '-')}`

export function getAt(value: unknown, path: Path): unknown {
  let found = value
  for (const part of path) {
    if (found === null || typeof found !== 'object') return undefined
    found = (found as Record<string | number, unknown>)[part]
  }
  return found
}

/** A copy with one place changed; what is missing on the way is made. */
export function setAt<T>(value: T, path: Path, to: unknown): T {
  const [part, ...rest] = path
  if (part === undefined) return to as T
  const holder: unknown = value ?? (typeof part === 'number' ? [] : {})
  const changed = setAt((holder as Record<string | number, unknown>)[part], rest, to)
  if (Array.isArray(holder)) return holder.toSpliced(part as number, 1, changed) as T
  return { ...(holder as object), [part]: changed } as T
}

/** Leaves out what was not answered: empty texts, empty groups. Empty lists stay out too. */
export function answered(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  if (Array.isArray(value)) {
    const kept = value.map(answered).filter((one) => one !== undefined)
    return kept.length > 0 ? kept : undefined
  }
  if (value === null || typeof value !== 'object') return value ?? undefined
  const kept = Object.entries(value).flatMap(([name, one]) => {
    const answer = answered(one)
    return answer === undefined ? [] : [[name, answer] as const]
  })
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

/** Pointers of a refusal count from the request's body or from the form: here from the form. */
export const fromForm = (pointer: string): string => pointer.replace(/^\/form(?=\/|$)/, '')

/** The schema at a pointer, for the captions of errors. */
export function schemaAt(schema: Schema, pointer: string): Schema | undefined {
  let found: Schema | undefined = schema
  for (const part of pointer.split('/').slice(1))
    found = /^\d+$/.test(part) ? found?.items : found?.properties?.[part.replaceAll('~1', '/').replaceAll('~0', '~')]
  return found
}
