/** Receipts of the hour's letters: the link that a real letter holds, what it does and what it never does. */
import { FROM_HEADER, fromHeader } from '@tirek/platform/from-where'
import { scratchKeyOf } from '@tirek/platform/scratch-service-keys'
import { ownKeyFrom } from '@tirek/platform/service-tokens'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  around,
  CASE,
  client,
  clock,
  closed,
  get,
  hour,
  local,
  mail,
  NOON,
  notifications,
  people,
  post,
  restart,
  said,
  useWorld,
  visit,
} from '../world.fixture.ts'

useWorld()

const LINK = /http:\/\/localhost:3000\/l\/([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/g
const tokensIn = (text: string | undefined) => [...(text ?? '').matchAll(LINK)].map(([, token]) => token!)
const letters = (name: string) => mail.to(`${name}@example.org`)
const tokenOf = (name: string, at = -1) => tokensIn(letters(name).at(at)?.mail.text)[0]!
const ask = async (what: 'look' | 'use', token: string): Promise<any> => {
  const answer = await fetch(`${notifications.url}/api/links/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  return { status: answer.status, ...(await answer.json()) }
}
const receipts = async () => (await client.query('SELECT * FROM notifications.receipt ORDER BY asked_at, person')).rows
const tell = async (...notices: Parameters<typeof post>[1][]) => {
  for (const notice of notices) await post('/internal/notices', notice)
  await notifications.tick()
}

test('whoever is told so that others act gets a link in both parts of the letter, each their own; who acts themselves gets none', async () => {
  await tell(hour(['case-manager', 'supervisor', 'next-in-line', 'head', 'duty-list']))
  const seen = new Set<string>()
  for (const name of ['supervisor', 'next', 'head', 'duty']) {
    const { text, html } = letters(name)[0]!.mail
    const [token, ...more] = tokensIn(text)
    expect(more).toEqual([])
    expect(tokensIn(html)).toEqual([token])
    seen.add(token!)
    const found = await ask('look', token!)
    expect(found).toMatchObject({ status: 200, state: 'open', purpose: 'receipt' })
    expect(text).toMatch(new RegExp(`(№|no\\.) ?${found.number}[ )]`))
    expect(`${text}${html}`).not.toMatch(/\{(link|number)-of/)
  }
  expect(seen.size).toBe(4)
  expect(tokensIn(letters('worker')[0]!.mail.text)).toEqual([])
  expect(letters('worker')[0]!.mail.text).not.toContain('{')
})

test('letters of days, digests and the morning hold none', async () => {
  await tell(visit('П1-2026-1', ['supervisor']), visit('П1-2026-2', ['supervisor']), visit('П1-2026-3', ['head']))
  clock.set(local('2026-11-25T09:00'))
  await notifications.tick()
  expect(mail.taken).toHaveLength(2)
  for (const letter of mail.taken) expect(tokensIn(letter.raw.toString())).toEqual([])
  expect(await receipts()).toEqual([])
})

test('looked at as often as wanted it does nothing; used it confirms once, with a row in the trail; again it says when', async () => {
  await tell(hour(['supervisor']))
  const token = tokenOf('supervisor')
  for (let i = 0; i < 10; i++) expect((await ask('look', token)).state).toBe('open')
  expect(await receipts()).toMatchObject([{ confirmed_at: null }])
  clock.set(NOON + 7 * 60_000)
  const both = await Promise.all([ask('use', token), ask('use', token)])
  expect(both.map(({ state }) => state).sort()).toEqual(['done', 'used'])
  expect(both.map(({ usedAt }) => usedAt)).toEqual([clock.now(), clock.now()])
  const at = clock.now()
  clock.set(NOON + 60 * 60_000)
  expect(await ask('use', token)).toMatchObject({ state: 'used', usedAt: at })
  expect(await receipts()).toMatchObject([{ person: people.supervisor, confirmed_at: at, case_id: CASE, deadline_key: 'CP-10/0' }])
  const { rows } = await client.query(`SELECT * FROM notifications.trail WHERE what = 'receipt-confirmed'`)
  expect(rows).toMatchObject([{ who: people.supervisor, role: 'supervisor', why: 'one-time-link', case_id: CASE, outcome: 'done' }])
})

test('the row of a receipt says under which request and from where it came, as the link page signed it', async () => {
  await tell(hour(['supervisor']))
  const request = randomUUID()
  const answer = await fetch(`${notifications.url}/api/links/use`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-request-id': request,
      [FROM_HEADER]: fromHeader(ownKeyFrom(scratchKeyOf('web')), request, '203.0.113.9'),
    },
    body: JSON.stringify({ token: tokenOf('supervisor') }),
  })
  expect(await answer.json()).toMatchObject({ state: 'done' })
  const { rows } = await client.query('SELECT request, from_where FROM notifications.trail WHERE request = $1', [request])
  expect(rows).toEqual([{ request, from_where: '203.0.113.9' }])
})

test('letters of later steps name who has confirmed and when, in the words of the one who gets them; silence climbs as before', async () => {
  await tell(hour(['supervisor'], { steps: [{ key: 's', do: 'escalate', at: NOON, whom: ['supervisor'], repeat: 0 }] }))
  await tell(hour(['next-in-line']))
  expect(letters('next')[0]!.mail.text).not.toContain('Confirmed reading')
  clock.set(NOON + 52 * 60_000)
  await ask('use', tokenOf('supervisor'))
  clock.set(NOON + 90 * 60_000)
  await tell(hour(['head']), hour(['supervisor'], { deadlineKey: 'CP-10/1', hour: 1 }))
  expect(letters('head')[0]!.mail.text).toContain('Подтвердили прочтение: 12:52 Имя supervisor (супервизор)')
  expect(letters('supervisor').at(-1)!.mail.text).not.toContain('растады:')
  await tell(hour(['supervisor']))
  expect(letters('supervisor').at(-1)!.mail.text).toContain('Оқығанын растады: 12:52 Имя supervisor (супервайзер)')
  expect(letters('supervisor').at(-1)!.mail.subject).not.toContain('растады')
})

test.each([
  [-1, 'done'],
  [0, 'late'],
  [1, 'late'],
])('seven days after it was sent, and %i ms, it is %s', async (off, state) => {
  await tell(hour(['supervisor']))
  const token = tokenOf('supervisor')
  clock.set(NOON + 7 * 24 * 3_600_000 + off)
  expect((await ask('use', token)).state).toBe(state)
  expect((await receipts())[0].confirmed_at === null).toBe(state === 'late')
})

test('neither the database nor a log holds a token, before and after it is sent and used', async () => {
  mail.fault = (to) => (to === 'supervisor@example.org' ? { refuse: 451, at: 'data' } : 'take')
  const sent = NOON + 5_000
  await tell(hour(['supervisor', 'head']))
  const kept = async () => {
    const all: string[] = []
    for (const table of ['letter', 'link', 'receipt', 'attempt', 'notice', 'trail', 'alert'])
      for (const { row } of (await client.query(`SELECT t::text AS row FROM notifications.${table} t`)).rows) all.push(row)
    // A bytea is written in hexadecimal.
    return (
      all.join('\n') +
      all.map((row) => row.replaceAll(/\\\\?x([0-9a-f]+)/g, (_, hex: string) => Buffer.from(hex, 'hex').toString('latin1'))).join('\n')
    )
  }
  const { rows } = await client.query(`SELECT count(*) FILTER (WHERE bytes IS NOT NULL) AS n FROM notifications.letter`)
  expect(rows[0].n).toBe(1)
  const before = await kept()
  expect(before).not.toContain('/l/')
  mail.fault = () => 'take'
  clock.set(sent)
  await notifications.tick()
  const tokens = [tokenOf('supervisor'), tokenOf('head')]
  for (const token of tokens) await ask('use', token)
  await ask('look', 'A'.repeat(43))
  await ask('look', `${tokens[0]!.slice(0, 42)}!`)
  const after = before + (await kept()) + said.join('\n')
  expect(said.join('')).toContain('/api/links/use')
  for (const token of tokens) {
    expect(after).not.toContain(token.slice(0, 20))
    expect(after).not.toContain(token.slice(-20))
  }
})

test('a letter in doubt goes again with the same bytes and link, also after the process was gone', async () => {
  let drops = 1
  mail.fault = (to) => (to === 'supervisor@example.org' && letters('supervisor').length === 1 && drops-- > 0 ? 'drop' : 'take')
  await tell(hour(['supervisor']))
  await restart()
  await notifications.tick()
  const all = letters('supervisor')
  const [row] = (await client.query('SELECT state, sha256 FROM notifications.letter')).rows
  expect(row.state).toBe('accepted')
  expect(new Set(all.map(({ raw }) => raw.toString())).size).toBe(1)
  expect((await ask('use', tokenOf('supervisor'))).state).toBe('done')
})

test('sealed with a key that is no more, a letter is made again with a link of its own; the former one is taken back', async () => {
  mail.fault = () => ({ refuse: 451, at: 'data' })
  await tell(hour(['supervisor']))
  const [{ hash }] = (await client.query('SELECT hash FROM notifications.link')).rows
  await client.query(`UPDATE notifications.letter SET bytes = 'eyJhbGciOiJkaXIifQ..a.b.c'`)
  mail.fault = () => 'take'
  clock.set((await notifications.nextInstant())!)
  await notifications.tick()
  expect((await ask('look', tokenOf('supervisor'))).state).toBe('open')
  const { rows } = await client.query('SELECT revoked_at FROM notifications.link WHERE hash = $1', [hash])
  expect(rows).toEqual([{ revoked_at: clock.now() }])
})

test('a letter to a wrong address, sent by hand to the right one: the link that went astray is taken back', async () => {
  await tell(hour(['supervisor']))
  const astray = tokenOf('supervisor')
  await client.query(`UPDATE notifications.letter SET state = 'bounced'`)
  await client.query(`UPDATE directory.person SET email = 'right@example.org' WHERE id = $1`, [people.supervisor])
  try {
    const [{ id }] = (await client.query('SELECT id FROM notifications.letter')).rows
    expect((await get('admin', 'administrator', `/api/letters/${id}/send`, 'POST')).status).toBe(204)
    await notifications.tick()
    expect((await ask('use', astray)).state).toBe('revoked')
    expect((await ask('use', tokenOf('right'))).state).toBe('done')
  } finally {
    await client.query(`UPDATE directory.person SET email = 'supervisor@example.org' WHERE id = $1`, [people.supervisor])
  }
})

test('who works here no more confirms nothing, and the link is not used up', async () => {
  await tell(hour(['head']))
  const token = tokenOf('head')
  await client.query('UPDATE directory.person SET active = false WHERE id = $1', [people.head])
  expect((await ask('use', token)).state).toBe('revoked')
  expect((await receipts())[0].confirmed_at).toBeNull()
  await client.query('UPDATE directory.person SET active = true WHERE id = $1', [people.head])
  expect((await ask('use', token)).state).toBe('done')
})

test('unknown, malformed and foreign tokens are answered with the same bytes; a body that is none is refused', async () => {
  await tell(hour(['supervisor']))
  const token = tokenOf('supervisor')
  const wrong = ['A'.repeat(43), '', 'x', token.slice(1), `${token} `, token.split('').toReversed().join(''), randomUUID()]
  for (const one of wrong)
    for (const what of ['look', 'use'] as const) expect(await ask(what, one)).toEqual({ status: 200, state: 'unknown' })
  for (const body of ['{}', '{"token":1}', '[]', '{"token":"a","purpose":"answer"}', `{"token":"${'a'.repeat(201)}"}`]) {
    const answer = await fetch(`${notifications.url}/api/links/use`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(answer.status).toBe(400)
  }
})

test('the cases service asks who has confirmed; people and strangers do not', async () => {
  await tell(hour(['supervisor']), hour(['head']))
  clock.set(NOON + 60_000)
  await ask('use', tokenOf('head'))
  // The supervisor is told again: asked once, in the order of the first letter.
  await tell(hour(['supervisor', 'duty-list']))
  const stranger = await fetch(`${notifications.url}/internal/receipts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ caseId: CASE }),
  })
  expect(stranger.status).toBe(401)
  const { items } = await post('/internal/receipts', { caseId: CASE }, 200)
  expect(items.map(({ person, confirmedAt, askedAt }: any) => [person, askedAt - NOON, confirmedAt])).toEqual(
    [
      [people.supervisor, 0, undefined],
      [people.head, 0, NOON + 60_000],
    ]
      .toSorted(([a], [b]) => (a! < b! ? -1 : 1))
      .concat([[people.duty, 60_000, undefined]]),
  )
  expect(items.find(({ person }: any) => person === people.head).roles).toEqual(['head'])
  expect((await post('/internal/receipts', { caseId: randomUUID() }, 200)).items).toEqual([])
})

test('a restored copy holds old letters; one sent by hand has a link that works', async () => {
  await restart({ MAIL_HOLD_BEFORE: String(NOON + 1) })
  await tell(hour(['supervisor']))
  expect(mail.taken).toEqual([])
  expect((await client.query('SELECT 1 FROM notifications.link')).rows).toEqual([])
  const [{ id }] = (await client.query('SELECT id FROM notifications.letter')).rows
  await get('admin', 'administrator', `/api/letters/${id}/send`, 'POST')
  await notifications.tick()
  expect((await ask('use', tokenOf('supervisor'))).state).toBe('done')
})

test('an hour that was closed meanwhile: its link says so and confirms nothing; open again, or while the cases service is away, it works', async () => {
  await tell(hour(['supervisor']), hour(['head']))
  const token = tokenOf('supervisor')
  closed.add(`${CASE}/CP-10/0`)
  expect(await ask('look', token)).toMatchObject({ state: 'closed', purpose: 'receipt' })
  expect((await ask('use', token)).state).toBe('closed')
  expect((await receipts()).map((row: any) => row.confirmed_at)).toEqual([null, null])
  closed.clear()
  expect((await ask('use', token)).state).toBe('done')
  // What was confirmed stays so.
  closed.add(`${CASE}/CP-10/0`)
  expect((await ask('look', token)).state).toBe('used')
  around.casesAway = true
  expect((await ask('use', tokenOf('head'))).state).toBe('done')
})
