/** The referrals service: its acts, what their pages show, and what the body answers by a link. Instants are ms UTC. */
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { Text } from '@tirek/procedure/programme'
import { z } from 'zod'
import { AgencyKind } from './agencies.ts'
import { DEMANDS } from './forms/meeting-codes.ts'
import { oneOf, Uuid } from './forms/fields.ts'
import * as forms from './forms/referral.ts'
import {
  DOCUMENT_KINDS,
  REFERRAL_ACT_LABELS,
  REFERRAL_ANSWERS,
  REFERRAL_BODIES,
  REFERRAL_QUESTIONS,
  REFERRAL_STATES,
  SENDING_WAYS,
} from './forms/referral-codes.ts'
import { MailState } from './mails.ts'
import { Upload } from './uploads.ts'

const Ms = z.number().int()

/** In which states of the referral an act is possible. */
type ReferralActRow<F extends z.ZodType = z.ZodType> = { form: F; label: Text; in: readonly (keyof typeof REFERRAL_STATES)[]; rule: string }
const act = <F extends z.ZodType>(form: F, states: ReferralActRow['in'], rule: string, label: Text): ReferralActRow<F> => ({
  form,
  label,
  in: states,
  rule,
})
const AWAITED = ['sent', 'received', 'more-asked-for', 'postponed'] as const

// oxfmt-ignore
export const REFERRAL_ACTS = {
  changed:               act(forms.ReferralChanged, ['prepared', 'more-asked-for'], 'CP-54', REFERRAL_ACT_LABELS.changed),
  'document-added':      act(forms.ReferralDocumentAdded, ['prepared', 'more-asked-for'], 'CP-54', REFERRAL_ACT_LABELS['document-added']),
  'document-removed':    act(forms.ReferralDocumentRemoved, ['prepared', 'more-asked-for'], 'CP-54', REFERRAL_ACT_LABELS['document-removed']),
  'packet-made':         act(forms.ReferralPacketMade, ['prepared', 'sent', 'more-asked-for'], 'CP-54', REFERRAL_ACT_LABELS['packet-made']),
  sent:                  act(forms.ReferralSending, ['prepared', 'sent', 'more-asked-for'], 'CP-54', REFERRAL_ACT_LABELS.sent),
  answered:              act(forms.ReferralAnswerNoted, AWAITED, 'CP-54', REFERRAL_ACT_LABELS.answered),
  'placement-confirmed': act(forms.ReferralPlacement, ['decided'], 'CP-113', REFERRAL_ACT_LABELS['placement-confirmed']),
  'nothing-follows':     act(forms.ReferralNothingFollows, ['recommended', 'returned', 'decided'], 'CP-57', REFERRAL_ACT_LABELS['nothing-follows']),
  withdrawn:             act(forms.ReferralWithdrawn, ['prepared', ...AWAITED], 'CP-54', REFERRAL_ACT_LABELS.withdrawn),
} as const satisfies Record<string, ReferralActRow>
export type ReferralActKind = keyof typeof REFERRAL_ACTS
export const REFERRAL_ACT_KINDS = Object.keys(REFERRAL_ACTS) as [ReferralActKind, ...ReferralActKind[]]

/** The envelope of every act on a referral: which version of it the writer saw, and the form. */
export const ReferralActRequest = z
  .strictObject({
    version: z.number().int().min(1).describe('version of the referral that the writer saw'),
    form: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'ReferralActRequest' })
export type ReferralActRequest = z.infer<typeof ReferralActRequest>

/** A file of a referral: its packet, a document that goes with it, or what was handed in with an answer. `GET /api/referrals/:id/files/:file`. */
export const ReferralFile = z
  .strictObject({ id: Uuid, name: z.string(), type: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.number().int() })
  .meta({ id: 'ReferralFile' })
export type ReferralFile = z.infer<typeof ReferralFile>

/** Whom it is addressed to, as the directory knew it when it was addressed. */
export const ReferralAddressee = z
  .strictObject({
    agency: Uuid,
    kind: AgencyKind,
    name: z.string(),
    contact: z.string().optional(),
    email: z.string().optional(),
    phone: z.string().optional(),
    mayReceiveFiles: z.boolean(),
    /** CP-56: the document by which a commission on minors takes these questions. */
    powers: z.string().optional(),
  })
  .meta({ id: 'ReferralAddressee' })
export type ReferralAddressee = z.infer<typeof ReferralAddressee>

export const ReferralSummary = z.strictObject({
  id: Uuid,
  caseId: Uuid,
  caseNumber: z.string(),
  body: oneOf(REFERRAL_BODIES),
  question: oneOf(REFERRAL_QUESTIONS),
  state: oneOf(REFERRAL_STATES),
  version: z.number().int(),
  /** When the state began. */
  since: Ms,
  preparedAt: Ms,
  addressee: z.string().optional(),
  /** The answer is awaited by the end of this day; the case tells when it has passed. */
  dueDay: z.string().optional(),
  isOverdue: z.boolean(),
  /** The case has ended and this has not: it is to be withdrawn. */
  toWithdraw: z.literal(true).optional(),
})
export type ReferralSummary = z.infer<typeof ReferralSummary>
/** `mayRefer`: this person may prepare one. */
export const ReferralList = z.strictObject({ items: z.array(ReferralSummary), mayRefer: z.boolean() }).meta({ id: 'ReferralList' })
export type ReferralList = z.infer<typeof ReferralList>

/** Each time it went out. */
export const ReferralSendingView = z
  .strictObject({
    n: z.number().int().min(1),
    way: oneOf(SENDING_WAYS),
    at: Ms,
    by: Uuid,
    /** Version of the packet. */
    packet: z.number().int(),
    /** On paper. */
    number: z.string().optional(),
    day: z.string().optional(),
    addressee: z.string().optional(),
    /** The address it was sent to. */
    to: z.string().optional(),
    mails: z.array(z.strictObject({ kind: z.string(), state: MailState, at: Ms, copies: z.number().int() })),
    /** Opens the file behind the link of its mail: told by phone or on paper. */
    code: z.string().optional(),
  })
  .meta({ id: 'ReferralSendingView' })
export type ReferralSendingView = z.infer<typeof ReferralSendingView>

export const ReferralAnswerView = z
  .strictObject({
    n: z.number().int().min(1),
    by: z.enum(['link', 'person']),
    at: Ms,
    recordedAt: Ms,
    recordedBy: Uuid.optional(),
    content: forms.ReferralAnswerForm,
    files: z.array(ReferralFile),
  })
  .meta({ id: 'ReferralAnswerView' })

export const ReferralPage = ReferralSummary.extend({
  specialNeeds: z.boolean(),
  to: ReferralAddressee.optional(),
  meeting: Uuid.optional(),
  previous: Uuid.optional(),
  /** What goes on from it. */
  next: Uuid.optional(),
  outOfOrder: z.string().optional(),
  reason: z.string().optional(),
  letter: z.string(),
  enclosures: z.array(z.string()),
  /** What goes with it besides, in order. The file is absent for who may not open the personal file. */
  documents: z.array(
    z.strictObject({ id: Uuid, kind: oneOf(DOCUMENT_KINDS), title: z.string().optional(), file: ReferralFile.optional() }),
  ),
  /** CP-58, those of the protocol first. */
  demands: z.array(forms.ReferralDemand.extend({ from: z.enum(['protocol', 'added']) })),
  packet: z
    .strictObject({
      version: z.number().int(),
      madeAt: Ms,
      /** It has gone out: the same bytes ever after. */
      frozenAt: Ms.optional(),
      /** The referral was edited since: make it anew. */
      isStale: z.boolean(),
      /** Absent for who may not open the personal file. */
      file: ReferralFile.optional(),
      enclosures: z.array(forms.Enclosure),
    })
    .optional(),
  sendings: z.array(ReferralSendingView),
  receivedAt: Ms.optional(),
  answers: z.array(ReferralAnswerView),
  placement: z.enum(['none', 'waiting', 'recorded']),
  /** Who was reminded or told of what, and when: rows of libs/procedure referrals/rows.ts. */
  /** `spared`: not done, since what it waited for happens no more. */
  steps: z.array(z.strictObject({ row: z.string(), at: Ms, spared: z.literal('case-ended').optional() })),
  changes: z.array(z.strictObject({ version: z.number().int(), what: z.string(), by: Uuid, at: Ms })),
  allowedActs: z.array(z.enum(REFERRAL_ACT_KINDS)),
  /** Which answers this body can give to this question. */
  answersOffered: z.array(z.string()),
  /** The body that comes next in the order (CP-57), once this one has answered. */
  nextBody: oneOf(REFERRAL_BODIES).optional(),
}).meta({ id: 'ReferralPage' })
export type ReferralPage = z.infer<typeof ReferralPage>

/** `GET /api/referrals/offer?caseId=&meeting=`: what a form for a new referral begins with. */
export const ReferralOffer = z
  .strictObject({
    caseId: Uuid,
    meeting: Uuid.optional(),
    /** By what the meeting or the review decided. */
    question: oneOf(REFERRAL_QUESTIONS).optional(),
    specialNeeds: z.boolean(),
    demands: z.array(forms.ReferralDemand),
    bodies: z.array(
      z.strictObject({
        body: oneOf(REFERRAL_BODIES),
        /** Those of the territory that take such questions, the first is proposed. */
        agencies: z.array(
          z.strictObject({
            id: Uuid,
            kind: AgencyKind,
            name: z.string(),
            powers: z.string().optional(),
            contacts: z.array(z.strictObject({ id: Uuid, name: z.string(), email: z.string().optional(), phone: z.string().optional() })),
          }),
        ),
        /** What is to be done first (CP-57); `mayOverride`: a reason is enough. */
        first: z.enum(['review', 'pmpk', 'commission']).optional(),
        mayOverride: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ReferralOffer' })
export type ReferralOffer = z.infer<typeof ReferralOffer>

/** The acts of a case that are done by its referrals: no other is recorded for somebody. */
export const ACTS_OF_REFERRALS = ['referral-sent', 'referral-answered', 'placement-recorded'] as const satisfies readonly ActKind[]

/**
 * `POST /internal/answers` of the referrals service: what the body's secretary answered by the link of a mail, once by its key. 200 with
 * `ReferralAnswerTaken`; 400 when the body cannot answer so (problem with pointers into the form). Files are handed in before, by `POST /internal/uploads`.
 */
export const ReferralAnswerByLink = z
  .strictObject({
    key: z.string().min(8).max(400),
    referral: Uuid,
    /** Of the mail that the link stood in. */
    sending: z.number().int().min(1),
    at: Ms,
    form: forms.ReferralAnswerForm,
  })
  .meta({ id: 'ReferralAnswerByLink' })
export type ReferralAnswerByLink = z.infer<typeof ReferralAnswerByLink>
export type ReferralAnswerByLinkInput = z.input<typeof ReferralAnswerByLink>
/**
 * `POST /internal/uploads` of the referrals service: a file that was handed in by the link of a mail, before the answer that names it. 200 with a
 * `ReferralFile`; 413 or 422 with a problem `file-…` when it is not taken.
 */
export const ReferralUpload = Upload.extend({ referral: Uuid }).meta({ id: 'ReferralUpload' })
export type ReferralUpload = z.infer<typeof ReferralUpload>
/** `POST /api/referrals/:id/uploads`: the same of a worker, who writes down what the body answered, or adds a document to the packet. */
export const ReferralUploadNoted = Upload.extend({ for: z.enum(['answer', 'packet']).default('answer') }).meta({
  id: 'ReferralUploadNoted',
})
export type ReferralUploadNoted = z.infer<typeof ReferralUploadNoted>

/**
 * `taken` false: nothing was written, since the referral is at an end; `state` says which. The same key with the same answer is answered as before; with
 * another one nothing is written either, and `held` says what was answered by this key.
 */
export const ReferralAnswerTaken = z
  .strictObject({
    taken: z.boolean(),
    state: oneOf(REFERRAL_STATES),
    held: z.strictObject({ answer: oneOf(REFERRAL_ANSWERS), newDay: z.string().optional() }).optional(),
  })
  .meta({ id: 'ReferralAnswerTaken' })
export type ReferralAnswerTaken = z.infer<typeof ReferralAnswerTaken>

/** `GET /internal/referrals/:id/asking`: what the page behind a link shows before it asks; no name of a child. */
export const ReferralAsking = z
  .strictObject({
    referral: Uuid,
    caseNumber: z.string(),
    body: oneOf(REFERRAL_BODIES),
    question: oneOf(REFERRAL_QUESTIONS),
    state: oneOf(REFERRAL_STATES),
    dueDay: z.string().optional(),
    answersOffered: z.array(z.string()),
  })
  .meta({ id: 'ReferralAsking' })
export type ReferralAsking = z.infer<typeof ReferralAsking>

/** Told by the meetings service of a meeting that was held: `POST /internal/meetings/decided` with `{ meeting, caseId }`. */
export const MeetingDecided = z
  .strictObject({
    meeting: Uuid,
    heldAt: Ms,
    decision: z.enum(['continue', 'extend-stay', 'separate', 'close']).optional(),
    toCommission: z.boolean(),
    pmpk: z.boolean(),
    /** CP-58: reasoned demands, with who made them. */
    demands: z.array(z.strictObject({ who: z.string(), demands: oneOf(DEMANDS), reasons: z.string() })),
    /** The protocol that stands, once it is approved. */
    protocol: z.strictObject({ number: z.string(), version: z.number().int(), files: z.array(forms.ReferralProtocolFile) }).optional(),
  })
  .meta({ id: 'MeetingDecided' })
export type MeetingDecided = z.infer<typeof MeetingDecided>

/** Told to the cases service for an export (RT-10). */
export type HeldReferral = {
  body: keyof typeof REFERRAL_BODIES
  question: keyof typeof REFERRAL_QUESTIONS
  state: keyof typeof REFERRAL_STATES
  preparedAt: number
  addressee?: string
  letter: string
  documents: { kind: keyof typeof DOCUMENT_KINDS; title?: string; name: string; sha256: string }[]
  demands: forms.ReferralDemand[]
  outOfOrder?: string
  reason?: string
  sendings: { n: number; way: keyof typeof SENDING_WAYS; at: number; number?: string }[]
  answers: { n: number; at: number; content: forms.ReferralAnswerForm }[]
  /** Plain mails that came as replies. */
  replies: { at: number; from?: string | undefined; subject?: string | undefined; text?: string | undefined }[]
}
