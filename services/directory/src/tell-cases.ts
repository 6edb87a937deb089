/** Tells the cases service what its facts depend on has changed: in order, until it has heard. */
import type { Clock } from '@tirek/platform/clock'
import type { Database } from '@tirek/platform/database'
import type { Log } from '@tirek/platform/log'
import { describe } from '@tirek/platform/ticker'
import type { ServiceCaller } from '@tirek/platform/service-tokens'

const MOST_MS = 60_000

/** One turn: everything that may be tried now. Returns how many were told. */
export async function tellCases(db: Database, clock: Clock, log: Log, cases: { url: string; caller: ServiceCaller }): Promise<number> {
  let told = 0
  for (;;) {
    const [row] = await db.query('SELECT seq, payload, attempts, try_at FROM directory.outbox WHERE done_at IS NULL ORDER BY seq LIMIT 1')
    if (!row || row['try_at'] > clock.now()) return told
    try {
      await cases.caller.call('cases', new URL('/internal/contexts/changed', cases.url).href, row['payload'])
    } catch (error) {
      log.warn({ error: describe(error), attempts: row['attempts'] + 1 }, 'the cases service has not heard of a change yet')
      await db.query('UPDATE directory.outbox SET attempts = attempts + 1, try_at = $2 WHERE seq = $1', [
        row['seq'],
        clock.now() + Math.min(MOST_MS, 1_000 * 2 ** row['attempts']),
      ])
      return told
    }
    await db.query('UPDATE directory.outbox SET done_at = $2 WHERE seq = $1', [row['seq'], clock.now()])
    told++
  }
}
