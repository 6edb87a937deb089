/** Every programme by its id: all that workflows and services know of a procedure. */
import type { Calendar } from './calendar.ts'
import type { BaseFacts, ProgrammeId } from './case.ts'
import { historyOf, deadlinesOf } from './child-protection/deadlines/history.ts'
import { EDITIONS } from './child-protection/editions.ts'
import type { ChildProtectionCase } from './child-protection/facts.ts'
import { factsOf } from './child-protection/fold/fold.ts'
import { groundsOf, listedNorm } from './child-protection/grounds.ts'
import { labelOf } from './child-protection/labels.ts'
import { refusalOf } from './child-protection/refusals.ts'
import type { Rules } from './child-protection/rows.ts'
import type { Deadline } from './deadline.ts'
import { isOverdue } from './next-step.ts'
import type { Programme } from './programme.ts'
import type { Day, Instant } from './time.ts'

export const CHILD_PROTECTION: Programme<ChildProtectionCase, Rules> = {
  id: 'child-protection',
  editions: EDITIONS,
  factsOf,
  historyOf,
  deadlinesOf,
  refusalOf,
  rowText: labelOf,
  listedNorm,
  groundsOf,
}

/** A programme as services hold it: facts and rules are opaque to them. */
// oxlint-disable-next-line typescript/no-explicit-any -- facts and rules of different programmes have nothing in common but BaseFacts
type AnyProgramme = Programme<any, any>

export const PROGRAMMES: Readonly<Record<ProgrammeId, AnyProgramme>> = { 'child-protection': CHILD_PROTECTION }

export function programmeOf(id: ProgrammeId): AnyProgramme {
  const programme = PROGRAMMES[id]
  if (!programme) throw new RangeError(`no programme ${id}`)
  return programme
}

/** The rule rows of an edition, plain JSON. Throws when there is no such edition. */
export function rulesOf(id: ProgrammeId, edition: string): unknown {
  const found = programmeOf(id).editions.find((one) => one.id === edition)
  if (!found) throw new RangeError(`no edition ${edition} of ${id}`)
  return found.rules
}

/** The edition in force on a day: new cases are opened under it. Before the first one, the first. */
export function currentEdition(id: ProgrammeId, day: Day): Programme['editions'][number] {
  const { editions } = programmeOf(id)
  return editions.findLast((edition) => edition.from <= day) ?? editions[0]!
}

export type PreviewRow = {
  caseId: string
  rule: string
  row: string
  of: string
  /** Due as it is now and under the other edition; absent: no such deadline there. */
  before?: Instant
  after?: Instant
  /** Not overdue as it is, overdue under the other edition. */
  becomesLate: boolean
}

/** What would change for cases moved to another edition: every open deadline whose due differs. */
export function preview(
  id: ProgrammeId,
  fromRules: unknown,
  toEdition: string | { rules: unknown },
  cases: readonly { id: string; facts: BaseFacts }[],
  calendar: Calendar,
  now: Instant,
): PreviewRow[] {
  const programme = programmeOf(id)
  const toRules = typeof toEdition === 'string' ? rulesOf(id, toEdition) : toEdition.rules
  return cases.flatMap(({ id: caseId, facts }) => {
    const before = byPeriod(programme.deadlinesOf(facts, fromRules, calendar))
    const after = byPeriod(programme.deadlinesOf(facts, toRules, calendar))
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
      const [was, is] = [before.get(key), after.get(key)]
      if (was?.due === is?.due && was && is) return []
      const { rule, row, of } = (is ?? was)!
      const becomesLate = is !== undefined && isOverdue(is, now) && !(was && isOverdue(was, now))
      return [
        {
          caseId,
          rule,
          row,
          of,
          ...(was?.due !== undefined && { before: was.due }),
          ...(is?.due !== undefined && { after: is.due }),
          becomesLate,
        },
      ]
    })
  })
}

const byPeriod = (deadlines: readonly Deadline[]) => new Map(deadlines.map((deadline) => [deadline.key, deadline]))
