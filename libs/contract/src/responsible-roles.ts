import type { Role } from './roles.ts'

/** CP-127: who of an organisation may be the responsible of a measure: those who work with families. */
export const RESPONSIBLE_ROLES = [
  'social-worker',
  'psychologist',
  'medic',
  'supervisor',
  'head',
  'childrens-home-worker',
] as const satisfies readonly Role[]
