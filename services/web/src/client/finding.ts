/** What preventive work found (CP-70, CP-72), as the beginning of a help request. */
import { PREVENTION_FOUND } from '@tirek/contract/forms/journal-codes'
import { type JournalItem } from '@tirek/contract/journals'
import { paperDay } from '@tirek/contract/paper-day'
import type { Lang } from '@tirek/contract/roles'
import { dayOf } from '@tirek/procedure/time'
import { useQuery } from '@tanstack/react-query'
import { ask } from './api.ts'
import type { Me } from './me.tsx'
import { sheetWords } from './words-of/sheets.ts'

export type Finding = Pick<JournalItem, 'id' | 'n' | 'at' | 'entry'>

/** The entry of the journal of preventive work; nothing is asked where there is none. */
export const useFinding = (id: string | undefined) =>
  useQuery({
    queryKey: ['journal-entry', 'prevention', id],
    queryFn: ({ signal }) => ask<JournalItem>(`/api/journals/prevention/entries/${id}`, { signal }),
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

const FOUND_BY = { 'social-worker': 'social-worker', psychologist: 'psychologist', medic: 'medical-staff' } as const

/** `now`: ms UTC, when it is taken as received. */
export function fromFinding({ n, at, entry }: Finding, { role }: Pick<Me, 'role'>, lang: Lang, now: number): Record<string, unknown> {
  const found = PREVENTION_FOUND[entry['found'] as keyof typeof PREVENTION_FOUND]?.[lang]
  const sht = sheetWords(lang)
  const head = sht.findingGround.replace('{n}', String(n)).replace('{day}', paperDay(dayOf(at)))
  const source = FOUND_BY[role as keyof typeof FOUND_BY]
  return {
    reportedAt: new Date(now).toISOString(),
    child: { address: entry['place'] },
    channel: 'in-person',
    ...(source && { source, asker: { notNamed: true } }),
    ground: [[head, found].filter(Boolean).join(': '), entry['topic']].filter(Boolean).join('. '),
  }
}
