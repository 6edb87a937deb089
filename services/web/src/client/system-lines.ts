/** What of the system needs somebody now. Pure. */
import type { Figure, SystemHealth } from '@tirek/contract/system'

export type Trouble = 'late' | 'soon'

/** From where on a figure needs somebody: more than this. `late`: at once; `soon`: today. What only ever grows is shown and wakes nobody. */
const MORE_THAN: Partial<Record<Figure, Partial<Record<Trouble, number>>>> = {
  relayOldestMs: { soon: 15_000, late: 60_000 },
  relayRows: { soon: 1_000 },
  // It turns every half minute.
  reconcilerSeconds: { soon: 120, late: 300 },
  stepsLate: { soon: 0 },
  urgentLetterSeconds: { soon: 20, late: 60 },
  letterSeconds: { soon: 900 },
  lettersFailed: { soon: 0 },
  lettersHeld: { soon: 0 },
}

/** Both names of one wait: milliseconds in one figure, seconds in the others. */
export const secondsOf = (figure: Figure, value: number): number | undefined =>
  figure === 'relayOldestMs' ? value / 1_000 : figure.endsWith('Seconds') ? value : undefined

export function troubleOf(figure: Figure, value: number): Trouble | undefined {
  const more = MORE_THAN[figure]
  if (more?.late !== undefined && value > more.late) return 'late'
  return more?.soon !== undefined && value > more.soon ? 'soon' : undefined
}

/** A worker asks at least once a minute. */
const LONGEST_POLL_S = 75
export const isDeserted = ({ workers, seconds }: SystemHealth['queues'][number]): boolean =>
  workers === 0 || seconds === undefined || seconds > LONGEST_POLL_S

export type Line = { of: 'process' | 'part' | 'queue' | 'figure'; name: string; tone: Trouble }

/** What needs somebody, what cannot wait first: processes that are away, then what several lean on (named once), queues without workers, figures. */
export function troublesOf({ processes, queues, figures }: SystemHealth): Line[] {
  const away = processes.filter(({ state }) => state === 'away').map(({ name }): Line => ({ of: 'process', name, tone: 'late' }))
  const parts = new Set(processes.flatMap((one) => Object.entries(one.parts).flatMap(([part, state]) => (state === 'away' ? [part] : []))))
  const deserted = queues.filter(isDeserted).map(({ queue, type }): Line => ({ of: 'queue', name: `${queue} ${type}`, tone: 'late' }))
  const over = (Object.entries(figures) as [Figure, number][]).flatMap(([name, value]): Line[] => {
    const tone = troubleOf(name, value)
    return tone ? [{ of: 'figure', name, tone }] : []
  })
  const lines = [...away, ...[...parts].map((name): Line => ({ of: 'part', name, tone: 'late' })), ...deserted, ...over]
  return [...lines.filter(({ tone }) => tone === 'late'), ...lines.filter(({ tone }) => tone === 'soon')]
}
