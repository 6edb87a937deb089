/** Numbers of figures in words and as shares. Pure. */
import type { TermsCounted } from '@tirek/contract/figures'

/** `null` is fewer than five, and is said so. */
export const countText = (n: number | null, few: string): string => (n === null ? few : String(n))

/** What a bar is drawn by: what is not told is drawn as nothing. */
export const lengthOf = (n: number | null): number => n ?? 0

/** How many of the terms that are over were kept in time, in percent; absent where none is over or a number is not told. */
export function keptShare({ kept, keptLate, missed, late }: TermsCounted): number | undefined {
  if (kept === null || keptLate === null || missed === null || late === null) return undefined
  const over = kept + keptLate + missed + late
  return over === 0 ? undefined : Math.round((100 * kept) / over)
}

/** Whole minutes, up: a term of an hour that took a second more was not kept. */
export const minutesOf = (ms: number): number => Math.ceil(ms / 60_000)
