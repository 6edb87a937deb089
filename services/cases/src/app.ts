/** The cases service: forms become cases, acts change them, the outbox carries what follows. */
import { Module, type DynamicModule } from '@nestjs/common'
import { verifierOf } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { readConfig } from '@tirek/platform/config'
import { Database, listen } from '@tirek/platform/database'
import { startApp } from '@tirek/platform/http'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { migrateKeys } from '@tirek/platform/keys/schema'
import { createLog, type Log } from '@tirek/platform/log'
import { createMetrics } from '@tirek/platform/metrics'
import { ServiceCaller } from '@tirek/platform/service-tokens'
import { directoryOf } from '@tirek/platform/standing'
import { TemporalClient } from '@tirek/platform/temporal'
import { Ticker } from '@tirek/platform/ticker'
import { Trail } from '@tirek/platform/trail'
import { doorOf } from '@tirek/policy/work'
import { join } from 'node:path'
import { createBirthdays } from './birthdays.ts'
import { AccessController } from './http/access.controller.ts'
import { AccessPages } from './http/access-pages.ts'
import { CaseController } from './http/case.controller.ts'
import { CodecController } from './http/codec.controller.ts'
import { InternalController } from './http/internal.controller.ts'
import { EditionController } from './http/edition.controller.ts'
import { JournalController } from './http/journal.controller.ts'
import { Journals } from './http/journals.ts'
import { Lists } from './http/lists.ts'
import { createReceiptsOf } from './http/receipts-of.ts'
import { Register } from './http/register.ts'
import { Searches } from './http/searches.ts'
import { RightsController } from './http/rights.controller.ts'
import { CLOCK, WORK } from './http/tokens.ts'
import { TrailController } from './http/trail.controller.ts'
import { TrailPages } from './http/trail-pages.ts'
import { addGauges } from './metrics.ts'
import { migrateCases, rightsUrlOf, SCHEMA, workUrlOf } from './migrations.ts'
import { AsPerson } from './record/as-person.ts'
import { Glass } from './record/break-glass.ts'
import { Contexts } from './record/contexts.ts'
import { Procedure } from './record/facts.ts'
import { Refolder } from './record/refolder.ts'
import { Record as CaseRecord } from './record/record.ts'
import { Pulse } from './relay/pulse.ts'
import { Reconciler } from './relay/reconciler.ts'
import { Relay } from './relay/relay.ts'
import { Tell } from './relay/tell.ts'
import { Answers } from './rights/answers.ts'
import { Erasures } from './rights/erasures.ts'
import { Exports } from './rights/export.ts'
import { ErasureLedger } from './rights/ledger.ts'
import { createOffers } from './steps/offers.ts'

export const CASES_NEEDS = [
  'DATABASE_URL',
  'KEYS_DATABASE_URL',
  'ISSUER_URL',
  'SERVICE_KEY',
  'SERVICE_PUBLIC_KEYS',
  'NOTIFICATIONS_URL',
] as const
export type CasesConfig = ReturnType<typeof readConfig<(typeof CASES_NEEDS)[number]>>

export type CasesOptions = {
  config: CasesConfig
  clock: Clock
  log?: Log
  /** `false`: nothing runs by the machine's timer, `tick()` does. */
  loops?: boolean
  /** How long an act that makes nothing earlier may wait to be told with the next, ms. */
  coalesceMs?: number
}

export type RunningCases = {
  url: string
  /** Everything due by the Clock now: outbox, birthdays. Returns how much was done. */
  tick(): Promise<number>
  /** Instant at which the next row of the outbox may go, ms; undefined: the outbox is empty. */
  nextInstant(): Promise<number | undefined>
  /** Answers kept for repeated requests and past their time go. */
  oldAnswers(): Promise<number>
  /** One turn of the reconciler. */
  reconcile(): Promise<number>
  close(): Promise<void>
}

@Module({})
class CasesModule {}

/** How often a loop turns when nothing wakes it. */
const EVERY = { urgent: 250, ordinary: 500, refold: 2_000, reconcile: 30_000, birthdays: 60_000, answers: 3_600_000, offers: 60_000 }

const SOON_MS = 50
/** So many saves in a second are many. */
const MANY = 20

export async function startCases(options: CasesOptions): Promise<RunningCases> {
  const { config, clock } = options
  const log = options.log ?? createLog('cases')
  const keys = new DataKeys({ config, log })
  if (config.DATABASE_ADMIN_URL) {
    await migrateCases(config.DATABASE_ADMIN_URL, { cases: config.DATABASE_URL })
    await migrateKeys(config.DATABASE_ADMIN_URL, config.KEYS_DATABASE_URL)
  }
  const db = await Database.open(config.DATABASE_URL, 'cases', 20)
  const work = await Database.open(workUrlOf(config.DATABASE_URL), 'cases-work', 8)
  const rights = await Database.open(rightsUrlOf(config.DATABASE_URL), 'cases-rights', 4)
  const trail = new Trail(db, SCHEMA, clock)
  const contexts = new Contexts(db)
  const procedure = new Procedure(contexts)
  const saves = new Pulse(MANY)
  const asPerson = new AsPerson(db, clock, contexts)
  const record = new CaseRecord(clock, trail, contexts, asPerson, procedure, options.coalesceMs ?? 60_000, () => saves.beat())
  const temporal = new TemporalClient(config.TEMPORAL_ADDRESS, keys, log)
  const refolder = new Refolder(work, clock, contexts, procedure, log)
  const metrics = createMetrics('cases')
  keys.register(metrics)
  const onDelivered = addGauges(metrics, work, clock)
  const caller = new ServiceCaller('cases', config.SERVICE_KEY)
  const relay = new Relay({
    isBusy: () => options.loops !== false && saves.isFast(),
    db: work,
    clock,
    log,
    tell: new Tell(work, temporal, config.WEB_URL),
    notificationsUrl: config.NOTIFICATIONS_URL,
    caller,
    onDelivered,
  })
  const receiptsOf = createReceiptsOf({ notificationsUrl: config.NOTIFICATIONS_URL, caller, log })
  const reconciler = new Reconciler({ db: work, clock, log, temporal })
  const loops = {
    hours: new Ticker('relay-hours', EVERY.urgent, log, () => relay.turn('hour-start')),
    urgent: new Ticker('relay-urgent-notices', EVERY.urgent, log, () => relay.turn('urgent-notice')),
    notices: new Ticker('relay-notices', EVERY.ordinary, log, () => relay.turn('notice')),
    facts: new Ticker('relay-facts', EVERY.ordinary, log, () => relay.turn('facts')),
    refold: new Ticker('refold', EVERY.refold, log, () => refolder.turn()),
    reconcile: new Ticker('reconcile', EVERY.reconcile, log, () => reconciler.turn().then(() => 0)),
    erase: new Ticker('relay-erasures', EVERY.refold, log, () => relay.turn('erase')),
    answers: new Ticker('old-answers', EVERY.answers, log, () => new Answers(rights, clock).turn()),
    birthdays: new Ticker('birthdays', EVERY.birthdays, log, createBirthdays(work, clock)),
    offers: new Ticker('offers', EVERY.offers, log, createOffers(work, clock)),
  }
  const erasures = new Erasures(
    rights,
    clock,
    trail,
    contexts,
    asPerson,
    new ErasureLedger(config.ERASURE_LEDGER ?? join(config.TIREK_HOME, 'erasures.log')),
    log,
  )
  // Before anybody is answered: what was erased stays erased, whichever copy of the database this is.
  await erasures.applyLedger()
  const carriers = [loops.hours, loops.urgent, loops.notices, loops.facts, loops.erase]
  const module: DynamicModule = {
    module: CasesModule,
    controllers: [
      RightsController,
      CaseController,
      AccessController,
      JournalController,
      EditionController,
      TrailController,
      InternalController,
      CodecController,
    ],
    providers: [
      { provide: CaseRecord, useValue: record },
      { provide: Glass, useValue: new Glass(clock, trail, asPerson, () => saves.beat()) },
      { provide: AccessPages, useValue: new AccessPages(trail, asPerson) },
      { provide: Register, useValue: new Register(trail, asPerson, new Searches(db, clock, trail)) },
      { provide: Lists, useValue: new Lists(db, clock, trail, procedure, contexts, asPerson, receiptsOf) },
      { provide: Journals, useValue: new Journals(clock, trail, asPerson) },
      { provide: WORK, useValue: work },
      { provide: Exports, useValue: new Exports(rights, clock, trail, { url: config.NOTIFICATIONS_URL, caller }) },
      { provide: Erasures, useValue: erasures },
      { provide: Trail, useValue: trail },
      { provide: TrailPages, useValue: new TrailPages(db, trail, asPerson) },
      { provide: Contexts, useValue: contexts },
      { provide: AsPerson, useValue: asPerson },
      { provide: Refolder, useValue: refolder },
      { provide: DataKeys, useValue: keys },
      { provide: CLOCK, useValue: clock },
    ],
  }
  const { url, close } = await startApp({
    name: 'cases',
    title: 'Tirek: cases',
    module,
    log,
    metrics,
    verify: verifierOf(
      config,
      directoryOf((text, values) => db.query(text, values, 'sign-in-standing')),
    ),
    servicePublicKeys: config.SERVICE_PUBLIC_KEYS,
    doorOf: (method, path) => doorOf('cases', method, path),
    trail,
    // Temporal may be away, or a key to what it keeps: forms are saved all the same, so neither is part of this service's health.
    parts: { database: () => db.query('SELECT 1') },
    port: config.SERVICE_PORT,
    host: config.SERVICE_HOST,
  })
  let soon: NodeJS.Timeout | undefined
  /** The hour's loops at once; the others with whatever else comes in that moment. */
  const wake = (payload: string) => {
    if (payload === 'urgent') for (const loop of [loops.hours, loops.urgent]) loop.wake()
    soon ??= setTimeout(() => {
      soon = undefined
      for (const loop of [loops.notices, loops.facts]) loop.wake()
    }, SOON_MS)
  }
  const listening = options.loops === false ? undefined : listen(config.DATABASE_URL, 'cases_outbox', wake, log)
  if (options.loops !== false) for (const loop of Object.values(loops)) loop.start()
  return {
    url,
    async tick() {
      let did = await loops.refold.tick()
      did += await loops.birthdays.tick()
      did += await loops.offers.tick()
      for (const loop of carriers) did += await loop.tick()
      return did
    },
    async nextInstant() {
      const [row] = await work.query('SELECT min(not_before) AS at FROM cases.outbox')
      return (row?.['at'] as number | null) ?? undefined
    },
    oldAnswers: () => loops.answers.tick(),
    reconcile: () => reconciler.turn(),
    async close() {
      await listening?.stop()
      clearTimeout(soon)
      await Promise.all(Object.values(loops).map((loop) => loop.stop()))
      await close()
      await temporal.close()
      await keys.close()
      await db.close()
      await work.close()
      await rights.close()
    },
  }
}
