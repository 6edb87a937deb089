/** Who is proposed for a meeting (CP-33): which agencies answer which need of the plan, and which help it names. Kinds are those of the directory. */

/** By the kind of a need (CP-25). */
export const AGENCIES_FOR_NEED = {
  development: ['education', 'preschool', 'pmpk'],
  family: ['social-protection', 'guardianship-body', 'akimat'],
  parents: ['social-protection', 'ngo'],
} as const

/** By the help that a measure names (CP-28). What a specialist of ours gives asks nobody. */
export const AGENCIES_FOR_HELP = {
  'day-centre': ['day-centre'],
  advice: [],
  ngo: ['ngo'],
  benefits: ['social-protection'],
  employment: ['social-protection', 'akimat'],
  documents: ['akimat'],
  guardianship: ['guardianship-body'],
  adoption: ['guardianship-body'],
  'foster-care': ['guardianship-body'],
  'childrens-home': ['guardianship-body', 'childrens-home'],
  other: [],
} as const

export const PROPOSED_RULE = { rule: 'CP-33', source: 'practice' } as const

export type AgencyKindProposed = (typeof AGENCIES_FOR_NEED)[keyof typeof AGENCIES_FOR_NEED][number] | 'day-centre' | 'childrens-home'

/** What of a plan asks for somebody: its needs in the order of priority, and the help of its measures. */
export type PlanNeeds = { needs?: readonly { kind?: string }[]; measures?: readonly { help?: string }[] }

/** Kinds of agencies in the order of the needs, each once. A code that is not known asks for nobody. */
export function kindsProposed({ needs = [], measures = [] }: PlanNeeds): AgencyKindProposed[] {
  const of = (table: Readonly<Record<string, readonly AgencyKindProposed[]>>, code: string | undefined) =>
    code !== undefined && Object.hasOwn(table, code) ? table[code]! : []
  return [
    ...new Set([
      ...needs.flatMap(({ kind }) => of(AGENCIES_FOR_NEED, kind)),
      ...measures.flatMap(({ help }) => of(AGENCIES_FOR_HELP, help)),
    ]),
  ]
}
