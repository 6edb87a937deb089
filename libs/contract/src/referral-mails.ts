/**
 * Mail of a referral to the body's secretary, who has no account: what the referrals service asks the notifications service to send, and what it is
 * told back. Ids, codes and the number of a case; no name, diagnosis or reason of a child. `to` is the recipient's own name and address.
 */
import { z } from 'zod'
import { oneOf } from './forms/fields.ts'
import { REFERRAL_BODIES, REFERRAL_QUESTIONS } from './forms/referral-codes.ts'
import { MailAttachment, MailState } from './mails.ts'
import { Lang } from './roles.ts'

const Uuid = z.uuid()
/** ms UTC */
const Ms = z.number().int().nonnegative()
const Line = z.string().trim().min(1).max(300)

/**
 * One template each. `referral-sent` again for each sending; `referral-withdrawn` says that no answer is awaited any more. `referral-answered` is made
 * by the notifications service itself: to the same address, what was answered by a link and, while more is awaited, the link for the next answer.
 */
export const ReferralMailKind = z.enum(['referral-sent', 'referral-reminded', 'referral-withdrawn', 'referral-answered'])
export type ReferralMailKind = z.infer<typeof ReferralMailKind>

/** `POST /internal/referral-mails` of the notifications service. */
export const ReferralMail = z
  .strictObject({
    /** Unique: a mail known by its key changes nothing. Same key, same Message-ID. */
    key: z.string().max(300),
    kind: ReferralMailKind,
    referral: Uuid,
    caseId: Uuid,
    /** The organisation that refers. */
    organisation: Uuid,
    /** Which sending it belongs to: its answers name it. */
    sending: z.number().int().min(1),
    to: z.strictObject({ name: Line, address: z.email().max(254), lang: Lang }),
    about: z.strictObject({
      caseNumber: z.string().max(60),
      organisationName: Line,
      agencyName: Line,
      body: oneOf(REFERRAL_BODIES),
      question: oneOf(REFERRAL_QUESTIONS),
      /** `YYYY-MM-DD`: the answer is awaited by the end of it. */
      dueDay: z.iso.date().optional(),
      /** More had been asked for: this sending brings it. */
      isMore: z.boolean().default(false),
    }),
    /** The mail holds a link to the page that answers, for as long as the referral awaits an answer. Absent in `referral-withdrawn`. */
    answers: z.boolean(),
    /**
     * For an address that may not receive files: the mail holds a link that opens this file after the code, which is told by phone or on paper.
     * The file is asked of the referrals service when it is opened: `GET /internal/files/:id` answers a `MailAttachment`.
     */
    file: z
      .strictObject({
        id: Uuid,
        code: z.string().regex(/^\d{6,8}$/),
        /** Told in the mail, so that who gets the file can compare. */
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      })
      .optional(),
    attachments: z.array(MailAttachment).max(3).default([]),
    /** Not before, ms UTC. */
    sendAt: Ms,
  })
  .meta({ id: 'ReferralMail' })
export type ReferralMail = z.infer<typeof ReferralMail>
export type ReferralMailInput = z.input<typeof ReferralMail>

/** `POST /internal/referral-mails/on-paper`: the latest sending went on paper. No mail goes out; nothing that earlier mails hold acts any more. */
export const ReferralOnPaper = ReferralMail.pick({
  ...{ referral: true, caseId: true, organisation: true, sending: true, to: true, about: true },
}).meta({ id: 'ReferralOnPaper' })
export type ReferralOnPaper = z.infer<typeof ReferralOnPaper>

/** `POST /internal/mail-news` of the referrals service: what became of a mail, each once by its key, in any order. `confirmed`: the receipt. */
export const ReferralMailNews = z
  .strictObject({
    key: z.string().max(400),
    mail: z.string().max(300),
    referral: Uuid,
    state: MailState,
    at: Ms,
    /** How often the same Message-ID may have gone out: 2 after a doubt. */
    copies: z.number().int().positive().default(1),
  })
  .meta({ id: 'ReferralMailNews' })
export type ReferralMailNews = z.infer<typeof ReferralMailNews>

/** The same route: mail came in as a reply to a mail of the referral, each once by its key. What it says is not told. */
export const ReferralReplyNews = z
  .strictObject({ what: z.literal('reply'), key: z.string().max(400), referral: Uuid, at: Ms })
  .meta({ id: 'ReferralReplyNews' })
export type ReferralReplyNews = z.infer<typeof ReferralReplyNews>
export const ReferralNews = z.union([ReferralMailNews, ReferralReplyNews]).meta({ id: 'ReferralNews' })
export type ReferralNews = z.infer<typeof ReferralNews>
