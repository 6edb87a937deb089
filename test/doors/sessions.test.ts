/** Sessions of browsers over HTTP with the clock moved: when they end, how they are renewed, and that a stolen one is worth nothing after a sign-out. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { ABSOLUTE_MS, IDLE_MS } from '@tirek/web/server/session'
import { Doors } from './clinic.fixture.ts'
import { demoIssuer, tokenOf } from './demo-issuer.fixture.ts'
import { Visitor } from './visitor.fixture.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

let doors: Doors
let browser: Visitor
beforeAll(async () => {
  doors = await Doors.open(demoIssuer)
  // The machine's time: of the sessions, the tokens and what is remembered of the directory. It only goes on; the database keeps its own.
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() })
})
afterAll(async () => {
  vi.useRealTimers()
  await doors?.close()
})
beforeEach(async () => {
  vi.advanceTimersByTime(MINUTE)
  await doors.db.query('UPDATE directory.person SET signed_out_at = NULL')
  browser = new Visitor()
})

const pass = (ms: number) => vi.advanceTimersByTime(ms)
const me = (of = browser, headers: Record<string, string> = {}) => of.ask('GET', `${doors.webUrl}/api/session`, { headers })
const worklist = (of = browser) => of.ask('GET', `${doors.webUrl}/api/worklist`)
const own = () => ({ origin: doors.webUrl })
/** Somebody who has copied the cookies. */
function thief(of = browser): Visitor {
  const stolen = new Visitor()
  for (const [host, jar] of of.jar) stolen.jar.set(host, new Map(jar))
  return stolen
}

test.each([
  [IDLE_MS - 1, 200],
  [IDLE_MS, 200],
  [IDLE_MS + 1, 401],
])('without anybody doing something: after %i ms %i', async (ms, status) => {
  await browser.signIn(doors.webUrl, 'aigul')
  pass(2 * MINUTE)
  expect((await me()).status).toBe(200) // somebody is here: counted from now
  pass(ms)
  expect((await me()).status).toBe(status)
})

test('a page that only looks again does not keep the session alive; a person does', async () => {
  await browser.signIn(doors.webUrl, 'aigul')
  for (let minute = 2; minute <= 14; minute += 2) {
    pass(2 * MINUTE)
    expect((await me(browser, { 'x-looking-again': '1' })).status).toBe(200)
  }
  pass(MINUTE + 1)
  expect((await me(browser, { 'x-looking-again': '1' })).status).toBe(401)
  await browser.signIn(doors.webUrl, 'aigul')
  for (let i = 0; i < 5; i++) {
    pass(14 * MINUTE)
    expect((await worklist()).status).toBe(200)
  }
})

test.each([
  [-1, 200],
  [0, 200],
  [1, 401],
])('after ten hours and %i ms, whatever is done meanwhile: %i', async (ms, status) => {
  await browser.signIn(doors.webUrl, 'aigul')
  const { body } = await me()
  const start = body.endsAt - ABSOLUTE_MS
  while (Date.now() + 14 * MINUTE < body.endsAt) {
    pass(14 * MINUTE)
    expect((await me()).status, `${(Date.now() - start) / MINUTE} minutes`).toBe(200)
  }
  pass(body.endsAt - Date.now() + ms)
  expect((await me()).status).toBe(status)
})

test('a token is renewed before it ends, once for requests that come together, and each refresh token is good once', async () => {
  await browser.signIn(doors.webUrl, 'aigul')
  for (let i = 0; i < 4; i++) {
    pass(14 * MINUTE)
    await me()
  }
  const before = thief()
  pass(2 * MINUTE + 30 * SECOND) // 58.5 minutes: the token of an hour is near its end
  const together = await Promise.all([me(), worklist(), me(), worklist()])
  expect(together.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(browser.session(doors.webUrl)).not.toBe(before.session(doors.webUrl))
  // The cookie of before has a refresh token that was used: with its own token it goes on till that ends, and no further.
  pass(31 * SECOND)
  expect((await worklist(before)).status).toBe(200)
  pass(2 * MINUTE)
  expect((await worklist(before)).status).toBe(401)
})

test('renewed again and again, the session stays the one person’s, and the sign-in stays as old as it is', async () => {
  await browser.signIn(doors.webUrl, 'boss')
  const signOut = () =>
    browser.ask('POST', `${doors.webUrl}/api/people/${doors.people.get('erlan')}/sign-out`, {
      body: '{}',
      headers: { 'content-type': 'application/json', ...own() },
    })
  expect((await signOut()).status).toBe(204)
  for (let i = 0; i < 10; i++) {
    pass(14 * MINUTE)
    expect((await me()).body).toMatchObject({ login: 'boss', person: doors.people.get('boss') })
  }
  // Two tokens later an act that wants a fresh sign-in is refused still.
  expect((await signOut()).body).toMatchObject({ code: 'sign-in-again', status: 403 })
  await browser.signIn(doors.webUrl, 'boss')
  expect((await signOut()).status).toBe(204)
})

test('a fresh sign-in is so for ten minutes', async () => {
  await browser.signIn(doors.webUrl, 'boss')
  const since = Math.floor(Date.now() / SECOND) * SECOND // tokens count in seconds
  const signOut = async () =>
    (
      await browser.ask('POST', `${doors.webUrl}/api/people/${doors.people.get('erlan')}/sign-out`, {
        body: '{}',
        headers: { 'content-type': 'application/json', ...own() },
      })
    ).status
  pass(since + 10 * MINUTE - SECOND - Date.now())
  expect(await signOut()).toBe(204)
  pass(3 * SECOND)
  expect(await signOut()).toBe(403)
})

test('a sign-out here: the copied cookie is worth nothing at once', async () => {
  await browser.signIn(doors.webUrl, 'aigul')
  const stolen = thief()
  expect((await worklist(stolen)).status).toBe(200)
  expect((await browser.ask('POST', `${doors.webUrl}/auth/sign-out`, { headers: own() })).status).toBe(204)
  expect((await worklist(stolen)).status).toBe(401)
  expect((await me(stolen)).status).toBe(401)
  expect((await me()).status).toBe(401)
})

test('a sign-out outlives the web server: after a restart the copied cookie is worth nothing, and other sessions of the person go on', async () => {
  const phone = new Visitor()
  await phone.signIn(doors.webUrl, 'aigul')
  await browser.signIn(doors.webUrl, 'aigul')
  const stolen = thief()
  expect((await browser.ask('POST', `${doors.webUrl}/auth/sign-out`, { headers: own() })).status).toBe(204)
  await doors.restartWeb()
  // What a door remembers counts for half a minute.
  pass(30 * SECOND)
  for (const answer of [await me(stolen), await worklist(stolen)]) expect(answer.status).toBe(401)
  for (const answer of [await me(phone), await worklist(phone)]) expect(answer.status).toBe(200)
  const { rows } = await doors.db.query('SELECT person, until_at FROM directory.ended_session ORDER BY until_at')
  expect(rows.at(-1).person).toBe(doors.people.get('aigul'))
})

test('signed out while the directory is away: over here at once, and the directory is told when it is back', async () => {
  await browser.signIn(doors.webUrl, 'erlan')
  const stolen = thief()
  const kept = () => doors.db.query('SELECT 1 FROM directory.ended_session WHERE person = $1', [doors.people.get('erlan')])
  await doors.db.query('ALTER TABLE directory.ended_session RENAME TO away')
  try {
    expect((await browser.ask('POST', `${doors.webUrl}/auth/sign-out`, { headers: own() })).status).toBe(204)
    expect((await worklist(stolen)).status).toBe(401)
  } finally {
    await doors.db.query('ALTER TABLE directory.away RENAME TO ended_session')
  }
  await vi.waitFor(async () => expect((await kept()).rowCount).toBe(1), { timeout: 15_000 })
})

test.each([
  ['by the person', 'aigul', (_: Doors) => '/api/me/sign-out'],
  ['by the administrator', 'boss', (of: Doors) => `/api/people/${of.people.get('aigul')}/sign-out`],
])('signed out everywhere %s: every cookie and every token of before is over within a minute, at every door', async (_, by, path) => {
  const phone = new Visitor()
  await phone.signIn(doors.webUrl, 'aigul')
  await browser.signIn(doors.webUrl, 'aigul')
  const stolen = thief()
  const token = await tokenOf(doors.issuer.url, 'aigul')
  const doorsOf = async () => {
    const statuses: number[] = []
    for (const one of [phone, browser, stolen]) statuses.push((await me(one)).status, (await worklist(one)).status)
    for (const url of [doors.webUrl, doors.urls.cases])
      statuses.push(
        (await browser.ask('GET', `${url}/api/worklist`, { headers: { authorization: `Bearer ${token}` }, cookies: false })).status,
      )
    const more = { headers: { authorization: `Bearer ${token}` }, cookies: false }
    statuses.push((await browser.ask('GET', `${doors.urls.directory}/api/people`, more)).status)
    statuses.push((await browser.ask('GET', `${doors.urls.notifications}/api/notices`, more)).status)
    return statuses
  }
  expect(new Set(await doorsOf())).toEqual(new Set([200]))

  const ender = new Visitor()
  await ender.signIn(doors.webUrl, by)
  pass(2 * SECOND)
  const ended = await ender.ask('POST', doors.webUrl + path(doors), {
    body: '{}',
    headers: { 'content-type': 'application/json', ...own() },
  })
  expect(ended.status).toBe(204)
  // The database wrote its own time, which has not been moved.
  await doors.db.query('UPDATE directory.person SET signed_out_at = $2 WHERE id = $1', [doors.people.get('aigul'), Date.now()])

  // What a door remembers counts for half a minute.
  pass(30 * SECOND)
  expect(new Set(await doorsOf())).toEqual(new Set([401]))
  // A new sign-in is a new one.
  pass(2 * SECOND)
  const again = new Visitor()
  await again.signIn(doors.webUrl, 'aigul')
  expect((await me(again)).status).toBe(200)
  expect((await worklist(again)).status).toBe(200)
})

test('too many failed sign-ins from one address wait a minute, a restart forgets none of them, and who is signed in goes on', async () => {
  await browser.signIn(doors.webUrl, 'aigul')
  const stranger = new Visitor()
  const places: (string | undefined)[] = []
  for (let i = 0; i < 61; i++) places.push((await stranger.ask('GET', `${doors.webUrl}/auth/callback?code=x&state=y`)).headers.location)
  expect(new Set(places.slice(0, 60))).toEqual(new Set(['/?sign-in=again']))
  expect(places[60]).toBe('/?sign-in=wait')
  await doors.restartWeb()
  const again = async () => (await stranger.ask('GET', `${doors.webUrl}/auth/callback?code=x&state=y`)).headers.location
  expect(await again()).toBe('/?sign-in=wait')
  expect((await worklist()).status).toBe(200)
  pass(MINUTE)
  expect(await again()).toBe('/?sign-in=again')
})
