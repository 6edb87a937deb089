/** Where the pages send what they do not answer themselves, and whose health they tell. */
import type { Config } from '@tirek/platform/config'

export type Target = 'cases' | 'directory' | 'notifications' | 'meetings' | 'referrals'

/** First part of a path after `/api/` → the service that owns it. A path not named here does not exist. */
const OWNERS: Readonly<Record<string, Target>> = {
  cases: 'cases',
  worklist: 'cases',
  register: 'cases',
  caseload: 'cases',
  team: 'cases',
  approvals: 'cases',
  running: 'cases',
  journals: 'cases',
  figures: 'cases',
  editions: 'cases',
  trail: 'cases',
  directory: 'directory',
  notifications: 'notifications',
  erasures: 'cases',
  'hand-overs': 'cases',
  'break-glass': 'cases',
  people: 'directory',
  absences: 'directory',
  duty: 'directory',
  organisations: 'directory',
  agencies: 'directory',
  settings: 'directory',
  calendar: 'directory',
  quarantine: 'directory',
  me: 'directory',
  notices: 'notifications',
  letters: 'notifications',
  mail: 'notifications',
  meetings: 'meetings',
  referrals: 'referrals',
}

/** The service a path belongs to. Anything spelt oddly (encoded slashes, dots, backslashes) belongs to nobody. */
export function ownerOf(path: string): Target | undefined {
  if (!/^\/api\/[A-Za-z0-9/_.~-]+$/.test(path) || path.includes('..') || path.includes('//')) return undefined
  const name = path.split('/')[2] ?? ''
  return Object.hasOwn(OWNERS, name) ? OWNERS[name] : undefined
}

/** Health addresses of all parts: `HEALTH_PARTS` (`name=url,…`), or the block of ports that `PORT_BASE` names. */
export function healthUrls(
  config: Pick<Config, 'ISSUER_URL' | 'CASES_URL' | 'DIRECTORY_URL' | 'NOTIFICATIONS_URL' | 'MEETINGS_URL' | 'REFERRALS_URL'>,
  env: Record<string, string | undefined>,
): Record<string, string> {
  const urls: Record<string, string> = {}
  const add = (name: string, base: string | undefined) => base && (urls[name] = `${base.replace(/\/$/, '')}/health`)
  add('cases', config.CASES_URL)
  add('directory', config.DIRECTORY_URL)
  add('notifications', config.NOTIFICATIONS_URL)
  add('meetings', config.MEETINGS_URL)
  add('referrals', config.REFERRALS_URL)
  if (env['HEALTH_PARTS']) {
    for (const part of env['HEALTH_PARTS'].split(',')) {
      const [name, url] = part.split('=')
      if (name && url) urls[name.trim()] = url.trim()
    }
  } else if (Number(env['PORT_BASE']) > 0) {
    const base = Number(env['PORT_BASE'])
    const offsets = { issuer: 4, worker: 5, steps: 6, urgent: 7, watchdog: 8, relay: 9 }
    for (const [name, offset] of Object.entries(offsets)) add(name, `http://127.0.0.1:${base + offset}`)
  }
  return urls
}

export const isTarget = (name: string): name is Target => Object.values(OWNERS).includes(name as Target)

/** One line for each service's OpenAPI description. */
export const docsPage = (services: readonly string[]): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Tirek API</title><h1>Tirek API</h1><p>OpenAPI 3.1, one description for each service. <code>npm run token -- &lt;login&gt;</code> prints a bearer token.</p><ul>${services.map((name) => `<li><a href="/api/docs/${name}">${name}</a></li>`).join('')}</ul></html>`
