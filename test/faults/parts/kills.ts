/** kill -9 of every part in the middle of acts and of a running hour, on the real server with its file. Nothing is lost, nothing is sent twice. */
import { beforeAll, expect, test } from 'vitest'
import { type RunningSystem, until } from '../../world/running.ts'
import { openSystem, post } from './stage.ts'

const MINUTE = 60_000
/** `npm run long` takes the long way; `npm test` a sample of it. */
const isLong = process.env['LONG'] === 'all'
const VICTIMS = isLong
  ? ['cases', 'relay', 'postgres', 'temporal', 'worker', 'notifications', 'relay', 'cases', 'postgres']
  : ['cases', 'postgres', 'relay']
const HOURS = isLong ? 12 : 4
let system: RunningSystem

beforeAll(async () => {
  system = await openSystem()
})

const iso = (at: number) => new Date(at).toISOString()
const MARK = 'Метка Неповторимая'

const highRisk = (receivedAt: number, name: string) => ({
  child: { name, address: 'ул. Проверочная, 9', birthDate: '2024-02-02', sex: 'female' },
  asker: { notNamed: true },
  ground: 'Сообщение о непосредственной опасности',
  channel: 'phone',
  source: 'public',
  reportedAt: iso(receivedAt),
  criteria: ['H5'],
  level: 'high',
  anotherChild: true,
})

const takenSteps = async (caseId: string) => {
  const { rows } = await system.db.query('SELECT key, at, taken_at FROM cases.step WHERE case_id = $1 ORDER BY at', [caseId])
  return rows as { key: string; at: string; taken_at: string }[]
}
const mailsOf = (number: string) => post.letters.filter(({ subject, text }) => subject.includes(number) || text.includes(number))

test('the hour: Temporal, its workers, the cases service, its relay and Postgres are killed between two steps; the next step comes, each letter once', async () => {
  // 44 minutes and 48 seconds ago: the step of +45 is twelve seconds off.
  const receivedAt = Date.now() - 44 * MINUTE - 48_000
  const opened = await system.insist('timur', 'POST', '/api/cases', highRisk(receivedAt, MARK))
  expect(opened.status).toBe(201)
  const { id, number, version } = opened.body.summary as { id: string; number: string; version: number }
  const killed = ['temporal', 'worker', 'urgent', 'steps', 'cases', 'relay', 'postgres', 'notifications'].map((name) => ({
    name,
    pid: system.pidOf(name)!,
  }))
  for (const { pid } of killed) process.kill(pid, 'SIGKILL')
  await until(
    'every part has another process',
    () => killed.every(({ name, pid }) => system.pidOf(name) !== undefined && system.pidOf(name) !== pid) || undefined,
  )

  const supervisorStep = await until(
    'the supervisor is told',
    async () => (await takenSteps(id)).find(({ at }) => Number(at) === receivedAt + 45 * MINUTE),
    90,
  )
  // Taken by a timer that outlived its server, or by the watchdog half a minute later.
  expect(Number(supervisorStep.taken_at) - Number(supervisorStep.at)).toBeLessThan(45_000)
  await until('the letters are out', () => (mailsOf(number).length >= 2 ? true : undefined))

  const evidence = {
    hour: 0,
    measuresAgreed: { at: iso(receivedAt + 40 * MINUTE), by: 'супервизор' },
    lawEnforcement: { at: iso(receivedAt + 41 * MINUTE), reference: 'КУИ 7' },
    juvenileInspection: { at: iso(receivedAt + 42 * MINUTE), reference: 'инспектор' },
  }
  const closed = await system.insist('timur', 'POST', `/api/cases/${id}/acts/urgent-measures-evidenced`, {
    happenedAt: iso(Date.now() - 1_000),
    version,
    form: evidence,
  })
  expect(closed.status).toBe(200)
  const { rows } = await system.db.query(`SELECT state FROM cases.deadline WHERE case_id = $1 AND run_by = 'urgent'`, [id])
  expect(rows).toEqual([{ state: 'kept' }])
  await until('the outbox is empty', async () =>
    (await system.db.query('SELECT 1 FROM cases.outbox WHERE case_id = $1', [id])).rowCount === 0 ? true : undefined,
  )

  const steps = await takenSteps(id)
  expect(new Set(steps.map(({ key }) => key)).size).toBe(steps.length)
  const letters = mailsOf(number)
  expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(letters.length)
  expect(letters.some(({ subject, text }) => `${subject}${text}`.includes(MARK))).toBe(false)
})

test('acts go on while parts are killed one after another: what was acknowledged is there once, what was not is there once or not at all', async () => {
  const opened = await system.insist('timur', 'POST', '/api/cases', {
    ...highRisk(Date.now() - MINUTE, 'Другая Метка'),
    criteria: ['M1', 'M6'],
    level: 'medium',
  })
  const { id } = opened.body.summary as { id: string }
  let version = opened.body.summary.version as number
  const ledger: { text: string; status: number }[] = []
  for (let n = 0; n < 8 * VICTIMS.length; n++) {
    const text = `запись ${n}`
    if (n % 8 === 5) {
      const name = VICTIMS[(n - 5) / 8]!
      await until(`${name} runs`, () => system.pidOf(name))
      system.kill(name)
    }
    const key = `kill-${n}-${crypto.randomUUID()}`
    const saved = await until(`note ${n} is answered for good`, async () => {
      const answer = await system.request(
        'timur',
        'POST',
        `/api/cases/${id}/acts/noted`,
        { happenedAt: iso(Date.now() - 1_000), version, form: { what: 'plan-note', text } },
        key,
      )
      return answer.status === 0 || answer.status >= 500 ? undefined : answer
    })
    ledger.push({ text, status: saved.status })
    if (saved.status === 200) version = saved.body.summary.version as number
  }
  expect(ledger.filter(({ status }) => status !== 200)).toEqual([])
  const { rows } = await system.db.query(
    `SELECT form->>'text' AS text, count(*)::int AS n FROM cases.act WHERE case_id = $1 AND kind = 'noted' GROUP BY 1`,
    [id],
  )
  const found = new Map((rows as { text: string; n: number }[]).map(({ text, n }) => [text, n]))
  expect(ledger.filter(({ text }) => found.get(text) !== 1)).toEqual([])
  expect(found.size).toBe(ledger.length)
  await until('the workflow knows the newest version', async () => {
    const { rows: known } = await system.db.query('SELECT version FROM cases.workflow_ack WHERE case_id = $1 AND hour IS NULL', [id])
    return known[0]?.version === version ? true : undefined
  })
})

test('the relay is killed again and again while it carries: every workflow learns the newest, every hour runs, each letter goes once', async () => {
  const saved: { id: string; number: string; version: number }[] = []
  // 31 minutes ago: the first letter of each hour is due at once.
  for (let n = 0; n < HOURS; n++) {
    const { status, body } = await system.request('timur', 'POST', '/api/cases', highRisk(Date.now() - 31 * MINUTE, `Ребенок ${n}`))
    // Saving does not ask the relay.
    expect(status).toBe(201)
    saved.push(body.summary)
    if (n % 4 === 1) system.kill(await until('the relay runs', () => (system.pidOf('relay') === undefined ? undefined : 'relay')))
  }
  const ids = saved.map(({ id }) => id)
  await until(
    'all is told',
    async () => {
      const { rows } = await system.db.query<{ told: string; hours: string; left: string }>(
        `SELECT (SELECT count(*) FROM cases.workflow_ack a JOIN cases."case" c ON c.id = a.case_id WHERE c.id = ANY($1) AND a.hour IS NULL AND a.version >= c.version) AS told,
                (SELECT count(*) FROM cases.workflow_ack WHERE case_id = ANY($1) AND hour = 0) AS hours, (SELECT count(*) FROM cases.outbox WHERE case_id = ANY($1)) AS left`,
        [ids],
      )
      const { told, hours, left } = rows[0]!
      return Number(told) === ids.length && Number(hours) === ids.length && Number(left) === 0 ? true : undefined
    },
    120,
  )
  for (const { id, number } of saved) {
    const letters = await until('its letters are out', () => {
      const found = mailsOf(number)
      return found.length > 0 ? found : undefined
    })
    expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(letters.length)
    const steps = await takenSteps(id)
    expect(new Set(steps.map(({ key }) => key)).size).toBe(steps.length)
  }
})
