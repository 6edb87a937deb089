/** kill -9 around the mails of meetings, on real processes: nothing is lost, and nothing goes twice but what may not have arrived. */
import { beforeAll, expect, test } from 'vitest'
import { type RunningSystem, until } from '../../world/running.ts'
import { openSystem, post } from './stage.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
let system: RunningSystem
let caseId: string

beforeAll(async () => {
  system = await openSystem()
  const { status, body } = await system.insist('timur', 'POST', '/api/cases', {
    child: { name: 'Ребенок Встреч', birthDate: '2024-02-02', sex: 'female' },
    asker: { notNamed: true },
    ground: 'Сообщение для проверки',
    channel: 'phone',
    source: 'public',
    reportedAt: iso(Date.now() - MINUTE),
    criteria: ['M1', 'M6'],
    level: 'medium',
    anotherChild: true,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  caseId = body.summary.id
})

const iso = (at: number) => new Date(at).toISOString()
const rows = async (sql: string, values: unknown[] = []): Promise<Record<string, any>[]> => (await system.db.query(sql, values)).rows

/** Called by elena, who supervises who leads the case; `name` keeps the addresses of one meeting apart. Returns its id. */
async function call(name: string, invited = 4): Promise<string> {
  const startsAt = Date.now() + 10 * DAY
  const { status, body } = await system.insist('elena', 'POST', '/api/meetings', {
    caseId,
    kind: 'interagency',
    agenda: ['Помощь семье'],
    place: 'Кабинет 1',
    startsAt: iso(startsAt),
    endsAt: iso(startsAt + 60 * MINUTE),
    invitees: Array.from({ length: invited }, (_, n) => ({
      who: 'family',
      name: `Гость ${n}`,
      email: `${name}-${n}@guest.example`,
      role: 'гость',
    })),
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}
const lettersTo = (name: string) => post.letters.filter(({ to }) => to.startsWith(`${name}-`))
const mailsOf = (meeting: string) => rows('SELECT kind, state, copies FROM meetings.mail WHERE meeting = $1', [meeting])
const allAre = (meeting: string, state: string, n: number) =>
  until(
    `${n} mails are ${state}`,
    async () => {
      const found = await mailsOf(meeting)
      return found.length === n && found.every((one) => one['state'] === state) ? found : undefined
    },
    90,
  )
const anotherThan = (name: string, pid: number) =>
  until(`${name} has another process`, () => {
    const now = system.pidOf(name)
    return now !== undefined && now !== pid ? now : undefined
  })

test('the meetings service is killed between an act and its mails: each invitation goes, once', async () => {
  // Nobody takes mails meanwhile, so that all of them wait in the outbox when it is killed.
  const notifications = system.pidOf('notifications')!
  process.kill(notifications, 'SIGSTOP')
  let meeting: string
  try {
    meeting = await call('act')
    expect(await rows(`SELECT 1 FROM meetings.outbox WHERE meeting = $1 AND kind = 'mail'`, [meeting])).toHaveLength(4)
    const killed = system.kill('meetings')
    await anotherThan('meetings', killed)
  } finally {
    process.kill(notifications, 'SIGCONT')
  }
  await allAre(meeting, 'accepted', 4)
  expect(
    lettersTo('act')
      .map(({ to }) => to)
      .toSorted(),
  ).toEqual([0, 1, 2, 3].map((n) => `act-${n}@guest.example`))
  // Whoever was killed may hold them a while; handed in again, they are known.
  await until(
    'nothing is left to hand in',
    async () =>
      (await rows(`SELECT 1 FROM meetings.outbox WHERE meeting = $1 AND kind = 'mail'`, [meeting])).length === 0 ? true : undefined,
    120,
  )
  expect(lettersTo('act')).toHaveLength(4)
})

test('the notifications service is killed between sending and noting: the same Message-ID once more, and the row says so', async () => {
  const letGo = Promise.withResolvers<void>()
  post.beforeAnswer = (to) => (to === 'doubt-0@guest.example' ? letGo.promise : Promise.resolve())
  const meeting = await call('doubt')
  await until('the mail server has all of them', () => (lettersTo('doubt').length === 4 ? true : undefined))
  // The other three are noted: nothing of them is in doubt.
  await until('three are accepted', async () =>
    (await mailsOf(meeting)).filter((one) => one['state'] === 'accepted').length === 3 ? true : undefined,
  )
  const killed = system.kill('notifications')
  letGo.resolve()
  await anotherThan('notifications', killed)
  // Taken over once nobody can be sending it any more; then once more after a quarter of an hour, which is not waited for here.
  const [doubtful] = await until(
    'it is known to be doubtful',
    async () => {
      const found = await rows(
        `SELECT id, message_id FROM notifications.letter WHERE state = 'doubtful' AND address = 'doubt-0@guest.example'`,
      )
      return found.length === 1 ? found : undefined
    },
    120,
  )
  await rows('UPDATE notifications.letter SET try_at = $2 WHERE id = $1', [doubtful!['id'], Date.now()])
  const mails = await allAre(meeting, 'accepted', 4)
  const copies = lettersTo('doubt').filter(({ to }) => to === 'doubt-0@guest.example')
  expect(copies.map(({ messageId }) => messageId)).toEqual([doubtful!['message_id'], doubtful!['message_id']])
  expect(mails.map((one) => one['copies']).toSorted()).toEqual([1, 1, 1, 2])
  expect(lettersTo('doubt')).toHaveLength(5)
})

test('Temporal is away while a reminder is due: the watch takes it; when it is back and killed once more, nobody is reminded twice', async () => {
  const meeting = await call('remind', 2)
  await allAre(meeting, 'accepted', 2)
  const temporal = system.pidOf('temporal')!
  process.kill(temporal, 'SIGSTOP')
  try {
    // As if it had been called twelve days ago for the day after tomorrow: the reminder of three days is past.
    await rows(
      'UPDATE meetings.meeting SET made_at = made_at - $2, since = since - $2, called_at = called_at - $2, starts_at = starts_at - $3, ends_at = ends_at - $3, next_step_at = $4 WHERE id = $1',
      [meeting, 12 * DAY, 8 * DAY, Date.now() - 40 * MINUTE],
    )
    await rows('UPDATE meetings.invitee SET added_at = added_at - $2 WHERE meeting = $1', [meeting, 12 * DAY])
    await rows(
      `UPDATE notifications.invitation SET about = about || jsonb_build_object('startsAt', (about->>'startsAt')::bigint - $2, 'endsAt', (about->>'endsAt')::bigint - $2),
         answer_until = answer_until - $2 WHERE meeting = $1`,
      [meeting, 8 * DAY],
    )
    const steps = await until(
      'the watch has taken them',
      async () => {
        const found = await rows(`SELECT "row", taken_by FROM meetings.step WHERE meeting = $1 AND "row" = 'remind-3-days'`, [meeting])
        return found.length === 2 ? found : undefined
      },
      120,
    )
    expect(steps.map((one) => one['taken_by'])).toEqual(['watch', 'watch'])
    await allAre(meeting, 'accepted', 4)
  } finally {
    process.kill(temporal, 'SIGCONT')
  }
  system.kill('temporal')
  await anotherThan('temporal', temporal)
  await until(
    'its workflow knows the newest',
    async () => {
      const found = await rows(
        'SELECT 1 FROM meetings.meeting m JOIN meetings.workflow_ack a ON a.meeting = m.id AND a.version = m.facts_version WHERE m.id = $1',
        [meeting],
      )
      return found.length > 0 ? true : undefined
    },
    120,
  )
  const reminders = lettersTo('remind').filter(({ subject }) => subject.startsWith('Напоминание'))
  expect(reminders.map(({ to }) => to).toSorted()).toEqual(['remind-0@guest.example', 'remind-1@guest.example'])
})
