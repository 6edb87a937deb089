/** The referrals service: a case is put to PMPK, commission and guardianship body, their answers come back, and what follows is done. */
import { Module, type DynamicModule } from '@nestjs/common'
import { verifierOn } from '@tirek/platform/auth'
import { CaseReadings, CaseReadingsController } from '@tirek/platform/case-readings'
import { runningRoutes } from '@tirek/proceedings/running-list'
import { referralWorkflowId } from '@tirek/workflows/messages'
import type { Clock } from '@tirek/platform/clock'
import type { readConfig } from '@tirek/platform/config'
import { filesPlace, filesWithin } from '@tirek/platform/files/files-place'
import { MOST_UPLOAD_BODY } from '@tirek/platform/files/limits'
import { scannerOf } from '@tirek/platform/files/scanner'
import { QUARANTINE, Uploads } from '@tirek/platform/files/uploads'
import { startApp } from '@tirek/platform/http'
import { createLog, type Log } from '@tirek/platform/log'
import { told } from '@tirek/platform/temporal-worker'
import { Trail } from '@tirek/platform/trail'
import { trailRoutes } from '@tirek/platform/trail-routes'
import { TrailTable } from '@tirek/platform/trail-table'
import { doorOf } from '@tirek/policy/work'
import { REFERRAL_RULES } from '@tirek/procedure/referrals/rows'
import { CasesNow } from '@tirek/proceedings/cases-now'
import { Changes } from '@tirek/proceedings/changes'
import { Decisions } from '@tirek/proceedings/decisions'
import { DirectoryViews } from '@tirek/proceedings/directory'
import { Reconciler } from '@tirek/proceedings/reconciler'
import { Relay } from '@tirek/proceedings/relay'
import { openProceedings, runLoops, type Running } from '@tirek/proceedings/running'
import { Store } from '@tirek/proceedings/store'
import { straysOf } from '@tirek/proceedings/stray-files'
import { createTakeSteps } from '@tirek/proceedings/take-steps'
import { Tell } from '@tirek/proceedings/tell'
import { CLOCK, WORK } from '@tirek/proceedings/tokens'
import { startSteps } from '@tirek/proceedings/worker'
import type { ReferralActivities } from '@tirek/workflows/activities'
import { Agencies } from './addressing/agencies.ts'
import { AnsweringService } from './answers/answering.service.ts'
import { Replies, RepliesService } from './answers/replies.service.ts'
import { removeUnnamed } from './answers/unnamed-files.ts'
import { UploadService } from './answers/upload.service.ts'
import { BoardService, pageOf } from './board/board.service.ts'
import { InternalController } from './board/internal.controller.ts'
import { OfferService } from './board/offer.service.ts'
import { ReferralController } from './board/referral.controller.ts'
import { NUMBERS } from './board/trail-numbers.ts'
import { DocumentService } from './documents/document.service.ts'
import { FollowingService } from './following/following.service.ts'
import { openReferrals } from './migrations.ts'
import { PacketService } from './packet/packet.service.ts'
import { Packets } from './packet/packets.ts'
import { Decided } from './preparing/decided.ts'
import { PreparingService } from './preparing/preparing.service.ts'
import { REFERRAL, REFERRAL_WORKFLOW } from './record/kind.ts'
import { AnswerEntity, FileEntity, MailEntity, PacketEntity, SendingEntity } from './record/parts.entities.ts'
import { ReferralEntity } from './record/referral.entity.ts'
import { mailSender, remindersOf } from './sending/mails.ts'
import { SendingService } from './sending/sending.service.ts'

export const REFERRALS_NEEDS = [
  'DATABASE_URL',
  'KEYS_DATABASE_URL',
  'ISSUER_URL',
  'SERVICE_KEY',
  'SERVICE_PUBLIC_KEYS',
  'CASES_URL',
  'MEETINGS_URL',
  'NOTIFICATIONS_URL',
] as const
export type ReferralsConfig = ReturnType<typeof readConfig<(typeof REFERRALS_NEEDS)[number]>>

export type ReferralsOptions = {
  config: ReferralsConfig
  clock: Clock
  log?: Log
  /** `false`: nothing runs by the machine's timer, `tick()` does. */
  loops?: boolean
  /** `false`: no steps are taken for workflows in this process. */
  steps?: boolean
  onFailure?: (error: unknown) => void
}

export type RunningReferrals = Omit<Running, 'stop'> & { url: string; close(): Promise<void> }

@Module({})
class ReferralsModule {}

export async function startReferrals(options: ReferralsOptions): Promise<RunningReferrals> {
  const { config, clock } = options
  const log = options.log ?? createLog('referrals')
  const db = await openReferrals(config.DATABASE_URL)
  const entities = [ReferralEntity, PacketEntity, FileEntity, SendingEntity, MailEntity, AnswerEntity]
  const opened = await openProceedings({ place: REFERRAL, part: 'correspondence', config, clock, log, db, entities })
  const { store, work, temporal, caller, metrics, trail, directory, decisions, host } = opened
  const kind = REFERRAL
  const { CASES_URL: casesUrl, MEETINGS_URL: meetingsUrl, NOTIFICATIONS_URL: notificationsUrl } = config
  const changes = new Changes({ kind, store, clock, trail, decisions, directory, pageOf })
  const tell = new Tell({ kind, workflow: REFERRAL_WORKFLOW, work, temporal, link: host.url })
  const place = filesWithin(filesPlace(config), 'referrals')
  const files = place.store()
  // What a killed process left half-written no row knows, and no erasure would reach.
  for (const part of [undefined, QUARANTINE]) await place.store(part).clearAside()
  const uploads = new Uploads(place, scannerOf(config.CLAMAV_URL))
  const decided = new Decided(meetingsUrl, caller)
  const agencies = new Agencies(db)
  const packets = new Packets({ files, uploads, work, directory, agencies, decided, caller, casesUrl, meetingsUrl })
  const cases = new CasesNow(config.CASES_URL, caller)
  const relay = new Relay({
    ...{ kind, work, clock, log, directory, cases, caller, notificationsUrl, casesUrl },
    actsPath: 'acts-of-referrals',
    sendMail: mailSender({ caller, notificationsUrl, fileOf: (id) => packets.attachment(id) }),
    tellFacts: (id, rowId) => tell.facts(id, rowId),
  })
  const takeSteps = createTakeSteps({ kind, work, clock, directory, cases, link: host.url, mailsOf: remindersOf(directory) })
  const isRunning = (caseId: string, id: string) => tell.isRunning(caseId, id)
  const reconciler = new Reconciler({ kind, work, clock, log, directory, cases, takeSteps, isRunning })
  const module: DynamicModule = {
    module: ReferralsModule,
    controllers: [
      trailRoutes('api/referrals/trail', 'trail-of-referrals'),
      runningRoutes('api/referrals', { schema: REFERRAL.schema, of: REFERRAL.of, rule: 'CP-54', workflowId: referralWorkflowId }),
      ReferralController,
      InternalController,
      CaseReadingsController,
    ],
    providers: [
      { provide: Store, useValue: store },
      { provide: WORK, useValue: work },
      { provide: CLOCK, useValue: clock },
      { provide: Trail, useValue: trail },
      { provide: TrailTable, useValue: new TrailTable(db, trail, NUMBERS) },
      { provide: CaseReadings, useValue: new CaseReadings(db, kind.schema) },
      { provide: Decisions, useValue: decisions },
      { provide: DirectoryViews, useValue: directory },
      { provide: Changes, useValue: changes },
      { provide: Tell, useValue: tell },
      { provide: Uploads, useValue: uploads },
      { provide: Agencies, useValue: agencies },
      { provide: Decided, useValue: decided },
      { provide: Packets, useValue: packets },
      { provide: Replies, useValue: new Replies(notificationsUrl, caller) },
      PreparingService,
      PacketService,
      SendingService,
      AnsweringService,
      UploadService,
      RepliesService,
      DocumentService,
      FollowingService,
      BoardService,
      OfferService,
    ],
  }
  const { url, close } = await startApp({
    name: 'referrals',
    title: 'Tirek: referrals',
    module,
    log,
    metrics,
    verify: verifierOn(db, config),
    servicePublicKeys: config.SERVICE_PUBLIC_KEYS,
    doorOf: (method, path) => doorOf('referrals', method, path),
    trail,
    // Temporal and the other services may be away: what is recorded stays recorded, so the service is ready without them.
    parts: { database: () => db.query('SELECT 1'), files: () => files.check(), scanner: () => uploads.scannerPart() },
    mostBytes: { '/internal/uploads': MOST_UPLOAD_BODY, '/api/referrals/:id/uploads': MOST_UPLOAD_BODY },
    ...(options.steps !== false && { beside: { steps: async () => steps!.check() } }),
    port: config.SERVICE_PORT,
    host: config.SERVICE_HOST,
  })
  const activities: ReferralActivities = {
    takeReferralSteps: ({ referralId, stepKeys, by }) =>
      told(log, { referral: referralId }, () => takeSteps({ id: referralId, stepKeys, by })),
    loadReferralRules: (wanted) =>
      told(log, wanted, async () => ({ rules: REFERRAL_RULES, calendar: await directory.calendar(wanted.calendar) })),
  }
  const { onFailure } = options
  const steps =
    options.steps === false ? undefined : startSteps({ name: 'referrals', activities, config, log, ...(onFailure && { onFailure }) })
  const turning = {
    turn: relay.turn.bind(relay),
    takeLate: () => reconciler.takeLate(),
    reconcile: () => reconciler.turn(),
    tidy: () => removeUnnamed(work, uploads, clock.now()),
    removeStrays: straysOf({ work, log, table: 'referrals.file', stores: [files, place.store(QUARANTINE)] }),
  }
  const { stop, ...running } = runLoops(opened, turning, config.DATABASE_URL, options.loops !== false)
  return {
    url,
    ...running,
    async close() {
      await stop()
      await steps?.close()
      await close()
      await opened.close()
    },
  }
}
