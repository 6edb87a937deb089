/** Instants as an export writes them: the local day and minute, the same in every language. */
import { dayOf, type Instant } from '@tirek/procedure/time'

const OFFSET_MS = 5 * 3_600_000

/** `2026-11-24 14:05`, Asia/Almaty. */
export const minuteOf = (at: Instant): string => `${dayOf(at)} ${new Date(at + OFFSET_MS).toISOString().slice(11, 16)}`
