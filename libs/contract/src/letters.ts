/** What people see of letters: their own notices, and for those who look after delivery what became of each letter. */
import { z } from 'zod'

const Ms = z.number().int()

/** Stands in place of a mail server's answer: the letter says what is not so any more, e.g. the time for answers has passed. */
export const NOT_COMPOSED = 'the letter could not be composed'

export const NoticeItem = z.strictObject({
  caseId: z.uuid(),
  caseNumber: z.string(),
  rule: z.string(),
  what: z.string(),
  why: z.string(),
  due: z.string().optional(),
  late: z.boolean(),
  urgent: z.boolean(),
  lines: z.array(z.string()),
  verb: z.string(),
  link: z.string(),
})

/** A notice in the pages: the same row as the letter. Marking it read is no evidence of anything. */
export const MyNotice = z
  .strictObject({
    id: z.uuid(),
    at: Ms,
    urgent: z.boolean(),
    kind: z.enum(['notice', 'digest', 'task']),
    subject: z.string(),
    items: z.array(NoticeItem),
    readAt: Ms.nullable(),
  })
  .meta({ id: 'MyNotice' })
export type MyNotice = z.infer<typeof MyNotice>

const Base64Url = z.string().regex(/^[A-Za-z0-9_-]{1,200}={0,2}$/)
const Endpoint = z.url({ protocol: /^https?$/ }).max(1_000)
/** A device's own address at its push service, as browsers give it (RFC 8030, RFC 8291). */
export const PushDevice = z
  .strictObject({ endpoint: Endpoint, keys: z.strictObject({ p256dh: Base64Url, auth: Base64Url }) })
  .meta({ id: 'PushDevice' })
export const PushStopped = z.strictObject({ endpoint: Endpoint }).meta({ id: 'PushStopped' })
/** `key`: the one that browsers ask for; null: this system pushes nothing. */
export const PushAllowed = z.strictObject({ key: z.string().nullable(), devices: z.number().int() }).meta({ id: 'PushAllowed' })
export type PushAllowed = z.infer<typeof PushAllowed>

/** `superseded`: not sent any more, since something newer was said to its receiver meanwhile. */
export const LETTER_STATES = [
  'queued',
  'sending',
  'accepted',
  'retry',
  'doubtful',
  'failed',
  'bounced',
  'superseded',
  'held',
  'shown',
] as const
export const LetterState = z.enum(LETTER_STATES).meta({ id: 'LetterState' })
export type LetterState = z.infer<typeof LetterState>

/** What was sent, when, to whom, and which server took it. */
export const LetterView = z
  .strictObject({
    id: z.uuid(),
    messageId: z.string(),
    kind: z.enum(['notice', 'digest', 'task', 'mail']),
    urgent: z.boolean(),
    person: z.uuid(),
    /** Empty for a mail to somebody without an account. */
    name: z.string(),
    subject: z.string(),
    state: LetterState,
    attempts: z.number().int(),
    /** How often the same bytes may have arrived: more than once after a doubt. */
    copies: z.number().int(),
    queuedAt: Ms,
    settledAt: Ms.nullable(),
    nextTryAt: Ms.nullable(),
    server: z.string().nullable(),
    answer: z.string().nullable(),
    sha256: z.string().nullable(),
  })
  .meta({ id: 'LetterView' })
export type LetterView = z.infer<typeof LetterView>
