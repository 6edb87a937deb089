/** Who asks: people by the bearer tokens of an OpenID Connect issuer, measured against the directory. */
import { Role, Lang } from '@tirek/contract/roles'
import { errors, jwtVerify, type JWTPayload } from 'jose'
import { z } from 'zod'
import type { Config } from './config.ts'
import { IssuerAway, issuerKeys } from './issuer-keys.ts'
import { ProblemError } from './problem.ts'
import type { Queries } from './database.ts'
import { directoryOf, remembered, type Directory, type Standing } from './standing.ts'

/** A signed-in person. */
export const Who = z.object({
  person: z.uuid(),
  role: Role,
  organisation: z.uuid(),
  login: z.string(),
  lang: Lang,
  /** When the person showed who they are, ms UTC; nothing when the issuer does not tell. */
  signedInAt: z.number().optional(),
})
export type Who = z.infer<typeof Who>

/** The session of a browser that a token belongs to, as the pages tell: it can only make an older or an ended sign-in count. `startedAt`: ms UTC. */
export type OfSession = { id?: string | undefined; startedAt?: number | undefined }
export type Verifier = (authorization: string | undefined, session?: OfSession) => Promise<Who>

/** The session of the pages: told by them, and only ever to a person's disadvantage. */
export const sessionHeaders = ({ id, startedAt }: { id: string; startedAt: number }): Record<string, string> => ({
  'x-session': id,
  'x-session-started': String(startedAt),
})
export const sessionOf = ({ 'x-session': id, 'x-session-started': told }: Record<string, unknown>): OfSession => {
  return {
    id: typeof id === 'string' ? id : undefined,
    startedAt: typeof told === 'string' && /^\d{1,15}$/.test(told) ? Number(told) : undefined,
  }
}

export type IssuerSettings = Pick<
  Config,
  'OIDC_AUDIENCE' | 'OIDC_PEOPLE' | 'OIDC_FIND_BY' | 'OIDC_TOKEN_TYPE' | 'OIDC_CLAIM_PERSON' | 'OIDC_CLAIM_ROLE' | 'OIDC_CLAIM_ORGANISATION'
> & { ISSUER_URL: string; OIDC_JWKS_URL?: string | undefined }

/** Only these: a key that anybody may read never becomes a secret that signs. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519']
const LONGEST_TOKEN = 16_384
/** A token that was found good is believed for so long, and never beyond its end, without another look at its signature: a seventh of a request's work. */
const BELIEVED_MS = 30_000
/** So many tokens are remembered; the oldest go first. */
const MOST_BELIEVED = 2_000
const TOLERANCE_S = 5
/** Somebody of no organisation: the first administrator. */
export const NO_ORGANISATION = '00000000-0000-0000-0000-000000000000'
/** Where the person's name for the directory stands when no claim is named. */
const PERSON_CLAIM = { id: 'sub', login: 'preferred_username', email: 'email' } as const

/**
 * Checks bearer tokens: signature, algorithm, issuer, audience, kind, times. Then the directory is asked: whoever is not active there, or was signed
 * out after this sign-in, is not signed in. With claims the token says role and organisation and the directory must say the same.
 */
export function verifierOf(settings: IssuerSettings, ask: Directory): Verifier {
  const keys = issuerKeys(settings.ISSUER_URL, settings.OIDC_JWKS_URL)
  const directory = remembered(ask)
  const believed = new Map<string, { payload: JWTPayload; until: number }>()
  const read = async (token: string): Promise<JWTPayload> => {
    const known = believed.get(token)
    if (known && Date.now() < known.until) return known.payload
    believed.delete(token)
    const payload = await payloadOf(token, keys, settings)
    if (believed.size >= MOST_BELIEVED) believed.delete(believed.keys().next().value!)
    believed.set(token, { payload, until: Math.min(Date.now() + BELIEVED_MS, (payload.exp! + TOLERANCE_S) * 1_000) })
    return payload
  }
  return async (authorization, { id, startedAt } = {}) => {
    const token = bearerOf(authorization)
    const payload = await read(token)
    const told = toldBy(payload, settings)
    const standing = told && (await directory(told.by, told.value))
    if (!told || !standing?.active) throw new ProblemError('not-signed-in')
    const signedInAt = secondsToMs(payload['auth_time'])
    if (isOver(standing, Math.min(signedInAt ?? Infinity, secondsToMs(payload.iat) ?? 0, startedAt ?? Infinity)))
      throw new ProblemError('not-signed-in')
    if (id !== undefined && standing.endedSessions.includes(id)) throw new ProblemError('not-signed-in')
    const organisation = standing.organisation ?? NO_ORGANISATION
    if (told.claims && (told.claims.role !== standing.role || told.claims.organisation !== organisation))
      throw new ProblemError('not-signed-in')
    return {
      person: standing.person,
      role: standing.role,
      organisation,
      login: standing.login,
      lang: standing.lang,
      ...(signedInAt === undefined ? {} : { signedInAt }),
    }
  }
}

/** The same, asking the directory's view in the database of a service. */
export const verifierOn = (db: Pick<Queries, 'query'>, settings: IssuerSettings): Verifier =>
  verifierOf(
    settings,
    directoryOf((text, values) => db.query(text, values, 'sign-in-standing')),
  )

/** Tokens count in whole seconds: one of the very second of the sign-out is over too. */
export const isOver = ({ signedOutAt }: Pick<Standing, 'signedOutAt'>, since: number): boolean =>
  signedOutAt !== null && since <= signedOutAt

async function payloadOf(token: string, keys: ReturnType<typeof issuerKeys>, settings: IssuerSettings): Promise<JWTPayload> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: settings.ISSUER_URL,
      audience: settings.OIDC_AUDIENCE,
      algorithms: ALGORITHMS,
      clockTolerance: TOLERANCE_S,
      requiredClaims: ['exp', 'iat', 'sub'],
      ...(settings.OIDC_TOKEN_TYPE === 'at+jwt' ? { typ: 'at+jwt' } : {}),
    })
    if (!isAccessToken(payload, protectedHeader.typ)) throw new ProblemError('not-signed-in')
    if (payload.iat! > Date.now() / 1_000 + TOLERANCE_S) throw new ProblemError('not-signed-in')
    return payload
  } catch (error) {
    if (error instanceof IssuerAway || error instanceof errors.JWKSTimeout) throw new ProblemError('unavailable')
    throw new ProblemError('not-signed-in')
  }
}

/** Issuers that do not mark access tokens mark their other tokens: those of a sign-in carry its nonce or a hash, Keycloak names the kind. */
const isAccessToken = (payload: JWTPayload, typ: string | undefined): boolean =>
  [undefined, 'JWT', 'at+jwt', 'application/at+jwt'].includes(typ) &&
  [undefined, 'Bearer'].includes(payload['typ'] as string | undefined) &&
  payload['nonce'] === undefined &&
  payload['at_hash'] === undefined

type Told = { by: 'id' | 'login' | 'email'; value: string; claims?: { role: Role; organisation: string } }

/** What the token says of the person; nothing when it does not say enough. */
function toldBy(payload: JWTPayload, settings: IssuerSettings): Told | undefined {
  if (settings.OIDC_PEOPLE === 'directory') {
    const by = settings.OIDC_FIND_BY
    const value = claim(payload, settings.OIDC_CLAIM_PERSON ?? PERSON_CLAIM[by])
    if (typeof value !== 'string' || value === '' || (by === 'email' && payload['email_verified'] === false)) return undefined
    return { by, value: by === 'login' ? value.toLowerCase() : value }
  }
  const role = roleOf(claim(payload, settings.OIDC_CLAIM_ROLE))
  const person = claim(payload, settings.OIDC_CLAIM_PERSON ?? 'sub')
  const organisation = claim(payload, settings.OIDC_CLAIM_ORGANISATION)
  if (!role || typeof person !== 'string' || typeof organisation !== 'string') return undefined
  return { by: 'id', value: person, claims: { role, organisation: organisation.toLowerCase() } }
}

/** One role: of a list the one that is ours; two of ours are none, since nobody said which. */
function roleOf(value: unknown): Role | undefined {
  const ours = [value].flat().flatMap((one) => Role.safeParse(one).data ?? [])
  return ours.length === 1 ? ours[0] : undefined
}

/** A claim by its name or, where there is none of that name, by its path (`realm_access.roles`). */
function claim(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name]
  return name
    .split('.')
    .reduce<unknown>(
      (at, part) => (typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? (at as JWTPayload)[part] : undefined),
      payload,
    )
}

const secondsToMs = (seconds: unknown): number | undefined =>
  typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1_000 : undefined

/** The token of an `Authorization` header; throws `not-signed-in` when there is none. */
export function bearerOf(authorization: string | undefined): string {
  const [scheme, token, ...more] = (authorization ?? '').slice(0, LONGEST_TOKEN + 10).split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token || token.length > LONGEST_TOKEN || more.length > 0)
    throw new ProblemError('not-signed-in')
  return token
}
