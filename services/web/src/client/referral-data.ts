/** What the pages of referrals read. */
import type { ReferralReplies } from '@tirek/contract/unmatched-mail'
import type { ReferralList, ReferralOffer, ReferralPage } from '@tirek/contract/referrals'
import { useQuery } from '@tanstack/react-query'
import { ask } from './api.ts'
import type { Schema } from './fields.ts'

/** Done where the packet stands. */
export const BESIDE_PACKET: ReadonlySet<string> = new Set(['packet-made', 'document-added', 'document-removed'])

export const useReferrals = (caseId: string) =>
  useQuery({
    queryKey: ['referrals', caseId],
    queryFn: ({ signal }) => ask<ReferralList>(`/api/referrals?caseId=${caseId}`, { again: true, signal }),
    refetchInterval: 60_000,
  })

/** Receipts and answers come in by themselves: it is looked at again. */
export const useReferral = (id: string, enabled = true) =>
  useQuery({
    enabled,
    queryKey: ['referral', id],
    queryFn: ({ signal }) => ask<ReferralPage>(`/api/referrals/${id}`, { again: true, signal }),
    refetchInterval: 30_000,
  })

/** Read when somebody asks for them: each reading is recorded. */
export const useReferralReplies = (id: string, enabled: boolean) =>
  useQuery({
    enabled,
    queryKey: ['referral', id, 'replies'],
    queryFn: ({ signal }) => ask<ReferralReplies>(`/api/referrals/${id}/replies`, { signal }),
    staleTime: 60_000,
  })

/** Whom one may turn to, and what comes first (CP-57). */
export const useReferralOffer = (caseId: string, meeting?: string, enabled = true) =>
  useQuery({
    enabled,
    queryKey: ['referral-offer', caseId, meeting],
    queryFn: ({ signal }) => ask<ReferralOffer>(`/api/referrals/offer?caseId=${caseId}${meeting ? `&meeting=${meeting}` : ''}`, { signal }),
  })

export const useReferralForm = (act: string) =>
  useQuery({
    queryKey: ['forms', 'referrals', act],
    queryFn: ({ signal }) => ask<Schema>(`/api/forms/referrals/${act}`, { signal }),
    staleTime: 300_000,
  })
