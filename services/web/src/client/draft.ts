/** What is typed and not yet saved, kept on this device for the person who typed it: AES-GCM, gone at sign-out and after 72 hours. */

const PREFIX = 'tirek-draft:'
const KEPT_MS = 72 * 3_600_000
const DATABASE = 'tirek'

/** Where sealed drafts lie. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const nameOf = (person: string, form: string) => `${PREFIX}${person}:${form}`

/** A key that scripts may use and never read, made once per browser. */
async function deviceKey(): Promise<CryptoKey> {
  const database = await new Promise<IDBDatabase>((opened, failed) => {
    const asked = indexedDB.open(DATABASE, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('keys')
    asked.onsuccess = () => opened(asked.result)
    asked.onerror = () => failed(asked.error)
  })
  const transact = <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>) =>
    new Promise<T>((done, failed) => {
      const asked = work(database.transaction('keys', mode).objectStore('keys'))
      asked.onsuccess = () => done(asked.result)
      asked.onerror = () => failed(asked.error)
    })
  try {
    const known = await transact<CryptoKey | undefined>('readonly', (store) => store.get('draft'))
    if (known) return known
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    // Two tabs may both make one: the first stays.
    await transact('readwrite', (store) => store.add(made, 'draft')).catch(() => {})
    return (await transact<CryptoKey | undefined>('readonly', (store) => store.get('draft'))) ?? made
  } finally {
    database.close()
  }
}

export class Drafts {
  readonly #shelf: Shelf
  readonly #key: () => Promise<CryptoKey>
  readonly #now: () => number
  constructor(shelf: Shelf, key: () => Promise<CryptoKey> = deviceKey, now: () => number = Date.now) {
    this.#shelf = shelf
    let known: Promise<CryptoKey> | undefined
    this.#key = () => (known ??= key())
    this.#now = now
  }

  /** Keeps a draft. Returns whether it could. */
  async keep(person: string, form: string, content: unknown): Promise<boolean> {
    try {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const plain = new TextEncoder().encode(JSON.stringify(content))
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await this.#key(), plain)
      this.#shelf.setItem(
        nameOf(person, form),
        JSON.stringify({ at: this.#now(), iv: toBase64(iv), sealed: toBase64(new Uint8Array(sealed)) }),
      )
      return true
    } catch {
      return false // private mode, full storage, no secure context: the page goes on without
    }
  }

  /** The draft, or nothing when there is none, it is too old or cannot be read. */
  async find<T>(person: string, form: string): Promise<T | undefined> {
    const text = this.#shelf.getItem(nameOf(person, form))
    if (!text) return undefined
    try {
      const { at, iv, sealed } = JSON.parse(text) as { at: number; iv: string; sealed: string }
      if (this.#now() - at > KEPT_MS) throw new Error('too old')
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(iv) }, await this.#key(), fromBase64(sealed))
      return JSON.parse(new TextDecoder().decode(plain)) as T
    } catch {
      this.drop(person, form)
      return undefined
    }
  }

  drop(person: string, form: string): void {
    this.#shelf.removeItem(nameOf(person, form))
  }

  /** At sign-out: nothing of anybody stays. */
  dropAll(): void {
    const names = Array.from({ length: this.#shelf.length }, (_, i) => this.#shelf.key(i))
    for (const name of names) if (name?.startsWith(PREFIX)) this.#shelf.removeItem(name)
  }
}

const toBase64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
