// The processes of Tirek: entry, port, role in the database, whether it speaks with Temporal, settings. One table for the start, the tests and the documents.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { publicKeysOf, serviceKey, vapidKeys } from './keys.mjs'
import { KEYS_FILE, ROOT } from './place.mjs'
import { answers } from './supervisor.mjs'

/** Traces name our sources. `--enable-source-maps` would read the maps of all packages too: ten megabytes in each process. */
const READABLE = ['--import', pathToFileURL(join(ROOT, 'infra/dev/source-maps.mjs')).href]
const SMALL = ['--max-semi-space-size=2', '--max-old-space-size=128']

/** They start together, when the job `migrate` has ended. */
export const PROCESSES = [
  { name: 'issuer', entry: 'infra/issuer/dist/main.js', port: 'issuer', tier: 1, flags: SMALL },
  {
    name: 'directory',
    entry: 'services/directory/dist/main.js',
    port: 'directory',
    tier: 2,
    role: 'tirek_directory',
    flags: SMALL,
  },
  {
    name: 'cases',
    entry: 'services/cases/dist/main.js',
    port: 'cases',
    tier: 2,
    role: 'tirek_cases',
    speaksWithTemporal: true,
    flags: ['--max-semi-space-size=2', '--max-old-space-size=192'],
  },
  {
    name: 'notifications',
    entry: 'services/notifications/dist/main.js',
    port: 'notifications',
    tier: 2,
    role: 'tirek_notifications',
    flags: SMALL,
  },
  {
    name: 'meetings',
    entry: 'services/meetings/dist/main.js',
    port: 'meetings',
    tier: 2,
    role: 'tirek_meetings',
    speaksWithTemporal: true,
    flags: SMALL,
  },
  {
    name: 'referrals',
    entry: 'services/referrals/dist/main.js',
    port: 'referrals',
    tier: 2,
    role: 'tirek_referrals',
    speaksWithTemporal: true,
    flags: SMALL,
  },
  {
    name: 'relay',
    entry: 'services/cases/dist/relay.js',
    port: 'relay',
    tier: 2,
    role: 'tirek_cases',
    speaksWithTemporal: true,
    flags: SMALL,
  },
  {
    name: 'steps',
    entry: 'services/cases/dist/steps.js',
    port: 'steps',
    tier: 2,
    role: 'tirek_cases',
    speaksWithTemporal: true,
    flags: SMALL,
  },
  {
    name: 'urgent',
    entry: 'services/cases/dist/urgent.js',
    port: 'urgent',
    tier: 2,
    role: 'tirek_cases',
    speaksWithTemporal: true,
    flags: ['--max-semi-space-size=2'],
  },
  {
    name: 'watchdog',
    entry: 'services/cases/dist/watchdog.js',
    port: 'watchdog',
    tier: 2,
    role: 'tirek_watchdog',
    flags: SMALL,
    seals: true,
  },
  {
    name: 'worker',
    entry: 'services/worker/dist/main.js',
    port: 'worker',
    tier: 2,
    speaksWithTemporal: true,
    flags: ['--max-semi-space-size=2'],
  },
  { name: 'web', entry: 'services/web/dist/main.js', port: 'web', tier: 2, flags: SMALL, health: '/api/health' },
]
/** The roles that processes sign in as, and the setting that tells the job `migrate` the password of each. */
export const PASSWORD_OF_ROLE = {
  tirek_directory: 'DIRECTORY_DB_PASSWORD',
  tirek_cases: 'CASES_DB_PASSWORD',
  tirek_watchdog: 'WATCHDOG_DB_PASSWORD',
  tirek_notifications: 'NOTIFICATIONS_DB_PASSWORD',
  tirek_meetings: 'MEETINGS_DB_PASSWORD',
  tirek_referrals: 'REFERRALS_DB_PASSWORD',
  tirek_keys: 'KEYS_DB_PASSWORD',
}
/** Services that speak to another one, each with a key of its own (libs/platform/src/service-tokens.ts). */
const CALLERS = ['cases', 'relay', 'directory', 'notifications', 'meetings', 'referrals', 'issuer', 'web']

/** Keys and passwords of this copy, made once. */
export function secretsOf(home) {
  const file = join(home, 'secrets.json')
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const key = () => randomBytes(24).toString('hex')
  const made = { postgres: key(), roles: Object.fromEntries(Object.keys(PASSWORD_OF_ROLE).map((role) => [role, key()])), session: key() }
  // What is newer than this copy is made now.
  const secrets = {
    ...made,
    ...known,
    roles: { ...made.roles, ...known.roles },
    vapid: known.vapid ?? vapidKeys(),
    serviceKeys: Object.fromEntries(CALLERS.map((name) => [name, known.serviceKeys?.[name] ?? serviceKey()])),
  }
  mkdirSync(home, { recursive: true })
  if (JSON.stringify(secrets) !== JSON.stringify(known)) writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 })
  makeKeys(home)
  return secrets
}

/**
 * The key that seals the trail and the folder of its checkpoints: beside the database, in no backup, so that a restore cannot bring them back in
 * time with it. Settings of one's own come first.
 */
export function sealingOf(home, env = process.env) {
  const file = env.TRAIL_KEY_FILE ?? join(home, 'trail.key')
  if (!env.TRAIL_KEY && !existsSync(file)) {
    mkdirSync(home, { recursive: true })
    const { privateKey } = generateKeyPairSync('ed25519')
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' })
  }
  return { TRAIL_KEY: env.TRAIL_KEY ?? '', TRAIL_KEY_FILE: file, TRAIL_CHECKPOINTS: env.TRAIL_CHECKPOINTS ?? join(home, 'checkpoints') }
}

/** One key for a new copy; its name says that it is none for production. */
function makeKeys(home) {
  const file = join(home, KEYS_FILE)
  if (existsSync(file)) return
  const id = `dev-${new Date().toISOString().slice(0, 10)}`
  writeFileSync(file, `${id}:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
}

export const webUrlOf = (ports, env = process.env) => env.WEB_URL ?? `http://localhost:${ports.web}`

/** The same database as another role. */
export const urlAs = (adminUrl, role, password) => {
  const url = new URL(adminUrl)
  url.username = role
  url.password = password
  return url.href
}

/** The job that makes roles and schemas and ends: infra/dev/migrate.ts. */
export const migrationPlan = ({ home, secrets, adminUrl }) => ({
  name: 'migrate',
  tier: 2,
  command: process.execPath,
  args: ['--disable-warning=ExperimentalWarning', join(ROOT, 'infra/dev/migrate.ts'), `--home=${home}`],
  env: {
    ...process.env,
    DATABASE_URL: undefined,
    DATABASE_ADMIN_URL: adminUrl,
    ...Object.fromEntries(Object.entries(PASSWORD_OF_ROLE).map(([role, name]) => [name, secrets.roles[role]])),
  },
})

/** Settings that all processes share. `given` are addresses of the parts around them. */
export function sharedSettings({ home, ports, secrets, temporalAddress, temporalUiUrl, smtpUrl, env = process.env }) {
  const at = (name) => `http://127.0.0.1:${ports[name]}`
  const webUrl = webUrlOf(ports, env)
  return {
    ...env,
    NODE_ENV: env.NODE_ENV ?? 'development',
    TZ: 'UTC',
    // The C library's heaps for threads keep what the threads gave back: one for all is enough.
    MALLOC_ARENA_MAX: env.MALLOC_ARENA_MAX ?? '1',
    // And it gives back what a start took and no longer needs.
    MALLOC_TRIM_THRESHOLD_: env.MALLOC_TRIM_THRESHOLD_ ?? '131072',
    // Compiled code of the packages is kept: a start takes a third less.
    NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE ?? join(ROOT, '.tirek', 'compile-cache'),
    PORT_BASE: String(ports.web),
    TIREK_HOME: home,
    // The superuser's way in, by whichever of the two it was given: for the job `migrate` alone.
    DATABASE_ADMIN_URL: undefined,
    DATABASE_URL: undefined,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: env.TEMPORAL_NAMESPACE ?? 'tirek',
    TEMPORAL_UI_URL: temporalUiUrl,
    SMTP_URL: smtpUrl,
    MAIL_FROM: env.MAIL_FROM ?? 'tirek@localhost',
    ISSUER_URL: env.ISSUER_URL ?? `http://localhost:${ports.issuer}`,
    OIDC_AUDIENCE: env.OIDC_AUDIENCE ?? 'tirek',
    SERVICE_PUBLIC_KEYS: publicKeysOf(secrets.serviceKeys),
    CASES_URL: at('cases'),
    DIRECTORY_URL: at('directory'),
    NOTIFICATIONS_URL: at('notifications'),
    MEETINGS_URL: at('meetings'),
    REFERRALS_URL: at('referrals'),
    HEALTH_PARTS: PROCESSES.filter(({ name }) => name !== 'web' && !(name === 'issuer' && env.ISSUER_URL))
      .map(({ name, port }) => `${name}=${at(port)}/health`)
      .join(','),
    WEB_URL: webUrl,
    BOOTSTRAP_ADMIN: env.BOOTSTRAP_ADMIN ?? 'admin',
    ...holdOf(home),
  }
}

/** After a restore: letters queued before that instant wait for a person. */
const holdOf = (home) => {
  const file = join(home, 'restored.json')
  return existsSync(file) ? { MAIL_HOLD_BEFORE: String(JSON.parse(readFileSync(file, 'utf8')).restoredAt) } : {}
}

/** How the supervisor runs one process of the table. */
export function processPlan(row, { home, ports, secrets, adminUrl, settings }) {
  const url = `http://127.0.0.1:${ports[row.port]}${row.health ?? '/health'}`
  return {
    name: row.name,
    tier: row.tier,
    command: process.execPath,
    args: [...READABLE, '--disable-warning=ExperimentalWarning', ...row.flags, join(ROOT, row.entry), `--home=${home}`],
    env: {
      ...settings,
      ...keysFor(row, { home, secrets, adminUrl, settings }),
      SERVICE_PORT: String(ports[row.port]),
      ...(row.seals ? sealingOf(home) : {}),
      ...(secrets.serviceKeys[row.name] ? { SERVICE_KEY: secrets.serviceKeys[row.name].secret } : {}),
      ...(row.name === 'notifications' ? vapidOf(secrets, settings) : {}),
      ...(row.name === 'web' ? { SESSION_SECRET: secrets.session } : {}),
      ...(row.role ? { DATABASE_URL: urlAs(adminUrl, row.role, secrets.roles[row.role]) } : {}),
    },
    // A key that is missing concerns what it opened, and must not keep everything else from starting.
    isReady: () => (row.speaksWithTemporal ? answersButFor(url, 'keys') : answers(url)),
  }
}

/** A pair of one's own comes whole. */
const vapidOf = ({ vapid }, { VAPID_PRIVATE_KEY, VAPID_PRIVATE_KEY_FILE }) =>
  VAPID_PRIVATE_KEY || VAPID_PRIVATE_KEY_FILE ? {} : { VAPID_PUBLIC_KEY: vapid.open, VAPID_PRIVATE_KEY: vapid.secret }

/** Way to the keys, and the ring, for those who speak with Temporal; no other process is told of either. */
function keysFor(row, { home, secrets, adminUrl, settings }) {
  if (!row.speaksWithTemporal) return { ENCRYPTION_KEYS: undefined, ENCRYPTION_KEYS_FILE: undefined }
  return {
    KEYS_DATABASE_URL: urlAs(adminUrl, 'tirek_keys', secrets.roles.tirek_keys),
    ...(settings.ENCRYPTION_KEYS ? {} : { ENCRYPTION_KEYS_FILE: settings.ENCRYPTION_KEYS_FILE ?? join(home, KEYS_FILE) }),
  }
}

async function answersButFor(url, part) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'error' })
  const { parts } = await answer.json()
  return Object.entries(parts).every(([name, state]) => name === part || state !== 'away')
}
