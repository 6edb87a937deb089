/** A real Postgres, the service over real HTTP, a receiver of notices and a Clock that moves when told. Temporal is away unless a test names it. */
import type { HelpRequestInput } from '@tirek/contract/forms/help-request'
import type { Receipt } from '@tirek/contract/links'
import type { Notice } from '@tirek/contract/notices'
import type { Who } from '@tirek/platform/auth'
import type { Reading } from '@tirek/platform/case-readings'
import { machineClock, ManualClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { Database } from '@tirek/platform/database'
import { newKey } from '@tirek/platform/keys/key-ring'
import { migrateKeys } from '@tirek/platform/keys/schema'
import { createLog } from '@tirek/platform/log'
import { startScratchIssuer, type ScratchIssuer } from '@tirek/platform/scratch-issuer'
import { freePort, startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { scratchKeyOf, scratchPublicKeys } from '@tirek/platform/scratch-service-keys'
import { ServiceCaller, type CallingService } from '@tirek/platform/service-tokens'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { CASES_NEEDS, startCases, type RunningCases } from './app.ts'
import { migrateCases } from './migrations.ts'
import { RELAY_NEEDS, startRelay, type RunningRelay } from './relay/relaying.ts'

const RING = newKey('test')

/** What the directory's views hold, as plain tables: the service reads them and nothing else of the directory. */
const DIRECTORY = `
CREATE SCHEMA directory;
CREATE TABLE directory.person_view (id uuid, login text, name text, role text, organisation uuid, email text, phone text, lang text, digest boolean, active boolean, supervisor uuid, signed_out_at bigint, ended_sessions uuid[]);
CREATE TABLE directory.absence_view (person uuid, from_day text, to_day text, deputy uuid);
CREATE TABLE directory.duty_view (organisation uuid, from_day text, to_day text, person uuid, position int);
CREATE TABLE directory.organisation_view (id uuid, prefix text, territory text, head uuid, next_in_line uuid, supervisor_default uuid, name_ru text DEFAULT 'Поликлиника', name_kk text DEFAULT 'Емхана', name_en text DEFAULT 'Clinic', works_from int DEFAULT 540, works_to int DEFAULT 1080);
CREATE VIEW directory.team_view AS SELECT p.id AS person, coalesce(p.supervisor, nullif(o.supervisor_default, p.id)) AS supervisor FROM directory.person_view p LEFT JOIN directory.organisation_view o ON o.id = p.organisation;
CREATE TABLE directory.setting_view (organisation uuid, term text, value numeric);
CREATE TABLE directory.quarantine_view (territory text, from_day text, to_day text);
CREATE TABLE directory.calendar_view (version text, holidays jsonb, working_weekends jsonb, current boolean);
GRANT USAGE ON SCHEMA directory TO tirek_cases, tirek_cases_work, tirek_cases_rights, tirek_watchdog;
GRANT SELECT ON directory.person_view TO tirek_cases_rights;
GRANT SELECT ON ALL TABLES IN SCHEMA directory TO tirek_cases, tirek_cases_work, tirek_watchdog;`

const MAY_ASK = {
  '/internal/steps/open': 'notifications',
  '/internal/contexts/changed': 'directory',
  '/internal/decisions': 'meetings',
  '/internal/cases/people': 'meetings',
  '/internal/cases/child': 'meetings',
  '/internal/acts': 'meetings',
  '/internal/cases/prints': 'referrals',
  '/internal/acts-of-referrals': 'referrals',
} as const

export type Answer = { status: number; body: any }
export type Person = Who & { token: string }

export class CasesWorld {
  readonly clock = new ManualClock(Date.parse('2026-11-24T10:00:00+05:00'))
  readonly organisation = randomUUID()
  readonly otherOrganisation = randomUUID()
  /** Notices as the notifications service would get them. */
  readonly notices: Notice[] = []
  /** Letters it knows of any case, and what else it was asked. */
  letters: { at: number; person: string; state: string; lines: { rule: string; what: string }[] }[] = []
  /** What its trail has of cases, newest first. */
  readings: (Reading & { caseId: string })[] = []
  readonly askedOfLetters: { path: string; body: unknown }[] = []
  readonly home = mkdtempSync(join(tmpdir(), 'tirek-cases-'))
  /** What it answers. */
  notificationsStatus = 202
  /** What the notifications service would answer of receipts. */
  readonly receipts: { caseId: string; receipt: Receipt }[] = []
  readonly people = new Map<string, Person>()
  temporalPort = 0
  postgres!: ScratchPostgres
  issuer!: ScratchIssuer
  cases!: RunningCases
  relay!: RunningRelay
  /** The superuser's connections: looks at what is stored. */
  admin!: pg.Pool
  watchdogDb!: Database
  #notifications!: Server

  static async open(): Promise<CasesWorld> {
    const world = new CasesWorld()
    ;[world.postgres, world.issuer] = await Promise.all([startScratchPostgres(), startScratchIssuer()])
    world.temporalPort = await freePort()
    world.#notifications = createServer(async (request, response) => {
      let body = ''
      for await (const part of request) body += String(part)
      if (request.url === '/internal/receipts') {
        response.writeHead(world.notificationsStatus === 202 ? 200 : 503, { 'content-type': 'application/json' })
        return response.end(
          JSON.stringify({
            items: world.receipts.filter(({ caseId }) => caseId === JSON.parse(body).caseId).map(({ receipt }) => receipt),
          }),
        )
      }
      if (request.url === '/internal/cases/readings') {
        const { caseId, before } = JSON.parse(body)
        const items = world.readings
          .filter((one) => one.caseId === caseId && (!before || one.at < before.at))
          .map(({ caseId: _, ...one }) => one)
        response.writeHead(world.notificationsStatus === 202 ? 200 : world.notificationsStatus, { 'content-type': 'application/json' })
        return response.end(JSON.stringify({ items }))
      }
      if (request.url?.startsWith('/internal/cases/')) {
        world.askedOfLetters.push({ path: request.url, body: JSON.parse(body) })
        response.writeHead(world.notificationsStatus === 202 ? 200 : world.notificationsStatus, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ items: world.letters }))
        return
      }
      if (world.notificationsStatus === 202) world.notices.push(JSON.parse(body) as Notice)
      response.writeHead(world.notificationsStatus, { 'content-type': 'application/json' }).end('{"letters":1}')
    })
    await new Promise<void>((listening) => world.#notifications.listen(0, '127.0.0.1', listening))
    await migrateCases(world.postgres.adminUrl, {
      cases: world.postgres.urlOf('tirek_cases'),
      watchdog: world.postgres.urlOf('tirek_watchdog'),
    })
    await migrateKeys(world.postgres.adminUrl, world.postgres.urlOf('tirek_keys'))
    world.admin = new pg.Pool({ connectionString: world.postgres.adminUrl, max: 4 })
    world.admin.on('error', () => {})
    world.admin.on('error', () => {}) // Postgres is stopped before its last idle connection
    await world.admin.query(DIRECTORY)
    await world.admin.query(`INSERT INTO directory.organisation_view VALUES ($1, 'ALM', 'Almaty'), ($2, 'AST', 'Astana')`, [
      world.organisation,
      world.otherOrganisation,
    ])
    for (const [login, role] of [
      ['aigul', 'social-worker'],
      ['dana', 'social-worker'],
      ['erlan', 'psychologist'],
      ['medet', 'medic'],
      ['saule', 'supervisor'],
      ['nurlan', 'head'],
      ['admin', 'administrator'],
      ['audit', 'auditor'],
    ] as const)
      await world.add(login, role, world.organisation)
    await world.add('astana', 'social-worker', world.otherOrganisation)
    await world.start()
    world.watchdogDb = await Database.open(world.postgres.urlOf('tirek_watchdog'), 'watchdog', 4)
    return world
  }

  /** Starts the service and its relay, or starts them anew; their loops stand still. */
  async start(): Promise<void> {
    await this.#stop()
    const common = { clock: this.clock, log: createLog('test', process.env['TEST_LOG'] ?? 'silent'), loops: false }
    this.cases = await startCases({ ...common, config: this.config(), coalesceMs: 60_000 })
    this.relay = await startRelay({ ...common, config: this.relayConfig() })
  }

  async #stop(): Promise<void> {
    await this.relay?.close()
    await this.cases?.close()
  }

  config() {
    return readConfig(this.#settings('cases'), CASES_NEEDS)
  }

  relayConfig() {
    return readConfig(this.#settings('relay'), RELAY_NEEDS)
  }

  #settings(service: 'cases' | 'relay') {
    return {
      DATABASE_URL: this.postgres.urlOf('tirek_cases'),
      KEYS_DATABASE_URL: this.postgres.urlOf('tirek_keys'),
      ENCRYPTION_KEYS: RING,
      ISSUER_URL: this.issuer.url,
      SERVICE_KEY: scratchKeyOf(service),
      SERVICE_PUBLIC_KEYS: scratchPublicKeys,
      NOTIFICATIONS_URL: `http://127.0.0.1:${(this.#notifications.address() as AddressInfo).port}`,
      TEMPORAL_ADDRESS: `127.0.0.1:${this.temporalPort}`,
      TIREK_HOME: this.home,
    }
  }

  async add(login: string, role: Who['role'], organisation: string): Promise<Person> {
    const who: Who = { person: randomUUID(), role, organisation, login, lang: 'ru' }
    const person = { ...who, token: await this.issuer.tokenFor(who) }
    await this.admin.query(`INSERT INTO directory.person_view VALUES ($1, $2, $2, $3, $4, NULL, NULL, 'ru', true, true, NULL)`, [
      who.person,
      login,
      role,
      organisation,
    ])
    this.people.set(login, person)
    return person
  }

  /** Signs in anew, this many ms ago. */
  async signIn(login: string, ago = 0): Promise<void> {
    const person = this.people.get(login)!
    person.token = await this.issuer.tokenFor({ ...person, signedInAt: machineClock.now() - ago })
  }

  id(login: string): string {
    return this.people.get(login)!.person
  }

  async ask(
    login: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const answer = await fetch(this.cases.url + path, {
      method,
      headers: {
        ...(login ? { authorization: `Bearer ${this.people.get(login)!.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : undefined }
  }

  /** As the service that may ask this, or as another one. */
  async askAsService(path: keyof typeof MAY_ASK, body: unknown, as: CallingService = MAY_ASK[path]): Promise<Answer> {
    const token = await new ServiceCaller(as, scratchKeyOf(as)).token('cases', {
      method: 'POST',
      path,
      body: JSON.stringify(body),
    })
    return this.ask(undefined, 'POST', path, body, { authorization: `Bearer ${token}` })
  }

  /** Registers a help request; throws when it is refused. */
  async register(login: string, form: Partial<HelpRequestInput> = {}): Promise<any> {
    const { status, body } = await this.ask(login, 'POST', '/api/cases', this.helpRequest(form))
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
    return body
  }

  /** Records an act with the newest version; throws when it is refused. */
  async act(
    login: string,
    caseId: string,
    kind: string,
    form: unknown,
    more: { happenedAt?: string; alsoFor?: unknown[] } = {},
  ): Promise<any> {
    const { status, body } = await this.tryAct(login, caseId, kind, form, more)
    if (status !== 200) throw new Error(`${kind}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  /** A medium case whose assessment, plan and placement stand. Returns its id. */
  async caseWithPlan(login = 'aigul'): Promise<string> {
    const { summary } = await this.register(login)
    await this.act(login, summary.id, 'placement-recorded', { placement: 'with-parents' })
    await this.act(login, summary.id, 'primary-assessment-done', { outcome: 'confirmed', reason: 'Подтвердилось' })
    await this.act(login, summary.id, 'assessment-finished', {
      cause: 'Риск отказа',
      timeAndPeople: 'ноябрь',
      health: { body: 'здоров' },
      care: { care: 'слабая' },
      environment: { housing: 'тесно' },
      recommendations: 'помочь',
      familySigned: true,
      signsOfCruelty: false,
      confirmed: 'yes',
      level: 'medium',
      analysis: {
        strengths: 'бабушка',
        concerns: 'нет дохода',
        consequences: 'отказ',
        response: 'готовы',
        abilityToProtect: 'есть',
        abilityToChange: 'есть',
        helpNeeded: 'работа',
      },
    })
    await this.act(login, summary.id, 'plan-signed', {
      planVersion: 1,
      needs: [{ kind: 'family', text: 'Жилье' }],
      measures: [{ id: randomUUID(), action: 'Оформить пособие', due: '2026-12-20', responsible: 'family' }],
    })
    return summary.id
  }

  async tryAct(
    login: string,
    caseId: string,
    kind: string,
    form: unknown,
    more: { happenedAt?: string; alsoFor?: unknown[]; version?: number } = {},
  ): Promise<Answer> {
    const version =
      more.version ?? (await this.one<{ version: number }>('SELECT version FROM cases."case" WHERE id = $1', [caseId])).version
    return this.ask(login, 'POST', `/api/cases/${caseId}/acts/${kind}`, {
      happenedAt: more.happenedAt ?? this.at(),
      version,
      ...(more.alsoFor ? { alsoFor: more.alsoFor } : {}),
      form,
    })
  }

  helpRequest(form: Partial<HelpRequestInput> = {}): HelpRequestInput {
    return {
      child: { name: `Ребёнок ${randomUUID().slice(0, 8)}`, birthDate: '2024-03-05', sex: 'female' },
      asker: { notNamed: true },
      ground: 'Соседи слышат крики',
      channel: 'phone',
      source: 'public',
      reportedAt: this.at(),
      criteria: ['M1'],
      level: 'medium',
      ...form,
    }
  }

  /** The Clock as a form writes it, moved by minutes. */
  at(minutes = 0): string {
    return new Date(this.clock.now() + minutes * 60_000).toISOString()
  }

  pass(minutes: number): void {
    this.clock.set(this.clock.now() + minutes * 60_000)
  }

  /** Posts the notices of the outbox; what is for Temporal is thrown away, since it is away and each try takes seconds. */
  async deliver(): Promise<void> {
    await this.admin.query(`DELETE FROM cases.outbox WHERE kind <> 'notice'`)
    await this.relay.tick()
  }

  async rows<T = Record<string, any>>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.admin.query(sql, values)).rows as T[]
  }

  async one<T = Record<string, any>>(sql: string, values: unknown[] = []): Promise<T> {
    const [row] = await this.rows<T>(sql, values)
    if (row === undefined) throw new Error('no row')
    return row
  }

  async close(): Promise<void> {
    await this.#stop()
    await this.watchdogDb?.close()
    await this.admin?.end()
    this.#notifications?.closeAllConnections()
    this.#notifications?.close()
    await this.issuer?.stop()
    await this.postgres?.stop()
    rmSync(this.home, { recursive: true, force: true })
  }
}
