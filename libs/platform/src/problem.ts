/** Refusals as application/problem+json (RFC 9457), in the language asked for, with the rule and what to do next. */
import { fieldErrorsOf, type FieldError, type ReadWith } from '@tirek/contract/errors'
import { fill, PROBLEMS, type ProblemCode, type ProblemKind } from '@tirek/contract/problems'
import type { Lang } from '@tirek/contract/roles'
import { isAway } from './database.ts'

/** The user's mistake or a passing fault, thrown anywhere; the filter writes it. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly params: Record<string, string | number>
  /** More members of the answer, e.g. `changes` of a stale version. */
  readonly more: Record<string, unknown>
  readonly issues: readonly unknown[]
  /** What the issues were found with: captions and rules of their fields are read from it. */
  readonly read: ReadWith | undefined
  constructor(
    code: ProblemCode,
    options: {
      params?: Record<string, string | number>
      more?: Record<string, unknown>
      issues?: readonly unknown[]
      read?: ReadWith | undefined
    } = {},
  ) {
    super(code)
    this.name = 'ProblemError'
    this.code = code
    this.params = options.params ?? {}
    this.more = options.more ?? {}
    this.issues = options.issues ?? []
    this.read = options.read
  }
}

/** A refusal of the procedure: its own code, rule and words (libs/procedure). */
export class RefusalError extends ProblemError {
  constructor(
    refusal: {
      code: string
      rule: string
      params?: Record<string, string | number> | undefined
      text?: { title: Record<Lang, string>; next: Record<Lang, string> }
    },
    fields: { issues?: readonly unknown[]; read?: ReadWith } = {},
  ) {
    super('refused', {
      ...fields,
      params: { rule: refusal.rule, ...refusal.params },
      more: { code: refusal.code, rule: refusal.rule, ...(refusal.text ? { text: refusal.text } : {}) },
    })
  }
}

export type Problem = {
  type: string
  title: string
  status: number
  code: string
  next: string
  retryable: boolean
  rule?: string
  errors?: FieldError[]
  instance: string
  [more: string]: unknown
}

/** The body for any error. Unknown ones are our fault: nothing of them is told but the request's id. */
export function problemOf(error: unknown, lang: Lang, requestId: string): Problem {
  const found = error instanceof ProblemError ? error : new ProblemError(codeOfForeign(error))
  const kind: ProblemKind = PROBLEMS[found.code]
  const { text, ...more } = found.more as Record<string, unknown> & { text?: { title: Record<Lang, string>; next: Record<Lang, string> } }
  const rule = kind.rule ?? (typeof found.params['rule'] === 'string' ? found.params['rule'] : undefined)
  return {
    type: `https://tirek.dev/problems/${String(more['code'] ?? found.code)}`,
    title: text ? fill(text.title[lang], found.params) : fill(kind.title[lang], found.params),
    status: kind.status,
    code: found.code,
    next: text ? fill(text.next[lang], found.params) : fill(kind.next[lang], found.params),
    retryable: kind.retryable,
    ...(rule ? { rule } : {}),
    ...(found.issues.length > 0 ? { errors: fieldErrorsOf(found.issues as never[], lang, found.read) } : {}),
    ...more,
    instance: requestId,
  }
}

function codeOfForeign(error: unknown): ProblemCode {
  if (isAway(error)) return 'unavailable'
  const { code, statusCode, status } = (error ?? {}) as { code?: string; statusCode?: number; status?: number }
  // A number, a day or an instant that Postgres cannot keep.
  if (code === '22003' || code === '22007' || code === '22008') return 'bad-input'
  if (code === '22021' || code === '22P05' || code === '22P02') return 'bad-input' // a character Postgres cannot keep
  // No row of the trail, no answer: the table is away, or its rights are.
  if (code === '42501' || (error as { table?: string } | null)?.table?.startsWith('trail')) return 'unavailable'
  if (code === '40001' || code === '40P01' || code === '57014' || code === '55P03') return 'unavailable'
  const asked = statusCode ?? status
  if (asked === 413) return 'too-large'
  if (asked === 415) return 'wrong-media-type'
  if (asked === 404) return 'not-found'
  if (asked === 401) return 'not-signed-in'
  if (asked === 403) return 'not-allowed'
  if (asked === 400) return code?.startsWith('FST_ERR_CTP') ? 'bad-json' : 'bad-input'
  if (asked && asked < 500) return 'bad-input'
  return 'our-fault'
}
