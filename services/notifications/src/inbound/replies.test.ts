/** Mail to a meeting's own address: answers of calendars are noted, everything else changes nothing and waits for a person. */
import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { client, clock, get, NOON, news, notifications, people, post, said, useWorld } from '../world.fixture.ts'
import { report } from './bounce.fixture.ts'
import { calendarOf, letterOf, replyOf, type ReplyOf } from './reply.fixture.ts'
import {
  AGENT,
  cancelled,
  invitedBy,
  invitees,
  link,
  mailsOf,
  mailTo,
  MEETING,
  movedTo,
  send,
  STARTS,
  tokenOf,
} from '../mails/meeting.fixture.ts'

useWorld()

let organisation: string
beforeEach(async () => {
  organisation = (await client.query('SELECT organisation FROM directory.person WHERE id = $1', [people.worker])).rows[0].organisation
  invitedBy(organisation)
  await send(mailTo('police'), mailTo('clerk'))
  clock.set(NOON + 3_600_000)
  news.length = 0
})
const take = async (raw: Buffer, more: object = {}): Promise<string> => {
  const { read } = await post('/internal/inbound', { raw: raw.toString('base64'), ...more }, 202, 'meetings')
  await notifications.tick()
  return read as string
}
const rows = async (table: string) => (await client.query(`SELECT * FROM notifications.${table}`)).rows
const answers = () => news.filter((one) => one.what === 'answer')

test.each([
  ['ACCEPTED', 'accepted'],
  ['DECLINED', 'declined'],
  ['TENTATIVE', 'tentative'],
])('%s is noted as it was given, with its comment, and recorded', async (partstat, answer) => {
  expect(await take(replyOf({ partstat, comment: 'Буду\\, но позже' }))).toBe('answered')
  expect(news).toEqual([
    {
      what: 'answer',
      key: expect.stringMatching(/^answer\//),
      meeting: MEETING,
      invitee: invitees.police,
      by: 'calendar',
      answer,
      comment: 'Буду, но позже',
      sequence: 0,
      at: Date.parse('2026-11-24T07:00:00Z'),
    },
  ])
  expect((await rows('trail')).findLast(({ what }) => what === 'meeting-answered')).toMatchObject({
    who: invitees.police,
    why: 'calendar-reply',
  })
  expect(await rows('unmatched')).toEqual([])
  expect((await link('look', { token: tokenOf('police') })).meeting.answered.answer).toBe(answer)
})

test('addresses are compared without case; the same mail handed in again is known', async () => {
  const raw = replyOf({ from: 'Police@Agency.example', attendee: 'POLICE@AGENCY.EXAMPLE', to: `${AGENT.toUpperCase()}@Example.org` })
  expect([await take(raw), await take(raw)]).toEqual(['answered', 'known'])
  expect(answers()).toHaveLength(1)
})

test('of two answers the newest DTSTAMP counts, in whatever order they come; within one second the one that came later', async () => {
  expect(await take(replyOf({ partstat: 'DECLINED', stamp: '20261124T070500Z' }))).toBe('answered')
  expect(await take(replyOf({ partstat: 'ACCEPTED', stamp: '20261124T070459Z' }))).toBe('overtaken')
  expect(await take(replyOf({ partstat: 'TENTATIVE', stamp: '20261124T070500Z' }))).toBe('answered')
  expect(answers().map((one) => one.what === 'answer' && one.answer)).toEqual(['declined', 'tentative'])
  expect(await rows('unmatched')).toEqual([])
})

test('between link and calendar the latest counts; a calendar whose clock is ahead silences nobody', async () => {
  await link('use', { token: tokenOf('police'), answer: 'accepted' })
  expect(await take(replyOf({ partstat: 'DECLINED', stamp: '20261124T075959Z' }))).toBe('overtaken')
  expect(await take(replyOf({ partstat: 'DECLINED', stamp: '20271124T000000Z' }))).toBe('answered')
  clock.set(clock.now() + 1_000)
  await link('use', { token: tokenOf('police'), answer: 'tentative' })
  await notifications.tick()
  const at = answers().map((one) => (one as { at: number }).at)
  expect(at).toEqual(at.toSorted((a, b) => a - b))
  expect((await link('look', { token: tokenOf('police') })).meeting.answered.answer).toBe('tentative')
})

const UNMATCHED: Record<string, [ReplyOf | (() => Buffer), string]> = {
  'for another meeting': [{ uid: 'meeting-other@example.org' }, 'other-meeting'],
  'of somebody who was not asked': [{ from: 'stranger@agency.example' }, 'not-invited'],
  'in the name of another': [{ from: 'clerk@agency.example', attendee: 'police@agency.example' }, 'forged'],
  'in the name of another, from nowhere': [{ from: 'evil@evil.example', attendee: 'police@agency.example' }, 'forged'],
  'of a delegate': [{ from: 'deputy@agency.example', params: ';DELEGATED-FROM="mailto:police@agency.example"' }, 'delegated'],
  'that names a delegate': [{ partstat: 'DELEGATED', params: ';DELEGATED-TO="mailto:deputy@agency.example"' }, 'delegated'],
  'with another time': [{ method: 'COUNTER' }, 'countered'],
  'that asks for the meeting again': [{ method: 'REFRESH' }, 'unreadable'],
  'without an answer': [{ partstat: 'NEEDS-ACTION' }, 'unreadable'],
  'broken off in its calendar': [{ calendar: calendarOf({}).slice(0, 200) }, 'unreadable'],
  'with two events': [
    { calendar: calendarOf({}).replace('END:VCALENDAR', calendarOf({}).split('\r\n').slice(4).join('\r\n')) },
    'unreadable',
  ],
  'with two calendars': [{ calendar: `${calendarOf({})}\r\n${calendarOf({})}` }, 'unreadable'],
  'with two attendees': [{ params: ':mailto:a@b.example\r\nATTENDEE;PARTSTAT=ACCEPTED' }, 'unreadable'],
  'that holds no calendar': [{ calendar: 'привет\u0000' }, 'unreadable'],
  'in words': [() => letterOf('Не смогу прийти, позвоните.'), 'unreadable'],
  'with broken parts': [() => letterOf('--b\r\nContent-Type', ['Content-Type: multipart/mixed; boundary="b"']), 'unreadable'],
  'nested without end': [
    () =>
      letterOf(Array.from({ length: 60 }, (_, n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary="b${n + 1}"\r\n`).join('\r\n'), [
        'Content-Type: multipart/mixed; boundary="b0"',
      ]),
    'unreadable',
  ],
  'of a robot': [{ headers: ['Auto-Submitted: auto-replied'] }, 'automatic'],
  'out of office': [() => letterOf('Я в отпуске', ['Auto-Submitted: auto-replied (vacation)', 'Precedence: bulk']), 'automatic'],
  'of a mailing list': [{ headers: ['List-Id: <x.example>'] }, 'automatic'],
  'that came round to us again': [() => mailsOf('police')[0]!.raw, 'no-report'],
  'that came round to the meeting': [
    () => Buffer.concat([Buffer.from(`Delivered-To: ${AGENT}@example.org\r\n`), mailsOf('police')[0]!.raw]),
    'automatic',
  ],
  'to an address that is of no meeting': [{ to: 'm-00000000000000000000000000000000@example.org' }, 'no-meeting'],
}

test.each(Object.entries(UNMATCHED))('an answer %s changes nothing and is seen', async (_, [of, reason]) => {
  expect(await take(typeof of === 'function' ? of() : replyOf(of))).toBe(reason)
  expect(await rows('answer')).toEqual([])
  if (reason === 'no-report') return
  const known = reason === 'no-meeting' ? {} : { meeting: MEETING }
  expect(news).toEqual([{ what: 'unmatched', key: expect.stringMatching(/^unmatched\//), ...known, reason, at: clock.now() }])
  expect(await rows('unmatched')).toMatchObject([{ reason }])
})

test('about an older state of the meeting: after a move, after a cancellation', async () => {
  await send(movedTo('police', STARTS + 86_400_000))
  expect(await take(replyOf())).toBe('older-sequence')
  expect(await take(replyOf({ sequence: 1 }))).toBe('answered')
  await send(cancelled('police', 2))
  expect(await take(replyOf({ sequence: 1, stamp: '20261124T073000Z' }))).toBe('older-sequence')
  expect(await take(replyOf({ sequence: 2, stamp: '20261124T073000Z' }))).toBe('late')
})

test.each([
  ['20261201T085959Z', 'answered'],
  ['20261201T090000Z', 'late'],
])('given at %s it is %s, though it came the next day', async (stamp, read) => {
  clock.set(STARTS + 86_400_000)
  expect(await take(replyOf({ stamp }))).toBe(read)
})

test('of 30 MB only the beginning is read: it answers nothing, and is seen with its size', async () => {
  const whole = Buffer.concat([replyOf(), Buffer.alloc(900_000, 'x')])
  expect(await take(whole, { size: 30_000_000, to: [`${AGENT}@example.org`] })).toBe('too-big')
  expect(await rows('unmatched')).toMatchObject([
    { reason: 'too-big', bytes: 30_000_000, from_address: 'police@agency.example', comment: null },
  ])
  expect(await rows('answer')).toEqual([])
})

test('a report of a mail that could not be delivered: told once as bounced; nobody gets a task of it here', async () => {
  const [{ id, message_id: messageId }] = (await rows('letter')).filter(({ address }) => address === 'clerk@agency.example')
  const raw = report(id, messageId)
  expect([await take(report(id, messageId, 'delayed', '4.4.1')), await take(raw), await take(raw)]).toEqual(['delayed', 'bounced', 'known'])
  expect(news).toMatchObject([{ what: 'state', state: 'bounced', invitee: invitees.clerk, copies: 1, at: clock.now() }])
  expect((await rows('letter')).map(({ kind }) => kind)).toEqual(['mail', 'mail'])
  // It bounced and was answered by link after all: both are told.
  await link('use', { token: tokenOf('clerk'), answer: 'accepted' })
  await notifications.tick()
  expect(answers()).toHaveLength(1)
})

test('who sees what came: the meetings service what it says; supervisors, head and administrators that it came, and of no case from whom; no log', async () => {
  await take(replyOf({ from: 'stranger@secret.example', comment: 'Тайное слово' }))
  await take(letterOf('Другое тайное слово', [], 'someone@secret.example', 'm-00000000000000000000000000000000@example.org'))
  const list = async (...asked: Parameters<typeof get>) => (await get(...asked)).body.items
  for (const [name, role] of [
    ['supervisor', 'supervisor'],
    ['head', 'head'],
  ] as const)
    expect(await list(name, role, '/api/mail/unmatched')).toMatchObject([
      {
        reason: 'not-invited',
        meeting: MEETING,
      },
    ])
  expect(JSON.stringify(await list('supervisor', 'supervisor', '/api/mail/unmatched'))).not.toMatch(/secret|Тайное|Принято/)
  expect((await post('/internal/unmatched', { meeting: MEETING }, 200, 'meetings')).items).toMatchObject([
    {
      reason: 'not-invited',
      from: 'stranger@secret.example',
      attendee: 'stranger@secret.example',
      subject: 'Принято: meeting',
      comment: 'Тайное слово',
    },
  ])
  await post('/internal/unmatched', { meeting: MEETING }, 403, 'cases')
  const seen = await list('admin', 'administrator', '/api/mail/unmatched')
  expect(seen).toMatchObject([
    { reason: 'no-meeting', from: 'someone@secret.example' },
    { reason: 'not-invited', meeting: MEETING },
  ])
  expect(JSON.stringify(seen)).not.toMatch(/айное|Принято|Re: meeting/)
  expect(JSON.stringify(seen[1])).not.toContain('secret')
  expect((await get('worker', 'social-worker', '/api/mail/unmatched')).status).toBe(403)
  expect(said.join('')).not.toMatch(/secret\.example|айное|Принято/)
  expect(
    (await rows('trail')).filter(({ what }) => what === 'read-unmatched-mail').map(({ role, outcome }) => `${role} ${outcome}`),
  ).toEqual(['supervisor done', 'head done', 'supervisor done', 'administrator done', 'social-worker refused'])
  // Of another organisation nothing is seen.
  await client.query('UPDATE notifications.unmatched SET organisation = $1', [randomUUID()])
  expect(await list('supervisor', 'supervisor', '/api/mail/unmatched')).toEqual([])
})

test('what mail of no meeting says goes after thirty days, to the millisecond; that it came stays, and so does what is of a meeting until its case is erased', async () => {
  expect(await take(replyOf({ to: 'm-00000000000000000000000000000000@example.org', from: 'someone@secret.example' }))).toBe('no-meeting')
  expect(await take(replyOf({ from: 'stranger@example.org', attendee: 'stranger@example.org' }))).not.toBe('answered')
  const kept = async () => (await rows('unmatched')).map((row) => [row['reason'], row['from_address'] !== null])
  const before = await kept()
  expect(before.map(([, says]) => says)).toEqual([true, true])
  clock.set(clock.now() + 30 * 86_400_000)
  await notifications.tick()
  expect(await kept()).toEqual(before)
  clock.set(clock.now() + 1)
  await notifications.tick()
  expect((await kept()).toSorted()).toEqual(before.map(([reason]) => [reason, reason !== 'no-meeting']).toSorted())
})

test('taken back and invited again: the answer is that of the invitation which is open, whichever was made first', async () => {
  for (const id of ['00000000-0000-4000-8000-000000000001', 'ffffffff-ffff-4fff-8fff-ffffffffffff']) {
    await client.query(
      `UPDATE notifications.invitation SET state = 'taken-back', sequence = sequence + 1 WHERE address = 'police@agency.example'`,
    )
    const { sequence } = (await rows('invitation')).find(({ address }) => address === 'police@agency.example')!
    await send(
      mailTo('police', { invitee: id, calendar: { method: 'REQUEST', uid: `meeting-${MEETING}@example.org`, sequence, agent: AGENT } }),
    )
    expect(await take(replyOf({ sequence }))).toBe('answered')
    expect(answers().at(-1)).toMatchObject({ invitee: id, sequence })
  }
})

test('what came in to a meeting is read by its index, the newest first', async () => {
  await client.query('BEGIN')
  try {
    await client.query('SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off')
    const plan = await client.query(
      `EXPLAIN SELECT id FROM notifications.unmatched WHERE meeting = '${MEETING}' ORDER BY seq DESC LIMIT 200`,
    )
    const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(text).toContain('unmatched_of_meeting')
    expect(text).not.toContain('Sort')
  } finally {
    await client.query('ROLLBACK')
  }
})
