/** Mail that came in, changed nothing, and waits for a person. */
import { z } from 'zod'
import { MailNews } from './mails.ts'

const Ms = z.number().int()
const Reason = MailNews.options[2].shape.reason

/** What it says and from whom it is are there for who may know it only: of a meeting of one's own organisation, or of no meeting. */
export const UnmatchedMail = z
  .strictObject({
    id: z.uuid(),
    at: Ms,
    reason: Reason,
    bytes: z.number().int(),
    meeting: z.uuid().optional(),
    caseId: z.uuid().optional(),
    from: z.string().optional(),
    /** Whom the calendar names as answering. */
    attendee: z.string().optional(),
    delegate: z.string().optional(),
    subject: z.string().optional(),
    /** PARTSTAT as it was sent. */
    answer: z.string().optional(),
    comment: z.string().optional(),
    /** Another time that was proposed. */
    proposedStart: Ms.optional(),
    proposedEnd: Ms.optional(),
  })
  .meta({ id: 'UnmatchedMail' })
export type UnmatchedMail = z.infer<typeof UnmatchedMail>
export const UnmatchedMails = z.strictObject({ items: z.array(UnmatchedMail), before: z.number().int().optional() })

/** A plain mail that came as a reply to one of a referral, as it came: from whom it says it is, and its words. Nothing of it is believed. */
export const ReferralReply = z
  .strictObject({
    id: z.uuid(),
    at: Ms,
    bytes: z.number().int(),
    from: z.string().optional(),
    subject: z.string().optional(),
    text: z.string().optional(),
  })
  .meta({ id: 'ReferralReply' })
export type ReferralReply = z.infer<typeof ReferralReply>
/** The newest first. */
export const ReferralReplies = z.strictObject({ items: z.array(ReferralReply) }).meta({ id: 'ReferralReplies' })
export type ReferralReplies = z.infer<typeof ReferralReplies>
