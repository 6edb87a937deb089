import { startDirectory, type RunningDirectory } from '@tirek/directory/app'
import type { NoticeInput } from '@tirek/contract/notices'
import { serviceToken, type Who } from '@tirek/platform/auth'
import { ManualClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { startScratchIssuer, type ScratchIssuer } from '@tirek/platform/scratch-issuer'
import { freePort, startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { NOTIFICATIONS_NEEDS, startNotifications, type RunningNotifications } from './app.ts'
import { report } from './inbound/bounce.fixture.ts'
import { ScratchMailServer } from './mail/scratch-mail-server.ts'

const local = (text: string) => Date.parse(`${text}:00+05:00`)
const secret = 'a secret of thirty-two characters'
const log = createLog('test', process.env['TEST_LOG'] ?? 'silent')
const NOON = local('2026-11-24T12:00')

let postgres: ScratchPostgres
let issuer: ScratchIssuer
let directory: RunningDirectory
let mail: ScratchMailServer
let notifications: RunningNotifications
let clock: ManualClock
let cases: Server
let client: pg.Client
let env: Record<string, string>
/** Deadlines that the cases service says are closed; `away`: it does not answer. */
const closed = new Set<string>()
let casesAway = false
const alerts: { body: any; text: string }[] = []
let gatewayAnswer = 204

const ORGANISATION = randomUUID()
const people = {
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

const listen = async (answer: (path: string, body: any) => { status: number; body?: unknown }): Promise<Server> => {
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += String(part)
    const { status, body } = answer(request.url ?? '', JSON.parse(text))
    response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return server
}
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
let gateway: Server

beforeAll(async () => {
  postgres = await startScratchPostgres()
  issuer = await startScratchIssuer()
  cases = await listen((_, { keys }) =>
    casesAway ? { status: 503 } : { status: 200, body: { open: (keys as string[]).filter((key) => !closed.has(key)) } },
  )
  gateway = await listen((_, body) => {
    alerts.push({ body, text: JSON.stringify(body) })
    return { status: gatewayAnswer }
  })
  env = {
    DATABASE_ADMIN_URL: postgres.adminUrl,
    ISSUER_URL: issuer.url,
    CASES_URL: urlOf(cases),
    SERVICE_SECRET: secret,
    MAIL_FROM: 'tirek@example.org',
    ALERT_URL: urlOf(gateway),
  }
  directory = await startDirectory({
    config: readConfig({ ...env, DATABASE_URL: postgres.urlOf('tirek_directory') }, [
      'DATABASE_URL',
      'ISSUER_URL',
      'SERVICE_SECRET',
      'CASES_URL',
    ]),
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
  await postgres?.stop()
})

beforeEach(async () => {
  mail = await ScratchMailServer.start()
  clock = new ManualClock(NOON)
  closed.clear()
  casesAway = false
  alerts.length = 0
  gatewayAnswer = 204
  notifications = await start()
  await client.query(
    'TRUNCATE notifications.notice, notifications.step, notifications.letter, notifications.attempt, notifications.bounce, notifications.alert, notifications.told',
  )
  await client.query('TRUNCATE directory.absence')
})
afterEach(async () => {
  // Nothing personal in a subject, whatever was sent: neither names nor addresses.
  for (const letter of mail.taken) expect(letter.mail.subject).not.toMatch(/Имя|@|worker|supervisor/)
  await notifications.close()
  await mail.stop()
})

const start = (more: Record<string, string> = {}, loops = false) =>
  startNotifications({
    config: readConfig({ ...env, DATABASE_URL: postgres.urlOf('tirek_notifications'), SMTP_URL: mail.url, ...more }, NOTIFICATIONS_NEEDS),
    clock,
    log,
    loops,
  })

async function post(path: string, body: unknown): Promise<any> {
  const answer = await fetch(notifications.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await serviceToken(secret, 'notifications')}` },
    body: JSON.stringify(body),
  })
  if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`)
  return answer.json()
}

const who = (name: Name, role: Who['role']): Who => ({ person: people[name], role, organisation: ORGANISATION, login: name, lang: 'ru' })
async function get(name: Name, role: Who['role'], path: string, method = 'GET'): Promise<{ status: number; body: any }> {
  const answer = await fetch(notifications.url + path, {
    method,
    headers: { authorization: `Bearer ${await issuer.tokenFor(who(name, role))}` },
  })
  const text = await answer.text()
  return { status: answer.status, body: text ? JSON.parse(text) : undefined }
}

const CASE = '0190e000-0000-7000-8000-000000000001'
let n = 0
function hour(whom: NoticeInput['steps'][number]['whom'], more: Partial<NoticeInput> = {}): NoticeInput {
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
const visit = (of: string, whom: NoticeInput['steps'][number]['whom'], more: Partial<NoticeInput> = {}): NoticeInput => ({
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
const subjects = (address: string) => mail.to(`${address}@example.org`).map(({ mail: { subject } }) => subject)
const states = async () => (await client.query('SELECT address, state, attempts, answer FROM notifications.letter ORDER BY seq')).rows

test('the hour: the supervisor gets one letter at once, in their language, and sees the same notice in the pages; the gateway is told without names', async () => {
  expect(await post('/internal/notices', hour(['supervisor']))).toEqual({ letters: 1 })
  await notifications.tick()
  expect(subjects('supervisor')).toEqual(['Шұғыл: П1-2026-7: Бір сағат ішіндегі шұғыл шаралар, 13:00 дейін'])
  const [letter] = mail.taken
  expect(letter?.mail.text).toContain(`http://localhost:3000/cases/${CASE}`)
  expect(letter?.mail.html).toContain('CP-10')
  expect(letter?.mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
  const notices = await get('supervisor', 'supervisor', '/api/notices')
  expect(notices.body).toMatchObject({
    unread: 1,
    items: [{ urgent: true, kind: 'notice', readAt: null, items: [{ caseNumber: 'П1-2026-7', rule: 'CP-10', due: '13:00' }] }],
  })
  expect((await get('supervisor', 'supervisor', `/api/notices/${notices.body.items[0].id}/read`, 'POST')).status).toBe(204)
  expect((await get('worker', 'social-worker', `/api/notices/${notices.body.items[0].id}/read`, 'POST')).status).toBe(404)
  expect((await get('supervisor', 'supervisor', '/api/notices?unread=true')).body).toMatchObject({ unread: 0, items: [] })
  expect(alerts).toHaveLength(1)
  expect(alerts[0]?.body).toEqual({
    case: 'П1-2026-7',
    rule: 'CP-10',
    what: 'urgent-measures',
    whom: ['supervisor'],
    due: '2026-11-24T08:00:00.000Z',
    link: `http://localhost:3000/cases/${CASE}`,
  })
  const sent = (await get('admin', 'administrator', '/api/letters')).body.items[0]
  expect(sent).toMatchObject({
    state: 'accepted',
    attempts: 1,
    person: people.supervisor,
    server: new URL(mail.url).host,
    answer: expect.stringMatching(/^250/),
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(await notifications.nextInstant()).toBeUndefined()
})

test('the same notice, and the same step in another notice, is told once', async () => {
  const notice = hour(['case-manager'])
  expect([
    await post('/internal/notices', notice),
    await post('/internal/notices', notice),
    await post('/internal/notices', { ...notice, key: 'other' }),
  ]).toEqual([{ letters: 1 }, { letters: 0 }, { letters: 0 }])
  // The same key of another case is another step.
  expect(await post('/internal/notices', { ...notice, caseId: randomUUID() })).toEqual({ letters: 1 })
  await notifications.tick()
  expect(subjects('worker')).toHaveLength(2)
})

test('a hundred posts of one notice at once: one letter', async () => {
  const notice = hour(['case-manager', 'supervisor'])
  await Promise.all(Array.from({ length: 100 }, () => post('/internal/notices', notice)))
  await notifications.tick()
  expect(mail.taken.map(({ to }) => to).sort()).toEqual(['supervisor@example.org', 'worker@example.org'])
})

test('an absent manager: the deputy is told and reads for whom', async () => {
  await client.query('INSERT INTO directory.absence (id, person, from_day, to_day, deputy) VALUES ($1, $2, $3, $4, $5)', [
    randomUUID(),
    people.worker,
    '2026-11-24',
    '2026-11-24',
    people.deputy,
  ])
  await post('/internal/notices', hour(['case-manager']))
  await notifications.tick()
  expect(mail.taken.map(({ to }) => to)).toEqual(['deputy@example.org'])
  expect(mail.taken[0]?.mail.text).toContain('орнына: Имя worker')
})

test('everybody of the repeat gets an own letter that names the others', async () => {
  await post('/internal/notices', hour(['case-manager', 'supervisor', 'next-in-line', 'head', 'duty-list']))
  await notifications.tick()
  expect(mail.taken.map(({ to }) => to).sort()).toEqual(
    ['duty', 'head', 'next', 'supervisor', 'worker'].map((name) => `${name}@example.org`),
  )
  expect(mail.to('next@example.org')[0]?.mail.text).toContain(
    'Имя worker (case manager); Имя supervisor (supervisor); Имя head (head of the organisation)',
  )
  expect(mail.taken.every(({ mail: { to } }) => to?.length === 1)).toBe(true)
})

test('who is told next reads who knows already', async () => {
  await post('/internal/notices', hour(['case-manager']))
  clock.set(NOON + 15 * 60_000)
  await post('/internal/notices', hour(['next-in-line']))
  await notifications.tick()
  expect(mail.to('next@example.org')[0]?.mail.text).toContain('Told before: 12:00 Имя worker (case manager)')
})

test('a morning: one digest a person at 09:00, single letters for who wants them so, nothing of what was closed overnight', async () => {
  await post('/internal/notices', visit('П1-2026-1', ['case-manager']))
  await post('/internal/notices', visit('П1-2026-2', ['case-manager']))
  const done = visit('П1-2026-3', ['case-manager'])
  await post('/internal/notices', done)
  await post('/internal/notices', visit('П1-2026-4', ['case-manager'], { people: { caseManager: people.deputy } }))
  await post('/internal/notices', visit('П1-2026-5', ['case-manager'], { people: { caseManager: people.deputy } }))
  closed.add(`${done.caseId}/${done.deadlineKey}`)
  await notifications.tick()
  expect(mail.taken).toEqual([])
  expect(await notifications.nextInstant()).toBe(local('2026-11-25T09:00'))
  clock.set(local('2026-11-25T09:00') - 1)
  await notifications.tick()
  expect(mail.taken).toEqual([])
  clock.set(local('2026-11-25T09:00'))
  await notifications.tick()
  expect(subjects('worker')).toEqual(['Сроки на 25.11.2026: 2'])
  expect(mail.to('worker@example.org')[0]?.mail.text).not.toContain('П1-2026-3')
  expect(subjects('deputy').sort()).toEqual([
    'П1-2026-4: Баланың үйіне бару, мерзімі 24.11.2026 болған',
    'П1-2026-5: Баланың үйіне бару, мерзімі 24.11.2026 болған',
  ])
  expect(await notifications.nextInstant()).toBeUndefined()
})

test('the cases service does not answer in the morning: asked again, and after five minutes told unasked', async () => {
  casesAway = true
  await post('/internal/notices', visit('П1-2026-1', ['case-manager']))
  clock.set(local('2026-11-25T09:00'))
  for (let turns = 0; turns < 40 && mail.taken.length === 0; turns++) {
    await notifications.tick()
    const next = await notifications.nextInstant()
    if (next !== undefined && next > clock.now()) clock.set(next)
  }
  expect(subjects('worker')).toHaveLength(1)
  expect(clock.now()).toBe(local('2026-11-25T09:05'))
})

test('421 and 451: tried again later with the same bytes; 550: a task for the supervisor and the administrator', async () => {
  mail.fault = (to) =>
    to === 'worker@example.org' ? { refuse: 451, at: 'receiver' } : to === 'head@example.org' ? { refuse: 550, at: 'receiver' } : 'take'
  await post('/internal/notices', hour(['case-manager', 'head', 'supervisor']))
  await notifications.tick()
  expect(await states()).toMatchObject([
    { address: 'worker@example.org', state: 'retry', attempts: 1 },
    { address: 'head@example.org', state: 'failed', attempts: 1, answer: expect.stringContaining('550') },
    { address: 'supervisor@example.org', state: 'accepted' },
    { state: 'shown' },
    { state: 'shown' },
  ])
  expect((await get('admin', 'administrator', '/api/notices')).body.items[0]).toMatchObject({
    kind: 'task',
    subject: 'Письмо не доставлено: П1-2026-7',
  })
  expect((await get('supervisor', 'supervisor', '/api/notices')).body.items[0]).toMatchObject({
    kind: 'task',
    items: [{ lines: [expect.stringContaining('Имя head'), expect.any(String)] }],
  })
  expect((await get('supervisor', 'supervisor', '/api/letters?state=failed')).body.items).toMatchObject([
    { person: people.head, state: 'failed' },
  ])
  expect((await get('worker', 'social-worker', '/api/letters')).status).toBe(403)
  mail.fault = () => 'take'
  const at = await notifications.nextInstant()
  expect(at).toBe(NOON + 5_000)
  clock.set(at!)
  await notifications.tick()
  expect(subjects('worker')).toHaveLength(1)
  // Sent by hand once the address is right.
  const failed = (await get('admin', 'administrator', '/api/letters?state=failed')).body.items[0]
  expect((await get('admin', 'administrator', `/api/letters/${failed.id}/send`, 'POST')).status).toBe(204)
  await notifications.tick()
  expect(subjects('head')).toHaveLength(1)
})

test('421 at the door: all wait, none is lost, each arrives once', async () => {
  mail.fault = () => ({ refuse: 421, at: 'door' })
  for (let count = 0; count < 20; count++) await post('/internal/notices', hour(['supervisor'], { caseId: randomUUID() }))
  await notifications.tick()
  expect(mail.taken).toEqual([])
  mail.fault = () => 'take'
  for (let turns = 0; turns < 20; turns++) {
    const next = await notifications.nextInstant()
    if (next === undefined) break
    if (next > clock.now()) clock.set(next)
    await notifications.tick()
  }
  expect(mail.taken).toHaveLength(20)
  expect(new Set(mail.taken.map(({ mail: { messageId } }) => messageId)).size).toBe(20)
  expect(clock.now() - NOON).toBeLessThanOrEqual(60_000)
})

test('the line drops before 250: the hour is sent again at once with the same id and bytes, a day-level letter after 15 minutes', async () => {
  const dropOnce = () => {
    let asked = 0
    // Asked at the receiver and once more after the bytes: there it drops, the first time only.
    mail.fault = (to) => (to && ++asked === 2 ? 'drop' : 'take')
  }
  dropOnce()
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  const copies = mail.to('supervisor@example.org')
  expect(copies).toHaveLength(2)
  expect(copies[0]?.raw.equals(copies[1]!.raw)).toBe(true)
  expect(await states()).toMatchObject([{ state: 'accepted', attempts: 2 }])

  dropOnce()
  const now = local('2026-11-25T09:00')
  await post('/internal/notices', visit('П1-2026-1', ['case-manager']))
  clock.set(now)
  await notifications.tick()
  expect(mail.to('worker@example.org')).toHaveLength(1)
  expect((await states()).at(-1)).toMatchObject({ state: 'doubtful', attempts: 1 })
  expect(await notifications.nextInstant()).toBe(now + 15 * 60_000)
  clock.set(now + 15 * 60_000)
  await notifications.tick()
  expect(new Set(mail.to('worker@example.org').map(({ mail: { messageId } }) => messageId)).size).toBe(1)
  expect((await states()).at(-1)).toMatchObject({ state: 'accepted', attempts: 2 })
})

test('the line drops each time: doubtful stays, and a person is asked to make sure', async () => {
  const seen = new Map<string, number>()
  mail.fault = (to) => {
    if (!to) return 'take'
    seen.set(to, (seen.get(to) ?? 0) + 1)
    return seen.get(to)! % 2 === 0 ? 'drop' : 'take'
  }
  await post('/internal/notices', hour(['head']))
  await notifications.tick()
  expect(await states()).toMatchObject([
    { address: 'head@example.org', state: 'doubtful', attempts: 2 },
    { state: 'shown' },
    { state: 'shown' },
  ])
  expect(await notifications.nextInstant()).toBeUndefined()
})

test('a fifth of all tries refused, closed or dropped: none lost, one Message-ID a letter, no more copies than doubts', async () => {
  let seed = 20_261_124
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  mail.fault = (to) => {
    const x = random()
    if (x < 0.05) return { refuse: 421, at: to ? 'receiver' : 'door' }
    if (x < 0.12) return { refuse: 451, at: to ? 'data' : 'door' }
    return x < 0.2 && to ? 'drop' : 'take'
  }
  const letters = 100
  await Promise.all(Array.from({ length: letters }, () => post('/internal/notices', hour(['supervisor'], { caseId: randomUUID() }))))
  for (let turns = 0; turns < 500; turns++) {
    await notifications.tick()
    const next = await notifications.nextInstant()
    if (next === undefined) break
    if (next > clock.now()) clock.set(next)
  }
  const known = (await client.query("SELECT message_id, doubts, state FROM notifications.letter WHERE kind = 'notice'")).rows
  const copies = Map.groupBy(mail.taken, ({ mail: { messageId } }) => messageId!)
  expect(known).toHaveLength(letters)
  expect(known.filter(({ message_id }) => !copies.has(message_id))).toEqual([])
  expect(copies.size).toBe(letters)
  expect(known.filter(({ message_id, doubts }) => copies.get(message_id)!.length > doubts + 1)).toEqual([])
  expect(mail.taken.length).toBeGreaterThan(letters)
})

test('the hour does not wait behind a morning', async () => {
  await notifications.close()
  notifications = await start({}, true)
  const morning = 200
  const toDeputy = { caseManager: people.deputy }
  await Promise.all(
    Array.from({ length: morning }, (_, at) => post('/internal/notices', visit(`П1-2026-${at}`, ['case-manager'], { people: toDeputy }))),
  )
  clock.set(local('2026-11-25T09:00'))
  await until(() => mail.taken.length > 5)
  await post('/internal/notices', hour(['supervisor']))
  await until(() => mail.to('supervisor@example.org').length > 0)
  expect(mail.taken.length).toBeLessThan(morning)
  await until(() => mail.taken.length === morning + 1)
})

const until = async (isSo: () => boolean) => {
  for (const end = performance.now() + 20_000; !isSo();) {
    if (performance.now() > end) throw new Error('waited in vain')
    await new Promise((again) => setTimeout(again, 2))
  }
}

test('the mail server is away: nothing is lost, and the hour goes first when it is back', async () => {
  const port = await freePort()
  await notifications.close()
  notifications = await start({ SMTP_URL: `smtp://127.0.0.1:${port}` })
  clock.set(local('2026-11-25T09:00'))
  for (let count = 0; count < 10; count++)
    await post('/internal/notices', visit(`П1-2026-${count}`, ['case-manager'], { people: { caseManager: people.deputy } }))
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  expect((await states()).filter(({ state }: { state: string }) => state === 'retry' || state === 'queued')).toHaveLength(11)
  expect(await (await fetch(`${notifications.url}/metrics`)).text()).toContain('tirek_letters_oldest_unsent_seconds{lane="urgent"')
  const back = await ScratchMailServer.start(port)
  for (let turns = 0; turns < 20; turns++) {
    const next = await notifications.nextInstant()
    if (next === undefined) break
    if (next > clock.now()) clock.set(next)
    await notifications.tick()
  }
  expect(back.taken).toHaveLength(11)
  expect(back.taken[0]?.to).toBe('supervisor@example.org')
  await back.stop()
})

test('a process killed while it sent: the letter is doubtful and sent once more', async () => {
  await post('/internal/notices', hour(['supervisor']))
  await client.query(
    `UPDATE notifications.letter SET state = 'sending', try_at = NULL, attempts = 1, lease_until = clock_timestamp() - interval '1 second'`,
  )
  expect(await notifications.nextInstant()).toBeDefined()
  await notifications.tick()
  expect(subjects('supervisor')).toHaveLength(1)
})

test('a restored copy sends no old mail by itself', async () => {
  mail.fault = () => ({ refuse: 451, at: 'receiver' })
  await post('/internal/notices', hour(['supervisor']))
  await post('/internal/notices', visit('П1-2026-1', ['case-manager']))
  await notifications.tick()
  await notifications.close()
  mail.fault = () => 'take'
  clock.set(local('2026-11-25T12:00'))
  notifications = await start({ MAIL_HOLD_BEFORE: String(clock.now()) })
  await notifications.tick()
  expect(mail.taken).toEqual([])
  expect((await states()).map(({ state }: { state: string }) => state)).toEqual(['held', 'held'])
  await post('/internal/notices', hour(['head']))
  await notifications.tick()
  expect(mail.taken.map(({ to }) => to)).toEqual(['head@example.org'])
  const held = (await get('admin', 'administrator', '/api/letters?state=held')).body.items
  expect((await get('admin', 'administrator', `/api/letters/${held[0].id}/send`, 'POST')).status).toBe(204)
  await notifications.tick()
  expect(mail.taken).toHaveLength(2)
})

test('a person without an address: somebody else is asked to tell them', async () => {
  await post('/internal/notices', hour(['case-manager'], { people: { caseManager: people.silent } }))
  await notifications.tick()
  expect(await states()).toMatchObject([{ address: null, state: 'failed', answer: 'no address' }, { state: 'shown' }, { state: 'shown' }])
  expect((await get('silent', 'social-worker', '/api/notices')).body.items).toHaveLength(1)
})

test('a bounce marks its letter once and becomes a task; a report of somebody else’s mail changes nothing', async () => {
  await post('/internal/notices', hour(['head']))
  await notifications.tick()
  const raw = report('', mail.taken[0]!.mail.messageId!)
  const take = (bytes: Buffer) => post('/internal/inbound', { raw: bytes.toString('base64') })
  expect(await take(report('', mail.taken[0]!.mail.messageId!, 'delayed', '4.4.1'))).toEqual({ read: 'delayed' })
  expect(await take(raw)).toEqual({ read: 'bounced' })
  expect(await take(raw)).toEqual({ read: 'known' })
  expect(await take(report('', '<other@example.org>'))).toEqual({ read: 'not-ours' })
  expect(await take(Buffer.from('Subject: hi\r\n\r\nhello'))).toEqual({ read: 'no-report' })
  expect(await states()).toMatchObject([{ state: 'bounced' }, { state: 'shown' }, { state: 'shown' }])
})

test('a gateway that is away gets the alert when it is back, once', async () => {
  gatewayAnswer = 503
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  gatewayAnswer = 204
  alerts.length = 0
  clock.set((await notifications.nextInstant())!)
  await notifications.tick()
  await notifications.tick()
  expect(alerts).toHaveLength(1)
  expect(await notifications.nextInstant()).toBeUndefined()
})

test('only services may hand in notices', async () => {
  const answer = await fetch(`${notifications.url}/internal/notices`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.tokenFor(who('admin', 'administrator'))}` },
    body: JSON.stringify(hour(['head'])),
  })
  expect(answer.status).toBe(401)
  await expect(post('/internal/notices', { ...hour(['head']), child: 'name' })).rejects.toThrow('400')
})
