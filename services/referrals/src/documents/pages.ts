/** Documents as pages: a packet is one file, so that it is the same by mail, behind a link and on paper. */
import { pagesOf } from '@tirek/documents/packet/sources'
import type { Uploads } from '@tirek/platform/files/uploads'
import type { UploadType } from '@tirek/platform/files/upload-check'
import { ProblemError } from '@tirek/platform/problem'
import type { FileEntity } from '../record/parts.entities.ts'

/** Throws `file-no-pages`. */
export async function mustHavePages(bytes: Buffer, type: string): Promise<void> {
  if (!(await pagesOf(bytes, type))) throw new ProblemError('file-no-pages')
}

/** What was handed in, once the scanner has said that it is clean. Throws `file-waits` before, `file-harmful` when it is not. */
export async function bytesOf(uploads: Uploads, { stored, type }: Pick<FileEntity, 'stored' | 'type'>): Promise<Buffer> {
  const state = await uploads.settle(stored, type as UploadType)
  if (state === 'harmful' || state === 'gone') throw new ProblemError('file-harmful')
  return uploads.get(stored)
}
