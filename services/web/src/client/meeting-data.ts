/** What the pages of meetings read. */
import type { MeetingList, MeetingPage } from '@tirek/contract/meetings'
import { useQuery } from '@tanstack/react-query'
import { ask } from './api.ts'
import type { Schema } from './fields.ts'

export const useMeetings = (caseId: string) =>
  useQuery({
    queryKey: ['meetings', caseId],
    queryFn: ({ signal }) => ask<MeetingList>(`/api/meetings?caseId=${caseId}`, { again: true, signal }),
    refetchInterval: 60_000,
  })

/** Answers come in by themselves: it is looked at again. */
export const useMeeting = (id: string, enabled = true) =>
  useQuery({
    queryKey: ['meeting', id],
    queryFn: ({ signal }) => ask<MeetingPage>(`/api/meetings/${id}`, { again: true, signal }),
    refetchInterval: 30_000,
    enabled,
  })

export const useMeetingForm = (act: string) =>
  useQuery({
    queryKey: ['forms', 'meetings', act],
    queryFn: ({ signal }) => ask<Schema>(`/api/forms/meetings/${act}`, { signal }),
    staleTime: 300_000,
  })

export type BookAgency = { id: string; name: string; kind: string; contacts: { id: string; name: string; email?: string | null }[] }
export const useAgencies = () =>
  useQuery({
    queryKey: ['agencies', 'to-invite'],
    queryFn: ({ signal }) => ask<{ items: BookAgency[] }>('/api/agencies?limit=200', { signal }),
    staleTime: 300_000,
  })
