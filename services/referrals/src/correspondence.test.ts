/** Who is invited to the correspondence sees the referrals, not what their packets hold of the other parts of the case. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ReferralsWorld } from './referrals.fixture.ts'

let world: ReferralsWorld
beforeAll(async () => {
  world = await ReferralsWorld.open()
})
afterAll(() => world?.close())

test('the packet opens for who may open the personal file; what meetings and reviews decided is offered to who may refer', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  await world.meetings.actOnCase('aigul', file.id, 'participant-invited', {
    person: world.id('erlan'),
    parts: ['correspondence'],
    reason: 'Ведет переписку',
  })
  const seen = await world.page(referral, 'erlan')
  expect(seen).toMatchObject({ id: referral.id, packet: { version: 1 }, sendings: [{ n: 1 }], allowedActs: [] })
  expect(seen.packet!.file).toBeUndefined()
  expect((await world.page(referral, 'saule')).packet!.file).toEqual(referral.packet!.file)
  const of = (login: string, path: string) => world.ask(login, 'GET', `/api/referrals/${path}`)
  const packet = `${referral.id}/files/${referral.packet!.file!.id}`
  expect(await of('erlan', packet)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  expect((await world.bytes('saule', `/api/referrals/${packet}`))[0]).toBe(200)
  for (const query of [`caseId=${file.id}`, `caseId=${file.id}&meeting=${file.meeting}`])
    expect(await of('erlan', `offer?${query}`)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
})

test('CP-58: a protocol demands nothing before it is approved; the packet that is made then has its demands', async () => {
  const file = await world.decidedCase('separate', {}, { isApproved: false })
  const demanded = async () =>
    (await world.ask('aigul', 'GET', `/api/referrals/offer?caseId=${file.id}&meeting=${file.meeting}`)).body.demands
  expect(await demanded()).toEqual([])
  const own = { who: 'Мать', demands: 'birth-family' as const, reasons: 'Вернулась на работу' }
  const referral = await world.prepare(file, { demands: [own] })
  expect(referral.demands).toEqual([{ ...own, from: 'added' }])
  await world.meetings.act({ id: file.meeting }, 'protocol-approved', {})
  expect(await demanded()).toHaveLength(1)
  expect((await world.act(referral, 'packet-made', {})).demands).toMatchObject([{ demands: 'foster-family', from: 'protocol' }, own])
})
