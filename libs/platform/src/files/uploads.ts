/** Files that people send: checked, kept apart until scanned, given out as downloads only. */
import { asAttachment } from '../csv.ts'
import { ProblemError } from '../problem.ts'
import { NoSuchFile, type FileStore, type Kept } from './file-store.ts'
import type { FilesPlace } from './files-place.ts'
import type { Scanner } from './scanner.ts'
import { MOST_UPLOAD } from './limits.ts'
import { checkUpload, UPLOADS, type UploadType } from './upload-check.ts'

/** `unscanned`: there is no scanner here. `waiting`: it did not answer yet, and nobody is given the file. `gone`: it was removed. */
export type UploadState = 'clean' | 'unscanned' | 'waiting' | 'harmful' | 'gone'
export type Uploaded = Kept & { type: UploadType; name: string; state: UploadState }

/** What waits for the scanner. */
export const QUARANTINE = 'quarantine'

export class Uploads {
  readonly #files: FileStore
  readonly #apart: FileStore
  readonly #scanner: Scanner | undefined

  /** `place`: of the files of one service; what waits for the scanner lies in `quarantine` within. */
  constructor(place: FilesPlace, scanner: Scanner | undefined) {
    this.#files = place.store()
    this.#apart = place.store(QUARANTINE)
    this.#scanner = scanner
  }

  /** For the health of a service: `absent` says that files are given out unscanned. */
  async scannerPart(): Promise<'absent' | undefined> {
    if (!this.#scanner) return 'absent'
    await this.#scanner.ping()
    return undefined
  }

  /** Checks and keeps. `key`, a UUID: sent again it is the same file. Throws a refusal for people, also for what the scanner knows. */
  async take(bytes: Buffer, sent: { name: string; claimed?: string | undefined; key?: string }): Promise<Uploaded> {
    const { type, name } = await checkUpload(bytes, sent)
    const options = { type, most: MOST_UPLOAD, ...(sent.key ? { key: sent.key } : {}) }
    if (!this.#scanner) return { ...(await this.#files.put(bytes, options)), type, name, state: 'unscanned' }
    // On disk before it is scanned: what was accepted is not lost with the process.
    const kept = await this.#apart.put(bytes, options)
    const state = await this.settle(kept.id, type)
    if (state === 'harmful' || state === 'gone') throw new ProblemError('file-harmful')
    return { ...kept, type, name, state }
  }

  /** Lets what waits be scanned (again) and out; what is harmful is removed. Safe to be repeated and interrupted. */
  async settle(id: string, type: UploadType): Promise<UploadState> {
    const bytes = await this.#apart.get(id).catch((error: unknown) => {
      if (error instanceof NoSuchFile) return undefined
      throw error
    })
    if (!bytes) return (await this.#files.sizeOf(id)) === undefined ? 'gone' : 'clean'
    const verdict = this.#scanner ? await this.#scanner.scan(bytes).catch(() => undefined) : { harmful: false }
    if (!verdict) return 'waiting'
    if (!verdict.harmful) await this.#files.put(bytes, { type, key: id.split('.')[1]! })
    await this.#apart.remove(id)
    return verdict.harmful ? 'harmful' : this.#scanner ? 'clean' : 'unscanned'
  }

  /** The bytes. Throws `file-waits` before the scanner has said that it is clean, `not-found` when there is none. */
  async get(id: string): Promise<Buffer> {
    try {
      return await this.#files.get(id)
    } catch (error) {
      if (!(error instanceof NoSuchFile)) throw error
      throw new ProblemError((await this.#apart.sizeOf(id).catch(() => undefined)) === undefined ? 'not-found' : 'file-waits')
    }
  }

  async remove(id: string): Promise<void> {
    await this.#apart.remove(id)
    await this.#files.remove(id)
  }
}

/** Headers of a download: our own name and type, never shown in the page, run or guessed at. */
export const downloadHeaders = ({ name, type }: { name: string; type: UploadType }): Record<string, string> => ({
  'content-type': type,
  'content-disposition': asAttachment(name.replace(/\.[^.]*$/, ''), UPLOADS[type]),
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'no-store',
})
