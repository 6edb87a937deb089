/** The service on a real Postgres with a real mail server and a directory's people, the Clock moved by hand. */
// oxlint-disable-next-line no-restricted-imports -- a test only: people are found by the directory's real views
import { DIRECTORY_NEEDS, startDirectory, type RunningDirectory } from '@tirek/directory/app'
// oxlint-disable-next-line no-restricted-imports -- a test only: its views are made by its own migrations
import { migrateDirectory } from '@tirek/directory/migrations'
import { MailNewsTold, type MailAttachment, type MailNews } from '@tirek/contract/mails'
import type { NoticeInput } from '@tirek/contract/notices'
import type { Who } from '@tirek/platform/auth'
import { ManualClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { startScratchIssuer, type ScratchIssuer } from '@tirek/platform/scratch-issuer'
import { startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { scratchKeyOf, scratchPublicKeys } from '@tirek/platform/scratch-service-keys'
import { ServiceCaller, ServiceDoor } from '@tirek/platform/service-tokens'
import { ROUTES } from '@tirek/policy/work'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { NOTIFICATIONS_NEEDS, startNotifications, type RunningNotifications } from './app.ts'
import { migrateNotifications } from './migrations.ts'
import { ScratchMailServer } from './mail/scratch-mail-server.ts'
import { asReferrals, newReferrals } from './referrals/referrals-service.fixture.ts'

export const local = (text: string) => Date.parse(`${text}:00+05:00`)
const callers = {
  cases: new ServiceCaller('cases', scratchKeyOf('cases')),
  meetings: new ServiceCaller('meetings', scratchKeyOf('meetings')),
  referrals: new ServiceCaller('referrals', scratchKeyOf('referrals')),
  relay: new ServiceCaller('relay', scratchKeyOf('relay')),
}
/** Every line that a service has logged, of whatever level. */
export const said: string[] = []
export const log = pino({ level: 'trace' }, { write: (line) => void said.push(line) })
export const NOON = local('2026-11-24T12:00')

export let postgres: ScratchPostgres
export let issuer: ScratchIssuer
let directory: RunningDirectory
export let mail: ScratchMailServer
export let notifications: RunningNotifications
export let clock: ManualClock
let cases: Server
export let client: pg.Client
let env: Record<string, string>
/** Deadlines that the cases service says are closed, and steps that it says are spared; `away`: it does not answer. */
export const closed = new Set<string>()
/** What the world around does now; set anew before each test. */
export const around = { casesAway: false, gatewayAnswer: 204, meetingsAnswer: 204, refusesTogether: false }
/** What the meetings service was told and took, in that order. */
export const news: MailNews[] = []
/** Files that the meetings service has. */
export const files = new Map<string, MailAttachment>()
export const alerts: { body: any; text: string }[] = []

const ORGANISATION = randomUUID()
export const people = {
  worker: randomUUID(),
  deputy: randomUUID(),
  supervisor: randomUUID(),
  next: randomUUID(),
  head: randomUUID(),
  duty: randomUUID(),
  admin: randomUUID(),
  silent: randomUUID(),
}
type Name = keyof typeof people

type Answer = { status: number; body?: unknown }
const listen = async (
  answer: (path: string, body: any, more: { method: string; text: string; authorization: string }) => Answer | Promise<Answer>,
): Promise<Server> => {
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += String(part)
    const { status, body } = await answer(request.url ?? '', text ? JSON.parse(text) : undefined, {
      method: request.method ?? '',
      text,
      authorization: request.headers.authorization ?? '',
    })
    response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return server
}
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
let gateway: Server
let meetings: Server
let referralsService: Server

/** The meetings service as this one sees it: its own door, and only what the contract knows. */
const asMeetings = async (asked: { method: string; path: string; text: string; authorization: string }) => {
  await new ServiceDoor('meetings', scratchPublicKeys).check(asked.authorization.replace(/^Bearer /, ''), {
    ...asked,
    body: asked.text || undefined,
  })
  if (around.meetingsAnswer >= 300) return { status: around.meetingsAnswer }
  const file = /^\/internal\/files\/([0-9a-f-]{36})$/.exec(asked.path)?.[1]
  if (file) return files.has(file) ? { status: 200, body: files.get(file) } : { status: 404 }
  if (asked.path !== '/internal/mail-news') return { status: 404 }
  const told = MailNewsTold.parse(JSON.parse(asked.text))
  if ('items' in told && around.refusesTogether) return { status: 400 }
  news.push(...('items' in told ? told.items : [told]))
  return { status: around.meetingsAnswer }
}
let home: string

export const start = (more: Record<string, string> = {}, loops = false) =>
  startNotifications({
    config: readConfig({ ...env, DATABASE_URL: postgres.urlOf('tirek_notifications'), SMTP_URL: mail.url, ...more }, NOTIFICATIONS_NEEDS),
    clock,
    log,
    loops,
  })

/** The first of those who may ask this. */
const callerOf = (path: string) =>
  (ROUTES.notifications as Record<string, { callers?: readonly string[] }>)[`POST ${path}`]!.callers![0] as keyof typeof callers
/** As the service that asks this. */
export async function post(path: string, body: unknown, expected = 202, as: keyof typeof callers = callerOf(path)): Promise<any> {
  const answer = await fetch(notifications.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await callers[as].token('notifications', { method: 'POST', path, body: JSON.stringify(body) })}`,
    },
    body: JSON.stringify(body),
  })
  if (answer.status !== expected) throw new Error(`${answer.status} ${await answer.text()}`)
  return answer.json()
}

export const who = (name: Name, role: Who['role']): Who => ({
  person: people[name],
  role,
  organisation: ORGANISATION,
  login: name,
  lang: 'ru',
})
export async function get(name: Name, role: Who['role'], path: string, method = 'GET'): Promise<{ status: number; body: any }> {
  const answer = await fetch(notifications.url + path, {
    method,
    headers: { authorization: `Bearer ${await issuer.tokenFor(who(name, role))}` },
  })
  const text = await answer.text()
  return { status: answer.status, body: text ? JSON.parse(text) : undefined }
}

export const CASE = '0190e000-0000-7000-8000-000000000001'
let n = 0
export function hour(whom: NoticeInput['steps'][number]['whom'], more: Partial<NoticeInput> = {}): NoticeInput {
  const key = `CP-10/0/${whom.join('+')}/${n++}`
  return {
    key,
    caseId: CASE,
    caseNumber: 'П1-2026-7',
    organisation: ORGANISATION,
    programme: 'child-protection',
    rule: 'CP-10',
    row: 'urgent-measures',
    deadlineKey: 'CP-10/0',
    hour: 0,
    urgent: true,
    due: NOON + 3_600_000,
    receivedAt: NOON,
    sendAt: clock.now(),
    steps: [{ key, do: 'escalate', at: clock.now(), whom, repeat: 0 }],
    people: { caseManager: people.worker },
    ...more,
  }
}
export const visit = (of: string, whom: NoticeInput['steps'][number]['whom'], more: Partial<NoticeInput> = {}): NoticeInput => ({
  ...hour(whom),
  caseNumber: of,
  caseId: `0190e000-0000-7000-8000-${of.replace(/\D/g, '').padStart(12, '0')}`,
  rule: 'CP-40',
  row: 'contact-home',
  deadlineKey: 'CP-40/2026-11-24',
  hour: undefined,
  urgent: false,
  receivedAt: undefined,
  dueDay: '2026-11-24',
  due: local('2026-11-25T00:00'),
  sendAt: local('2026-11-25T09:00'),
  ...more,
})
export const subjects = (address: string) => mail.to(`${address}@example.org`).map(({ mail: { subject } }) => subject)
export const states = async () =>
  (await client.query('SELECT address, state, attempts, answer FROM notifications.letter ORDER BY seq')).rows

/** Boots everything once for a file, and mail server and service anew for each test. */
export function useWorld(): void {
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'tirek-letters-'))
    postgres = await startScratchPostgres()
    issuer = await startScratchIssuer()
    cases = await listen((_, { keys, steps }) =>
      around.casesAway
        ? { status: 503 }
        : {
            status: 200,
            body: {
              open: (keys as string[]).filter((key) => !closed.has(key)),
              spared: ((steps ?? []) as string[]).filter((key) => closed.has(key)),
            },
          },
    )
    gateway = await listen((_, body) => {
      alerts.push({ body, text: JSON.stringify(body) })
      return { status: around.gatewayAnswer }
    })
    meetings = await listen((path, _, more) => asMeetings({ path, ...more }).catch(() => ({ status: 401 })))
    referralsService = await listen((path, _, more) => asReferrals({ path, ...more }).catch(() => ({ status: 401 })))
    env = {
      ISSUER_URL: issuer.url,
      CASES_URL: urlOf(cases),
      MEETINGS_URL: urlOf(meetings),
      REFERRALS_URL: urlOf(referralsService),
      SERVICE_KEY: scratchKeyOf('notifications'),
      SERVICE_PUBLIC_KEYS: scratchPublicKeys,
      MAIL_FROM: 'tirek@example.org',
      ALERT_URL: urlOf(gateway),
      TIREK_HOME: home,
    }
    await migrateDirectory(postgres.adminUrl, postgres.urlOf('tirek_directory'))
    await migrateNotifications(postgres.adminUrl, postgres.urlOf('tirek_notifications'))
    directory = await startDirectory({
      config: readConfig(
        { ...env, SERVICE_KEY: scratchKeyOf('directory'), DATABASE_URL: postgres.urlOf('tirek_directory') },
        DIRECTORY_NEEDS,
      ),
      clock: new ManualClock(NOON),
      log,
      loops: false,
    })
    client = new pg.Client({ connectionString: postgres.adminUrl })
    await client.connect()
    await client.query(
      `INSERT INTO directory.organisation (id, name_ru, name_kk, name_en, prefix, territory) VALUES ($1, 'О', 'О', 'O', 'П1', 'Т')`,
      [ORGANISATION],
    )
    const add = (name: Name, role: string, lang: string, email: string | null = `${name}@example.org`) =>
      client.query(
        'INSERT INTO directory.person (id, login, name, role, organisation, email, lang, digest, active) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, true)',
        [people[name], name, `Имя ${name}`, role, ORGANISATION, email, lang, name !== 'deputy'],
      )
    await add('worker', 'social-worker', 'ru')
    await add('deputy', 'social-worker', 'kk')
    await add('supervisor', 'supervisor', 'kk')
    await add('next', 'supervisor', 'en')
    await add('head', 'head', 'ru')
    await add('duty', 'medic', 'ru')
    await add('admin', 'administrator', 'ru')
    await add('silent', 'social-worker', 'ru', null)
    await client.query('UPDATE directory.organisation SET head = $2, next_in_line = $3, supervisor_default = $4 WHERE id = $1', [
      ORGANISATION,
      people.head,
      people.next,
      people.supervisor,
    ])
    await client.query('INSERT INTO directory.duty (id, organisation, person, from_day, position) VALUES ($1, $2, $3, $4, 1)', [
      randomUUID(),
      ORGANISATION,
      people.duty,
      '2026-01-01',
    ])
  })
  afterAll(async () => {
    await client?.end()
    await directory?.close()
    await issuer?.stop()
    cases?.close()
    gateway?.close()
    meetings?.close()
    referralsService?.close()
    await postgres?.stop()
    rmSync(home, { recursive: true, force: true })
  })
  beforeEach(async () => {
    mail = await ScratchMailServer.start()
    clock = new ManualClock(NOON)
    rmSync(join(home, 'ledger'), { recursive: true, force: true })
    closed.clear()
    around.casesAway = false
    alerts.length = 0
    news.length = 0
    newReferrals()
    files.clear()
    around.meetingsAnswer = 204
    around.refusesTogether = false
    said.length = 0
    around.gatewayAnswer = 204
    notifications = await start()
    await client.query(
      'TRUNCATE notifications.notice, notifications.step, notifications.letter, notifications.attempt, notifications.bounce, notifications.alert, notifications.push, notifications.push_device, notifications.told, notifications.receipt, notifications.link, notifications.mail, notifications.invitation, notifications.answer, notifications.news, notifications.received, notifications.unmatched, notifications.file_code, notifications.asking',
    )
    await client.query('TRUNCATE directory.absence')
  })
  afterEach(async () => {
    // Nothing personal in a subject, whatever was sent: neither names nor addresses.
    for (const letter of mail.taken) expect(letter.mail.subject).not.toMatch(/Имя|@|worker|supervisor/)
    await notifications.close()
    await mail.stop()
  })
}

/** Starts the service again, as after a new release or a restore. */
export async function restart(more: Record<string, string> = {}, loops = false): Promise<void> {
  await notifications.close()
  notifications = await start(more, loops)
}

export const until = async (isSo: () => boolean) => {
  for (const end = performance.now() + 20_000; !isSo();) {
    if (performance.now() > end) throw new Error('waited in vain')
    await new Promise((again) => setTimeout(again, 2))
  }
}
