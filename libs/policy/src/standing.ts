/** Where a person stands on a day, and what of a case decides who they are to it. */
import type { Role } from '@tirek/contract/roles'

/** Roles that work with cases. Only they lead, stand in or are called to an hour. */
export const CARERS = ['social-worker', 'psychologist', 'medic', 'supervisor', 'head'] as const satisfies readonly Role[]

export type Standing = {
  person: string
  organisation: string
  /** `system`: nobody of ours. */
  role: Role | 'system'
  /** The person and everybody whose deputy they are today. */
  persons: readonly string[]
  /** Their own role and those of whom they stand in for. */
  roles: ReadonlySet<Role>
  /** Whose work they supervise, or stand in for the supervisor of: those who name them, and those who name nobody. */
  team: readonly string[]
  /** Head of the organisation or next in line, or stands in for one. */
  leads: boolean
  /** Is told while an hour runs: the duty list of the day, supervisors, whoever leads the organisation. */
  called: boolean
  /** ms UTC */
  now: number
}

/** A person of a role that does not work with cases: no relation to any. */
export const isCarer = (role: Role | 'system'): role is (typeof CARERS)[number] => (CARERS as readonly string[]).includes(role)

/** Access that was given to a person or an organisation for one case, from an instant until another. */
export type Access = {
  relation: 'participant' | 'placement' | 'hand-over-receiver' | 'hand-over-sender' | 'break-glass'
  person: string | null
  organisation: string | null
  parts: readonly string[]
  from_at: number
  until_at: number | null
  /** Hand-over: the last version of the case that the sender's organisation made. */
  version: number | null
}

/** What of a case's row decides the relation. `access`: rows of the asking person or of their organisation. */
export type Seen = {
  organisation: string
  manager: string | null
  first_person: string
  stage: string
  access: readonly Access[]
}

export const holdsNow = (access: Access, now: number): boolean =>
  access.from_at <= now && (access.until_at === null || now < access.until_at)
