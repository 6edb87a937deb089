/** The cases service: forms become cases, acts change them, the outbox holds what follows. The relay, a process of its own, carries it. */
import { Module, type DynamicModule } from '@nestjs/common'
import { printerBy } from '@tirek/documents/printing/printer'
import { verifierOn } from '@tirek/platform/auth'
import { CaseReadings } from '@tirek/platform/case-readings'
import { machineClock, type Clock } from '@tirek/platform/clock'
import type { readConfig } from '@tirek/platform/config'
import { Database } from '@tirek/platform/database'
import { startApp } from '@tirek/platform/http'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { filesPlace, filesWithin } from '@tirek/platform/files/files-place'
import { MOST_UPLOAD_BODY } from '@tirek/platform/files/limits'
import { scannerOf } from '@tirek/platform/files/scanner'
import { removeStrays } from '@tirek/platform/files/strays'
import { QUARANTINE, Uploads } from '@tirek/platform/files/uploads'
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
import { FormDraftController } from './http/form-draft.controller.ts'
import { CaseFileController } from './http/case-file.controller.ts'
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
import { CaseFiles, removeUnnamed } from './record/case-files.ts'
import { Contexts } from './record/contexts.ts'
import { Procedure } from './record/facts.ts'
import { FormDraftShelf, removeOldDrafts } from './record/form-drafts.ts'
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
  /** Files that no act named within a day go. */
  unnamedFiles(): Promise<number>
  /** Drafts that nobody went on with go. */
  oldDrafts(): Promise<number>
  close(): Promise<void>
}

@Module({})
class CasesModule {}

/** How often answers kept for too long are looked for. */
const ANSWERS_EVERY_MS = 3_600_000
/** A store is listed whole. */
const STRAYS_EVERY_MS = 24 * 3_600_000

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
  const place = filesWithin(filesPlace(config), 'cases')
  const files = place.store()
  // What a killed process left half-written no row knows, and no erasure would reach.
  for (const part of [undefined, QUARANTINE]) await place.store(part).clearAside()
  const uploads = new Uploads(place, scannerOf(config.CLAMAV_URL))
  const print = printerBy({ entry: new URL(import.meta.url.endsWith('.ts') ? './print.ts' : './print.js', import.meta.url) })
  const reviews = new Reviews(clock, trail, contexts, asPerson, procedure, print)
  const caseFiles = new CaseFiles(clock, trail, asPerson, uploads)
  const journals = new Journals(clock, trail, asPerson)
  const receiptsOf = createReceiptsOf({ notificationsUrl: config.NOTIFICATIONS_URL, caller, log })
  const limits = { most: config.DRAFT_MOST_BYTES, kept: config.DRAFT_DAYS }
  const answers = new Ticker('old-answers', ANSWERS_EVERY_MS, log, () => new Answers(rights, clock).turn())
  const drafts = new Ticker('old-drafts', ANSWERS_EVERY_MS, log, () => removeOldDrafts(work, clock, limits))
  const strays = new Ticker('stray-files', STRAYS_EVERY_MS, log, () =>
    removeStrays(
      {
        ...{ stores: [files, place.store(QUARANTINE)], log },
        known: async (ids) => {
          const rows = await work.query('SELECT stored FROM cases.file WHERE stored = ANY($1)', [ids])
          return new Set(rows.map(({ stored }) => stored as string))
        },
      },
      machineClock.now(),
    ),
  )
  const unnamed = new Ticker('unnamed-files', ANSWERS_EVERY_MS, log, () => removeUnnamed(work, uploads, clock))
  const erasures = new Erasures(
    rights,
    clock,
    trail,
    contexts,
    asPerson,
    new ErasureLedger(config.ERASURE_LEDGER ?? join(config.TIREK_HOME, 'erasures.log')),
    log,
    uploads,
  )
  // Before anybody is answered: what was erased stays erased, whichever copy of the database this is.
  await erasures.applyLedger()
  const module: DynamicModule = {
    module: CasesModule,
    controllers: [
      RightsController,
      CaseController,
      CaseFileController,
      FormDraftController,
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
      { provide: CaseFiles, useValue: caseFiles },
      { provide: FormDraftShelf, useValue: new FormDraftShelf(clock, trail, asPerson, limits) },
      { provide: Glass, useValue: new Glass(clock, trail, asPerson) },
      { provide: AccessPages, useValue: new AccessPages(trail, asPerson) },
      { provide: Register, useValue: new Register(trail, asPerson, new Searches(db, clock, trail)) },
      { provide: Lists, useValue: new Lists(db, clock, trail, procedure, contexts, asPerson, receiptsOf) },
      { provide: CasePrints, useValue: new CasePrints(trail, contexts, asPerson) },
      { provide: Reviews, useValue: reviews },
      { provide: Journals, useValue: journals },
      {
        provide: Papers,
        useValue: new Papers({ clock, trail, contexts, asPerson, procedure, reviews, journals, print, files: caseFiles }),
      },
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
    // So may the files: an act without one is saved all the same.
    beside: { files: () => files.check(), ...(config.CLAMAV_URL && { scanner: async () => void (await uploads.scannerPart()) }) },
    mostBytes: { '/api/cases/:id/files': MOST_UPLOAD_BODY },
    port: config.SERVICE_PORT,
    host: config.SERVICE_HOST,
  })
  if (options.loops !== false) for (const loop of [answers, unnamed, drafts, strays]) loop.start()
  return {
    url,
    oldAnswers: () => answers.tick(),
    unnamedFiles: () => unnamed.tick(),
    oldDrafts: () => drafts.tick(),
    async close() {
      await answers.stop()
      await unnamed.stop()
      await drafts.stop()
      await strays.stop()
      await close()
      await keys.close()
      await db.close()
      await work.close()
      await rights.close()
    },
  }
}
