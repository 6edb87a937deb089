/** What the cases API answers. Instants are ms UTC, days `YYYY-MM-DD` in Asia/Almaty. */
import { z } from 'zod'
import { CLOSURE_BARS } from '@tirek/procedure/child-protection/refusals'
import { Kind } from './acts.ts'
import { ORIGIN_CODES } from './origins.ts'

const Ms = z.number().int()
const Said = z.strictObject({ ru: z.string(), kk: z.string(), en: z.string() })

export const DeadlineView = z
  .strictObject({
    key: z.string(),
    rule: z.string(),
    row: z.string(),
    what: Said,
    why: Said,
    verb: Said,
    /** How often or how soon, in words; absent in lists where it depends on the case or the organisation. */
    norm: Said.optional(),
    /** The kind of act that ends it. */
    act: z.string(),
    state: z.enum(['open', 'kept', 'kept-late', 'lapsed', 'missed']),
    overdue: z.boolean(),
    from: Ms,
    due: Ms.optional(),
    dueDay: z.string().optional(),
    hour: z.number().int().optional(),
    waitsFor: z.string(),
    tryAgainBy: z.string().optional(),
    closedAt: Ms.optional(),
    /** Coming and taken steps of an open one: who is told when. */
    steps: z
      .array(z.strictObject({ key: z.string(), at: Ms, do: z.string(), whom: z.array(z.string()), takenAt: Ms.optional() }))
      .default([]),
  })
  .meta({ id: 'DeadlineView' })
export type DeadlineView = z.infer<typeof DeadlineView>

/** Why a deadline is due: rule, source, norm, and the facts of the case that it was counted from. */
export const DeadlineGrounds = z
  .strictObject({
    key: z.string(),
    rule: z.string(),
    text: Said,
    source: Said,
    norm: Said.optional(),
    facts: z.array(
      z.strictObject({
        what: Said,
        at: Ms.optional(),
        day: z.string().optional(),
        missing: z.literal(true).optional(),
        value: Said.optional(),
      }),
    ),
  })
  .meta({ id: 'DeadlineGrounds' })
export type DeadlineGrounds = z.infer<typeof DeadlineGrounds>

/** Members that a person may not see are not sent. */
export const CaseSummary = z
  .strictObject({
    id: z.uuid(),
    number: z.string(),
    organisation: z.uuid(),
    programme: z.string(),
    edition: z.string(),
    stage: z.string(),
    risk: z.string().optional(),
    ended: z.boolean(),
    manager: z.uuid().optional(),
    openedAt: Ms,
    version: z.number().int(),
    fileOpened: z.boolean(),
    placement: z.string().optional(),
    child: z
      .strictObject({
        sex: z.string(),
        birthDate: z.string().optional(),
        age: z.strictObject({ n: z.number(), unit: z.string() }).optional(),
      })
      .optional(),
  })
  .meta({ id: 'CaseSummary' })
export type CaseSummary = z.infer<typeof CaseSummary>

export const Warning = z
  .enum([
    'iin-form',
    'iin-check-digit',
    'iin-birth-date',
    'iin-sex',
    'similar-found',
    'older-than-five',
    'foster-family-over-three',
    'sibling-not-adult',
    'level-differs',
    'signs-of-cruelty',
    'monitoring-worse',
    'phone-unreadable',
    'consent-none',
    'consent-refused',
  ])
  .meta({ id: 'Warning' })
export type Warning = z.infer<typeof Warning>

export const CasePage = z
  .strictObject({
    summary: CaseSummary,
    deadlines: z.array(DeadlineView),
    /** Acts that may be recorded now. */
    allowedActs: z.array(Kind),
    hours: z.array(
      z.strictObject({
        n: z.number().int(),
        receivedAt: Ms,
        closedAt: Ms.optional(),
        measuresAgreedAt: Ms.optional(),
        lawEnforcementInformedAt: Ms.optional(),
        juvenileInspectionInformedAt: Ms.optional(),
      }),
    ),
    warnings: z.array(Warning).default([]),
    /** Earlier unconfirmed requests on this child (CP-117). */
    earlierUnconfirmed: z.number().int().default(0),
    /** RT-01: what the child's representative said last of each purpose. */
    consents: z
      .array(
        z.strictObject({
          purpose: z.string(),
          state: z.enum(['given', 'refused', 'withdrawn', 'expired']),
          at: Ms,
          text: z.string().optional(),
          until: z.string().optional(),
        }),
      )
      .default([]),
    /** Monitoring that runs (CP-62): which look comes, of how many, until when; `isLast`: it may draw the conclusion. */
    monitoring: z
      .strictObject({
        from: Ms,
        until: z.string(),
        nth: z.number().int(),
        of: z.number().int(),
        isLast: z.boolean(),
      })
      .optional(),
    /** What stands against asking for closure now (CP-60), besides its criteria. */
    closureBars: z.array(z.enum(CLOSURE_BARS)).default([]),
    /** RT-32: erasure is held since. */
    heldSince: Ms.optional(),
    /** RT-30: nothing is left of it but this page. */
    erased: z.strictObject({ at: Ms, rule: z.string() }).optional(),
    /** What who asks may do with the case besides recording (CP-19, RT-10): a page offers nothing else, and says of nothing hidden that there is none. */
    mayReadName: z.literal(true).optional(),
    mayReadFile: z.literal(true).optional(),
    mayReadDeadlines: z.literal(true).optional(),
    mayReadReaders: z.literal(true).optional(),
    mayReadAccess: z.literal(true).optional(),
    mayReadRights: z.literal(true).optional(),
    mayExport: z.literal(true).optional(),
  })
  .meta({ id: 'CasePage' })
export type CasePage = z.infer<typeof CasePage>

export const WorkListItem = z
  .strictObject({
    caseId: z.uuid(),
    number: z.string(),
    stage: z.string(),
    risk: z.string(),
    manager: z.uuid().optional(),
    deadline: DeadlineView,
  })
  .meta({ id: 'WorkListItem' })
export type WorkListItem = z.infer<typeof WorkListItem>

export const TimelineItem = z
  .strictObject({
    id: z.string(),
    kind: z.string(),
    label: Said,
    happenedAt: Ms,
    recordedAt: Ms,
    by: z.uuid().optional(),
    /** An act that nobody of ours did: how it came. */
    origin: z.enum(ORIGIN_CODES).optional(),
    withdrawn: z.boolean(),
    /** The form as it was filled; absent for steps that were taken. */
    form: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'TimelineItem' })
export type TimelineItem = z.infer<typeof TimelineItem>

export const pageOf = <S extends z.ZodType>(item: S, id: string) =>
  z.strictObject({ items: z.array(item), next: z.string().optional() }).meta({ id })
export const WorkList = pageOf(WorkListItem, 'WorkList')
export type WorkList = z.infer<typeof WorkList>

/** A case that the register holds. Of one that the person may not open: its number, stage and who leads it, so as to ask. */
export const RegisterHit = z
  .strictObject({
    caseId: z.uuid().optional(),
    number: z.string(),
    ended: z.boolean(),
    end: z.string().optional(),
    stage: z.string(),
    manager: z.uuid().optional(),
    mayOpen: z.boolean(),
    name: z.string().optional(),
    birthDate: z.string().optional(),
    address: z.string().optional(),
    openedAt: Ms,
    likeness: z.number(),
    why: z.enum(['iin', 'name', 'phone', 'address']),
  })
  .meta({ id: 'RegisterHit' })
export type RegisterHit = z.infer<typeof RegisterHit>
