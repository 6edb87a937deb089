/** The agenda goes with an invitation where the directory says that files may go, and names nobody of the family. */
import { readPdf } from '@tirek/documents/examples/reading.fixture'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { MeetingsWorld } from '../meetings.fixture.ts'

let world: MeetingsWorld
let file: { id: string; number: string }
beforeAll(async () => {
  world = await MeetingsWorld.open()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.rows('DELETE FROM meetings.outbox')
  world.goOn()
  world.mails.length = 0
  file = await world.caseWithPlan()
  await world.deliver()
})

const withFiles = () => world.sent().filter(({ attachments }) => attachments.length > 0)
const textOf = (bytes: Buffer) =>
  readPdf(bytes)
    .placed.map(({ text }) => text)
    .join('')
    .replaceAll(/\s+/g, ' ')

test('attached for marked addresses and people of ours, for nobody else; the same bytes for all of one language', async () => {
  await world.call(file.id)
  await world.deliver()
  expect(withFiles().map(({ to, kind }) => [to.address, kind])).toEqual([
    ['agency1@example.org', 'meeting-invited'],
    ['erlan@example.org', 'meeting-invited'],
  ])
  const [agency, own] = withFiles().map(({ attachments: [one, ...more] }) => {
    expect(more).toEqual([])
    return one!
  })
  expect(agency).toMatchObject({ type: 'application/pdf', name: expect.stringContaining(file.number.split('-').at(-1)!) })
  expect(agency!.name).toMatch(/^Повестка_[\w-]+_\d{4}-\d\d-\d\d\.pdf$/)
  expect(own).toEqual(agency)
  const bytes = Buffer.from(agency!.content, 'base64')
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(agency!.sha256)
  const { PICTURES } = process.env
  if (PICTURES) writeFileSync(join(PICTURES, 'agenda-of-invitation.pdf'), bytes)
  const text = textOf(bytes)
  for (const said of [file.number, 'Поликлиника № 1', '15:00–16:30', 'Кабинет 214', 'Помощь семье с жильем', 'Ведомство 1', 'Ведомство 5'])
    expect(text).toContain(said)
  expect(text).not.toMatch(/Роза|Ахметова|Ребёнок|Контакт|Соседи|\+7701555/)
})

test('moved it is another one with the time of now; a reminder, a cancellation and who is asked no more get none', async () => {
  const meeting = await world.call(file.id)
  await world.deliver()
  world.mails.length = 0
  const to = { startsAt: world.when(17, '10:00'), endsAt: world.when(17, '11:00'), place: 'Зал', reason: 'Ремонт' }
  await world.act(meeting, 'moved', to)
  await world.deliver()
  const [moved] = withFiles()
  expect(textOf(Buffer.from(moved!.attachments[0]!.content, 'base64'))).toContain('10:00–11:00')
  world.mails.length = 0
  await world.act(meeting, 'uninvited', { invitee: meeting.invitees[0]!.id })
  await world.act(meeting, 'cancelled', { reason: 'Семья переехала' })
  await world.deliver()
  expect(world.mails.length).toBeGreaterThan(4)
  expect(withFiles()).toEqual([])
})
