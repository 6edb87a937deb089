/** What answers tell beside the pages: refusals, answers given again, rows of the trail. Each holds no more than the page would show to the same person. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'

let world: CasesWorld
beforeAll(async () => {
  world = await CasesWorld.open()
})
afterAll(() => world?.close())

const invite = (caseId: string, login: string, parts: string[], relation = 'participant') =>
  world.admin.query(
    `INSERT INTO cases.access (id, case_id, relation, person, parts, from_at, given_by, of_organisation) VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7)`,
    [caseId, relation, world.id(login), parts, world.clock.now(), world.id('aigul'), world.organisation],
  )
const contact = { by: 'home-visit', childSeen: true, signsOfCruelty: false, found: 'все хорошо' }

test('who wrote on an old version hears of the changes in the parts they see, and of no other', async () => {
  const { summary } = await world.register('aigul')
  await world.act('aigul', summary.id, 'contact-made', contact)
  await world.act('aigul', summary.id, 'primary-assessment-done', { outcome: 'confirmed', reason: 'Подтвердилось' })
  await invite(summary.id, 'erlan', ['contacts'])
  const invited = await world.tryAct('erlan', summary.id, 'contact-made', contact, { version: 1 })
  expect(invited.body).toMatchObject({ code: 'stale', version: 3 })
  expect(invited.body.changes.map((one: { kind: string }) => one.kind)).toEqual(['contact-made'])
  const manager = await world.tryAct('aigul', summary.id, 'contact-made', contact, { version: 1 })
  expect(manager.body.changes.map((one: { kind: string }) => one.kind)).toEqual(['contact-made', 'primary-assessment-done'])
})

test('an answer given again holds no more than its writer may see by now', async () => {
  const { summary } = await world.register('aigul')
  await invite(summary.id, 'erlan', ['contacts'])
  const key = { 'idempotency-key': randomUUID() }
  const act = { happenedAt: world.at(), version: 1, form: contact }
  const send = () => world.ask('erlan', 'POST', `/api/cases/${summary.id}/acts/contact-made`, act, key)
  const first = await send()
  expect(first.status).toBe(200)
  expect(first.body.summary.child).toBeDefined()
  expect((await send()).body).toEqual(first.body)
  await world.admin.query('UPDATE cases.access SET until_at = $2 WHERE case_id = $1', [summary.id, world.clock.now()])
  expect((await world.ask('erlan', 'GET', `/api/cases/${summary.id}`)).status).toBe(404)
  const again = await send()
  expect(again.status).toBe(200)
  expect(again.body).toMatchObject({ summary: { id: summary.id }, deadlines: [], hours: [], allowedActs: [] })
  expect(Object.keys(again.body.summary)).not.toEqual(expect.arrayContaining(['child']))
})

test('a refusal puts no word of the address into the trail that is none of ours', async () => {
  const { summary } = await world.register('aigul')
  expect((await world.ask('admin', 'POST', `/api/cases/${summary.id}/acts/Aigerim.Testova.240305600124`, {})).status).toBe(403)
  expect((await world.ask('admin', 'POST', `/api/cases/${summary.id}/acts/noted`, {})).status).toBe(403)
  const rows = await world.rows(`SELECT what FROM cases.trail WHERE chain = $1 AND outcome = 'refused' ORDER BY n`, [summary.id])
  expect(rows.map((row) => row['what'])).toEqual(['act', 'act'])
})

/** Sends both while the case is locked, so that the second waits for the first. Answers what the facts hold of contacts then. */
async function oneAfterTheOther(caseId: string, second: () => Promise<unknown>): Promise<number> {
  const waiting = async (n: number) => {
    for (;;) {
      const { waits } = await world.one<{ waits: number }>(
        `SELECT count(*)::int AS waits FROM pg_stat_activity WHERE wait_event_type = 'Lock'`,
      )
      if (waits >= n) return
    }
  }
  const holder = await world.admin.connect()
  try {
    await holder.query('BEGIN')
    await holder.query('SELECT 1 FROM cases."case" WHERE id = $1 FOR UPDATE', [caseId])
    const both = [world.act('aigul', caseId, 'contact-made', contact)]
    await waiting(1)
    both.push(second())
    await waiting(2)
    await holder.query('COMMIT')
    await Promise.all(both)
  } finally {
    holder.release()
  }
  const { n } = await world.one<{ n: number }>(`SELECT jsonb_array_length(facts->'contacts'->'all') AS n FROM cases."case" WHERE id = $1`, [
    caseId,
  ])
  return n
}

test('evidence for a brother, and facts made again, know the act that they waited for', async () => {
  const danger = { criteria: ['H1'], level: 'high', anotherChild: true } as const
  const one = (await world.register('aigul', { ...danger, criteria: ['H1'] })).summary
  const other = (await world.register('aigul', { ...danger, criteria: ['H1'] })).summary
  const evidence = {
    hour: 0,
    measuresAgreed: { at: world.at(), by: 'С. Супервизор' },
    lawEnforcement: { at: world.at(), reference: '112' },
    juvenileInspection: { at: world.at(), reference: 'инспектор, 7' },
  }
  expect(
    await oneAfterTheOther(other.id, () =>
      world.act('aigul', one.id, 'urgent-measures-evidenced', evidence, { alsoFor: [{ caseId: other.id, hour: 0 }] }),
    ),
  ).toBe(1)

  const refolded = (await world.register('aigul')).summary
  await world.rows('DELETE FROM cases.refold')
  await world.rows('INSERT INTO cases.refold VALUES ($1)', [refolded.id])
  expect(await oneAfterTheOther(refolded.id, () => world.deliver())).toBe(1)
})
