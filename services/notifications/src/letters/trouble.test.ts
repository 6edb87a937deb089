import { expect, test } from 'vitest'
import {
  alerts,
  around,
  client,
  clock,
  get,
  hour,
  local,
  mail,
  notifications,
  people,
  post,
  restart,
  states,
  visit,
  who,
  issuer,
  useWorld,
} from '../world.fixture.ts'
import { report } from '../inbound/bounce.fixture.ts'
import { letterOf } from '../inbound/reply.fixture.ts'

useWorld()

test('a restored copy sends no old mail by itself', async () => {
  mail.fault = () => ({ refuse: 451, at: 'receiver' })
  await post('/internal/notices', hour(['supervisor']))
  await post('/internal/notices', visit('П1-2026-1', ['case-manager']))
  await notifications.tick()
  mail.fault = () => 'take'
  clock.set(local('2026-11-25T12:00'))
  await restart({ MAIL_HOLD_BEFORE: String(clock.now()) })
  await notifications.tick()
  expect(mail.taken).toEqual([])
  expect((await states()).map(({ state }: { state: string }) => state)).toEqual(['held', 'held'])
  await post('/internal/notices', hour(['head']))
  await notifications.tick()
  expect(mail.taken.map(({ to }) => to)).toEqual(['head@example.org'])
  const held = (await get('admin', 'administrator', '/api/letters?state=held')).body.items
  expect((await get('admin', 'administrator', `/api/letters/${held[0].id}/send`, 'POST')).status).toBe(204)
  await notifications.tick()
  expect(mail.taken).toHaveLength(2)
})

test('a person without an address: somebody else is asked to tell them', async () => {
  await post('/internal/notices', hour(['case-manager'], { people: { caseManager: people.silent } }))
  await notifications.tick()
  expect(await states()).toMatchObject([{ address: null, state: 'failed', answer: 'no address' }, { state: 'shown' }, { state: 'shown' }])
  expect((await get('silent', 'social-worker', '/api/notices')).body.items).toHaveLength(1)
})

test('a bounce marks its letter once and becomes a task; a report of somebody else’s mail changes nothing', async () => {
  await post('/internal/notices', hour(['head']))
  await notifications.tick()
  const raw = report('', mail.taken[0]!.mail.messageId!)
  const take = (bytes: Buffer) => post('/internal/inbound', { raw: bytes.toString('base64') }, 202, 'meetings')
  expect(await take(report('', mail.taken[0]!.mail.messageId!, 'delayed', '4.4.1'))).toEqual({ read: 'delayed' })
  expect(await take(raw)).toEqual({ read: 'bounced' })
  expect(await take(raw)).toEqual({ read: 'known' })
  expect(await take(report('', '<other@example.org>'))).toEqual({ read: 'not-ours' })
  expect(await take(Buffer.from('Subject: hi\r\n\r\nhello'))).toEqual({ read: 'no-report' })
  // A robot answers our letter at the address that all come from: seen in the list, and nothing goes out for it.
  const away = letterOf('Я в отпуске', ['Auto-Submitted: auto-replied'], 'head@example.org', 'tirek@example.org')
  expect([await take(away), await take(away)]).toEqual([{ read: 'automatic' }, { read: 'known' }])
  const seen = await get('admin', 'administrator', '/api/mail/unmatched')
  expect(seen.body.items).toMatchObject([{ reason: 'automatic', from: 'head@example.org' }])
  await notifications.tick()
  expect(mail.taken).toHaveLength(1)
  expect(await states()).toMatchObject([{ state: 'bounced' }, { state: 'shown' }, { state: 'shown' }])
})

test('a second report of a sending that came back stops nothing of what is sent again by hand', async () => {
  await post('/internal/notices', hour(['head']))
  await notifications.tick()
  const id = mail.taken[0]!.mail.messageId!
  const take = (status: string) => post('/internal/inbound', { raw: report('', id, 'failed', status).toString('base64') })
  expect(await take('5.1.1')).toEqual({ read: 'bounced' })
  expect(await take('5.1.2')).toEqual({ read: 'overtaken' })
  const [bounced] = (await get('admin', 'administrator', '/api/letters?state=bounced')).body.items
  mail.fault = () => ({ refuse: 451, at: 'receiver' })
  await get('admin', 'administrator', `/api/letters/${bounced.id}/send`, 'POST')
  expect(await take('5.1.3')).toEqual({ read: 'overtaken' })
  await notifications.tick()
  expect((await states())[0]).toMatchObject({ state: 'retry' })
  expect(await take('5.1.4')).toEqual({ read: 'overtaken' })
  mail.fault = () => 'take'
  clock.set((await notifications.nextInstant())!)
  await notifications.tick()
  expect((await states())[0]).toMatchObject({ state: 'accepted' })
  expect(await take('5.1.5')).toEqual({ read: 'bounced' })
})

test('a gateway that is away gets the alert when it is back, once', async () => {
  around.gatewayAnswer = 503
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  around.gatewayAnswer = 204
  alerts.length = 0
  clock.set((await notifications.nextInstant())!)
  await notifications.tick()
  await notifications.tick()
  expect(alerts).toHaveLength(1)
  expect(await notifications.nextInstant()).toBeUndefined()
})

test('the alert of an hour is kept with its notice or neither is: asked again after a fault, the phone still rings', async () => {
  const notice = hour(['supervisor'])
  await client.query('ALTER TABLE notifications.alert ADD CONSTRAINT fault CHECK (false) NOT VALID')
  try {
    await expect(post('/internal/notices', notice)).rejects.toThrow('500')
  } finally {
    await client.query('ALTER TABLE notifications.alert DROP CONSTRAINT fault')
  }
  await post('/internal/notices', notice)
  await post('/internal/notices', notice)
  await notifications.tick()
  expect(alerts).toHaveLength(1)
  expect(mail.taken).toHaveLength(1)
})

test('only services may hand in notices', async () => {
  const answer = await fetch(`${notifications.url}/internal/notices`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.tokenFor(who('admin', 'administrator'))}` },
    body: JSON.stringify(hour(['head'])),
  })
  expect(answer.status).toBe(401)
  await expect(post('/internal/notices', { ...hour(['head']), child: 'name' })).rejects.toThrow('400')
})
