/**
 * The job `migrate`: makes roles, schemas and what is new in them, then ends. The one holder of the superuser's password; the services wait for it.
 * Safe to run again, beside running services and beside itself.
 */
import { migrateCases } from '@tirek/cases/migrations'
import { migrateDirectory } from '@tirek/directory/migrations'
import { migrateMeetings } from '@tirek/meetings/migrations'
import { migrateNotifications } from '@tirek/notifications/migrations'
import { migrateReferrals } from '@tirek/referrals/migrations'
import { withFiles } from '@tirek/platform/config'
import { migrateKeys } from '@tirek/platform/keys/schema'
import { isWeak } from '@tirek/platform/production'
import { describe } from '@tirek/platform/ticker'
import { pathToFileURL } from 'node:url'
import { PASSWORD_OF_ROLE, urlAs } from './processes.mjs'
import { closeDatabase, makeTemporalDatabases } from './temporal-databases.ts'

type Role = keyof typeof PASSWORD_OF_ROLE

/** Brings everything up to date. `urlOf`: the database as a role; its password becomes the role's. Returns what was applied, by schema. */
export async function migrateAll(adminUrl: string, urlOf: (role: Role) => string): Promise<Record<string, string[]>> {
  return {
    directory: await migrateDirectory(adminUrl, urlOf('tirek_directory')),
    cases: await migrateCases(adminUrl, { cases: urlOf('tirek_cases'), watchdog: urlOf('tirek_watchdog') }),
    keys: await migrateKeys(adminUrl, urlOf('tirek_keys')),
    notifications: await migrateNotifications(adminUrl, urlOf('tirek_notifications')),
    meetings: await migrateMeetings(adminUrl, urlOf('tirek_meetings')),
    referrals: await migrateReferrals(adminUrl, urlOf('tirek_referrals')),
  }
}

/** Where Temporal's server has its databases in the same cluster: the password of its role there. */
const TEMPORAL = 'TEMPORAL_DB_PASSWORD'

/** Settings of the job: the superuser's address and the password of each role, or files that hold them. */
export function settingsOf(given: Record<string, string | undefined>): {
  adminUrl: string
  passwords: Record<Role, string>
  temporal: string | undefined
} {
  const names = ['DATABASE_ADMIN_URL', ...Object.values(PASSWORD_OF_ROLE)]
  const env = withFiles(given, [...names, TEMPORAL])
  const missing = names.filter((name) => !env[name])
  if (missing.length > 0) throw new Error(`settings are missing: ${missing.join(', ')}`)
  const adminUrl = env['DATABASE_ADMIN_URL']!
  if (!URL.parse(adminUrl)?.protocol.startsWith('postgres'))
    throw new Error('settings are wrong: DATABASE_ADMIN_URL is no address of Postgres')
  const passwords = Object.fromEntries(Object.entries(PASSWORD_OF_ROLE).map(([role, name]) => [role, env[name]!])) as Record<Role, string>
  if (env['NODE_ENV'] === 'production') {
    const secrets = {
      DATABASE_ADMIN_URL: decodeURIComponent(new URL(adminUrl).password),
      ...Object.fromEntries(names.slice(1).map((name) => [name, env[name]!])),
      ...(env[TEMPORAL] ? { [TEMPORAL]: env[TEMPORAL] } : {}),
    }
    const weak = Object.entries(secrets).filter(([, secret]) => isWeak(secret))
    if (weak.length > 0)
      throw new Error(
        `production does not start with these passwords, they are missing, short or a default: ${weak.map(([name]) => name).join(', ')}`,
      )
  }
  return { adminUrl, passwords, temporal: env[TEMPORAL] || undefined }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { adminUrl, passwords, temporal } = settingsOf(process.env)
    if (temporal) await makeTemporalDatabases(adminUrl, temporal)
    const applied = await migrateAll(adminUrl, (role) => urlAs(adminUrl, role, passwords[role]))
    if (temporal) await closeDatabase(adminUrl)
    const told = Object.entries(applied).filter(([, names]) => names.length > 0)
    for (const [schema, names] of told) console.log(`${schema}: ${names.join(', ')}`)
    if (told.length === 0) console.log('the database is up to date')
  } catch (error) {
    console.error(`migrate: ${describe(error).code ?? ''} ${describe(error).message}`.replaceAll(/ +/g, ' '))
    process.exitCode = 1
  }
}
