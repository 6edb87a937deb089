/**
 * The whole system in one process, everything real but time: Postgres, Temporal's time-skipping server behind a proxy, SMTP, and all services
 * over HTTP with one clock that moves only when the system is quiet.
 */
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { startCases, type RunningCases, CASES_NEEDS } from '@tirek/cases/app'
import { RELAY_NEEDS, startRelay, type RunningRelay } from '@tirek/cases/relay/relaying'
import { startWatchdog, type RunningWatchdog } from '@tirek/cases/steps/watching'
import { startSteps, startUrgent } from '@tirek/cases/steps/workers'
import { DIRECTORY_NEEDS, startDirectory, type RunningDirectory } from '@tirek/directory/app'
import { MEETINGS_NEEDS, startMeetings, type RunningMeetings } from '@tirek/meetings/app'
import { REFERRALS_NEEDS, startReferrals, type RunningReferrals } from '@tirek/referrals/app'
import { NOTIFICATIONS_NEEDS, startNotifications, type RunningNotifications } from '@tirek/notifications/app'
import { NO_ORGANISATION, type Who } from '@tirek/platform/auth'
import { ManualClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { newKey } from '@tirek/platform/keys/key-ring'
import { createLog } from '@tirek/platform/log'
import { startScratchIssuer, type ScratchIssuer } from '@tirek/platform/scratch-issuer'
import { scratchKeyOf, scratchPublicKeys } from '@tirek/platform/scratch-service-keys'
import { freePort, startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { startWorker } from '@tirek/worker/worker'
import { leadOf } from '@tirek/workflows/known-case'
import { bundleWithShiftedClock } from '@tirek/workflows/testing/shifted-bundle'
import { openTimeSkipping } from '@tirek/workflows/testing/server'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrateAll } from '../../infra/dev/migrate.ts'
import { Proxy } from './proxy.ts'
import { PostOffice } from './smtp.ts'

const log = createLog('world', process.env['TEST_LOG'] ?? 'silent')
/** Where a case's page is: stands in letters. */
const WEB_URL = 'https://tirek.test'
const LONGEST_QUIET_MS = 60_000
/** Leaves the server's clock just after the instant it was sent to. */
const JUST_AFTER = 20

type Closing = { close(): Promise<void> }

export type Answer<T = any> = { status: number; body: T }

export class World {
  readonly clock: ManualClock
  readonly post: PostOffice
  readonly #postgres: ScratchPostgres
  readonly #env: TestWorkflowEnvironment
  readonly #proxy: Proxy
  readonly #issuer: ScratchIssuer
  readonly #shift: number
  readonly #home: string
  readonly admin: pg.Pool
  #directory!: RunningDirectory
  #notifications: RunningNotifications | undefined
  #notificationsUrl = ''
  #cases!: RunningCases
  #meetings!: RunningMeetings
  #referrals!: RunningReferrals
  #relay!: RunningRelay
  #workers: Closing[] = []
  #watchdog!: RunningWatchdog
  #settings: Record<string, string> = {}
  isTemporalAway = false

  private constructor(parts: {
    clock: ManualClock
    post: PostOffice
    postgres: ScratchPostgres
    env: TestWorkflowEnvironment
    proxy: Proxy
    issuer: ScratchIssuer
    shift: number
  }) {
    this.clock = parts.clock
    this.post = parts.post
    this.#postgres = parts.postgres
    this.#env = parts.env
    this.#proxy = parts.proxy
    this.#issuer = parts.issuer
    this.#shift = parts.shift
    this.#home = mkdtempSync(join(tmpdir(), 'tirek-world-'))
    this.admin = new pg.Pool({ connectionString: this.#postgres.adminUrl, max: 4 })
    this.admin.on('error', () => {})
  }

  /** Boots everything; the clock stands at `start`, ms UTC. `more`: settings beside the usual ones. */
  static async open(start: number, more: Record<string, string> = {}): Promise<World> {
    const clock = new ManualClock(start)
    const [postgres, env, issuer] = await Promise.all([startScratchPostgres(), openTimeSkipping(), startScratchIssuer()])
    const post = new PostOffice(clock)
    const smtpUrl = await post.open()
    const proxy = new Proxy(env.address)
    const temporal = await proxy.open()
    const shift = start - (await env.currentTimeMs())
    const world = new World({ clock, post, postgres, env, proxy, issuer, shift })
    await world.#boot(smtpUrl, temporal, more)
    return world
  }

  async #boot(smtpUrl: string, temporal: string, more: Record<string, string>): Promise<void> {
    const ports = {
      directory: await freePort(),
      cases: await freePort(),
      notifications: await freePort(),
      meetings: await freePort(),
      referrals: await freePort(),
    }
    this.#notificationsUrl = `http://127.0.0.1:${ports.notifications}`
    this.#settings = {
      NODE_ENV: 'test',
      KEYS_DATABASE_URL: this.#postgres.urlOf('tirek_keys'),
      ENCRYPTION_KEYS: newKey('test'),
      TEMPORAL_ADDRESS: temporal,
      TEMPORAL_NAMESPACE: 'default',
      SMTP_URL: smtpUrl,
      MAIL_FROM: 'tirek@tirek.test',
      ISSUER_URL: this.#issuer.url,
      SERVICE_PUBLIC_KEYS: scratchPublicKeys,
      WEB_URL,
      BOOTSTRAP_ADMIN: 'admin',
      TIREK_HOME: this.#home,
      DIRECTORY_URL: `http://127.0.0.1:${ports.directory}`,
      CASES_URL: `http://127.0.0.1:${ports.cases}`,
      NOTIFICATIONS_URL: this.#notificationsUrl,
      MEETINGS_URL: `http://127.0.0.1:${ports.meetings}`,
      REFERRALS_URL: `http://127.0.0.1:${ports.referrals}`,
      ...more,
    }
    await migrateAll(this.#postgres.adminUrl, this.#postgres.urlOf)
    this.#directory = await startDirectory({
      config: readConfig(this.#for('directory', ports.directory), DIRECTORY_NEEDS),
      clock: this.clock,
      log,
      loops: false,
    })
    this.#cases = await startCases({
      config: readConfig(this.#for('cases', ports.cases), CASES_NEEDS),
      clock: this.clock,
      log,
      loops: false,
      coalesceMs: 0,
    })
    this.#relay = await startRelay({ config: readConfig(this.#for('relay', 0), RELAY_NEEDS), clock: this.clock, log, loops: false })
    await this.startNotifications()
    const { code } = await bundleWithShiftedClock(this.#shift)
    const config = { ...readConfig(this.#for('cases', 0), ['DATABASE_URL', 'KEYS_DATABASE_URL']) }
    const onFailure = (error: unknown) => log.error({ error: String(error) }, 'a worker failed')
    this.#workers = await Promise.all([
      startSteps({ config, clock: this.clock, log, onFailure }),
      startUrgent({ config, clock: this.clock, log, code, onFailure }),
      startWorker({ config, log, code, onFailure }),
    ])
    this.#meetings = await startMeetings({
      config: readConfig(this.#for('meetings', ports.meetings), MEETINGS_NEEDS),
      clock: this.clock,
      log,
      loops: false,
      onFailure,
    })
    this.#referrals = await startReferrals({
      config: readConfig(this.#for('referrals', ports.referrals), REFERRALS_NEEDS),
      clock: this.clock,
      log,
      loops: false,
      onFailure,
    })
    this.#watchdog = await startWatchdog({
      config: readConfig(this.#for('watchdog', 0), ['DATABASE_URL']),
      clock: this.clock,
      log,
      loops: false,
    })
  }

  #for(service: 'directory' | 'cases' | 'relay' | 'notifications' | 'meetings' | 'referrals' | 'watchdog', port: number) {
    return {
      ...this.#settings,
      ...(service === 'watchdog' ? {} : { SERVICE_KEY: scratchKeyOf(service) }),
      ...(service === 'notifications' ? { INBOUND_SMTP_PORT: '0' } : {}),
      SERVICE_PORT: String(port),
      DATABASE_URL: this.#postgres.urlOf(`tirek_${service === 'relay' ? 'cases' : service}`),
    }
  }

  // --- faults -------------------------------------------------------------------------------------------------------

  async startNotifications(): Promise<void> {
    const port = Number(new URL(this.#notificationsUrl).port)
    this.#notifications = await startNotifications({
      config: readConfig(this.#for('notifications', port), NOTIFICATIONS_NEEDS),
      clock: this.clock,
      log,
      loops: false,
    })
  }

  async stopNotifications(): Promise<void> {
    await this.#notifications?.close()
    this.#notifications = undefined
  }

  cutTemporal(): void {
    this.isTemporalAway = true
    this.#proxy.cut()
  }

  /** Its clock stood still meanwhile, as that of a stopped server does for its timers; it is brought up to date. */
  async restoreTemporal(): Promise<void> {
    this.#proxy.restore()
    this.isTemporalAway = false
    await this.#moveTo(this.clock.now())
  }

  /** What a further part of the system is told of the others. */
  get settings(): Readonly<Record<string, string>> {
    return this.#settings
  }

  tokenFor = (who: Who): Promise<string> => this.#issuer.tokenFor(who)

  urlOf = (service: 'notifications' | 'meetings'): string => (service === 'meetings' ? this.#meetings.url : this.#notificationsUrl)

  /** Does this workflow run? */
  async isRunning(workflowId: string): Promise<boolean> {
    const { status } = await this.#env.client.workflow.getHandle(workflowId).describe()
    return status.name === 'RUNNING'
  }

  /** Where mail to our own addresses comes in. */
  get inboundPort(): number {
    return this.#notifications!.inboundPort!
  }

  // --- time ---------------------------------------------------------------------------------------------------------

  /** Lets time pass to an instant, step by step: to each thing that is due on the way, and on only when the system is quiet. */
  async letPassUntil(until: number): Promise<void> {
    await this.quiet()
    for (;;) {
      const next = Math.min((await this.#nextInstant()) ?? Infinity, until)
      if (next > this.clock.now()) await this.#moveTo(next)
      await this.quiet()
      if (this.clock.now() >= until) return
    }
  }

  async #moveTo(instant: number): Promise<void> {
    this.clock.set(instant)
    // Without its workers the server would let time pass no faster than real.
    if (this.isTemporalAway) return
    const ahead = instant - ((await this.#env.currentTimeMs()) + this.#shift)
    if (ahead > -JUST_AFTER) await this.#env.sleep(Math.max(1, ahead + JUST_AFTER))
  }

  /** The next instant at which anything is due, after now. */
  async #nextInstant(): Promise<number | undefined> {
    const now = this.clock.now()
    const { rows } = await this.admin.query(
      `SELECT case_id, run_by, next_step_at FROM cases.deadline WHERE state = 'open' AND next_step_at IS NOT NULL`,
    )
    const steps = (rows as { case_id: string; run_by: string; next_step_at: string }[]).map(({ case_id, run_by, next_step_at }) => {
      const at = Number(next_step_at)
      if (this.isTemporalAway) return at + (run_by === 'urgent' ? 30_001 : 30 * 60_000 + 1)
      return run_by === 'urgent' ? at : at - leadOf(case_id)
    })
    const { rows: meetings } = await this.admin.query(
      'SELECT next_step_at FROM meetings.meeting WHERE next_step_at IS NOT NULL UNION ALL SELECT next_step_at FROM referrals.referral WHERE next_step_at IS NOT NULL',
    )
    steps.push(
      ...(meetings as { next_step_at: string }[]).map((row) => Number(row.next_step_at) + (this.isTemporalAway ? 30 * 60_000 + 1 : 0)),
    )
    const { rows: waiting } = await this.admin.query(
      'SELECT min(not_before) AS at FROM (SELECT not_before FROM cases.outbox UNION ALL SELECT not_before FROM meetings.outbox UNION ALL SELECT not_before FROM referrals.outbox) o WHERE not_before > $1',
      [now],
    )
    const instants = [
      ...steps,
      Number(waiting[0]?.at ?? Infinity),
      (await this.#notifications?.nextInstant()) ?? Infinity,
      (await this.#directory.nextInstant()) ?? Infinity,
    ].filter((at) => at > now)
    return instants.length > 0 && Number.isFinite(Math.min(...instants)) ? Math.min(...instants) : undefined
  }

  /** Until nothing that is due is left to do. Says what is stuck when that does not come. */
  async quiet(): Promise<void> {
    const end = performance.now() + LONGEST_QUIET_MS
    for (let calm = 0; calm < 2;) {
      const did =
        (await this.#directory.tick()) +
        (await this.#relay.tick()) +
        (await this.#meetings.tick()) +
        (await this.#referrals.tick()) +
        ((await this.#notifications?.tick()) ?? 0) +
        (await this.#watchdog.tick())
      const left = did > 0 ? ['just did something'] : await this.#leftToDo()
      calm = left.length === 0 ? calm + 1 : 0
      if (left.length > 0) await new Promise((again) => setTimeout(again, 3))
      if (performance.now() > end) throw new Error(`not quiet at ${new Date(this.clock.now()).toISOString()}: ${left.join('; ')}`)
    }
  }

  async #leftToDo(): Promise<string[]> {
    const now = this.clock.now()
    const left: string[] = []
    const { rows: outbox } = await this.admin.query(`SELECT kind, count(*) AS n FROM cases.outbox WHERE not_before <= $1 GROUP BY kind`, [
      now,
    ])
    for (const { kind, n } of outbox as { kind: string; n: string }[]) {
      const isHeldUp = (kind === 'notice' && !this.#notifications) || (kind !== 'notice' && this.isTemporalAway)
      if (!isHeldUp) left.push(`${n} of outbox ${kind}`)
    }
    const { rows: ofMeetings } = await this.admin.query(
      'SELECT kind, count(*) AS n FROM (SELECT kind, not_before FROM meetings.outbox UNION ALL SELECT kind, not_before FROM referrals.outbox) o WHERE not_before <= $1 GROUP BY kind',
      [now],
    )
    for (const { kind, n } of ofMeetings as { kind: string; n: string }[]) {
      const isHeldUp = kind === 'facts' ? this.isTemporalAway : kind !== 'act' && !this.#notifications
      if (!isHeldUp) left.push(`${n} of outbox of proceedings, ${kind}`)
    }
    if (this.isTemporalAway) return left
    const { rows: waiting } = await this.admin.query(
      'SELECT id FROM meetings.meeting WHERE next_step_at <= $1 UNION ALL SELECT id FROM referrals.referral WHERE next_step_at <= $1',
      [now],
    )
    left.push(...(waiting as { id: string }[]).map(({ id }) => `step of proceeding ${id}`))
    const { rows: steps } = await this.admin.query(
      `SELECT case_id, key, run_by, next_step_at FROM cases.deadline WHERE state = 'open' AND next_step_at IS NOT NULL`,
    )
    for (const { case_id, key, run_by, next_step_at } of steps as { case_id: string; key: string; run_by: string; next_step_at: string }[])
      if (Number(next_step_at) - (run_by === 'urgent' ? 0 : leadOf(case_id)) <= now) left.push(`step of ${key}`)
    const { rows: behind } = await this.admin.query(
      `SELECT count(*) AS n FROM cases."case" c WHERE NOT EXISTS (SELECT 1 FROM cases.workflow_ack a WHERE a.case_id = c.id AND a.hour IS NULL AND a.version >= c.version)`,
    )
    if (Number(behind[0].n) > 0) left.push(`${behind[0].n} cases not confirmed`)
    return left
  }

  // --- people and HTTP ----------------------------------------------------------------------------------------------

  async asAdmin(): Promise<Who> {
    const { rows } = await this.admin.query(`SELECT id FROM directory.person WHERE login = 'admin'`)
    return { person: rows[0].id, role: 'administrator', organisation: NO_ORGANISATION, login: 'admin', lang: 'ru' }
  }

  async request<T = any>(
    service: 'directory' | 'cases' | 'notifications' | 'meetings' | 'referrals',
    method: string,
    path: string,
    who: Who,
    body?: unknown,
    key: string = crypto.randomUUID(),
  ): Promise<Answer<T>> {
    const url = {
      directory: this.#directory.url,
      cases: this.#cases.url,
      notifications: this.#notificationsUrl,
      meetings: this.#meetings.url,
      referrals: this.#referrals.url,
    }[service]
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.#issuer.tokenFor(who)}`,
        'accept-language': 'en',
        ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text ? JSON.parse(text) : undefined) as T }
  }

  /** The same, and anything but 2xx is an error that tells the problem. */
  async ok<T = any>(
    service: 'directory' | 'cases' | 'notifications' | 'meetings' | 'referrals',
    method: string,
    path: string,
    who: Who,
    body?: unknown,
  ): Promise<T> {
    const { status, body: answer } = await this.request<T>(service, method, path, who, body)
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`)
    return answer
  }

  async close(): Promise<void> {
    this.#proxy.restore()
    await Promise.allSettled(this.#workers.map((worker) => worker.close()))
    await this.#relay?.close()
    await this.#meetings?.close()
    await this.#referrals?.close()
    await this.#cases?.close()
    await this.stopNotifications()
    await this.#directory?.close()
    await this.#watchdog?.close()
    await this.admin.end()
    await this.#env.teardown()
    await this.#proxy.close()
    await this.post.close()
    await this.#issuer.stop()
    await this.#postgres.stop()
    rmSync(this.#home, { recursive: true, force: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}
