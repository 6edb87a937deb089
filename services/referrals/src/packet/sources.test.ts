/** A packet goes out as it was looked at: of acts that still stand, to whom its letter names. */
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ReferralsWorld } from '../referrals.fixture.ts'

let world: ReferralsWorld
beforeAll(async () => {
  world = await ReferralsWorld.open()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.rows('DELETE FROM referrals.outbox')
  world.goOn()
})

test('what was withdrawn as entered in error, or corrected in the protocol, does not go out in the packet that was made before', async () => {
  const file = await world.decidedCase()
  const referral = await world.prepare(file)
  await world.act(referral, 'packet-made', {})
  const [plan] = await world.rows(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'plan-signed'`, [file.id])
  await world.meetings.actOnCase('aigul', file.id, 'withdrawn', { act: plan!['id'], reason: 'План другой семьи' })
  expect((await world.tryAct(referral, 'sent', { way: 'mail' })).body).toMatchObject({ code: 'packet-needed' })
  const again = await world.act(referral, 'packet-made', {})
  expect(again.packet!.enclosures.map(({ kind }) => kind)).toEqual(['assessment', 'protocol'])
  const [{ content }] = (await world.rows('SELECT content FROM meetings.protocol WHERE meeting = $1', [file.meeting])) as [
    { content: object },
  ]
  await world.meetings.act({ id: file.meeting }, 'protocol-corrected', { ...content, changed: 'Описка' })
  expect((await world.tryAct(referral, 'sent', { way: 'mail' })).body).toMatchObject({ code: 'packet-needed' })
  await world.act(referral, 'packet-made', {})
  expect(await world.act(referral, 'sent', { way: 'mail' })).toMatchObject({ state: 'sent', packet: { version: 3 } })
})

test('CP-54: another address, or other rules for files there, are shown before it goes; a contact set before the one that was proposed is not', async () => {
  const file = await world.decidedCase()
  const referral = await world.prepare(file)
  await world.act(referral, 'packet-made', {})
  const first = randomUUID()
  await world.rows(
    `INSERT INTO directory.agency_contact (id, agency, place, name, email, lang) VALUES ($1, $2, 0, 'Новый', 'new@example.org', 'ru')`,
    [first, world.commission],
  )
  const sent = await world.act(referral, 'sent', { way: 'mail' })
  expect(sent.sendings[0]!.to).toBe('commission-services@example.org')
  const tried = async (way: object = { way: 'mail' }) => (await world.tryAct(referral, 'sent', way)).body.code
  const own = `agency = '${world.commission}' AND id <> '${first}'`
  await world.rows(`UPDATE directory.agency_contact SET email = 'other@example.org' WHERE ${own}`)
  expect(await tried()).toBe('packet-needed')
  const shown = await world.act(referral, 'packet-made', {})
  expect(shown).toMatchObject({ state: 'sent', to: { email: 'other@example.org', mayReceiveFiles: true }, packet: { version: 2 } })
  await world.rows(`UPDATE directory.agency_contact SET marked_by = NULL, marked_at = NULL WHERE ${own}`)
  expect(await tried()).toBe('packet-needed')
  expect((await world.act(referral, 'packet-made', {})).to).toMatchObject({ mayReceiveFiles: false })
  expect((await world.act(referral, 'sent', { way: 'mail' })).sendings[1]).toMatchObject({ to: 'other@example.org', packet: 3 })
  // On paper no mailbox is meant, but the letter names who it is for.
  await world.rows(`UPDATE directory.agency_contact SET email = 'third@example.org' WHERE ${own}`)
  const onPaper = { way: 'paper', number: '7', day: world.day(10) }
  expect((await world.act(referral, 'sent', onPaper)).sendings[2]).toMatchObject({ way: 'paper' })
  await world.rows(`UPDATE directory.agency_contact SET name = 'А. Новая' WHERE ${own}`)
  expect(await tried(onPaper)).toBe('packet-needed')
  await world.rows('DELETE FROM directory.agency_contact WHERE id = $1', [first])
})

test('withdrawn after it went on paper too: the mailbox that has it is told, its packet opens no more; what still waited does not go', async () => {
  const file = await world.decidedCase('separate', { pmpk: true })
  const byLink = await world.sent(file, { body: 'pmpk' })
  await world.deliver()
  const packet = (of: { packet?: { file?: { id: string } | undefined } | undefined }) =>
    world.asService('notifications', 'GET', `/internal/files/${of.packet!.file!.id}`)
  expect((await packet(byLink)).status).toBe(200)
  await world.act(byLink, 'sent', { way: 'paper', number: '7', day: world.day(10) })
  await world.act(byLink, 'withdrawn', { reason: 'Семья переехала' })
  expect(await packet(byLink)).toMatchObject({ status: 404 })
  const neverSent = await world.prepare(file, { body: 'pmpk' })
  expect(await packet(await world.act(neverSent, 'packet-made', {}))).toMatchObject({ status: 404 })
  await world.deliver()
  expect(world.mails().map(({ kind, to }) => [kind, to.address])).toEqual([
    ['referral-sent', 'pmpk@example.org'],
    ['referral-withdrawn', 'pmpk@example.org'],
  ])
  world.meetings.referralMails.length = 0
  const other = await world.sent(await world.decidedCase())
  await world.act(other, 'withdrawn', { reason: 'Ошибка' })
  await world.deliver()
  expect(world.mails().map(({ kind }) => kind)).toEqual(['referral-withdrawn'])
})

test('a packet whose act fails leaves no file behind, one key makes one file, and its number stays with the referral', async () => {
  const referral = await world.prepare(await world.decidedCase())
  await world.act(referral, 'packet-made', {})
  const kept = () =>
    readdirSync(join(world.config().TIREK_HOME, 'files'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length
  const before = kept()
  const [row] = await world.rows('SELECT outgoing FROM referrals.referral WHERE id = $1', [referral.id])
  await world.rows('ALTER TABLE referrals.packet ADD CONSTRAINT "full" CHECK (version < 2) NOT VALID')
  expect((await world.tryAct(referral, 'packet-made', {})).status).toBe(500)
  expect(kept()).toBe(before)
  await world.rows('ALTER TABLE referrals.packet DROP CONSTRAINT "full"')
  const key = randomUUID()
  const [{ version }] = (await world.rows('SELECT version FROM referrals.referral WHERE id = $1', [referral.id])) as [{ version: number }]
  const make = () => world.ask('aigul', 'POST', `/api/referrals/${referral.id}/packet-made`, { version, form: {} }, key)
  const [first, second] = await Promise.all([make(), make()])
  expect([first.status, second.body]).toEqual([200, first.body])
  expect(kept()).toBe(before + 1)
  expect(await world.rows('SELECT outgoing FROM referrals.referral WHERE id = $1', [referral.id])).toEqual([row])
})
