/** Who people are. One role a person; what each may do stands with the acts (acts.ts) and the routes. */
import { z } from 'zod'
import { ROLES } from './role-names.ts'

export { ROLES }

export const Role = z.enum(Object.keys(ROLES) as [keyof typeof ROLES, ...(keyof typeof ROLES)[]]).meta({ id: 'Role' })
export type Role = z.infer<typeof Role>

export const Lang = z.enum(['ru', 'kk', 'en']).meta({ id: 'Lang' })
export type Lang = z.infer<typeof Lang>

/** The language asked for by an `Accept-Language` header; Russian when none of ours is named. */
export function langOf(header: string | undefined): Lang {
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const tag = part.trim().slice(0, 2)
    if (tag === 'ru' || tag === 'kk' || tag === 'en') return tag
  }
  return 'ru'
}
