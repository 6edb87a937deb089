/** How much of the register one person may search. No source names a number: practice, and changed here alone. */
export const SEARCHES = {
  /** So many in any `windowMs`; the next one waits. A worker types a child's name in some five searches. */
  most: 60,
  windowMs: 10 * 60_000,
  /** More than this on one day stands in the trail as a row of its own, for the auditor. */
  usualADay: 200,
} as const

/** How many journals one person may take away as files: a book is given out whole, to be kept or printed. Practice. */
export const EXPORTS = {
  most: 20,
  windowMs: 10 * 60_000,
  /** A spreadsheet is made in memory; a longer journal is taken by its days, or as CSV. */
  rowsOfSheet: 20_000,
} as const
