/** The database goes back to an earlier state, the ledger does not: nobody gets a second letter of the same step. */
import { expect, test } from 'vitest'
import {
  client,
  clock,
  get,
  hour,
  local,
  mail,
  NOON,
  notifications,
  post,
  restart,
  states,
  subjects,
  useWorld,
  visit,
} from '../world.fixture.ts'

useWorld()

const TABLES = ['notice', 'step', 'letter', 'attempt', 'bounce', 'receipt', 'told', 'alert']

/** Remembers the tables as they are; the answer brings them back, as a restore of a backup does. */
async function backedUp(): Promise<() => Promise<void>> {
  for (const table of TABLES)
    await client.query(
      `DROP TABLE IF EXISTS public.kept_${table}; CREATE TABLE public.kept_${table} AS SELECT * FROM notifications.${table}`,
    )
  return async () => {
    await client.query(`TRUNCATE ${TABLES.map((table) => `notifications.${table}`).join(', ')} CASCADE`)
    for (const table of TABLES) {
      const { rows } = await client.query(
        `SELECT string_agg(column_name, ', ') AS columns FROM information_schema.columns WHERE table_schema = 'notifications' AND table_name = $1 AND is_generated = 'NEVER'`,
        [table],
      )
      const { columns } = rows[0]
      await client.query(
        `INSERT INTO notifications.${table} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM public.kept_${table}`,
      )
    }
  }
}

test('the step is taken again after the restore: one letter in all, marked as sent, at the time when it was', async () => {
  const restore = await backedUp()
  const notice = hour(['supervisor'])
  await post('/internal/notices', notice)
  await notifications.tick()
  expect(subjects('supervisor')).toHaveLength(1)

  clock.set(NOON + 10 * 60_000)
  await restore()
  await restart({ MAIL_HOLD_BEFORE: String(clock.now()) })
  expect(await states()).toEqual([])
  await post('/internal/notices', notice)
  await notifications.tick()
  expect(mail.taken).toHaveLength(1)
  const [letter] = await states()
  expect(letter).toMatchObject({
    address: 'supervisor@example.org',
    state: 'accepted',
    answer: expect.stringContaining('2026-11-24T07:00:00.000Z'),
  })
  expect((await client.query('SELECT settled_at FROM notifications.letter')).rows).toEqual([{ settled_at: NOON }])
  // The pages show it to the receiver as before.
  expect((await get('supervisor', 'supervisor', '/api/notices')).body.items).toHaveLength(1)
})

test('steps that went one by one come back together: who was told all of them is not told again, who was told a part is', async () => {
  const restore = await backedUp()
  const first = hour(['case-manager'])
  await post('/internal/notices', first)
  await notifications.tick()
  const second = hour(['supervisor'])
  await post('/internal/notices', second)
  await notifications.tick()
  expect(mail.taken).toHaveLength(2)

  clock.set(NOON + 60 * 60_000)
  await restore()
  await restart({ MAIL_HOLD_BEFORE: String(clock.now()) })
  const third = hour(['next-in-line', 'supervisor'])
  await post('/internal/notices', { ...third, key: 'together', steps: [...first.steps, ...second.steps, ...third.steps] })
  await notifications.tick()
  expect(subjects('worker')).toHaveLength(1)
  // One more step for the supervisor than before, and one for the next in line.
  expect(subjects('supervisor')).toHaveLength(2)
  expect(subjects('next')).toHaveLength(1)
})

test('a letter that lay queued in the backup and went out after it is not held for a person', async () => {
  await post('/internal/notices', visit('П1-2026-1', ['case-manager']))
  mail.fault = () => ({ refuse: 451, at: 'receiver' })
  clock.set(local('2026-11-25T09:00'))
  await notifications.tick()
  expect(await states()).toMatchObject([{ state: 'retry' }])
  const restore = await backedUp()
  mail.fault = () => 'take'
  clock.set((await notifications.nextInstant())!)
  await notifications.tick()
  const sentAt = clock.now()
  expect(subjects('worker')).toHaveLength(1)

  clock.set(sentAt + 60_000)
  await restore()
  await restart({ MAIL_HOLD_BEFORE: String(clock.now()) })
  await notifications.tick()
  expect(subjects('worker')).toHaveLength(1)
  expect(await states()).toMatchObject([{ state: 'accepted', answer: expect.stringContaining(new Date(sentAt).toISOString()) }])
})

test('a letter that never went out is held, and by hand it goes whatever the ledger says', async () => {
  mail.fault = () => ({ refuse: 451, at: 'receiver' })
  await post('/internal/notices', hour(['head']))
  await notifications.tick()
  clock.set(NOON + 60_000)
  mail.fault = () => 'take'
  await restart({ MAIL_HOLD_BEFORE: String(clock.now()) })
  await notifications.tick()
  expect(await states()).toMatchObject([{ state: 'held' }])
  const [held] = (await client.query('SELECT id FROM notifications.letter')).rows
  const sendByHand = () => get('admin', 'administrator', `/api/letters/${held.id}/send`, 'POST')
  expect((await sendByHand()).status).toBe(204)
  await notifications.tick()
  expect(subjects('head')).toHaveLength(1)
  // It came back from the receiver's server: known to the ledger, and still sent when a person wants it.
  await client.query("UPDATE notifications.letter SET state = 'bounced'")
  expect((await sendByHand()).status).toBe(204)
  await notifications.tick()
  expect(subjects('head')).toHaveLength(2)
})
