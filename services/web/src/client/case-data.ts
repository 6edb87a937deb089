/** What a case page reads. */
import type { CaseAccess, Invitable } from '@tirek/contract/access'
import type { CasePage, TimelineItem } from '@tirek/contract/answers'
import type { Receipts } from '@tirek/contract/links'
import type { Role } from '@tirek/contract/roles'
import { useQuery } from '@tanstack/react-query'
import { ask } from './api.ts'

type Said = { ru: string; kk: string; en: string }
/** What lies in the personal file and what is expected there (CP-17). */
export type PersonalFile = {
  opened: boolean
  items: {
    code: string
    label: Said
    present: boolean
    rule: string
    documents: { act: string; kind: string; label: Said; at: number }[]
  }[]
  missing: { code: string; label: Said; rule: string; due?: number; overdue: boolean }[]
}

export type ActName = { kind: string; label: Said; roles: Role[] }

/** Names of all acts. */
export const useActNames = () =>
  useQuery({ queryKey: ['forms'], queryFn: ({ signal }) => ask<ActName[]>('/api/forms', { signal }), staleTime: Number.POSITIVE_INFINITY })

/** An act of a person, or one that nobody of ours did; else it is a step that the system took. */
export const isAct = ({ by, origin }: TimelineItem): boolean => by !== undefined || origin !== undefined

export const useCase = (id: string, enabled = true) =>
  useQuery({
    queryKey: ['case', id],
    queryFn: ({ signal }) => ask<CasePage>(`/api/cases/${id}`, { again: true, signal }),
    refetchInterval: 60_000,
    enabled,
  })

/** Who has confirmed reading the letters of the case's hours. */
export const useReceipts = (id: string) =>
  useQuery({
    queryKey: ['case', id, 'receipts'],
    queryFn: ({ signal }) => ask<Receipts>(`/api/cases/${id}/receipts`, { again: true, signal }),
    refetchInterval: 30_000,
    retry: 1,
  })

/** Who takes part in the case. */
export const useAccess = (id: string, enabled = true) =>
  useQuery({
    queryKey: ['case', id, 'access'],
    queryFn: ({ signal }) => ask<CaseAccess>(`/api/cases/${id}/access`, { signal }),
    enabled,
    retry: false,
  })
/** Whom one may invite to it. */
export const useInvitable = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['case', id, 'invitable'],
    queryFn: ({ signal }) => ask<{ items: Invitable[] }>(`/api/cases/${id}/invitable`, { signal }),
    enabled,
  })

export const useTimeline = (id: string) =>
  useQuery({
    queryKey: ['case', id, 'timeline'],
    queryFn: ({ signal }) => ask<{ items: TimelineItem[]; next?: string }>(`/api/cases/${id}/timeline?limit=200`, { signal }),
  })

/** Ids that acts of a kind gave to their things (measures, requests, referrals, meetings). */
export function formsOf(timeline: readonly TimelineItem[] | undefined, kind: string): Record<string, unknown>[] {
  return (timeline ?? []).flatMap((item) => (item.kind === kind && isAct(item) && !item.withdrawn && item.form ? [item.form] : []))
}
