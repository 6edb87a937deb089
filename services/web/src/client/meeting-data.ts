/** What the pages of meetings read. */
import type { AGENCY_KINDS } from '@tirek/contract/agency-codes'
import type { TimelineItem } from '@tirek/contract/answers'
import type { MeetingList, MeetingMails, MeetingPage } from '@tirek/contract/meetings'
import { CALENDARS, CURRENT_CALENDAR, type Calendar } from '@tirek/procedure/calendar'
import type { PlanNeeds } from '@tirek/procedure/meetings/proposed'
import { useQuery } from '@tanstack/react-query'
import { ask } from './api.ts'
import { formsOf } from './case-data.ts'
import type { Schema } from './fields.ts'
import { comingKey, comingPath, hourOf } from './first-asked.ts'
import { proposedOf, type Proposed } from './proposed.ts'

/** Done with one invitee, or with one mail: offered there. */
export const WITH_ONE: ReadonlySet<string> = new Set(['answered', 'uninvited', 'protocol-handed', 'mail-answered', 'mail-set-aside'])

export const useMeetings = (caseId: string) =>
  useQuery({
    queryKey: ['meetings', caseId],
    queryFn: ({ signal }) => ask<MeetingList>(`/api/meetings?caseId=${caseId}`, { again: true, signal }),
    refetchInterval: 60_000,
  })

/** Asked anew by the hour and looked at again meanwhile. */
export function useComing(now: number, enabled: boolean) {
  const hour = hourOf(now)
  return useQuery({
    queryKey: comingKey(hour),
    queryFn: ({ signal }) => ask<MeetingList>(comingPath(hour), { again: true, signal }),
    refetchInterval: 300_000,
    retry: false,
    enabled,
  })
}

/** Answers come in by themselves: it is looked at again. */
export const useMeeting = (id: string, enabled = true) =>
  useQuery({
    queryKey: ['meeting', id],
    queryFn: ({ signal }) => ask<MeetingPage>(`/api/meetings/${id}`, { again: true, signal }),
    refetchInterval: 30_000,
    enabled,
  })

/** Mail to the meeting that nobody could match, with what it says. */
export const useMeetingMails = (id: string) =>
  useQuery({
    queryKey: ['meeting', id, 'mail'],
    queryFn: ({ signal }) => ask<MeetingMails>(`/api/meetings/${id}/mail`, { again: true, signal }),
    refetchInterval: 60_000,
  })

export const useMeetingForm = (act: string) =>
  useQuery({
    queryKey: ['forms', 'meetings', act],
    queryFn: ({ signal }) => ask<Schema>(`/api/forms/meetings/${act}`, { signal }),
    staleTime: 300_000,
  })

export type BookAgency = {
  id: string
  name: string
  kind: keyof typeof AGENCY_KINDS
  territory: string
  contacts: { id: string; name: string; email?: string | null }[]
}
export const useAgencies = () =>
  useQuery({
    queryKey: ['agencies', 'to-invite'],
    queryFn: ({ signal }) => ask<{ items: BookAgency[] }>('/api/agencies?limit=200', { signal }),
    staleTime: 300_000,
  })

/** Agencies that the newest plan asks for; nobody where there is no plan, or it is not this person's to read. */
export const useProposed = (caseId: string, organisation: string) =>
  useQuery({
    queryKey: ['proposed', caseId],
    queryFn: async ({ signal }): Promise<Proposed[]> => {
      const [timeline, organisations, agencies] = await Promise.all([
        ask<{ items: TimelineItem[] }>(`/api/cases/${caseId}/timeline?limit=200`, { signal }),
        ask<{ items: { id: string; territory: string }[] }>('/api/organisations?limit=200', { signal }),
        ask<{ items: BookAgency[] }>('/api/agencies?limit=200', { signal }),
      ])
      const territory = organisations.items.find(({ id }) => id === organisation)?.territory
      const [plan] = formsOf(timeline.items, 'plan-signed') as PlanNeeds[]
      return plan && territory !== undefined ? proposedOf(plan, territory, agencies.items) : []
    },
    staleTime: 300_000,
    retry: false,
  })

/** The working calendar that holds now; ours until it is known. */
export function useCalendar(): Calendar {
  const { data } = useQuery({
    queryKey: ['calendar'],
    queryFn: ({ signal }) => ask<{ items: (Calendar & { current: boolean })[] }>('/api/calendar', { signal }),
    staleTime: 3_600_000,
    retry: false,
  })
  return data?.items.find(({ current }) => current) ?? CALENDARS[CURRENT_CALENDAR]!
}
