/** RT-10: the export of all that is held on a child and the family tells what meetings hold, by the real services. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MeetingsWorld } from '../meetings.fixture.ts'

let world: MeetingsWorld
beforeAll(async () => {
  world = await MeetingsWorld.open()
})
afterAll(() => world?.close())

test('who of the family was invited, how they are reached, what they answered and what they disagreed with; of others no address', async () => {
  const { id } = await world.caseWithPlan()
  const meeting = await world.call(id)
  const grandmother = meeting.invitees.at(-1)!
  await world.act(meeting, 'answered', { invitee: grandmother.id, answer: 'accepted', comment: 'Приду с внуком' })
  world.clock.set(world.at(10, '15:00'))
  await world.act(meeting, 'held', {
    heldAt: world.when(10, '15:00'),
    attendance: [{ invitee: grandmother.id, came: true }],
    needs: ['Жилье для внука'],
    measures: [],
    dissent: [{ invitee: grandmother.id, reasons: 'Не согласна с переездом' }],
    next: { startsAt: world.when(40, '15:00'), endsAt: world.when(40, '16:00') },
  })
  await world.news({ what: 'unmatched', key: randomUUID(), meeting: meeting.id, reason: 'not-invited', at: world.clock.now() })
  await world.signIn('saule')
  const form = { about: 'child', askedBy: 'Бабушка', relation: 'бабушка', identity: 'document', granted: true }
  await world.actOnCase('saule', id, 'access-asked', form)
  const [asked] = await world.rows<{ id: string }>(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'access-asked'`, [id])
  const { status, body } = await world.ask('saule', 'GET', `/api/cases/${id}/export?request=${asked!.id}&format=json`)
  expect(status).toBe(200)
  const told = JSON.stringify(body.sections.find(({ name }: { name: string }) => name === 'meetings'))
  for (const words of [
    'Роза Ахметова',
    '+77015550008',
    'Приду с внуком',
    'Жилье для внука',
    'Не согласна с переездом',
    'Помощь семье с жильем',
  ])
    expect(told).toContain(words)
  expect(told).not.toContain('@example.org')
  // That somebody unknown wrote is told, and that it is left out.
  expect(told).toContain('mail from senders who are not known: 1')
})

test('another case has nothing of it; only the cases service may ask', async () => {
  const { id } = await world.caseWithPlan()
  await expect(world.heldOf(id)).resolves.toEqual({ items: [] })
  await expect(world.heldOf(randomUUID(), 'relay')).rejects.toThrow('403')
})
