/**
 * How services know each other: each signs with its own Ed25519 key, and a token is good for one request to one service, once, for a minute.
 * Whoever steals the key of one service can say no more than that one may say.
 */
import { decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { createHash, createPrivateKey, createPublicKey, randomUUID, type KeyObject } from 'node:crypto'
import { ProblemError } from './problem.ts'

/** Who may call whom: called → callers. Through which doors, the policy says route by route. */
export const CALLERS = {
  cases: ['directory', 'notifications', 'meetings', 'referrals'],
  notifications: ['cases', 'relay', 'meetings', 'referrals'],
  meetings: ['cases', 'notifications', 'relay', 'referrals'],
  referrals: ['cases', 'notifications', 'relay'],
  directory: ['issuer', 'web'],
} as const satisfies Record<string, readonly string[]>
export type CalledService = keyof typeof CALLERS
export type CallingService = (typeof CALLERS)[CalledService][number]

const TYPE = 'service+jwt'
const LIFE_S = 60
const TOLERANCE_S = 5
const LONGEST_TOKEN = 2_000

/** Another service answered, and it was no success. */
export class ServiceRefusal extends Error {
  readonly status: number
  /** What it said, where that was JSON: a problem with its code and fields. */
  readonly said: unknown
  constructor(service: CalledService, status: number, said?: unknown) {
    super(`${service} answered ${status}`)
    this.name = 'ServiceRefusal'
    this.status = status
    this.said = said
  }
}

/** What a token is bound to. */
export type BoundRequest = { method: string; path: string; body: string | Buffer | undefined }

const hashOf = ({ method, path, body }: BoundRequest): string =>
  createHash('sha256')
    .update(`${method.toUpperCase()} ${path}\n`)
    .update(body ?? '')
    .digest('base64url')

/** The side that calls. `key` is base64url of an Ed25519 key in PKCS #8 (`npm run keys` makes them). */
export class ServiceCaller {
  readonly #name: CallingService
  readonly #key: KeyObject

  constructor(name: CallingService, key: string) {
    this.#name = name
    this.#key = ownKeyFrom(key)
  }

  /** A token for one request. */
  token(to: CalledService, request: BoundRequest): Promise<string> {
    return new SignJWT({ req: hashOf(request) })
      .setProtectedHeader({ alg: 'EdDSA', typ: TYPE })
      .setIssuer(this.#name)
      .setAudience(to)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${LIFE_S}s`)
      .sign(this.#key)
  }

  /** POSTs JSON, or GETs when there is no body; throws ServiceRefusal on any answer but 2xx. Never goes on to another address. */
  async call(to: CalledService, url: string, body?: unknown, timeoutMs = 10_000): Promise<unknown> {
    const { pathname, search } = new URL(url)
    const request: BoundRequest = {
      method: body === undefined ? 'GET' : 'POST',
      path: pathname + search,
      body: body === undefined ? undefined : JSON.stringify(body),
    }
    const answer = await fetch(url, {
      method: request.method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        authorization: `Bearer ${await this.token(to, request)}`,
      },
      ...(body === undefined ? {} : { body: request.body as string }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!answer.ok) throw new ServiceRefusal(to, answer.status, await answer.json().catch(() => undefined))
    return answer.status === 204 ? undefined : answer.json()
  }
}

/** The side that is called. `publicKeys` is `name=key,…`, base64url of SPKI; a name may stand twice while its key is changed. */
export class ServiceDoor {
  readonly #name: string
  readonly #keys: readonly { caller: string; key: KeyObject }[]
  /** Tokens that were used, till they end (ms). */
  readonly #used = new Map<string, number>()
  readonly #now: () => number

  constructor(name: string, publicKeys: string, now: () => number = () => Date.now()) {
    this.#name = name
    this.#now = now
    const callers: readonly string[] = name in CALLERS ? CALLERS[name as CalledService] : []
    this.#keys = callers.flatMap((caller) => openKeysOf(caller, publicKeys).map((key) => ({ caller, key })))
  }

  /** The service that calls. Throws `not-signed-in` for any token that is not for this request, from one who may call, for the first time. */
  async check(token: string, request: BoundRequest): Promise<string> {
    try {
      if (token.length > LONGEST_TOKEN || decodeProtectedHeader(token).alg !== 'EdDSA') throw new Error('no token of a service')
      for (const { caller, key } of this.#keys) {
        const verified = await jwtVerify(token, key, {
          algorithms: ['EdDSA'],
          issuer: caller,
          audience: this.#name,
          typ: TYPE,
          clockTolerance: TOLERANCE_S,
          maxTokenAge: LIFE_S,
          requiredClaims: ['exp', 'iat', 'jti', 'req'],
          currentDate: new Date(this.#now()),
        }).catch(() => undefined)
        if (!verified) continue
        if (verified.payload['req'] !== hashOf(request)) throw new Error('another request')
        this.#useOnce(`${caller}/${verified.payload.jti!}`)
        return caller
      }
    } catch {
      // All that is wrong with a token has one answer.
    }
    throw new ProblemError('not-signed-in')
  }

  #useOnce(id: string): void {
    const now = this.#now()
    for (const [used, end] of this.#used) {
      if (end > now) break
      this.#used.delete(used)
    }
    if (this.#used.has(id)) throw new Error('used before')
    this.#used.set(id, now + (LIFE_S + 2 * TOLERANCE_S) * 1_000)
  }
}

/** Which service a token says that it comes from, proven by nothing: for the trail of a refusal. Undefined: none of ours. */
export function claimedCaller(authorization: string | undefined): string | undefined {
  try {
    const { iss } = decodeJwt((authorization ?? '').slice(0, LONGEST_TOKEN).replace(/^bearer /i, ''))
    return Object.values(CALLERS).some((callers: readonly string[]) => callers.includes(iss ?? '')) ? iss : undefined
  } catch {
    return undefined
  }
}

/** The key of `SERVICE_KEY`. */
export const ownKeyFrom = (key: string): KeyObject =>
  keyFrom(() => createPrivateKey({ key: Buffer.from(key, 'base64url'), format: 'der', type: 'pkcs8' }), 'SERVICE_KEY')

/** The open keys of one service in `SERVICE_PUBLIC_KEYS`: two while it changes its key. */
export const openKeysOf = (name: string, publicKeys: string): KeyObject[] =>
  publicKeys
    .split(',')
    .map((pair) => pair.trim().split('='))
    .filter(([owner]) => owner === name)
    .map(([, key = '']) =>
      keyFrom(() => createPublicKey({ key: Buffer.from(key, 'base64url'), format: 'der', type: 'spki' }), 'SERVICE_PUBLIC_KEYS'),
    )

function keyFrom(read: () => KeyObject, setting: string): KeyObject {
  let key: KeyObject | undefined
  try {
    key = read()
  } catch {
    // Told below without the key.
  }
  if (key?.asymmetricKeyType !== 'ed25519') throw new Error(`settings are wrong: ${setting} is no Ed25519 key (npm run keys makes them)`)
  return key
}
