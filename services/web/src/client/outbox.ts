/**
 * What could not be sent because there was no connection: kept sealed on this device beside the drafts, and sent when the connection is back, under
 * the same key, so that what had arrived after all is not saved twice.
 */
import type { Problem } from './api.ts'
import type { Drafts } from './draft.ts'

export type Waiting = {
  /** Idempotency key: also names the entry. */
  key: string
  /** Name of the draft that it was written in: goes with it. */
  form: string
  path: string
  body: unknown
  /** What it is, in the language in which it was written. */
  label: string
  /** The page of the form. */
  at: string
  since: number
  /** The server had something against it: nobody sends it again until a person has looked. */
  refused?: Problem
}

export type Sent = { waiting: Waiting; answer: unknown }
/** Sends one; throws `offline` while there is no connection, or the refusal. */
export type Send = (waiting: Waiting) => Promise<unknown>
export type Outcome = 'sent' | 'refused' | 'waits'

const PREFIX = 'outbox/'

export class Outbox {
  readonly #drafts: Drafts
  #sending = false
  readonly #watchers = new Set<(sent?: Sent) => void>()
  constructor(drafts: Drafts) {
    this.#drafts = drafts
  }

  /** Told of every change, and of what was sent. Returns how to stop. */
  watch(watcher: (sent?: Sent) => void): () => void {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  /** Returns whether it could be kept. */
  async put(person: string, waiting: Waiting): Promise<boolean> {
    const kept = await this.#drafts.keep(person, PREFIX + waiting.key, waiting)
    this.#tell()
    return kept
  }

  /** In the order in which they were written. */
  async list(person: string): Promise<Waiting[]> {
    const all = await Promise.all(this.#drafts.names(person, PREFIX).map((name) => this.#drafts.find<Waiting>(person, name)))
    return all.filter((one) => one !== undefined).toSorted((a, b) => a.since - b.since)
  }

  /** A person takes it back, to change it or to leave it. */
  takeBack(person: string, key: string): void {
    this.#drafts.drop(person, PREFIX + key)
    this.#tell()
  }

  /** Sends what waits, one after another; stops at the first that finds no connection. */
  async sendAll(
    person: string,
    send: Send,
    isOffline: (error: unknown) => boolean,
    problemOf: (error: unknown) => Problem | undefined,
  ): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    try {
      for (const waiting of await this.list(person)) {
        if (waiting.refused) continue
        // One after the other: what was written first may be what the next stands on.
        // oxlint-disable-next-line no-await-in-loop
        const outcome = await this.#sendOne(person, waiting, send, isOffline, problemOf)
        if (outcome === 'waits') return
      }
    } finally {
      this.#sending = false
    }
  }

  async #sendOne(
    person: string,
    waiting: Waiting,
    send: Send,
    isOffline: (error: unknown) => boolean,
    problemOf: (error: unknown) => Problem | undefined,
  ): Promise<Outcome> {
    try {
      const answer = await send(waiting)
      this.#drafts.drop(person, PREFIX + waiting.key)
      this.#drafts.drop(person, waiting.form)
      this.#tell({ waiting, answer })
      return 'sent'
    } catch (error) {
      const problem = problemOf(error)
      // Not signed in, or a server that is not well: it waits on. Anything else a person has to look at.
      if (isOffline(error) || !problem || problem.status === 401 || problem.status === 429 || problem.status >= 500) return 'waits'
      await this.put(person, { ...waiting, refused: problem })
      return 'refused'
    }
  }

  #tell(sent?: Sent): void {
    for (const watcher of this.#watchers) watcher(sent)
  }
}
