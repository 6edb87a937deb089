import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { CASE, client, hour, notifications, people, post, useWorld } from '../world.fixture.ts'

useWorld()

test('RT-10: letters of a case: when, to whom, its own lines; no address and no text', async () => {
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  const { items } = await post('/internal/cases/letters', { caseId: CASE }, 200)
  expect(items).toMatchObject([{ person: people.supervisor, state: 'accepted', lines: [{ rule: 'CP-10' }] }])
  expect(JSON.stringify(items)).not.toContain('@')
  expect(Object.keys(items[0]).sort()).toEqual(['at', 'lines', 'person', 'state'])
  expect((await post('/internal/cases/letters', { caseId: randomUUID() }, 200)).items).toEqual([])
})

test('RT-30: after erasure no letter and no notice says anything of the case; that a letter went, and its hash, stay; twice is once', async () => {
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  for (const letters of [1, 0]) {
    expect(await post('/internal/cases/erase', { caseId: CASE }, 200)).toEqual({ letters })
    const { rows } = await client.query(
      `SELECT l::text AS row FROM notifications.letter l UNION ALL SELECT body::text FROM notifications.notice`,
    )
    for (const { row } of rows)
      for (const word of [CASE.slice(0, 8) + '-', 'П1-2026-7', 'CP-10'])
        expect(row.replace(/"?[0-9a-f-]{36}\/[^,]*/g, ''), row).not.toContain(word)
    const { rows: kept } = await client.query('SELECT state, sha256, body, items FROM notifications.letter')
    expect(kept).toMatchObject([{ state: 'accepted', body: '', items: [] }])
    expect(kept[0].sha256).toMatch(/^[0-9a-f]{64}$/)
  }
  // Each call has its receipt.
  const receipts = await client.query(`SELECT case_id, why, about FROM notifications.trail WHERE what = 'letters-erased'`)
  expect(receipts.rows).toEqual([1, 2].map(() => ({ case_id: CASE, why: 'relay', about: null })))
  await notifications.tick()
  expect((await post('/internal/cases/letters', { caseId: CASE }, 200)).items).toEqual([])
})
