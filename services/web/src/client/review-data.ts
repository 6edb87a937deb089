/** What the pages of reviews read. */
import type { MeetingProposal } from '@tirek/contract/meetings'
import type { ReviewState } from '@tirek/contract/reviews'
import type { Calendar } from '@tirek/procedure/calendar'
import { noticeDay, type Day } from '@tirek/procedure/time'
import { useQuery } from '@tanstack/react-query'
import { ask } from './api.ts'
import type { Invited } from './parts/invitees.tsx'

/** The review that comes, and those that were held; nothing for who may not open the personal file. */
export const useReview = (caseId: string, enabled = true) =>
  useQuery({
    queryKey: ['case', caseId, 'review'],
    queryFn: ({ signal }) => ask<ReviewState>(`/api/cases/${caseId}/review`, { again: true, signal }),
    enabled,
    retry: false,
  })

/** Whom a review is called with: the people of the last one. */
export const useProposal = (caseId: string, enabled: boolean) =>
  useQuery({
    queryKey: ['meetings', caseId, 'proposal'],
    queryFn: ({ signal }) => ask<MeetingProposal>(`/api/meetings/proposal?caseId=${caseId}&kind=review`, { signal }),
    enabled,
    retry: false,
  })

type Filled = Record<string, unknown> & { invitees: Invited[] }

/** The form by which a review is called, filled: its day is due, or the working day before a day off; the people are those of the last time. */
export function reviewCall(
  {
    due,
    proposal,
    calendar,
    agenda,
    today,
  }: { due?: Day | undefined; proposal?: MeetingProposal | undefined; calendar: Calendar; agenda: readonly string[]; today: Day },
  otherwise: Invited[],
): Filled {
  const day = due && noticeDay(due, calendar)
  const time = day !== undefined && day > today ? { startsAt: `${day}T10:00:00+05:00`, endsAt: `${day}T11:30:00+05:00` } : {}
  const { place, video, phone, coordinator } = proposal ?? {}
  return {
    kind: 'review',
    ...time,
    ...Object.fromEntries(Object.entries({ place, video, phone, coordinator }).filter(([, value]) => value !== undefined)),
    agenda: proposal && proposal.agenda.length > 0 ? proposal.agenda : [...agenda],
    invitees: proposal && proposal.invitees.length > 0 ? (proposal.invitees as Invited[]) : otherwise,
  }
}
