/** An older mail never comes after a newer one: whoever reads it last would believe it. */
import { expect, test } from 'vitest'
import { client, clock, mail, news, NOON, notifications, post, useWorld } from '../world.fixture.ts'
import { ask, cancelled, invitees, mailsOf, mailTo, MEETING, movedTo, protocolFor, send, STARTS, tokenOf } from './meeting.fixture.ts'

useWorld()

const MINUTE = 60_000
const letters = async () =>
  (await client.query('SELECT state, bytes, content FROM notifications.letter JOIN notifications.mail ON letter = id ORDER BY seq')).rows
const states = async () => (await letters()).map(({ state }) => state)
const subjects = () => mailsOf('police').map(({ mail: { subject } }) => subject!.split(':')[0])

/** Everything that waits for a time. */
async function pass(): Promise<void> {
  for (let next = await notifications.nextInstant(); next !== undefined; next = await notifications.nextInstant()) {
    if (next > clock.now()) clock.set(next)
    await notifications.tick()
  }
}

test.each([
  ['moved', () => movedTo('police', STARTS + 3_600_000), 'Совещание изменено'],
  ['cancelled', () => cancelled('police'), 'Совещание отменено'],
])(
  'greylisted, and the meeting %s meanwhile: only the newer mail goes, and nothing is kept of the older one',
  async (_, newer, subject) => {
    mail.fault = () => ({ refuse: 451, at: 'receiver' })
    await send(mailTo('police'))
    mail.fault = () => 'take'
    await send(newer())
    await pass()
    expect(subjects()).toEqual([subject])
    expect(await letters()).toEqual([
      { state: 'superseded', bytes: null, content: null },
      { state: 'accepted', bytes: null, content: null },
    ])
    expect(news).toMatchObject([{ state: 'accepted' }])
  },
)

test('in doubt, and cancelled meanwhile: it is not sent once more', async () => {
  let asked = 0
  mail.fault = (to) => (to && ++asked === 2 ? 'drop' : 'take')
  await send(mailTo('police'))
  await send(cancelled('police'))
  await pass()
  expect(subjects()).toEqual(['Приглашение на совещание', 'Совещание отменено'])
  expect(await states()).toEqual(['superseded', 'accepted'])
})

test('both wait: the newer goes alone, in whichever order they came', async () => {
  await send(movedTo('police', STARTS + 3_600_000), mailTo('police'))
  expect(subjects()).toEqual(['Совещание изменено'])
})

test('a reminder of a meeting that was moved, and one to who is asked no more, do not go', async () => {
  const { calendar: _, ...reminder } = mailTo('police', { kind: 'meeting-reminded', sendAt: NOON + 5 * MINUTE })
  await send(mailTo('police'), mailTo('clerk'))
  await send(reminder, { ...reminder, key: 'other', invitee: invitees.clerk, to: { ...reminder.to, address: 'clerk@agency.example' } })
  await send(movedTo('police', STARTS + 3_600_000))
  await post('/internal/mails/revoke', { meeting: MEETING, invitee: invitees.clerk }, 200, 'meetings')
  await pass()
  expect(subjects()).toEqual(['Приглашение на совещание', 'Совещание изменено'])
  expect(mailsOf('clerk')).toHaveLength(1)
})

test('what is newest goes: another place alone, a reminder, minutes of a meeting that was called at another time', async () => {
  await ask(mailTo('police'))
  await ask(mailTo('police', { kind: 'meeting-changed', about: { place: 'каб. 7' } }))
  const { calendar: _, ...reminder } = mailTo('police', { kind: 'meeting-reminded' })
  await ask(reminder)
  await ask({ ...protocolFor('police'), about: { ...protocolFor('police').about, startsAt: STARTS + 1 } })
  await notifications.tick()
  expect(await states()).toEqual(Array(4).fill('accepted'))
  expect(tokenOf('police', 0)).toBeDefined()
})
