/** From roles to people: deputies, absences, the duty list, and the next one up where there is nobody. Pure. */
import type { Notice } from '@tirek/contract/notices'
import type { Book, BookPerson } from './book.ts'

export type ToldRole = Notice['steps'][number]['whom'][number]
export type NoticeStep = Notice['steps'][number]

export type Recipient = {
  person: BookPerson
  /** The roles that the person is told as. */
  roles: ToldRole[]
  /** The absent one whom the person stands in for. */
  standsFor?: BookPerson
  steps: NoticeStep[]
}

/** Nobody in a role: the next one is told at once. */
const LADDER: readonly ToldRole[] = ['case-manager', 'supervisor', 'next-in-line', 'head', 'duty-list']
const ABOVE: Readonly<Record<ToldRole, readonly ToldRole[]>> = {
  'case-manager': LADDER.slice(1),
  'first-person': LADDER,
  responsible: LADDER,
  invited: LADDER,
  'on-duty': LADDER,
  supervisor: LADDER.slice(2),
  'next-in-line': LADDER.slice(3),
  head: LADDER.slice(4),
  // The end of the ladder: then back up to whoever leads.
  'duty-list': ['head', 'next-in-line', 'supervisor', 'case-manager'],
}

type Found = { person: BookPerson; standsFor?: BookPerson }
type Asked = Pick<Notice, 'organisation' | 'people'>

/** Who gets a letter of this notice, one entry a person, in the order of the ladder. Empty only when nobody works there at all. */
export function recipientsOf(notice: Asked & Pick<Notice, 'steps'>, book: Book): Recipient[] {
  const told = new Map<string, Recipient>()
  for (const step of notice.steps) {
    for (const asked of step.whom) {
      // A measure of the family or an institution has nobody to write to: the case manager is told, as what he is.
      const role = asked === 'responsible' && !notice.people.responsible ? 'case-manager' : asked
      for (const { person, standsFor } of peopleOf(role, notice, book)) {
        const known = told.get(person.id) ?? { person, roles: [], steps: [], ...(standsFor && { standsFor }) }
        if (!known.roles.includes(role)) known.roles.push(role)
        if (!known.steps.includes(step)) known.steps.push(step)
        told.set(person.id, known)
      }
    }
  }
  return [...told.values()]
}

/** The people behind a role now. Nobody there: of the first role above that has somebody; else the administrators. */
export function peopleOf(role: ToldRole, notice: Asked, book: Book): Found[] {
  for (const one of [role, ...ABOVE[role]]) {
    const found = inRole(one, notice, book)
    if (found.length > 0) return found
  }
  const administrators = [...book.people.values()].filter((person) => person.active && person.role === 'administrator')
  return administrators.sort((a, b) => (a.id < b.id ? -1 : 1)).map((person) => ({ person }))
}

function inRole(role: ToldRole, notice: Asked, book: Book): Found[] {
  const organisation = book.organisations.get(notice.organisation)
  const manager = notice.people.caseManager ?? notice.people.firstPerson
  const duty = book.duty.get(notice.organisation) ?? []
  const one = (id: string | null | undefined): Found[] => {
    const found = presentOf(id, book)
    // Whoever went to another organisation, and a deputy from there, has nothing to do with the case: the next one is told. Nor is who stands
    // in here told of somebody who went: their name is the other organisation's.
    const worksHere = (person: BookPerson) => person.organisation === notice.organisation
    return found && worksHere(found.person) && worksHere(found.standsFor ?? found.person) ? [found] : []
  }
  switch (role) {
    case 'case-manager':
      return one(manager)
    case 'responsible':
      // The case went to another organisation: its manager there answers for the measure.
      return one(notice.people.responsible)
    case 'invited': {
      // Wherever they work, and nobody in their place: only who was invited may open the case.
      const invited = notice.people.invited ? book.people.get(notice.people.invited) : undefined
      return invited?.active ? [{ person: invited }] : []
    }
    case 'first-person':
      return one(notice.people.firstPerson ?? notice.people.caseManager)
    case 'supervisor':
      return one(manager ? book.people.get(manager)?.supervisor : undefined)
    case 'next-in-line':
      return one(organisation?.nextInLine ?? organisation?.head)
    case 'head':
      return one(organisation?.head)
    case 'on-duty':
      for (const id of duty) {
        const found = one(id)
        if (found.length > 0) return found
      }
      return []
    case 'duty-list':
      return duty.flatMap(one)
  }
}

/** The person, or who stands in. A deputy who is away too may have one; a circle of deputies is nobody. */
function presentOf(id: string | null | undefined, book: Book): Found | undefined {
  const asked = id ? book.people.get(id) : undefined
  let person = asked
  const seen = new Set<string>()
  while (person && (book.away.has(person.id) || !person.active)) {
    if (seen.has(person.id)) return undefined
    seen.add(person.id)
    const deputy = book.away.get(person.id)
    person = deputy ? book.people.get(deputy) : undefined
  }
  if (!asked || !person) return undefined
  return person === asked ? { person } : { person, standsFor: asked }
}

/** Of those who were told or confirmed before, the ones whom a letter may name: a file that changed hands leaves its former people behind. */
export const namedIn = <A extends { person: string }>(
  earlier: readonly A[],
  { organisation }: Pick<Notice, 'organisation'>,
  book: Book,
): A[] =>
  earlier.filter(({ person }) => {
    const known = book.people.get(person)
    return known !== undefined && (known.organisation === organisation || known.role === 'administrator')
  })
