/** The world of meetings, with the referrals service beside it: Postgres, directory, cases and meetings are real, Temporal is away. */
// oxlint-disable-next-line no-restricted-imports -- a test only: what a review decided is told by the real meetings service
import { MeetingsWorld, type Answer } from '@tirek/meetings/meetings.fixture'
import type { ReferralAnswerInput, ReferralPreparedInput } from '@tirek/contract/forms/referral'
import { ReferralMail, type ReferralMailNews } from '@tirek/contract/referral-mails'
import type { ReferralActKind, ReferralPage } from '@tirek/contract/referrals'
import { addDays } from '@tirek/procedure/time'
import { createLog } from '@tirek/platform/log'
import { freePort } from '@tirek/platform/scratch-postgres'
import { scratchKeyOf } from '@tirek/platform/scratch-service-keys'
import { ServiceCaller } from '@tirek/platform/service-tokens'
import { createHash, randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { startReferrals, type ReferralsConfig, type RunningReferrals } from './app.ts'
import { migrateReferrals } from './migrations.ts'

/** Every line that the service has logged, of whatever level. */
const said: string[] = []
const heard = process.env['TEST_LOG'] ? createLog('test') : pino({ level: 'trace' }, { write: (line) => void said.push(line) })

export class ReferralsWorld {
  readonly meetings: MeetingsWorld
  readonly said = said
  referrals!: RunningReferrals
  readonly commission = randomUUID()
  readonly minors = randomUUID()
  readonly pmpk = randomUUID()
  readonly guardians = randomUUID()
  #port = 0

  private constructor(meetings: MeetingsWorld) {
    this.meetings = meetings
  }

  static async open(): Promise<ReferralsWorld> {
    const port = await freePort()
    const world = new ReferralsWorld(await MeetingsWorld.open({ REFERRALS_URL: `http://127.0.0.1:${port}` }))
    world.#port = port
    await migrateReferrals(world.meetings.adminUrl(), world.meetings.urlOf('tirek_referrals'))
    await world.start()
    await world.#agencies()
    return world
  }

  config(): ReferralsConfig {
    return {
      ...this.meetings.config(),
      SERVICE_KEY: scratchKeyOf('referrals'),
      SERVICE_PORT: this.#port,
      DATABASE_URL: this.meetings.urlOf('tirek_referrals'),
      MEETINGS_URL: this.meetings.meetings.url,
    }
  }

  async start(): Promise<void> {
    this.referrals = await startReferrals({ config: this.config(), clock: this.clock, log: heard, loops: false, steps: false })
  }

  /** A commission whose secretary may get files, others who may not; one body in another town. */
  async #agencies(): Promise<void> {
    for (const [id, kind, territory, name, powers] of [
      [this.commission, 'commission-services', 'Almaty', 'Комиссия', null],
      [this.minors, 'commission-minors', 'Almaty', 'Комиссия по делам несовершеннолетних', 'Постановление № 5'],
      [this.pmpk, 'pmpk', 'Almaty', 'ПМПК № 2', null],
      [this.guardians, 'guardianship-body', 'Almaty', 'Отдел опеки', null],
      [randomUUID(), 'guardianship-body', 'Astana', 'Опека Астаны', null],
    ] as const) {
      await this.rows('INSERT INTO directory.agency (id, kind, territory, name, powers) VALUES ($1, $2, $3, $4, $5)', [
        ...[id, kind, territory, name, powers],
      ])
      const mark = id === this.commission ? [this.id('saule'), 0] : [null, null]
      await this.rows(
        `INSERT INTO directory.agency_contact (id, agency, place, name, email, phone, lang, marked_by, marked_at) VALUES ($1, $2, 1, $3, $4, '+77012223344', 'ru', $5, $6)`,
        [randomUUID(), id, 'Г. Сериков', `${kind}@example.org`, ...mark],
      )
    }
  }

  get clock() {
    return this.meetings.clock
  }
  id = (login: string): string => this.meetings.id(login)
  rows = <T = Record<string, any>>(sql: string, values: unknown[] = []): Promise<T[]> => this.meetings.rows<T>(sql, values)
  mails = (): ReferralMail[] =>
    this.meetings.referralMails
      .map((mail) => ReferralMail.parse(mail))
      .toSorted((a, b) => a.sending - b.sending || a.key.length - b.key.length)
  notices = (referral: { id: string }) => this.meetings.notices.filter(({ deadlineKey }) => deadlineKey === `referral/${referral.id}`)

  /** A case with a plan whose review in the sixth month decided to separate; the meeting with its protocol. */
  async decidedCase(decision: 'separate' | 'extend-stay' | 'continue' = 'separate', more: object = {}, { isApproved = true } = {}) {
    if (this.clock.now() >= this.meetings.at(10, '15:00')) this.meetings.goOn()
    const file = await this.meetings.caseWithPlan()
    await this.meetings.planFor(file.id)
    const meeting = await this.meetings.call(file.id, { kind: 'review' })
    this.clock.set(this.meetings.at(10, '15:00'))
    const grandmother = meeting.invitees.at(-1)!
    await this.meetings.act(meeting, 'held', {
      heldAt: this.meetings.when(10, '15:00'),
      attendance: [{ invitee: grandmother.id, came: true }],
      needs: ['Безопасный дом'],
      measures: [{ action: 'Подготовить ребенка', responsible: 'психолог', due: addDays(this.meetings.monday, 40) }],
      decision,
      reason: 'Семья не справляется',
      toCommission: decision !== 'continue',
      dissent: [{ invitee: grandmother.id, reasons: 'Готова взять внука к себе', demands: 'foster-family' }],
      next: { startsAt: this.meetings.when(40, '15:00'), endsAt: this.meetings.when(40, '16:00') },
      ...more,
    })
    if (isApproved) await this.meetings.act(meeting, 'protocol-approved', {})
    await this.meetings.deliver()
    return { ...file, meeting: meeting.id }
  }

  /** Monday, some weeks later. */
  goOn(): void {
    this.meetings.goOn()
    this.meetings.referralMails.length = 0
    this.meetings.notices.length = 0
  }
  day = (n: number): string => addDays(this.meetings.monday, n)

  async ask<T = any>(
    login: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    key: string = randomUUID(),
  ): Promise<Answer<T>> {
    const answer = await fetch(this.referrals.url + path, {
      method,
      headers: {
        'accept-language': 'en',
        ...(login ? { authorization: `Bearer ${this.meetings.people.get(login)!.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': key } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : undefined }
  }

  form(file: { id: string; meeting?: string }, more: Partial<ReferralPreparedInput> = {}): ReferralPreparedInput {
    return {
      caseId: file.id,
      body: 'commission',
      question: 'removal',
      ...(file.meeting && { meeting: file.meeting }),
      letter: 'Просим рассмотреть форму устройства',
      ...more,
    }
  }

  async prepare(file: { id: string; meeting?: string }, more: Partial<ReferralPreparedInput> = {}, login = 'aigul'): Promise<ReferralPage> {
    const { status, body } = await this.ask(login, 'POST', '/api/referrals', this.form(file, more))
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
    return body
  }

  /** Prepared, packed and sent by mail. */
  async sent(file: { id: string; meeting?: string }, more: Partial<ReferralPreparedInput> = {}): Promise<ReferralPage> {
    const referral = await this.prepare(file, more)
    await this.act(referral, 'packet-made', {})
    return this.act(referral, 'sent', { way: 'mail' })
  }

  /** Records an act on the newest version; throws when it is refused. */
  async act(referral: { id: string }, act: ReferralActKind, form: unknown, login = 'aigul'): Promise<ReferralPage> {
    const { status, body } = await this.tryAct(referral, act, form, login)
    if (status !== 200) throw new Error(`${act}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  async tryAct(referral: { id: string }, act: ReferralActKind, form: unknown, login = 'aigul', version?: number): Promise<Answer> {
    const [row] = await this.rows('SELECT version FROM referrals.referral WHERE id = $1', [referral.id])
    return this.ask(login, 'POST', `/api/referrals/${referral.id}/${act}`, { version: version ?? row!['version'], form })
  }

  page = async (referral: { id: string }, login = 'aigul'): Promise<ReferralPage> =>
    (await this.ask(login, 'GET', `/api/referrals/${referral.id}`)).body

  /** What the body answers by its link. */
  byLink(referral: { id: string }, form: ReferralAnswerInput, key = `link/${randomUUID()}`): Promise<Answer> {
    const asked = { key, referral: referral.id, sending: 1, at: this.clock.now(), form }
    return this.asService('notifications', 'POST', '/internal/answers', asked)
  }

  news = (news: Omit<ReferralMailNews, 'copies'>): Promise<Answer> => this.asService('notifications', 'POST', '/internal/mail-news', news)

  async asService(name: 'cases' | 'notifications' | 'relay' | 'meetings', method: string, path: string, what?: unknown): Promise<Answer> {
    const body = what === undefined ? undefined : JSON.stringify(what)
    const token = await new ServiceCaller(name, scratchKeyOf(name)).token('referrals', { method, path, body })
    const answer = await fetch(this.referrals.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : undefined }
  }

  /** Status and SHA-256 of what is downloaded. */
  async bytes(login: string, path: string): Promise<[number, string]> {
    const answer = await fetch(this.referrals.url + path, {
      headers: { authorization: `Bearer ${this.meetings.people.get(login)!.token}` },
    })
    const bytes = Buffer.from(await answer.arrayBuffer())
    return [answer.status, createHash('sha256').update(bytes).digest('hex')]
  }

  /** Carries mails, acts and notices; what is for Temporal is thrown away, since it is away and each try takes seconds. */
  async deliver(): Promise<void> {
    const drop = () => this.rows(`DELETE FROM referrals.outbox WHERE kind = 'facts'`).then(() => this.rows('DELETE FROM cases.outbox'))
    await drop()
    while ((await this.referrals.tick()) > 0) await drop()
  }

  async close(): Promise<void> {
    await this.referrals?.close()
    await this.meetings.close()
  }
}
