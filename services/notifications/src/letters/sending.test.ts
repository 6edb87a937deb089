import { freePort } from '@tirek/platform/scratch-postgres'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  client,
  clock,
  get,
  hour,
  local,
  mail,
  NOON,
  notifications,
  people,
  post,
  restart,
  states,
  subjects,
  until,
  visit,
  useWorld,
} from '../world.fixture.ts'
import { ScratchMailServer } from '../mail/scratch-mail-server.ts'
import { isOfDatabase } from './send.ts'

useWorld()

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
  await restart({}, true)
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

test('the mail server is away: nothing is lost, and the hour goes first when it is back', async () => {
  const port = await freePort()
  await restart({ SMTP_URL: `smtp://127.0.0.1:${port}` })
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

const killed = (more: string) =>
  client.query(
    `UPDATE notifications.letter SET state = 'sending', try_at = NULL, attempts = attempts + 1, lease_until = clock_timestamp() - interval '1 second', ${more}`,
  )
const doubts = async () => (await client.query('SELECT state, doubts, attempts FROM notifications.letter')).rows

test('a process killed while it sent: the letter is doubtful and sent once more', async () => {
  await post('/internal/notices', hour(['supervisor']))
  await killed('handed_over = true')
  expect(await notifications.nextInstant()).toBeDefined()
  await notifications.tick()
  expect(subjects('supervisor')).toHaveLength(1)
  expect(await doubts()).toEqual([{ state: 'accepted', doubts: 1, attempts: 2 }])
})

test('a process killed before it handed a letter over, again and again: no doubt, and the letter is not given up', async () => {
  await post('/internal/notices', hour(['supervisor']))
  for (let n = 0; n < 4; n++) await killed('handed_over = false')
  await notifications.tick()
  expect(subjects('supervisor')).toEqual([])
  // Once at once, then later each time.
  expect(await notifications.nextInstant()).toBe(NOON + 20_000)
  clock.set(NOON + 20_000)
  await notifications.tick()
  expect(subjects('supervisor')).toHaveLength(1)
  expect(await doubts()).toEqual([{ state: 'accepted', doubts: 0, attempts: 5 }])
})

test('a process killed after the server took the letter, before the database was told: the ledger knows, nothing goes twice', async () => {
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  await killed('handed_over = true, settled_at = NULL')
  clock.set(NOON + 60_000)
  await notifications.tick()
  expect(subjects('supervisor')).toHaveLength(1)
  expect(await doubts()).toMatchObject([{ state: 'accepted', doubts: 0 }])
  expect((await client.query('SELECT settled_at FROM notifications.letter')).rows).toEqual([{ settled_at: NOON }])
})

test('the database has a fault while a letter is made: it is given back and goes later, no failure and no doubt', async () => {
  await post('/internal/notices', hour(['supervisor']))
  await client.query('ALTER TABLE notifications.letter ADD CONSTRAINT fault CHECK (bytes IS NULL) NOT VALID')
  try {
    await notifications.tick()
  } finally {
    await client.query('ALTER TABLE notifications.letter DROP CONSTRAINT fault')
  }
  expect(await doubts()).toEqual([{ state: 'queued', doubts: 0, attempts: 0 }])
  expect(await notifications.nextInstant()).toBe(NOON + 5_000)
  clock.set(NOON + 5_000)
  await notifications.tick()
  expect(subjects('supervisor')).toHaveLength(1)
})

test.each([
  [new Error('timeout exceeded when trying to connect'), true],
  [new Error('Connection terminated unexpectedly'), true],
  [Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), true],
  [Object.assign(new Error('deadlock detected'), { severity: 'ERROR', code: '40P01' }), true],
  [new RangeError('a link of answer would be late from the start'), false],
  [new Error('nothing is kept of this mail'), false],
])('%s: of the database: %s', (error, is) => {
  expect(isOfDatabase(error)).toBe(is)
})

test('sent once more by hand it fails once more: told once more', async () => {
  mail.fault = (to) => (to === 'head@example.org' ? { refuse: 550, at: 'receiver' } : 'take')
  await post('/internal/notices', hour(['head']))
  await notifications.tick()
  const tasks = async () => (await get('supervisor', 'supervisor', '/api/notices')).body.items.length
  expect(await tasks()).toBe(1)
  const [failed] = (await get('admin', 'administrator', '/api/letters?state=failed')).body.items
  await get('admin', 'administrator', `/api/letters/${failed.id}/send`, 'POST')
  await notifications.tick()
  expect(await tasks()).toBe(2)
})
