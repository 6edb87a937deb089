/**
 * The doors in one process: the web server, cases, directory and notifications over HTTP on a real Postgres, with an issuer that a test names.
 * Temporal is away: no door needs it. Each application tells its own routes, so a new one is met by every test of the edges.
 */
import { startCases, CASES_NEEDS } from '@tirek/cases/app'
import { DIRECTORY_NEEDS, startDirectory } from '@tirek/directory/app'
import { MEETINGS_NEEDS, startMeetings } from '@tirek/meetings/app'
import { REFERRALS_NEEDS, startReferrals } from '@tirek/referrals/app'
import { NOTIFICATIONS_NEEDS, startNotifications } from '@tirek/notifications/app'
import type { Role } from '@tirek/contract/roles'
import { newKey } from '@tirek/platform/keys/key-ring'
import { machineClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { scratchKeyOf, scratchPublicKeys } from '@tirek/platform/scratch-service-keys'
import { freePort, startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { startWeb, WEB_NEEDS } from '@tirek/web/app'
import { randomUUID } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrateAll } from '../../infra/dev/migrate.ts'

export type Route = { method: string; path: string }
export type ServiceName = 'web' | 'cases' | 'directory' | 'notifications' | 'meetings' | 'referrals'
type Issuer = { url: string; close(): Promise<void> }
/** Where the issuer's parts are told of each other before they run. */
export type Places = { issuerUrl: string; issuerPort: number; webUrl: string; directoryUrl: string; home: string }

const log = createLog('doors', process.env['TEST_LOG'] ?? 'silent')
export const SESSION_SECRET = 'the secret of the web server in these tests'
export const ORGANISATION = randomUUID()
/** A person for each role, by their login. */
export const STAFF = {
  aigul: 'social-worker',
  erlan: 'psychologist',
  medet: 'medic',
  saule: 'supervisor',
  nurlan: 'head',
  boss: 'administrator',
  audit: 'auditor',
} as const satisfies Record<string, Role>
export type Login = keyof typeof STAFF

export class Doors {
  readonly people = new Map<Login, string>()
  readonly urls = {} as Record<ServiceName, string>
  /** Routes by the application that answers them, as it told them itself. */
  readonly routes = {} as Record<ServiceName, Route[]>
  /** The address of the pages, as browsers know it. */
  webUrl = ''
  issuer!: Issuer
  db!: pg.Pool
  #postgres!: ScratchPostgres
  #home = ''
  readonly #closing: { close(): Promise<void> }[] = []
  #startWeb!: () => Promise<{ close(): Promise<void> }>

  /**
   * `settings` are those of the services and the web server; `issuerPath` is the path of the issuer's name; `past` stands in the settings of the
   * web server without their check, which refuses a server of tests in production.
   */
  static async open(
    issuer: (at: Places) => Promise<Issuer>,
    settings: Record<string, string> = {},
    issuerPath = '',
    past: { NODE_ENV?: string } = {},
  ): Promise<Doors> {
    const doors = new Doors()
    await doors.#open(issuer, settings, issuerPath, past)
    return doors
  }

  async #open(
    startIssuer: (at: Places) => Promise<Issuer>,
    settings: Record<string, string>,
    issuerPath: string,
    past: { NODE_ENV?: string },
  ): Promise<void> {
    this.#home = mkdtempSync(join(tmpdir(), 'tirek-doors-'))
    writeFileSync(join(this.#home, 'index.html'), '<!doctype html><title>pages</title>')
    this.#postgres = await startScratchPostgres()
    this.db = new pg.Pool({ connectionString: this.#postgres.adminUrl, max: 2 })
    this.db.on('error', () => {})
    const ports = {
      web: await freePort(),
      cases: await freePort(),
      directory: await freePort(),
      notifications: await freePort(),
      meetings: await freePort(),
      referrals: await freePort(),
    }
    const issuerPort = await freePort()
    for (const [name, port] of Object.entries(ports)) this.urls[name as ServiceName] = `http://127.0.0.1:${port}`
    this.webUrl = settings['WEB_URL'] ?? `http://localhost:${ports.web}`
    const at: Places = {
      issuerUrl: `http://localhost:${issuerPort}${issuerPath}`,
      issuerPort,
      webUrl: this.webUrl,
      directoryUrl: this.urls.directory,
      home: this.#home,
    }
    const ring = newKey('test')
    const env = (service: ServiceName) => ({
      NODE_ENV: 'test',
      ...(service === 'web' ? {} : { DATABASE_URL: this.#postgres.urlOf(`tirek_${service}`) }),
      KEYS_DATABASE_URL: this.#postgres.urlOf('tirek_keys'),
      ENCRYPTION_KEYS: ring,
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      TEMPORAL_UI_URL: 'http://localhost:9',
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'tirek@example.org',
      ISSUER_URL: at.issuerUrl,
      SERVICE_KEY: scratchKeyOf(service as never),
      SERVICE_PUBLIC_KEYS: scratchPublicKeys,
      SESSION_SECRET,
      WEB_URL: this.webUrl,
      BOOTSTRAP_ADMIN: 'admin',
      TIREK_HOME: this.#home,
      CASES_URL: this.urls.cases,
      DIRECTORY_URL: this.urls.directory,
      NOTIFICATIONS_URL: this.urls.notifications,
      MEETINGS_URL: this.urls.meetings,
      REFERRALS_URL: this.urls.referrals,
      SERVICE_PORT: String(ports[service]),
      ...settings,
    })
    const of = { clock: machineClock, log, loops: false }
    const told = listenForRoutes()
    await migrateAll(this.#postgres.adminUrl, this.#postgres.urlOf)
    this.#closing.push(await startDirectory({ ...of, config: readConfig(env('directory'), DIRECTORY_NEEDS) }))
    await this.#addPeople()
    this.#closing.push(
      await startCases({ ...of, config: readConfig(env('cases'), CASES_NEEDS) }),
      await startNotifications({ ...of, config: readConfig(env('notifications'), NOTIFICATIONS_NEEDS) }),
      await startMeetings({ ...of, config: readConfig(env('meetings'), MEETINGS_NEEDS), steps: false }),
      await startReferrals({ ...of, config: readConfig(env('referrals'), REFERRALS_NEEDS), steps: false }),
    )
    this.#startWeb = () =>
      startWeb({
        ...of,
        config: {
          ...readConfig(env('web'), WEB_NEEDS),
          ...past,
        },
        pages: this.#home,
        env: {},
      })
    this.#closing.push(await this.#startWeb())
    for (const [name, port] of Object.entries(ports)) this.routes[name as ServiceName] = told.of(port)
    told.stop()
    this.issuer = await startIssuer(at)
  }

  async #addPeople(): Promise<void> {
    await this.db.query(
      `INSERT INTO directory.organisation (id, name_ru, name_kk, name_en, prefix, territory) VALUES ($1, 'О', 'О', 'O', 'ALM', 'Т')`,
      [ORGANISATION],
    )
    for (const [login, role] of Object.entries(STAFF) as [Login, Role][]) {
      this.people.set(login, randomUUID())
      await this.db.query(
        `INSERT INTO directory.person (id, login, name, role, organisation, email, lang, digest, active) VALUES ($1, $2, $3, $4, $5, $6, 'ru', true, true)`,
        [this.people.get(login), login, `Имя ${login}`, role, role === 'administrator' ? null : ORGANISATION, `${login}@clinic.example`],
      )
    }
  }

  /** The web server comes up anew: what it kept in memory is gone. */
  async restartWeb(): Promise<void> {
    await this.#closing.pop()!.close()
    this.#closing.push(await this.#startWeb())
  }

  async close(): Promise<void> {
    for (const part of this.#closing.reverse()) await part.close()
    await this.issuer?.close()
    await this.db.end()
    await this.#postgres.stop()
    rmSync(this.#home, { recursive: true, force: true })
  }
}

type Fastify = { server: Server; addHook(name: 'onRoute', hook: (route: { method: string | string[]; url: string }) => void): void }

/** Every Fastify application tells its start to a diagnostics channel: from there its routes are heard as it adds them. */
function listenForRoutes(): { of(port: number): Route[]; stop(): void } {
  const known: { fastify: Fastify; routes: Route[] }[] = []
  const hear = (message: unknown) => {
    const { fastify } = message as { fastify: Fastify }
    const routes: Route[] = []
    known.push({ fastify, routes })
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) routes.push({ method: one, path: url })
    })
  }
  subscribe('fastify.initialization', hear)
  return {
    of(port) {
      const found = known.find(({ fastify }) => (fastify.server.address() as AddressInfo | null)?.port === port)
      if (!found || found.routes.length === 0) throw new Error(`no application tells its routes at ${port}`)
      return found.routes
    },
    stop: () => void unsubscribe('fastify.initialization', hear),
  }
}
