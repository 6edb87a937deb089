/** What comes with a request to act on a proceeding. */
import type { Who } from '@tirek/platform/auth'
import { ProblemError } from '@tirek/platform/problem'
import { z } from 'zod'
import type { Asked } from './changes.ts'

const Key = z.string().trim().min(8).max(200)

/** `key`: the header Idempotency-Key. Throws a problem where there is none. */
export function askedBy(who: Who, key: string | undefined): Asked {
  const read = Key.safeParse(key)
  if (!read.success) throw new ProblemError('key-missing')
  return { who, key: read.data }
}

/** The form of an act by its schema; pointers name the field below `/form`. */
export function formOf<S extends z.ZodType>(schema: S, form: unknown): z.output<S> {
  const found = schema.safeParse(form)
  if (!found.success)
    throw new ProblemError('bad-input', {
      issues: found.error.issues.map((issue) => ({ ...issue, path: ['form', ...issue.path] })),
      read: { schema, at: ['form'] },
    })
  return found.data
}
