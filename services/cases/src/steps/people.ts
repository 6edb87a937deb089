import type { Deadline } from '@tirek/procedure/deadline'
import type { KnownFacts } from '../record/facts.ts'

/** What of a case is needed to take its steps. */
export type KnownRow = {
  id: string
  number: string
  organisation: string
  programme: string
  facts: KnownFacts
  manager: string | null
  first_person: string
}

/** Ids of the people behind the roles that only the case knows. */
export const peopleOf = (row: Pick<KnownRow, 'manager' | 'first_person'>, responsible?: Deadline['responsible']) => ({
  firstPerson: row.first_person,
  ...(row.manager ? { caseManager: row.manager } : {}),
  ...(responsible?.person ? { responsible: responsible.person } : {}),
})
