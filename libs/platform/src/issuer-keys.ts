/** The keys of an OpenID Connect issuer, found by its own description. Nothing but the issuer's own host is ever asked. */
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose'

/** The issuer could not be asked: a passing fault, not the person's mistake. */
export class IssuerAway extends Error {}

const TIMEOUT_MS = 5_000
const LARGEST_ANSWER = 256 * 1_024
/** How long a failed question is not asked again, ms. */
const PAUSE_MS = 1_000

async function get(url: string, headers: Headers | Record<string, string> = {}): Promise<Response> {
  let text: string
  let status: number
  try {
    const answer = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
    status = answer.status
    text = await answer.text()
  } catch (error) {
    throw new IssuerAway('the issuer does not answer', { cause: error })
  }
  if (status !== 200 || text.length > LARGEST_ANSWER) throw new IssuerAway(`the issuer answered ${status}`)
  return new Response(text, { status, headers: { 'content-type': 'application/json' } })
}

/**
 * Gives the key of a token. The description is read when first needed, so the issuer may come up later; keys are read again when an unknown one is
 * named. `jwksUrl`: where the keys lie when that is another host than the issuer's.
 */
export function issuerKeys(issuer: string, jwksUrl?: string): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | undefined
  const find = async (): Promise<JWTVerifyGetKey> => {
    const url = jwksUrl ?? (await described(issuer))
    return createRemoteJWKSet(new URL(url), {
      timeoutDuration: TIMEOUT_MS,
      cooldownDuration: PAUSE_MS,
      [customFetch]: (asked: string, { headers }: { headers: Headers }) => get(asked, headers),
    } as never)
  }
  return async (header, token) => {
    found ??= find().catch((error: unknown) => {
      setTimeout(() => (found = undefined), PAUSE_MS).unref()
      throw error
    })
    return (await found)(header, token)
  }
}

async function described(issuer: string): Promise<string> {
  const answer = await get(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  const description = (await answer.json().catch(() => ({}))) as { issuer?: unknown; jwks_uri?: unknown }
  if (description.issuer !== issuer) throw new IssuerAway('the issuer describes itself by another name than ISSUER_URL')
  const url = typeof description.jwks_uri === 'string' ? URL.parse(description.jwks_uri) : null
  if (url?.origin !== new URL(issuer).origin)
    throw new IssuerAway('the keys of the issuer lie on another host: name it by OIDC_JWKS_URL if that is right')
  return url.href
}
