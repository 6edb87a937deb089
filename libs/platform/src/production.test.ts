import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readConfig, SECRETS } from './config.ts'
import { PRODUCTION } from './production.ts'
import { scratchKeyOf, scratchPublicKeys } from './scratch-service-keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'tirek-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const STRONG = 'Zq7-vN2kLw9xRt4hBc6m'
const GOOD = {
  NODE_ENV: 'production',
  ISSUER_URL: 'https://id.gov.kz/realms/health',
  WEB_URL: 'https://tirek.gov.kz',
  MAIL_FROM: 'Tirek <tirek@gov.kz>',
  SMTP_URL: `smtps://tirek:${STRONG}@mail.gov.kz`,
  IMAP_URL: `imaps://tirek:${STRONG}@mail.gov.kz`,
  ALERT_URL: 'https://gateway.gov.kz/sms',
  FILES_URL: 'file:///var/lib/tirek/files',
  CLAMAV_URL: 'tcp://127.0.0.1:3310',
  DATABASE_URL: `postgres://tirek_notifications:${STRONG}@postgres:5432/tirek`,
  VAPID_PUBLIC_KEY: 'B'.repeat(87),
  VAPID_PRIVATE_KEY: 'k'.repeat(43),
  KEYS_DATABASE_URL: `postgres://tirek_keys:${STRONG}@postgres:5432/tirek`,
  SESSION_SECRET: `${STRONG}${STRONG}`,
  SERVICE_KEY: scratchKeyOf('cases'),
  SERVICE_PUBLIC_KEYS: scratchPublicKeys.replace(/,issuer=[^,]*/, ''),
}

test('settings of a server are taken', () => {
  expect(readConfig(GOOD, ['ISSUER_URL'])).toMatchObject({ WEB_URL: 'https://tirek.gov.kz' })
})

const BAD: [string, string][] = [
  ['ISSUER_URL', 'http://id.gov.kz'],
  ['ISSUER_URL', 'https://localhost:3004'],
  ['ISSUER_URL', 'https://127.0.0.1'],
  ['ISSUER_URL', 'https://id.example.org'],
  ['OIDC_JWKS_URL', 'http://id.gov.kz/keys'],
  ['WEB_URL', 'http://tirek.gov.kz'],
  ['WEB_URL', 'https://localhost'],
  ['MAIL_FROM', 'tirek@localhost'],
  ['MAIL_FROM', 'Tirek <a@example.org>'],
  ['SMTP_URL', 'smtp://localhost:3030'],
  ['SMTP_URL', 'smtps://tirek:changeme1234@mail.gov.kz'],
  ['IMAP_URL', `imap://tirek:${STRONG}@mail.gov.kz/INBOX`],
  ['IMAP_URL', `imaps://tirek:${STRONG}@localhost/INBOX`],
  ['IMAP_URL', 'imaps://tirek:word@mail.gov.kz/INBOX'],
  ['IMAP_URL', 'imaps://mail.gov.kz/INBOX'],
  ['FILES_URL', 'file:///tmp/tirek-files'],
  ['CLAMAV_URL', 'tcp://clamd.example:3310'],
  ['ALERT_URL', 'http://127.0.0.1:9'],
  ['PUSH_HOSTS', 'fcm.googleapis.com, 127.0.0.1:9'],
  ['VAPID_PRIVATE_KEY', ''],
  ['DATABASE_URL', 'postgres://tirek_cases@postgres/tirek'],
  ['DATABASE_URL', 'postgres://tirek_cases:short@postgres/tirek'],
  ['DATABASE_URL', `postgres://postgres:${STRONG}@postgres/tirek`],
  ['DATABASE_ADMIN_URL', `postgres://postgres:${STRONG}@postgres/tirek`],
  ['KEYS_DATABASE_URL', 'postgres://tirek_keys@postgres/tirek'],
  ['AWS_ENDPOINT_URL_S3', 'http://s3.gov.kz'],
  ['AWS_SECRET_ACCESS_KEY', 'changeme1234'],
  ['SESSION_SECRET', 'a'.repeat(40)],
  ['SESSION_SECRET', `changeme-${STRONG}${STRONG}`],
  ['OIDC_CLIENT_SECRET', 'changeme1234'],
  ['SERVICE_PUBLIC_KEYS', scratchPublicKeys],
  ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
  ['NODE_OPTIONS', '--inspect=0.0.0.0'],
  ['TIREK_DEMO', 'on'],
  ['LOG_LEVEL', 'debug'],
  ['DISABLE_RATE_LIMIT', 'true'],
  ['SKIP_CSP', '1'],
  ['BYPASS_AUTH', 'yes'],
]
test.each(BAD)('production does not start with %s=%s, names it and does not tell it', (name, value) => {
  const start = () => readConfig({ ...GOOD, [name]: value }, ['ISSUER_URL'])
  expect(start).toThrow(new RegExp(`production does not start with them: (.*; )?${name}: `))
  if (value.length > 4) expect(start).not.toThrow(value)
  // Elsewhere it is good enough.
  expect(() => readConfig({ ...GOOD, NODE_ENV: 'development', [name]: value }, ['ISSUER_URL'])).not.toThrow()
})

test('the superuser’s way in is refused by a file too', () => {
  expect(() => readConfig({ ...GOOD, DATABASE_ADMIN_URL_FILE: '/run/secrets/admin' }, [])).toThrow('DATABASE_ADMIN_URL: ')
})

test('each row of the table has its example above, and all are named at once', () => {
  expect(new Set(BAD.map(([name]) => name))).toEqual(
    new Set([...PRODUCTION.map(({ names }) => names), 'DISABLE_RATE_LIMIT', 'SKIP_CSP', 'BYPASS_AUTH']),
  )
  expect(() => readConfig({ ...GOOD, WEB_URL: 'http://localhost', LOG_LEVEL: 'trace', SKIP_CSP: '1' }, [])).toThrow(
    /WEB_URL: .*; WEB_URL: .*; LOG_LEVEL: .*; SKIP_CSP: /,
  )
})

test('the defaults of a machine of one’s own are refused by name', () => {
  expect(() => readConfig({ NODE_ENV: 'production' }, [])).toThrow(/WEB_URL: .*MAIL_FROM: /)
})

test.each(SECRETS)('%s may stand in a file', (name) => {
  const file = join(folder, name)
  writeFileSync(file, `${(GOOD as Record<string, string>)[name] ?? STRONG}\n`)
  const { [name as keyof typeof GOOD]: value = STRONG, ...env } = GOOD
  expect(readConfig({ ...env, [`${name}_FILE`]: file }, [])[name]).toBe(value)
  expect(() => readConfig({ ...env, [name]: value, [`${name}_FILE`]: file }, [])).toThrow(`${name} and ${name}_FILE are both given`)
  expect(() => readConfig({ ...env, [`${name}_FILE`]: join(folder, 'none') }, [])).toThrow(
    `the file of ${name}_FILE cannot be read (ENOENT)`,
  )
})
