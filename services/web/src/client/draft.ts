/**
 * What is typed and not yet saved, kept on this device for the person who typed it: AES-GCM under a key that no script can read, gone at sign-out
 * with its key, and after 72 hours. A session that only ran out keeps it: the same person finds it after signing in again, another one cannot.
 */

const PREFIX = 'tirek-draft:'
const KEPT_MS = 72 * 3_600_000
const DATABASE = 'tirek'

/** Where sealed drafts lie. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const nameOf = (person: string, form: string) => `${PREFIX}${person}:${form}`

/** What the browser holds of keys. */
async function withKeys<T>(
  work: (transact: <R>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<R>) => Promise<R>) => Promise<T>,
): Promise<T> {
  const database = await new Promise<IDBDatabase>((opened, failed) => {
    const asked = indexedDB.open(DATABASE, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('keys')
    asked.onsuccess = () => opened(asked.result)
    asked.onerror = () => failed(asked.error)
  })
  try {
    return await work(
      (mode, ask) =>
        new Promise((done, failed) => {
          const asked = ask(database.transaction('keys', mode).objectStore('keys'))
          asked.onsuccess = () => done(asked.result)
          asked.onerror = () => failed(asked.error)
        }),
    )
  } finally {
    database.close()
  }
}

/** A key that scripts may use and never read, made when it is first needed. */
const deviceKey = (): Promise<CryptoKey> =>
  withKeys(async (transact) => {
    const known = await transact<CryptoKey | undefined>('readonly', (store) => store.get('draft'))
    if (known) return known
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    // Two tabs may both make one: the first stays.
    await transact('readwrite', (store) => store.add(made, 'draft')).catch(() => {})
    return (await transact<CryptoKey | undefined>('readonly', (store) => store.get('draft'))) ?? made
  })

const forgetDeviceKey = (): Promise<void> =>
  withKeys(async (transact) => void (await transact('readwrite', (store) => store.delete('draft'))))

export type Keys = { key(): Promise<CryptoKey>; forget(): Promise<void> }

export class Drafts {
  readonly #shelf: Shelf
  readonly #keys: Keys
  readonly #now: () => number
  #known: Promise<CryptoKey> | undefined
  /** How often each was dropped: what was being sealed meanwhile stays away. */
  readonly #drops = new Map<string, number>()
  #isLeft = false
  constructor(shelf: Shelf, keys: Keys = { key: deviceKey, forget: forgetDeviceKey }, now: () => number = Date.now) {
    this.#shelf = shelf
    this.#keys = keys
    this.#now = now
  }

  #key = () => (this.#known ??= this.#keys.key())

  /** Keeps a draft. Returns whether it could. */
  async keep(person: string, form: string, content: unknown): Promise<boolean> {
    try {
      const name = nameOf(person, form)
      const drops = this.#drops.get(name)
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const plain = new TextEncoder().encode(JSON.stringify(content))
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: boundTo(name) }, await this.#key(), plain)
      if (this.#isLeft || this.#drops.get(name) !== drops) return false
      this.#shelf.setItem(name, JSON.stringify({ at: this.#now(), iv: toBase64(iv), sealed: toBase64(new Uint8Array(sealed)) }))
      return true
    } catch {
      return false // private mode, full storage, no secure context: the page goes on without
    }
  }

  /** The draft, or nothing when there is none, it is too old or cannot be read. */
  async find<T>(person: string, form: string): Promise<T | undefined> {
    const name = nameOf(person, form)
    const text = this.#shelf.getItem(name)
    if (!text) return undefined
    try {
      const { at, iv, sealed } = JSON.parse(text) as { at: number; iv: string; sealed: string }
      if (this.#now() - at > KEPT_MS) throw new Error('too old')
      const plain = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: fromBase64(iv), additionalData: boundTo(name) },
        await this.#key(),
        fromBase64(sealed),
      )
      return JSON.parse(new TextDecoder().decode(plain)) as T
    } catch {
      // A newer one may lie there by now.
      if (this.#shelf.getItem(name) === text) this.#shelf.removeItem(name)
      return undefined
    }
  }

  /** Names of the person's drafts that begin so. */
  names(person: string, beginning: string): string[] {
    const own = nameOf(person, '')
    return this.#all().flatMap((name) => (name.startsWith(own + beginning) ? [name.slice(own.length)] : []))
  }

  drop(person: string, form: string): void {
    const name = nameOf(person, form)
    this.#drops.set(name, (this.#drops.get(name) ?? 0) + 1)
    this.#shelf.removeItem(name)
  }

  /** At sign-out: nothing of anybody stays, nor the key that would open a copy of it. Until the pages are loaded anew nothing is kept any more. */
  async dropAll(): Promise<void> {
    this.#isLeft = true
    for (const name of this.#all()) this.#shelf.removeItem(name)
    this.#known = undefined
    await this.#keys.forget().catch(() => {})
  }

  /** Of anybody: what nobody came back for. */
  dropOld(): void {
    for (const name of this.#all()) {
      const at = Number(/"at":(\d+)/.exec(this.#shelf.getItem(name) ?? '')?.[1])
      if (!(this.#now() - at <= KEPT_MS)) this.#shelf.removeItem(name)
    }
  }

  #all(): string[] {
    return Array.from({ length: this.#shelf.length }, (_, i) => this.#shelf.key(i)).filter((name) => name?.startsWith(PREFIX)) as string[]
  }
}

/** Sealed for one person and one form: moved to another name it does not open. */
const boundTo = (name: string) => new TextEncoder().encode(name)
const toBase64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
