/** The cases service: forms become cases, acts change them, the outbox holds what follows. The relay, a process of its own, carries it. */
import { Module, type DynamicModule } from '@nestjs/common'
import { printerBy } from '@tirek/documents/printing/printer'
import { verifierOn } from '@tirek/platform/auth'
import { CaseReadings } from '@tirek/platform/case-readings'
import type { Clock } from '@tirek/platform/clock'
import type { readConfig } from '@tirek/platform/config'
import { Database } from '@tirek/platform/database'
import { startApp } from '@tirek/platform/http'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { createLog, type Log } from '@tirek/platform/log'
import { createMetrics } from '@tirek/platform/metrics'
import { ServiceCaller } from '@tirek/platform/service-tokens'
import { Ticker } from '@tirek/platform/ticker'
import { Trail } from '@tirek/platform/trail'
import { trailRoutes } from '@tirek/platform/trail-routes'
import { TrailTable } from '@tirek/platform/trail-table'
import { doorOf } from '@tirek/policy/work'
import { join } from 'node:path'
import { FigureController } from './figures/figure.controller.ts'
import { Figures } from './figures/figures.ts'
import { AccessController } from './http/access.controller.ts'
import { AccessPages } from './http/access-pages.ts'
import { CaseController } from './http/case.controller.ts'
import { CodecController } from './http/codec.controller.ts'
import { ForServicesController } from './http/for-services.controller.ts'
import { InternalController } from './http/internal.controller.ts'
import { EditionController } from './http/edition.controller.ts'
import { JournalController } from './http/journal.controller.ts'
import { JournalExports } from './http/journal-exports.ts'
import { Journals } from './http/journals.ts'
import { Lists } from './http/lists.ts'
import { createReceiptsOf } from './http/receipts-of.ts'
import { Register } from './http/register.ts'
import { Searches } from './http/searches.ts'
import { RightsController } from './http/rights.controller.ts'
import { CLOCK, WORK } from './http/tokens.ts'
import { ReaderController } from './http/reader.controller.ts'
import { PapersController } from './http/papers.controller.ts'
import { Papers } from './http/papers.ts'
import { PrintsController } from './http/prints.controller.ts'
import { CasePrints } from './http/prints.ts'
import { ReviewController } from './http/review.controller.ts'
import { Reviews } from './http/reviews.ts'
import { NUMBERS, Readers } from './http/readers.ts'
import { Readings } from './http/readings.ts'
import { openCases, rightsUrlOf, SCHEMA, workUrlOf } from './migrations.ts'
import { AsPerson } from './record/as-person.ts'
import { Glass } from './record/break-glass.ts'
import { Contexts } from './record/contexts.ts'
import { Procedure } from './record/facts.ts'
import { Record as CaseRecord } from './record/record.ts'
import { Answers } from './rights/answers.ts'
import { Erasures } from './rights/erasures.ts'
import { Exports } from './rights/export.ts'
import { ErasureLedger } from './rights/ledger.ts'
import { EditionCounts } from './running/edition-counts.ts'
import { RunningController } from './running/running.controller.ts'
import { RunningLists } from './running/running.ts'
import { ApprovalLists } from './team/approvals.ts'
import { TeamBoards } from './team/board.ts'
import { TeamController } from './team/team.controller.ts'

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
  /** `false`: nothing runs by the machine's timer. */
  loops?: boolean
  /** How long an act that makes nothing earlier may wait to be told with the next, ms. */
  coalesceMs?: number
}

export type RunningCases = {
  url: string
  /** Answers kept for repeated requests and past their time go. */
  oldAnswers(): Promise<number>
  close(): Promise<void>
}

@Module({})
class CasesModule {}

/** How often answers kept for too long are looked for. */
const ANSWERS_EVERY_MS = 3_600_000

export async function startCases(options: CasesOptions): Promise<RunningCases> {
  const { config, clock } = options
  const log = options.log ?? createLog('cases')
  const keys = new DataKeys({ config, log })
  const db = await openCases(config.DATABASE_URL, 'cases', 20, 'walls')
  const work = await Database.open(workUrlOf(config.DATABASE_URL), 'cases-work', 4)
  const rights = await Database.open(rightsUrlOf(config.DATABASE_URL), 'cases-rights', 4)
  const trail = new Trail(db, SCHEMA, clock)
  const contexts = new Contexts(db)
  const procedure = new Procedure(contexts)
  const asPerson = new AsPerson(db, clock, contexts)
  const record = new CaseRecord(clock, trail, contexts, asPerson, procedure, options.coalesceMs ?? 60_000)
  const metrics = createMetrics('cases')
  keys.register(metrics)
  const caller = new ServiceCaller('cases', config.SERVICE_KEY)
  const readings = new Readings(
    new CaseReadings(db, SCHEMA),
    { meetings: config.MEETINGS_URL, notifications: config.NOTIFICATIONS_URL, referrals: config.REFERRALS_URL },
    caller,
  )
  const print = printerBy(new URL(import.meta.url.endsWith('.ts') ? './print.ts' : './print.js', import.meta.url))
  const reviews = new Reviews(clock, trail, contexts, asPerson, procedure, print)
  const journals = new Journals(clock, trail, asPerson)
  const receiptsOf = createReceiptsOf({ notificationsUrl: config.NOTIFICATIONS_URL, caller, log })
  const answers = new Ticker('old-answers', ANSWERS_EVERY_MS, log, () => new Answers(rights, clock).turn())
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
  const module: DynamicModule = {
    module: CasesModule,
    controllers: [
      RightsController,
      CaseController,
      AccessController,
      JournalController,
      FigureController,
      EditionController,
      ReaderController,
      ReviewController,
      PapersController,
      trailRoutes('api/trail', 'trail'),
      InternalController,
      ForServicesController,
      PrintsController,
      CodecController,
      TeamController,
      RunningController,
    ],
    providers: [
      { provide: CaseRecord, useValue: record },
      { provide: Glass, useValue: new Glass(clock, trail, asPerson) },
      { provide: AccessPages, useValue: new AccessPages(trail, asPerson) },
      { provide: Register, useValue: new Register(trail, asPerson, new Searches(db, clock, trail)) },
      { provide: Lists, useValue: new Lists(db, clock, trail, procedure, contexts, asPerson, receiptsOf) },
      { provide: CasePrints, useValue: new CasePrints(trail, contexts, asPerson) },
      { provide: Reviews, useValue: reviews },
      { provide: Journals, useValue: journals },
      { provide: Papers, useValue: new Papers({ clock, trail, contexts, asPerson, procedure, reviews, journals, print }) },
      { provide: TeamBoards, useValue: new TeamBoards(trail, contexts, asPerson) },
      { provide: ApprovalLists, useValue: new ApprovalLists(trail, asPerson) },
      { provide: RunningLists, useValue: new RunningLists(trail, asPerson) },
      { provide: EditionCounts, useValue: new EditionCounts(trail, contexts, asPerson) },
      { provide: JournalExports, useValue: new JournalExports(db, clock, trail, journals) },
      { provide: Figures, useValue: new Figures(db, clock, trail, asPerson) },
      { provide: WORK, useValue: work },
      {
        provide: Exports,
        useValue: new Exports(rights, clock, trail, {
          caller,
          notificationsUrl: config.NOTIFICATIONS_URL,
          meetingsUrl: config.MEETINGS_URL,
          referralsUrl: config.REFERRALS_URL,
          readings,
        }),
      },
      { provide: Erasures, useValue: erasures },
      { provide: Trail, useValue: trail },
      { provide: Readers, useValue: new Readers(trail, asPerson, readings) },
      { provide: TrailTable, useValue: new TrailTable(db, trail, NUMBERS) },
      { provide: Contexts, useValue: contexts },
      { provide: AsPerson, useValue: asPerson },
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
    verify: verifierOn(db, config),
    servicePublicKeys: config.SERVICE_PUBLIC_KEYS,
    doorOf: (method, path) => doorOf('cases', method, path),
    trail,
    // A key to what Temporal keeps may be away: forms are saved all the same, so it is no part of this service's health.
    parts: { database: () => db.query('SELECT 1') },
    port: config.SERVICE_PORT,
    host: config.SERVICE_HOST,
  })
  if (options.loops !== false) answers.start()
  return {
    url,
    oldAnswers: () => answers.tick(),
    async close() {
      await answers.stop()
      await close()
      await keys.close()
      await db.close()
      await work.close()
      await rights.close()
    },
  }
}
