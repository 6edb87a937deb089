import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { refusedInProduction } from './production.ts'
import { FIND_BY } from './standing.ts'

const url = z.url()
const optional = <S extends z.ZodType>(schema: S) => z.preprocess((value) => value || undefined, schema.optional())
const port = z.coerce.number().int().min(0).max(65_535).default(0)
/** Name or path of a claim in a token. */
const claim = z.string().min(1).max(200)

/** All settings of a process, read once from the environment. */
export const Config = z.object({
  NODE_ENV: z.string().default('development'),
  SERVICE_PORT: port,
  /** 0.0.0.0 in a container, loopback elsewhere. */
  SERVICE_HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  /** The same database as `tirek_keys`, for the processes that speak with Temporal. */
  KEYS_DATABASE_URL: z.string().startsWith('postgres').optional(),
  /** The key ring of what Temporal keeps: one of the two, see keys/key-ring.ts. */
  ENCRYPTION_KEYS: optional(z.string()),
  ENCRYPTION_KEYS_FILE: optional(z.string()),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('tirek'),
  SMTP_URL: z.string().startsWith('smtp').optional(),
  MAIL_FROM: z.string().default('tirek@localhost'),
  /** Where mail to our own addresses comes in: a port to listen at, behind the organisation's mail server, or a mailbox `imaps://name:password@host/INBOX`. */
  INBOUND_SMTP_PORT: optional(z.coerce.number().int().min(0).max(65_535)),
  INBOUND_SMTP_HOST: z.string().default('127.0.0.1'),
  IMAP_URL: optional(z.string().startsWith('imap')),
  ISSUER_URL: url.optional(),
  OIDC_AUDIENCE: z.string().default('tirek'),
  OIDC_CLIENT_ID: z.string().default('tirek-web'),
  OIDC_CLIENT_SECRET: optional(z.string()),
  OIDC_SCOPE: z.string().default('openid profile'),
  /** RFC 8707; empty for issuers that do not take it. */
  OIDC_RESOURCE: z.string().optional(),
  /** Where the issuer's keys lie when that is another host than its own. */
  OIDC_JWKS_URL: optional(url),
  /** `any` for issuers whose access tokens are not marked `at+jwt`. */
  OIDC_TOKEN_TYPE: z.enum(['at+jwt', 'any']).default('at+jwt'),
  /** Who says role and organisation: the token, with the directory agreeing, or the directory alone. */
  OIDC_PEOPLE: z.enum(['claims', 'directory']).default('claims'),
  /** By what the directory finds a person with `OIDC_PEOPLE=directory`. */
  OIDC_FIND_BY: z.enum(FIND_BY).default('login'),
  OIDC_CLAIM_PERSON: optional(claim),
  OIDC_CLAIM_ROLE: claim.default('role'),
  OIDC_CLAIM_ORGANISATION: claim.default('organisation'),
  /** This service's own key, and the open keys of all (service-tokens.ts). */
  SERVICE_KEY: z.string().optional(),
  SERVICE_PUBLIC_KEYS: z.string().optional(),
  /** Seals the cookies of the pages. */
  SESSION_SECRET: z.string().min(32).optional(),
  CASES_URL: url.optional(),
  DIRECTORY_URL: url.optional(),
  NOTIFICATIONS_URL: url.optional(),
  MEETINGS_URL: optional(url),
  REFERRALS_URL: optional(url),
  WEB_URL: url.default('http://localhost:3000'),
  TEMPORAL_UI_URL: optional(url),
  ALERT_URL: optional(url),
  /** By which push services know us (RFC 8292, base64url); without them nobody is asked to allow notices on a device. */
  VAPID_PUBLIC_KEY: optional(z.string().regex(/^[\w-]{87}$/)),
  VAPID_PRIVATE_KEY: optional(z.string().regex(/^[\w-]{43}$/)),
  /** Hosts of push services, separated by commas, instead of those of the browsers of today. */
  PUSH_HOSTS: optional(z.string()),
  BOOTSTRAP_ADMIN: optional(z.string()),
  /** The key that seals the trail (Ed25519, PEM or DER in base64), or the file it lies in; the folder of the checkpoints, outside the database. */
  TRAIL_KEY: z.preprocess((value) => value || undefined, z.string().optional()),
  TRAIL_KEY_FILE: z.preprocess((value) => value || undefined, z.string().optional()),
  TRAIL_CHECKPOINTS: z.preprocess((value) => value || undefined, z.string().optional()),
  /** Public keys of before, separated by commas: what they sealed holds. */
  TRAIL_OLD_KEYS: z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value),
    z.array(z.string()).optional(),
  ),
  /** Letters queued before this instant (ms) are held: a restored copy sends no old mail. */
  MAIL_HOLD_BEFORE: z.coerce.number().int().optional(),
  /** Addresses and networks of the reverse proxies before the pages, separated by commas: their X-Forwarded-For is believed. */
  TRUSTED_PROXIES: z.preprocess((value) => value || undefined, z.string().optional()),
  /** File that names what was erased, outside the database: `erasures.log` in TIREK_HOME when not given. */
  ERASURE_LEDGER: z.preprocess((value) => value || undefined, z.string().optional()),
  /** Drafts of long forms on the server: the largest, bytes; and for how many days without a change one is kept. */
  DRAFT_MOST_BYTES: z.coerce.number().int().min(10_000).max(900_000).default(400_000),
  DRAFT_DAYS: z.coerce.number().int().min(1).max(365).default(60),
  TIREK_HOME: z.string().default('.tirek'),
  /** Where the ledger of sent letters lies, instead of `ledger` in TIREK_HOME: a place that no restore of the database takes back. */
  LEDGER_FOLDER: z.preprocess((value) => value || undefined, z.string().optional()),
  /** Where files lie (files-place.ts): `file:///folder` or `s3://bucket/folder`; `files` in TIREK_HOME when not given. */
  FILES_URL: optional(z.string()),
  /** For a bucket, by the names that all tools of S3 know. Without an endpoint it is Amazon's. */
  AWS_ENDPOINT_URL_S3: optional(url),
  AWS_REGION: optional(z.string().regex(/^[a-z0-9-]+$/)),
  AWS_ACCESS_KEY_ID: optional(z.string()),
  AWS_SECRET_ACCESS_KEY: optional(z.string()),
  /** The virus scanner (scanner.ts): `tcp://host:3310`; without one files are given out unscanned, and health says so. */
  CLAMAV_URL: optional(z.string()),
})
export type Config = z.infer<typeof Config>

/** Settings that hold a secret: each may stand in a file named by `<NAME>_FILE` instead. */
export const SECRETS = [
  'DATABASE_URL',
  'KEYS_DATABASE_URL',
  'SMTP_URL',
  'IMAP_URL',
  'ALERT_URL',
  'VAPID_PRIVATE_KEY',
  'SERVICE_KEY',
  'SESSION_SECRET',
  'OIDC_CLIENT_SECRET',
  'AWS_SECRET_ACCESS_KEY',
] as const satisfies readonly (keyof Config)[]

/** Reads the settings; a missing or wrong one throws an error that names it and never tells its value. */
export function readConfig<K extends keyof Config>(
  env: Record<string, string | undefined>,
  needed: readonly K[],
): Config & { [P in K]-?: NonNullable<Config[P]> } {
  const read = Config.safeParse(withFiles(env, SECRETS))
  if (!read.success) {
    const named = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`settings are wrong: ${named.join('; ')}`)
  }
  const missing = needed.filter((name) => read.data[name] === undefined)
  if (missing.length > 0) throw new Error(`settings are missing: ${missing.join(', ')}`)
  if (read.data.NODE_ENV === 'production') {
    const refused = refusedInProduction(read.data, env)
    if (refused.length > 0)
      throw new Error(`these settings are for development, production does not start with them: ${refused.join('; ')}`)
  }
  return read.data as Config & { [P in K]-?: NonNullable<Config[P]> }
}

/** Each of these settings that stands in the file of `<NAME>_FILE` instead. Throws an error that names the setting. */
export function withFiles(env: Record<string, string | undefined>, names: readonly string[]): Record<string, string | undefined> {
  const read = { ...env }
  for (const name of names) {
    const file = env[`${name}_FILE`]
    if (!file) continue
    if (env[name]) throw new Error(`settings are wrong: ${name} and ${name}_FILE are both given`)
    try {
      read[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
    } catch (error) {
      throw new Error(`settings are wrong: the file of ${name}_FILE cannot be read (${(error as NodeJS.ErrnoException).code})`, {
        cause: error,
      })
    }
  }
  return read
}
