/** What a case page reads. */
import type { CasePage, TimelineItem } from '@tirek/contract/answers'
import { useQuery } from '@tanstack/react-query'
import { ask } from './api.ts'

export type FileItem = { code?: string; label: { ru: string; kk: string; en: string }; present: boolean; rule?: string }

export const useCase = (id: string) =>
  useQuery({ queryKey: ['case', id], queryFn: ({ signal }) => ask<CasePage>(`/api/cases/${id}`, { signal }), refetchInterval: 30_000 })

export const useTimeline = (id: string) =>
  useQuery({
    queryKey: ['case', id, 'timeline'],
    queryFn: ({ signal }) => ask<{ items: TimelineItem[]; next?: string }>(`/api/cases/${id}/timeline?limit=200`, { signal }),
  })

/** Ids that acts of a kind gave to their things (measures, requests, referrals, meetings). */
export function formsOf(timeline: readonly TimelineItem[] | undefined, kind: string): Record<string, unknown>[] {
  return (timeline ?? []).flatMap((item) => (item.kind === kind && !item.withdrawn && item.form ? [item.form] : []))
}
