/** Mail to people without an account: taken once, sent once, in its layout, and what became of it told. */
import ICAL from 'ical.js'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  around,
  client,
  clock,
  get,
  mail,
  news,
  NOON,
  notifications,
  people,
  post,
  restart,
  said,
  until,
  useWorld,
} from '../world.fixture.ts'
import { freePort } from '@tirek/platform/scratch-postgres'
import { report } from '../inbound/bounce.fixture.ts'
import { ScratchMailServer } from '../mail/scratch-mail-server.ts'
import { AGENT, ask, fileOf, invitedBy, invitees, mailsOf, mailTo, protocolFor, send, tokensIn, UID } from './meeting.fixture.ts'

useWorld()

const rows = async (table: string) => (await client.query(`SELECT * FROM notifications.${table}`)).rows
const states = () => news.filter(({ what }) => what === 'state').map((one) => (one as { state: string }).state)
const HOUR = 3_600_000
/** Lets all pass that waits for a time. */
async function pass(most = 300): Promise<void> {
  for (let turns = 0; turns < most; turns++) {
    const next = await notifications.nextInstant()
    if (next === undefined) return
    if (next > clock.now()) clock.set(next)
    await notifications.tick()
  }
  throw new Error('it goes on for ever')
}

test('an invitation: plain text, HTML and calendar beside each other, the calendar once more as a file; from one address, answered to another', async () => {
  await send(mailTo('police'))
  const [{ raw, mail: got, receivers }] = mailsOf('police') as [ReturnType<typeof mailsOf>[number]]
  expect(receivers).toEqual(['police@agency.example'])
  const types = [...raw.toString().matchAll(/^Content-Type: ([\w/]+)/gim)].map(([, type]) => type)
  expect(types).toEqual(['multipart/mixed', 'multipart/alternative', 'text/plain', 'text/html', 'text/calendar', 'application/ics'])
  expect(raw.toString()).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/i)
  expect(got.from).toEqual({ name: 'Поликлиника № 3', address: 'tirek@example.org' })
  expect(got.replyTo).toEqual([{ name: '', address: `${AGENT}@example.org` }])
  expect(got.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
  expect(got.subject).toBe('Приглашение на совещание: случай П1-2026-7, Поликлиника № 3')
  expect(got.text).toContain('Когда: вторник, 01.12.2026, 14:00–15:00 (время Казахстана, UTC+5)')
  expect(tokensIn(got.text)).toEqual(tokensIn(got.html))
  expect(got.attachments.map(({ filename, method }) => [filename, method])).toEqual([
    [null, 'REQUEST'],
    ['invite.ics', undefined],
  ])
  const [inline, attached] = got.attachments.map(({ content }) => Buffer.from(content as ArrayBuffer).toString())
  expect(attached).toBe(inline)
  const event = new ICAL.Event(new ICAL.Component(ICAL.parse(inline!)).getFirstSubcomponent('vevent')!)
  expect([event.uid, event.sequence, event.startDate.toString(), event.startDate.zone.tzid]).toEqual([
    UID,
    0,
    '2026-12-01T09:00:00Z',
    'UTC',
  ])
  expect([event.summary, event.location, event.description]).toEqual([
    'Совещание: случай П1-2026-7, Поликлиника № 3',
    'Поликлиника № 3',
    'случай П1-2026-7, Поликлиника № 3',
  ])
  expect(states()).toEqual(['accepted'])
})

test('known by its key it changes nothing: not the text, not the state, not the time', async () => {
  const one = mailTo('police')
  expect(await ask(one)).toEqual({ read: 'taken' })
  expect(await ask({ ...one, to: { ...one.to, address: 'other@agency.example' } })).toEqual({ read: 'known' })
  expect((await Promise.all(Array.from({ length: 10 }, () => ask(one)))).map(({ read }) => read)).toEqual(Array(10).fill('known'))
  await notifications.tick()
  expect(mail.taken.map(({ to }) => to)).toEqual(['police@agency.example'])
  for (let again = 0; again < 10; again++) {
    const ten = mailTo('doctor', { sendAt: NOON + HOUR })
    expect((await Promise.all(Array.from({ length: 10 }, () => ask(ten)))).filter(({ read }) => read === 'taken')).toHaveLength(1)
  }
  const ten = mailTo('clerk')
  expect((await Promise.all(Array.from({ length: 10 }, () => ask(ten)))).filter(({ read }) => read === 'taken')).toHaveLength(1)
  await notifications.tick()
  expect(mailsOf('clerk')).toHaveLength(1)
})

test.each([
  [-1, 0],
  [0, 1],
])('not before its time: %i ms before it %i are sent', async (off, sent) => {
  await send(mailTo('police', { sendAt: NOON + 3 * HOUR }))
  clock.set(NOON + 3 * HOUR + off)
  await notifications.tick()
  expect(mail.taken).toHaveLength(sent)
})

test('attachments arrive with the bytes of their hash; others are refused; once taken nothing of them is kept but the hash of all', async () => {
  const pdf = Buffer.from('%PDF-1.7 протокол')
  await send(protocolFor('clerk', { attachments: [fileOf(pdf, 'хаттама-12.pdf')] }))
  const [one] = mailsOf('clerk')
  expect(one!.mail.attachments.map(({ filename, content }) => [filename, Buffer.from(content as ArrayBuffer).equals(pdf)])).toEqual([
    ['хаттама-12.pdf', true],
  ])
  expect((await rows('mail'))[0].content).toBeNull()
  const [letter] = await rows('letter')
  expect(letter.bytes).toBeNull()
  expect(letter.sha256).toBe(createHash('sha256').update(one!.raw).digest('hex'))
  const wrong = protocolFor('police', { attachments: [{ ...fileOf(pdf), sha256: 'a'.repeat(64) }] })
  await post('/internal/mails', wrong, 400, 'meetings')
  expect(await rows('mail')).toHaveLength(1)
})

test('a mail of several megabytes is taken here and nowhere else', async () => {
  await send(protocolFor('clerk', { attachments: [fileOf(Buffer.alloc(6_000_000, 'протокол'))] }))
  expect(mailsOf('clerk')[0]!.raw.length).toBeGreaterThan(6_000_000)
  await expect(post('/internal/notices', { x: 'a'.repeat(2_000_000) })).rejects.toThrow('413')
  await expect(post('/internal/mails', { x: 'a'.repeat(16_000_000) }, 202, 'meetings')).rejects.toThrow('413')
})

test('only the services may ask; what is no mail is refused with its field', async () => {
  const answer = await fetch(`${notifications.url}/internal/mails`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(mailTo('police')),
  })
  expect(answer.status).toBe(401)
  await expect(post('/internal/mails', { ...mailTo('police'), calendar: { method: 'PUBLISH' } }, 202, 'meetings')).rejects.toThrow('400')
})

test('the mail server is away for a day: nothing is lost, nothing goes twice, and the waiting is seen', async () => {
  const port = await freePort()
  await restart({ SMTP_URL: `smtp://127.0.0.1:${port}` })
  await send(...(['police', 'clerk', 'doctor', 'school'] as const).map((one) => mailTo(one)))
  while (clock.now() < NOON + 24 * HOUR) {
    clock.set(Math.min(NOON + 24 * HOUR, (await notifications.nextInstant())!))
    await notifications.tick()
  }
  expect((await rows('letter')).filter(({ state }) => state === 'retry' || state === 'queued')).toHaveLength(4)
  expect(states()).toEqual([])
  const back = await ScratchMailServer.start(port)
  try {
    await pass()
    expect(back.taken.map(({ to }) => to).sort()).toEqual(
      Object.keys(invitees)
        .map((one) => `${one}@agency.example`)
        .sort(),
    )
    expect(states()).toEqual(Array(4).fill('accepted'))
    expect(clock.now() - NOON).toBeLessThan(24.5 * HOUR)
  } finally {
    await back.stop()
  }
})

test('the line drops before 250: the same bytes once more after 15 minutes, and how often it may have come is told', async () => {
  let asked = 0
  mail.fault = (to) => (to && ++asked === 2 ? 'drop' : 'take')
  await send(mailTo('police', { attachments: [fileOf(Buffer.from('%PDF agenda'), 'agenda.pdf')] }))
  expect(news).toMatchObject([{ state: 'doubtful', copies: 1, at: NOON }])
  await restart()
  await pass()
  expect(clock.now()).toBe(NOON + 15 * 60_000)
  const copies = mailsOf('police')
  expect(copies).toHaveLength(2)
  expect(copies[0]!.raw.equals(copies[1]!.raw)).toBe(true)
  expect(news.at(-1)).toMatchObject({ state: 'accepted', copies: 2 })
  expect((await get('admin', 'administrator', '/api/letters')).body.items).toMatchObject([{ kind: 'mail', state: 'accepted', copies: 2 }])
})

test('killed between sending and noting it: the same Message-ID, one copy more at most, and the row says so', async () => {
  await ask(mailTo('police'))
  // As a process leaves it that was killed: the bytes are made, the server may have them.
  let stuck = true
  mail.fault = () => (stuck ? { refuse: 451, at: 'receiver' } : 'take')
  await notifications.tick()
  stuck = false
  await client.query(
    `UPDATE notifications.letter SET state = 'sending', handed_over = true, try_at = NULL, lease_until = clock_timestamp() - interval '1 second'`,
  )
  await restart()
  await notifications.tick()
  expect(news).toMatchObject([{ state: 'doubtful', copies: 1 }])
  await pass()
  expect(mailsOf('police')).toHaveLength(1)
  expect(news.at(-1)).toMatchObject({ state: 'accepted', copies: 2 })
  const [letter] = await rows('letter')
  expect(mailsOf('police')[0]!.mail.messageId).toBe(letter.message_id)
})

test('doubtful again and again: two copies at most, and the second doubt is told as a failure, so that somebody asks the receiver', async () => {
  let asked = 0
  mail.fault = (to) => (to && ++asked % 2 === 0 ? 'drop' : 'take')
  await send(mailTo('police'))
  await pass()
  expect(mailsOf('police')).toHaveLength(2)
  expect(news.map((one) => (one.what === 'state' ? [one.state, one.copies] : one))).toEqual([
    ['doubtful', 1],
    ['failed', 2],
  ])
})

test('it comes back before it is noted as taken: it stays so, and nobody is told that it arrived', async () => {
  await ask(mailTo('police'))
  // The letter cannot be settled meanwhile.
  await client.query('BEGIN; LOCK TABLE notifications.mail IN EXCLUSIVE MODE')
  const turn = notifications.tick()
  await until(() => mail.taken.length === 1)
  const raw = report('', mail.taken[0]!.mail.messageId!).toString('base64')
  expect(await post('/internal/inbound', { raw })).toEqual({ read: 'bounced' })
  await client.query('COMMIT')
  await turn
  await notifications.tick()
  expect((await rows('letter'))[0]).toMatchObject({ state: 'bounced', answer: expect.stringContaining('5.1.1') })
  expect(states()).toEqual(['bounced'])
})

test('refused: told at once, once; another receiver is not touched; nobody here gets a task of it; sent by hand it goes', async () => {
  mail.fault = (to) => (to === 'clerk@agency.example' ? { refuse: 550, at: 'receiver' } : 'take')
  await send(mailTo('police'), mailTo('clerk'))
  expect(news.map((one) => (one.what === 'state' ? [one.invitee, one.state] : one))).toEqual(
    expect.arrayContaining([
      [invitees.police, 'accepted'],
      [invitees.clerk, 'failed'],
    ]),
  )
  expect((await rows('letter')).map(({ kind }) => kind)).toEqual(['mail', 'mail'])
  expect((await get('admin', 'administrator', '/api/notices')).body.items).toEqual([])
  mail.fault = () => 'take'
  const { id } = (await rows('letter')).find(({ state }) => state === 'failed')
  expect((await get('admin', 'administrator', `/api/letters/${id}/send`, 'POST')).status).toBe(204)
  await notifications.tick()
  expect(mailsOf('clerk')).toHaveLength(1)
  // Nothing is left to make it of again.
  await client.query(`UPDATE notifications.letter SET state = 'bounced'`)
  expect((await get('admin', 'administrator', `/api/letters/${id}/send`, 'POST')).status).toBe(404)
})

test('no notice of anybody: an invitee is not shown as one, and whoever leads the organisation sees what became of the mail', async () => {
  const [{ organisation }] = (await client.query('SELECT organisation FROM directory.person WHERE id = $1', [people.worker])).rows
  invitedBy(organisation)
  await send(mailTo('police', { invitee: people.worker }))
  expect((await get('worker', 'social-worker', '/api/notices')).body).toMatchObject({ items: [], unread: 0 })
  expect((await get('head', 'head', '/api/letters')).body.items).toMatchObject([{ kind: 'mail', name: '' }])
  expect((await get('worker', 'social-worker', '/api/letters')).status).toBe(403)
})

test('news that the meetings service takes not together are told one by one', async () => {
  around.refusesTogether = true
  await send(mailTo('police'), mailTo('clerk'), mailTo('doctor'))
  expect(states()).toEqual(['accepted', 'accepted', 'accepted'])
})

test('the meetings service is away: news wait, and each is told once when it is back', async () => {
  around.meetingsAnswer = 503
  await send(mailTo('police'), mailTo('clerk'))
  expect(news).toEqual([])
  clock.set(NOON + HOUR)
  around.meetingsAnswer = 204
  await notifications.tick()
  expect(states()).toEqual(['accepted', 'accepted'])
  await notifications.tick()
  expect(news).toHaveLength(2)
  expect(await notifications.nextInstant()).toBeUndefined()
})

test('after a restore: a mail of before waits for a person; asked for again it is known to the ledger and not sent', async () => {
  const one = mailTo('police')
  await send(one)
  await client.query(
    'TRUNCATE notifications.letter, notifications.mail, notifications.attempt, notifications.receipt, notifications.bounce, notifications.file_code, notifications.news CASCADE',
  )
  clock.set(NOON + 60_000)
  await send(one)
  expect(mailsOf('police')).toHaveLength(1)
  expect(news.at(-1)).toMatchObject({ state: 'accepted', at: NOON })
  await restart({ MAIL_HOLD_BEFORE: String(NOON + HOUR) })
  await send(mailTo('clerk'))
  expect(mailsOf('clerk')).toEqual([])
  // It lay in the restored outbox of its meeting, and is handed in only now; what is asked for from now on goes.
  clock.set(NOON + 2 * HOUR)
  await send(mailTo('doctor', { sendAt: NOON + HOUR - 1 }))
  expect(mailsOf('doctor')).toEqual([])
  expect((await rows('letter')).filter(({ address }) => address.startsWith('doctor')).map(({ state }) => state)).toEqual(['held'])
  await send(mailTo('doctor', { key: 'another', sendAt: NOON + HOUR }))
  expect(mailsOf('doctor')).toHaveLength(1)
})

test('the door closes: one turn asks no more than the connections there are, and who waited for one is as if never taken up', async () => {
  await restart()
  mail.fault = () => ({ refuse: 421, at: 'door' })
  for (let n = 0; n < 20; n++) await ask(mailTo('police'))
  await notifications.tick()
  const letters = await rows('letter')
  const tried = letters.filter(({ attempts }) => attempts > 0)
  expect(tried.length).toBeGreaterThan(0)
  expect(tried.length).toBeLessThanOrEqual(3)
  expect(new Set(letters.map(({ state }) => state))).toEqual(new Set(['queued', 'retry']))
  for (const { try_at: at } of letters) expect(at).toBeGreaterThan(NOON)
  mail.fault = () => 'take'
  await pass()
  expect(mailsOf('police')).toHaveLength(20)
  expect(new Set(mailsOf('police').map(({ mail: { messageId } }) => messageId)).size).toBe(20)
})

test('its last moment for answers has passed while the server was away: it is not sent, and that is told', async () => {
  mail.fault = () => ({ refuse: 421, at: 'door' })
  await send(mailTo('police', { answerUntil: NOON + HOUR }))
  mail.fault = () => 'take'
  await client.query('UPDATE notifications.letter SET bytes = NULL')
  clock.set(NOON + HOUR)
  await pass()
  expect(mail.taken).toEqual([])
  expect(states()).toEqual(['failed'])
})

test('names, addresses and places stand in no log; the case is erased with what its mails hold', async () => {
  await send(mailTo('police', { about: { place: 'Тайный переулок 5' } }), protocolFor('clerk', { attachments: [fileOf(Buffer.from('x'))] }))
  expect(said.join('')).not.toMatch(/Участник|agency\.example|Тайный/)
  mail.fault = () => ({ refuse: 451, at: 'data' })
  await send(mailTo('doctor'))
  await post('/internal/cases/erase', { caseId: mailTo('police').caseId }, 200)
  const kept = JSON.stringify(await Promise.all(['letter', 'mail', 'invitation', 'answer', 'news', 'unmatched'].map(rows)))
  expect(kept).not.toMatch(/Участник|agency\.example|Тайный|Поликлиника|П1-2026-7/)
  mail.fault = () => 'take'
  await pass()
  expect(mailsOf('doctor')).toEqual([])
})
