/** A packet leaves only where the case would let it: it asks the family's consent and its end at each sending, not at the first alone. */
import { DAY } from '@tirek/procedure/time'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ReferralsWorld } from './referrals.fixture.ts'

let world: ReferralsWorld
beforeAll(async () => {
  world = await ReferralsWorld.open()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.rows('DELETE FROM referrals.outbox')
  world.goOn()
})
const said = { by: 'parent', name: 'Гульнара Ахметова', way: 'paper', basis: 'свидетельство', for: ['examination'], text: '2026-1' }
const examination = { body: 'pmpk', question: 'examination' } as const

test('RT-03: while the family refuses the examination nothing goes to PMPK, by mail or on paper, and again once it withdrew its consent', async () => {
  const file = await world.decidedCase('continue')
  const referral = await world.prepare(file, examination)
  await world.act(referral, 'packet-made', {})
  await world.meetings.actOnCase('aigul', file.id, 'consent-refused', said)
  const onPaper = { way: 'paper', number: '7', day: world.day(10) }
  for (const form of [{ way: 'mail' }, onPaper]) {
    const { status, body } = await world.tryAct(referral, 'sent', form)
    expect([status, body.code, body.rule]).toEqual([422, 'sharing-refused', 'RT-03'])
    expect(body.title).toContain('family does not agree')
  }
  await world.deliver()
  expect(world.mails()).toEqual([])
  world.clock.set(world.clock.now() + 60_000)
  await world.meetings.actOnCase('aigul', file.id, 'consent-given', said)
  expect(await world.act(referral, 'sent', { way: 'mail' })).toMatchObject({ state: 'sent' })
  world.clock.set(world.clock.now() + 60_000)
  await world.meetings.actOnCase('aigul', file.id, 'consent-withdrawn', { ...said, basis: undefined, text: undefined })
  expect((await world.tryAct(referral, 'sent', { way: 'mail' })).body.code).toBe('sharing-refused')
  await world.deliver()
  expect(world.mails().map(({ sending }) => sending)).toEqual([1])
})

test('RT-03: what went on paper before the refusal is still written down; whom duty tells is told', async () => {
  const file = await world.decidedCase()
  const [pmpk, commission] = [await world.prepare(file, examination), await world.prepare(file)]
  world.clock.set(world.clock.now() + DAY)
  await world.meetings.actOnCase('aigul', file.id, 'consent-refused', said)
  await world.act(pmpk, 'packet-made', {})
  expect(await world.act(pmpk, 'sent', { way: 'paper', number: '7', day: world.day(10) })).toMatchObject({ state: 'sent' })
  await world.act(commission, 'packet-made', {})
  expect(await world.act(commission, 'sent', { way: 'mail' })).toMatchObject({ state: 'sent' })
})

test('CP-63: once the case has ended nothing goes out any more', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  await world.deliver()
  await world.rows(`UPDATE cases."case" SET ended = true, stage = 'ended' WHERE id = $1`, [file.id])
  const { status, body } = await world.tryAct(referral, 'sent', { way: 'mail' })
  expect([status, body.code, body.state]).toEqual([409, 'referral-state', 'ended'])
  await world.deliver()
  expect(world.mails()).toHaveLength(1)
})
