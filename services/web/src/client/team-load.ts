/** How much each worker of a team carries, and what comes in the next weeks (CP-18). Pure. */
import type { WorkListItem } from '@tirek/contract/answers'
import { addDays, dayOf, type Day, type Instant } from '@tirek/procedure/time'
import { endOfWeek } from './when.ts'
import { groupsOf } from './today.ts'

export const WEEKS = 4
export type Load = { active: number; overdue: number; weeks: number[] }
export type TeamLoad = {
  /** Sundays that end the weeks. */
  ends: Day[]
  workers: Map<string, Load>
  /** Terms of cases that nobody leads. */
  unowned: WorkListItem[]
}

/** `active`: cases by worker. Terms beyond the last week are counted nowhere; the overdue have a column of their own. */
export function teamLoad(items: readonly WorkListItem[], active: ReadonlyMap<string, number>, now: Instant): TeamLoad {
  const first = endOfWeek(dayOf(now))
  const ends = Array.from({ length: WEEKS }, (_, week) => addDays(first, 7 * week))
  const empty = (person: string): Load => ({ active: active.get(person) ?? 0, overdue: 0, weeks: ends.map(() => 0) })
  const workers = new Map([...active.keys()].map((person) => [person, empty(person)]))
  const overdue = new Set(groupsOf(items, now).overdue)
  for (const item of items) {
    if (item.manager === undefined) continue
    const load = workers.get(item.manager) ?? empty(item.manager)
    workers.set(item.manager, load)
    const { due, dueDay } = item.deadline
    const day = dueDay ?? (due === undefined ? undefined : dayOf(due))
    if (overdue.has(item)) load.overdue++
    else if (day !== undefined) {
      const week = ends.findIndex((end) => day <= end)
      if (week >= 0) load.weeks[week]!++
    }
  }
  return { ends, workers, unowned: items.filter(({ manager }) => manager === undefined) }
}
