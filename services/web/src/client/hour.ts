/** The hour on the page: what is left of it, who knows and who will know next. */
import type { DeadlineView } from '@tirek/contract/answers'
import type { Instant } from '@tirek/procedure/time'

export type Left = { late: boolean; text: string }

/** “23:41” to the due instant, “+1:02:05” after it. Exactly at the due nothing is late yet. */
export function leftOf(due: Instant, now: Instant): Left {
  const late = now > due
  const seconds = late ? Math.floor((now - due) / 1000) : Math.ceil((due - now) / 1000)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return { late, text: `${late ? '+' : ''}${h > 0 ? `${h}:${two(m)}` : two(m)}:${two(s)}` }
}

export type Rung = { at: Instant; whom: readonly string[]; state: 'told' | 'next' | 'later' }

/** The ladder in order: all who were told, then the next one and the one after. */
export function ladderOf(steps: DeadlineView['steps'], coming = 2): Rung[] {
  const told = steps.filter((step) => step.takenAt !== undefined).toSorted((a, b) => a.takenAt! - b.takenAt!)
  const next = steps.filter((step) => step.takenAt === undefined).toSorted((a, b) => a.at - b.at)
  return [
    ...told.map(({ takenAt, whom }): Rung => ({ at: takenAt!, whom, state: 'told' })),
    ...next.slice(0, coming).map(({ at, whom }, i): Rung => ({ at, whom, state: i === 0 ? 'next' : 'later' })),
  ]
}
