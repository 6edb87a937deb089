/** Ids of the editions, oldest first: what only names one need not load their rules. */
export const EDITION_IDS = ['2026-1', '2026-2'] as const
export type EditionId = (typeof EDITION_IDS)[number]
