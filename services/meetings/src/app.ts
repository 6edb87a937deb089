/** The meetings service: meetings of a case are called, answered, held, and their protocols reach everybody who took part. */
import { Module, type DynamicModule } from '@nestjs/common'
import { verifierOn } from '@tirek/platform/auth'
import { CaseReadings, CaseReadingsController } from '@tirek/platform/case-readings'
import { runningRoutes } from '@tirek/proceedings/running-list'
import { meetingWorkflowId } from '@tirek/workflows/messages'
import type { Clock } from '@tirek/platform/clock'
import type { readConfig } from '@tirek/platform/config'
import { startApp } from '@tirek/platform/http'
import { filesPlace } from '@tirek/platform/files/files-place'
import { createLog, type Log } from '@tirek/platform/log'
import { told } from '@tirek/platform/temporal-worker'
import { Trail } from '@tirek/platform/trail'
import { trailRoutes } from '@tirek/platform/trail-routes'
import { TrailTable } from '@tirek/platform/trail-table'
import { doorOf } from '@tirek/policy/work'
import { MEETING_RULES } from '@tirek/procedure/meetings/rows'
import { CasesNow } from '@tirek/proceedings/cases-now'
import { Changes } from '@tirek/proceedings/changes'
import { Decisions } from '@tirek/proceedings/decisions'
import { DirectoryViews } from '@tirek/proceedings/directory'
import { Host } from '@tirek/proceedings/host'
import { Reconciler } from '@tirek/proceedings/reconciler'
import { Relay } from '@tirek/proceedings/relay'
import { openProceedings, runLoops, type Running } from '@tirek/proceedings/running'
import { Store } from '@tirek/proceedings/store'
import { straysOf } from '@tirek/proceedings/stray-files'
import { createTakeSteps } from '@tirek/proceedings/take-steps'
import { Tell } from '@tirek/proceedings/tell'
import { CLOCK, FILES, WORK } from '@tirek/proceedings/tokens'
import { startSteps } from '@tirek/proceedings/worker'
import type { MeetingActivities } from '@tirek/workflows/activities'
import { AnswerEntity } from './answers/answer.entity.ts'
import { InternalController } from './answers/internal.controller.ts'
import { MailEntity } from './answers/mail.entity.ts'
import { MailToSettleService } from './answers/mail-to-settle.service.ts'
import { NewsService } from './answers/news.service.ts'
import { PhoneService } from './answers/phone.service.ts'
import { UnmatchedContent } from './answers/unmatched-content.ts'
import { BoardService, pageOf } from './board/board.service.ts'
import { ComingService } from './board/coming.service.ts'
import { MeetingController } from './board/meeting.controller.ts'
import { NUMBERS } from './board/trail-numbers.ts'
import { Agendas } from './calling/agenda.ts'
import { AgreementService } from './calling/agreement.service.ts'
import { CallingService } from './calling/calling.service.ts'
import { InviteesService } from './calling/invitees.service.ts'
import { MovingService } from './calling/moving.service.ts'
import { InviteeEntity } from './calling/invitee.entity.ts'
import { MeetingEntity } from './calling/meeting.entity.ts'
import { ProposalService } from './calling/proposal.service.ts'
import { remindersOf } from './calling/reminding.ts'
import { mailSender } from './calling/sending.ts'
import { HoldingService } from './holding/holding.service.ts'
import { openMeetings } from './migrations.ts'
import { ProtocolFiles } from './protocol/files.ts'
import { ProtocolEntity } from './protocol/protocol.entity.ts'
import { ProtocolService } from './protocol/protocol.service.ts'
import { ProtocolViews } from './protocol/view.ts'
import { MEETING, MEETING_WORKFLOW } from './record/kind.ts'
import { RightsController } from './rights/rights.controller.ts'

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

export type RunningMeetings = Omit<Running, 'stop'> & { url: string; close(): Promise<void> }

@Module({})
class MeetingsModule {}

export async function startMeetings(options: MeetingsOptions): Promise<RunningMeetings> {
  const { config, clock } = options
  const log = options.log ?? createLog('meetings')
  const db = await openMeetings(config.DATABASE_URL)
  const entities = [MeetingEntity, InviteeEntity, AnswerEntity, MailEntity, ProtocolEntity]
  const opened = await openProceedings({ place: MEETING, part: 'meetings', config, clock, log, db, entities })
  const { store, work, temporal, caller, metrics, trail, directory, decisions, host } = opened
  const kind = MEETING
  const changes = new Changes({ kind, store, clock, trail, decisions, directory, pageOf })
  const tell = new Tell({ kind, workflow: MEETING_WORKFLOW, work, temporal, link: host.url })
  const files = filesPlace(config).store()
  // What a killed process left half-written no row knows, and no erasure would reach.
  await files.clearAside()
  const protocols = new ProtocolFiles(files, work, new ProtocolViews(directory, config.CASES_URL, caller))
  const cases = new CasesNow(config.CASES_URL, caller)
  const relay = new Relay({
    ...{ kind, work, clock, log, directory, cases, caller },
    notificationsUrl: config.NOTIFICATIONS_URL,
    casesUrl: config.CASES_URL,
    actsPath: 'acts',
    sendMail: mailSender({
      caller,
      notificationsUrl: config.NOTIFICATIONS_URL,
      agendas: new Agendas(),
      fileOf: (id) => protocols.attachment(id),
    }),
    tellFacts: (id, rowId) => tell.facts(id, rowId),
  })
  const takeSteps = createTakeSteps({ kind, work, clock, directory, cases, link: host.url, mailsOf: remindersOf(directory) })
  const isRunning = (caseId: string, id: string) => tell.isRunning(caseId, id)
  const reconciler = new Reconciler({ kind, work, clock, log, directory, cases, takeSteps, isRunning })
  const module: DynamicModule = {
    module: MeetingsModule,
    controllers: [
      trailRoutes('api/meetings/trail', 'trail-of-meetings'),
      runningRoutes('api/meetings', { schema: MEETING.schema, of: MEETING.of, rule: 'CP-30', workflowId: meetingWorkflowId }),
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
      { provide: CaseReadings, useValue: new CaseReadings(db, MEETING.schema) },
      { provide: Decisions, useValue: decisions },
      { provide: DirectoryViews, useValue: directory },
      { provide: Host, useValue: host },
      { provide: Changes, useValue: changes },
      { provide: Tell, useValue: tell },
      { provide: FILES, useValue: files },
      { provide: ProtocolFiles, useValue: protocols },
      AgreementService,
      InviteesService,
      CallingService,
      MovingService,
      PhoneService,
      { provide: UnmatchedContent, useValue: new UnmatchedContent(config.NOTIFICATIONS_URL, caller) },
      MailToSettleService,
      NewsService,
      HoldingService,
      ProposalService,
      ProtocolService,
      BoardService,
      ComingService,
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
    // Temporal and the other services may be away: what is recorded stays recorded, so the service is ready without them.
    parts: { database: () => db.query('SELECT 1'), files: () => files.check() },
    ...(options.steps !== false && { beside: { steps: async () => steps!.check() } }),
    port: config.SERVICE_PORT,
    host: config.SERVICE_HOST,
  })
  const activities: MeetingActivities = {
    takeMeetingSteps: ({ meetingId, stepKeys, by }) => told(log, { meeting: meetingId }, () => takeSteps({ id: meetingId, stepKeys, by })),
    loadMeetingRules: (wanted) =>
      told(log, wanted, async () => ({ rules: MEETING_RULES, calendar: await directory.calendar(wanted.calendar) })),
  }
  const { onFailure } = options
  const steps =
    options.steps === false ? undefined : startSteps({ name: 'meetings', activities, config, log, ...(onFailure && { onFailure }) })
  const turning = {
    turn: relay.turn.bind(relay),
    takeLate: () => reconciler.takeLate(),
    reconcile: () => reconciler.turn(),
    removeStrays: straysOf({ work, log, table: 'meetings.protocol_file', stores: [files] }),
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
