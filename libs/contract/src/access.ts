/** Who has access to a case beside those who lead it, files offered to an organisation, and openings in danger to life. Instants are ms UTC. */
import { z } from 'zod'
import { CONCLUSIONS, GIVEN_PARTS, LEAST_REASON } from './access-codes.ts'
import { field, Line, oneOf, Words } from './forms/fields.ts'

const Ms = z.number().int()
const Name = z.string().nullable()

export const CaseAccess = z
  .strictObject({
    /** Who takes part now. `act`: the invitation. */
    participants: z.array(
      z.strictObject({
        act: z.uuid(),
        person: z.uuid(),
        name: Name,
        role: z.string().nullable(),
        relation: z.enum(['participant', 'placement']),
        parts: z.array(oneOf(GIVEN_PARTS)),
        from: Ms,
      }),
    ),
    /** Who opened it in danger and still may. */
    openings: z.array(z.strictObject({ person: z.uuid(), name: Name, from: Ms, until: Ms })),
    /** The organisation that the file is offered to. */
    offer: z.strictObject({ organisation: z.uuid(), at: Ms }).optional(),
  })
  .meta({ id: 'CaseAccess' })
export type CaseAccess = z.infer<typeof CaseAccess>

/** Somebody who may be invited. */
export const Invitable = z
  .strictObject({ id: z.uuid(), name: z.string(), role: z.string(), organisation: z.uuid() })
  .meta({ id: 'Invitable' })
export type Invitable = z.infer<typeof Invitable>

/** CP-64: all that is shown of a file before it is accepted. */
export const OfferedFile = z
  .strictObject({
    caseId: z.uuid(),
    number: z.string(),
    organisation: z.uuid(),
    offeredAt: Ms,
    stage: z.string(),
    risk: z.string(),
    openDeadlines: z.number().int(),
  })
  .meta({ id: 'OfferedFile' })
export type OfferedFile = z.infer<typeof OfferedFile>

/** AC-01: the number is what the register shows of a case that one may not open. */
export const BreakGlass = z
  .strictObject({
    number: field(Line, 'Номер случая', 'Іс нөмірі', 'Number of the case'),
    reason: field(
      Words.refine((words) => words.length >= LEAST_REASON, 'reason-short'),
      'В чем опасность',
      'Қауіп неде',
      'What the danger is',
      'AC-01',
    ),
  })
  .meta({ id: 'BreakGlass' })
export type BreakGlass = z.infer<typeof BreakGlass>
/** `until`: the instant at which it is closed again; absent: the person may open the case anyway. */
export const GlassBroken = z.strictObject({ caseId: z.uuid(), until: Ms.optional() }).meta({ id: 'GlassBroken' })
export type GlassBroken = z.infer<typeof GlassBroken>

export const GlassReview = z
  .strictObject({
    conclusion: field(oneOf(CONCLUSIONS), 'Вывод', 'Қорытынды', 'Conclusion', 'AC-02'),
    words: field(Words, 'Пояснение', 'Түсініктеме', 'In words'),
  })
  .meta({ id: 'GlassReview' })
export type GlassReview = z.infer<typeof GlassReview>

export const BrokenGlass = z
  .strictObject({
    id: z.uuid(),
    number: z.string(),
    organisation: z.uuid(),
    person: z.uuid(),
    name: Name,
    at: Ms,
    until: Ms,
    reason: z.string(),
    reviewDue: Ms,
    /** Not reviewed in time. */
    late: z.boolean(),
    review: z.strictObject({ by: z.uuid(), at: Ms, conclusion: z.string(), words: z.string() }).optional(),
  })
  .meta({ id: 'BrokenGlass' })
export type BrokenGlass = z.infer<typeof BrokenGlass>
