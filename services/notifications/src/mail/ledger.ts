/**
 * Which letters the mail server took, outside the database: one line a letter, flushed to the disk before the database says "accepted". A database
 * that was restored to an earlier state knows less than its receivers; this file does not go back with it. Keys are hashes, nothing personal.
 */
import type { Instant } from '@tirek/procedure/time'
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from './bytes.ts'

/** A month's file and the ones before it that are looked in: a backup that is older is not restored into a running organisation. */
const MONTHS_KNOWN = 6
const FILE = /^letters-(\d{4}-\d{2})\.log$/
const LINE = /^(\d{1,15})((?: [0-9a-f]{32})+)$/

/** What of a letter is looked up: its Message-ID, and each step told with the person who was told. */
export const messageKey = (messageId: string): string => short(`message\n${messageId}`)
export const toldKey = (caseId: string, step: string, person: string): string => short(`told\n${caseId}\n${step}\n${person}`)
const short = (text: string) => sha256(text).slice(0, 32)

type Sent = { messageId: string; told: readonly string[] }

export class Ledger {
  readonly #folder: string
  readonly #known = new Map<string, Instant>()
  #file: { name: string; handle: FileHandle } | undefined
  #waiting: { line: string; month: string; done: (error?: Error) => void }[] = []
  #writing: Promise<void> = Promise.resolve()
  #trouble: Error | undefined

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** Reads what was sent in the last months before `now`. A last line that a crash tore is passed over. */
  static open(folder: string, now: Instant): Ledger {
    const ledger = new Ledger(folder)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const first = monthOf(new Date(now).setUTCMonth(new Date(now).getUTCMonth() - MONTHS_KNOWN + 1))
    for (const name of readdirSync(folder).sort()) {
      const month = FILE.exec(name)?.[1]
      if (month !== undefined && month >= first)
        for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) ledger.#learn(line)
    }
    return ledger
  }

  /** When this letter was taken, or when each step that it tells was told to this person by other letters; else undefined. */
  sentAt({ messageId, told }: Sent): Instant | undefined {
    const whole = this.#known.get(messageKey(messageId))
    if (whole !== undefined) return whole
    const times = told.map((key) => this.#known.get(key))
    return times.length > 0 && times.every((at) => at !== undefined) ? Math.max(...times) : undefined
  }

  /** Resolves when the line is on the disk; letters of one moment share a flush. */
  note({ messageId, told }: Sent, at: Instant): Promise<void> {
    const line = `${at} ${[messageKey(messageId), ...told].join(' ')}`
    this.#learn(line)
    const written = new Promise<void>((done, failed) =>
      this.#waiting.push({ line, month: monthOf(at), done: (error) => (error ? failed(error) : done()) }),
    )
    this.#writing = this.#writing.then(() => this.#flush())
    return written
  }

  /** Throws when the last line could not be kept: health tells it. */
  check(): void {
    if (this.#trouble) throw this.#trouble
  }

  async close(): Promise<void> {
    await this.#writing
    await this.#file?.handle.close()
    this.#file = undefined
  }

  #learn(line: string): void {
    const [, at, keys] = LINE.exec(line) ?? []
    // The first time is when people knew.
    for (const key of keys?.trim().split(' ') ?? []) if (!this.#known.has(key)) this.#known.set(key, Number(at))
  }

  async #flush(): Promise<void> {
    const lines = this.#waiting.splice(0)
    if (lines.length === 0) return
    try {
      for (const [month, some] of Map.groupBy(lines, (one) => one.month)) {
        const handle = await this.#fileOf(month)
        // A line begins with an end of line: one that a crash tore before it stays alone.
        await handle.appendFile(some.map(({ line }) => `\n${line}`).join(''))
        await handle.appendFile('\n')
        await handle.sync()
      }
      this.#trouble = undefined
      for (const { done } of lines) done()
    } catch (error) {
      this.#trouble = error as Error
      await this.#file?.handle.close().catch(() => {})
      this.#file = undefined
      for (const { done } of lines) done(error as Error)
    }
  }

  async #fileOf(month: string): Promise<FileHandle> {
    const name = `letters-${month}.log`
    if (this.#file?.name === name) return this.#file.handle
    await this.#file?.handle.close()
    this.#file = { name, handle: await open(join(this.#folder, name), 'a', 0o600) }
    // The name of a new file is kept by its folder.
    const folder = openSync(this.#folder, 'r')
    fsyncSync(folder)
    closeSync(folder)
    return this.#file.handle
  }
}

const monthOf = (at: Instant): string => new Date(at).toISOString().slice(0, 7)
