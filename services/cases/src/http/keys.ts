import { ProblemError } from '@tirek/platform/problem'
import { z } from 'zod'

const Key = z.string().trim().min(8).max(200)

/** The `Idempotency-Key` of a changing request; without one it is refused. */
export function keyOf(key: string | undefined): string {
  const read = Key.safeParse(key)
  if (!read.success) throw new ProblemError('key-missing')
  return read.data
}
