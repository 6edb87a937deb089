/** Meetings and referrals belong to a case, but their rows lie in services of their own: what these and the cases service tell each other. */
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { z } from 'zod'
import { KINDS } from './acts.ts'
import { REVIEW_DECISIONS } from './forms/codes.ts'
import { oneOf, Uuid } from './forms/fields.ts'
import { ACTS_OF_MEETINGS } from './meetings.ts'
import { ORIGIN_CODES } from './origins.ts'
import { ACTS_OF_REFERRALS } from './referrals.ts'

const Ms = z.number().int()

/** Who asks, as one service tells another: by id alone. What they are is read from the directory by the one who decides. */
export const AskedBy = z.object({ person: Uuid })
export type AskedBy = z.infer<typeof AskedBy>

/** Asked of the cases service: what this person may do with each of these cases. A case they have nothing to do with is left out. */
export const DecisionsAsked = z.strictObject({ who: AskedBy, caseIds: z.array(Uuid).min(1).max(200) }).meta({ id: 'DecisionsAsked' })
export type DecisionsAsked = z.infer<typeof DecisionsAsked>
export const CaseDecision = z
  .strictObject({
    caseId: Uuid,
    number: z.string(),
    organisation: Uuid,
    programme: z.string(),
    stage: z.string(),
    ended: z.boolean(),
    manager: Uuid.nullable(),
    firstPerson: Uuid,
    /** Supervises who leads the case. */
    supervisor: Uuid.nullable(),
    /** Of the organisation that opened it: which agencies are turned to. */
    territory: z.string(),
    /** What its last review decided. */
    reviewDecision: oneOf(REVIEW_DECISIONS).nullable(),
    /** Lengths that its organisation set, by the setting's name. */
    terms: z.record(z.string(), z.number()),
    relations: z.array(z.string()),
    parts: z.array(z.string()),
    actions: z.array(z.string()),
    acts: z.array(z.enum(KINDS)),
    /** RT-03: kinds of agencies that are told nothing of it, since the family refuses. */
    withheld: z.array(z.string()).default([]),
  })
  .meta({ id: 'CaseDecision' })
export type CaseDecision = z.infer<typeof CaseDecision>
export const CaseDecisions = z.strictObject({ items: z.array(CaseDecision) }).meta({ id: 'CaseDecisions' })
export type CaseDecisions = z.infer<typeof CaseDecisions>

/** Asked of the cases service by the rights of a person: who the child is; of a review also which one it is, and its report (CP-52). */
export const ChildAsked = z.strictObject({
  who: AskedBy,
  caseId: Uuid,
  review: z.strictObject({ meeting: Uuid, heldAt: Ms }).optional(),
})
export const ChildTold = z.strictObject({
  name: z.string(),
  review: z.strictObject({ nth: z.number().int(), report: z.string().optional(), proposals: z.array(z.string()) }).optional(),
})
export type ChildTold = z.infer<typeof ChildTold>

const toldAct = <K extends ActKind>(kinds: readonly [K, ...K[]]) => ({
  key: z.string().min(8).max(200),
  caseId: Uuid,
  kind: z.enum(kinds),
  happenedAt: Ms,
  form: z.record(z.string(), z.unknown()),
})
/** Asked of the cases service: to record an act that a person did in another service, once by its key. Each service records its own kinds. */
const actForPerson = <K extends ActKind>(kinds: readonly [K, ...K[]]) => z.strictObject({ who: AskedBy, ...toldAct(kinds) })
export const ActOfMeeting = actForPerson(ACTS_OF_MEETINGS).meta({ id: 'ActOfMeeting' })
/** The same of what nobody of ours did: `origin` says how it came, the policy which acts may come so. */
export const ActOfNobody = z.strictObject({ origin: z.enum(ORIGIN_CODES), ...toldAct(ACTS_OF_REFERRALS) }).meta({ id: 'ActOfNobody' })
export type ActOfNobody = z.infer<typeof ActOfNobody>
export const ActOfReferral = z.union([actForPerson(ACTS_OF_REFERRALS), ActOfNobody]).meta({ id: 'ActOfReferral' })
export type ActOfReferral = z.infer<typeof ActOfReferral>
export type ToldAct = z.infer<typeof ActOfMeeting> | ActOfReferral
