/** Files kept beside the record: written aside, synced and renamed, so that a file is there whole or not at all. */
import { createHash, randomUUID } from 'node:crypto'
import { access, constants, mkdir, open, readdir, readFile, rename, rm, rmdir, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/** `id` holds the hash of the bytes: what is read is checked against it. */
export type Kept = { id: string; sha256: string; size: number; type: string }
export type Listed = { id: string; at: number }
export type Source = Uint8Array | AsyncIterable<Uint8Array>

export type FileStore = {
  /** Keeps bytes. `key`, a UUID: the same bytes with the same key are the same file, however often. Throws `TooManyBytes` above `most`. */
  put(source: Source, options: { type: string; key?: string; most?: number }): Promise<Kept>
  /** The bytes. Throws `NoSuchFile`, and `FileDamaged` when they are not those that were put. */
  get(id: string): Promise<Buffer>
  /** Bytes of the file; undefined: there is none. */
  sizeOf(id: string): Promise<number | undefined>
  /** What is not there is removed already. Other files of the same bytes stay. */
  remove(id: string): Promise<void>
  /** Everything that is kept, in no order. `at`: when it was put last, ms, by the clock of the store. */
  list(): AsyncIterable<Listed>
  /** Clears what was left half-written by a process that was killed. For the start, before anything is put. */
  clearAside(): Promise<void>
  /** Throws when the place of the files cannot be used. */
  check(): Promise<void>
}

export class NoSuchFile extends Error {}
export class FileDamaged extends Error {}
export class TooManyBytes extends Error {}

const ID = /^([0-9a-f]{64})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const isFileId = (id: string): boolean => ID.test(id)
export const isFileKey = (key: string): boolean => KEY.test(key)
/** SHA-256 of the bytes, as the id tells it. */
export const sha256Of = (id: string): string => partsOf(id)[0]

/** Where a file lies in its store: ids have one spelling, without a dot or a slash that leads anywhere. */
export function pathOf(id: string): string {
  const [sha256, key] = partsOf(id)
  return `${sha256.slice(0, 2)}/${sha256}/${key}`
}

/** The id of what lies there; nothing where none of ours can. */
export function idAt(path: string): string | undefined {
  const [, sha256, key] = path.split('/')
  const id = `${sha256}.${key}`
  return isFileId(id) && pathOf(id) === path ? id : undefined
}

function partsOf(id: string): [sha256: string, key: string] {
  const [, sha256, key] = ID.exec(id) ?? []
  if (!sha256 || !key) throw new NoSuchFile('this is no id of a file')
  return [sha256, key]
}

/** Files in a folder of this machine, readable by its owner only: `<first two of the hash>/<hash>/<key>`. */
export class FolderStore implements FileStore {
  readonly #folder: string
  readonly #aside: string

  constructor(folder: string) {
    this.#folder = resolve(folder)
    this.#aside = join(this.#folder, '.incoming')
  }

  async put(source: Source, { type, key = randomUUID(), most = Infinity }: { type: string; key?: string; most?: number }): Promise<Kept> {
    if (!isFileKey(key)) throw new TypeError('the key of a file is a UUID')
    await mkdir(this.#aside, { recursive: true, mode: 0o700 })
    const aside = join(this.#aside, randomUUID())
    const hash = createHash('sha256')
    let size = 0
    try {
      const file = await open(aside, 'wx', 0o600)
      try {
        for await (const part of source instanceof Uint8Array ? [source] : source) {
          size += part.byteLength
          if (size > most) throw new TooManyBytes(`more than ${most} bytes`)
          hash.update(part)
          await writeAll(file, part)
        }
        await file.sync()
      } finally {
        await file.close()
      }
      const sha256 = hash.digest('hex')
      const id = `${sha256}.${key}`
      const path = this.#pathOf(id)
      await moveTo(aside, path)
      // The names lead to the file also after the power was lost.
      for (const folder of [dirname(path), dirname(dirname(path)), this.#folder]) await syncFolder(folder)
      return { id, sha256, size, type }
    } catch (error) {
      await rm(aside, { force: true })
      throw error
    }
  }

  async get(id: string): Promise<Buffer> {
    const [sha256] = partsOf(id)
    const bytes = await readFile(this.#pathOf(id)).catch(orNoSuchFile)
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new FileDamaged(`the bytes of ${id} are not those that were put`)
    return bytes
  }

  async sizeOf(id: string): Promise<number | undefined> {
    return (await stat(this.#pathOf(id)).catch(orNothing))?.size
  }

  async remove(id: string): Promise<void> {
    const path = this.#pathOf(id)
    await rm(path, { force: true })
    // Of a removed file not even the hash stays, unless another of the same bytes is kept.
    const folder = dirname(path)
    await rmdir(folder).catch(() => {})
    await syncFolder(dirname(folder)).catch(() => {})
  }

  async *list(): AsyncIterable<Listed> {
    for (const first of await namesIn(this.#folder))
      for (const hash of await namesIn(join(this.#folder, first)))
        for (const key of await namesIn(join(this.#folder, first, hash))) {
          const id = idAt(`${first}/${hash}/${key}`)
          const found = id && (await stat(this.#pathOf(id)).catch(orNothing))
          if (found) yield { id, at: found.mtimeMs }
        }
  }

  async clearAside(): Promise<void> {
    await rm(this.#aside, { recursive: true, force: true })
  }

  async check(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    await access(this.#folder, constants.R_OK | constants.W_OK)
  }

  #pathOf(id: string): string {
    return join(this.#folder, pathOf(id))
  }
}

async function writeAll(file: FileHandle, part: Uint8Array): Promise<void> {
  for (let done = 0; done < part.byteLength;) done += (await file.write(part, done)).bytesWritten
}

/** A removal of the last file of these bytes may take the folder away between the two steps: then once more. */
async function moveTo(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    try {
      return await rename(from, to)
    } catch (error) {
      if (tries === 5 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}

function orNoSuchFile(error: unknown): never {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new NoSuchFile('there is no such file')
  throw error
}

function orNothing(error: unknown): undefined {
  if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code!)) throw error
  return undefined
}

/** Of a folder that is not there, or that is a file, none. */
const namesIn = async (folder: string): Promise<string[]> => (await readdir(folder).catch(orNothing)) ?? []

/** Windows cannot open a folder; there the file system keeps names by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const opened = await open(folder, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}
