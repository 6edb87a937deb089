/** What the cases service asks the notifications service to tell people: ids, codes and times, nothing personal. */
import { z } from 'zod'

const Uuid = z.uuid()
const Ms = z.number().int()

const ToldRoleName = z.enum([
  'case-manager',
  'first-person',
  'supervisor',
  'next-in-line',
  'head',
  'duty-list',
  'on-duty',
  'responsible',
  'invited',
])

export const NoticeStep = z.strictObject({
  key: z.string().max(400),
  do: z.enum(['remind', 'escalate', 'overdue']),
  /** ms UTC */
  at: Ms,
  whom: z.array(ToldRoleName).min(1),
  repeat: z.number().int().min(0),
})

/** Things told that are no step of a deadline. */
export const NoticeEvent = z.enum([
  'hour-reopened',
  'turned-six',
  'letter-failed',
  'workflow-repaired',
  'participant-invited',
  'glass-broken',
  'hand-over-offered',
  'hand-over-taken-back',
  'hand-over-accepted',
  'hand-over-received',
  'hand-over-declined',
  'hand-over-waits',
  'hand-over-unanswered',
  /** Of a meeting: what it is says the row (libs/procedure meetings/rows.ts), which one the deadline's key, `meeting/<uuid>`. */
  'meeting',
  /** Of a referral: the row is of libs/procedure referrals/rows.ts, the deadline's key is `referral/<uuid>`. */
  'referral',
])

export const Notice = z
  .strictObject({
    /** Unique: a notice known by its key changes nothing. */
    key: z.string().max(600),
    caseId: Uuid,
    caseNumber: z.string().max(60),
    organisation: Uuid,
    programme: z.string(),
    rule: z.string(),
    row: z.string(),
    deadlineKey: z.string().max(300),
    hour: z.number().int().optional(),
    urgent: z.boolean(),
    due: Ms.optional(),
    dueDay: z.string().optional(),
    receivedAt: Ms.optional(),
    /** When it goes out: at once for the hour, 09:00 for day-level. */
    sendAt: Ms,
    steps: z.array(NoticeStep),
    lateFromStart: z.boolean().default(false),
    cameDueWhileAway: z.boolean().default(false),
    people: z.strictObject({
      caseManager: Uuid.optional(),
      firstPerson: Uuid.optional(),
      responsible: Uuid.optional(),
      invited: Uuid.optional(),
    }),
    /** CP-127: whose a measure is when it is nobody of the organisation's: the manager is told to ask them. */
    measureOf: z.enum(['family', 'agency', 'specialist', 'worker']).optional(),
    event: NoticeEvent.optional(),
    /** The step after these, if nothing is recorded: who will know next. */
    next: z.strictObject({ at: Ms, whom: z.array(ToldRoleName).min(1) }).optional(),
  })
  .meta({ id: 'Notice' })
export type Notice = z.infer<typeof Notice>
export type NoticeInput = z.input<typeof Notice>
