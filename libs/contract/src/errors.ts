/** What is wrong with a field, in the person's language: its caption, its rule, and what to do. */
import { z } from 'zod'
import { ERROR_WORDS, isErrorCode, type ErrorCode } from './error-words.ts'
import { fill } from './problems.ts'
import type { Lang } from './roles.ts'

/** JSON pointer of the field, a code for machines, a sentence for people; the field's caption and rule where it has them. */
export type FieldError = { pointer: string; code: string; message: string; caption?: string; rule?: string }

type Issue = {
  message?: string
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined
  code?: string
  [more: string]: unknown
}

/** The schema that was read with, and where in the request it lies (`['form']` for the form of an act). */
export type ReadWith = { schema: z.ZodType; at?: readonly PropertyKey[] }

const MOST = 50

/** Turns the issues of a schema into field errors. A custom issue's message is one of our codes. */
export function fieldErrorsOf(issues: readonly Issue[], lang: Lang, read?: ReadWith): FieldError[] {
  // One error a field: the first says what to do, the others follow from it.
  const first = new Map<string, FieldError>()
  for (const issue of issues) {
    const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part))
    const pointer = path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
    if (first.has(pointer)) continue
    const { code, n } = codeOf(issue)
    first.set(pointer, {
      pointer,
      code,
      message: fill(ERROR_WORDS[code][lang], { n: n ?? '' }),
      ...(read && saidOf(read, path, lang)),
    })
    if (first.size === MOST) break
  }
  return [...first.values()]
}

type Said = { title?: string; kk?: string; en?: string; rule?: string }

/** Caption and rule of the field at a path. In a list its number stands before: "Plan of action, 2: Due". */
function saidOf({ schema, at = [] }: ReadWith, whole: readonly PropertyKey[], lang: Lang): Pick<FieldError, 'caption' | 'rule'> {
  if (at.some((part, i) => whole[i] !== part)) return {}
  let found: z.ZodType | undefined = schema
  let rule: string | undefined
  let list = ''
  let caption = ''
  for (const part of whole.slice(at.length)) {
    found = found && memberOf(found, part)
    if (!found) break
    if (typeof part === 'number') {
      list = `${caption} ${part + 1}`.trim()
      caption = ''
    }
    caption = captionOf(found, lang) ?? caption
    rule = metaOf(found).rule ?? rule
  }
  const text = list && caption ? `${list}: ${caption}` : list || caption
  return { ...(text && { caption: text }), ...(rule && { rule }) }
}

const wrapped = (schema: z.ZodType): z.ZodType | undefined => {
  const { innerType, in: read } = schema.def as { innerType?: z.ZodType; in?: z.ZodType }
  return innerType ?? (schema.def.type === 'pipe' ? read : undefined)
}

/** Captions stand with the schema or with what it wraps: `field(…).optional()`. */
function metaOf(schema: z.ZodType): Said {
  const inner = wrapped(schema)
  return { ...(inner && metaOf(inner)), ...(schema.meta() as Said | undefined) }
}

/** The caption of a field in a language: the official Russian one where it has no other. */
export function captionOf(schema: z.ZodType, lang: Lang): string | undefined {
  const said = metaOf(schema)
  return (lang === 'ru' ? said.title : said[lang]) ?? said.title
}

function memberOf(schema: z.ZodType, part: PropertyKey): z.ZodType | undefined {
  const inner = wrapped(schema)
  if (inner) return memberOf(inner, part)
  const { shape, element, valueType } = schema.def as {
    shape?: Record<PropertyKey, z.ZodType>
    element?: z.ZodType
    valueType?: z.ZodType
  }
  return (shape && Object.hasOwn(shape, part) ? shape[part] : undefined) ?? element ?? valueType
}

const FORMATS: Readonly<Record<string, ErrorCode>> = { date: 'day', datetime: 'moment', uuid: 'choice' }
const TOO_SMALL: Readonly<Record<string, ErrorCode>> = { string: 'short', number: 'small', int: 'small', array: 'short' }
const TOO_BIG: Readonly<Record<string, ErrorCode>> = { string: 'long', number: 'big', int: 'big', array: 'many' }

function codeOf(issue: Issue): { code: ErrorCode; n?: string } {
  const origin = String(issue['origin'])
  switch (issue.code) {
    case 'invalid_type':
      if (!/undefined/.test(issue.message ?? 'undefined')) return { code: 'invalid' }
      return { code: issue['expected'] === 'boolean' ? 'yes-or-no' : issue['expected'] === 'array' ? 'at-least-one' : 'required' }
    case 'invalid_value':
    case 'invalid_union':
      return { code: 'choice' }
    case 'invalid_format':
      return { code: FORMATS[String(issue['format'])] ?? 'invalid' }
    case 'too_small':
      if (issue['minimum'] === 1 && origin === 'array') return { code: 'at-least-one' }
      if (issue['minimum'] === 1 && origin === 'string') return { code: 'required' }
      return { code: TOO_SMALL[origin] ?? 'short', n: String(issue['minimum']) }
    case 'too_big':
      return { code: TOO_BIG[origin] ?? 'big', n: String(issue['maximum']) }
    case 'unrecognized_keys':
      return { code: 'unknown', n: ((issue['keys'] as string[] | undefined) ?? []).slice(0, 5).join(', ') }
    case 'custom':
      return { code: issue.message && isErrorCode(issue.message) ? issue.message : 'invalid' }
    default:
      return { code: 'invalid' }
  }
}

type Told = { happenedAt: number; recordedAt: number; firstReportAt?: number | undefined }
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

/** Which times of a form a refusal of the procedure is about, as issues; none when it is about no time. */
export function timesAtFault(
  code: string,
  form: unknown,
  { happenedAt, recordedAt, firstReportAt = 0 }: Told,
  at: readonly string[],
): Issue[] {
  const message = code === 'happened-in-the-future' ? 'in-future' : code === 'before-the-first-report' ? 'before-report' : undefined
  if (!message) return []
  const isWrong = (time: number) => (message === 'in-future' ? time > recordedAt : time < firstReportAt)
  const found: Issue[] = []
  const look = (value: unknown, path: readonly PropertyKey[]) => {
    if (typeof value === 'string' && MOMENT.test(value) && isWrong(Date.parse(value))) found.push({ code: 'custom', message, path })
    else if (Array.isArray(value)) for (const [i, one] of value.entries()) look(one, [...path, i])
    else if (value !== null && typeof value === 'object') for (const [name, one] of Object.entries(value)) look(one, [...path, name])
  }
  look(form, at)
  return found.length === 0 && isWrong(happenedAt) ? [{ code: 'custom', message, path: ['happenedAt'] }] : found
}
