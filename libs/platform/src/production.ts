/** What a production process does not start with: everything that is good enough for a developer's machine only. One table. */
import type { Config } from './config.ts'

type Settings = Partial<Config>
type Env = Record<string, string | undefined>

const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|.*\.localhost|.*\.test|.*\.example|(.*\.)?example\.(org|com|net))$/i
const hostOf = (text: string | undefined) => (text ? (URL.parse(text)?.hostname ?? '') : '')
const passwordOf = (text: string | undefined) => decodeURIComponent((text && URL.parse(text)?.password) || '')
/** Words that stand in examples, and whatever is one character again and again. */
export const isWeak = (secret: string) =>
  secret.length < 12 ||
  new Set(secret).size < 6 ||
  /^(password|postgres|tirek|secret|changeme|change-me|example|test|admin|123456)/i.test(secret)
const at = (name: keyof Config, isRefused: (value: string) => boolean, why: string): Row => ({
  names: name,
  isRefused: (settings) => settings[name] !== undefined && isRefused(String(settings[name])),
  why,
})

type Row = { names: string; isRefused: (settings: Settings, env: Env) => boolean; why: string }

/** Switches that would lead around a check. None is known to our code; their being there says that somebody expects them to work. */
const BYPASS =
  /^(DISABLE|SKIP|BYPASS|NO|IGNORE|ALLOW)_(AUTH|CSP|CSRF|CORS|TLS|RATE_?LIMITS?|LIMITS?|SIGN_?IN|LOGIN|HTTPS|POLICY|CHECKS?|INSECURE|ALL)(_|$)/

export const PRODUCTION: readonly Row[] = [
  at('ISSUER_URL', (value) => !value.startsWith('https:'), 'the issuer must be reached by https'),
  at('ISSUER_URL', (value) => LOCAL.test(hostOf(value)), 'this is a development issuer'),
  at('OIDC_JWKS_URL', (value) => !value.startsWith('https:'), 'keys must be reached by https'),
  at('WEB_URL', (value) => !value.startsWith('https:'), 'the pages must be reached by https'),
  at('WEB_URL', (value) => LOCAL.test(hostOf(value)), 'letters would lead nowhere'),
  at('MAIL_FROM', (value) => LOCAL.test(value.split('@').at(-1)!.replace(/>$/, '')), 'nobody would take these letters'),
  at('SMTP_URL', (value) => LOCAL.test(hostOf(value)), 'this is a mailbox of development'),
  at('SMTP_URL', (value) => passwordOf(value) !== '' && isWeak(passwordOf(value)), 'the password of the mail server is short or a default'),
  at('IMAP_URL', (value) => !value.startsWith('imaps:'), 'the mailbox must be read over TLS'),
  at('IMAP_URL', (value) => LOCAL.test(hostOf(value)), 'this is a mailbox of development'),
  at('IMAP_URL', (value) => isWeak(passwordOf(value)), 'the password of the mailbox is missing, short or a default'),
  at(
    'FILES_URL',
    (value) => /^file:\/\/\/(tmp|var\/tmp|dev\/shm|private\/tmp)(\/|$)/.test(value),
    'files would be gone with the next start',
  ),
  at('CLAMAV_URL', (value) => LOCAL.test(hostOf(value)) && !/^(localhost|127\.|\[::1\])/.test(hostOf(value)), 'nobody scans there'),
  at('ALERT_URL', (value) => LOCAL.test(hostOf(value)), 'this gateway is on a developer’s machine'),
  at(
    'PUSH_HOSTS',
    (value) => value.split(',').some((host) => LOCAL.test(host.trim().replace(/:\d+$/, ''))),
    'no browser’s push service is there',
  ),
  {
    names: 'VAPID_PRIVATE_KEY',
    isRefused: ({ DATABASE_URL = '', VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY }) =>
      URL.parse(DATABASE_URL)?.username === 'tirek_notifications' && !(VAPID_PUBLIC_KEY && VAPID_PRIVATE_KEY),
    why: 'the service of letters needs both keys for notices on devices: npm run keys',
  },
  at('AWS_ENDPOINT_URL_S3', (value) => !value.startsWith('https:'), 'files must travel over TLS'),
  at('AWS_SECRET_ACCESS_KEY', isWeak, 'this secret can be guessed'),
  at('DATABASE_URL', (value) => isWeak(passwordOf(value)), 'the password of the database is missing, short or a default'),
  at('DATABASE_URL', (value) => URL.parse(value)?.username === 'postgres', 'a service signs in by a role of its own'),
  {
    names: 'DATABASE_ADMIN_URL',
    isRefused: (_, env) => Boolean(env['DATABASE_ADMIN_URL'] || env['DATABASE_ADMIN_URL_FILE']),
    why: 'the superuser’s password belongs to the job `migrate` alone',
  },
  at('KEYS_DATABASE_URL', (value) => isWeak(passwordOf(value)), 'the password of the database is missing, short or a default'),
  at('SESSION_SECRET', isWeak, 'this secret can be guessed'),
  at('OIDC_CLIENT_SECRET', isWeak, 'this secret can be guessed'),
  {
    names: 'SERVICE_PUBLIC_KEYS',
    isRefused: ({ SERVICE_PUBLIC_KEYS = '' }) => /(^|,)\s*issuer=/.test(SERVICE_PUBLIC_KEYS),
    why: 'it holds the key of the development issuer',
  },
  {
    names: 'NODE_TLS_REJECT_UNAUTHORIZED',
    isRefused: (_, env) => env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0',
    why: 'certificates would not be checked',
  },
  {
    names: 'NODE_OPTIONS',
    isRefused: (_, env) => /--(inspect|tls-min-v1\.[01]|insecure)/.test(env['NODE_OPTIONS'] ?? ''),
    why: 'it opens the process',
  },
  { names: 'TIREK_DEMO', isRefused: (_, env) => (env['TIREK_DEMO'] ?? 'off') !== 'off', why: 'demo data are for development' },
  { names: 'LOG_LEVEL', isRefused: (_, env) => /^(debug|trace)$/.test(env['LOG_LEVEL'] ?? ''), why: 'logs of development tell too much' },
]

/** `NAME: why` for each setting that production refuses; never its value. */
export function refusedInProduction(settings: Settings, env: Env): string[] {
  const rows = PRODUCTION.filter(({ isRefused }) => isRefused(settings, env)).map(({ names, why }) => `${names}: ${why}`)
  const switches = Object.keys(env)
    .filter((name) => BYPASS.test(name) && env[name])
    .map((name) => `${name}: there is no way around a check`)
  return [...rows, ...switches]
}
