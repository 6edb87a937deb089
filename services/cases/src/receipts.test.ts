/** Who has confirmed reading the letters of an hour: told to those who may see the case, and to nobody else. It decides nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from './cases.fixture.ts'

let world: CasesWorld
beforeAll(async () => {
  world = await CasesWorld.open()
})
afterAll(() => world?.close())

test('receipts are read by those who may see the case, with a row in the trail, and end no hour', async () => {
  const { summary, deadlines } = await world.register('aigul')
  const { key } = deadlines[0]!
  const receipt = { deadlineKey: key, person: summary.organisation, roles: ['supervisor'], askedAt: 1, confirmedAt: 2 }
  world.receipts.push({ caseId: summary.id, receipt })
  const before = await world.ask('aigul', 'GET', `/api/cases/${summary.id}/deadlines`)
  const path = `/api/cases/${summary.id}/receipts`
  expect(await world.ask('aigul', 'GET', path)).toMatchObject({ status: 200, body: { items: [receipt] } })
  expect((await world.ask('astana', 'GET', path)).status).toBe(404)
  expect((await world.ask('aigul', 'GET', `/api/cases/${crypto.randomUUID()}/receipts`)).status).toBe(404)
  const { rows } = await world.admin.query(
    `SELECT outcome FROM cases.trail WHERE case_id = $1 AND what = 'read-receipts' ORDER BY outcome`,
    [summary.id],
  )
  expect(rows).toEqual([{ outcome: 'done' }, { outcome: 'refused' }])
  expect((await world.ask('aigul', 'GET', `/api/cases/${summary.id}/deadlines`)).body).toEqual(before.body)
})

test('while the notifications service is away this alone is not known, and may be asked again', async () => {
  const { summary } = await world.register('aigul')
  world.notificationsStatus = 503
  try {
    expect(await world.ask('aigul', 'GET', `/api/cases/${summary.id}/receipts`)).toMatchObject({ status: 503, body: { retryable: true } })
    expect((await world.ask('aigul', 'GET', `/api/cases/${summary.id}`)).status).toBe(200)
  } finally {
    world.notificationsStatus = 202
  }
})
