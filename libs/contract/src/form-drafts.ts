/**
 * Drafts of long forms on the server: `GET`, `PUT`, `DELETE /api/cases/:id/drafts/:kind`. Each belongs to a case and a person; a version guards it,
 * so that two devices never write over each other unseen.
 */
import { z } from 'zod'
import { Uuid } from './forms/fields.ts'

/** Acts whose form is written for weeks. */
export const DRAFTED_KINDS = ['assessment-finished'] as const
export const DraftedKind = z.enum(DRAFTED_KINDS)
export type DraftedKind = z.infer<typeof DraftedKind>

const Content = z.record(z.string(), z.unknown())

/** `at`: when it was kept last, ms UTC. */
export const FormDraft = z
  .strictObject({ person: Uuid, version: z.number().int().min(1), at: z.number().int(), content: Content })
  .meta({ id: 'FormDraft' })
export type FormDraft = z.infer<typeof FormDraft>

/** `left`: of somebody who led the case before who asks, and left it unfinished. */
export const FormDrafts = z.strictObject({ draft: FormDraft.optional(), left: FormDraft.optional() }).meta({ id: 'FormDrafts' })
export type FormDrafts = z.infer<typeof FormDrafts>

/** `version`: the one that the writer saw, 0 before the first. `from`: whose draft that was left is gone on with. */
export const FormDraftKept = z
  .strictObject({ version: z.number().int().min(0), from: Uuid.optional(), content: Content })
  .meta({ id: 'FormDraftKept' })
export type FormDraftKept = z.infer<typeof FormDraftKept>
/** The version that the draft has now. */
export const FormDraftVersion = z.strictObject({ version: z.number().int().min(1), at: z.number().int() }).meta({ id: 'FormDraftVersion' })
export type FormDraftVersion = z.infer<typeof FormDraftVersion>
