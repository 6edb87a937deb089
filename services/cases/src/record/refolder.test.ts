/** Facts made again: what was noted is never lost, whatever ends the process or comes in between. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'

let world: CasesWorld
beforeAll(async () => {
  world = await CasesWorld.open()
})
afterAll(() => world?.close())

const noted = async () => (await world.rows('SELECT case_id FROM cases.refold')).length
const quarantineOf = async (id: string) =>
  (await world.one<{ q: { from: string }[] }>(`SELECT facts->'settings'->'quarantine' AS q FROM cases."case" WHERE id = $1`, [id])).q.map(
    ({ from }) => from,
  )
const declare = async (from: string) => {
  await world.rows('DELETE FROM directory.quarantine_view')
  await world.admin.query(`INSERT INTO directory.quarantine_view VALUES ('Almaty', $1, NULL)`, [from])
  await world.askAsService('/internal/contexts/changed', { kind: 'quarantine', territory: 'Almaty' })
}

test('what fails in the middle leaves the note, and the next turn makes the facts again', async () => {
  const { id } = (await world.register('aigul')).summary
  await world.deliver()
  await world.admin.query(`
    CREATE FUNCTION cases.breaks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken off'; END $$;
    CREATE TRIGGER breaks BEFORE UPDATE ON cases."case" FOR EACH ROW EXECUTE FUNCTION cases.breaks()`)
  await declare('2026-11-01')
  await world.deliver()
  expect(await noted()).toBe(1)
  expect(await quarantineOf(id)).toEqual([])
  await world.admin.query('DROP TRIGGER breaks ON cases."case"; DROP FUNCTION cases.breaks()')
  await world.deliver()
  expect(await noted()).toBe(0)
  expect(await quarantineOf(id)).toEqual(['2026-11-01'])
})

test('a change that comes while facts are made again is not lost with the note of the one before', async () => {
  const { id } = (await world.register('aigul')).summary
  await world.deliver()
  await declare('2026-11-02')
  const holder = await world.admin.connect()
  try {
    await holder.query('BEGIN')
    await holder.query('SELECT 1 FROM cases."case" WHERE id = $1 FOR UPDATE', [id])
    const turn = world.deliver()
    for (;;) {
      const { waits } = await world.one<{ waits: number }>(
        `SELECT count(*)::int AS waits FROM pg_stat_activity WHERE wait_event_type = 'Lock'`,
      )
      if (waits > 0) break
    }
    // The turn has read what was noted and waits for the case: killed here, it leaves the note.
    expect(await world.rows('SELECT 1 FROM cases.refold WHERE case_id = $1', [id])).toHaveLength(1)
    await declare('2026-11-03')
    await holder.query('COMMIT')
    await turn
  } finally {
    await holder.query('ROLLBACK')
    holder.release()
  }
  await world.deliver()
  expect(await noted()).toBe(0)
  expect(await quarantineOf(id)).toEqual(['2026-11-03'])
})

test('a case that is opened while a change comes takes it all the same', async () => {
  // What the organisation had a moment ago is kept for some seconds: as for a form that was read before the change and saved after its note.
  await world.register('aigul')
  await world.rows(`UPDATE directory.quarantine_view SET from_day = '2026-11-04'`)
  const { id } = (await world.register('aigul')).summary
  await world.deliver()
  expect(await quarantineOf(id)).toEqual(['2026-11-04'])
  expect(await noted()).toBe(0)
})

test('fifty cases that always fail hold up no other', async () => {
  const { id } = (await world.register('aigul')).summary
  const clones = Array.from({ length: 50 }, (_, n) => `00000000-0000-4000-8000-0000000000${String(n + 10)}`)
  for (const clone of clones)
    await world.rows(
      `INSERT INTO cases."case" SELECT (jsonb_populate_record(c, jsonb_build_object('id', $1::text, 'number', $1::text, 'programme', 'none'))).* FROM cases."case" c WHERE c.id = $2`,
      [clone, id],
    )
  await declare('2026-11-05')
  await world.deliver()
  await world.deliver()
  expect(await noted()).toBe(50)
  expect(await quarantineOf(id)).toEqual(['2026-11-05'])
})
