/** The meetings service: its acts, and what their pages show. Instants are ms UTC. */
import type { Text } from '@tirek/procedure/programme'
import { z } from 'zod'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import * as forms from './forms/meeting.ts'
import {
  ANSWER_WAYS,
  INVITEE_KINDS,
  INVITEE_STANDINGS,
  MAIL_KINDS,
  MAIL_SETTLED,
  MAIL_STATES,
  MEETING_ACT_LABELS,
  type MEETING_ANSWERS,
  MEETING_KINDS,
  MEETING_STATES,
  UNMATCHED_REASONS,
} from './forms/meeting-codes.ts'
import { oneOf, Uuid } from './forms/fields.ts'
import { MailKind, MailState } from './mails.ts'
import { UnmatchedMail } from './unmatched-mail.ts'

const Ms = z.number().int()

/** In which states of the meeting an act is possible. */
type MeetingActRow<F extends z.ZodType = z.ZodType> = { form: F; label: Text; in: readonly (keyof typeof MEETING_STATES)[]; rule: string }
const act = <F extends z.ZodType>(form: F, states: MeetingActRow['in'], rule: string, label: Text): MeetingActRow<F> => ({
  form,
  label,
  in: states,
  rule,
})

// oxfmt-ignore
export const MEETING_ACTS = {
  confirmed:            act(forms.MeetingConfirmed, ['draft'], 'CP-34', MEETING_ACT_LABELS.confirmed),
  moved:                act(forms.MeetingMoved, ['called'], 'CP-31', MEETING_ACT_LABELS.moved),
  cancelled:            act(forms.MeetingCancelled, ['draft', 'called'], 'CP-31', MEETING_ACT_LABELS.cancelled),
  invited:              act(forms.InviteeAdded, ['draft', 'called'], 'CP-33', MEETING_ACT_LABELS.invited),
  uninvited:            act(forms.InviteeRemoved, ['draft', 'called'], 'CP-33', MEETING_ACT_LABELS.uninvited),
  answered:             act(forms.AnswerByPhone, ['called'], 'CP-31', MEETING_ACT_LABELS.answered),
  'mail-answered':      act(forms.MailAnswered, ['called'], 'CP-31', MEETING_ACT_LABELS['mail-answered']),
  'mail-set-aside':     act(forms.MailSetAside, ['draft', 'called', 'held', 'cancelled'], 'CP-31', MEETING_ACT_LABELS['mail-set-aside']),
  'not-held':           act(forms.MeetingNotHeld, ['called'], 'CP-31', MEETING_ACT_LABELS['not-held']),
  held:                 act(forms.MeetingHeldForm, ['called'], 'CP-30', MEETING_ACT_LABELS.held),
  'protocol-written':   act(forms.ProtocolWritten, ['held'], 'CP-32', MEETING_ACT_LABELS['protocol-written']),
  'protocol-approved':  act(forms.ProtocolApprovedForm, ['held'], 'CP-32', MEETING_ACT_LABELS['protocol-approved']),
  'protocol-corrected': act(forms.ProtocolCorrected, ['held'], 'CP-32', MEETING_ACT_LABELS['protocol-corrected']),
  'protocol-handed':    act(forms.ProtocolHanded, ['held'], 'CP-32', MEETING_ACT_LABELS['protocol-handed']),
} as const satisfies Record<string, MeetingActRow>
export type MeetingActKind = keyof typeof MEETING_ACTS
export const MEETING_ACT_KINDS = Object.keys(MEETING_ACTS) as [MeetingActKind, ...MeetingActKind[]]

/** The envelope of every act on a meeting: which version of it the writer saw, and the form. */
export const MeetingActRequest = z
  .strictObject({
    version: z.number().int().min(1).describe('version of the meeting that the writer saw'),
    form: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'MeetingActRequest' })
export type MeetingActRequest = z.infer<typeof MeetingActRequest>

/** What became of one mail. */
const MailSent = z.strictObject({ kind: MailKind, state: MailState, at: Ms, copies: z.number().int() })
/** Every kind and state of a mail has its words. */
MAIL_KINDS satisfies Record<MailKind, Text>
MAIL_STATES satisfies Record<MailState, Text>

export const InviteeView = z
  .strictObject({
    id: Uuid,
    who: oneOf(INVITEE_KINDS),
    name: z.string(),
    organisation: z.string().optional(),
    role: z.string(),
    needed: z.boolean(),
    phone: z.string().optional(),
    reach: z.enum(['mail', 'phone']),
    standing: oneOf(INVITEE_STANDINGS),
    /** The answer that counts: how it came, when it was given, what was said with it. */
    answer: z.strictObject({ by: oneOf(ANSWER_WAYS), at: Ms, comment: z.string().optional() }).optional(),
    /** The silent or unreachable must be called. */
    callThem: z.boolean(),
    mails: z.array(MailSent),
    /** Of the protocol that stands. */
    protocol: z.enum(['waiting', 'delivered', 'failed']).optional(),
    /** Opens the file behind their link: told by phone or on paper, by who may approve protocols. */
    code: z.string().optional(),
  })
  .meta({ id: 'InviteeView' })
export type InviteeView = z.infer<typeof InviteeView>

const MeetingSummary = z.strictObject({
  id: Uuid,
  caseId: Uuid,
  caseNumber: z.string(),
  kind: oneOf(MEETING_KINDS),
  state: oneOf(MEETING_STATES),
  version: z.number().int(),
  startsAt: Ms,
  endsAt: Ms,
  place: z.string().optional(),
  video: z.string().optional(),
  /** Of those who are asked, by where they stand. */
  counts: z.record(oneOf(INVITEE_STANDINGS), z.number().int()),
  /** Needed ones who have not said that they come. */
  missing: z.number().int(),
  /** The case has ended and this has not: it is to be cancelled. */
  toCancel: z.literal(true).optional(),
})
export type MeetingSummary = z.infer<typeof MeetingSummary>
/** What a meeting may be called with: those of the last one of its kind, or of any. `standing`: one of this kind that is drafted or called already. */
export const MeetingProposal = z
  .strictObject({
    standing: z.strictObject({ id: Uuid, state: oneOf(MEETING_STATES), startsAt: Ms }).optional(),
    from: Uuid.optional(),
    agenda: z.array(z.string()),
    place: z.string().optional(),
    video: z.string().optional(),
    phone: z.string().optional(),
    coordinator: Uuid.optional(),
    invitees: z.array(forms.NewInvitee),
  })
  .meta({ id: 'MeetingProposal' })
export type MeetingProposal = z.infer<typeof MeetingProposal>

/** `mayCall`: this person may call one of that case. `next`: cursor of what follows, of a list over cases. */
export const MeetingList = z
  .strictObject({ items: z.array(MeetingSummary), mayCall: z.boolean(), next: z.string().optional() })
  .meta({ id: 'MeetingList' })
export type MeetingList = z.infer<typeof MeetingList>

/** One change of a meeting, for whoever was overtaken by it. */
export const MeetingChange = z.strictObject({
  version: z.number().int(),
  what: z.string(),
  by: Uuid,
  at: Ms,
  /** Of a protocol: the parts that are written otherwise now. */
  fields: z.array(z.string()),
})
export type MeetingChange = z.infer<typeof MeetingChange>

export const MeetingPage = MeetingSummary.extend({
  agenda: z.array(z.string()),
  agreement: z.strictObject({ supervisor: Uuid, day: z.string() }).optional(),
  /** CP-51: who coordinates a review. */
  coordinator: Uuid.optional(),
  phone: z.string().optional(),
  calledBy: Uuid,
  calledAt: Ms.optional(),
  heldAt: Ms.optional(),
  reason: z.string().optional(),
  invitees: z.array(InviteeView),
  /** Mail that a person must look at, the newest first. `settled`: what somebody made of it. */
  unmatched: z.array(z.strictObject({ reason: oneOf(UNMATCHED_REASONS), at: Ms, settled: oneOf(MAIL_SETTLED).optional() })),
  protocol: z
    .strictObject({
      number: z.string().optional(),
      version: z.number().int(),
      state: z.enum(['written', 'approved']),
      content: forms.ProtocolWritten,
      approvedAt: Ms.optional(),
      approvedBy: Uuid.optional(),
      changed: z.string().optional(),
      /** The files of this version, the same bytes each time. */
      files: z.array(z.strictObject({ id: Uuid, name: z.string(), type: z.string(), sha256: z.string(), size: z.number().int() })),
    })
    .optional(),
  next: Uuid.optional(),
  previous: Uuid.optional(),
  changes: z.array(MeetingChange),
  allowedActs: z.array(z.enum(MEETING_ACT_KINDS)),
}).meta({ id: 'MeetingPage' })
export type MeetingPage = z.infer<typeof MeetingPage>

/** Mail that came to a meeting's own address and that nobody could match, for who may settle it: what it says, and what was made of it. */
export const MeetingMails = z
  .strictObject({
    items: z.array(
      UnmatchedMail.omit({ meeting: true, caseId: true }).extend({
        settled: z.strictObject({ as: oneOf(MAIL_SETTLED), by: Uuid, at: Ms }).optional(),
      }),
    ),
  })
  .meta({ id: 'MeetingMails' })
export type MeetingMails = z.infer<typeof MeetingMails>

/** The acts of a case that are done in a meeting: no other is recorded for somebody. */
export const ACTS_OF_MEETINGS = ['meeting-held', 'review-held', 'review-agreed', 'protocol-approved'] as const satisfies readonly ActKind[]

/** Told to the cases service for an export (RT-10). How to reach somebody, their words and mails are told of the family alone. */
export type HeldMeeting = {
  kind: keyof typeof MEETING_KINDS
  state: keyof typeof MEETING_STATES
  startsAt: number
  place: string | null
  video: string | null
  phone: string | null
  agenda: string[]
  reason: string | null
  invitees: {
    id: string
    who: keyof typeof INVITEE_KINDS
    name: string
    organisation?: string
    role: string
    email?: string
    phone?: string
    answers: { answer: keyof typeof MEETING_ANSWERS; by: keyof typeof ANSWER_WAYS; at: number; comment?: string }[]
    mails: { kind: MailKind; state: MailState; at: number }[]
  }[]
  protocols: { version: number; number: string | null; at: number; changed: string | null; content: forms.ProtocolContent }[]
  /** Mails to it that nobody could match: who wrote them is not known, so what they say is not given out. */
  unmatched: number
}
