/** How much of the register one person may search. No source names a number: practice, and changed here alone. */
export const SEARCHES = {
  /** So many in any `windowMs`; the next one waits. A worker types a child's name in some five searches. */
  most: 60,
  windowMs: 10 * 60_000,
  /** More than this on one day stands in the trail as a row of its own, for the auditor. */
  usualADay: 200,
} as const
