/** Files of a proceeding that no row knows go. Whether one is known is asked of the table that names them in `stored`. */
import type { FileStore } from '@tirek/platform/files/file-store'
import { removeStrays } from '@tirek/platform/files/strays'
import { machineClock } from '@tirek/platform/clock'
import type { Log } from '@tirek/platform/log'
import { sqlOf, type Store } from './store.ts'

/** `table`: with its schema. */
export const straysOf =
  ({
    work,
    log,
    table,
    stores,
  }: {
    work: Store
    log: Log
    table: 'meetings.protocol_file' | 'referrals.file'
    stores: readonly FileStore[]
  }) =>
  (): Promise<number> =>
    removeStrays(
      {
        ...{ stores, log },
        known: (ids) =>
          work.asItself(async (tx) => {
            const rows = await sqlOf(tx)(`SELECT stored FROM ${table} WHERE stored = ANY($1)`, [ids])
            return new Set(rows.map(({ stored }) => stored as string))
          }),
      },
      machineClock.now(),
    )
