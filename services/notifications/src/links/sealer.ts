/** Bytes of letters that are not sent yet, unreadable in the database and in its backups: they hold links that act without a sign-in. */
import { CompactEncrypt, compactDecrypt } from 'jose'
import { hkdfSync } from 'node:crypto'

export class Sealer {
  readonly #key: Uint8Array
  constructor(secret: string) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, 'tirek', 'letters in flight', 32))
  }

  /** `of`: id of the letter; sealed bytes open for it alone. */
  async seal(of: string, bytes: Buffer): Promise<Buffer> {
    return Buffer.from(await new CompactEncrypt(bytes).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', of }).encrypt(this.#key))
  }

  /** The bytes, or nothing when they are foreign, changed, or sealed with a key that is no more: then the letter is made again. */
  async open(of: string, sealed: Buffer): Promise<Buffer | undefined> {
    try {
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, this.#key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      })
      return protectedHeader['of'] === of ? Buffer.from(plaintext) : undefined
    } catch {
      return undefined
    }
  }
}
