/**
 * Files of a case: what an act names, e.g. the signature of the family. Handed in before the act (`POST /api/cases/:id/files`), read after it
 * (`GET /api/cases/:id/files/:file`). Our own names: one that people gave may hold a person's.
 */
import { z } from 'zod'
import { Uuid } from './forms/fields.ts'
import { Upload } from './uploads.ts'

/** 413 or 422 with a problem `file-…` when it is not taken. */
export const CaseFileUpload = Upload.meta({ id: 'CaseFileUpload' })
export type CaseFileUpload = z.infer<typeof CaseFileUpload>

export const CaseFile = z
  .strictObject({
    id: Uuid,
    /** What the page calls it; never the sender's name. */
    name: z.string(),
    type: z.string(),
    /** Hex. */
    sha256: z.string(),
    /** Bytes. */
    size: z.number().int(),
  })
  .meta({ id: 'CaseFile' })
export type CaseFile = z.infer<typeof CaseFile>
