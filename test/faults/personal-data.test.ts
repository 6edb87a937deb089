/** What is typed in forms stays in Postgres: marked values are sought in logs, letters, search attributes and real histories. */
import { Client, Connection } from '@temporalio/client'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunningSystem, until } from '../world/running.ts'

const MARKS = {
  name: 'Зыбочкин Ерофей',
  address: 'Перепёлкин тупик',
  iin: '240202600018',
  phone: '+77015550199',
  ground: 'слова-метка-семь',
  asker: 'Кукушкина Фёкла',
}
let system: RunningSystem

beforeAll(async () => {
  system = await RunningSystem.start()
})
afterAll(async () => {
  await system?.stop()
})

test('nothing personal leaves the record: logs, letters, subjects, outbox, search attributes, histories', async () => {
  const opened = await system.insist('timur', 'POST', '/api/cases', {
    child: { name: MARKS.name, address: MARKS.address, iin: MARKS.iin, phone: MARKS.phone, birthDate: '2024-02-02', sex: 'male' },
    asker: { name: MARKS.asker, contact: MARKS.phone },
    ground: MARKS.ground,
    channel: 'phone',
    source: 'public',
    reportedAt: new Date(Date.now() - 50 * 60_000).toISOString(),
    criteria: ['H5'],
    level: 'high',
  })
  expect(opened.status).toBe(201)
  const { id, number } = opened.body.summary as { id: string; number: string }
  await system.request('timur', 'GET', `/api/register?query=${encodeURIComponent(MARKS.name)}`)
  await system.request('timur', 'POST', `/api/cases/${id}/acts/noted`, {
    happenedAt: 'нет',
    version: 1,
    form: { what: MARKS.name, text: MARKS.ground },
  })
  const letters = await until('letters are out', async () => {
    const found = (await system.mails()).filter(({ text }) => text.includes(number))
    return found.length >= 2 ? found : undefined
  })
  await until('the outbox is empty', async () =>
    (await system.db.query('SELECT 1 FROM cases.outbox WHERE case_id = $1', [id])).rowCount === 0 ? true : undefined,
  )

  const seen: [string, string][] = letters.map((letter) => ['letter', JSON.stringify(letter)])
  for (const file of readdirSync(join(system.home, 'log'))) seen.push([`log ${file}`, readFileSync(join(system.home, 'log', file), 'utf8')])
  const connection = await Connection.connect({ address: system.at.temporalAddress })
  const client = new Client({ connection, namespace: 'tirek' })
  for (const workflowId of [`case/${id}`, `case/${id}/urgent/0`]) {
    const handle = client.workflow.getHandle(workflowId)
    const history = await handle.fetchHistory()
    const described = await handle.describe()
    // Payloads are bytes: they are read as text, whatever they hold.
    const bytes = (_: string, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : typeof value === 'bigint' ? String(value) : value
    seen.push(
      [`history of ${workflowId}`, JSON.stringify(history, bytes)],
      [`description of ${workflowId}`, JSON.stringify(described.typedSearchAttributes, bytes) + JSON.stringify(described.raw, bytes)],
    )
  }
  await connection.close()
  expect(seen.find(([where]) => where.startsWith('history'))?.[1]).toContain(id)
  const leaks = seen.flatMap(([where, text]) =>
    Object.entries(MARKS)
      .filter(([, mark]) => text.includes(mark))
      .map(([what]) => `${what} in ${where}`),
  )
  expect(leaks).toEqual([])
})
