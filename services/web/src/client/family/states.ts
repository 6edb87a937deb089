/** The family as of each day that was drawn, and what differs between two of them. */
import type { TimelineItem } from '@tirek/contract/answers'
import { FamilyDrawn } from '@tirek/contract/forms/family'
import { useQuery } from '@tanstack/react-query'
import { ask } from '../api.ts'
import { formsOf } from '../case-data.ts'
import { keyOfBond, keyOfCouple, keyOfParent, keyOfTie } from '@tirek/contract/family/drawing'
import type { Says } from '@tirek/contract/family/saying'

export const FAMILY_ACT = 'family-drawn'

/** The newest first; of one day what was recorded last. */
export function statesOf(timeline: readonly TimelineItem[]): FamilyDrawn[] {
  const byDay = new Map<string, FamilyDrawn>()
  // Newest first as the record gives them: the first of a day stands.
  for (const form of formsOf(
    timeline.toSorted((a, b) => b.recordedAt - a.recordedAt),
    FAMILY_ACT,
  )) {
    const read = FamilyDrawn.safeParse(form)
    if (read.success && !byDay.has(read.data.asOf)) byDay.set(read.data.asOf, read.data)
  }
  return [...byDay.values()].toSorted((a, b) => (a.asOf < b.asOf ? 1 : -1))
}

/** Reads the whole timeline: an old drawing may lie far behind. */
export const useFamily = (id: string) =>
  useQuery({
    queryKey: ['case', id, 'family'],
    queryFn: async ({ signal }) => {
      const items: TimelineItem[] = []
      for (let cursor = ''; ;) {
        const page = await ask<{ items: TimelineItem[]; next?: string }>(`/api/cases/${id}/timeline?limit=200${cursor}`, { signal })
        items.push(...page.items)
        if (!page.next) return { items, states: statesOf(items) }
        cursor = `&cursor=${encodeURIComponent(page.next)}`
      }
    },
  })

export type Difference = { how: 'came' | 'went' | 'became'; what: string }

/** In words, what came, what went and what became otherwise. `was` and `is` say each by its own day. */
export function differencesOf(before: FamilyDrawn, now: FamilyDrawn, was: Says, is: Says): Difference[] {
  const found: Difference[] = []
  const compare = <T>(
    old: readonly T[],
    fresh: readonly T[],
    key: (one: T) => string,
    wasSaid: (one: T) => string,
    isSaid: (one: T) => string,
  ) => {
    const [olds, news] = [new Map(old.map((one) => [key(one), one])), new Map(fresh.map((one) => [key(one), one]))]
    for (const [at, one] of news) {
      const earlier = olds.get(at)
      if (earlier === undefined) found.push({ how: 'came', what: isSaid(one) })
      else if (unlike(earlier, one)) found.push({ how: 'became', what: `${wasSaid(earlier)} → ${isSaid(one)}` })
    }
    for (const [at, one] of olds) if (!news.has(at)) found.push({ how: 'went', what: wasSaid(one) })
  }
  compare(before.members, now.members, ({ id }) => id, was.member, is.member)
  compare(before.parents, now.parents, keyOfParent, was.parent, is.parent)
  compare(before.couples, now.couples, keyOfCouple, was.couple, is.couple)
  compare(before.bonds, now.bonds, keyOfBond, was.bond, is.bond)
  compare(before.systems, now.systems, ({ id }) => id, was.system, is.system)
  compare(before.ties, now.ties, keyOfTie, was.tie, is.tie)
  return found
}

/** Where somebody was put on the drawing changes nothing. */
const unlike = (a: unknown, b: unknown): boolean => {
  const said = (one: unknown) =>
    JSON.stringify(Object.entries({ ...(one as object), moved: undefined }).toSorted(([x], [y]) => (x < y ? -1 : 1)))
  return said(a) !== said(b)
}
