/** The keys by which push services know us, and which push services there are. */
import type { Config } from '@tirek/platform/config'

export type Push = { subject: string; publicKey: string; privateKey: string; hosts: readonly string[] }

/** Those of the browsers of today. A device names its own: without this list it could have us ask anything on our own network. */
const HOSTS = 'fcm.googleapis.com,updates.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com'

/** Nothing where no keys are set: then nobody is asked. */
export function pushOf(config: Config): Push | undefined {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey } = config
  if (!publicKey || !privateKey) return undefined
  const address = /<([^<>]+)>/.exec(config.MAIL_FROM)?.[1] ?? config.MAIL_FROM
  return { subject: `mailto:${address}`, publicKey, privateKey, hosts: (config.PUSH_HOSTS ?? HOSTS).split(',').map((host) => host.trim()) }
}

/** May we ask there? By https alone, but on this machine, where a test listens. */
export function isPushService(endpoint: string, hosts: readonly string[]): boolean {
  const url = URL.parse(endpoint)
  if (!url || url.username || url.password) return false
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && url.hostname === '127.0.0.1')) return false
  return hosts.some((host) => (host.startsWith('*.') ? url.host.endsWith(host.slice(1)) : url.host === host))
}
