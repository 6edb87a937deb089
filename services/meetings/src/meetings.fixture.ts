/** A real Postgres, the directory and the cases service over real HTTP, a receiver of mails and notices, and a Clock that moves when told. Temporal is away. */
// oxlint-disable-next-line no-restricted-imports -- a test only: who may see a meeting is decided by the real cases service
import { CASES_NEEDS, startCases, type RunningCases } from '@tirek/cases/app'
// oxlint-disable-next-line no-restricted-imports -- a test only: its schema is made by its own migrations
import { migrateCases } from '@tirek/cases/migrations'
// oxlint-disable-next-line no-restricted-imports -- a test only: people are found by the directory's real views
import { DIRECTORY_NEEDS, startDirectory, type RunningDirectory } from '@tirek/directory/app'
// oxlint-disable-next-line no-restricted-imports -- a test only: its views are made by its own migrations
import { migrateDirectory } from '@tirek/directory/migrations'
import type { MeetingActKind, MeetingPage } from '@tirek/contract/meetings'
import type { MeetingCalledInput } from '@tirek/contract/forms/meeting'
import { Mail, type MailNewsTold } from '@tirek/contract/mails'
import { Notice } from '@tirek/contract/notices'
import type { ReferralReply, UnmatchedMail } from '@tirek/contract/unmatched-mail'
import { addDays } from '@tirek/procedure/time'
import type { Who } from '@tirek/platform/auth'
import { ManualClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { newKey } from '@tirek/platform/keys/key-ring'
import { migrateKeys } from '@tirek/platform/keys/schema'
import { createLog } from '@tirek/platform/log'
import { startScratchIssuer, type ScratchIssuer } from '@tirek/platform/scratch-issuer'
import { freePort, startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { scratchKeyOf, scratchPublicKeys } from '@tirek/platform/scratch-service-keys'
import { ServiceCaller } from '@tirek/platform/service-tokens'
import { createHash, randomUUID } from 'node:crypto'
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

export type Answer<T = any> = { status: number; body: T }
type Person = Who & { token: string }

export class MeetingsWorld {
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
  static async open(more: Record<string, string> = {}): Promise<MeetingsWorld> {
    const world = new MeetingsWorld()
    ;[world.#postgres, world.#issuer] = await Promise.all([startScratchPostgres(), startScratchIssuer()])
    world.#receiver = createServer(async (request, response) => {
      let text = ''
      for await (const part of request) text += String(part)
      if (world.notificationsStatus === 202 && request.url === '/internal/mails') world.mails.push(Mail.parse(JSON.parse(text)))
      if (world.notificationsStatus === 202 && request.url === '/internal/referral-mails') world.referralMails.push(JSON.parse(text))
      if (world.notificationsStatus === 202 && request.url === '/internal/notices') world.notices.push(Notice.parse(JSON.parse(text)))
      if (world.notificationsStatus === 202 && request.url === '/internal/referral-mails/on-paper') world.onPaper.push(JSON.parse(text))
      const items =
        request.url === '/internal/unmatched'
          ? world.unmatched.filter((one) => text.includes(one.meeting!))
          : request.url === '/internal/replies'
            ? (world.replies.get((JSON.parse(text) as { referral: string }).referral) ?? [])
            : []
      response.writeHead(world.notificationsStatus, { 'content-type': 'application/json' }).end(JSON.stringify({ items }))
    })
    await new Promise<void>((listening) => world.#receiver.listen(0, '127.0.0.1', listening))
    const ports = { directory: await freePort(), cases: await freePort(), temporal: await freePort(), meetings: await freePort() }
    world.temporalPort = ports.temporal
    world.#env = {
      NODE_ENV: 'test',
      KEYS_DATABASE_URL: world.#postgres.urlOf('tirek_keys'),
      ENCRYPTION_KEYS: RING,
      ISSUER_URL: world.#issuer.url,
      SERVICE_PUBLIC_KEYS: scratchPublicKeys,
      TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
      WEB_URL: 'https://tirek.test',
      TIREK_HOME: world.#home,
      BOOTSTRAP_ADMIN: 'admin',
      DIRECTORY_URL: `http://127.0.0.1:${ports.directory}`,
      CASES_URL: `http://127.0.0.1:${ports.cases}`,
      MEETINGS_URL: `http://127.0.0.1:${ports.meetings}`,
      NOTIFICATIONS_URL: `http://127.0.0.1:${(world.#receiver.address() as AddressInfo).port}`,
      ...more,
    }
    await world.#migrate()
    const { clock } = world
    world.#directory = await startDirectory({
      config: readConfig(world.#for('directory', ports.directory), DIRECTORY_NEEDS),
      clock,
      log,
      loops: false,
    })
    world.cases = await startCases({
      config: readConfig(world.#for('cases', ports.cases), CASES_NEEDS),
      clock,
      log,
      loops: false,
      coalesceMs: 0,
    })
    await world.start()
    world.admin = new pg.Pool({ connectionString: world.#postgres.adminUrl, max: 4 })
    world.admin.on('error', () => {})
    await world.#staff()
    return world
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

  async ask<T = any>(
    login: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    key: string = randomUUID(),
  ): Promise<Answer<T>> {
    return this.#ask(
      path.startsWith('/api/meetings') || path.startsWith('/internal') ? this.meetings.url : this.cases.url,
      login,
      method,
      path,
      body,
      key,
    )
  }

  async #ask(url: string, login: string | undefined, method: string, path: string, body: unknown, key: string): Promise<Answer> {
    const answer = await fetch(url + path, {
      method,
      headers: {
        'accept-language': 'en',
        ...(login ? { authorization: `Bearer ${this.people.get(login)!.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': key } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : undefined }
  }

  /** A case of aigul's whose plan stands. */
  async caseWithPlan(login = 'aigul'): Promise<{ id: string; number: string }> {
    const at = new Date(this.clock.now()).toISOString()
    const opened = await this.ask(login, 'POST', '/api/cases', {
      child: { name: `Ребёнок ${randomUUID().slice(0, 8)}`, birthDate: '2024-03-05', sex: 'female' },
      asker: { notNamed: true },
      ground: 'Соседи слышат крики',
      channel: 'phone',
      source: 'public',
      reportedAt: at,
      criteria: ['M1'],
      level: 'medium',
    })
    if (opened.status !== 201) throw new Error(JSON.stringify(opened.body))
    const { id, number } = opened.body.summary
    await this.actOnCase(login, id, 'placement-recorded', { placement: 'with-parents' })
    await this.actOnCase(login, id, 'primary-assessment-done', { outcome: 'confirmed', reason: 'Подтвердилось' })
    return { id, number }
  }

  /** Assessment and plan of a case that has neither. */
  async planFor(caseId: string, login = 'aigul'): Promise<void> {
    const said = { care: 'слабая' }
    await this.actOnCase(login, caseId, 'assessment-finished', {
      cause: 'Риск отказа',
      timeAndPeople: 'ноябрь',
      health: { body: 'здоров' },
      care: said,
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
    await this.actOnCase(login, caseId, 'plan-signed', {
      planVersion: 1,
      needs: [{ kind: 'family', text: 'Жилье' }],
      measures: [{ id: randomUUID(), action: 'Оформить пособие', due: addDays(this.monday, 30), responsible: 'family' }],
    })
  }

  async actOnCase(login: string, caseId: string, kind: string, form: unknown): Promise<void> {
    const { rows } = await this.admin.query('SELECT version FROM cases."case" WHERE id = $1', [caseId])
    const body = { happenedAt: new Date(this.clock.now()).toISOString(), version: rows[0].version, form }
    const { status, body: answer } = await this.ask(login, 'POST', `/api/cases/${caseId}/acts/${kind}`, body)
    if (status !== 200) throw new Error(`${kind}: ${status} ${JSON.stringify(answer)}`)
  }

  /** Six agencies, the first two needed, a nurse's colleague and a grandmother without an address. */
  calledForm(caseId: string, more: Partial<MeetingCalledInput> = {}): MeetingCalledInput {
    return {
      caseId,
      kind: 'interagency',
      agenda: ['Помощь семье с жильем'],
      place: 'Кабинет 214',
      startsAt: this.when(10, '15:00'),
      endsAt: this.when(10, '16:30'),
      agreement: { supervisor: this.id('saule'), day: this.monday },
      phone: '+77010000001',
      invitees: [
        ...this.agencies.slice(0, 5).map((agency, n) => ({ who: 'agency' as const, agency, role: `роль ${n + 1}`, needed: n < 2 })),
        { who: 'person', person: this.id('erlan'), role: 'психолог' },
        { who: 'family', name: 'Роза Ахметова', phone: '+77015550008', lang: 'kk', role: 'бабушка' },
      ],
      ...more,
    }
  }

  async call(caseId: string, more: Partial<MeetingCalledInput> = {}, login = 'aigul'): Promise<MeetingPage> {
    const { status, body } = await this.ask(login, 'POST', '/api/meetings', this.calledForm(caseId, more))
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
    return body
  }

  /** Records an act on the newest version; throws when it is refused. */
  async act(meeting: { id: string }, act: MeetingActKind, form: unknown, login = 'aigul'): Promise<MeetingPage> {
    const { status, body } = await this.tryAct(meeting, act, form, login)
    if (status !== 200) throw new Error(`${act}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  async tryAct(meeting: { id: string }, act: MeetingActKind, form: unknown, login = 'aigul', version?: number): Promise<Answer> {
    const { rows } = await this.admin.query('SELECT version FROM meetings.meeting WHERE id = $1', [meeting.id])
    return this.ask(login, 'POST', `/api/meetings/${meeting.id}/${act}`, { version: version ?? rows[0].version, form })
  }

  async page(meeting: { id: string }, login = 'aigul'): Promise<MeetingPage> {
    return (await this.ask(login, 'GET', `/api/meetings/${meeting.id}`)).body
  }

  /** Tells the service something as the notifications service does. */
  news = (news: MailNewsTold, expected = 200): Promise<any> => this.#asService('notifications', '/internal/mail-news', news, expected)

  /** Asks as the relay of the cases does when a case is erased. Its workflows cannot be ended while Temporal is away: 503. */
  erase = (caseId: string, expected = 503): Promise<any> => this.#asService('relay', '/internal/cases/erase', { caseId }, expected)

  /** A file as the notifications service asks for it when its link is opened. */
  async fileFor(id: string): Promise<unknown> {
    const path = `/internal/files/${id}`
    const token = await new ServiceCaller('notifications', scratchKeyOf('notifications')).token('meetings', {
      method: 'GET',
      path,
      body: undefined,
    })
    return (await fetch(this.meetings.url + path, { headers: { authorization: `Bearer ${token}` } })).json()
  }

  /** Status and SHA-256 of what is downloaded. */
  async bytes(login: string, path: string): Promise<[number, string]> {
    const answer = await fetch(this.meetings.url + path, { headers: { authorization: `Bearer ${this.people.get(login)!.token}` } })
    return [
      answer.status,
      createHash('sha256')
        .update(Buffer.from(await answer.arrayBuffer()))
        .digest('hex'),
    ]
  }

  /** Signs in anew: a token of now. */
  async signIn(login: string): Promise<void> {
    const person = this.people.get(login)!
    person.token = await this.#issuer.tokenFor({ ...person, signedInAt: Date.now() })
  }

  heldOf = (caseId: string, as: 'cases' | 'relay' = 'cases'): Promise<any> => this.#asService(as, '/internal/cases/held', { caseId }, 200)

  async #asService(name: 'cases' | 'notifications' | 'relay', path: string, what: unknown, expected: number): Promise<any> {
    const body = JSON.stringify(what)
    const answer = await fetch(this.meetings.url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await new ServiceCaller(name, scratchKeyOf(name)).token('meetings', { method: 'POST', path, body })}`,
      },
      body,
    })
    if (answer.status !== expected) throw new Error(`${answer.status} ${await answer.text()}`)
    return answer.json()
  }

  /** An answer by calendar or link, given now. */
  answer(meeting: MeetingPage, nth: number, answer: 'accepted' | 'declined' | 'tentative', more: object = {}): Promise<any> {
    return this.news({
      what: 'answer',
      key: randomUUID(),
      meeting: meeting.id,
      invitee: meeting.invitees[nth]!.id,
      by: 'calendar',
      answer,
      at: this.clock.now(),
      ...more,
    })
  }

  /** Carries mails, acts and notices; what is for Temporal is thrown away, since it is away and each try takes seconds. */
  async deliver(): Promise<void> {
    await this.admin.query(`DELETE FROM cases.outbox; DELETE FROM meetings.outbox WHERE kind = 'facts'`)
    while ((await this.meetings.tick()) > 0)
      await this.admin.query(`DELETE FROM cases.outbox; DELETE FROM meetings.outbox WHERE kind = 'facts'`)
  }

  /** Mails as they were asked for: by sequence, then by address. */
  sent(): Mail[] {
    const at = ({ calendar, about, to }: Mail) => `${calendar?.sequence ?? about.protocol?.version ?? 0} ${to.address}`
    return this.mails.toSorted((a, b) => (at(a) < at(b) ? -1 : 1))
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
