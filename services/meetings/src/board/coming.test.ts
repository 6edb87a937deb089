/** Meetings over all cases that one may see: in their order, page by page, each seen by who sees its case. */
import type { MeetingList, MeetingPage } from '@tirek/contract/meetings'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MeetingsWorld } from '../meetings.fixture.ts'

let world: MeetingsWorld
const made: MeetingPage[] = []
beforeAll(async () => {
  world = await MeetingsWorld.open()
  // Of aigul, of dana, of another organisation; one is cancelled, one lies before.
  for (const [login, day] of [
    ['aigul', 10],
    ['aigul', 8],
    ['dana', 9],
    ['aigul', 11],
  ] as const) {
    const { id } = await world.caseWithPlan(login)
    made.push(await world.call(id, { startsAt: world.when(day, '15:00'), endsAt: world.when(day, '16:00') }, login))
  }
  await world.act(made[3]!, 'cancelled', { reason: 'Семья переехала' })
  const { id } = await world.caseWithPlan('astana')
  const invitees = [{ who: 'family' as const, name: 'Бабушка', role: 'бабушка' }]
  made.push(await world.call(id, { agreement: { supervisor: world.id('boss'), day: world.monday }, invitees }, 'astana'))
})
afterAll(() => world?.close())

const ask = async (login: string, more = '', from = world.at(0, '00:00')) => {
  const { status, body } = await world.ask<MeetingList>(login, 'GET', `/api/meetings?from=${from}${more}`)
  return { status, next: body?.next, of: body?.items?.map(({ id }) => made.findIndex((one) => one.id === id)) }
}

// oxfmt-ignore
test.each([
  ['aigul leads two of these cases', 'aigul', [1, 0]],
  ['dana leads one', 'dana', [2]],
  ['saule supervises both', 'saule', [1, 2, 0]],
  ['nurlan leads the organisation, without what is in the files', 'nurlan', []],
  ['erlan is invited to the meetings, not to the cases', 'erlan', []],
  ['another organisation sees its own', 'astana', [4]],
] as const)('%s', async (_, login, expected) => expect(await ask(login)).toEqual({ status: 200, next: undefined, of: expected }))

test('from an instant on, and till one: the beginning belongs to it, the end does not', async () => {
  const at = world.at(9, '15:00')
  const of = async (from: number, till: number) => (await ask('saule', `&till=${till}`, from)).of
  expect(await of(at, at + 1)).toEqual([2])
  expect(await of(at + 1, at + 2)).toEqual([])
  expect(await of(at - 1, at)).toEqual([])
})

test('page by page: each once, in the order of their beginnings; a cursor that is not ours is refused by name', async () => {
  const seen: number[] = []
  for (let more = '&limit=1', pages = 0; pages < 5; pages++) {
    const page = await ask('saule', more)
    seen.push(...page.of!)
    if (!page.next) break
    more = `&limit=1&cursor=${page.next}`
  }
  expect(seen).toEqual([1, 2, 0])
  for (const cursor of ['x', Buffer.from('[1,"; DROP"]').toString('base64url')]) {
    const { status, body } = await world.ask('saule', 'GET', `/api/meetings?from=0&cursor=${cursor}`)
    expect([status, body.errors[0].pointer]).toEqual([400, '/cursor'])
  }
  expect((await world.ask('saule', 'GET', '/api/meetings')).status).toBe(400)
})

test('looked at again and again it fills no chain: the list each time, each of its cases once a day', async () => {
  const rows = () =>
    world.rows<{ case_id: string | null }>(
      `SELECT case_id FROM meetings.trail WHERE what = 'read-meetings' AND who = $1 AND outcome = 'done'`,
      [world.id('dana')],
    )
  const before = (await rows()).length
  await ask('dana')
  await ask('dana')
  const after = (await rows()).slice(before)
  expect(after.filter(({ case_id: of }) => of === null)).toHaveLength(2)
  expect(after.filter(({ case_id: of }) => of !== null)).toHaveLength(0)
  world.clock.set(world.at(1, '00:00'))
  await ask('dana')
  expect((await rows()).at(-1)!.case_id ?? (await rows()).at(-2)!.case_id).toBe(made[2]!.caseId)
})

test('it is read by its index', async () => {
  const client = await world.admin.connect()
  try {
    await client.query('SET enable_seqscan = off; SET enable_bitmapscan = off')
    const { rows } = await client.query(
      `EXPLAIN SELECT o.id FROM meetings.meeting o WHERE o.organisation = $1::uuid AND o.state <> 'cancelled' AND (o.starts_at, o.id) > (0::bigint, $1::uuid) AND o.starts_at < 5 ORDER BY o.starts_at, o.id LIMIT 200`.replaceAll(
        '$1',
        `'${world.organisation}'`,
      ),
    )
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain('meeting_coming')
    expect(plan).not.toContain('Sort')
  } finally {
    client.release(true)
  }
})
