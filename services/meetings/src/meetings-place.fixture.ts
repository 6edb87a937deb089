/** Where the tests of meetings happen: Postgres, directory, cases and meetings over real HTTP, a receiver of what is sent, people and agencies, and a Clock that moves when told. */
// oxlint-disable-next-line no-restricted-imports -- a test only: who may see a meeting is decided by the real cases service
import { CASES_NEEDS, startCases, type RunningCases } from '@tirek/cases/app'
// oxlint-disable-next-line no-restricted-imports -- a test only: its schema is made by its own migrations
import { migrateCases } from '@tirek/cases/migrations'
// oxlint-disable-next-line no-restricted-imports -- a test only: people are found by the directory's real views
import { DIRECTORY_NEEDS, startDirectory, type RunningDirectory } from '@tirek/directory/app'
// oxlint-disable-next-line no-restricted-imports -- a test only: its views are made by its own migrations
import { migrateDirectory } from '@tirek/directory/migrations'
import { Mail } from '@tirek/contract/mails'
import { Notice } from '@tirek/contract/notices'
import type { ReferralReply, UnmatchedMail } from '@tirek/contract/unmatched-mail'
import { addDays } from '@tirek/procedure/time'
import type { Who } from '@tirek/platform/auth'
import { machineClock, ManualClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { newKey } from '@tirek/platform/keys/key-ring'
import { migrateKeys } from '@tirek/platform/keys/schema'
import { createLog } from '@tirek/platform/log'
import { startScratchIssuer, type ScratchIssuer } from '@tirek/platform/scratch-issuer'
import { freePort, startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { scratchKeyOf, scratchPublicKeys } from '@tirek/platform/scratch-service-keys'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { MEETINGS_NEEDS, startMeetings, type RunningMeetings } from './app.ts'
import { migrateMeetings } from './migrations.ts'

export const local = (text: string) => Date.parse(`${text}+05:00`)
const log = createLog('test', process.env['TEST_LOG'] ?? 'silent')
/** Every line that the service has logged, of whatever level. */
const said: string[] = []
const heard = pino({ level: 'trace' }, { write: (line) => void said.push(line) })
const RING = newKey('test')

type Person = Who & { token: string }

export class MeetingsPlace {
  /** The first day of the world, a Monday; each test goes on in another week. */
  monday = '2026-11-16'
  readonly clock = new ManualClock(local(`${this.monday}T10:00:00`))
  readonly organisation = randomUUID()
  readonly otherOrganisation = randomUUID()
  readonly people = new Map<string, Person>()
  readonly agencies: string[] = []
  readonly mails: Mail[] = []
  readonly notices: Notice[] = []
  /** As the referrals service asks for them. */
  readonly referralMails: unknown[] = []
  /** Mail that the notifications service keeps and that nobody could match. */
  readonly unmatched: UnmatchedMail[] = []
  /** Sendings on paper that it was told of. */
  readonly onPaper: { referral: string; sending: number }[] = []
  /** Replies to mails of referrals that it keeps, by the id of the referral. */
  readonly replies = new Map<string, ReferralReply[]>()
  readonly said = said
  /** What the notifications service answers. */
  notificationsStatus = 202
  /** Where Temporal is looked for. */
  temporalPort = 0
  meetings!: RunningMeetings
  cases!: RunningCases
  admin!: pg.Pool
  #postgres!: ScratchPostgres
  #issuer!: ScratchIssuer
  #directory!: RunningDirectory
  #receiver!: Server
  #env: Record<string, string> = {}
  readonly #home = mkdtempSync(join(tmpdir(), 'tirek-meetings-'))

  /** `more`: settings of the services, such as where another one is. */
  protected async boot(more: Record<string, string>): Promise<void> {
    ;[this.#postgres, this.#issuer] = await Promise.all([startScratchPostgres(), startScratchIssuer()])
    this.#receiver = createServer(async (request, response) => {
      let text = ''
      for await (const part of request) text += String(part)
      if (this.notificationsStatus === 202 && request.url === '/internal/mails') this.mails.push(Mail.parse(JSON.parse(text)))
      if (this.notificationsStatus === 202 && request.url === '/internal/referral-mails') this.referralMails.push(JSON.parse(text))
      if (this.notificationsStatus === 202 && request.url === '/internal/notices') this.notices.push(Notice.parse(JSON.parse(text)))
      if (this.notificationsStatus === 202 && request.url === '/internal/referral-mails/on-paper') this.onPaper.push(JSON.parse(text))
      const items =
        request.url === '/internal/unmatched'
          ? this.unmatched.filter((one) => text.includes(one.meeting!))
          : request.url === '/internal/replies'
            ? (this.replies.get((JSON.parse(text) as { referral: string }).referral) ?? [])
            : []
      response.writeHead(this.notificationsStatus, { 'content-type': 'application/json' }).end(JSON.stringify({ items }))
    })
    await new Promise<void>((listening) => this.#receiver.listen(0, '127.0.0.1', listening))
    const ports = { directory: await freePort(), cases: await freePort(), temporal: await freePort(), meetings: await freePort() }
    this.temporalPort = ports.temporal
    this.#env = {
      NODE_ENV: 'test',
      KEYS_DATABASE_URL: this.#postgres.urlOf('tirek_keys'),
      ENCRYPTION_KEYS: RING,
      ISSUER_URL: this.#issuer.url,
      SERVICE_PUBLIC_KEYS: scratchPublicKeys,
      TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
      WEB_URL: 'https://tirek.test',
      TIREK_HOME: this.#home,
      BOOTSTRAP_ADMIN: 'admin',
      DIRECTORY_URL: `http://127.0.0.1:${ports.directory}`,
      CASES_URL: `http://127.0.0.1:${ports.cases}`,
      MEETINGS_URL: `http://127.0.0.1:${ports.meetings}`,
      NOTIFICATIONS_URL: `http://127.0.0.1:${(this.#receiver.address() as AddressInfo).port}`,
      ...more,
    }
    await this.#migrate()
    const { clock } = this
    this.#directory = await startDirectory({
      config: readConfig(this.#for('directory', ports.directory), DIRECTORY_NEEDS),
      clock,
      log,
      loops: false,
    })
    this.cases = await startCases({
      config: readConfig(this.#for('cases', ports.cases), CASES_NEEDS),
      clock,
      log,
      loops: false,
      coalesceMs: 0,
    })
    await this.start()
    this.admin = new pg.Pool({ connectionString: this.#postgres.adminUrl, max: 4 })
    this.admin.on('error', () => {})
    await this.#staff()
  }

  async #migrate(): Promise<void> {
    const { adminUrl, urlOf } = this.#postgres
    await migrateDirectory(adminUrl, urlOf('tirek_directory'))
    await migrateCases(adminUrl, { cases: urlOf('tirek_cases') })
    await migrateKeys(adminUrl, urlOf('tirek_keys'))
    await migrateMeetings(adminUrl, urlOf('tirek_meetings'))
  }

  #for(service: 'directory' | 'cases' | 'meetings', port: number): Record<string, string> {
    return {
      ...this.#env,
      SERVICE_KEY: scratchKeyOf(service),
      SERVICE_PORT: String(port),
      DATABASE_URL: this.#postgres.urlOf(`tirek_${service}`),
    }
  }

  config = () => readConfig(this.#for('meetings', Number(new URL(this.#env['MEETINGS_URL']!).port)), MEETINGS_NEEDS)

  async start(): Promise<void> {
    this.meetings = await startMeetings({
      config: this.config(),
      clock: this.clock,
      log: heard,
      loops: false,
      steps: false,
    })
  }

  async #staff(): Promise<void> {
    for (const [id, prefix] of [
      [this.organisation, 'ALM'],
      [this.otherOrganisation, 'AST'],
    ] as const)
      await this.admin.query(
        `INSERT INTO directory.organisation (id, name_ru, name_kk, name_en, prefix, territory) VALUES ($1, 'Поликлиника № 1', '№ 1 емхана', 'Clinic 1', $2, 'Almaty')`,
        [id, prefix],
      )
    await this.add('saule', 'supervisor')
    await this.add('aigul', 'social-worker', 'saule')
    await this.add('dana', 'social-worker', 'saule')
    await this.add('erlan', 'psychologist', 'saule')
    await this.add('nurlan', 'head')
    await this.add('boss', 'supervisor', undefined, this.otherOrganisation)
    await this.add('astana', 'social-worker', 'boss', this.otherOrganisation)
    for (let n = 1; n <= 6; n++) {
      const id = randomUUID()
      this.agencies.push(id)
      await this.admin.query(`INSERT INTO directory.agency (id, kind, territory, name) VALUES ($1, 'police', 'Almaty', $2)`, [
        id,
        `Ведомство ${n}`,
      ])
      await this.admin.query(
        `INSERT INTO directory.agency_contact (id, agency, place, name, email, phone, lang, marked_by, marked_at) VALUES ($1, $2, 1, $3, $4, '+77010000000', $5, $6, $7)`,
        // The first one is marked: files may be sent to it.
        [
          randomUUID(),
          id,
          `Контакт ${n}`,
          `agency${n}@example.org`,
          n === 2 ? 'kk' : 'ru',
          n === 1 ? this.id('saule') : null,
          n === 1 ? 0 : null,
        ],
      )
    }
  }

  /** Monday, some weeks later. */
  goOn(): void {
    this.monday = addDays(this.monday, 42)
    this.clock.set(this.at(0, '10:00'))
  }

  /** So many days after the Monday, at a local time: as a form writes it. */
  when = (days: number, time: string): string => `${addDays(this.monday, days)}T${time}:00+05:00`
  at = (days: number, time: string): number => Date.parse(this.when(days, time))

  async add(login: string, role: Who['role'], supervisor?: string, organisation = this.organisation): Promise<void> {
    const who: Who = { person: randomUUID(), role, organisation, login, lang: 'ru' }
    this.people.set(login, { ...who, token: await this.#issuer.tokenFor(who) })
    await this.admin.query(
      `INSERT INTO directory.person (id, login, name, role, organisation, email, lang, digest, active, supervisor) VALUES ($1, $2, $2, $3, $4, $5, 'ru', true, true, $6)`,
      [who.person, login, role, organisation, `${login}@example.org`, supervisor ? this.id(supervisor) : null],
    )
  }

  id = (login: string): string => this.people.get(login)!.person

  /** Signs in anew: a token of now. */
  async signIn(login: string): Promise<void> {
    const person = this.people.get(login)!
    person.token = await this.#issuer.tokenFor({ ...person, signedInAt: machineClock.now() })
  }

  urlOf = (role: string): string => this.#postgres.urlOf(role)
  adminUrl = (): string => this.#postgres.adminUrl

  async rows<T = Record<string, any>>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.admin.query(sql, values)).rows as T[]
  }

  async close(): Promise<void> {
    await this.meetings?.close()
    await this.cases?.close()
    await this.#directory?.close()
    await this.admin?.end()
    this.#receiver?.closeAllConnections()
    this.#receiver?.close()
    await this.#issuer?.stop()
    await this.#postgres?.stop()
    rmSync(this.#home, { recursive: true, force: true })
  }
}
