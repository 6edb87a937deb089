/** The key ring: the keys that wrap the data keys. It stands in the settings, never in the database. The first key is the current one. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** A file is looked at again for changes at most this often. */
const LOOKED_AT_EVERY_MS = 2_000
/** Keys that a copy on a person's machine makes for itself begin so; production refuses them. */
export const DEVELOPMENT_PREFIX = 'dev-'

export type RingSettings = {
  NODE_ENV?: string | undefined
  /** `id:base64,id:base64`, the current one first. */
  ENCRYPTION_KEYS?: string | undefined
  /** A file with the same text, a key a line if liked; changes are taken up while the process runs. */
  ENCRYPTION_KEYS_FILE?: string | undefined
}

export type RingKey = { id: string; key: Buffer }

export class KeyRing {
  readonly #settings: RingSettings
  #keys: readonly RingKey[]
  #stamp = ''
  #lookedAt = performance.now()

  /** Throws an error that names what is wrong and never shows a key. */
  constructor(settings: RingSettings) {
    this.#settings = settings
    this.#keys = this.#read()
  }

  get current(): RingKey {
    this.#lookAgain()
    return this.#keys[0]!
  }

  get ids(): string[] {
    this.#lookAgain()
    return this.#keys.map(({ id }) => id)
  }

  find(id: string): RingKey | undefined {
    const known = this.#keys.find((one) => one.id === id)
    if (known) return known
    // It may have been added a moment ago.
    this.#lookAgain(true)
    return this.#keys.find((one) => one.id === id)
  }

  #lookAgain(now = false): void {
    const { ENCRYPTION_KEYS_FILE: file } = this.#settings
    if (!file || (!now && performance.now() - this.#lookedAt < LOOKED_AT_EVERY_MS)) return
    this.#lookedAt = performance.now()
    try {
      if (stampOf(file) !== this.#stamp) this.#keys = this.#read()
    } catch {
      // Half written, or away for a moment: the keys known so far go on, and the file is read again soon.
    }
  }

  #read(): RingKey[] {
    const { ENCRYPTION_KEYS: text, ENCRYPTION_KEYS_FILE: file, NODE_ENV } = this.#settings
    if (text && file) throw new Error('settings are wrong: name either ENCRYPTION_KEYS or ENCRYPTION_KEYS_FILE, not both')
    if (!text && !file) throw new Error('settings are missing: ENCRYPTION_KEYS_FILE (or ENCRYPTION_KEYS)')
    const stamp = file ? stampOf(file) : ''
    const keys = parseKeys(file ? readFileSync(file, 'utf8') : text!)
    const ofDevelopment = keys.find(({ id }) => id.startsWith(DEVELOPMENT_PREFIX))
    if (NODE_ENV === 'production' && ofDevelopment)
      throw new Error(`settings are wrong: the encryption key ${ofDevelopment.id} is one of development; make one for production`)
    this.#stamp = stamp
    return keys
  }
}

/** A file of size and change in one word. */
const stampOf = (file: string): string => {
  const { mtimeMs, size, ino } = statSync(file)
  return `${mtimeMs} ${size} ${ino}`
}

/** `id:base64`, separated by commas or line ends; the first is the current one. */
export function parseKeys(text: string): RingKey[] {
  const keys = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((part, at) => {
      const [id = '', encoded = '', ...rest] = part.split(':')
      if (!/^[a-z0-9][a-z0-9.-]{0,39}$/.test(id) || rest.length > 0)
        throw new Error(`settings are wrong: encryption key ${at + 1} is not "id:base64" with an id of small letters, digits, "-" and "."`)
      const key = Buffer.from(encoded, 'base64')
      if (key.length !== KEY_BYTES || key.toString('base64').replaceAll('=', '') !== encoded.replaceAll('=', ''))
        throw new Error(`settings are wrong: the encryption key ${id} is not ${KEY_BYTES} bytes in base64`)
      if (new Set(key).size < 8) throw new Error(`settings are wrong: the encryption key ${id} is not random`)
      return { id, key }
    })
  if (keys.length === 0) throw new Error('settings are wrong: there is no encryption key')
  const twice = keys.find(({ id }, at) => keys.findIndex((one) => one.id === id) !== at)
  if (twice) throw new Error(`settings are wrong: the encryption key ${twice.id} is named twice`)
  return keys
}

/** A new key as the settings name it. */
export const newKey = (id: string): string => `${id}:${randomBytes(KEY_BYTES).toString('base64')}`

/** AES-256-GCM: nonce, what is sealed, tag. `bound` is authenticated with it and must be the same again to open it. */
export function seal(key: Buffer, plain: Uint8Array, bound: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(bound))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws when anything of it was changed, or key or binding are others. */
export function unseal(key: Buffer, sealed: Uint8Array, bound: string): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new Error('too short')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(bound))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)), decipher.final()])
}

/** What a wrapped data key is bound to: a row copied under another owner, or named after another key, does not open. */
const wrapping = (dataKeyId: string, owner: string, ringKeyId: string) => `tirek data key 1|${dataKeyId}|${owner}|${ringKeyId}`

export const wrap = (ringKey: RingKey, dataKey: { id: string; owner: string; key: Buffer }): Buffer =>
  seal(ringKey.key, dataKey.key, wrapping(dataKey.id, dataKey.owner, ringKey.id))

export const unwrap = (ringKey: RingKey, row: { id: string; owner: string; wrapped: Uint8Array }): Buffer =>
  unseal(ringKey.key, row.wrapped, wrapping(row.id, row.owner, ringKey.id))
