import type { Database } from '@tirek/platform/database'
import type { Log } from '@tirek/platform/log'
import { SYSTEM, type Trail } from '@tirek/platform/trail'
import { randomUUID } from 'node:crypto'

/** Makes the first administrator, by login, where there is none: everything else is entered by people. */
export async function makeFirstAdministrator(db: Database, trail: Trail, login: string | undefined, log: Log): Promise<void> {
  if (!login) return
  const id = randomUUID()
  const made = await db.transaction(async (sql) => {
    const rows = await sql(
      `INSERT INTO directory.person (id, login, name, role, lang, digest, active)
       SELECT $1, $2, $2, 'administrator', 'ru', true, true WHERE NOT EXISTS (SELECT 1 FROM directory.person WHERE role = 'administrator' AND active)
       ON CONFLICT (login) DO NOTHING RETURNING id`,
      [id, login],
    )
    if (rows.length > 0) await trail.record([{ who: SYSTEM, what: 'first-administrator-made', why: 'settings', about: id }], sql)
    return rows
  })
  if (made.length > 0) log.info('the first administrator was made')
}
