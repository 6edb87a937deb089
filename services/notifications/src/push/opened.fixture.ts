/** A device as a test plays it: its own key, and what it reads of a notice. */
import { createDecipheriv, hkdfSync, type ECDH } from 'node:crypto'

export type Device = { endpoint: string; key: ECDH; auth: Buffer }

/** RFC 8188 and 8291, one record: what a browser does with what its push service was handed. */
export function opened(body: Buffer, { key, auth }: Pick<Device, 'key' | 'auth'>): unknown {
  const salt = body.subarray(0, 16)
  const length = body[20]!
  const sender = body.subarray(21, 21 + length)
  const sealed = body.subarray(21 + length)
  const derive = (secret: Buffer, with_: Buffer, info: Buffer, bytes: number) => Buffer.from(hkdfSync('sha256', secret, with_, info, bytes))
  const ikm = derive(key.computeSecret(sender), auth, Buffer.concat([Buffer.from('WebPush: info\0'), key.getPublicKey(), sender]), 32)
  const cipher = createDecipheriv(
    'aes-128-gcm',
    derive(ikm, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16),
    derive(ikm, salt, Buffer.from('Content-Encoding: nonce\0'), 12),
  )
  cipher.setAuthTag(sealed.subarray(-16))
  const text = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
  return JSON.parse(text.subarray(0, text.lastIndexOf(2)).toString('utf8'))
}
