// `npm run keys`: prints keys for the `.env` of a server, made here and kept nowhere. With a command it looks after those of what Temporal keeps.
import { createECDH, generateKeyPairSync, randomBytes } from 'node:crypto'
import { pathToFileURL } from 'node:url'

/** A key by which a service shows who it is: `secret` for itself, `open` for all. */
export function serviceKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    secret: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
    open: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
  }
}

/** A pair by which push services of browsers know us (RFC 8292): a point and a number of P-256, base64url. */
export function vapidKeys() {
  const curve = createECDH('prime256v1')
  const open = curve.generateKeys('base64url')
  // A number that begins with zeros is shorter than it is written.
  const secret = Buffer.from(curve.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url')
  return { open, secret }
}

/** @returns {string} the value of SERVICE_PUBLIC_KEYS */
export const publicKeysOf = (keys) =>
  Object.entries(keys)
    .map(([name, { open }]) => `${name}=${open}`)
    .join(',')

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.length > 2) await import('./data-keys.mjs').then(({ run }) => run(process.argv.slice(2)))
  else print()
}

function print() {
  const keys = Object.fromEntries(
    ['cases', 'relay', 'directory', 'notifications', 'meetings', 'referrals', 'web'].map((name) => [name, serviceKey()]),
  )
  for (const [name, { secret }] of Object.entries(keys)) console.log(`${name.toUpperCase()}_SERVICE_KEY=${secret}`)
  console.log(`SERVICE_PUBLIC_KEYS=${publicKeysOf(keys)}`)
  const vapid = vapidKeys()
  console.log(`VAPID_PUBLIC_KEY=${vapid.open}`)
  console.log(`VAPID_PRIVATE_KEY=${vapid.secret}`)
  console.log(`SESSION_SECRET=${randomBytes(32).toString('base64url')}`)
  for (const name of [
    'POSTGRES',
    'DIRECTORY_DB',
    'CASES_DB',
    'WATCHDOG_DB',
    'NOTIFICATIONS_DB',
    'MEETINGS_DB',
    'REFERRALS_DB',
    'KEYS_DB',
    'TEMPORAL_DB',
  ])
    console.log(`${name}_PASSWORD=${randomBytes(24).toString('base64url')}`)
  console.log(
    `# the first line of the file encryption-keys in KEYS_FOLDER: ${new Date().toISOString().slice(0, 10)}:${randomBytes(32).toString('base64')}`,
  )
}
