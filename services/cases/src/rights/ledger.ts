/** What was erased, in a file outside the database: an old copy of the database that is brought back does not know it. Ids and rules alone. */
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'

export type ErasedCase = { caseId: string; rule: string; at: number }
export type ErasedJournals = { journalsOf: string; before: number; rule: string; at: number }
export type Erased = ErasedCase

export class ErasureLedger {
  readonly #file: string
  constructor(file: string) {
    this.#file = file
  }

  /** Adds a line and waits until it lies on the disk. */
  async add(line: ErasedCase | ErasedJournals): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true })
    const handle = await open(this.#file, 'a', 0o600)
    try {
      // Begun on a line of its own: the one before may have been cut.
      await handle.appendFile(`\n${JSON.stringify(line)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
  }

  /** All lines; a last one that was cut by a crash is left out. No file: nothing was erased. */
  async read(): Promise<(ErasedCase | ErasedJournals)[]> {
    const text = await readFile(this.#file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    return text.split('\n').flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as ErasedCase | ErasedJournals]
      } catch {
        return []
      }
    })
  }
}
