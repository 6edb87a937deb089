/** The protocol of a meeting as plain data (forms/meeting-protocol.md). Days are `YYYY-MM-DD`, times of day `HH:MM` of the place. */
import type { REVIEW_DECISIONS } from '@tirek/contract/forms/codes'
import type { Lang } from '@tirek/contract/roles'

export type Named = { name: string; position?: string | undefined }

export type Participant = {
  name: string
  organisation?: string | undefined
  role?: string | undefined
  group: 'organisation' | 'agency' | 'family'
  /** Who came signs. */
  attendance: 'came' | 'by-video' | 'absent'
}

export type Measure = { text: string; /** Person or institution. */ responsible?: string | undefined; day?: string | undefined }

export type Opinion = {
  author: string
  /** CP-53: the form of care that the member demands. */
  demand?: 'birth-family' | 'foster-family' | 'family-type-home' | 'other' | undefined
  text: string
}

export type Sent = {
  to: string
  way: 'mail-file' | 'mail-link' | 'paper' | 'in-person'
  day?: string | undefined
  /** What is known of its arrival. */
  delivered?: 'queued' | 'accepted' | 'bounced' | 'opened' | 'confirmed' | 'handed-over' | undefined
}

export type Correction = {
  /** The version that this one replaces. */
  replaces: number
  day: string
  by: string
  reason?: string | undefined
  /** What is another than before, one sentence each. */
  changes: readonly string[]
}

export type ProtocolView = {
  lang: Lang
  /** When this version was approved, ms UTC: the files carry it as their time, and no other. */
  createdAt: number
  /** Who holds the meeting. */
  organisation: string
  kind: 'interagency' | 'review' | 'team'
  /** Of a review: which one it is. */
  reviewNumber?: number | undefined
  number: string
  version: number
  correction?: Correction | undefined
  day: string
  from?: string | undefined
  to?: string | undefined
  place?: string | undefined
  isByVideo?: boolean | undefined
  child: { name: string; fileNumber: string }
  coordinator?: Named | undefined
  agreedWith?: (Named & { day?: string | undefined }) | undefined
  participants: readonly Participant[]
  /** Review only: the report on the plan, and what is proposed. */
  report?: { text?: string | undefined; proposals: readonly string[] } | undefined
  needs: readonly string[]
  measures: readonly Measure[]
  /** Review only. */
  decision?: { code: keyof typeof REVIEW_DECISIONS; reason?: string | undefined } | undefined
  opinions: readonly Opinion[]
  /** CP-54; absent: not decided, left to the pen. */
  commission?: { isAsked: boolean; which?: 'commission-services' | 'commission-minors' | undefined; pmpkFirst?: boolean } | undefined
  /** `closes`: no next meeting, since it decided to close. */
  next?: { day: string; time?: string | undefined } | 'closes' | undefined
  writtenBy?: Named | undefined
  sent: readonly Sent[]
  /** The family or guardian was told. */
  familyTold?: { day: string; how?: string | undefined } | undefined
  /** Day on which a copy was put into the personal file. */
  copyInFile?: string | undefined
}
