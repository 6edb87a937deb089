/** The directory: who works where, who stands in, what an organisation sets for itself, the working calendar. */
import { Module, type DynamicModule } from '@nestjs/common'
import { verifierOn } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { readConfig } from '@tirek/platform/config'
import { Database } from '@tirek/platform/database'
import { startApp } from '@tirek/platform/http'
import { SIGN_IN_TRIES, Tries } from '@tirek/platform/limits'
import { createLog, type Log } from '@tirek/platform/log'
import { createMetrics } from '@tirek/platform/metrics'
import { ServiceCaller } from '@tirek/platform/service-tokens'
import { Ticker } from '@tirek/platform/ticker'
import { Trail } from '@tirek/platform/trail'
import { trailRoutes } from '@tirek/platform/trail-routes'
import { TrailTable } from '@tirek/platform/trail-table'
import { doorOf } from '@tirek/policy/work'
import { Gauge } from 'prom-client'
import { AbsenceController } from './absences/absence.controller.ts'
import { AbsenceService } from './absences/absence.service.ts'
import { AgencyController } from './agencies/agency.controller.ts'
import { AgencyImportService } from './agencies/agency-import.service.ts'
import { AgencyService } from './agencies/agency.service.ts'
import { makeFirstAdministrator } from './bootstrap.ts'
import { CalendarController } from './calendar/calendar.controller.ts'
import { addReleasedCalendars, CalendarService } from './calendar/calendar.service.ts'
import { DutyController } from './duty/duty.controller.ts'
import { DutyService } from './duty/duty.service.ts'
import { openDirectory } from './migrations.ts'
import { OrganisationController } from './organisations/organisation.controller.ts'
import { OrganisationService } from './organisations/organisation.service.ts'
import { InternalPersonController, PersonController, SIGN_INS } from './people/person.controller.ts'
import { PersonService } from './people/person.service.ts'
import { QuarantineController } from './quarantine/quarantine.controller.ts'
import { QuarantineService } from './quarantine/quarantine.service.ts'
import { DirectoryRecord } from './record.ts'
import { SettingController } from './settings/setting.controller.ts'
import { SettingService } from './settings/setting.service.ts'
import { tellCases } from './tell-cases.ts'
import { workUrlOf } from './wall.ts'

export const DIRECTORY_NEEDS = ['DATABASE_URL', 'ISSUER_URL', 'SERVICE_KEY', 'SERVICE_PUBLIC_KEYS', 'CASES_URL'] as const
export type DirectoryConfig = ReturnType<typeof readConfig<(typeof DIRECTORY_NEEDS)[number]>>

export type RunningDirectory = {
  url: string
  /** Tells the cases service what is due to be told; returns how much. */
  tick(): Promise<number>
  /** Instant of the next try to tell, ms; undefined: nothing is left to tell. */
  nextInstant(): Promise<number | undefined>
  close(): Promise<void>
}

@Module({})
class DirectoryModule {}

/** Starts the service. `loops: false`: nothing runs by the machine's timer, `tick()` does. */
export async function startDirectory(options: {
  config: DirectoryConfig
  clock: Clock
  log?: Log
  loops?: boolean
}): Promise<RunningDirectory> {
  const { config, clock } = options
  const log = options.log ?? createLog('directory')
  const db = await openDirectory(config.DATABASE_URL)
  const work = await Database.open(workUrlOf(config.DATABASE_URL), 'directory-work', 2)
  const closeDatabases = () => Promise.all([db.close(), work.close()])
  try {
    const trail = new Trail(db, 'directory', clock)
    await addReleasedCalendars(work)
    await makeFirstAdministrator(work, trail, config.BOOTSTRAP_ADMIN, log)

    const caller = new ServiceCaller('directory', config.SERVICE_KEY)
    const teller = new Ticker('tell-cases', 5_000, log, () => tellCases(work, clock, log, { url: config.CASES_URL, caller }))
    const record = new DirectoryRecord(db, work, clock, trail, () => teller.wake())
    const metrics = createMetrics('directory')
    new Gauge({
      name: 'tirek_directory_untold_changes',
      help: 'Changes that the cases service has not heard of yet',
      registers: [metrics],
      async collect() {
        const [row] = await work.query('SELECT count(*) AS n FROM directory.outbox WHERE done_at IS NULL')
        this.set(row!['n'])
      },
    })
    const module: DynamicModule = {
      module: DirectoryModule,
      controllers: [
        PersonController,
        InternalPersonController,
        OrganisationController,
        AbsenceController,
        DutyController,
        AgencyController,
        SettingController,
        CalendarController,
        QuarantineController,
        trailRoutes('api/directory/trail', 'trail-of-people'),
      ],
      providers: [
        { provide: DirectoryRecord, useValue: record },
        { provide: TrailTable, useValue: new TrailTable(db, trail) },
        { provide: SIGN_INS, useValue: new Tries(SIGN_IN_TRIES, { db: work, schema: 'directory', name: 'sign-in' }) },
        PersonService,
        OrganisationService,
        AbsenceService,
        DutyService,
        AgencyService,
        AgencyImportService,
        SettingService,
        CalendarService,
        QuarantineService,
      ],
    }
    const { url, close } = await startApp({
      name: 'directory',
      title: 'Tirek: people and organisations',
      module,
      log,
      metrics,
      verify: verifierOn(db, config),
      servicePublicKeys: config.SERVICE_PUBLIC_KEYS,
      doorOf: (method, path) => doorOf('directory', method, path),
      trail,
      parts: { database: () => db.query('SELECT 1') },
      port: config.SERVICE_PORT,
      host: config.SERVICE_HOST,
    })
    if (options.loops !== false) teller.start()
    return {
      url,
      tick: () => teller.tick(),
      async nextInstant() {
        const [row] = await work.query('SELECT try_at FROM directory.outbox WHERE done_at IS NULL ORDER BY seq LIMIT 1')
        return row?.['try_at']
      },
      async close() {
        await teller.stop()
        await close()
        await closeDatabases()
      },
    }
  } catch (error) {
    await closeDatabases()
    throw error
  }
}
