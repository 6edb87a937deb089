/** A file as somebody hands it in: within JSON, judged by its content. */
import { z } from 'zod'
import { Uuid } from './forms/fields.ts'

export const Upload = z.strictObject({
  /** Sent again it is the same file. */
  key: Uuid,
  name: z.string().min(1).max(300),
  /** Type as the browser said it. */
  claimed: z.string().max(200).optional(),
  /** Base64. */
  content: z.string().max(14_000_000),
})
