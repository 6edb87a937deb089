/** Lists by keyset: the id after which the next page begins. */
import { z } from 'zod'

export const PageAsked = z.object({ after: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(100) })
export type PageAsked = z.infer<typeof PageAsked>

export const pageOf = <S extends z.ZodType>(item: S) => z.strictObject({ items: z.array(item), after: z.uuid().optional() })

/** Takes one row more than asked for: then there is a next page. */
export const pageFrom = <T extends { id: string }>(rows: T[], { limit }: PageAsked): { items: T[]; after?: string } =>
  rows.length > limit ? { items: rows.slice(0, limit), after: rows[limit - 1]!.id } : { items: rows }

/** A path with an id. */
export const OfId = z.object({ id: z.uuid() })
