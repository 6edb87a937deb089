/** Temporal that does not answer, and a mail server that refuses: forms are saved, steps are taken, letters go once. Real processes. */
import { beforeAll, expect, test } from 'vitest'
import { type RunningSystem, until } from '../../world/running.ts'
import { openSystem, post } from './stage.ts'

const MINUTE = 60_000
let system: RunningSystem

beforeAll(async () => {
  system = await openSystem()
})

const iso = (at: number) => new Date(at).toISOString()
const request = (n: number, receivedAt: number, criteria: string[], level: string) => ({
  child: { name: `Ребенок Проверки ${n}`, address: `ул. Проверочная, ${n}`, birthDate: '2024-02-02', sex: 'female' },
  asker: { notNamed: true },
  ground: 'Сообщение для проверки',
  channel: 'phone',
  source: 'public',
  reportedAt: iso(receivedAt),
  criteria,
  level,
  anotherChild: true,
})
const lettersOf = (number: string) => post.letters.filter(({ subject, text }) => subject.includes(number) || text.includes(number))
const recorded = async (number: string) =>
  (await system.db.query(`SELECT state, message_id FROM notifications.letter WHERE strpos(body, $1) > 0 AND state <> 'shown'`, [number]))
    .rows as { state: string; message_id: string }[]
const versionKnown = async (id: string) =>
  (await system.db.query('SELECT version FROM cases.workflow_ack WHERE case_id = $1 AND hour IS NULL', [id])).rows[0]?.version as
    | number
    | undefined

test('Temporal hangs: forms are saved as ever, the watchdog takes the step of the hour, and the workflows learn all when it goes on', async () => {
  const temporal = system.pidOf('temporal')!
  // Worse than a refused connection: calls are taken and never answered.
  process.kill(temporal, 'SIGSTOP')
  const saved: { id: string; version: number }[] = []
  let number = ''
  let hour = ''
  try {
    // The step of +45 is five seconds off.
    const receivedAt = Date.now() - 44 * MINUTE - 55_000
    const opened = await system.request('timur', 'POST', '/api/cases', request(0, receivedAt, ['H5'], 'high'))
    expect(opened.status).toBe(201)
    hour = opened.body.summary.id
    number = opened.body.summary.number
    saved.push({ id: hour, version: opened.body.summary.version })
    // One try each, no second one: a form that waited for Temporal would not be answered within the ten seconds of a request.
    for (let n = 1; n <= 5; n++) {
      const answer = await system.request('timur', 'POST', '/api/cases', request(n, Date.now() - MINUTE, ['M1', 'M6'], 'medium'))
      expect(answer.status).toBe(201)
      const { id, version } = answer.body.summary as { id: string; version: number }
      const noted = await system.request('timur', 'POST', `/api/cases/${id}/acts/noted`, {
        happenedAt: iso(Date.now() - 500),
        version,
        form: { what: 'plan-note', text: 'запись' },
      })
      expect(noted.status).toBe(200)
      saved.push({ id, version: noted.body.summary.version })
    }
    const step = await until(
      'the supervisor is told without Temporal',
      async () =>
        (await system.db.query('SELECT taken_by FROM cases.step WHERE case_id = $1 AND at = $2', [hour, receivedAt + 45 * MINUTE])).rows[0],
      90,
    )
    expect(step.taken_by).toBe('watchdog')
    await until('her letter is out', () => (lettersOf(number).length >= 2 ? true : undefined))
    expect(await versionKnown(hour)).toBeUndefined()
  } finally {
    process.kill(temporal, 'SIGCONT')
  }
  for (const { id, version } of saved)
    await until('its workflow knows the newest', async () => ((await versionKnown(id)) === version ? true : undefined), 120)
  await until(
    'its hour runs in Temporal',
    async () =>
      (await system.db.query('SELECT 1 FROM cases.workflow_ack WHERE case_id = $1 AND hour = 0', [hour])).rowCount ? true : undefined,
    120,
  )
  // What the watchdog took is not told again by the workflow.
  const ids = lettersOf(number).map(({ messageId }) => messageId)
  expect(new Set(ids).size).toBe(ids.length)
  const { rows } = await system.db.query('SELECT key FROM cases.step WHERE case_id = $1', [hour])
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
})

test('the mail server refuses for a while: the letter of the hour waits, and goes once when it is back', async () => {
  post.isAway = true
  // 31 minutes ago: late from the start, the manager is told at once.
  const opened = await system.request('timur', 'POST', '/api/cases', request(7, Date.now() - 31 * MINUTE, ['H5'], 'high'))
  expect(opened.status).toBe(201)
  const { number } = opened.body.summary as { number: string }
  await until('it was refused', () => (post.refusals > 0 ? true : undefined))
  await until('the letter waits', async () =>
    (await recorded(number)).some(({ state }) => state === 'retry' || state === 'queued') ? true : undefined,
  )
  expect(lettersOf(number)).toEqual([])
  post.isAway = false
  await until('the letter is accepted', () => (lettersOf(number).length > 0 ? true : undefined), 120)
  const letters = await until('every letter of the record is accepted', async () => {
    const wanted = await recorded(number)
    return wanted.every(({ state }) => state === 'accepted') && lettersOf(number).length >= wanted.length ? wanted : undefined
  })
  expect(
    lettersOf(number)
      .map(({ messageId }) => messageId)
      .sort(),
  ).toEqual(letters.map(({ message_id }) => message_id).sort())
})
