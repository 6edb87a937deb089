/** Sealing the trails, in the watchdog's process: it sees heads only, and it lives when the services do not. */
import { publicOf, readKey } from '@tirek/platform/checkpoints'
import type { Clock } from '@tirek/platform/clock'
import type { Config } from '@tirek/platform/config'
import type { Database } from '@tirek/platform/database'
import type { Log } from '@tirek/platform/log'
import { Ticker } from '@tirek/platform/ticker'
import { SEAL_LATE_MS, Sealer, TRAILS } from '@tirek/platform/trail-seal'
import { readFileSync } from 'node:fs'
import { Gauge, type Registry } from 'prom-client'

const EVERY_MS = 30_000

export type SealingConfig = Partial<Pick<Config, 'NODE_ENV' | 'TRAIL_KEY' | 'TRAIL_KEY_FILE' | 'TRAIL_OLD_KEYS' | 'TRAIL_CHECKPOINTS'>>

/** The loop that seals; undefined where nothing names a key, which production refuses. */
export function createSealing(
  { db, clock, log, metrics }: { db: Database; clock: Clock; log: Log; metrics: Registry },
  config: SealingConfig,
  schemas: readonly string[] = TRAILS,
): { sealer: Sealer; ticker: Ticker; isLate(): boolean } | undefined {
  const text = config.TRAIL_KEY ?? (config.TRAIL_KEY_FILE ? readFileSync(config.TRAIL_KEY_FILE, 'utf8') : undefined)
  if (text === undefined || config.TRAIL_CHECKPOINTS === undefined) {
    if (config.NODE_ENV === 'production')
      throw new Error(
        'settings are missing: TRAIL_KEY or TRAIL_KEY_FILE, and TRAIL_CHECKPOINTS: the trail must be sealed outside the database',
      )
    log.warn('the trail is not sealed: no TRAIL_KEY, or no TRAIL_CHECKPOINTS')
    return undefined
  }
  const key = readKey(text)
  const sealer = new Sealer({ db, clock, schemas, folder: config.TRAIL_CHECKPOINTS, key, oldKeys: config.TRAIL_OLD_KEYS ?? [] })
  const startedAt = clock.now()
  log.info({ key: publicOf(key), checkpoint: sealer.lastAt }, 'the trail is sealed with the key whose public half is this')
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers: [metrics],
      collect() {
        this.set(value())
      },
    })
  const ageMs = () => clock.now() - (sealer.lastAt ?? startedAt)
  gauge('tirek_trail_checkpoint_age_seconds', 'Since the trail was sealed last: over two hours is an alarm', () => ageMs() / 1_000)
  gauge('tirek_trail_chains_gone_back', 'Chains whose head stands behind what was sealed: an alarm', () => sealer.goneBack)
  gauge('tirek_trail_checkpoints_damaged', 'Checkpoints that do not hold: an alarm', () => sealer.damages)
  const ticker = new Ticker('seal', EVERY_MS, log, async () => {
    const sealed = await sealer.turn()
    if (sealed === 0) return 0
    // Said in the log as well: a witness of its own.
    log.info(sealer.said, 'the trail is sealed')
    if (sealer.goneBack > 0 || sealer.damages > 0)
      log.error({ chains: sealer.goneBack, checkpoints: sealer.damages }, 'the trail does not hold: npm run trail -- verify')
    return 0
  })
  return { sealer, ticker, isLate: () => clock.now() - Math.max(sealer.lastAt ?? 0, startedAt) > SEAL_LATE_MS }
}
