/**
 * Mail to people without an account (agencies, families): what the meetings service asks the notifications service to send, and what it is
 * told back. Ids, times and the number of a case; no name, diagnosis or reason of a child. `to` is the recipient's own name and address.
 */
import { z } from 'zod'
import { Lang } from './roles.ts'

const Uuid = z.uuid()
/** ms UTC */
const Ms = z.number().int().nonnegative()
const Line = z.string().trim().min(1).max(300)

/** One template each. */
export const MailKind = z.enum([
  'meeting-invited',
  /** Time or place is another one now: the same entry of the calendar changes. */
  'meeting-changed',
  'meeting-cancelled',
  /** This one need not come; the meeting goes on without them. */
  'meeting-uninvited',
  'meeting-reminded',
  'meeting-not-held',
  'protocol',
  'protocol-corrected',
])
export type MailKind = z.infer<typeof MailKind>

/** What becomes one iCalendar object (RFC 5545, 5546). `uid` is stable for the meeting's life, `sequence` is raised by the record, never by who sends. */
export const MailCalendar = z
  .strictObject({
    method: z.enum(['REQUEST', 'CANCEL']),
    uid: z.string().max(200),
    sequence: z.number().int().nonnegative(),
    /** Local part of the meeting's own unguessable address, to which calendars send REPLY. */
    agent: z.string().regex(/^[a-z0-9-]{20,64}$/),
  })
  .meta({ id: 'MailCalendar' })
export type MailCalendar = z.infer<typeof MailCalendar>

export const MailAttachment = z
  .strictObject({
    /** No person's name in it. */
    name: z.string().min(1).max(120),
    type: z.enum(['application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document']),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** Base64. */
    content: z.string().max(14_000_000),
  })
  .meta({ id: 'MailAttachment' })
export type MailAttachment = z.infer<typeof MailAttachment>

export const Mail = z
  .strictObject({
    /** Unique: a mail known by its key changes nothing. Same key, same Message-ID. */
    key: z.string().max(300),
    kind: MailKind,
    meeting: Uuid,
    caseId: Uuid,
    /** The organisation that invites. */
    organisation: Uuid,
    /** One of those who are asked to come: the link and the answer are theirs. */
    invitee: Uuid,
    to: z.strictObject({ name: Line, address: z.email().max(254), lang: Lang }),
    about: z.strictObject({
      caseNumber: z.string().max(60),
      organisationName: Line,
      meetingKind: z.enum(['interagency', 'review', 'team']),
      startsAt: Ms,
      endsAt: Ms,
      place: Line.optional(),
      video: z
        .url({ protocol: /^https$/ })
        .max(500)
        .optional(),
      /** Where the answer can be given by phone. */
      phone: z.string().max(30).optional(),
      /** Number and day of the protocol. */
      protocol: z.strictObject({ number: z.string().max(60), version: z.number().int().positive() }).optional(),
      /** When it was before a change. */
      was: z.strictObject({ startsAt: Ms, endsAt: Ms, place: Line.optional() }).optional(),
    }),
    calendar: MailCalendar.optional(),
    /** The mail holds a link by which the invitee answers, open until this instant; absent: none. */
    answerUntil: Ms.optional(),
    /** The mail holds a link to confirm receipt. */
    receipt: z.boolean().default(false),
    /**
     * For an address that may not receive files: the mail holds a link that opens this file after the code, which is told by phone or on paper.
     * The file is asked of the meetings service when it is opened: `GET /internal/files/:id` answers a `MailAttachment`. Of the code only a hash is kept.
     */
    file: z.strictObject({ id: Uuid, code: z.string().regex(/^\d{6,8}$/) }).optional(),
    attachments: z.array(MailAttachment).max(3).default([]),
    /** Not before, ms UTC. */
    sendAt: Ms,
  })
  .meta({ id: 'Mail' })
export type Mail = z.infer<typeof Mail>
export type MailInput = z.input<typeof Mail>

/**
 * `POST /internal/mails/revoke`: links of these mails work no more: of everybody, or of one invitee. A mail of the kind `meeting-cancelled` or
 * `meeting-uninvited` does it by itself for who gets it.
 */
export const MailRevoke = z.strictObject({ meeting: Uuid, invitee: Uuid.optional() }).meta({ id: 'MailRevoke' })
export type MailRevoke = z.infer<typeof MailRevoke>

/**
 * What became of a mail. `doubtful`: the line dropped after the data; it may have arrived and is sent once more. `failed`: it is not sent again, and
 * did not arrive for all that is known. `opened`: its file, by the code. `locked`: too many wrong codes.
 */
export const MailState = z.enum(['queued', 'accepted', 'doubtful', 'failed', 'bounced', 'opened', 'confirmed', 'locked'])
export type MailState = z.infer<typeof MailState>

export const ANSWERS = ['accepted', 'declined', 'tentative'] as const
export type MeetingAnswer = (typeof ANSWERS)[number]

/** Told to the meetings service by notifications, each once by its key, in any order. */
export const MailNews = z
  .discriminatedUnion('what', [
    z.strictObject({
      what: z.literal('state'),
      key: z.string().max(400),
      mail: z.string().max(300),
      meeting: Uuid,
      invitee: Uuid,
      state: MailState,
      at: Ms,
      /** How often the same Message-ID may have gone out: 2 after a doubt. */
      copies: z.number().int().positive().default(1),
    }),
    z.strictObject({
      what: z.literal('answer'),
      key: z.string().max(400),
      meeting: Uuid,
      invitee: Uuid,
      by: z.enum(['link', 'calendar']),
      answer: z.enum(ANSWERS),
      comment: z.string().max(1_000).optional(),
      /** The sequence that was answered: an older one than the meeting's counts only as a note. */
      sequence: z.number().int().nonnegative().optional(),
      /** DTSTAMP of a calendar's answer, else when it came in: the latest counts. */
      at: Ms,
    }),
    z.strictObject({
      what: z.literal('unmatched'),
      key: z.string().max(400),
      meeting: Uuid.optional(),
      /** Why a person must look at it. */
      reason: z.enum([
        'not-invited',
        'delegated',
        'countered',
        'other-meeting',
        'older-sequence',
        /** Given after the last moment for answers. */
        'late',
        'forged',
        'unreadable',
        'automatic',
        'too-big',
        'no-meeting',
        /** Somebody pressed "reply" on a mail of a referral. */
        'of-referral',
      ]),
      at: Ms,
    }),
  ])
  .meta({ id: 'MailNews' })
export type MailNews = z.infer<typeof MailNews>
/** `POST /internal/mail-news` of the meetings service: one of them, or several at once in the order in which they came about. */
export const MostNews = 100
export const MailNewsTold = z
  .union([MailNews, z.strictObject({ items: z.array(MailNews).min(1).max(MostNews) })])
  .meta({ id: 'MailNewsTold' })
export type MailNewsTold = z.infer<typeof MailNewsTold>
