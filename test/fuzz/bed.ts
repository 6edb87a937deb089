/** The services and the pages' server in one process on a real Postgres, two organisations with a person of every role, and cases full of marks. */
import { startCases, CASES_NEEDS, type RunningCases } from '@tirek/cases/app'
import { RELAY_NEEDS, startRelay, type RunningRelay } from '@tirek/cases/relay/relaying'
import { ROLES, type Role } from '@tirek/contract/roles'
import { DIRECTORY_NEEDS, startDirectory, type RunningDirectory } from '@tirek/directory/app'
import { NOTIFICATIONS_NEEDS, startNotifications, type RunningNotifications } from '@tirek/notifications/app'
import { REFERRALS_NEEDS, startReferrals, type RunningReferrals } from '@tirek/referrals/app'
import { MEETINGS_NEEDS, startMeetings, type RunningMeetings } from '@tirek/meetings/app'
import { NO_ORGANISATION, type Who } from '@tirek/platform/auth'
import { ManualClock } from '@tirek/platform/clock'
import { newKey } from '@tirek/platform/keys/key-ring'
import { readConfig } from '@tirek/platform/config'
import { startScratchIssuer, type ScratchIssuer } from '@tirek/platform/scratch-issuer'
import { scratchKeyOf, scratchPublicKeys } from '@tirek/platform/scratch-service-keys'
import { freePort, startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { startWeb, WEB_NEEDS } from '@tirek/web/app'
import { Sealer } from '@tirek/web/server/session'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { migrateAll } from '../../infra/dev/migrate.ts'
import { PostOffice } from '../world/smtp.ts'
import { ServiceCaller, type CallingService } from '@tirek/platform/service-tokens'
import { ROUTES } from '@tirek/policy/work'
import { Marks, PREFIXES, type Reader, type Side } from './marks.ts'
import { SERVICES, type Described, type Service } from './operations.ts'

const WEB_URL = 'http://fuzz.tirek.test'
const SESSION_SECRET = 'the secret of the web server in this campaign'
/** A little later than the examples of the contract. */
const NOON = Date.parse('2026-11-24T15:00:00+05:00')
const TOKEN_MS = 5 * 60_000
/** Whose names are no secret of one organisation: they look after all of them, or are called to the cases of others. */
const KNOWN_EVERYWHERE: readonly Role[] = ['administrator', 'auditor', 'childrens-home-worker']
const ROLE_NAMES = Object.keys(ROLES) as Role[]

const CALLER_OF = {
  cases: 'notifications',
  directory: 'issuer',
  notifications: 'cases',
  meetings: 'notifications',
  referrals: 'notifications',
} as const satisfies Record<Described, CallingService>

/** Somebody who asks: `a.head`, `b.auditor`, `service`, `nobody`, `broken`. */
export type Actor = Reader & { who?: Who }
type Signed = { token: string; cookie: string; until: number }

export class Bed {
  readonly clock = new ManualClock(NOON)
  readonly marks = new Marks()
  readonly actors = new Map<string, Actor>()
  readonly organisations = { a: '', b: '' }
  /** People who are there to be changed, signed out and forgotten. */
  readonly spares: { id: string; side: Side }[] = []
  readonly logFaults: string[] = []
  readonly urls: Record<Service, string> = { cases: '', directory: '', notifications: '', meetings: '', referrals: '', web: '' }
  admin!: pg.Pool
  readonly #signed = new Map<string, Signed>()
  readonly #sealer = new Sealer(SESSION_SECRET)
  readonly #home = mkdtempSync(join(tmpdir(), 'tirek-fuzz-'))
  readonly #post = new PostOffice(this.clock)
  #postgres!: ScratchPostgres
  #issuer!: ScratchIssuer
  #cases!: RunningCases
  #relay!: RunningRelay
  #directory!: RunningDirectory
  #notifications!: RunningNotifications
  #meetings!: RunningMeetings
  #referrals!: RunningReferrals
  #web!: { url: string; close(): Promise<void> }
  readonly #log = pino({ level: 'info' }, { write: (line: string) => this.#look(line) })

  static async open(): Promise<Bed> {
    const bed = new Bed()
    try {
      await bed.#boot()
      await bed.#people()
      return bed
    } catch (error) {
      await bed.close()
      throw error
    }
  }

  #look(line: string): void {
    const mark = Marks.inLog(line)
    if (mark) this.logFaults.push(`a mark stands in a log line: ${line.slice(0, 400)}`)
    else if (/a fault of ours|"level":"(error|fatal)"|"level":[56]0/.test(line)) this.logFaults.push(line.slice(0, 1_200))
  }

  async #boot(): Promise<void> {
    ;[this.#postgres, this.#issuer] = await Promise.all([startScratchPostgres(), startScratchIssuer()])
    const smtp = await this.#post.open()
    const ports = {} as Record<Described, number>
    for (const name of SERVICES) {
      ports[name] = await freePort()
      this.urls[name] = `http://127.0.0.1:${ports[name]}`
    }
    const ring = newKey('test')
    const settings = (name: Service | 'relay') => ({
      NODE_ENV: 'test',
      KEYS_DATABASE_URL: this.#postgres.urlOf('tirek_keys'),
      ENCRYPTION_KEYS: ring,
      // Nobody listens there: forms are saved all the same.
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      SMTP_URL: smtp,
      ISSUER_URL: this.#issuer.url,
      SERVICE_KEY: scratchKeyOf(name),
      SERVICE_PUBLIC_KEYS: scratchPublicKeys,
      SESSION_SECRET,
      WEB_URL,
      BOOTSTRAP_ADMIN: 'admin',
      TIREK_HOME: this.#home,
      DIRECTORY_URL: this.urls.directory,
      CASES_URL: this.urls.cases,
      NOTIFICATIONS_URL: this.urls.notifications,
      MEETINGS_URL: this.urls.meetings,
      REFERRALS_URL: this.urls.referrals,
      SERVICE_PORT: name === 'web' || name === 'relay' ? '0' : String(ports[name]),
      ...(name === 'web' ? {} : { DATABASE_URL: this.#postgres.urlOf(`tirek_${name === 'relay' ? 'cases' : name}`) }),
    })
    const common = { clock: this.clock, log: this.#log, loops: false }
    await migrateAll(this.#postgres.adminUrl, this.#postgres.urlOf)
    this.#directory = await startDirectory({ ...common, config: readConfig(settings('directory'), DIRECTORY_NEEDS) })
    this.#cases = await startCases({ ...common, config: readConfig(settings('cases'), CASES_NEEDS) })
    this.#relay = await startRelay({ ...common, config: readConfig(settings('relay'), RELAY_NEEDS) })
    this.#notifications = await startNotifications({ ...common, config: readConfig(settings('notifications'), NOTIFICATIONS_NEEDS) })
    this.#meetings = await startMeetings({ ...common, config: readConfig(settings('meetings'), MEETINGS_NEEDS), steps: false })
    this.#referrals = await startReferrals({ ...common, config: readConfig(settings('referrals'), REFERRALS_NEEDS), steps: false })
    writeFileSync(join(this.#home, 'index.html'), '<!doctype html><title>pages</title>')
    this.#web = await startWeb({ ...common, config: readConfig(settings('web'), WEB_NEEDS), pages: this.#home, env: {} })
    this.urls.web = this.#web.url
    this.admin = new pg.Pool({ connectionString: this.#postgres.adminUrl, max: 4 })
    this.admin.on('error', () => {})
  }

  async #people(): Promise<void> {
    const { rows } = await this.admin.query<{ id: string }>(`SELECT id FROM directory.person WHERE login = 'admin'`)
    const admin: Who = { person: rows[0]!.id, role: 'administrator', organisation: NO_ORGANISATION, login: 'admin', lang: 'en' }
    this.actors.set('admin', { name: 'admin', side: 'none', role: 'administrator', who: admin })
    for (const side of ['a', 'b'] as const) {
      const name = `Clinic ${this.marks.make('none')}`
      const organisation = await this.#made('POST', '/api/organisations', {
        name: { ru: name, kk: name, en: name },
        prefix: PREFIXES[side],
        territory: `Territory ${side}`,
      })
      this.organisations[side] = organisation
      await this.#bodies(side)
      // The supervisor first: the others are of the team.
      for (const role of ROLE_NAMES.toSorted((one) => (one === 'supervisor' ? -1 : 0))) {
        const login = `${side}.${role}`
        this.actors.set(login, { name: login, side, role, who: await this.#person(login, side, role) })
      }
      for (const role of [...ROLE_NAMES, ...ROLE_NAMES]) {
        const { person } = await this.#person(`${side}.spare.${this.spares.length}`, side, role)
        this.spares.push({ id: person, side })
      }
      // The actors take care of nobody's sign-out but their own: `leaver` is signed out and is nobody else.
      this.actors.set(`${side}.leaver`, {
        name: `${side}.leaver`,
        side,
        role: 'medic',
        who: await this.#person(`${side}.leaver`, side, 'medic'),
      })
      await this.#made('PATCH', `/api/organisations/${organisation}`, {
        head: this.id(`${side}.head`),
        nextInLine: this.id(`${side}.supervisor`),
        supervisor: this.id(`${side}.supervisor`),
      })
      await this.#made('POST', '/api/duty', { organisation, person: this.id(`${side}.medic`), fromDay: '2026-01-01', position: 1 })
    }
    // One of our own services, which may ask what is for services alone.
    this.actors.set('service', { name: 'service', side: 'none' })
    this.actors.set('nobody', { name: 'nobody', side: 'none' })
    this.actors.set('broken', { name: 'broken', side: 'none' })
  }

  /** Whom referrals of this side go to. */
  async #bodies(side: 'a' | 'b'): Promise<void> {
    for (const kind of ['pmpk', 'commission-services', 'guardianship-body'])
      await this.#made('POST', '/api/agencies', {
        kind,
        territory: `Territory ${side}`,
        name: `Body ${this.marks.make('none')}`,
        contacts: [{ name: 'Secretary', email: `${kind}@${side}.test`, lang: 'ru' }],
      })
  }

  async #person(login: string, side: 'a' | 'b', role: Role): Promise<Who> {
    const organisation = this.organisations[side]
    const supervisor = this.actors.get(`${side}.supervisor`)?.who?.person
    const email = `${this.marks.make(side, 'person')}@${side}.test`
    const person = await this.#made('POST', '/api/people', {
      login,
      name: `Person ${this.marks.make(KNOWN_EVERYWHERE.includes(role) ? 'none' : side, 'person')}`,
      role,
      organisation,
      email,
      lang: 'ru',
      ...(supervisor && { supervisor }),
    })
    return { person, role, organisation, login, lang: 'ru' }
  }

  async #made(method: string, path: string, body: unknown): Promise<string> {
    const { token } = await this.sign('admin')
    const answer = await fetch(`${this.urls.directory}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (JSON.parse(text) as { id: string }).id
  }

  id(actor: string): string {
    return this.actors.get(actor)!.who!.person
  }

  /** The bearer token and the pages' cookie of an actor, made anew before they are old. */
  async sign(actor: string): Promise<Signed> {
    const known = this.#signed.get(actor)
    const now = Date.now()
    if (known && now < known.until) return known
    const { who } = this.actors.get(actor)!
    if (!who) throw new Error(`${actor} is nobody who signs in`)
    const token = await this.#issuer.tokenFor({ ...who, signedInAt: now })
    const session = {
      id: crypto.randomUUID(),
      token,
      me: { ...who, name: who.login },
      startedAt: now,
      seenAt: now,
      tokenEnd: now + 3_600_000,
    }
    const cookie = `tirek-443=${await this.#sealer.seal('session', session, 3_600)}`
    const signed = { token, cookie, until: now + TOKEN_MS }
    this.#signed.set(actor, signed)
    return signed
  }

  /** The token of the service that may call this one, for this very request. */
  serviceToken(to: Service, request: { method: string; path: string; body: Buffer | undefined }): Promise<string> {
    if (to === 'web') return Promise.resolve('x')
    const route = `${request.method} ${request.path.split('?')[0]}`
    const by = ((ROUTES[to] as Record<string, { callers?: readonly CallingService[] }>)[route]?.callers?.[0] ?? CALLER_OF[to]) as 'cases'
    return new ServiceCaller(by, scratchKeyOf(by)).token(to, request)
  }

  /** What `leaver` and other people were made to be is undone: the next request finds them as they were. */
  async forgetSignOuts(): Promise<void> {
    await this.admin.query(
      'UPDATE directory.person SET signed_out_at = NULL WHERE id IN (SELECT id FROM directory.person WHERE signed_out_at IS NOT NULL ORDER BY id FOR UPDATE SKIP LOCKED)',
    )
  }

  /** Lets some of the notices that are due go out, so that there are letters to ask for. What is for Temporal is thrown away: it is away. */
  async deliver(): Promise<void> {
    await this.admin.query(`DELETE FROM cases.outbox WHERE kind <> 'notice' OR seq < (SELECT max(seq) - 60 FROM cases.outbox)`)
    await this.admin.query('DELETE FROM cases.refold WHERE case_id NOT IN (SELECT case_id FROM cases.refold LIMIT 20)')
    for (const schema of ['meetings', 'referrals']) await this.admin.query(`DELETE FROM ${schema}.outbox WHERE kind = 'facts'`)
    await this.#meetings.tick()
    await this.#referrals.tick()
    await this.#relay.tick()
    await this.#notifications.tick()
  }

  /** Health of every part, as it says itself. */
  async health(): Promise<Record<string, number>> {
    const services = Object.entries(this.urls)
    return Object.fromEntries(
      await Promise.all(services.map(async ([name, url]) => [name, (await fetch(`${url}/health`)).status] as const)),
    )
  }

  /** How many rows each table holds that forms and changes go to; what readings and refusals add is left out. */
  async counts(): Promise<Record<string, number>> {
    const { rows } = await this.admin.query<{ name: string }>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
        WHERE schemaname = ANY($1) AND tablename !~ '^(trail|migration)' ORDER BY 1`,
      [SERVICES],
    )
    const sql = rows.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS n FROM ${name}`).join(' UNION ALL ')
    const counted = await this.admin.query<{ name: string; n: number }>(sql)
    return Object.fromEntries(counted.rows.map(({ name, n }) => [name, n]))
  }

  async close(): Promise<void> {
    await this.#web?.close()
    await this.#referrals?.close()
    await this.#meetings?.close()
    await this.#relay?.close()
    await this.#cases?.close()
    await this.#notifications?.close()
    await this.#directory?.close()
    await this.admin?.end()
    await this.#post.close()
    await this.#issuer?.stop()
    await this.#postgres?.stop()
    rmSync(this.#home, { recursive: true, force: true })
  }
}
