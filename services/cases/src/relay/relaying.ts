/** What follows a saved form: a process of its own, so that it takes nothing from whoever saves. It answers nobody and sees no form and no child. */
import { machineClock, type Clock } from '@tirek/platform/clock'
import type { readConfig } from '@tirek/platform/config'
import { listen } from '@tirek/platform/database'
import { startHealthServer } from '@tirek/platform/health-server'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { createLog, type Log } from '@tirek/platform/log'
import { createMetrics } from '@tirek/platform/metrics'
import { ServiceCaller } from '@tirek/platform/service-tokens'
import { TemporalClient } from '@tirek/platform/temporal'
import { Ticker } from '@tirek/platform/ticker'
import { openCases, workUrlOf } from '../migrations.ts'
import { Contexts } from '../record/contexts.ts'
import { Procedure } from '../record/facts.ts'
import { heard } from '../record/outbox.ts'
import { Refolder } from '../record/refolder.ts'
import { createOffers } from '../steps/offers.ts'
import { createBirthdays } from './birthdays.ts'
import { addGauges, addReconcilerMetrics } from './metrics.ts'
import { Pulse } from './pulse.ts'
import { addQueueGauges } from './queues.ts'
import { Reconciler } from './reconciler.ts'
import { Relay } from './relay.ts'
import { Tell } from './tell.ts'

export const RELAY_NEEDS = ['DATABASE_URL', 'KEYS_DATABASE_URL', 'SERVICE_KEY', 'NOTIFICATIONS_URL'] as const
export type RelayConfig = ReturnType<typeof readConfig<(typeof RELAY_NEEDS)[number]>>

export type RelayOptions = {
  config: RelayConfig
  clock?: Clock
  log?: Log
  /** `false`: nothing runs by the machine's timer, `tick()` does. */
  loops?: boolean
}

export type RunningRelay = {
  url: string
  /** Everything due by the Clock now: outbox, birthdays, offers, facts to be made again. Returns how much was done. */
  tick(): Promise<number>
  /** Instant at which the next row of the outbox may go, ms; undefined: the outbox is empty. */
  nextInstant(): Promise<number | undefined>
  /** One turn of the reconciler. */
  reconcile(): Promise<number>
  close(): Promise<void>
}

/** How often a loop turns when nothing wakes it. */
const EVERY = { urgent: 250, ordinary: 500, refold: 2_000, reconcile: 30_000, birthdays: 60_000, offers: 60_000 }
const SOON_MS = 50
/** So many saves in a second are many. */
const MANY = 20
/** No turn of the hours' loop for so long: it carries nothing, whatever the process says. */
const LONGEST_TURN_MS = 60_000

export async function startRelay({
  config,
  clock = machineClock,
  log = createLog('relay'),
  loops: isLooping = true,
}: RelayOptions): Promise<RunningRelay> {
  const keys = new DataKeys({ config, log })
  const db = await openCases(workUrlOf(config.DATABASE_URL), 'relay', 12)
  const temporal = new TemporalClient(config.TEMPORAL_ADDRESS, keys, log)
  const metrics = createMetrics('relay')
  keys.register(metrics)
  const contexts = new Contexts(db)
  const refolder = new Refolder(db, clock, contexts, new Procedure(contexts), log)
  const reconciler = new Reconciler({ db, clock, log, temporal })
  const saves = new Pulse(MANY)
  const relay = new Relay({
    db,
    clock,
    log,
    tell: new Tell(db, temporal, config.WEB_URL),
    notificationsUrl: config.NOTIFICATIONS_URL,
    meetingsUrl: config.MEETINGS_URL,
    referralsUrl: config.REFERRALS_URL,
    caller: new ServiceCaller('relay', config.SERVICE_KEY),
    isBusy: () => saves.isFast(),
    onDelivered: addGauges(metrics, db, clock),
  })
  let turnedAt = performance.now()
  const loops = {
    refold: new Ticker('refold', EVERY.refold, log, () => refolder.turn()),
    birthdays: new Ticker('birthdays', EVERY.birthdays, log, createBirthdays(db, clock)),
    offers: new Ticker('offers', EVERY.offers, log, createOffers(db, clock)),
    hours: new Ticker('relay-hours', EVERY.urgent, log, async () => {
      const did = await relay.turn('hour-start')
      turnedAt = performance.now()
      return did
    }),
    urgent: new Ticker('relay-urgent-notices', EVERY.urgent, log, () => relay.turn('urgent-notice')),
    notices: new Ticker('relay-notices', EVERY.ordinary, log, () => relay.turn('notice')),
    facts: new Ticker('relay-facts', EVERY.ordinary, log, () => relay.turn('facts')),
    erase: new Ticker('relay-erasures', EVERY.refold, log, () => relay.turn('erase')),
  }
  addQueueGauges(metrics, temporal, keys.namespace)
  const reconciled = addReconcilerMetrics(metrics)
  const reconcile = new Ticker('reconcile', EVERY.reconcile, log, async () => {
    reconciled(await reconciler.turn())
    return 0
  })
  const close = async () => {
    await temporal.close()
    await keys.close()
    await db.close()
  }
  const health = await startHealthServer({
    metrics,
    port: config.SERVICE_PORT,
    host: config.SERVICE_HOST,
    parts: {
      database: () => db.query('SELECT 1'),
      temporal: () => temporal.check(),
      keys: () => keys.check(),
      ...(isLooping && {
        carrying: async () => {
          if (performance.now() - turnedAt > LONGEST_TURN_MS) throw new Error('has carried nothing for long')
        },
      }),
    },
  }).catch(async (error: unknown) => {
    await close()
    throw error
  })
  let soon: NodeJS.Timeout | undefined
  /** The hour's loops at once; the others with whatever else comes in that moment. */
  const wake = (message: string) => {
    const { isAct, isUrgent } = heard(message)
    if (isAct) saves.beat()
    if (isUrgent) for (const loop of [loops.hours, loops.urgent]) loop.wake()
    soon ??= setTimeout(() => {
      soon = undefined
      for (const loop of [loops.notices, loops.facts]) loop.wake()
    }, SOON_MS)
  }
  const listening = isLooping ? listen(workUrlOf(config.DATABASE_URL), 'cases_outbox', wake, log) : undefined
  if (isLooping) for (const loop of [...Object.values(loops), reconcile]) loop.start()
  return {
    url: health.url,
    async tick() {
      let did = 0
      for (const loop of Object.values(loops)) did += await loop.tick()
      return did
    },
    async nextInstant() {
      const [row] = await db.query('SELECT min(not_before) AS at FROM cases.outbox')
      return (row?.['at'] as number | null) ?? undefined
    },
    async reconcile() {
      const repaired = await reconciler.turn()
      reconciled(repaired)
      return repaired
    },
    async close() {
      await listening?.stop()
      clearTimeout(soon)
      await Promise.all([...Object.values(loops), reconcile].map((loop) => loop.stop()))
      await health.close()
      await close()
    },
  }
}
