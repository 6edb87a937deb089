/** The meetings service: meetings of a case are called, answered, held, and their protocols reach everybody who took part. */
import { Module, type DynamicModule } from '@nestjs/common'
import { verifierOn } from '@tirek/platform/auth'
import { CaseReadings, CaseReadingsController } from '@tirek/platform/case-readings'
import type { Clock } from '@tirek/platform/clock'
import type { readConfig } from '@tirek/platform/config'
import { listen } from '@tirek/platform/database'
import { startApp } from '@tirek/platform/http'
import { filesPlace } from '@tirek/platform/files/files-place'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { createLog, type Log } from '@tirek/platform/log'
import { createMetrics } from '@tirek/platform/metrics'
import { ServiceCaller } from '@tirek/platform/service-tokens'
import { TemporalClient } from '@tirek/platform/temporal'
import { Ticker } from '@tirek/platform/ticker'
import { Trail } from '@tirek/platform/trail'
import { trailRoutes } from '@tirek/platform/trail-routes'
import { TrailTable } from '@tirek/platform/trail-table'
import { doorOf } from '@tirek/policy/work'
import { Gauge } from 'prom-client'
import { InternalController } from './answers/internal.controller.ts'
import { NewsService } from './answers/news.service.ts'
import { PhoneService } from './answers/phone.service.ts'
import { BoardService, pageOf } from './board/board.service.ts'
import { NUMBERS } from './board/trail-numbers.ts'
import { MeetingController } from './board/meeting.controller.ts'
import { Agendas } from './calling/agenda.ts'
import { CallingService } from './calling/calling.service.ts'
import { HoldingService } from './holding/holding.service.ts'
import { openMeetings, SCHEMA, workUrlOf } from './migrations.ts'
import { ProtocolFiles } from './protocol/files.ts'
import { ProtocolService } from './protocol/protocol.service.ts'
import { ProtocolViews } from './protocol/view.ts'
import { Changes } from './record/changes.ts'
import { Decisions } from './record/decisions.ts'
import { DirectoryViews } from './record/directory.ts'
import { eraseOldAnswers } from './record/erasing.ts'
import { Host } from './record/host.ts'
import { sqlOf, Store } from './record/store.ts'
import { CLOCK, FILES, WORK } from './record/tokens.ts'
import { Reconciler } from './relay/reconciler.ts'
import { Relay } from './relay/relay.ts'
import { RightsController } from './rights/rights.controller.ts'
import { Tell } from './relay/tell.ts'
import { createTakeSteps } from './steps/take-steps.ts'
import { startMeetingSteps } from './steps/worker.ts'

export const MEETINGS_NEEDS = [
  'DATABASE_URL',
  'KEYS_DATABASE_URL',
  'ISSUER_URL',
  'SERVICE_KEY',
  'SERVICE_PUBLIC_KEYS',
  'CASES_URL',
  'NOTIFICATIONS_URL',
] as const
export type MeetingsConfig = ReturnType<typeof readConfig<(typeof MEETINGS_NEEDS)[number]>>

export type MeetingsOptions = {
  config: MeetingsConfig
  clock: Clock
  log?: Log
  /** `false`: nothing runs by the machine's timer, `tick()` does. */
  loops?: boolean
  /** `false`: no steps are taken for workflows in this process. */
  steps?: boolean
  onFailure?: (error: unknown) => void
}

export type RunningMeetings = {
  url: string
  /** Everything due by the Clock now; returns how much was done. */
  tick(): Promise<number>
  /** Instant at which the next row of the outbox may go, ms; undefined: the outbox is empty. */
  nextInstant(): Promise<number | undefined>
  /** Answers kept for repeated requests and past their time go; returns how many. */
  oldAnswers(): Promise<number>
  /** Starts workflows that are missing; returns how many. */
  reconcile(): Promise<number>
  close(): Promise<void>
}

@Module({})
class MeetingsModule {}

/** How often a loop turns when nothing wakes it, ms. */
const EVERY = { carry: 500, late: 60_000, reconcile: 30_000, answers: 3_600_000 }

export async function startMeetings(options: MeetingsOptions): Promise<RunningMeetings> {
  const { config, clock } = options
  const log = options.log ?? createLog('meetings')
  const db = await openMeetings(config.DATABASE_URL)
  const store = await Store.open(config.DATABASE_URL, 'meetings', 8)
  const work = await Store.open(workUrlOf(config.DATABASE_URL), 'meetings-work', 8)
  const keys = new DataKeys({ config, log })
  const temporal = new TemporalClient(config.TEMPORAL_ADDRESS, keys, log)
  const trail = new Trail(db, SCHEMA, clock)
  const caller = new ServiceCaller('meetings', config.SERVICE_KEY)
  const directory = new DirectoryViews(db)
  const decisions = new Decisions(config.CASES_URL, caller)
  const host = new Host(config.WEB_URL, clock)
  const changes = new Changes({ store, clock, trail, decisions, directory, pageOf })
  const tell = new Tell(work, temporal, host.url)
  const files = filesPlace(config).store()
  const protocols = new ProtocolFiles(files, work, new ProtocolViews(directory, config.CASES_URL, caller))
  const relay = new Relay({
    files: protocols,
    agendas: new Agendas(),
    work,
    clock,
    log,
    tell,
    caller,
    notificationsUrl: config.NOTIFICATIONS_URL,
    casesUrl: config.CASES_URL,
  })
  const takeSteps = createTakeSteps({ work, clock, directory, link: host.url })
  const reconciler = new Reconciler({ work, clock, log, tell, directory, takeSteps })
  const metrics = createMetrics('meetings')
  keys.register(metrics)
  new Gauge({
    name: 'tirek_meetings_outbox',
    help: 'Rows that wait to be carried to other services and to Temporal',
    registers: [metrics],
    async collect() {
      const [row] = await work.asItself((tx) => sqlOf(tx)('SELECT count(*) AS n FROM meetings.outbox'))
      this.set(Number(row!['n']))
    },
  })
  const carriers = {
    mail: new Ticker('relay-mails', EVERY.carry, log, () => relay.turn('mail')),
    notice: new Ticker('relay-notices', EVERY.carry, log, () => relay.turn('notice')),
    act: new Ticker('relay-acts', EVERY.carry, log, () => relay.turn('act')),
    facts: new Ticker('relay-facts', EVERY.carry, log, () => relay.turn('facts')),
  }
  const loops = {
    ...carriers,
    late: new Ticker('late-steps', EVERY.late, log, () => reconciler.takeLate()),
    answers: new Ticker('old-answers', EVERY.answers, log, () => eraseOldAnswers(work, clock.now())),
    reconcile: new Ticker('reconcile', EVERY.reconcile, log, () => reconciler.turn().then(() => 0)),
  }
  const module: DynamicModule = {
    module: MeetingsModule,
    controllers: [
      trailRoutes('api/meetings/trail', 'trail-of-meetings'),
      MeetingController,
      InternalController,
      RightsController,
      CaseReadingsController,
    ],
    providers: [
      { provide: Store, useValue: store },
      { provide: WORK, useValue: work },
      { provide: CLOCK, useValue: clock },
      { provide: Trail, useValue: trail },
      { provide: TrailTable, useValue: new TrailTable(db, trail, NUMBERS) },
      { provide: CaseReadings, useValue: new CaseReadings(db, SCHEMA) },
      { provide: Decisions, useValue: decisions },
      { provide: DirectoryViews, useValue: directory },
      { provide: Host, useValue: host },
      { provide: Changes, useValue: changes },
      { provide: Tell, useValue: tell },
      { provide: FILES, useValue: files },
      { provide: ProtocolFiles, useValue: protocols },
      CallingService,
      PhoneService,
      NewsService,
      HoldingService,
      ProtocolService,
      BoardService,
    ],
  }
  const { url, close } = await startApp({
    name: 'meetings',
    title: 'Tirek: meetings',
    module,
    log,
    metrics,
    verify: verifierOn(db, config),
    servicePublicKeys: config.SERVICE_PUBLIC_KEYS,
    doorOf: (method, path) => doorOf('meetings', method, path),
    trail,
    // Temporal and the other services may be away: what is recorded stays recorded, so neither is part of this service's health.
    parts: { database: () => db.query('SELECT 1'), files: () => files.check() },
    port: config.SERVICE_PORT,
    host: config.SERVICE_HOST,
  })
  const steps =
    options.steps === false
      ? undefined
      : startMeetingSteps({ config, log, takeSteps, directory, ...(options.onFailure && { onFailure: options.onFailure }) })
  const wake = () => {
    for (const loop of Object.values(carriers)) loop.wake()
  }
  const listening = options.loops === false ? undefined : listen(config.DATABASE_URL, 'meetings_outbox', wake, log)
  if (options.loops !== false) for (const loop of Object.values(loops)) loop.start()
  return {
    url,
    async tick() {
      let did = 0
      for (const loop of Object.values(carriers)) did += await loop.tick()
      return did + (await loops.late.tick())
    },
    async nextInstant() {
      const [row] = await work.asItself((tx) => sqlOf(tx)('SELECT min(not_before) AS at FROM meetings.outbox'))
      return row?.['at'] === null || row === undefined ? undefined : Number(row['at'])
    },
    oldAnswers: () => loops.answers.tick(),
    reconcile: () => reconciler.turn(),
    async close() {
      await listening?.stop()
      await Promise.all(Object.values(loops).map((loop) => loop.stop()))
      await steps?.close()
      await close()
      await temporal.close()
      await keys.close()
      await Promise.all([store.close(), work.close(), db.close()])
    },
  }
}
