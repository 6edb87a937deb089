/** Who asks: people by OpenID Connect bearer tokens, services by short tokens of a key they share. */
import { Role, Lang } from '@tirek/contract/roles'
import { createRemoteJWKSet, jwtVerify, SignJWT, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { ProblemError } from './problem.ts'

/** A signed-in person. */
export const Who = z.object({ person: z.uuid(), role: Role, organisation: z.uuid(), login: z.string(), lang: Lang })
export type Who = z.infer<typeof Who>

/** A token that was found good is believed for so long, and never beyond its end, without another look at its signature: a seventh of a request's work. */
const BELIEVED_MS = 30_000
/** So many tokens are remembered; the oldest go first. */
const MOST_BELIEVED = 2_000
/** A clock may be so far behind the issuer's. */
const TOLERANCE_S = 5

export type Verifier = (authorization: string | undefined) => Promise<Who>

/** Checks bearer tokens against the issuer's keys. Keys are fetched when first needed, so the issuer may come up later. */
export function verifierOf(issuer: string, audience: string): Verifier {
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(`${issuer.replace(/\/$/, '')}/jwks`), {
    timeoutDuration: 5_000,
    cooldownDuration: 1_000,
  })
  const believed = new Map<string, { who: Who; until: number }>()
  return async (authorization) => {
    const token = bearerOf(authorization)
    const known = believed.get(token)
    if (known && Date.now() < known.until) return known.who
    believed.delete(token)
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience, typ: 'at+jwt', clockTolerance: TOLERANCE_S })
      const who = Who.parse({
        person: payload.sub,
        role: payload['role'],
        organisation: payload['organisation'],
        login: payload['login'],
        lang: payload['locale'],
      })
      if (believed.size >= MOST_BELIEVED) believed.delete(believed.keys().next().value!)
      const end = payload.exp === undefined ? Infinity : (payload.exp + TOLERANCE_S) * 1_000
      believed.set(token, { who, until: Math.min(Date.now() + BELIEVED_MS, end) })
      return who
    } catch (error) {
      // Keys that cannot be fetched are a passing fault, not the person's mistake.
      if ((error as { code?: string }).code === 'ERR_JWKS_TIMEOUT' || error instanceof TypeError) throw new ProblemError('unavailable')
      throw new ProblemError('not-signed-in')
    }
  }
}

const bearerOf = (authorization: string | undefined): string => {
  const [scheme, token] = (authorization ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw new ProblemError('not-signed-in')
  return token
}

/** A token by which one service calls another: bound to the called one, a minute long. */
export const serviceToken = (secret: string, audience: string): Promise<string> =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'HS256', typ: 'service+jwt' })
    .setIssuer('tirek')
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(new TextEncoder().encode(secret))

export async function verifyService(secret: string, audience: string, authorization: string | undefined): Promise<void> {
  try {
    await jwtVerify(bearerOf(authorization), new TextEncoder().encode(secret), {
      issuer: 'tirek',
      audience,
      typ: 'service+jwt',
      clockTolerance: TOLERANCE_S,
    })
  } catch {
    throw new ProblemError('not-signed-in')
  }
}

/** POSTs JSON to another service; throws on any answer but 2xx. */
export async function callService(secret: string, audience: string, url: string, body: unknown, timeoutMs = 10_000): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await serviceToken(secret, audience)}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!answer.ok) throw new Error(`${audience} answered ${answer.status}`)
  return answer.status === 204 ? undefined : answer.json()
}
