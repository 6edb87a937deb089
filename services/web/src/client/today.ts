/** The work list in the order it hurts. */
import type { WorkListItem } from '@tirek/contract/answers'
import { dayOf, type Instant } from '@tirek/procedure/time'
import { endOfWeek } from './when.ts'

export type Groups = { hours: WorkListItem[]; overdue: WorkListItem[]; today: WorkListItem[]; week: WorkListItem[]; later: WorkListItem[] }

const far = Number.MAX_SAFE_INTEGER
const byDue = (a: WorkListItem, b: WorkListItem) => (a.deadline.due ?? far) - (b.deadline.due ?? far) || a.number.localeCompare(b.number)

export const isHour = (item: WorkListItem): boolean => item.deadline.hour !== undefined

/** Hours first, whatever their time; then overdue, today, to Sunday, later. What has no term is somebody's turn today. */
export function groupsOf(items: readonly WorkListItem[], now: Instant): Groups {
  const today = dayOf(now)
  const sunday = endOfWeek(today)
  const groups: Groups = { hours: [], overdue: [], today: [], week: [], later: [] }
  for (const item of items.toSorted(byDue)) groups[groupOf(item)].push(item)
  return groups

  function groupOf(item: WorkListItem): keyof Groups {
    if (isHour(item)) return 'hours'
    const { due, dueDay } = item.deadline
    if (due === undefined) return 'today'
    const day = dueDay ?? dayOf(due)
    if (dueDay ? day < today : due < now) return 'overdue'
    if (day === today) return 'today'
    return day <= sunday ? 'week' : 'later'
  }
}
