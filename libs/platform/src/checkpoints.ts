/**
 * Checkpoints of the trail: the heads of all chains that moved, numbered, linked and signed, appended to a file that lies elsewhere than
 * the database. What was sealed once can no longer be taken back unseen.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Chain, number of its last row, hash of that row (hex). */
export type Head = readonly [chain: string, n: number, hash: string]
export type SealedTrail = {
  chains: number
  rows: number
  /** SHA-256 over all heads in the order of their chains. */
  root: string
  /** Heads that moved since the checkpoint before. */
  heads: Head[]
}
export type Checkpoint = {
  n: number
  /** ms UTC, from the one Clock. */
  at: number
  /** SHA-256 of the body before, zeros for the first. */
  prev: string
  trails: { [schema: string]: SealedTrail }
  /** After a restore: people know that these chains went back to a row (0: are gone), and why. */
  restored?: { why: string; chains: { schema: string; chain: string; upTo: number }[] }
}

/** What is wrong with the file of checkpoints. */
export type CheckpointDamage = {
  file: string
  line: number
  n?: number
  damage: 'unreadable' | 'foreign-key' | 'forged' | 'removed' | 'reordered' | 'other-root'
}

const NOTHING = '0'.repeat(64)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Reads an Ed25519 key: PEM, or its DER in base64. Throws an error without the key in it. */
export function readKey(text: string): KeyObject {
  try {
    const key = text.includes('BEGIN')
      ? createPrivateKey(text.replaceAll('\\n', '\n'))
      : createPrivateKey({ key: Buffer.from(text.trim(), 'base64'), format: 'der', type: 'pkcs8' })
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // told below
  }
  throw new Error('TRAIL_KEY is no private Ed25519 key: `openssl genpkey -algorithm ed25519` makes one')
}

export const newKey = (): string => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string

/** The public key as it is printed and kept by those who verify: DER in base64. */
export const publicOf = (key: KeyObject): string =>
  (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' }).toString('base64')
export const keyIdOf = (publicKey: string): string => sha256(publicKey).slice(0, 16)

/** Hash over all heads; they must come in the order of their chains. */
export class Root {
  readonly #hash = createHash('sha256')
  chains = 0
  rows = 0
  add([chain, n, hash]: Head): void {
    this.#hash.update(`${chain} ${n} ${hash}\n`)
    this.chains++
    this.rows += n
  }
  get hex(): string {
    return this.#hash.copy().digest('hex')
  }
}

type Line = { body: string; key: string; signature: string }

/** The file of one month; months follow each other by name. */
const fileOf = (at: number) => `trail-${new Date(at).toISOString().slice(0, 7)}.jsonl`
const isFile = (name: string) => /^trail-\d{4}-\d{2}\.jsonl$/.test(name)

/** The checkpoints of a folder, read and continued. */
export class Checkpoints {
  readonly folder: string
  readonly #keys: ReadonlyMap<string, KeyObject>
  /** How far each file was read, bytes. */
  readonly #read = new Map<string, number>()
  last: Checkpoint | undefined
  /** SHA-256 of the last one's body. */
  lastHash = NOTHING
  readonly damages: CheckpointDamage[] = []
  readonly #lines = new Map<string, number>()
  /** Told of each checkpoint that holds, in order. */
  readonly #onEach: (checkpoint: Checkpoint) => void

  /** `publicKeys`: those that are believed, DER in base64. */
  constructor(folder: string, publicKeys: readonly string[], onEach: (checkpoint: Checkpoint) => void = () => {}) {
    this.folder = folder
    this.#onEach = onEach
    this.#keys = new Map(
      publicKeys.map((key) => [keyIdOf(key), createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })]),
    )
  }

  /** Reads what was added since the last time. */
  catchUp(): this {
    if (!existsSync(this.folder)) return this
    for (const name of readdirSync(this.folder).filter(isFile).sort()) {
      const bytes = readFileSync(join(this.folder, name))
      const from = this.#read.get(name) ?? 0
      // A line without its end was being written when the machine went down: it was never a checkpoint.
      const end = bytes.lastIndexOf(10) + 1
      if (end <= from) continue
      for (const line of bytes.toString('utf8', from, end).split('\n').slice(0, -1)) this.#take(name, line)
      this.#read.set(name, end)
    }
    return this
  }

  #take(file: string, text: string): void {
    const line = (this.#lines.get(file) ?? 0) + 1
    this.#lines.set(file, line)
    const found = (damage: CheckpointDamage['damage'], n?: number) =>
      void this.damages.push({ file, line, ...(n === undefined ? {} : { n }), damage })
    let read: Line
    let checkpoint: Checkpoint
    try {
      read = JSON.parse(text) as Line
      checkpoint = JSON.parse(read.body) as Checkpoint
      if (!Number.isSafeInteger(checkpoint.n) || typeof checkpoint.trails !== 'object') throw new Error('no checkpoint')
    } catch {
      return found('unreadable')
    }
    const key = this.#keys.get(read.key)
    if (!key) return found('foreign-key', checkpoint.n)
    if (!verify(null, Buffer.from(read.body), key, Buffer.from(read.signature, 'base64'))) return found('forged', checkpoint.n)
    const expected = (this.last?.n ?? 0) + 1
    if (checkpoint.n < expected) return found('reordered', checkpoint.n)
    if (checkpoint.n > expected) found('removed', expected)
    else if (checkpoint.prev !== this.lastHash) found('forged', checkpoint.n)
    this.last = checkpoint
    this.lastHash = sha256(read.body)
    this.#onEach(checkpoint)
  }

  /** Seals: appends the next checkpoint and returns when it is on the disk. Whoever calls must be the only one. */
  append(key: KeyObject, checkpoint: Omit<Checkpoint, 'n' | 'prev'>): Checkpoint {
    this.catchUp()
    const whole: Checkpoint = { n: (this.last?.n ?? 0) + 1, prev: this.lastHash, ...checkpoint }
    const body = JSON.stringify(whole)
    const line: Line = { body, key: keyIdOf(publicOf(key)), signature: sign(null, Buffer.from(body), key).toString('base64') }
    mkdirSync(this.folder, { recursive: true })
    // A clock that went back must not put it before its forerunner.
    const newest = readdirSync(this.folder).filter(isFile).sort().at(-1)
    const name = [fileOf(checkpoint.at), newest ?? ''].sort().at(-1)!
    const path = join(this.folder, name)
    const isNew = !existsSync(path)
    const file = openSync(path, isNew ? 'wx' : 'r+', 0o640)
    try {
      const end = isNew ? 0 : readFileSync(path).lastIndexOf(10) + 1
      ftruncateSync(file, end)
      const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written, bytes.length - written, end + written)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (isNew) syncFolder(this.folder)
    this.catchUp()
    return whole
  }
}

/** A new file's name is on the disk only when its folder is. */
function syncFolder(folder: string): void {
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
