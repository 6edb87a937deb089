import { z } from 'zod'

const url = z.url()

/** All settings of a process, read once from the environment. */
export const Config = z.object({
  NODE_ENV: z.string().default('development'),
  SERVICE_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** 0.0.0.0 in a container, loopback elsewhere. */
  SERVICE_HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  DATABASE_ADMIN_URL: z.string().startsWith('postgres').optional(),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('tirek'),
  SMTP_URL: z.string().startsWith('smtp').optional(),
  MAIL_FROM: z.string().default('tirek@localhost'),
  ISSUER_URL: url.optional(),
  OIDC_AUDIENCE: z.string().default('tirek'),
  SERVICE_SECRET: z.string().min(32).optional(),
  CASES_URL: url.optional(),
  DIRECTORY_URL: url.optional(),
  NOTIFICATIONS_URL: url.optional(),
  WEB_URL: url.default('http://localhost:3000'),
  TEMPORAL_UI_URL: url.optional(),
  ALERT_URL: z.preprocess((value) => value || undefined, url.optional()),
  BOOTSTRAP_ADMIN: z.preprocess((value) => value || undefined, z.string().optional()),
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
  TIREK_HOME: z.string().default('.tirek'),
})
export type Config = z.infer<typeof Config>

/** Reads the settings; a missing or wrong one throws an error that names it. */
export function readConfig<K extends keyof Config>(
  env: Record<string, string | undefined>,
  needed: readonly K[],
): Config & { [P in K]-?: NonNullable<Config[P]> } {
  const read = Config.safeParse(env)
  if (!read.success) {
    const named = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`settings are wrong: ${named.join('; ')}`)
  }
  const missing = needed.filter((name) => read.data[name] === undefined)
  if (missing.length > 0) throw new Error(`settings are missing: ${missing.join(', ')}`)
  return read.data as Config & { [P in K]-?: NonNullable<Config[P]> }
}
