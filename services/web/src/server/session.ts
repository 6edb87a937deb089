/**
 * The session of a browser: an encrypted cookie that only this server can read. The token never reaches a script.
 * Ends after 15 minutes without anybody doing something, and after 10 hours whatever happens. Machine time: it is no due.
 */
import type { Who } from '@tirek/platform/auth'
import { EncryptJWT, jwtDecrypt } from 'jose'
import { hkdfSync } from 'node:crypto'

export const IDLE_MS = 15 * 60_000
export const ABSOLUTE_MS = 10 * 3_600_000
/** A token this near to its end is renewed. */
const TOKEN_NEAR_END_MS = 120_000
/** A cookie is written anew at most this often. */
const RENEW_MS = 60_000

/** Who is signed in, as the directory last said. */
export type Me = Omit<Who, 'signedInAt'> & { name: string }

export type Session = {
  id: string
  /** Bearer token for the services. */
  token: string
  me: Me
  startedAt: number
  seenAt: number
  /** End of the token, ms. */
  tokenEnd: number
  /** Gives a new token while the session lasts. */
  refresh?: string
}

/** What is kept between leaving for the sign-in page and coming back. */
export type Leaving = { state: string; nonce: string; verifier: string; to: string }

export class Sealer {
  readonly #key: Uint8Array
  constructor(secret: string) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, 'tirek', 'web session', 32))
  }

  seal(kind: 'session' | 'leaving', content: Session | Leaving, seconds: number): Promise<string> {
    return new EncryptJWT({ content })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setAudience(kind)
      .setIssuedAt()
      .setExpirationTime(`${seconds}s`)
      .encrypt(this.#key)
  }

  /** The content, or nothing when it is old, foreign or changed. */
  async open<T>(kind: 'session' | 'leaving', sealed: string | undefined): Promise<T | undefined> {
    if (!sealed) return undefined
    try {
      const { payload } = await jwtDecrypt(sealed, this.#key, {
        audience: kind,
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      })
      return payload['content'] as T
    } catch {
      return undefined
    }
  }
}

export const isOver = (session: Session, now: number): boolean =>
  now - session.seenAt > IDLE_MS || now - session.startedAt > ABSOLUTE_MS || (now >= session.tokenEnd && !session.refresh)

export const needsToken = (session: Session, now: number): boolean =>
  session.refresh !== undefined && now > session.tokenEnd - TOKEN_NEAR_END_MS

/** Has a person done something long enough ago that the cookie should say so? */
export const needsRenewal = (session: Session, now: number): boolean => now - session.seenAt > RENEW_MS

/** Where to go after sign-in: a path of our own, never another site. */
export function safePath(to: unknown): string {
  if (typeof to !== 'string' || !/^\/(?![/\\])[^\\\s]*$/.test(to) || to.length > 500 || to.startsWith('/auth/') || to.startsWith('/api/'))
    return '/'
  return to
}

/** A changing request with a cookie must come from our own page. */
export function isOwnPage(headers: {
  origin?: string | undefined
  host?: string | undefined
  'sec-fetch-site'?: string | string[] | undefined
}): boolean {
  if (headers['sec-fetch-site'] !== undefined) return headers['sec-fetch-site'] === 'same-origin'
  if (!headers.origin || !headers.host) return false
  try {
    return new URL(headers.origin).host === headers.host
  } catch {
    return false
  }
}
